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
export type { Diagnostic, Severity } from "./diagnostic.ts";
export type { Candidate } from "./ice/candidate.ts";
export type { CandidateClass } from "./ice/classify.ts";
export { classifyCandidate } from "./ice/classify.ts";
export { parseCandidate } from "./ice/parse-candidate.ts";
export type { ChosenCodec } from "./offer-answer/chosen-codecs.ts";
export { chosenCodecs } from "./offer-answer/chosen-codecs.ts";
export { filterCodecs } from "./offer-answer/filter-codecs.ts";
export type { PayloadTypeGraph, PayloadTypeNode } from "./offer-answer/payload-type-graph.ts";
export { readPayloadTypeGraph } from "./offer-answer/payload-type-graph.ts";
export { preferCodecs } from "./offer-answer/prefer-codecs.ts";
export type { PayloadTypeMap } from "./offer-answer/renumber.ts";
export { renumberPayloadTypes } from "./offer-answer/renumber.ts";
export type {
  CodecDecision,
  CodecSelection,
  SelectOptions,
} from "./offer-answer/select-codecs.ts";
export { selectCodecs } from "./offer-answer/select-codecs.ts";
export type { ServerChoice } from "./offer-answer/server-codecs.ts";
export { matchServerCodecs } from "./offer-answer/server-codecs.ts";
export type { RfcRef } from "./rfc.ts";
export { rfcLabel } from "./rfc.ts";
export type { Line, Sdp, SdpDocument, Section } from "./sdp/document.ts";
export { parse } from "./sdp/parse.ts";
export { stringify } from "./sdp/stringify.ts";
export type { Language, Message, Position, Span } from "./text.ts";
export type * from "./trace/event.ts";
export type { FeedMessage, TraceState, TraceSummary } from "./trace/feed.ts";
export { readFeedMessage } from "./trace/feed.ts";
export type { TraceReading } from "./trace/file.ts";
export { readTrace, writeTrace } from "./trace/file.ts";
export type { Ladder, LadderArrow, LadderColumn, LadderItem } from "./trace/ladder.ts";
export type { Lane, LaneGroup, Mark, Slice, Tone } from "./trace/lanes.ts";
export { sliceAt } from "./trace/lanes.ts";
export type { Payload } from "./trace/payload.ts";
export { readPayload } from "./trace/payload.ts";
export { createRecorder } from "./trace/recorder.ts";
export type {
  CallRow,
  CandidateRow,
  DescriptionRow,
  DescriptionStep,
  Round,
} from "./trace/tables.ts";
export type { Timeline } from "./trace/timeline.ts";
export { timeline } from "./trace/timeline.ts";
export type { Trace, TraceHeader, TracePeer } from "./trace/trace.ts";
