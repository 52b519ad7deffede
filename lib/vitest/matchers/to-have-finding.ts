import { diagnoseSession } from "../../rules/diagnose-session.ts";
import { formatDiagnosis } from "../../rules/format-diagnosis.ts";
import { sessionRules } from "../../rules/session/catalog.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsTrace, receivedTrace } from "../received-trace.ts";

/**
 * `expect(trace).toHaveFinding("session/candidate-lost")`: `diagnoseSession` finds that in the trace. For the recording of a
 * failure that a test holds on to. A code that no rule has is a wrong use, also behind `.not`.
 */
export function toHaveFinding(this: MatcherState, received: unknown, code: string): MatcherResult {
  const trace = receivedTrace(received);
  if (trace === undefined) return misuse(this, needsTrace("toHaveFinding", received));
  const diagnosis = diagnoseSession(trace);
  const found = diagnosis.findings.filter((finding) => finding.code === code);
  const isSessionCode = code.startsWith("session/");
  if (isSessionCode && !sessionRules.some((rule) => rule.code === code)) {
    const known = sessionRules.map((rule) => rule.code).join(", ");
    return misuse(this, `There is no rule ${JSON.stringify(code)}; there are ${known}.`);
  }
  const skipped = diagnosis.notEvaluated.filter((each) => each.code === code);
  return {
    pass: found.length > 0,
    message: () => {
      if (found.length > 0) {
        const told = formatDiagnosis(trace, { findings: found, notEvaluated: [] });
        return `Expected the session not to have the finding ${code}, but:\n\n${told}`;
      }
      const others = formatDiagnosis(trace, {
        findings: diagnosis.findings,
        notEvaluated: skipped,
      });
      return `Expected the session to have the finding ${code}; it has${others === "" ? " none." : `:\n\n${others}`}`;
    },
  };
}
