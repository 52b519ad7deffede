import type { EventError, TraceEvent } from "./event.ts";
import type { Handover } from "./handovers.ts";
import { handovers } from "./handovers.ts";
import type { Delivery } from "./join.ts";
import { joinSignals } from "./join.ts";
import { readPayload } from "./payload.ts";
import type { CallRow, CandidateRow } from "./tables.ts";
import { callTable, candidateTable } from "./tables.ts";
import type { Trace } from "./trace.ts";

/** One vertical line: a peer, or the server that carries the signaling. */
export interface LadderColumn {
  readonly id: string;
  readonly kind: "peer" | "server";
  /** A peer's name; for the server the transports that were recorded, such as `ws`. */
  readonly name: string;
  readonly engine?: string;
}

/** One point on a column: an event, with those that say the same folded into it. */
export interface LadderItem {
  readonly seq: number;
  readonly t: number;
  /** A column's id. */
  readonly column: string;
  readonly event: TraceEvent;
  /** Every event that this item stands for, its own included, in order. */
  readonly covers: readonly number[];
  /** The call, of a call's item and of a received candidate that was given on. */
  readonly call?: CallRow;
  /** The candidate, where the item is about one. */
  readonly candidate?: CandidateRow;
  readonly error?: EventError;
}

/** A signaling message from column to column. */
export interface LadderArrow {
  /** The `seq` of the items it joins; an end that was not recorded has none. */
  readonly from?: number;
  readonly to?: number;
  /** The columns of its ends: a message whose other end was not recorded ends at the server. */
  readonly fromColumn: string;
  readonly toColumn: string;
  /** It runs through the server's column. */
  readonly viaServer: boolean;
  /** The message's word: `offer`, `answer`, `candidate`, or the channel's own. */
  readonly type: string;
  readonly message?: number | string;
  /** Characters of the message as sent, without what was cut. */
  readonly size: number;
  /** Milliseconds from send to receive. */
  readonly delayMs?: number;
  readonly outcome: Delivery["outcome"];
  /** It arrived, and what it carried was refused. */
  readonly isRefused: boolean;
  /** The candidate it carries, `null` for end-of-candidates. */
  readonly candidate?: CandidateRow | null;
  /** No message was recorded: that it went this way is concluded from the API of both ends. */
  readonly isInferred?: true;
  /** It arrived with another text than it left with. */
  readonly isAltered?: true;
}

/** The signaling ladder as data: columns, points on them in order of time, and arrows between the points. */
export interface Ladder {
  readonly columns: readonly LadderColumn[];
  readonly items: readonly LadderItem[];
  readonly arrows: readonly LadderArrow[];
}

/** The id of the server's column; no peer can have it, as it is not a word. */
export const serverColumn = " server";

/**
 * The ladder of a trace. Peers stand in the order of the header, the signaling server in their middle
 * when messages were recorded that something carried. A call and its end are one item, a gathered candidate and the
 * message that takes it away are one, a received candidate and its `addIceCandidate` are one.
 * Statistics and signs of life are left out.
 */
export function ladder(
  trace: Trace,
  calls: readonly CallRow[] = callTable(trace),
  candidates: readonly CandidateRow[] = candidateTable(trace, calls),
): Ladder {
  const deliveries = joinSignals(trace);
  const columns = columnsOf(trace);
  const fold = new Fold(trace, calls, candidates);
  const items: LadderItem[] = [];
  for (const event of trace.events) {
    const item = fold.itemFor(event);
    if (item) items.push(item);
  }
  const inferred = columns.length > 1 ? handoverArrows(handovers(trace), fold) : [];
  return {
    columns,
    items,
    arrows: [...arrowsOf(deliveries, columns, fold, inferred), ...inferred],
  };
}

function columnsOf(trace: Trace): LadderColumn[] {
  const known = new Map(trace.header.peers.map((peer) => [peer.id, peer]));
  const seen = new Set<string>();
  const transports = new Set<string>();
  for (const event of trace.events) {
    if (event.peer !== undefined) seen.add(event.peer);
    if (event.kind === "signal" && event.transport !== "memory") transports.add(event.transport);
  }
  const ids = [
    ...trace.header.peers.map(({ id }) => id).filter((id) => seen.has(id)),
    ...[...seen].filter((id) => !known.has(id)),
  ];
  const peers = ids.map((id): LadderColumn => {
    const peer = known.get(id);
    return {
      id,
      kind: "peer",
      name: peer?.name ?? id,
      ...(peer?.engine !== undefined && { engine: peer.engine }),
    };
  });
  if (transports.size === 0) return peers;
  const server: LadderColumn = {
    id: serverColumn,
    kind: "server",
    name: [...transports].join(", "),
  };
  return peers.toSpliced(Math.ceil(peers.length / 2), 0, server);
}

/** Finds for each event the item it is, or the one it is folded into. */
class Fold {
  readonly #callsBySeq = new Map<number, CallRow>();
  readonly #candidatesBySeq = new Map<number, CandidateRow>();
  /** Candidates that wait for the message that takes them away, and received ones that wait for their call. */
  readonly #covering = new Map<number, { covers: number[]; candidate: CandidateRow }>();
  readonly #hidden = new Set<number>();
  readonly #itemOf = new Map<number, LadderItem>();

  constructor(trace: Trace, calls: readonly CallRow[], candidates: readonly CandidateRow[]) {
    for (const call of calls) {
      this.#callsBySeq.set(call.begin.seq, call);
      if (call.settle) {
        this.#hidden.add(call.settle.seq);
      }
    }
    for (const candidate of candidates) this.#candidatesBySeq.set(candidate.seq, candidate);
    this.#foldCandidates(trace, candidates);
  }

  itemFor(event: TraceEvent): LadderItem | undefined {
    if (event.peer === undefined || this.#hidden.has(event.seq)) return undefined;
    if (event.kind === "stats" || event.kind === "alive") return undefined;
    const covering = this.#covering.get(event.seq);
    const candidate = covering?.candidate ?? this.#candidatesBySeq.get(event.seq);
    const call = this.#callsBySeq.get(event.seq) ?? candidate?.call;
    const error = call?.error ?? candidate?.refusal;
    // Written out field by field: there are as many items as events, and spreading costs more than all the rest.
    const item: { -readonly [Field in keyof LadderItem]: LadderItem[Field] } = {
      seq: event.seq,
      t: event.t,
      column: event.peer,
      event,
      covers: covering || call ? coversOf(event.seq, covering?.covers ?? [], call) : [event.seq],
    };
    if (call) item.call = call;
    if (candidate) item.candidate = candidate;
    if (error) item.error = error;
    this.#itemOf.set(event.seq, item);
    return item;
  }

  item(seq: number | undefined): LadderItem | undefined {
    return seq === undefined ? undefined : this.#itemOf.get(seq);
  }

  /** A candidate's row is found again in the next message that carries it away, or in the last one that brought it. */
  #foldCandidates(trace: Trace, candidates: readonly CandidateRow[]): void {
    const signals = new Map<string, Queue>();
    for (const event of trace.events) {
      if (event.kind !== "signal") continue;
      const payload = readPayload(event.data);
      if (payload.kind !== "candidate") continue;
      const key = candidateKey(event.peer, event.direction, payload.candidate);
      const list = signals.get(key) ?? new Queue();
      signals.set(key, list);
      list.put(event.seq);
    }
    for (const row of candidates) {
      const direction = row.side === "local" ? "out" : "in";
      const list = signals.get(candidateKey(row.peer, direction, row.init));
      const begin = row.call?.begin.seq ?? row.seq;
      const seq =
        row.side === "local"
          ? list?.takeFirst((one) => one > row.seq)
          : list?.takeFirst((one) => one < begin);
      if (seq === undefined) {
        // Without a message the candidate's event stands by itself, and its call is folded into it.
        if (row.call && row.call.begin.seq !== row.seq) this.#hidden.add(row.call.begin.seq);
        continue;
      }
      this.#covering.set(seq, { covers: [row.seq], candidate: row });
      this.#hidden.add(row.seq);
      if (row.call) this.#hidden.add(row.call.begin.seq);
    }
  }
}

/** How many messages of one candidate are looked through for one row: a hostile trace stays linear. */
const REACH = 64;

/** The messages of one candidate that nothing was folded into so far, in order. */
class Queue {
  readonly #seqs: number[] = [];
  readonly #taken = new Set<number>();
  #head = 0;

  put(seq: number): void {
    this.#seqs.push(seq);
  }

  takeFirst(fits: (seq: number) => boolean): number | undefined {
    while (this.#taken.has(this.#head)) this.#head++;
    const end = Math.min(this.#seqs.length, this.#head + REACH);
    for (let at = this.#head; at < end; at++) {
      const seq = this.#seqs[at] ?? 0;
      if (this.#taken.has(at) || !fits(seq)) continue;
      this.#taken.add(at);
      return seq;
    }
    return undefined;
  }
}

/** All events of an item, each once and in order. */
function coversOf(seq: number, others: readonly number[], call: CallRow | undefined): number[] {
  const all = new Set([seq, ...others]);
  if (call) all.add(call.begin.seq);
  if (call?.settle) all.add(call.settle.seq);
  return [...all].sort((a, b) => a - b);
}

function arrowsOf(
  deliveries: readonly Delivery[],
  columns: readonly LadderColumn[],
  fold: Fold,
  inferred: readonly LadderArrow[],
): LadderArrow[] {
  // A message of which one end was recorded goes to the other end's API, where that is known, and not to the server.
  const joined = new Set(inferred.flatMap(({ from, to }) => [from, to]));
  const hasServer = columns.some(({ kind }) => kind === "server");
  return deliveries.flatMap((delivery): LadderArrow[] => {
    const { sent, received, outcome, payload } = delivery;
    const event = sent ?? received;
    if (!event) return [];
    const isCarried = hasServer && event.transport !== "memory";
    const fromColumn = sent?.peer ?? (isCarried ? serverColumn : undefined);
    const toColumn = received?.peer ?? (isCarried ? serverColumn : undefined);
    if (fromColumn === undefined || toColumn === undefined) return [];
    const from = fold.item(sent?.seq);
    const to = fold.item(received?.seq);
    if (!(sent && received) && joined.has((from ?? to)?.seq)) return [];
    const candidate = to?.candidate ?? from?.candidate;
    return [
      {
        ...(from && { from: from.seq }),
        ...(to && { to: to.seq }),
        fromColumn,
        toColumn,
        viaServer: isCarried && sent !== undefined && received !== undefined,
        type: event.type,
        ...(event.message !== undefined && { message: event.message }),
        size: sizeOf(event.data),
        ...(sent && received && { delayMs: received.t - sent.t }),
        outcome,
        isRefused: to?.error !== undefined,
        ...(payload.kind === "candidate" &&
          (payload.candidate === null
            ? { candidate: null }
            : candidate !== undefined && { candidate })),
      },
    ];
  });
}

function handoverArrows(found: readonly Handover[], fold: Fold): LadderArrow[] {
  return found.flatMap((handover): LadderArrow[] => {
    const { type, size, isAltered } = handover;
    const from = fold.item(handover.from.seq);
    const to = fold.item(handover.to.seq);
    if (!from || !to || from.column === to.column) return [];
    const candidate = to.candidate ?? from.candidate;
    return [
      {
        from: from.seq,
        to: to.seq,
        fromColumn: from.column,
        toColumn: to.column,
        viaServer: false,
        type,
        size,
        delayMs: to.t - from.t,
        outcome: "received",
        isRefused: to.error !== undefined,
        ...(candidate && { candidate }),
        isInferred: true,
        ...(isAltered && { isAltered }),
      },
    ];
  });
}

function sizeOf(data: unknown): number {
  return typeof data === "string" ? data.length : (JSON.stringify(data)?.length ?? 0);
}

function candidateKey(
  peer: string | undefined,
  direction: "out" | "in",
  init: { readonly candidate: string; readonly sdpMid?: string | null } | null,
): string {
  return `${peer ?? ""} ${direction} ${init?.sdpMid ?? ""} ${init?.candidate ?? ""}`;
}
