import type { TraceEvent } from "./event.ts";
import type { Lane, LaneGroup, Slice } from "./lanes.ts";
import type { CallRow, DescriptionStep } from "./tables.ts";
import type { Timeline } from "./timeline.ts";
import { timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { TraceLimit } from "./trace-limit.ts";

/** What a connection can reach on its way, in the order in which a call mostly reaches it. */
export const milestoneNames = [
  "created",
  "first-signal",
  "offer-created",
  "offer-applied",
  "offer-sent",
  "offer-received",
  "answer-created",
  "answer-applied",
  "answer-sent",
  "answer-received",
  "first-local-candidate",
  "first-remote-candidate",
  "ice-checking",
  "ice-connected",
  "gathering-complete",
  "dtls-connected",
  "connected",
  "track",
  "channel-open",
  "first-media",
  "disconnected",
  "failed",
  "closed",
] as const;

/**
 * A milestone's name. Each is reached once, the first time: `offer-applied` when the engine took the offer, whichever side made it;
 * `first-remote-candidate` when one was taken, not when one was refused; `first-media` when statistics count the first
 * RTP packet that came in.
 */
export type MilestoneName = (typeof milestoneNames)[number];

/** A milestone that was reached. */
export interface Milestone {
  readonly name: MilestoneName;
  /** The event that shows it. */
  readonly seq: number;
  /** Milliseconds since the trace's start. */
  readonly t: number;
}

/** The course of one connection. */
export interface ConnectionMilestones {
  readonly peer: string;
  readonly pc?: string;
  /** The peer's name, else its id. */
  readonly name: string;
  /** What was reached, in order of time. */
  readonly reached: readonly Milestone[];
  /** What the recording could not have shown: not to have reached it means nothing. */
  readonly unknown: readonly MilestoneName[];
}

/**
 * The milestones of every connection of a trace, in the order of its lanes. Takes time in proportion to the events;
 * `line` saves working the timeline out again where it is there already.
 */
export function milestones(
  trace: Trace,
  line: Timeline = timeline(trace),
): readonly ConnectionMilestones[] {
  const seen = lookThrough(trace);
  const calls = groupBy(line.calls, placeKey);
  const ends = new Map(line.calls.map((call) => [call.begin.seq, call]));
  const steps = stepsByConnection(line);
  const candidates = groupBy(line.candidates, placeKey);
  const begun = new Set<string>();
  return line.lanes.map((group) => {
    const key = placeKey(group);
    const course = new Course();
    course.reach("created", seen.created.get(key));
    course.reach("first-signal", seen.signal.get(key));
    // A message that names no connection begins the first one that its peer made.
    if (!begun.has(group.peer)) course.reach("first-signal", seen.signal.get(placeKey(group.peer)));
    begun.add(group.peer);
    for (const step of steps.get(key) ?? []) noteStep(course, step, ends.get(step.seq));
    for (const row of candidates.get(key) ?? []) {
      if (row.init === null || row.refusal || row.gatheringError) continue;
      course.reach(`first-${row.side}-candidate`, row);
    }
    noteStates(course, group);
    const closing = calls.get(key)?.find(({ method }) => method === "close");
    course.reach("closed", closing?.begin);
    course.reach("track", seen.track.get(key));
    course.reach("first-media", seen.media.get(key));
    return {
      peer: group.peer,
      ...(group.pc !== undefined && { pc: group.pc }),
      name: group.name,
      reached: course.inOrder(),
      unknown: unknownOf(trace, seen, course),
    };
  });
}

interface Moment {
  readonly seq: number;
  readonly t: number;
}

class Course {
  readonly #reached = new Map<MilestoneName, Moment>();

  /** Takes the earliest of several moments. */
  reach(name: MilestoneName, at: Moment | undefined): void {
    const known = this.#reached.get(name);
    if (at && (!known || at.t < known.t || (at.t === known.t && at.seq < known.seq))) {
      this.#reached.set(name, at);
    }
  }

  has(name: MilestoneName): boolean {
    return this.#reached.has(name);
  }

  inOrder(): Milestone[] {
    return [...this.#reached]
      .map(([name, { seq, t }]) => ({ name, seq, t }))
      .sort((a, b) => a.t - b.t || a.seq - b.seq);
  }
}

function noteStep(course: Course, step: DescriptionStep, call: CallRow | undefined): void {
  const { type } = step.description;
  if (step.error || type === "rollback") return;
  const word = type === "offer" ? "offer" : "answer";
  switch (step.step) {
    case "created":
    case "sent":
    case "received":
      course.reach(`${word}-${step.step}`, step);
      break;
    case "set-local":
    case "set-remote":
      // A call counts when it ended; where no ends are recorded, when it was made.
      if (call?.error === undefined) course.reach(`${word}-applied`, call?.settle ?? step);
      break;
    default:
      step.step satisfies never;
  }
}

function noteStates(course: Course, group: LaneGroup): void {
  for (const lane of group.lanes) {
    switch (lane.kind) {
      case "gathering":
        course.reach("gathering-complete", begin(lane, "complete"));
        break;
      case "ice":
        course.reach("ice-checking", begin(lane, "checking"));
        course.reach("ice-connected", begin(lane, "connected", "completed"));
        course.reach("disconnected", begin(lane, "disconnected"));
        course.reach("failed", begin(lane, "failed"));
        break;
      case "dtls":
        course.reach("dtls-connected", begin(lane, "connected"));
        course.reach("failed", begin(lane, "failed"));
        break;
      case "connection":
        course.reach("connected", begin(lane, "connected"));
        course.reach("disconnected", begin(lane, "disconnected"));
        course.reach("failed", begin(lane, "failed"));
        course.reach("closed", begin(lane, "closed"));
        break;
      case "signaling":
        course.reach("closed", begin(lane, "closed"));
        break;
      case "channel":
        course.reach("channel-open", begin(lane, "open"));
        break;
      default:
    }
  }
}

function begin(lane: Lane, ...labels: readonly Slice["label"][]): Moment | undefined {
  const slice = lane.slices.find(({ label }) => labels.includes(label));
  return slice && { seq: slice.seq, t: slice.start };
}

/** What the lanes and tables leave out, found in one pass. */
interface Seen {
  readonly created: Map<string, TraceEvent>;
  /** By connection, and by peer for messages that name none. */
  readonly signal: Map<string, TraceEvent>;
  readonly track: Map<string, TraceEvent>;
  readonly media: Map<string, TraceEvent>;
  /** The state machines that the recording knows at all. */
  readonly machines: Set<string>;
  hasStats: boolean;
}

function lookThrough(trace: Trace): Seen {
  const seen: Seen = {
    created: new Map(),
    signal: new Map(),
    track: new Map(),
    media: new Map(),
    machines: new Set(),
    hasStats: false,
  };
  for (const event of trace.events) {
    const key = placeKey(event);
    switch (event.kind) {
      case "create":
        if (!seen.created.has(key)) seen.created.set(key, event);
        break;
      case "signal":
        if (!seen.signal.has(key)) seen.signal.set(key, event);
        break;
      case "track":
        if (!seen.track.has(key)) seen.track.set(key, event);
        break;
      case "state":
        seen.machines.add(event.machine);
        break;
      case "stats":
        seen.hasStats = true;
        if (!seen.media.has(key) && hasIncomingMedia(event.report)) seen.media.set(key, event);
        break;
      default:
    }
  }
  return seen;
}

function hasIncomingMedia(report: Readonly<Record<string, unknown>>): boolean {
  for (const id in report) {
    const entry = report[id];
    if (typeof entry !== "object" || entry === null) continue;
    const { type, packetsReceived } = entry as Readonly<Record<string, unknown>>;
    if (type === "inbound-rtp" && typeof packetsReceived === "number" && packetsReceived > 0) {
      return true;
    }
  }
  return false;
}

/** The steps of descriptions by connection. A message that names no connection goes with the round's connections of its peer. */
function stepsByConnection(line: Timeline): Map<string, DescriptionStep[]> {
  const found = new Map<string, DescriptionStep[]>();
  const put = (key: string, step: DescriptionStep): void => {
    const list = found.get(key);
    if (list) list.push(step);
    else found.set(key, [step]);
  };
  const only = new Map<string, string | undefined>();
  for (const group of line.lanes) {
    only.set(group.peer, only.has(group.peer) ? undefined : placeKey(group));
  }
  for (const { offer, answer } of line.rounds) {
    const steps = [...offer.steps, ...(answer?.steps ?? [])];
    const places = new Map<string, Set<string>>();
    for (const { peer = "", pc } of steps) {
      if (pc === undefined) continue;
      const keys = places.get(peer) ?? new Set<string>();
      places.set(peer, keys.add(placeKey({ peer, pc })));
    }
    for (const step of steps) {
      const { peer = "", pc } = step;
      const own = only.get(peer);
      const keys = places.get(peer) ?? (own === undefined ? [] : [own]);
      if (pc !== undefined) put(placeKey(step), step);
      else for (const key of keys) put(key, step);
    }
  }
  return found;
}

const needs: Readonly<Partial<Record<MilestoneName, readonly TraceLimit[]>>> = {
  created: ["no-calls"],
  "first-signal": ["no-signaling"],
  "offer-created": ["no-calls", "no-results"],
  "offer-applied": ["no-calls"],
  "offer-sent": ["no-signaling"],
  "offer-received": ["no-signaling"],
  "answer-created": ["no-calls", "no-results"],
  "answer-applied": ["no-calls"],
  "answer-sent": ["no-signaling"],
  "answer-received": ["no-signaling"],
  "first-local-candidate": ["no-candidates"],
  "first-remote-candidate": ["no-candidates"],
  "ice-checking": ["no-states"],
  "ice-connected": ["no-states"],
  "gathering-complete": ["no-states"],
  "dtls-connected": ["no-states"],
  connected: ["no-states"],
  "channel-open": ["no-states"],
  "first-media": ["no-stats"],
  disconnected: ["no-states"],
  failed: ["no-states"],
};

function unknownOf(trace: Trace, seen: Seen, course: Course): MilestoneName[] {
  const given: unknown = trace.header.source.limits;
  const limits = new Set<unknown>(Array.isArray(given) ? given : []);
  const isUnknown = (name: MilestoneName): boolean => {
    if (limits.has("one-way") && !isSignaling(name)) return true;
    if (needs[name]?.some((limit) => limits.has(limit))) return true;
    if (isSignaling(name)) return seen.signal.size === 0;
    if (name === "first-media") return !seen.hasStats;
    // Some engines report neither DTLS nor the whole connection: that ICE came up shows that it is that.
    const isUp = course.has("ice-connected");
    if (name === "dtls-connected") return isUp && !seen.machines.has("dtls");
    return name === "connected" && isUp && !seen.machines.has("connection");
  };
  return milestoneNames.filter((name) => !course.has(name) && isUnknown(name));
}

function isSignaling(name: MilestoneName): boolean {
  return name === "first-signal" || name.endsWith("-sent") || name.endsWith("-received");
}

type Place = { readonly peer?: string | undefined; readonly pc?: string | undefined };

function placeKey(place: Place | string): string {
  const { peer, pc }: Place = typeof place === "string" ? { peer: place } : place;
  return JSON.stringify([peer ?? "", pc]);
}

function groupBy<Row extends Place>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
