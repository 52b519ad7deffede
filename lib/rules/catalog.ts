import type { Rule } from "./rule.ts";

/** Every rule there is, sorted by code. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [];
