import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const iceMismatch: Attribute<true, never> = defineFlag({
  name: "ice-mismatch",
  levels: ["media"],
  mux: "NORMAL",
  rfc: rfc(8839, "5.3"),
  summary: {
    en: "The answerer knows ICE but found the offer's default address among no candidate: something between changed c= or m=. ICE is not used for this section; look for a gateway that rewrites SDP.",
    ko: "answer를 보낸 쪽은 ICE를 지원하지만, offer의 기본 주소가 어느 candidate에도 없었습니다. 중간에서 c=나 m= 줄이 바뀐 것이므로 SDP를 고치는 게이트웨이를 확인해야 합니다. 이 섹션에는 ICE를 쓰지 않습니다.",
  },
});
