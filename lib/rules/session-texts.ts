import type { Finding, NotEvaluated } from "./finding.ts";
import type { Session } from "./session.ts";

/** What the rules about descriptions find in those of a session. */
export function judgeTexts(_session: Session): {
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
} {
  return { findings: [], notEvaluated: [] };
}
