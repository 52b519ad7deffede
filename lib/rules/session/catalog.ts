import type { Rule } from "../rule.ts";
import { answerNotApplied } from "./answer-not-applied.ts";
import { callAfterClose } from "./call-after-close.ts";
import { candidateBeforeDescription } from "./candidate-before-description.ts";
import { candidateRefused } from "./candidate-refused.ts";
import { candidateUnknownSection } from "./candidate-unknown-section.ts";
import { candidateWithoutSection } from "./candidate-without-section.ts";
import { descriptionRefused } from "./description-refused.ts";
import { descriptionRepeated } from "./description-repeated.ts";
import { iceNeverStarted } from "./ice-never-started.ts";
import { negotiationLoop } from "./negotiation-loop.ts";
import { negotiationMissing } from "./negotiation-missing.ts";
import { offerNotApplied } from "./offer-not-applied.ts";
import { offerUnanswered } from "./offer-unanswered.ts";
import { ownDescription } from "./own-description.ts";
import { wrongState } from "./wrong-state.ts";

/** Every rule about a recorded session, sorted by code. */
export const sessionRules: readonly Rule<"session">[] = [
  answerNotApplied,
  callAfterClose,
  candidateBeforeDescription,
  candidateRefused,
  candidateUnknownSection,
  candidateWithoutSection,
  descriptionRefused,
  descriptionRepeated,
  iceNeverStarted,
  negotiationLoop,
  negotiationMissing,
  offerNotApplied,
  offerUnanswered,
  ownDescription,
  wrongState,
];
