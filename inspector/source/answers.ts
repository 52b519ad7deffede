import type { TraceEvent } from "../../lib/index.ts";
import { writeTrace } from "../../lib/index.ts";
import { earliness } from "../layout/applied-at.ts";
import { printable } from "../layout/printable.ts";
import type { Measure, MeasureOf } from "../layout/query.ts";
import { matchesQuery, parseQuery } from "../layout/query.ts";
import { directionHistory } from "./direction-history.ts";
import { graphSources, graphs } from "./graphs.ts";
import type { IceGenerations } from "./ice-generations.ts";
import { iceGenerations } from "./ice-generations.ts";
import { otherEnd } from "./other-end.ts";
import type {
  Answered,
  ArrowRow,
  Ask,
  EventRow,
  LadderRow,
  ListedCandidate,
  Listing,
  PairMaterial,
  Question,
  Range,
  RoundHead,
  Selection,
} from "./questions.ts";
import { roomAt } from "./room.ts";
import type { Sheet } from "./sheet.ts";
import { stateAt } from "./state-at.ts";
import { summariesOf } from "./summaries.ts";
import { transportsAt } from "./transports-at.ts";

/** How each question is answered, from what was worked out of the shown trace. */
export const answers: {
  readonly [Q in Question]: (sheet: Sheet, ask: Ask<Q>) => Answered<Q>;
} = {
  event: (sheet, { seq }) => eventOf(sheet, seq),
  events: (sheet, { seqs }) => seqs.flatMap((seq) => eventOf(sheet, seq) ?? []),
  selection: (sheet, { seq }) => selectionOf(sheet, seq),
  items: (sheet, { indices }) => indices.map((index) => ladderRow(sheet, index)),
  arrows: (sheet, { indices }) => indices.map((index) => arrowRow(sheet, index)),
  rows: (sheet, { indices }) => indices.map((index) => eventRow(sheet, index)),
  matches: (sheet, { query }) => {
    const read = parseQuery(query);
    if ("problem" in read) return read;
    const measure: MeasureOf = (event, name) => measureOf(sheet, event, name);
    const found: number[] = [];
    for (let index = 0; index < sheet.count; index++) {
      const event = sheet.trace.events[index];
      if (event && matchesQuery(event, read, measure)) found.push(index);
    }
    return Uint32Array.from(found);
  },
  notes: ({ recordedNotes }, range) => {
    const { total, rows } = windowOf(recordedNotes, range);
    return { total, rows: rows.map(({ seq, text }) => ({ seq, text: text.slice(0, BRIEF) })) };
  },
  calls: ({ timeline }, range) => windowOf(timeline.calls, range),
  candidates: (sheet, range) => candidatesOf(sheet, range),
  rounds: ({ timeline }, { from, count }) => {
    const { total, rows } = windowOf(timeline.rounds, { from, count });
    return {
      total,
      rows: rows.map(({ number, offer, answer }): RoundHead => {
        const steps = [...offer.steps, ...(answer?.steps ?? [])];
        return {
          number,
          t: offer.steps[0]?.t ?? 0,
          ...(offer.peer !== undefined && { offerer: offer.peer }),
          ...(answer?.peer !== undefined && { answerer: answer.peer }),
          hasAnswer: answer !== undefined,
          events: steps.map(({ seq }) => seq),
        };
      }),
    };
  },
  round: ({ timeline }, { number }) => timeline.rounds[number - 1],
  held: ({ timeline }, { t, peer, pc }) => stateAt(timeline, t, peer, pc),
  summaries: (sheet, { connections }) => summariesOf(sheet, connections),
  transports: (sheet, { t, peer, pc }) => {
    const other = otherEnd(sheet, peer, pc);
    return transportsAt(
      stateAt(sheet.timeline, t, peer, pc),
      other && stateAt(sheet.timeline, t, other.peer, other.pc),
    );
  },
  directions: ({ timeline }, { peer, pc }) => directionHistory(timeline, peer, pc),
  pairs: (sheet, { peer, pc, generation }) => pairsOf(sheet, peer, pc, generation),
  room: (sheet, { t }) => roomAt(sheet, t),
  stats: (sheet) => graphSources(sheet),
  graphs: (sheet, ask) => graphs(sheet, ask),
  file: ({ trace }) => writeTrace(trace),
  trace: ({ trace }) => trace,
};

function ladderRow({ timeline, applied }: Sheet, index: number): LadderRow | undefined {
  const item = timeline.ladder.items[index];
  if (!item) return undefined;
  const { event, covers, call, candidate, error } = item;
  const early = call && earliness(call, applied);
  return {
    event: withoutBulk(event),
    covers,
    ...(call && {
      call: {
        isSettled: call.settle !== undefined,
        ...(call.durationMs !== undefined && { durationMs: call.durationMs }),
      },
    }),
    hasCandidate: candidate !== undefined,
    ...(error && { error: { name: error.name, message: error.message.slice(0, BRIEF) } }),
    ...(early !== undefined && { early }),
  };
}

function arrowRow({ timeline }: Sheet, index: number): ArrowRow | undefined {
  const arrow = timeline.ladder.arrows[index];
  if (!arrow) return undefined;
  const { type, message, size, delayMs, candidate } = arrow;
  const parsed = candidate?.candidate;
  return {
    type: type.slice(0, BRIEF),
    ...(message !== undefined && { message }),
    size,
    ...(delayMs !== undefined && { delayMs }),
    ...(candidate === null && { candidate: "end" }),
    ...(parsed && {
      candidate: { type: parsed.type, transport: parsed.transport.toLowerCase() },
    }),
  };
}

function eventRow(sheet: Sheet, index: number): EventRow | undefined {
  const event = sheet.trace.events[index];
  if (!event) return undefined;
  const method = event.kind === "settle" ? sheet.methodOf.get(event.call) : undefined;
  return {
    event: withoutBulk(event),
    detail: detailOf(event),
    ...(method !== undefined && { method: method.slice(0, BRIEF) }),
  };
}

/** How much of a text is given where it is drawn in one line. */
const BRIEF = 300;

function selectionOf(sheet: Sheet, seq: number): Selection | undefined {
  const event = eventOf(sheet, seq);
  if (!event) return undefined;
  const item = sheet.timeline.ladder.items[sheet.itemOf.get(seq) ?? -1];
  const arrow = item && sheet.arrowOf.get(item.seq);
  const early = item?.call && earliness(item.call, sheet.applied);
  const round = item?.covers.map((one) => sheet.roundOf.get(one)).find((one) => one !== undefined);
  return {
    event,
    ...(item && { item }),
    ...(arrow && { arrow }),
    ...(early !== undefined && { early }),
    ...(round !== undefined && { round }),
  };
}

/** What a search compares. A call has its duration at both its ends, a message its delay. */
function measureOf(sheet: Sheet, event: TraceEvent, measure: Measure): number | undefined {
  switch (measure) {
    case "time":
      return event.t;
    case "seq":
      return event.seq;
    case "duration":
      return event.kind === "call" || event.kind === "settle"
        ? sheet.durationOf.get(event.call)
        : undefined;
    case "delay":
      return event.kind === "signal" ? sheet.arrowOf.get(event.seq)?.delayMs : undefined;
    case "size":
      if (event.kind === "message") return event.size;
      return event.kind === "signal" ? sheet.arrowOf.get(event.seq)?.size : undefined;
    default:
      return measure satisfies never;
  }
}

function candidatesOf({ timeline }: Sheet, range: Range): Listing<ListedCandidate> {
  const { total, rows } = windowOf(timeline.candidates, range);
  const known = new Map<string, IceGenerations>();
  return {
    total,
    rows: rows.map((row) => {
      if (row.peer === undefined) return row;
      const key = JSON.stringify([row.peer, row.pc]);
      const generations = known.get(key) ?? iceGenerations(timeline, row.peer, row.pc);
      known.set(key, generations);
      if (generations.list.length < 2) return row;
      const number = generations.ofRow(row);
      const { localUfrag, remoteUfrag } = generations.list[number] ?? {};
      const ufrag = row.side === "local" ? localUfrag : remoteUfrag;
      return { ...row, generation: { number, ...(ufrag !== undefined && { ufrag }) } };
    }),
  };
}

function pairsOf(
  { trace, timeline }: Sheet,
  peer: string,
  pc: string | undefined,
  wanted: number | undefined,
): PairMaterial {
  const isHere = (row: { readonly peer?: string; readonly pc?: string }): boolean =>
    row.peer === peer && (pc === undefined || row.pc === undefined || row.pc === pc);
  const generations = iceGenerations(timeline, peer, pc);
  const last = generations.list.length - 1;
  const generation = Math.min(wanted ?? last, last);
  const rows = timeline.candidates
    .filter(isHere)
    .filter((row) => generations.ofRow(row) === generation);
  const side = (name: "local" | "remote") =>
    rows.filter(({ side, candidate, refusal }) => side === name && candidate && !refusal);
  const isComplete = (name: "local" | "remote") =>
    rows.some((row) => row.side === name && row.init === null && !row.gatheringError);
  const round = timeline.rounds.findLast(({ offer, answer }) =>
    [...offer.steps, ...(answer?.steps ?? [])].some(isHere),
  );
  return {
    generation,
    generations: generations.list.slice(-PAIR_LIMIT),
    local: side("local").slice(0, PAIR_LIMIT),
    remote: side("remote").slice(0, PAIR_LIMIT),
    isLocalComplete: isComplete("local"),
    isRemoteComplete: isComplete("remote"),
    events: trace.events
      .filter((event) => event.kind === "pair")
      .filter((event) => isHere(event) && generations.ofPair(event) === generation)
      .slice(-5000),
    isOfferer: round === undefined || round.offer.peer === peer,
  };
}

/** So many candidates of a side are paired. */
const PAIR_LIMIT = 200;

/** An event by its `seq`; events are numbered in their order, mostly without gaps. */
function eventOf({ trace: { events } }: Sheet, seq: number): TraceEvent | undefined {
  const likely = events[seq - (events[0]?.seq ?? 1)];
  return likely?.seq === seq ? likely : events.find((event) => event.seq === seq);
}

function windowOf<Row extends { readonly peer?: string; readonly pc?: string }>(
  list: readonly Row[],
  range: Range,
): Listing<Row>;
function windowOf<Row>(list: readonly Row[], range: { from: number; count: number }): Listing<Row>;
function windowOf<Row extends { readonly peer?: string; readonly pc?: string }>(
  list: readonly Row[],
  { from, count, peer, pc }: Range,
): Listing<Row> {
  const wanted =
    peer === undefined
      ? list
      : list.filter((row) => row.peer === peer && (pc === undefined || row.pc === pc));
  return { total: wanted.length, rows: wanted.slice(from, from + count) };
}

/** The event with what is long cut or left out: a description in a window of rows would cost more than all the rows. */
function withoutBulk(event: TraceEvent): TraceEvent {
  switch (event.kind) {
    case "signal":
      return { ...event, type: event.type.slice(0, BRIEF), data: undefined };
    case "call": {
      const { stack: _, ...rest } = event;
      return { ...rest, method: event.method.slice(0, BRIEF), arguments: [] };
    }
    case "settle": {
      const { result: _, error, ...rest } = event;
      return error
        ? { ...rest, error: { name: error.name, message: error.message.slice(0, BRIEF) } }
        : rest;
    }
    case "create": {
      const { configuration: _, ...rest } = event;
      return rest;
    }
    case "message": {
      const { data: _, ...rest } = event;
      return rest;
    }
    case "stats":
      return { ...event, report: {} };
    case "note":
      return { ...event, text: event.text.slice(0, BRIEF) };
    case "candidate":
      return event.candidate === null
        ? event
        : {
            ...event,
            candidate: {
              ...event.candidate,
              candidate: event.candidate.candidate.slice(0, BRIEF),
            },
          };
    case "pair":
      return { ...event, local: event.local.slice(0, BRIEF), remote: event.remote.slice(0, BRIEF) };
    case "state":
    case "track":
    case "channel":
    case "negotiation-needed":
    case "alive":
    case "end":
      return event;
    default: {
      // A kind that is not known may carry anything.
      const { seq, t, peer, pc, kind } = event as TraceEvent;
      return {
        seq,
        t,
        kind,
        ...(peer !== undefined && { peer }),
        ...(pc !== undefined && { pc }),
      } as TraceEvent;
    }
  }
}

/** What an event says, in one line. */
function detailOf(event: TraceEvent): string {
  switch (event.kind) {
    case "call":
      return event.arguments.length === 0 ? "" : brief(event.arguments);
    case "settle":
      return printable(event.error?.message ?? "", 160);
    case "candidate":
      return printable(event.error?.text ?? event.candidate?.candidate ?? "", 160);
    case "pair":
      return printable(`${event.local} ⇄ ${event.remote}`, 200);
    case "signal":
      return typeof event.data === "string" ? printable(event.data, 160) : brief(event.data);
    case "message":
      return printable(event.data ?? "", 160);
    case "stats":
      return printable(Object.keys(event.report).slice(0, 20).join(" "), 160);
    default:
      return "";
  }
}

/** A value as JSON as far as a line shows it: a long text inside it is not written out. */
function brief(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" && part.length > BRIEF ? `${part.slice(0, BRIEF)}…` : part,
  );
  return printable(text ?? "", 160);
}
