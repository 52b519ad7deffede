export type { Diagnostic, Severity } from "./diagnostic.ts";
export type { Candidate } from "./ice/candidate.ts";
export type { CandidateClass } from "./ice/classify.ts";
export { classifyCandidate } from "./ice/classify.ts";
export { parseCandidate } from "./ice/parse-candidate.ts";
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
