import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const iceLite: Attribute<true, never> = defineFlag({
  name: "ice-lite",
  levels: ["session"],
  mux: "NORMAL",
  rfc: rfc(8839, "5.3"),
  summary: {
    en: "This side is an ICE lite agent: it answers checks and sends none, so the other side is controlling. A server on a public address does this; a client must not.",
    ko: "이쪽은 ICE lite 에이전트로, 연결 검사에 응답만 하고 먼저 보내지 않으므로 상대가 controlling 역할을 맡습니다. 공인 주소의 서버가 쓰는 방식이며 클라이언트는 쓰면 안 됩니다.",
  },
});
