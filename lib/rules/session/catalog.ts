import type { Rule } from "../rule.ts";
import { candidateBeforeDescription } from "./candidate-before-description.ts";
import { iceNeverStarted } from "./ice-never-started.ts";
import { wrongState } from "./wrong-state.ts";

/** Every rule about a recorded session, sorted by code. */
export const sessionRules: readonly Rule<"session">[] = [
  candidateBeforeDescription,
  iceNeverStarted,
  wrongState,
];
