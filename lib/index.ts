export type { Codec, CodecPattern } from "./codec/codec.ts";
export type { FormatParameter } from "./codec/format-parameters.ts";
export {
  formatParameter,
  parseFormatParameters,
  printFormatParameters,
  setFormatParameter,
} from "./codec/format-parameters.ts";
export type { CodecMatch } from "./codec/match.ts";
export { codecLabel, fitsPattern, matchCodec } from "./codec/match.ts";
export type { ParsedCodecPattern } from "./codec/pattern.ts";
export { parseCodecPattern, printCodecPattern } from "./codec/pattern.ts";
export type {
  CodecRole,
  CodecRule,
  MatchPolicy,
  ParameterComparison,
  ParameterRule,
} from "./codec/rule.ts";
export { codecRuleFor, codecRules } from "./codec/rules/catalog.ts";
export type { H264Profile, H264ProfileLevel } from "./codec/rules/h264.ts";
export { readProfileLevelId } from "./codec/rules/h264.ts";
export type { Diagnostic, Fix, FormatOptions, Related, Severity } from "./diagnostic.ts";
export { formatDiagnostics } from "./diagnostic.ts";
export type { CallMessage } from "./handshake/bare-message.ts";
export { printBareMessage, readBareMessage } from "./handshake/bare-message.ts";
export type {
  Channel,
  ChannelInput,
  ChannelOptions,
  ChannelOutput,
  ChannelRefusalCode,
} from "./handshake/channel.ts";
export { createChannel } from "./handshake/channel.ts";
export type {
  ConnectionState,
  EngineCall,
  Handshake,
  HandshakeFailure,
  HandshakeInput,
  HandshakeOptions,
  HandshakeOutput,
  HandshakeState,
} from "./handshake/handshake.ts";
export { createHandshake } from "./handshake/handshake.ts";
export type {
  CallMessageType,
  ForwardedMessage,
  Member,
  MemberMessage,
  MemberReading,
  RefusalCode,
  RoomMessage,
  RoomNotice,
} from "./handshake/message.ts";
export { readMemberMessage, readRoomMessage } from "./handshake/message.ts";
export type { Room, RoomInput, RoomOptions, RoomOutput } from "./handshake/room.ts";
export { createRoom } from "./handshake/room.ts";
export type { Announcement, PlayAddress, ServerAnswer } from "./handshake/server-first.ts";
export {
  announcedCodecs,
  printAnnouncement,
  printPlayPath,
  printServerAnswer,
  readAnnouncement,
  readPlayPath,
  readServerAnswer,
  withServerAddress,
} from "./handshake/server-first.ts";
export type { FittedOffer } from "./handshake/server-first-offer.ts";
export { fitOffer, fitPlayerOffer } from "./handshake/server-first-offer.ts";
export type {
  Playback,
  PlaybackFailure,
  PlaybackInput,
  PlaybackOptions,
  PlaybackOutput,
  PlayerState,
} from "./handshake/server-first-player.ts";
export { createPlayback } from "./handshake/server-first-player.ts";
export type {
  PlaySession,
  PlaySessionEnd,
  PlaySessionInput,
  PlaySessionOptions,
  PlaySessionOutput,
} from "./handshake/server-first-session.ts";
export { createPlaySession } from "./handshake/server-first-session.ts";
export type { Address, AddressFamily, AddressScope } from "./ice/address.ts";
export { parseAddress, scopeMeanings } from "./ice/address.ts";
export { baseOf } from "./ice/base.ts";
export type {
  Candidate,
  CandidateExtension,
  CandidateInit,
  CandidateType,
  TcpType,
} from "./ice/candidate.ts";
export type { CandidateFault, CandidateFaultCode } from "./ice/candidate-fault.ts";
export { candidateFaults } from "./ice/candidate-fault.ts";
export type {
  CheckEvent,
  CheckedPair,
  CheckList,
  CheckListOptions,
  CheckListState,
  CheckOutput,
  PairState,
  TransportAddress,
} from "./ice/check-list.ts";
export { createCheckList } from "./ice/check-list.ts";
export type { CandidateClass } from "./ice/classify.ts";
export { classifyCandidate } from "./ice/classify.ts";
export type { Evidence, EvidenceName } from "./ice/evidence.ts";
export { candidateEvidence } from "./ice/evidence.ts";
export type { FoundationInput } from "./ice/foundation.ts";
export { foundation } from "./ice/foundation.ts";
export type {
  FragmentBinding,
  FragmentResult,
  FragmentSection,
  SdpFragment,
} from "./ice/fragment.ts";
export { createFragment, parseFragment, printFragment } from "./ice/fragment.ts";
export type { FragmentFault, FragmentFaultCode } from "./ice/fragment-fault.ts";
export { fragmentFaults } from "./ice/fragment-fault.ts";
export type {
  CandidatePlacement,
  CredentialChange,
  Generation,
  GenerationLedger,
  IceCredentials,
} from "./ice/generation.ts";
export { compareCredentials, createGenerationLedger } from "./ice/generation.ts";
export type { NetworkCost, NetworkKind } from "./ice/network-cost.ts";
export { readNetworkCost } from "./ice/network-cost.ts";
export type {
  CandidatePair,
  CandidatePairs,
  FormedPair,
  FormPairsOptions,
  IceRole,
  ImpossiblePair,
  PrunedPair,
} from "./ice/pair.ts";
export { formPairs, pairPriority } from "./ice/pair.ts";
export type { PairReason, PairReasonName } from "./ice/pair-reason.ts";
export type { CandidateResult } from "./ice/parse-candidate.ts";
export { parseCandidate } from "./ice/parse-candidate.ts";
export type {
  MissingEvidence,
  NatFiltering,
  NatMapping,
  PathKind,
  PredictedPath,
  Prediction,
  PredictionOptions,
  PredictionSide,
} from "./ice/predict.ts";
export { predictConnection } from "./ice/predict.ts";
export { printCandidate } from "./ice/print-candidate.ts";
export type { PriorityDeviation, PriorityInput, PriorityParts } from "./ice/priority.ts";
export { candidatePriority, decodePriority, tcpDirectionPreference } from "./ice/priority.ts";
export type {
  PriorityContext,
  PrioritySchemeName,
  RelayTransport,
  SchemeParts,
} from "./ice/priority-scheme.ts";
export type { ServerAddress } from "./ice/server-address.ts";
export { parseServerAddress } from "./ice/server-address.ts";
export type {
  StunAddress,
  StunAddressName,
  StunError,
  StunNumberName,
  StunTextName,
} from "./ice/stun-attribute.ts";
export {
  printStunAddress,
  readStunAddress,
  readStunError,
  readStunNumber,
  readStunText,
  stunAddress,
  stunError,
  stunNumber,
  stunText,
} from "./ice/stun-attribute.ts";
export type { StunErrorMeaning } from "./ice/stun-error.ts";
export { explainStunError } from "./ice/stun-error.ts";
export type {
  StunAttribute,
  StunClass,
  StunMessage,
  StunMethod,
  StunSigner,
} from "./ice/stun-message.ts";
export { isSigned, parseStunMessage, printStunMessage, stunLength } from "./ice/stun-message.ts";
export type { WhipPatch } from "./ice/whip-patch.ts";
export { checkWhipPatch } from "./ice/whip-patch.ts";
export { browserCapabilities } from "./offer-answer/browser-capabilities.ts";
export type {
  AnswerHabits,
  Capabilities,
  CodecCapability,
  DataCapabilities,
  ExtensionCapability,
  MediaCapabilities,
  RecordedCapabilities,
} from "./offer-answer/capabilities.ts";
export type { SelectOptions } from "./offer-answer/choose-formats.ts";
export type { ChosenCodec } from "./offer-answer/chosen-codecs.ts";
export { chosenCodecs } from "./offer-answer/chosen-codecs.ts";
export { filterCodecs } from "./offer-answer/filter-codecs.ts";
export type { Munging, MungingOptions } from "./offer-answer/munging.ts";
export { findMunging } from "./offer-answer/munging.ts";
export type { MungingFacts, MungingKind } from "./offer-answer/munging-kinds.ts";
export { mungingKinds } from "./offer-answer/munging-kinds.ts";
export { negotiate } from "./offer-answer/negotiate.ts";
export type { AnsweredCodec, CodecNegotiation } from "./offer-answer/negotiate-codecs.ts";
export type { AnsweredExtension } from "./offer-answer/negotiate-extensions.ts";
export type {
  NegotiateOptions,
  Negotiation,
  SectionDecision,
} from "./offer-answer/negotiation.ts";
export type { PayloadTypeGraph, PayloadTypeNode } from "./offer-answer/payload-type-graph.ts";
export { readPayloadTypeGraph } from "./offer-answer/payload-type-graph.ts";
export { preferCodecs } from "./offer-answer/prefer-codecs.ts";
export type { PayloadTypeMap } from "./offer-answer/renumber.ts";
export { renumberPayloadTypes } from "./offer-answer/renumber.ts";
export type { CodecDecision, CodecSelection } from "./offer-answer/select-codecs.ts";
export { selectCodecs } from "./offer-answer/select-codecs.ts";
export type { ServerChoice } from "./offer-answer/server-codecs.ts";
export { matchServerCodecs } from "./offer-answer/server-codecs.ts";
export type { RfcRef } from "./rfc.ts";
export { rfcLabel } from "./rfc.ts";
export type { Browser } from "./rules/browsers/profiles.ts";
export { answerRules, descriptionRules, reofferRules } from "./rules/catalog.ts";
export type { CheckOptions } from "./rules/check-answer.ts";
export { checkAnswer } from "./rules/check-answer.ts";
export { checkReoffer } from "./rules/check-reoffer.ts";
export type { CompareOptions } from "./rules/compare-sessions.ts";
export { compareSessions } from "./rules/compare-sessions.ts";
export type { DiagnoseOptions } from "./rules/diagnose-session.ts";
export { diagnoseSession, diagnosisSteps } from "./rules/diagnose-session.ts";
export { explainRefusal } from "./rules/explain-refusal.ts";
export type {
  Confidence,
  Diagnosis,
  Finding,
  FindingTexts,
  NotEvaluated,
} from "./rules/finding.ts";
export { formatDiagnosis } from "./rules/format-diagnosis.ts";
export type { LintOptions } from "./rules/lint.ts";
export { lint } from "./rules/lint.ts";
export type {
  ComputedOutcome,
  Replay,
  ReplayedConnection,
  ReplayOptions,
  ReplayStep,
} from "./rules/replay.ts";
export { replayNegotiation } from "./rules/replay.ts";
export type { AnswerDifference, ReplayedAnswer } from "./rules/replay-answer.ts";
export type { NegotiationMethod, PlannedStep, RecordedOutcome } from "./rules/replay-plan.ts";
export type { Rule, RuleSubject } from "./rules/rule.ts";
export { rules } from "./rules/rules.ts";
export { sessionRules } from "./rules/session/catalog.ts";
export type * from "./rules/session-comparison.ts";
export { checkWhipAnswer, checkWhipOffer } from "./rules/whip.ts";
export type {
  Attribute,
  AttributeLevel,
  ExplainContext,
  Grammar,
  LineKind,
  Multiplicity,
  MuxCategory,
  PartWords,
  Wording,
} from "./sdp/attribute.ts";
export { attributeNamed, attributes } from "./sdp/attributes/catalog.ts";
export { asToTias, tiasToAs } from "./sdp/bandwidth-units.ts";
export type * from "./sdp/description.ts";
export type { Change } from "./sdp/diff.ts";
export { diff } from "./sdp/diff.ts";
export type { Line, LineEnd, Sdp, SdpDocument, Section } from "./sdp/document.ts";
export { addAttribute } from "./sdp/edit/add-attribute.ts";
export { addCandidates } from "./sdp/edit/add-candidates.ts";
export { applyEdits } from "./sdp/edit/apply-edits.ts";
export { filterExtensions } from "./sdp/edit/filter-extensions.ts";
export { rejectSection } from "./sdp/edit/reject-section.ts";
export { removeAttribute } from "./sdp/edit/remove-attribute.ts";
export type { CandidatePlace } from "./sdp/edit/remove-candidates.ts";
export { removeCandidates } from "./sdp/edit/remove-candidates.ts";
export { removeRid } from "./sdp/edit/remove-rid.ts";
export { renumberExtensions } from "./sdp/edit/renumber-extensions.ts";
export { setAttribute } from "./sdp/edit/set-attribute.ts";
export type { BandwidthLimit } from "./sdp/edit/set-bandwidth.ts";
export { setBandwidth } from "./sdp/edit/set-bandwidth.ts";
export { setDirection } from "./sdp/edit/set-direction.ts";
export type { FormatParameterValues } from "./sdp/edit/set-format-parameters.ts";
export { setFormatParameters } from "./sdp/edit/set-format-parameters.ts";
export { setMsids } from "./sdp/edit/set-msids.ts";
export { setRid } from "./sdp/edit/set-rid.ts";
export { setSimulcast } from "./sdp/edit/set-simulcast.ts";
export type { ExplainedPart, Explanation } from "./sdp/explain.ts";
export { explain } from "./sdp/explain.ts";
export { attributeName, attributeValue, isAttribute } from "./sdp/line.ts";
export { lineKindOf, lineKinds } from "./sdp/lines/catalog.ts";
export { parse } from "./sdp/parse.ts";
export { readDescription } from "./sdp/read-description.ts";
export type { DescriptionRedactor, Leak, SecretKind } from "./sdp/redact.ts";
export type { SdpTransformReading } from "./sdp/sdp-transform.ts";
export {
  editWithSdpTransform,
  readThroughSdpTransform,
  toSdpTransform,
} from "./sdp/sdp-transform.ts";
export { positionIn, spanOf } from "./sdp/span-of.ts";
export { stringify } from "./sdp/stringify.ts";
export type { Steps } from "./steps.ts";
export type { Language, Message, Position, Span } from "./text.ts";
export { describeMerge } from "./trace/describe-merge.ts";
export type * from "./trace/event.ts";
export { exportRtcstats } from "./trace/export-rtcstats.ts";
export type {
  FeedMessage,
  IntakeMessage,
  IntakeRefusal,
  IntakeReply,
  TraceState,
  TraceSummary,
} from "./trace/feed.ts";
export { readFeedMessage, readIntakeMessage, readIntakeReply } from "./trace/feed.ts";
export type { TraceReading } from "./trace/file.ts";
export { readTrace, writeLine, writeTrace } from "./trace/file.ts";
export type { Handover } from "./trace/handovers.ts";
export { handovers } from "./trace/handovers.ts";
export type { ImportFormat, ImportOptions, ImportResult } from "./trace/import-trace.ts";
export { importTrace } from "./trace/import-trace.ts";
export type { Ladder, LadderArrow, LadderColumn, LadderItem } from "./trace/ladder.ts";
export type { Lane, LaneGroup, Mark, Slice, Tone } from "./trace/lanes.ts";
export { sliceAt } from "./trace/lanes.ts";
export { mergeTraces } from "./trace/merge.ts";
export { milestoneLabels } from "./trace/milestone-labels.ts";
export type { ConnectionMilestones, Milestone, MilestoneName } from "./trace/milestones.ts";
export { milestoneNames, milestones } from "./trace/milestones.ts";
export type { ConnectionPair, ConnectionPlace, PairEvidence } from "./trace/pair-connections.ts";
export { pairConnections } from "./trace/pair-connections.ts";
export type { Payload } from "./trace/payload.ts";
export { readPayload } from "./trace/payload.ts";
export type { LadderFormat, PrintLadderOptions } from "./trace/print-ladder.ts";
export { printLadder } from "./trace/print-ladder.ts";
export type { Recorder, RecorderOptions } from "./trace/recorder.ts";
export { createRecorder, isTraceId } from "./trace/recorder.ts";
export type { Redactor, TraceLeak } from "./trace/redact.ts";
export { createRedactor } from "./trace/redact.ts";
export type { StatsConnection, StatsObject, StatsReport } from "./trace/stats-connections.ts";
export { statsConnections } from "./trace/stats-connections.ts";
export type { StatsFormula, StatsMetric, StatsUnit } from "./trace/stats-metrics.ts";
export { statsMetrics } from "./trace/stats-metrics.ts";
export type { StatsSeries } from "./trace/stats-series.ts";
export { statsSeries } from "./trace/stats-series.ts";
export type {
  CallRow,
  CandidateRow,
  DescriptionRow,
  DescriptionStep,
  Round,
} from "./trace/tables.ts";
export type { Timeline } from "./trace/timeline.ts";
export { timeline } from "./trace/timeline.ts";
export type { Trace, TraceHeader, TracePart, TracePeer, TraceSource } from "./trace/trace.ts";
export type { TraceLimit } from "./trace/trace-limit.ts";
export { limitMessages } from "./trace/trace-limit.ts";
export type { Unpacked, UnpackedFile } from "./trace/unpack.ts";
export { unpack } from "./trace/unpack.ts";
