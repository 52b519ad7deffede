import type { Steps } from "../steps.ts";
import { STEP } from "../steps.ts";
import type { Connection } from "./session.ts";

/** How many connectivity checks a connection sent, got answered and received, over all its pairs. */
export interface CheckCounts {
  readonly sent: number;
  readonly answered: number;
  readonly received: number;
  /** The last report that tells it. */
  readonly seq: number;
}

/** The connectivity checks by the last `getStats` reports; `undefined` when no report has pairs that count them. */
export function checkCounts(connection: Connection): CheckCounts | undefined {
  const pairs = new Map<string, Record<string, unknown>>();
  let seq: number | undefined;
  for (const { report, seq: at } of connection.stats) {
    for (const [id, entry] of Object.entries(report)) {
      if (!isEntry(entry) || entry["type"] !== "candidate-pair") continue;
      if (typeof entry["requestsSent"] !== "number") continue;
      pairs.set(id, entry);
      seq = at;
    }
  }
  if (seq === undefined) return undefined;
  const sum = (name: string): number =>
    [...pairs.values()].reduce((total, entry) => total + numberOf(entry[name]), 0);
  return {
    sent: sum("requestsSent"),
    answered: sum("responsesReceived"),
    received: sum("requestsReceived"),
    seq,
  };
}

/** One RTP stream as the reports tell it over time. */
export interface StreamHistory {
  readonly id: string;
  readonly kind: string;
  /** Each report of it, with its time and event. */
  readonly samples: readonly {
    readonly seq: number;
    readonly t: number;
    readonly entry: Readonly<Record<string, unknown>>;
  }[];
}

/** The RTP streams of one direction, with every report of each, in steps. */
export function* streamsOf(
  connection: Connection,
  type: "inbound-rtp" | "outbound-rtp",
): Steps<readonly StreamHistory[]> {
  const streams = new Map<string, { seq: number; t: number; entry: Record<string, unknown> }[]>();
  let done = 0;
  for (const { report, seq, t } of connection.stats) {
    if (++done % STEP === 0) yield;
    for (const [id, entry] of Object.entries(report)) {
      if (!isEntry(entry) || entry["type"] !== type) continue;
      const samples = streams.get(id);
      if (samples) samples.push({ seq, t, entry });
      else streams.set(id, [{ seq, t, entry }]);
    }
  }
  return [...streams].map(([id, samples]) => ({
    id,
    kind: String(samples[0]?.entry["kind"] ?? ""),
    samples,
  }));
}

/** A counter of a report; 0 where it has none. */
export function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function isEntry(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
