import type { StatsConnection, StatsObject, StatsReport } from "./stats-connections.ts";
import type { StatsFormula, StatsMetric } from "./stats-metrics.ts";
import type { StatsNumber } from "./stats-number.ts";
import { difference, statsNumber } from "./stats-number.ts";

/** A metric of one object over time. */
export interface StatsSeries {
  readonly object: StatsObject;
  /** Milliseconds since the trace's start, growing. */
  readonly t: Float64Array<ArrayBuffer>;
  /** The values at these times, in the metric's unit. `NaN` breaks the line: from there to the next value nothing is known. */
  readonly values: Float64Array<ArrayBuffer>;
}

/**
 * A metric of a connection, a series for each object that has values of it. What counters grew by is worked out over
 * the entries' own timestamps where they fit the recorded times, else over these.
 *
 * A value stands at the end of the time it was measured over. There is no value, and the line breaks, where a counter went back
 * (it began anew), where nothing was recorded for five times as long as usual, where events are missing in the trace, where
 * the object was gone, and where a mean has nothing to be the mean of. An entry that a report leaves out has not changed,
 * unless all of it came from the other side.
 * `packetsLost` alone may go down without a new beginning: "the loss may be negative if there are duplicates"
 * (RFC 3550 §6.4.1); the share that was lost is then 0, as it is there.
 */
export function statsSeries(connection: StatsConnection, metric: StatsMetric): StatsSeries[] {
  const usual = usualInterval(
    connection.reports.filter((report) => !isOfOtherSide(report)).map(({ t }) => t),
  );
  return connection.objects
    .filter(({ type }) => type === metric.type)
    .map((object) => seriesOf(connection.reports, object, metric, usual))
    .filter(({ values }) => values.some((value) => !Number.isNaN(value)));
}

/** A recording that is silent for so many of its usual intervals has a gap. */
const GAP = 5;

/** What one report says of an object. */
interface Sample {
  readonly t: number;
  /** The entry's own time; absent where the report left the entry out. */
  readonly timestamp: number | undefined;
  /** The metric's first member, and its second. */
  readonly number: StatsNumber | undefined;
  readonly other: StatsNumber | undefined;
  /** For telling a counter that began anew from one that may go down. */
  readonly guard: StatsNumber | undefined;
}

function seriesOf(
  reports: readonly StatsReport[],
  object: StatsObject,
  metric: StatsMetric,
  usual: number,
): StatsSeries {
  const t: number[] = [];
  const values: number[] = [];
  const put = (at: number, value: number): void => {
    const isBreak = Number.isNaN(value);
    // One break is as good as many, and before the first value there is nothing to break.
    if (isBreak && (values.length === 0 || Number.isNaN(values.at(-1)))) return;
    t.push(at);
    values.push(value);
  };
  // The other side's reports come when they come: one that is left out says nothing.
  const isRemote = metric.type.startsWith("remote-");
  const longest = GAP * (isRemote ? usualInterval(ownTimes(reports, object.id)) : usual);
  let before: Sample | undefined;
  for (const report of reports) {
    const isTold = Object.hasOwn(report.entries, object.id);
    if (report.isAfterLoss && before) {
      put(before.t, Number.NaN);
      before = undefined;
    }
    if (!isTold && (isRemote || !before || isOfOtherSide(report))) continue;
    const sample: Sample | undefined = isTold
      ? sampleOf(report, object.id, metric)
      : before && { ...before, t: report.t, timestamp: undefined };
    if (!sample || !isShown(report, object.id, metric)) {
      put(report.t, Number.NaN);
      before = undefined;
      continue;
    }
    if (before && sample.t <= before.t) {
      // Two reports of one moment: the later one counts, for what comes after.
      before = sample;
      continue;
    }
    const isGap = before !== undefined && sample.t - before.t > longest;
    if (isGap && before) put(before.t, Number.NaN);
    put(sample.t, valueAt(metric.formula, metric, isGap ? undefined : before, sample));
    before = sample;
  }
  return { object, t: Float64Array.from(t), values: Float64Array.from(values) };
}

/**
 * Whether a report tells of what the other side said, and of nothing else. RTCP comes at times of its own, which dumps of older
 * Chromiums have for it: nobody looked at this side then.
 */
function isOfOtherSide({ entries }: StatsReport): boolean {
  let isRemote = false;
  for (const id in entries) {
    const { type } = (entries[id] ?? {}) as { readonly type?: unknown };
    if (type !== "remote-inbound-rtp" && type !== "remote-outbound-rtp") return false;
    isRemote = true;
  }
  return isRemote;
}

function sampleOf(report: StatsReport, id: string, { members }: StatsMetric): Sample | undefined {
  const entry = report.entries[id];
  if (typeof entry !== "object" || entry === null) return undefined;
  const fields = entry as Readonly<Record<string, unknown>>;
  const { timestamp } = fields;
  const [first = "", second] = members;
  // One shape for all: there is one of these for each report, object and metric.
  return {
    t: report.t,
    timestamp: typeof timestamp === "number" ? timestamp : undefined,
    number: statsNumber(fields[first]),
    other: second === undefined ? undefined : statsNumber(fields[second]),
    guard: first === "packetsLost" ? statsNumber(fields["packetsReceived"]) : undefined,
  };
}

function isShown({ selected, entries }: StatsReport, id: string, metric: StatsMetric): boolean {
  if (!metric.isOfSelectedPair) return true;
  if (selected) return selected.has(id);
  const entry = entries[id] as Readonly<Record<string, unknown>> | undefined;
  return entry?.["nominated"] === true;
}

function valueAt(
  formula: StatsFormula,
  { members }: StatsMetric,
  before: Sample | undefined,
  now: Sample,
): number {
  const current = now.number;
  if (current === undefined) return Number.NaN;
  if (formula.kind === "gauge") return finite(Number(current) * (formula.scale ?? 1));
  if (!before) return Number.NaN;
  const mayGoDown = members[0] === "packetsLost" && !(growth(before.guard, now.guard) < 0);
  const grown = growth(before.number, current);
  if (!(grown >= 0 || mayGoDown)) return Number.NaN;
  switch (formula.kind) {
    case "rate":
      return finite((grown * (formula.scale ?? 1) * 1000) / elapsed(before, now));
    case "mean":
    case "share": {
      const others = growth(before.other, now.other);
      if (!(others >= 0)) return Number.NaN;
      if (formula.kind === "mean") return finite((grown * (formula.scale ?? 1)) / others);
      const lost = Math.max(0, grown);
      return finite(lost / (lost + others));
    }
    default:
      return formula satisfies never;
  }
}

function growth(before: StatsNumber | undefined, now: StatsNumber | undefined): number {
  return before === undefined || now === undefined ? Number.NaN : difference(now, before);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The time between two samples in milliseconds: the engine's own clock knows best, unless it says something impossible. */
function elapsed(before: Sample, now: Sample): number {
  const recorded = now.t - before.t;
  if (before.timestamp === undefined || now.timestamp === undefined) return recorded;
  const own = now.timestamp - before.timestamp;
  const isLikely = own > 0 && Math.abs(own - recorded) <= Math.max(1000, recorded / 2);
  return isLikely ? own : recorded;
}

function ownTimes(reports: readonly StatsReport[], id: string): readonly number[] {
  return reports.filter(({ entries }) => Object.hasOwn(entries, id)).map(({ t }) => t);
}

/** The middle one of the intervals; infinite where there are none. */
function usualInterval(times: readonly number[]): number {
  const intervals: number[] = [];
  for (let index = 1; index < times.length; index++) {
    const length = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (length > 0) intervals.push(length);
  }
  intervals.sort((a, b) => a - b);
  return intervals[(intervals.length - 1) >> 1] ?? Number.POSITIVE_INFINITY;
}
