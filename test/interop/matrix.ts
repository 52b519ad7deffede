import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Content } from "./agent.ts";
import { callBare } from "./bare.ts";
import type { CallResult } from "./call.ts";
import { callEndpoint } from "./call.ts";
import type { Elsewhere, Endpoint, Offerer, RunningEndpoint } from "./endpoint.ts";

/** One cell of the matrix. */
export interface Cell {
  readonly endpoint: string;
  readonly version: string;
  readonly offerer: Offerer;
  readonly content: Content;
  readonly outcome: "works" | "fails";
  /** The median of our peer's times, in milliseconds. */
  readonly ms?: number;
  /** The same of a bare werift, where it connects. */
  readonly bareMs?: number;
  /** Why it fails; of a bare werift in `bareReason`. */
  readonly reason?: string;
  readonly bareReason?: string;
  /** What the endpoint's program said when it crashed: it was started again, and the cell run once more. */
  readonly crash?: string;
  readonly flows?: CallResult["flows"];
  /** Whether the endpoint decodes what it gets; without a decoder it counts whole frames. */
  readonly hasDecoder: boolean;
}

/** What of the matrix is run. */
export interface MatrixOptions {
  readonly contents?: readonly Content[];
  readonly offerers?: readonly Offerer[];
  /** How often each call is made; the median counts. */
  readonly runs?: number;
  /** Whether bare werift is called too, for comparison. */
  readonly withBare?: boolean;
  /** How long one call may take; 20 000 ms, that of bare werift 8000. */
  readonly limitMs?: number;
}

export const contents: readonly Content[] = ["data", "audio", "video", "all"];
export const offerers: readonly Offerer[] = ["peer", "endpoint"];

/** Runs the cells of one endpoint, one after the other. What does not start rejects. */
export async function* runCells(
  endpoint: Endpoint,
  options: MatrixOptions = {},
): AsyncGenerator<Cell, void, void> {
  const elsewhere = isInside() ? undefined : await endpoint.elsewhere?.();
  if (elsewhere !== undefined) return yield* cellsOf(endpoint, elsewhere, options);
  let running = await endpoint.open();
  try {
    // The first certificate and the first picture of a process take longer than all others.
    if (options.withBare) await callBare(running, "data", "peer", 5000);
    for (const offerer of options.offerers ?? offerers)
      for (const content of options.contents ?? contents) {
        let outcome = await runCell(running, content, offerer, options);
        if (outcome.isCrash) {
          const { reason: crash = "" } = outcome;
          await running.close();
          running = await endpoint.open();
          outcome = { ...(await runCell(running, content, offerer, options)), crash };
        }
        const { isCrash: _, ...cell } = outcome;
        const hasDecoder = running.hasNoDecoder !== true;
        const { version } = running;
        yield { endpoint: endpoint.name, version, offerer, content, hasDecoder, ...cell };
      }
  } finally {
    await running.close();
  }
}

/** Runs the cells in a copy of the matrix, in another place, and reads them from there. */
async function* cellsOf(
  endpoint: Endpoint,
  elsewhere: Elsewhere,
  options: MatrixOptions,
): AsyncGenerator<Cell, void, void> {
  const runner = join(import.meta.dirname, "../lab/run.mjs");
  const child = elsewhere.start([
    runner,
    "../interop/run",
    endpoint.name,
    "--json",
    ...["--content", (options.contents ?? contents).join(",")],
    ...["--offers", (options.offerers ?? offerers).join(",")],
    ...["--runs", String(options.runs ?? 1)],
    ...(options.withBare ? [] : ["--no-bare"]),
  ]);
  try {
    if (child.stdout === null) throw new Error("The copy of the matrix has no output.");
    for await (const line of createInterface({ input: child.stdout }))
      yield JSON.parse(line) as Cell;
  } finally {
    await elsewhere.close();
  }
}

/** Whether this is such a copy. */
export function isInside(): boolean {
  return process.env["INTEROP_OTHER_HOST"] !== undefined;
}

type Outcome = Omit<Cell, "endpoint" | "version" | "offerer" | "content" | "hasDecoder"> & {
  readonly isCrash?: boolean;
};

async function runCell(
  running: RunningEndpoint,
  content: Content,
  offerer: Offerer,
  { runs = 1, withBare = false, limitMs = 20_000 }: MatrixOptions,
): Promise<Outcome> {
  const times: number[] = [];
  const bareTimes: number[] = [];
  let bareReason: string | undefined;
  let flows: CallResult["flows"] = {};
  for (let run = 0; run < runs; run++) {
    if (withBare && bareReason === undefined) {
      const bare = await callBare(running, content, offerer, Math.min(limitMs, 8000));
      if (bare.connectedMs !== undefined) bareTimes.push(bare.connectedMs);
      else bareReason = bare.reason;
    }
    const call = await callEndpoint(running, content, offerer, limitMs);
    flows = call.flows;
    if (call.reason !== undefined)
      return {
        outcome: "fails",
        reason: call.reason,
        flows,
        ...(call.isCrash && { isCrash: true }),
        ...bareOf(bareTimes, bareReason),
      };
    times.push(call.connectedMs ?? 0);
  }
  return { outcome: "works", ms: median(times), flows, ...bareOf(bareTimes, bareReason) };
}

function bareOf(times: readonly number[], reason: string | undefined): Partial<Outcome> {
  if (reason !== undefined) return { bareReason: reason };
  return times.length === 0 ? {} : { bareMs: median(times) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
