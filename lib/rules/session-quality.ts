import type { Steps } from "../steps.ts";
import { STEP } from "../steps.ts";
import type { Message } from "../text.ts";
import type { StatsConnection, StatsObject } from "../trace/stats-connections.ts";
import { statsConnectionSteps } from "../trace/stats-connections.ts";
import type { StatsFormula, StatsMetric } from "../trace/stats-metrics.ts";
import type { StatsSeries } from "../trace/stats-series.ts";
import { statsSeries } from "../trace/stats-series.ts";
import { lacksMember, missing, statsTooShort } from "./missing-knowledge.ts";
import type { SessionContext } from "./rule.ts";
import type { Connection, Session } from "./session.ts";
import type { Measurements, Stretch } from "./stretch.ts";
import { LEAST_STRETCH_MS, longestStretch } from "./stretch.ts";

/** A connection whose statistics were recorded for long enough to judge its media. */
export interface MeasuredConnection {
  readonly connection: Connection;
  readonly stats: StatsConnection;
  /** Where each object is told of, among the reports. */
  readonly told: ReadonlyMap<string, Told>;
}

/** The first and the last report that tell of an object, and how many do. */
interface Told {
  readonly first: number;
  last: number;
  count: number;
}

/** What a stream, or a candidate pair, was measured to do, and when it was bad for the longest. */
export interface BadObject {
  readonly object: StatsObject;
  readonly series: StatsSeries;
  readonly stretch: Stretch;
}

/** A metric that only rules look at. */
export function metric(
  type: string,
  members: readonly [string, string?],
  formula: StatsFormula,
  isOfSelectedPair?: true,
): StatsMetric {
  const given = members.filter((member) => member !== undefined);
  return {
    id: `${type}/${given.join("/")}`,
    type,
    members: given,
    unit: "",
    formula,
    ...(isOfSelectedPair && { isOfSelectedPair }),
  };
}

/** The connections whose media can be judged; tells of the others why not. */
export function* measuredConnections({
  session,
  skip,
}: SessionContext): Steps<readonly MeasuredConnection[]> {
  if (session.connections.every(({ stats }) => stats.length === 0)) {
    skip(undefined, missing.stats);
    return [];
  }
  const measured: MeasuredConnection[] = [];
  const known = yield* measurementsOf(session);
  for (const connection of session.connections) {
    const found = known.get(keyOf(connection));
    const { reports } = found?.stats ?? { reports: [] };
    const length = (reports.at(-1)?.t ?? 0) - (reports[0]?.t ?? 0);
    if (!found || reports.length === 0) skip(connection, missing.stats);
    else if (length < LEAST_STRETCH_MS) skip(connection, statsTooShort(length));
    else measured.push({ connection, ...found });
  }
  return measured;
}

type Measured = Omit<MeasuredConnection, "connection">;

const known = new WeakMap<Session, ReadonlyMap<string, Measured>>();

/** Reads the statistics of a session once, for all rules. */
function* measurementsOf(session: Session): Steps<ReadonlyMap<string, Measured>> {
  const before = known.get(session);
  if (before) return before;
  const found = new Map<string, Measured>();
  let done = 0;
  for (const stats of yield* statsConnectionSteps(session.trace)) {
    const told = new Map<string, Told>();
    for (const [index, { entries }] of stats.reports.entries()) {
      for (const id of Object.keys(entries)) {
        if (++done % STEP === 0) yield;
        const one = told.get(id);
        if (!one) told.set(id, { first: index, last: index, count: 1 });
        else {
          one.last = index;
          one.count++;
        }
      }
    }
    found.set(keyOf(stats), { stats, told });
  }
  known.set(session, found);
  return found;
}

function keyOf({ peer = "", pc }: { readonly peer?: string; readonly pc?: string }): string {
  return JSON.stringify([peer, pc]);
}

/** The series of a metric, in steps; of the streams of one kind where a kind is given. */
export function* seriesOf(
  { stats, told }: MeasuredConnection,
  wanted: StatsMetric,
  kind?: string,
): Steps<readonly StatsSeries[]> {
  const found: StatsSeries[] = [];
  for (const object of stats.objects) {
    if (object.type !== wanted.type || (kind !== undefined && object.kind !== kind)) continue;
    const place = told.get(object.id);
    if (!place) continue;
    // An object lives in a part of the reports. One that next to none of these tells of is left out: a trace of such objects
    // would take the square of its length.
    const length = place.last - place.first + 1;
    if (length > place.count * RAREST) continue;
    yield;
    const reports = stats.reports.slice(place.first, place.last + 1);
    found.push(...statsSeries({ ...stats, reports, objects: [object] }, wanted));
  }
  return found;
}

const RAREST = 100;

/** The objects that a metric was bad of for long, the one that was so for the longest first. */
export function* badObjects(
  measured: MeasuredConnection,
  wanted: StatsMetric,
  isBad: (value: number) => boolean,
  kind?: string,
): Steps<readonly BadObject[]> {
  const found: BadObject[] = [];
  for (const series of yield* seriesOf(measured, wanted, kind)) {
    const stretch = longestStretch(series, isBad);
    if (stretch) found.push({ object: series.object, series, stretch });
  }
  return longestFirst(found);
}

/** Sorts by the length of the bad time. */
export function longestFirst<Bad extends { readonly stretch: Stretch }>(
  found: readonly Bad[],
): readonly Bad[] {
  const length = ({ stretch }: Bad): number => stretch.end - stretch.start;
  return found.toSorted((a, b) => length(b) - length(a));
}

/** Tells that a rule cannot judge a connection whose streams do not tell a member; whether that is so. */
export function isWithout(
  { connection, stats, told }: MeasuredConnection,
  skip: SessionContext["skip"],
  { type, members }: StatsMetric,
  kind?: string,
): boolean {
  const objects = stats.objects.filter(
    (object) => object.type === type && (kind === undefined || object.kind === kind),
  );
  const isToldOf = ({ id }: StatsObject): boolean => {
    const entry = stats.reports[told.get(id)?.last ?? -1]?.entries[id];
    // What is gone told what it had to.
    if (typeof entry !== "object" || entry === null) return true;
    return members.every((member) => member in entry);
  };
  if (objects.length === 0 || objects.some(isToldOf)) return false;
  skip(connection, lacksMember(type, members[0] ?? ""));
  return true;
}

/** What a counter grew by, all in all, within a stretch. A report that leaves an object out says that nothing of it has changed. */
export function growthIn(
  measured: MeasuredConnection,
  id: string,
  member: string,
  at: Stretch,
): number {
  let before: number | undefined;
  let last = 0;
  for (const { t, entries } of measured.stats.reports) {
    if (t > at.end) break;
    const value = (entries[id] as Readonly<Record<string, unknown>> | null | undefined)?.[member];
    if (typeof value !== "number") continue;
    if (before === undefined || t <= at.start) before = value;
    last = value;
  }
  return Math.max(0, last - (before ?? 0));
}

/** The mean of what was measured within a stretch; `NaN` when nothing was. */
export function meanIn(measurements: Measurements, stretch: Stretch): number {
  let sum = 0;
  let count = 0;
  for (const value of valuesIn(measurements, stretch)) {
    sum += value;
    count++;
  }
  return sum / count;
}

/** The greatest of what was measured within a stretch; 0 when nothing was. */
export function mostIn(measurements: Measurements, stretch: Stretch): number {
  let most = 0;
  for (const value of valuesIn(measurements, stretch)) most = Math.max(most, value);
  return most;
}

function* valuesIn({ t, values }: Measurements, { start, end }: Stretch): Generator<number> {
  for (let index = 0; index < t.length; index++) {
    const at = t[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    if (at >= start && at <= end && !Number.isNaN(value)) yield value;
  }
}

/** The reports that a stretch begins and ends with: what shows it. */
export function eventsOf(
  { stats }: MeasuredConnection,
  { start, end }: Stretch,
): readonly number[] {
  const first = stats.reports.find(({ t }) => t >= start);
  const last = stats.reports.findLast(({ t }) => t <= end);
  return [...new Set([first?.seq ?? 0, last?.seq ?? 0])];
}

/** `video (mid 1)`: which stream it is, and how many more are as bad. */
export function streamName({ kind, mid, rid }: StatsObject, more: number): Message {
  const place = [...(mid === undefined ? [] : [`mid ${mid}`]), ...(rid === undefined ? [] : [rid])];
  const at = place.length > 0 ? ` (${place.join(", ").slice(0, LONGEST_NAME)})` : "";
  const name = `${(kind ?? "media").slice(0, LONGEST_NAME)}${at}`;
  if (more === 0) return { en: name, ko: name };
  return {
    en: `${name} and ${more} more ${more === 1 ? "stream" : "streams"}`,
    ko: `${name} 외 ${more}개 스트림`,
  };
}

/** A page may give its streams names of any length. */
const LONGEST_NAME = 60;

/** `7.0`: how long a stretch is, in seconds. */
export function secondsOf({ start, end }: Stretch): string {
  return ((end - start) / 1000).toFixed(1);
}

/** `12 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** `530 kbit/s`. */
export function kilobits(bitsPerSecond: number): string {
  return `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}
