import type { EventError, TraceEvent } from "./event.ts";
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
  const items = trace.events.flatMap((event) => fold.itemFor(event) ?? []);
  return { columns, items, arrows: arrowsOf(deliveries, columns, fold) };
}

function columnsOf(trace: Trace): LadderColumn[] {
  const known = new Map(trace.header.peers.map((peer) => [peer.id, peer]));
  const seen = new Set(trace.events.map(({ peer }) => peer).filter((peer) => peer !== undefined));
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
  const transports = new Set(
    trace.events.flatMap((event) =>
      event.kind === "signal" && event.transport !== "memory" ? [event.transport] : [],
    ),
  );
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
    const own = [event.seq, ...(covering?.covers ?? [])];
    if (call) own.push(call.begin.seq);
    if (call?.settle) own.push(call.settle.seq);
    const item: LadderItem = {
      seq: event.seq,
      t: event.t,
      column: event.peer,
      event,
      covers: [...new Set(own)].sort((a, b) => a - b),
      ...(call && { call }),
      ...(candidate && { candidate }),
      ...(error && { error }),
    };
    this.#itemOf.set(event.seq, item);
    return item;
  }

  item(seq: number | undefined): LadderItem | undefined {
    return seq === undefined ? undefined : this.#itemOf.get(seq);
  }

  /** A candidate's row is found again in the next message that carries it away, or in the last one that brought it. */
  #foldCandidates(trace: Trace, candidates: readonly CandidateRow[]): void {
    const signals = new Map<string, number[]>();
    for (const event of trace.events) {
      if (event.kind !== "signal") continue;
      const payload = readPayload(event.data);
      if (payload.kind !== "candidate") continue;
      const key = candidateKey(event.peer, event.direction, payload.candidate);
      const list = signals.get(key);
      if (list) list.push(event.seq);
      else signals.set(key, [event.seq]);
    }
    for (const row of candidates) {
      const direction = row.side === "local" ? "out" : "in";
      const list = signals.get(candidateKey(row.peer, direction, row.init)) ?? [];
      const begin = row.call?.begin.seq ?? row.seq;
      const at =
        row.side === "local"
          ? list.findIndex((seq) => seq > row.seq)
          : list.findIndex((seq) => seq < begin);
      const seq = list[at];
      if (seq === undefined) {
        // Without a message the candidate's event stands by itself, and its call is folded into it.
        if (row.call && row.call.begin.seq !== row.seq) this.#hidden.add(row.call.begin.seq);
        continue;
      }
      list.splice(at, 1);
      this.#covering.set(seq, { covers: [row.seq], candidate: row });
      this.#hidden.add(row.seq);
      if (row.call) this.#hidden.add(row.call.begin.seq);
    }
  }
}

function arrowsOf(
  deliveries: readonly Delivery[],
  columns: readonly LadderColumn[],
  fold: Fold,
): LadderArrow[] {
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
