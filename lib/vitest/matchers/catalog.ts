import { toAnswer } from "./to-answer.ts";
import { toChangeOnly } from "./to-change-only.ts";
import { toHaveCandidate } from "./to-have-candidate.ts";
import { toHaveCodec } from "./to-have-codec.ts";
import { toPassRules } from "./to-pass-rules.ts";

/** Every matcher, in alphabetical order. */
export const matchers: {
  readonly toAnswer: typeof toAnswer;
  readonly toChangeOnly: typeof toChangeOnly;
  readonly toHaveCandidate: typeof toHaveCandidate;
  readonly toHaveCodec: typeof toHaveCodec;
  readonly toPassRules: typeof toPassRules;
} = { toAnswer, toChangeOnly, toHaveCandidate, toHaveCodec, toPassRules };
