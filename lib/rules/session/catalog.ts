import type { Rule } from "../rule.ts";
import { answerNotApplied } from "./answer-not-applied.ts";
import { callAfterClose } from "./call-after-close.ts";
import { candidateBeforeDescription } from "./candidate-before-description.ts";
import { candidateLost } from "./candidate-lost.ts";
import { candidateRefused } from "./candidate-refused.ts";
import { candidateUnknownSection } from "./candidate-unknown-section.ts";
import { candidateWithoutSection } from "./candidate-without-section.ts";
import { channelNotNegotiated } from "./channel-not-negotiated.ts";
import { descriptionChanged } from "./description-changed.ts";
import { descriptionRefused } from "./description-refused.ts";
import { descriptionRepeated } from "./description-repeated.ts";
import { emptyOffer } from "./empty-offer.ts";
import { iceNeverStarted } from "./ice-never-started.ts";
import { manySections } from "./many-sections.ts";
import { sessionMunging } from "./munging.ts";
import { negotiationLoop } from "./negotiation-loop.ts";
import { negotiationMissing } from "./negotiation-missing.ts";
import { newPeer } from "./new-peer.ts";
import { noCommonCodec } from "./no-common-codec.ts";
import { noRemoteCandidate } from "./no-remote-candidate.ts";
import { noTrickle } from "./no-trickle.ts";
import { nobodySends } from "./nobody-sends.ts";
import { offerNotApplied } from "./offer-not-applied.ts";
import { offerUnanswered } from "./offer-unanswered.ts";
import { ownDescription } from "./own-description.ts";
import { sectionRejected } from "./section-rejected.ts";
import { wrongState } from "./wrong-state.ts";

/** Every rule about a recorded session, sorted by code. */
export const sessionRules: readonly Rule<"session">[] = [
  answerNotApplied,
  callAfterClose,
  candidateBeforeDescription,
  candidateLost,
  candidateRefused,
  candidateUnknownSection,
  candidateWithoutSection,
  channelNotNegotiated,
  descriptionChanged,
  descriptionRefused,
  descriptionRepeated,
  emptyOffer,
  iceNeverStarted,
  manySections,
  sessionMunging,
  negotiationLoop,
  negotiationMissing,
  newPeer,
  noCommonCodec,
  noRemoteCandidate,
  noTrickle,
  nobodySends,
  offerNotApplied,
  offerUnanswered,
  ownDescription,
  sectionRejected,
  wrongState,
];
