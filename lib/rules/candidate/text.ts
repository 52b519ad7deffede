import type { CandidateFault, CandidateFaultCode } from "../../ice/candidate-fault.ts";
import { candidateFaults } from "../../ice/candidate-fault.ts";
import { candidateLines, readCandidateLine } from "../candidate-lines.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/**
 * The rules about the text of one candidate: one a fault that `parseCandidate` knows. It alone judges;
 * these report what it found, so that a candidate is told the same whether it came by itself or in a description.
 */
export const candidateTextRules: readonly Rule<"candidate">[] = Object.entries(candidateFaults)
  .filter(([code]) => !code.startsWith("candidate/init-") && code !== "candidate/json-text")
  .map(([code, fault]) => textRule(code as CandidateFaultCode, fault));

function textRule(code: CandidateFaultCode, fault: CandidateFault): Rule<"candidate"> {
  return defineRule({
    code,
    subject: "candidate",
    severity: fault.severity,
    rfc: fault.rfc,
    summary: fault.summary,
    check(context) {
      for (const line of candidateLines(context))
        for (const { code: found, span, message } of readCandidateLine(line).diagnostics)
          if (found === code && span !== undefined)
            context.report({ line, start: span.start, end: span.end }, message);
    },
  });
}
