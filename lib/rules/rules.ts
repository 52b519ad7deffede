import { candidateRules } from "./candidate/catalog.ts";
import { answerRules, descriptionRules, reofferRules } from "./catalog.ts";
import type { Rule } from "./rule.ts";
import { sessionRules } from "./session/catalog.ts";

/** Every rule there is, sorted by code. */
export const rules: readonly Rule[] = [
  ...descriptionRules,
  ...answerRules,
  ...reofferRules,
  ...candidateRules,
  ...sessionRules,
].sort((a, b) => (a.code < b.code ? -1 : 1));
