export type * from "../trace/event.ts";
export type {
  FeedMessage,
  IntakeMessage,
  IntakeRefusal,
  IntakeReply,
  TraceState,
  TraceSummary,
} from "../trace/feed.ts";
export { readFeedMessage, readIntakeMessage, readIntakeReply } from "../trace/feed.ts";
export type { TraceReading } from "../trace/file.ts";
export { readTrace, writeLine, writeTrace } from "../trace/file.ts";
export type { Recorder, RecorderOptions } from "../trace/recorder.ts";
export { createRecorder, isTraceId } from "../trace/recorder.ts";
export type { Trace, TraceHeader, TracePeer, TraceSource } from "../trace/trace.ts";
