export { describeMerge } from "../trace/describe-merge.ts";
export type * from "../trace/event.ts";
export { exportRtcstats } from "../trace/export-rtcstats.ts";
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
export type { Handover } from "../trace/handovers.ts";
export { handovers } from "../trace/handovers.ts";
export type { ImportFormat, ImportOptions, ImportResult } from "../trace/import-trace.ts";
export { importTrace } from "../trace/import-trace.ts";
export type { Delivery } from "../trace/join.ts";
export { joinSignals } from "../trace/join.ts";
export type { Ladder, LadderArrow, LadderColumn, LadderItem } from "../trace/ladder.ts";
export type { Lane, LaneGroup, Mark, Slice, Tone } from "../trace/lanes.ts";
export { sliceAt } from "../trace/lanes.ts";
export { mergeTraces } from "../trace/merge.ts";
export { milestoneLabels } from "../trace/milestone-labels.ts";
export type { ConnectionMilestones, Milestone, MilestoneName } from "../trace/milestones.ts";
export { milestoneNames, milestones } from "../trace/milestones.ts";
export type { ConnectionPair, ConnectionPlace, PairEvidence } from "../trace/pair-connections.ts";
export { pairConnections } from "../trace/pair-connections.ts";
export type { Payload } from "../trace/payload.ts";
export { readPayload } from "../trace/payload.ts";
export type { LadderFormat, PrintLadderOptions } from "../trace/print-ladder.ts";
export { printLadder } from "../trace/print-ladder.ts";
export type { Recorder, RecorderOptions } from "../trace/recorder.ts";
export { createRecorder, isTraceId } from "../trace/recorder.ts";
export type { Redactor, TraceLeak } from "../trace/redact.ts";
export { createRedactor } from "../trace/redact.ts";
export type { StatsConnection, StatsObject, StatsReport } from "../trace/stats-connections.ts";
export { statsConnections } from "../trace/stats-connections.ts";
export type { StatsFormula, StatsMetric, StatsUnit } from "../trace/stats-metrics.ts";
export { statsMetrics } from "../trace/stats-metrics.ts";
export type { StatsSeries } from "../trace/stats-series.ts";
export { statsSeries } from "../trace/stats-series.ts";
export type {
  CallRow,
  CandidateRow,
  DescriptionRow,
  DescriptionStep,
  Round,
} from "../trace/tables.ts";
export type { Timeline } from "../trace/timeline.ts";
export { timeline } from "../trace/timeline.ts";
export type { Trace, TraceHeader, TracePart, TracePeer, TraceSource } from "../trace/trace.ts";
export type { TraceLimit } from "../trace/trace-limit.ts";
export { limitMessages } from "../trace/trace-limit.ts";
export type { Unpacked, UnpackedFile } from "../trace/unpack.ts";
export { unpack } from "../trace/unpack.ts";
