import type { DiagnoseOptions } from "../../rules/diagnose-session.ts";
import { diagnoseSession } from "../../rules/diagnose-session.ts";
import { formatDiagnosis } from "../../rules/format-diagnosis.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsTrace, receivedTrace } from "../received-trace.ts";

/** What `toHaveNoFindings` may be told. */
export interface NoFindingsOptions extends DiagnoseOptions {
  /** The mildest finding that fails the test; `info` unless told otherwise. */
  readonly severity?: "error" | "warning" | "info";
}

/** `expect(trace).toHaveNoFindings()`: `diagnoseSession` finds nothing as severe as `severity`. */
export function toHaveNoFindings(
  this: MatcherState,
  received: unknown,
  options: NoFindingsOptions = {},
): MatcherResult {
  const trace = receivedTrace(received);
  if (trace === undefined) return misuse(this, needsTrace("toHaveNoFindings", received));
  const { severity = "info", ...rest } = options;
  const findings = diagnoseSession(trace, rest).findings.filter(
    (finding) => severities.indexOf(finding.severity) <= severities.indexOf(severity),
  );
  return {
    pass: findings.length === 0,
    message: () =>
      findings.length === 0
        ? `Expected the session to have findings (${severity} or worse), but it has none.`
        : `Expected the session to have no findings, but:\n\n${formatDiagnosis(trace, { findings, notEvaluated: [] })}`,
  };
}

/** The most severe first. */
const severities = ["error", "warning", "info"] as const;
