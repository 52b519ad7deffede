import type {
  CallRow,
  CandidateRow,
  Diagnosis,
  EventError,
  LadderArrow,
  LadderItem,
  MilestoneName,
  PairEvent,
  Round,
  Trace,
  TraceEvent,
  TraceHeader,
  TraceState,
} from "../../lib/index.ts";
import type { QueryProblem } from "../layout/query.ts";
import type { SectionHistory } from "./direction-history.ts";
import type { ExportWish } from "./export-trace.ts";
import type { Link } from "./feed.ts";
import type { Graph, GraphAsk, GraphSource } from "./graphs.ts";
import type { IceGeneration } from "./ice-generations.ts";
import type { Judgement } from "./judge.ts";
import type { FileReport } from "./open-file.ts";
import type { Picture } from "./picture.ts";
import type { RoomReading } from "./room.ts";
import type { HeldDescriptions } from "./state-at.ts";
import type { ConnectionSummary } from "./summaries.ts";
import type { TransportRow } from "./transports-at.ts";

/**
 * What a panel may ask about the session that is shown, by name: what it asks with, and what it gets. The answers are
 * worked out in the worker, over the whole trace, and come as copies.
 *
 * To ask something new: a line here, and a function of the same name in `answers.ts`. A panel asks once with
 * `session.ask("round", { number: 2 })`, or keeps an answer up to date with
 * `answered(() => session.ask("round", { number }))` (`answer.svelte.ts`), which asks again when the session grew.
 *
 * Answers for lists are windows: `from` and `count` choose, `total` says how many there are.
 */
export interface Questions {
  /** An event as it was recorded, whole. */
  event: { ask: { readonly seq: number }; answer: TraceEvent | undefined };
  /** Several events as they were recorded, whole; those that do not exist are left out. */
  events: { ask: { readonly seqs: readonly number[] }; answer: readonly TraceEvent[] };
  /** All there is to know about a selected event. */
  selection: { ask: { readonly seq: number }; answer: Selection | undefined };
  /** The ladder's items by their index, for drawing. */
  items: { ask: Indices; answer: readonly (LadderRow | undefined)[] };
  /** The ladder's arrows by their index, for drawing. */
  arrows: { ask: Indices; answer: readonly (ArrowRow | undefined)[] };
  /** The table's rows by the events' index. */
  rows: { ask: Indices; answer: readonly (EventRow | undefined)[] };
  /** The indices of the events that a search finds, in order. */
  matches: { ask: { readonly query: string }; answer: Uint32Array<ArrayBuffer> | QueryProblem };
  /** The notes that were recorded, in order; at most 300 characters of each. */
  notes: {
    ask: { readonly from: number; readonly count: number };
    answer: Listing<{ readonly seq: number; readonly text: string }>;
  };
  /** API calls, in the order they were made. */
  calls: { ask: Range; answer: Listing<CallRow> };
  /** Candidates, in order of time. */
  candidates: { ask: Range; answer: Listing<ListedCandidate> };
  /** The offer/answer rounds without their texts. */
  rounds: { ask: Range; answer: Listing<RoundHead> };
  /** A round with its texts; `undefined` when there is none of that number. */
  round: { ask: { readonly number: number }; answer: Round | undefined };
  /** Which descriptions a connection held at a time, and how many candidates. */
  held: {
    ask: { readonly t: number; readonly peer: string; readonly pc?: string };
    answer: HeldDescriptions;
  };
  /** What each of some connections came to: its role, codecs and selected pair. */
  summaries: {
    ask: { readonly connections: readonly { readonly peer: string; readonly pc?: string }[] };
    answer: readonly ConnectionSummary[];
  };
  /** Who shares which transport at a time, and who is who in its DTLS handshake. */
  transports: {
    ask: { readonly t: number; readonly peer: string; readonly pc?: string };
    answer: readonly TransportRow[];
  };
  /** Every direction that was agreed on for each section of a connection. */
  directions: {
    ask: { readonly peer: string; readonly pc?: string };
    answer: readonly SectionHistory[];
  };
  /** The candidates of both sides of a connection, and everything that was recorded of its pairs. */
  pairs: {
    /** Without a generation the last one. */
    ask: { readonly peer: string; readonly pc?: string; readonly generation?: number };
    answer: PairMaterial;
  };
  /** Which connections belong together, and what was measured and signaled by a time. */
  room: { ask: { readonly t: number }; answer: RoomReading };
  /** The connections whose `getStats` was recorded, with what can be drawn of each. */
  stats: { ask: Readonly<Record<never, never>>; answer: readonly GraphSource[] };
  /** Metrics of one of them over a stretch of time, thinned to what can be seen. */
  graphs: { ask: GraphAsk; answer: readonly Graph[] };
  /** Everything, as the file's text; `undefined` for a trace that is not here any more. */
  file: { ask: Readonly<Record<never, never>>; answer: string };
  /** The whole trace, as a copy: for exports. */
  trace: { ask: Readonly<Record<never, never>>; answer: Trace };
}

export type Question = keyof Questions;
export type Ask<Q extends Question> = Questions[Q]["ask"];
export type Answered<Q extends Question> = Questions[Q]["answer"];

/** What is asked for by its place; the answer has a row, or none, for each. */
export interface Indices {
  readonly indices: readonly number[];
}

/** A window of a list, of one connection where `peer` (and `pc`) are given. */
export interface Range {
  readonly from: number;
  readonly count: number;
  readonly peer?: string;
  readonly pc?: string;
}

/** A window of a list. */
export interface Listing<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** A selected event: itself, the ladder's item it belongs to, and what that item is joined to. */
export interface Selection {
  readonly event: TraceEvent;
  /** Of an event that the ladder leaves out (statistics, a sign of life) there is none. */
  readonly item?: LadderItem;
  /** The message that the item sent or received. */
  readonly arrow?: LadderArrow;
  /** How many milliseconds before the remote description a candidate was refused for want of it. */
  readonly early?: number;
  /** The number of the round that the event belongs to, from 1. */
  readonly round?: number;
}

/** An item of the ladder as far as it is drawn: the event without what is long. */
export interface LadderRow {
  readonly event: TraceEvent;
  /** The events that the item stands for, itself among them. */
  readonly covers: readonly number[];
  readonly call?: { readonly durationMs?: number; readonly isSettled: boolean };
  /** The item is about a candidate. */
  readonly hasCandidate: boolean;
  readonly error?: EventError;
  readonly early?: number;
}

/** An arrow of the ladder as far as it is drawn. */
export interface ArrowRow {
  readonly type: string;
  readonly message?: number | string;
  /** In characters. */
  readonly size: number;
  readonly delayMs?: number;
  /** What it carries: a candidate's type and transport, the end of candidates, or something else. */
  readonly candidate?: { readonly type: string; readonly transport: string } | "end";
}

/** A row of the table of events: the event without what is long, and what it says in one line. */
export interface EventRow {
  readonly event: TraceEvent;
  /** At most 200 characters. */
  readonly detail: string;
  /** The method of a settlement. */
  readonly method?: string;
}

/** A round without its texts. */
export interface RoundHead {
  readonly number: number;
  readonly t: number;
  readonly offerer?: string;
  readonly answerer?: string;
  readonly hasAnswer: boolean;
  /** Every event of its offer and its answer. */
  readonly events: readonly number[];
}

/** A candidate, with the ICE generation that it belongs to where its connection has several. */
export interface ListedCandidate extends CandidateRow {
  /** From 0, with the ufrag of the candidate's own side where a description told it. */
  readonly generation?: { readonly number: number; readonly ufrag?: string };
}

/** What the pairs of a connection are formed and followed from. */
export interface PairMaterial {
  /** The ICE generation that all of it belongs to, and the last 200 that there are: pairs never cross a restart. */
  readonly generation: number;
  readonly generations: readonly IceGeneration[];
  /** At most 200 of each side: a matrix of more cannot be read. */
  readonly local: readonly CandidateRow[];
  readonly remote: readonly CandidateRow[];
  readonly isLocalComplete: boolean;
  readonly isRemoteComplete: boolean;
  /** The last 5,000 changes of its pairs. */
  readonly events: readonly PairEvent[];
  /** The connection made the last offer that it knows of, so that it controls unless one side is ICE lite. */
  readonly isOfferer: boolean;
}

/** A trace that can be chosen. `file` is one that was opened, not received. */
export interface Entry {
  readonly header: TraceHeader;
  readonly state: TraceState | "file";
  /** How many events there are. */
  readonly count: number;
  /** How many events the server said it does not have. */
  readonly missing: number;
}

/** Two traces to compare, by their ids, and the milestone at which both clocks are set to 0. */
export interface ComparisonWish {
  readonly left: string;
  readonly right: string;
  readonly alignAt?: MilestoneName | undefined;
}

/** What the page tells the engine. `id` numbers what is answered. */
export type Order =
  | {
      readonly type: "ask";
      readonly id: number;
      readonly question: Question;
      readonly ask: unknown;
    }
  /** Judges a text that belongs to no session; answered with diagnostics. */
  | { readonly type: "judge"; readonly id: number; readonly judgement: Judgement }
  /** Compares two traces of the shelf; answered with a `SessionComparison`. */
  | { readonly type: "compare"; readonly id: number; readonly wish: ComparisonWish }
  /** Writes the shown trace for somebody to take along; answered with an `ExportResult`. */
  | { readonly type: "export"; readonly id: number; readonly wish: ExportWish }
  /** Opens files; answered with a report for each. */
  | { readonly type: "open"; readonly id: number; readonly files: readonly File[] }
  /** Puts a trace on the shelf as a file. */
  | { readonly type: "put"; readonly trace: Trace }
  /** Connects to the server that the page came from. */
  | { readonly type: "connect"; readonly base: string }
  /** Shows a trace: pictures of it come from now on. */
  | { readonly type: "show"; readonly trace: string }
  /** While paused no pictures come, and events go on arriving. */
  | { readonly type: "pause"; readonly isPaused: boolean };

/** What the engine tells the page. */
export type News =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "refused"; readonly id: number; readonly reason: string }
  /** The traces that can be chosen, the latest first. */
  | { readonly type: "entries"; readonly entries: readonly Entry[] }
  | { readonly type: "picture"; readonly picture: Picture }
  /** What the rules found; `events` says how many events were judged. */
  | { readonly type: "diagnosis"; readonly trace: string; readonly diagnosis: Diagnosis }
  | { readonly type: "link"; readonly link: Link }
  /** The engine came to an end by itself; nothing is answered any more. */
  | { readonly type: "broken"; readonly reason: string }
  /** The server has a recorder for pages at this address. */
  | { readonly type: "recorder"; readonly url: string };

/** What an opened file gave. */
export type { FileReport };
