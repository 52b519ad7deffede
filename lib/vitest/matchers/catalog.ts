import { toAnswer } from "./to-answer.ts";
import { toChangeOnly } from "./to-change-only.ts";
import { toConnect } from "./to-connect.ts";
import { toHaveCandidate } from "./to-have-candidate.ts";
import { toHaveCodec } from "./to-have-codec.ts";
import { toHaveFinding } from "./to-have-finding.ts";
import { toHaveNoFindings } from "./to-have-no-findings.ts";
import { toPassRules } from "./to-pass-rules.ts";

/** Every matcher, in alphabetical order. */
export const matchers: {
  readonly toAnswer: typeof toAnswer;
  readonly toChangeOnly: typeof toChangeOnly;
  readonly toConnect: typeof toConnect;
  readonly toHaveCandidate: typeof toHaveCandidate;
  readonly toHaveCodec: typeof toHaveCodec;
  readonly toHaveFinding: typeof toHaveFinding;
  readonly toHaveNoFindings: typeof toHaveNoFindings;
  readonly toPassRules: typeof toPassRules;
} = {
  toAnswer,
  toChangeOnly,
  toConnect,
  toHaveCandidate,
  toHaveCodec,
  toHaveFinding,
  toHaveNoFindings,
  toPassRules,
};
