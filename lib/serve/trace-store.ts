import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { TraceEvent } from "../trace/event.ts";
import type { TraceState, TraceSummary } from "../trace/feed.ts";
import { readTrace, writeLine } from "../trace/file.ts";
import { isTraceId } from "../trace/recorder.ts";
import type { TraceHeader } from "../trace/trace.ts";

/** A trace of this run, in memory and in its file. */
export interface TraceLog {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
  readonly state: TraceState;
  /** Takes an event and writes it down at once; one that is already there, by its `seq`, is left out. */
  append(event: TraceEvent): void;
  /** Says that no event comes for now: `ended` when every connection has ended, `torn` otherwise. */
  release(): void;
  /** Says that events come again. */
  resume(): void;
}

/** The traces of a folder: those of this run, which grow, and those of former runs. */
export interface TraceStore {
  /** The traces of this run, in the order they came. */
  readonly logs: readonly TraceLog[];
  /** Begins a trace and its file. Throws `TraceIdTaken` when the folder has one of that id. */
  open(header: TraceHeader): TraceLog;
  /** Every trace of the folder, the latest first. */
  list(): Promise<readonly TraceSummary[]>;
  /** The file of a trace; `undefined` when there is none. */
  read(id: string): Readable | undefined;
  /** Calls the listener whenever a trace of this run began, grew or changed its state. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** The folder has a trace of that id already. */
export class TraceIdTaken extends Error {
  override readonly name = "TraceIdTaken";
}

/**
 * Opens the traces of a folder; makes the folder when it is missing. Each event is written with one write as it comes,
 * so that a trace can be read after a crash. Files can be read by their owner alone: they hold addresses.
 * Throws what the file system throws.
 */
export function openTraceStore(folder: string): TraceStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logs: TraceLog[] = [];
  const listeners = new Set<() => void>();
  const files = new Map<string, number>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const open = (header: TraceHeader): TraceLog => {
    const { id } = header;
    if (!isTraceId(id)) throw new TypeError(`${JSON.stringify(id)} cannot name a trace.`);
    files.set(id, createFile(join(folder, id + EXTENSION), id));
    const events: TraceEvent[] = [];
    let state: TraceState = "live";
    const write = (line: string): void => {
      const file = files.get(id);
      if (file === undefined) return;
      try {
        writeSync(file, line);
      } catch {
        // A full disk ends the file, not the session: the page still sees it, and the file reads as torn.
        files.delete(id);
        closeSync(file);
      }
    };
    write(writeLine(header));
    const enter = (next: TraceState): void => {
      if (state === next) return;
      state = next;
      changed();
    };
    const log: TraceLog = {
      header,
      events,
      get state() {
        return state;
      },
      append(event) {
        if (event.seq <= (events.at(-1)?.seq ?? 0)) return;
        events.push(event);
        write(writeLine(event));
        if (endsSession(event)) state = "ended";
        changed();
      },
      release: () => enter(hasEnded(events) ? "ended" : "torn"),
      resume: () => enter("live"),
    };
    logs.push(log);
    changed();
    return log;
  };

  return {
    logs,
    open,
    async list() {
      const own = logs.map(({ header, events, state }) => summaryOf(header, events.length, state));
      const known = new Set(own.map((summary) => summary.id));
      const names = await readdir(folder);
      const former = names
        .filter((name) => name.endsWith(EXTENSION))
        .map((name) => name.slice(0, -EXTENSION.length))
        .filter((id) => isTraceId(id) && !known.has(id))
        .map((id) => readSummary(join(folder, id + EXTENSION), id));
      const all = [
        ...own,
        ...(await Promise.all(former)).filter((summary) => summary !== undefined),
      ];
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
      for (const file of files.values()) closeSync(file);
      files.clear();
    },
  };
}

const EXTENSION = ".sdpscope.jsonl";

function createFile(path: string, id: string): number {
  try {
    return openSync(path, "ax", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new TraceIdTaken(`There is a trace ${id} already.`);
  }
}

async function readSummary(path: string, id: string): Promise<TraceSummary | undefined> {
  try {
    const { trace } = readTrace(await readFile(path, "utf8"));
    const { header, events } = trace;
    const state = events.some(endsSession) || hasEnded(events) ? "ended" : "torn";
    return { ...summaryOf(header, events.length, state), id };
  } catch {
    // Gone since the folder was read, or not ours to read.
    return undefined;
  }
}

function summaryOf(header: TraceHeader, events: number, state: TraceState): TraceSummary {
  const { id, startedAt, peers } = header;
  return { id, startedAt, peers, events, state };
}

/** An end that is nobody's in particular ends the session. */
function endsSession(event: TraceEvent): boolean {
  return event.kind === "end" && event.peer === undefined && event.pc === undefined;
}

function hasEnded(events: readonly TraceEvent[]): boolean {
  const open = new Set<string>();
  for (const event of events) {
    const connection = `${event.peer} ${event.pc}`;
    if (event.kind === "create") open.add(connection);
    if (event.kind === "end") open.delete(connection);
    if (endsSession(event)) return true;
  }
  return open.size === 0;
}
