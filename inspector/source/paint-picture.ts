import type { Lane, LaneGroup, Mark, Slice, Tone, TraceEvent } from "../../lib/index.ts";
import { findIdle } from "../layout/time-scale.ts";
import { lastState, verdictOf } from "../layout/verdict.ts";
import type {
  EventColumns,
  EventGap,
  LadderColumns,
  LaneColumns,
  LaneGroupColumns,
  MarkColumns,
  Picture,
  SliceColumns,
} from "./picture.ts";
import { kinds, noPeer, outcomes, shapes, tones } from "./picture.ts";
import type { Sheet } from "./sheet.ts";

/** Puts what was worked out of a trace into columns. Every array is new: it may be handed over to the page. */
export function paintPicture(sheet: Sheet, version: number, isLive: boolean): Picture {
  const { trace, timeline } = sheet;
  const events = trace.events.slice(0, sheet.count);
  const labels = new Labels();
  return {
    version,
    header: trace.header,
    start: timeline.start,
    end: timeline.end,
    events: eventColumns(events),
    lanes: timeline.lanes.map((group) => groupColumns(group, labels)),
    ladder: ladderColumns(sheet),
    labels: labels.texts,
    idle: findIdle(busyTimes(events), timeline.end),
    gaps: gapsOf(events),
    verdict: verdictOf(timeline, isLive),
    counts: {
      calls: timeline.calls.length,
      candidates: timeline.candidates.length,
      rounds: timeline.rounds.length,
      pairs: events.reduce((sum, { kind }) => sum + Number(kind === "pair"), 0),
    },
  };
}

/** A label longer than this is cut: it is a state's or a method's name. */
const LONGEST_LABEL = 80;

/** Texts that repeat, each once. */
class Labels {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();

  indexOf(text: string): number {
    const cut = text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text;
    const known = this.#known.get(cut);
    if (known !== undefined) return known;
    this.#known.set(cut, this.texts.length);
    return this.texts.push(cut) - 1;
  }
}

function eventColumns(events: readonly TraceEvent[]): EventColumns {
  const count = events.length;
  const columns = {
    seq: new Float64Array(count),
    t: new Float64Array(count),
    kind: new Uint8Array(count),
    peer: new Uint16Array(count),
    track: new Uint32Array(count),
  };
  const kindOf = new Map<string, number>(kinds.map((kind, index) => [kind, index]));
  const peers: string[] = [];
  const peerOf = new Map<string, number>();
  const machineOf = new Map<string, number>();
  const places = new Map<string | undefined, Map<string | undefined, number>>();
  let placeCount = 0;
  for (let index = 0; index < count; index++) {
    const event = events[index];
    if (!event) continue;
    const kind = kindOf.get(event.kind) ?? kinds.length;
    columns.seq[index] = event.seq;
    columns.t[index] = event.t;
    columns.kind[index] = kind;
    columns.peer[index] =
      event.peer === undefined ? noPeer : Math.min(noPeer - 1, numberOf(peerOf, event.peer, peers));
    const ofPeer = places.get(event.peer) ?? new Map<string | undefined, number>();
    if (ofPeer.size === 0) places.set(event.peer, ofPeer);
    const place = ofPeer.get(event.pc) ?? placeCount++;
    ofPeer.set(event.pc, place);
    const machine = event.kind === "state" ? numberOf(machineOf, event.machine) : 0;
    columns.track[index] = (place * MACHINES + Math.min(machine, MACHINES - 1)) * 32 + kind;
  }
  return { count, ...columns, peers };
}

/** State machines that are told apart; there are seven, and a hostile trace may name more. */
const MACHINES = 64;

function numberOf(known: Map<string, number>, key: string, list?: string[]): number {
  const number = known.get(key);
  if (number !== undefined) return number;
  known.set(key, known.size);
  list?.push(key);
  return known.size - 1;
}

function groupColumns(group: LaneGroup, labels: Labels): LaneGroupColumns {
  const { peer, pc, name, engine } = group;
  const state = lastState(group);
  const marks = group.lanes.find(({ kind }) => kind === "candidates")?.marks ?? [];
  const candidates = { local: 0, remote: 0, refused: 0 };
  for (const { shape, side, isRefused } of marks) {
    if (shape === "end" || shape === "error") continue;
    if (isRefused) candidates.refused++;
    else candidates[side]++;
  }
  return {
    peer,
    ...(pc !== undefined && { pc }),
    name,
    ...(engine !== undefined && { engine }),
    lanes: group.lanes.map((lane) => laneColumns(lane, labels)),
    state,
    tone: toneOf(group, state),
    candidates,
  };
}

function toneOf(group: LaneGroup, state: string): Tone {
  if (state === "connected" || state === "completed") return "ok";
  if (state === "failed") return "failed";
  const hasStalled = group.lanes.some(({ slices }) =>
    slices.some(({ stalledFrom }) => stalledFrom !== undefined),
  );
  if (hasStalled) return "failed";
  if (state === "closed") return "ended";
  return state === "disconnected" ? "waiting" : state === "new" ? "idle" : "progress";
}

function laneColumns(lane: Lane, labels: Labels): LaneColumns {
  const { kind, id, name } = lane;
  return {
    kind,
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    slices: sliceColumns(lane.slices, labels),
    marks: markColumns(lane.marks),
  };
}

function sliceColumns(list: readonly Slice[], labels: Labels): SliceColumns {
  const slices = inOrder(list, ({ start }) => start);
  const count = slices.length;
  const columns = {
    seq: new Float64Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    tone: new Uint8Array(count),
    label: new Uint32Array(count),
    failed: new Uint32Array(count + 1),
  };
  const stalls: { index: number; from: number }[] = [];
  for (let index = 0; index < count; index++) {
    const slice = slices[index];
    if (!slice) continue;
    columns.seq[index] = slice.seq;
    columns.start[index] = slice.start;
    columns.end[index] = slice.end;
    columns.tone[index] = tones.indexOf(slice.tone);
    columns.label[index] = labels.indexOf(slice.label);
    columns.failed[index + 1] = (columns.failed[index] ?? 0) + Number(slice.tone === "failed");
    if (slice.stalledFrom !== undefined) stalls.push({ index, from: slice.stalledFrom });
  }
  return { count, ...columns, stalls };
}

function markColumns(list: readonly Mark[]): MarkColumns {
  const marks = inOrder(list, ({ t }) => t);
  const count = marks.length;
  const columns = {
    seq: new Float64Array(count),
    t: new Float64Array(count),
    shape: new Uint8Array(count),
    flags: new Uint8Array(count),
    failed: new Uint32Array(count + 1),
  };
  for (let index = 0; index < count; index++) {
    const mark = marks[index];
    if (!mark) continue;
    columns.seq[index] = mark.seq;
    columns.t[index] = mark.t;
    columns.shape[index] = shapes.indexOf(mark.shape);
    columns.flags[index] = Number(mark.side === "remote") + 2 * Number(mark.isRefused);
    const isBad = mark.isRefused || mark.shape === "error";
    columns.failed[index + 1] = (columns.failed[index] ?? 0) + Number(isBad);
  }
  return { count, ...columns };
}

/** The list itself where it is in order, as it is for every clock that does not jump; else a sorted copy. */
function inOrder<T>(list: readonly T[], timeOf: (one: T) => number): readonly T[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const one of list) {
    const t = timeOf(one);
    if (t < last) return list.toSorted((a, b) => timeOf(a) - timeOf(b));
    last = t;
  }
  return list;
}

/** States that calls and messages tell anyway are shown on request only. */
const quietMachines: ReadonlySet<string> = new Set(["signaling", "gathering", "transceiver"]);

function isQuiet(event: TraceEvent): boolean {
  if (event.kind === "state") return quietMachines.has(event.machine);
  return event.kind === "negotiation-needed" || (event.kind === "pair" && event.selected !== true);
}

function ladderColumns({ timeline, roundOf }: Sheet): LadderColumns {
  const { columns, items, arrows } = timeline.ladder;
  const columnOf = new Map(columns.map(({ id }, index) => [id, index]));
  const points = {
    count: items.length,
    seq: new Float64Array(items.length),
    t: new Float64Array(items.length),
    column: new Uint16Array(items.length),
    flags: new Uint8Array(items.length),
  };
  const indexOf = new Map<number, number>();
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!item) continue;
    points.seq[index] = item.seq;
    points.t[index] = item.t;
    points.column[index] = columnOf.get(item.column) ?? 0;
    const isBad =
      item.error !== undefined || (item.event.kind === "state" && item.event.to === "failed");
    points.flags[index] = Number(isQuiet(item.event)) + 2 * Number(isBad);
    indexOf.set(item.seq, index);
  }
  const lines = {
    count: arrows.length,
    from: new Int32Array(arrows.length),
    to: new Int32Array(arrows.length),
    fromColumn: new Uint16Array(arrows.length),
    toColumn: new Uint16Array(arrows.length),
    outcome: new Uint8Array(arrows.length),
    flags: new Uint8Array(arrows.length),
    round: new Uint32Array(arrows.length),
  };
  for (let index = 0; index < arrows.length; index++) {
    const arrow = arrows[index];
    if (!arrow) continue;
    lines.from[index] = indexOf.get(arrow.from ?? -1) ?? -1;
    lines.to[index] = indexOf.get(arrow.to ?? -1) ?? -1;
    lines.fromColumn[index] = columnOf.get(arrow.fromColumn) ?? 0;
    lines.toColumn[index] = columnOf.get(arrow.toColumn) ?? 0;
    lines.outcome[index] = outcomes.indexOf(arrow.outcome);
    lines.flags[index] =
      Number(arrow.viaServer) +
      2 * Number(arrow.isRefused) +
      4 * Number(arrow.isInferred === true) +
      8 * Number(arrow.isAltered === true);
    lines.round[index] = roundOf.get(arrow.from ?? arrow.to ?? -1) ?? 0;
  }
  return { columns, items: points, arrows: lines };
}

/** Events that are missing between two that are there. */
function gapsOf(events: readonly TraceEvent[]): EventGap[] {
  const gaps: EventGap[] = [];
  for (let index = 1; index < events.length; index++) {
    const before = events[index - 1];
    const after = events[index];
    if (!before || !after || after.seq <= before.seq + 1) continue;
    const [start, end] = [before.t, Math.max(before.t, after.t)];
    gaps.push({ from: before.seq + 1, to: after.seq - 1, start, end });
  }
  return gaps;
}

/** Times at which something happened: statistics and signs of life fill silence and do not count. */
function busyTimes(events: readonly TraceEvent[]): Float64Array {
  const times = new Float64Array(events.length);
  let count = 0;
  for (const { kind, t } of events) {
    if (kind !== "stats" && kind !== "alive") times[count++] = t;
  }
  return times.subarray(0, count).sort();
}
