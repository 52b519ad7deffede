import {
  closeSync,
  createReadStream,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
} from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Message } from "../text.ts";
import type { TraceEvent } from "../trace/event.ts";
import type { TraceState, TraceSummary } from "../trace/feed.ts";
import { readTrace, writeLine } from "../trace/file.ts";
import { readEvent } from "../trace/read-event.ts";
import { isTraceId } from "../trace/recorder.ts";
import type { TraceHeader } from "../trace/trace.ts";
import { createConnectionCount } from "./connection-count.ts";
import type { Former, StoredLog, TraceLog } from "./trace-log.ts";
import { createLog, parseLine } from "./trace-log.ts";
import type { TraceLimits } from "./trace-room.ts";
import { createTraceRoom } from "./trace-room.ts";

/** The traces of a folder: those of this run, which grow, and those of former runs. */
export interface TraceStore {
  /** The traces of this run, in the order they came. */
  readonly logs: readonly TraceLog[];
  /** Begins a trace and its file. Throws `TraceIdTaken` when the folder has one of that id, and a `TraceRefused` over the limits. */
  open(header: TraceHeader): TraceLog;
  /**
   * The trace of a recorder that comes, or comes back: that of this run, that of a former run which broke off, or a new
   * one. Throws `TraceIdTaken` when the folder has another trace of that id, and a `TraceRefused` over the limits.
   */
  take(header: TraceHeader): TraceLog;
  /** Every trace of the folder, the latest first. */
  list(): Promise<readonly TraceSummary[]>;
  /** The file of a trace; `undefined` when there is none. */
  read(id: string): Readable | undefined;
  /** Calls the listener whenever a trace of this run began, grew or changed its state. */
  subscribe(listener: () => void): () => void;
  /** Closes the files. The logs take no event from then on. */
  close(): void;
}

/** The folder has a trace of that id already. */
export class TraceIdTaken extends Error {
  override readonly name = "TraceIdTaken";
}

/** How to keep traces. */
export interface TraceStoreOptions {
  readonly limits?: TraceLimits;
  /** Takes a sentence for each trace whose file cannot be written or read. */
  readonly report?: (problem: Message) => void;
}

/**
 * Opens the traces of a folder; makes the folder when it is missing. Each event is written with one write as it comes,
 * so that a trace can be read after a crash. Files can be read by their owner alone: they hold addresses.
 * Throws what the file system throws.
 */
export function openTraceStore(
  folder: string,
  { limits, report = () => {} }: TraceStoreOptions = {},
): TraceStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const room = createTraceRoom(folder, EXTENSION, limits);
  const logs: StoredLog[] = [];
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const begin = (header: TraceHeader, file: number, former?: Former): TraceLog => {
    const log = createLog({ header, file, room, changed, report, former });
    logs.push(log);
    changed();
    return log;
  };

  const pathOf = ({ id }: TraceHeader): string => {
    if (!isTraceId(id)) throw new TypeError(`${JSON.stringify(id)} cannot name a trace.`);
    return join(folder, id + EXTENSION);
  };

  const open = (header: TraceHeader): TraceLog => {
    const path = pathOf(header);
    room.begin(header.id, Buffer.byteLength(writeLine(header)));
    return begin(header, createFile(path, header.id));
  };

  const take = (header: TraceHeader): TraceLog => {
    const known = logs.find((one) => one.header.id === header.id);
    if (known !== undefined) {
      if (known.header.startedAt === header.startedAt) return known;
      throw new TraceIdTaken(`There is another trace ${header.id}.`);
    }
    const path = pathOf(header);
    const former = readFormer(path, header);
    if (former === undefined) return open(header);
    const file = openSync(path, "a+", 0o600);
    try {
      // What a crash cut off in the middle comes again, as a line of its own.
      ftruncateSync(file, former.end);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return begin(header, file, former);
  };

  const summaries = new Map<string, { readonly version: string; readonly summary: TraceSummary }>();
  /** Reads a file again only when it has changed. */
  const summaryIn = async (id: string): Promise<TraceSummary | undefined> => {
    const path = join(folder, id + EXTENSION);
    try {
      const { size, mtimeMs } = await stat(path);
      const version = `${size} ${mtimeMs}`;
      const known = summaries.get(id);
      if (known?.version === version) return known.summary;
      const summary = await readSummary(path, id);
      summaries.set(id, { version, summary });
      return summary;
    } catch {
      // Gone since the folder was read, or not ours to read.
      return undefined;
    }
  };

  return {
    logs,
    open,
    take,
    async list() {
      const own = logs.map(({ header, count, state }) => summaryOf(header, count, state));
      const known = new Set(own.map((summary) => summary.id));
      const names = await readdir(folder);
      const former = names
        .filter((name) => name.endsWith(EXTENSION))
        .map((name) => name.slice(0, -EXTENSION.length))
        .filter((id) => isTraceId(id) && !known.has(id));
      const all = [...own];
      // One after the other: only one file is in memory at a time.
      for (const id of former) {
        const summary = await summaryIn(id);
        if (summary !== undefined) all.push(summary);
      }
      return all.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
    },
    read(id) {
      return isTraceId(id) ? createReadStream(join(folder, id + EXTENSION)) : undefined;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const log of logs) log.close();
    },
  };
}

const EXTENSION = ".sdpscope.jsonl";

/** `undefined` when there is no such file. */
function readFormer(path: string, { id, startedAt }: TraceHeader): Former | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const events: TraceEvent[] = [];
  const starts: number[] = [];
  let start = 0;
  for (let stop = bytes.indexOf(10); stop !== -1; stop = bytes.indexOf(10, start)) {
    const value = parseLine(bytes.toString("utf8", start, stop));
    const isHeader = start === 0;
    if (isHeader && (value?.["id"] !== id || value["startedAt"] !== startedAt)) {
      throw new TraceIdTaken(`There is another trace ${id}.`);
    }
    if (!isHeader) {
      const reading = readEvent(value);
      if ("event" in reading && reading.event.seq > (events.at(-1)?.seq ?? 0)) {
        events.push(reading.event);
        starts.push(start);
      }
    }
    start = stop + 1;
  }
  return { events, starts, end: start };
}

function createFile(path: string, id: string): number {
  try {
    return openSync(path, "ax+", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new TraceIdTaken(`There is a trace ${id} already.`);
  }
}

/** Reads a file line by line: a long one would fill the memory, and hold up whoever is recorded meanwhile. */
async function readSummary(path: string, id: string): Promise<TraceSummary> {
  const connections = createConnectionCount();
  let header: TraceHeader | undefined;
  let count = 0;
  for await (const line of linesOf(path)) {
    if (header === undefined) {
      header = readTrace(line).trace.header;
      continue;
    }
    const reading = readEvent(parseLine(line));
    if (!("event" in reading)) continue;
    count++;
    connections.take(reading.event);
  }
  const state = connections.haveEnded() ? "ended" : "torn";
  return { ...summaryOf(header ?? readTrace("").trace.header, count, state), id };
}

/** The lines of a file, without their ends; of an empty one none. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const chunk of createReadStream(path, { encoding: "utf8" })) {
    const [first, ...rest] = String(chunk).split("\n");
    parts.push(first ?? "");
    for (const next of rest) {
      yield parts.join("");
      parts = [next];
    }
  }
  const last = parts.join("");
  if (last !== "") yield last;
}

function summaryOf(header: TraceHeader, events: number, state: TraceState): TraceSummary {
  const { id, startedAt, peers } = header;
  return { id, startedAt, peers, events, state };
}
