import { formatDiagnostics } from "../../diagnostic.ts";
import type { LintOptions } from "../../rules/lint.ts";
import { lint } from "../../rules/lint.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsSdp, receivedSdp } from "../received-sdp.ts";

/** What `toPassRules` may be told. */
export interface PassRulesOptions extends LintOptions {
  /** The mildest finding that fails the test; `error` unless told otherwise. */
  readonly severity?: "error" | "warning" | "info";
}

/** `expect(sdp).toPassRules()`: `lint` finds nothing as severe as `severity`. */
export function toPassRules(
  this: MatcherState,
  received: unknown,
  options: PassRulesOptions = {},
): MatcherResult {
  const sdp = receivedSdp(received);
  if (sdp === undefined) return misuse(this, needsSdp("toPassRules", received));
  const { severity = "error", ...lintOptions } = options;
  const failing = lint(sdp, lintOptions).filter(
    (diagnostic) => severities.indexOf(diagnostic.severity) <= severities.indexOf(severity),
  );
  return {
    pass: failing.length === 0,
    message: () =>
      failing.length === 0
        ? `Expected the description to break a rule (${severity} or worse), but it breaks none.`
        : `Expected the description to pass the rules, but:\n\n${formatDiagnostics(sdp.toString(), failing)}`,
  };
}

/** The most severe first. */
const severities = ["error", "warning", "info"] as const;
