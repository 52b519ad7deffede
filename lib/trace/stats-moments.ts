import { isTime } from "./assemble.ts";

/** The statistics of one moment: the entries that changed since the moment before. */
export interface StatsMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly report: Record<string, Record<string, unknown>>;
}

/**
 * Turns the statistics of a webrtc-internals dump, one list of values for each property, back into reports.
 *
 *     "OT01V1-bytesSent": { "startTime": "2026-…Z", "endTime": "2026-…Z", "statsType": "outbound-rtp", "values": "[0,1200,…]" }
 *             ^ the property stands after the last dash; [computed] ones were no part of getStats and are left out
 *
 * Values are aligned with `<id>-timestamp` from the end: a property may appear late, and the first values of a long call are dropped.
 * Dumps before Chromium 117 have no timestamps; their values are spread evenly from start to end, as they were asked for once a second.
 */
export function readMoments(stats: Readonly<Record<string, unknown>>): readonly StatsMoment[] {
  const moments = new Map<number, StatsMoment>();
  for (const [id, object] of objectsOf(stats)) addObject(moments, id, object);
  return [...moments.values()].sort((a, b) => a.at - b.at);
}

interface StatsObject {
  type: string | undefined;
  start: number;
  end: number;
  timestamps: readonly unknown[] | undefined;
  readonly names: string[];
  readonly values: (readonly unknown[])[];
}

function objectsOf(stats: Readonly<Record<string, unknown>>): ReadonlyMap<string, StatsObject> {
  const objects = new Map<string, StatsObject>();
  for (const key in stats) {
    const series = stats[key];
    const dash = key.lastIndexOf("-");
    if (dash <= 0 || key.endsWith("]") || typeof series !== "object" || series === null) continue;
    const { startTime, endTime, statsType, values } = series as Readonly<Record<string, unknown>>;
    const list = readList(values);
    if (list === undefined) continue;
    const id = key.slice(0, dash);
    const name = key.slice(dash + 1);
    const object: StatsObject = objects.get(id) ?? {
      type: typeof statsType === "string" ? statsType : undefined,
      start: Date.parse(String(startTime)),
      end: Date.parse(String(endTime)),
      timestamps: undefined,
      names: [],
      values: [],
    };
    objects.set(id, object);
    if (name === "timestamp") object.timestamps = list;
    else {
      object.names.push(name);
      object.values.push(list);
    }
  }
  return objects;
}

function addObject(moments: Map<number, StatsMoment>, id: string, object: StatsObject): void {
  const { names, values, type } = object;
  let count = object.timestamps?.length ?? 0;
  for (const list of values) if (list.length > count) count = list.length;
  const timeAt = timesOf(object, count);
  // Most properties are there from the first moment to the last: copies of one entry have one shape, and need no growing.
  const isWhole = values.every((list) => list.length === count);
  const blank: Record<string, unknown> = { id, timestamp: 0, ...(type !== undefined && { type }) };
  if (isWhole) for (const name of names) blank[name] = undefined;
  for (let index = 0; index < count; index++) {
    const at = timeAt(index);
    if (!isTime(at) || !hasChanged(values, index, count)) continue;
    const entry: Record<string, unknown> = { ...blank, timestamp: at };
    for (let property = 0; property < names.length; property++) {
      const list = values[property] as readonly unknown[];
      const place = index - (count - list.length);
      if (place >= 0) entry[names[property] as string] = list[place];
    }
    const moment = moments.get(at);
    if (moment) moment.report[id] = entry;
    else moments.set(at, { at, report: { [id]: entry } });
  }
}

/** Whether anything but the time is another value than at the moment before. */
function hasChanged(
  values: readonly (readonly unknown[])[],
  index: number,
  count: number,
): boolean {
  if (index === 0) return true;
  for (const list of values) {
    const place = index - (count - list.length);
    if (place < 0) continue;
    if (place === 0) return true;
    const now = list[place];
    const before = list[place - 1];
    if (
      now !== before &&
      (typeof now !== "object" || JSON.stringify(now) !== JSON.stringify(before))
    ) {
      return true;
    }
  }
  return false;
}

function timesOf(
  { timestamps, start, end }: StatsObject,
  count: number,
): (index: number) => number {
  if (timestamps) {
    return (index) => {
      const at = timestamps[index - (count - timestamps.length)];
      return typeof at === "number" ? at : Number.NaN;
    };
  }
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  return (index) => Math.round(start + index * step);
}

function readList(values: unknown): readonly unknown[] | undefined {
  if (Array.isArray(values)) return values;
  if (typeof values !== "string") return undefined;
  try {
    const list: unknown = JSON.parse(values);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
