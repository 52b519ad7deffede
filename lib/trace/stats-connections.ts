import type { Steps } from "../steps.ts";
import { finish, STEP } from "../steps.ts";
import type { StatsEvent } from "./event.ts";
import type { StatsMetric } from "./stats-metrics.ts";
import { metricOfMember, statsMetrics } from "./stats-metrics.ts";
import { statsNumber } from "./stats-number.ts";
import type { Trace } from "./trace.ts";

/** A connection whose `getStats` was recorded. */
export interface StatsConnection {
  readonly peer?: string;
  readonly pc?: string;
  /** What it was asked, in order of time. */
  readonly reports: readonly StatsReport[];
  /** The objects that it told of and that have numbers, in the order they appeared. */
  readonly objects: readonly StatsObject[];
  /** What can be drawn of them: named metrics first, then every other member that is a number, by type and name. */
  readonly metrics: readonly StatsMetric[];
}

/** A recorded answer of `getStats`. */
export interface StatsReport {
  readonly seq: number;
  /** Milliseconds since the trace's start. */
  readonly t: number;
  readonly entries: Readonly<Record<string, unknown>>;
  /** Events between this report and the one before are missing in the trace: nothing is known of what did not change. */
  readonly isAfterLoss: boolean;
  /** The candidate pairs that were selected at that time, by their id; `undefined` while no report tells it. */
  readonly selected?: ReadonlySet<string>;
}

/** One object of W3C's statistics. Texts are the engine's and the page's own: they may hold anything. */
export interface StatsObject {
  readonly id: string;
  /** W3C's RTCStatsType. */
  readonly type: string;
  readonly kind?: string;
  readonly mid?: string;
  readonly rid?: string;
  readonly ssrc?: number;
  /** A data channel's label. */
  readonly label?: string;
  /** Of a candidate pair: its candidates' types, such as `host` and `srflx`. */
  readonly candidateTypes?: readonly [local: string, remote: string];
}

/** Every connection of a trace whose statistics were recorded, in the order they were first asked. Reads each report once. */
export function statsConnections(trace: Trace): readonly StatsConnection[] {
  return finish(statsConnectionSteps(trace));
}

/** `statsConnections`, in steps. */
export function* statsConnectionSteps(trace: Trace): Steps<readonly StatsConnection[]> {
  const drafts = new Map<string, Draft>();
  let last: number | undefined;
  let losses = 0;
  let done = 0;
  for (const event of trace.events) {
    if (++done % STEP === 0) yield;
    if (last !== undefined && event.seq !== last + 1) losses++;
    last = event.seq;
    if (event.kind !== "stats") continue;
    const key = JSON.stringify([event.peer, event.pc]);
    const draft = drafts.get(key) ?? createDraft(event, losses);
    drafts.set(key, draft);
    addReport(draft, event, losses);
  }
  return [...drafts.values()].map(connectionOf);
}

/** A connection while its reports are read. */
interface Draft {
  readonly peer: string | undefined;
  readonly pc: string | undefined;
  readonly reports: StatsReport[];
  readonly entries: Map<string, Fields>;
  /** The members of each type that are numbers. */
  readonly members: Map<string, Set<string>>;
  readonly selectedOf: Map<string, string>;
  selected: ReadonlySet<string> | undefined;
  losses: number;
}

type Fields = Readonly<Record<string, unknown>>;

function createDraft({ peer, pc }: StatsEvent, losses: number): Draft {
  return {
    peer,
    pc,
    reports: [],
    entries: new Map(),
    members: new Map(),
    selectedOf: new Map(),
    selected: undefined,
    losses,
  };
}

function addReport(draft: Draft, { seq, t, report }: StatsEvent, losses: number): void {
  if (!Number.isFinite(t)) return;
  let hasMoved = false;
  for (const id of Object.keys(report)) {
    const entry = report[id];
    if (!isFields(entry)) continue;
    const { type } = entry;
    if (typeof type !== "string") continue;
    draft.entries.set(id, entry);
    noteMembers(draft, type, entry);
    if (follow(draft, id, type, entry)) hasMoved = true;
  }
  if (hasMoved) draft.selected = new Set(draft.selectedOf.values());
  draft.reports.push({
    seq,
    t,
    entries: report,
    isAfterLoss: losses !== draft.losses,
    ...(draft.selected && { selected: draft.selected }),
  });
  draft.losses = losses;
}

/** So many types and members of a type are told apart, with names no longer than this: engines have some twenty types of at most a hundred members. */
const MOST_TYPES = 40;
const MOST_MEMBERS = 200;
const LONGEST_NAME = 100;

function noteMembers({ members }: Draft, type: string, entry: Fields): void {
  let known = members.get(type);
  if (!known) {
    if (members.size >= MOST_TYPES || type.length > LONGEST_NAME) return;
    known = new Set();
    members.set(type, known);
  }
  for (const name in entry) {
    if (known.has(name) || known.size >= MOST_MEMBERS || name.length > LONGEST_NAME) continue;
    const value = entry[name];
    if (typeof value === "number" || (wellKnown.has(name) && statsNumber(value) !== undefined)) {
      known.add(name);
    }
  }
}

/** Members that are read from texts of digits too; any other such text may be a name, as `mid` and `rid` are. */
const wellKnown: ReadonlySet<string> = new Set(statsMetrics.flatMap(({ members }) => members));

/** Follows which pair is selected: the transport tells it, in Firefox the pair itself. */
function follow({ selectedOf }: Draft, id: string, type: string, entry: Fields): boolean {
  if (type === "transport") {
    const pair = entry["selectedCandidatePairId"];
    if (typeof pair !== "string" || selectedOf.get(id) === pair) return false;
    selectedOf.set(id, pair);
    return true;
  }
  if (type !== "candidate-pair" || typeof entry["selected"] !== "boolean") return false;
  const transport = String(entry["transportId"] ?? "");
  const isSelected = selectedOf.get(transport) === id;
  if (entry["selected"] === isSelected) return false;
  if (entry["selected"]) selectedOf.set(transport, id);
  else selectedOf.delete(transport);
  return true;
}

function connectionOf({ peer, pc, reports, entries, members }: Draft): StatsConnection {
  const named = statsMetrics.filter(
    (metric) => members.get(metric.type)?.has(metric.members[0] ?? "") === true,
  );
  const taken = new Set(named.filter((one) => one.members.length === 1).map(({ id }) => id));
  const others = [...members]
    .flatMap(([type, names]) => [...names].map((name) => metricOfMember(type, name)))
    .filter((metric) => metric !== undefined && !taken.has(metric.id)) as StatsMetric[];
  const metrics = [...named, ...others.sort((a, b) => (a.id < b.id ? -1 : 1))];
  const drawn = new Set(metrics.map(({ type }) => type));
  const streamOf = new Map<unknown, Fields>();
  for (const entry of entries.values()) {
    const { mediaSourceId } = entry;
    if (mediaSourceId !== undefined && !streamOf.has(mediaSourceId)) {
      streamOf.set(mediaSourceId, entry);
    }
  }
  return {
    ...(peer !== undefined && { peer }),
    ...(pc !== undefined && { pc }),
    reports,
    objects: [...entries].flatMap(([id, entry]) =>
      drawn.has(String(entry["type"])) ? [objectOf(id, entry, entries, streamOf)] : [],
    ),
    metrics,
  };
}

/** `streamOf` has the first stream that a source feeds, by the source's id. */
function objectOf(
  id: string,
  entry: Fields,
  entries: ReadonlyMap<string, Fields>,
  streamOf: ReadonlyMap<unknown, Fields>,
): StatsObject {
  const text = (of: Fields | undefined, name: string): string | undefined => {
    const value = of?.[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const relative = (name: string): Fields | undefined => entries.get(String(entry[name] ?? ""));
  // What the other side reports of a stream has no mid of its own, and neither has its source.
  const stream = relative("localId") ?? streamOf.get(id);
  const kind = text(entry, "kind") ?? text(entry, "mediaType");
  const mid = text(entry, "mid") ?? text(stream, "mid");
  const rid = text(entry, "rid") ?? text(relative("localId"), "rid");
  const label = text(entry, "label");
  const { ssrc } = entry;
  const isPair = entry["type"] === "candidate-pair";
  return {
    id,
    type: String(entry["type"]),
    ...(kind !== undefined && { kind }),
    ...(mid !== undefined && { mid }),
    ...(rid !== undefined && { rid }),
    ...(typeof ssrc === "number" && { ssrc }),
    ...(label !== undefined && { label }),
    ...(isPair && {
      candidateTypes: [
        text(relative("localCandidateId"), "candidateType") ?? "?",
        text(relative("remoteCandidateId"), "candidateType") ?? "?",
      ] as const,
    }),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
