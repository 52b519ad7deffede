export type { Diagnostic, Fix, FormatOptions, Related, Severity } from "../diagnostic.ts";
export { formatDiagnostics } from "../diagnostic.ts";
export type { Browser } from "../rules/browsers/profiles.ts";
export { answerRules, descriptionRules, reofferRules } from "../rules/catalog.ts";
export type { CheckOptions } from "../rules/check-answer.ts";
export { checkAnswer } from "../rules/check-answer.ts";
export { checkReoffer } from "../rules/check-reoffer.ts";
export type { CompareOptions } from "../rules/compare-sessions.ts";
export { compareSessions } from "../rules/compare-sessions.ts";
export type { DiagnoseOptions } from "../rules/diagnose-session.ts";
export { diagnoseSession, diagnosisSteps } from "../rules/diagnose-session.ts";
export { explainRefusal } from "../rules/explain-refusal.ts";
export type {
  Confidence,
  Diagnosis,
  Finding,
  FindingTexts,
  NotEvaluated,
} from "../rules/finding.ts";
export { formatDiagnosis } from "../rules/format-diagnosis.ts";
export type { LintOptions } from "../rules/lint.ts";
export { lint } from "../rules/lint.ts";
export type {
  ComputedOutcome,
  Replay,
  ReplayedConnection,
  ReplayOptions,
  ReplayStep,
} from "../rules/replay.ts";
export { replayNegotiation } from "../rules/replay.ts";
export type { AnswerDifference, ReplayedAnswer } from "../rules/replay-answer.ts";
export type { NegotiationMethod, PlannedStep, RecordedOutcome } from "../rules/replay-plan.ts";
export type { Rule, RuleSubject } from "../rules/rule.ts";
export { rules } from "../rules/rules.ts";
export { sessionRules } from "../rules/session/catalog.ts";
export type * from "../rules/session-comparison.ts";
export { checkWhipAnswer, checkWhipOffer } from "../rules/whip.ts";
