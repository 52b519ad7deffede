import type { Rule } from "../rule.ts";
import { answerNotApplied } from "./answer-not-applied.ts";
import { audioConcealed } from "./audio-concealed.ts";
import { bandwidthCollapsed } from "./bandwidth-collapsed.ts";
import { callAfterClose } from "./call-after-close.ts";
import { candidateBeforeDescription } from "./candidate-before-description.ts";
import { candidateLost } from "./candidate-lost.ts";
import { candidateRefused } from "./candidate-refused.ts";
import { candidateUnknownSection } from "./candidate-unknown-section.ts";
import { candidateWithoutSection } from "./candidate-without-section.ts";
import { channelNotNegotiated } from "./channel-not-negotiated.ts";
import { channelNotOpen } from "./channel-not-open.ts";
import { closedEarly } from "./closed-early.ts";
import { connectionLost } from "./connection-lost.ts";
import { descriptionChanged } from "./description-changed.ts";
import { descriptionRefused } from "./description-refused.ts";
import { descriptionRepeated } from "./description-repeated.ts";
import { dtlsFailed } from "./dtls-failed.ts";
import { dtlsSlow } from "./dtls-slow.ts";
import { emptyOffer } from "./empty-offer.ts";
import { iceFailed } from "./ice-failed.ts";
import { iceFlapping } from "./ice-flapping.ts";
import { iceNeverStarted } from "./ice-never-started.ts";
import { iceSlow } from "./ice-slow.ts";
import { jitterBufferDelay } from "./jitter-buffer-delay.ts";
import { manyIceServers } from "./many-ice-servers.ts";
import { manySections } from "./many-sections.ts";
import { sessionMunging } from "./munging.ts";
import { negotiationLoop } from "./negotiation-loop.ts";
import { negotiationMissing } from "./negotiation-missing.ts";
import { newPeer } from "./new-peer.ts";
import { noCommonCodec } from "./no-common-codec.ts";
import { noLocalCandidate } from "./no-local-candidate.ts";
import { noReflexiveCandidate } from "./no-reflexive-candidate.ts";
import { noRelayCandidate } from "./no-relay-candidate.ts";
import { noRemoteCandidate } from "./no-remote-candidate.ts";
import { noTrickle } from "./no-trickle.ts";
import { noTurnServer } from "./no-turn-server.ts";
import { nobodySends } from "./nobody-sends.ts";
import { notDecodable } from "./not-decodable.ts";
import { nothingSent } from "./nothing-sent.ts";
import { offerNotApplied } from "./offer-not-applied.ts";
import { offerUnanswered } from "./offer-unanswered.ts";
import { oneSided } from "./one-sided.ts";
import { ownDescription } from "./own-description.ts";
import { packetLoss } from "./packet-loss.ts";
import { qualityLimited } from "./quality-limited.ts";
import { relayWithoutTurn } from "./relay-without-turn.ts";
import { roundTripTime } from "./round-trip-time.ts";
import { sectionRejected } from "./section-rejected.ts";
import { slowGathering } from "./slow-gathering.ts";
import { slowSignaling } from "./slow-signaling.ts";
import { unreachableAddress } from "./unreachable-address.ts";
import { videoFrozen } from "./video-frozen.ts";
import { wrongState } from "./wrong-state.ts";

/** Every rule about a recorded session, sorted by code. */
export const sessionRules: readonly Rule<"session">[] = [
  answerNotApplied,
  audioConcealed,
  bandwidthCollapsed,
  callAfterClose,
  candidateBeforeDescription,
  candidateLost,
  candidateRefused,
  candidateUnknownSection,
  candidateWithoutSection,
  channelNotNegotiated,
  channelNotOpen,
  closedEarly,
  connectionLost,
  descriptionChanged,
  descriptionRefused,
  descriptionRepeated,
  dtlsFailed,
  dtlsSlow,
  emptyOffer,
  iceFailed,
  iceFlapping,
  iceNeverStarted,
  iceSlow,
  jitterBufferDelay,
  manyIceServers,
  manySections,
  sessionMunging,
  negotiationLoop,
  negotiationMissing,
  newPeer,
  noCommonCodec,
  noLocalCandidate,
  noReflexiveCandidate,
  noRelayCandidate,
  noRemoteCandidate,
  noTrickle,
  noTurnServer,
  nobodySends,
  notDecodable,
  nothingSent,
  offerNotApplied,
  offerUnanswered,
  oneSided,
  ownDescription,
  packetLoss,
  qualityLimited,
  relayWithoutTurn,
  roundTripTime,
  sectionRejected,
  slowGathering,
  slowSignaling,
  unreachableAddress,
  videoFrozen,
  wrongState,
];
