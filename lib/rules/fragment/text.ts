import type { Diagnostic } from "../../diagnostic.ts";
import { parseFragment } from "../../ice/fragment.ts";
import type { FragmentFault, FragmentFaultCode } from "../../ice/fragment-fault.ts";
import { fragmentFaults } from "../../ice/fragment-fault.ts";
import type { SdpDocument } from "../../sdp/document.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import { spanOf } from "../../sdp/span-of.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/**
 * The rules about an SDP fragment: one a fault that `parseFragment` knows, which alone judges. They look at texts that are no description but
 * have a pseudo media section or credentials; a bare list of candidates is no fragment.
 */
export const fragmentRules: readonly Rule<"candidate">[] = Object.entries(fragmentFaults).map(
  ([code, fault]) => fragmentRule(code as FragmentFaultCode, fault),
);

function fragmentRule(code: FragmentFaultCode, fault: FragmentFault): Rule<"candidate"> {
  return defineRule({
    code,
    subject: "candidate",
    severity: fault.severity,
    rfc: fault.rfc,
    summary: fault.summary,
    check({ document, media, report }) {
      if (media !== undefined || !isFragment(document)) return;
      for (const { code: found, span, message } of findingsOf(document)) {
        if (found !== code) continue;
        const lines = [...sectionsOf(document)].flatMap((section) => section.lines);
        report(
          lines.find((line) => spanOf(document, line).start === span?.start),
          message,
        );
      }
    },
  });
}

function isFragment(document: SdpDocument): boolean {
  const lines = [...sectionsOf(document)].flatMap((section) => section.lines);
  if (lines.some((line) => line.type === "v")) return false;
  return lines.some((line) => line.type === "m" || line.source.startsWith("a=ice-ufrag:"));
}

function findingsOf(document: SdpDocument): readonly Diagnostic[] {
  const cached = findings.get(document);
  if (cached !== undefined) return cached;
  const { diagnostics } = parseFragment(document.toString());
  findings.set(document, diagnostics);
  return diagnostics;
}

const findings = new WeakMap<SdpDocument, readonly Diagnostic[]>();
