import { toAnswer } from "./to-answer.ts";
import { toChangeOnly } from "./to-change-only.ts";
import { toHaveCandidate } from "./to-have-candidate.ts";
import { toHaveCodec } from "./to-have-codec.ts";
import { toPassRules } from "./to-pass-rules.ts";

/** Every matcher, in alphabetical order. */
export const matchers = {
  toAnswer,
  toChangeOnly,
  toHaveCandidate,
  toHaveCodec,
  toPassRules,
} as const;
