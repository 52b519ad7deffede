import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const endOfCandidates: Attribute<true, never> = defineFlag({
  name: "end-of-candidates",
  levels: ["session", "media"],
  mux: "IDENTICAL",
  rfc: rfc(8840, "8.1"),
  summary: {
    en: "No further candidate of this ICE generation follows. If no pair works by now, ICE fails without waiting any longer.",
    ko: "이 ICE 세대의 candidate는 더 이상 오지 않습니다. 그때까지 통하는 pair가 없으면 ICE는 더 기다리지 않고 실패합니다.",
  },
});
