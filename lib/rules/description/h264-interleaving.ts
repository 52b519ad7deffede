import { formatParameter } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The deinterleaving parameters of H.264 belong to packetization-mode 2. RFC 6184 §8.1. */
export const h264Interleaving: Rule<"description"> = defineRule({
  code: "sdp/h264-interleaving",
  subject: "description",
  severity: "warning",
  rfc: rfc(6184, "8.1", "MUST NOT"),
  summary: {
    en: "The H.264 parameters sprop-interleaving-depth, sprop-deint-buf-req, sprop-init-buf-time and sprop-max-don-diff stand with packetization-mode 2 only.",
    ko: "H.264의 sprop-interleaving-depth, sprop-deint-buf-req, sprop-init-buf-time, sprop-max-don-diff는 packetization-mode 2에서만 씁니다.",
  },
  check({ description, report }) {
    for (const { codecs } of description.media) {
      for (const { name, fmtp, fmtpLines } of codecs) {
        // Almost every fmtp ends here; the parameters are looked for only where one may stand.
        if (name.toUpperCase() !== "H264" || !fmtp?.includes("sprop-")) continue;
        if (formatParameter(fmtp, "packetization-mode") === "2") continue;
        for (const parameter of interleaving) {
          const [line] = fmtpLines;
          if (!line || formatParameter(fmtp, parameter) === undefined) continue;
          report(partOf(line, parameter), {
            en: `${parameter} stands with packetization-mode ${formatParameter(fmtp, "packetization-mode") ?? "0 (absent)"}; it has a meaning in mode 2 only.`,
            ko: `${parameter}이(가) packetization-mode ${formatParameter(fmtp, "packetization-mode") ?? "0(생략)"}와 함께 있습니다. mode 2에서만 의미가 있습니다.`,
          });
        }
      }
    }
  },
});

const interleaving = [
  "sprop-interleaving-depth",
  "sprop-deint-buf-req",
  "sprop-init-buf-time",
  "sprop-max-don-diff",
];
