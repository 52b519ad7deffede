import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const extmapAllowMixed: Attribute<true, never> = defineFlag({
  name: "extmap-allow-mixed",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8285, "6"),
  summary: {
    en: "This side accepts RTP header extensions with one-byte and two-byte headers in the same stream, so ids above 14 can be used.",
    ko: "한 스트림 안에서 1바이트 헤더와 2바이트 헤더의 RTP 헤더 확장을 섞어 받을 수 있습니다. 따라서 14보다 큰 id도 쓸 수 있습니다.",
  },
});
