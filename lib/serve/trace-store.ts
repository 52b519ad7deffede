import {
  closeSync,
  createReadStream,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { TraceEvent } from "../trace/event.ts";
import type { TraceState, TraceSummary } from "../trace/feed.ts";
import { readTrace, writeLine } from "../trace/file.ts";
import { readEvent } from "../trace/read-event.ts";
import { isTraceId } from "../trace/recorder.ts";
import type { TraceHeader } from "../trace/trace.ts";

/** A trace of this run: its file, of which the last events are in memory too. */
export interface TraceLog {
  readonly header: TraceHeader;
  /** How many events there are. */
  readonly count: number;
  /** `seq` of the last event; 0 before the first. */
  readonly last: number;
  /** `seq` of the last event that is in the file: what a recorder need not keep any longer. */
  readonly written: number;
  readonly state: TraceState;
  /** The events that follow the one of that `seq`, some at a time, in order; none when it is the last. */
  after(seq: number): readonly TraceEvent[];
  /**
   * Takes an event and writes it down at once; one that is already there, by its `seq`, is left out. One that cannot be
   * written is tried again with the next event, and when the store closes; the latest 50,000 wait for that.
   */
  append(event: TraceEvent): void;
  /**
   * Says that events come from somewhere, and so makes the trace `live`. Returns what ends that: once everybody who held
   * the trace has let go of it, it is `ended` when every connection has ended, and `torn` otherwise.
   */
  hold(): () => void;
}

/** The store's own side of a log. */
interface StoredLog extends TraceLog {
  /**
   * Closes the file; from then on no event is taken or given. Its descriptor's number soon names another file, so that
   * nothing may be written or read by it any more.
   */
  close(): void;
}

/** The traces of a folder: those of this run, which grow, and those of former runs. */
export interface TraceStore {
  /** The traces of this run, in the order they came. */
  readonly logs: readonly TraceLog[];
  /** Begins a trace and its file. Throws `TraceIdTaken` when the folder has one of that id. */
  open(header: TraceHeader): TraceLog;
  /**
   * The trace of a recorder that comes, or comes back: that of this run, that of a former run which broke off, or a new
   * one. Throws `TraceIdTaken` when the folder has another trace of that id.
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

/**
 * Opens the traces of a folder; makes the folder when it is missing. Each event is written with one write as it comes,
 * so that a trace can be read after a crash. Files can be read by their owner alone: they hold addresses.
 * Throws what the file system throws.
 */
export function openTraceStore(folder: string): TraceStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logs: StoredLog[] = [];
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const begin = (header: TraceHeader, file: number, former?: Former): TraceLog => {
    const log = createLog(header, file, changed, former);
    logs.push(log);
    changed();
    return log;
  };

  const pathOf = ({ id }: TraceHeader): string => {
    if (!isTraceId(id)) throw new TypeError(`${JSON.stringify(id)} cannot name a trace.`);
    return join(folder, id + EXTENSION);
  };

  const open = (header: TraceHeader): TraceLog =>
    begin(header, createFile(pathOf(header), header.id));

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
    // What a crash cut off in the middle comes again, as a line of its own.
    ftruncateSync(file, former.end);
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

/** How many events a piece of a file has: what is read from it at a time. */
const PIECE = 500;
/** How many events stay in memory, at least; twice as many at most, where all of them could be written. */
const KEPT = 2 * PIECE;
/** How many events wait in memory for a disk that takes them: what a page's recorder keeps, too. */
const MOST_UNWRITTEN = 50_000;

/** What the file of a former run holds. */
interface Former {
  readonly events: readonly TraceEvent[];
  /** Where each event's line begins, in bytes. */
  readonly starts: readonly number[];
  /** Where the last whole line ends, in bytes. */
  readonly end: number;
}

function createLog(
  header: TraceHeader,
  opened: number,
  changed: () => void,
  former?: Former,
): StoredLog {
  let file: number | undefined = opened;
  const connections = createConnectionCount();
  const holders = new Set<() => void>();
  /** The last events, with all that are still to be written; those before them are in the file alone. */
  let kept: TraceEvent[] = [];
  /** Of every piece of the file: `seq` of its first event, and where that begins. */
  const pieces: { readonly seq: number; readonly start: number }[] = [];
  /** Where the last whole line of the file ends, in bytes. */
  let end = former?.end ?? 0;
  /** How many events the file has. */
  let lines = 0;
  /** How many of those in memory, the last ones, are still to be written. */
  let unwritten = 0;
  /** Whether a part of a line may stand behind that end. */
  let isCut = false;
  let count = 0;
  let last = 0;
  let written = 0;
  let state: TraceState = "live";

  const note = (event: TraceEvent): void => {
    count++;
    last = event.seq;
    kept.push(event);
    unwritten++;
    connections.take(event);
  };
  const noteWritten = (event: TraceEvent, start: number): void => {
    if (lines % PIECE === 0) pieces.push({ seq: event.seq, start });
    lines++;
    written = event.seq;
    unwritten--;
  };
  /** What is not in the file stays, as far as there is room. */
  const forget = (): void => {
    const wanted = Math.min(Math.max(KEPT, unwritten), MOST_UNWRITTEN);
    if (kept.length <= wanted + KEPT) return;
    kept = kept.slice(-wanted);
    unwritten = Math.min(unwritten, wanted);
  };
  const write = (to: number, line: string): boolean => {
    try {
      if (isCut) ftruncateSync(to, end);
      isCut = false;
      writeFileSync(to, line);
      end += Buffer.byteLength(line);
      return true;
    } catch {
      // A full disk holds up the file, not the session: the page still sees it, and the next event tries again.
      isCut = true;
      return false;
    }
  };
  const writeDown = (): void => {
    if (file === undefined || (end === 0 && !write(file, writeLine(header)))) return;
    for (let next = kept.length - unwritten; next < kept.length; next++) {
      const event = kept[next];
      const start = end;
      if (event === undefined || !write(file, writeLine(event))) return;
      noteWritten(event, start);
    }
  };
  const enter = (next: TraceState): void => {
    if (state === next) return;
    state = next;
    changed();
  };

  for (const [index, event] of (former?.events ?? []).entries()) {
    note(event);
    noteWritten(event, former?.starts[index] ?? 0);
    forget();
  }
  writeDown();

  return {
    header,
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    get written() {
      return written;
    },
    get state() {
      return state;
    },
    after(seq) {
      if (file === undefined || seq >= last) return [];
      if (seq >= (kept[0]?.seq ?? 0) - 1) {
        const first = kept.findIndex((event) => event.seq > seq);
        return kept.slice(first, first + PIECE);
      }
      // The piece that holds the event, or the one after it when the event is the last of its piece.
      const next = pieces.findIndex((piece) => piece.seq > seq + 1);
      for (let index = Math.max(0, next === -1 ? pieces.length - 1 : next - 1); ; index++) {
        const piece = pieces[index];
        if (piece === undefined) return kept.slice(0, PIECE);
        const lines = readBytes(file, piece.start, pieces[index + 1]?.start ?? end);
        const events = lines
          .split("\n")
          .map((line) => readEvent(parseLine(line)))
          .flatMap((reading) => ("event" in reading ? [reading.event] : []))
          .filter((event) => event.seq > seq);
        if (events.length > 0) return events;
      }
    },
    append(event) {
      if (file === undefined || event.seq <= last) return;
      note(event);
      writeDown();
      forget();
      if (endsSession(event)) state = "ended";
      changed();
    },
    hold() {
      const letGo = (): void => {
        if (!holders.delete(letGo) || holders.size > 0) return;
        enter(connections.haveEnded() ? "ended" : "torn");
      };
      holders.add(letGo);
      enter("live");
      return letGo;
    },
    close() {
      writeDown();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function readBytes(file: number, start: number, end: number): string {
  const bytes = Buffer.alloc(end - start);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, start + length);
    if (read === 0) break;
    length += read;
  }
  return bytes.toString("utf8", 0, length);
}

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

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function createFile(path: string, id: string): number {
  try {
    return openSync(path, "ax+", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new TraceIdTaken(`There is a trace ${id} already.`);
  }
}

async function readSummary(path: string, id: string): Promise<TraceSummary> {
  const { header, events } = readTrace(await readFile(path, "utf8")).trace;
  const connections = createConnectionCount();
  for (const event of events) connections.take(event);
  const state = connections.haveEnded() ? "ended" : "torn";
  return { ...summaryOf(header, events.length, state), id };
}

function summaryOf(header: TraceHeader, events: number, state: TraceState): TraceSummary {
  const { id, startedAt, peers } = header;
  return { id, startedAt, peers, events, state };
}

/** An end that is nobody's in particular ends the session. */
function endsSession(event: TraceEvent): boolean {
  return event.kind === "end" && event.peer === undefined && event.pc === undefined;
}

/** Knows of events that come one by one whether every connection, or the session as a whole, has ended. */
function createConnectionCount(): { take(event: TraceEvent): void; haveEnded(): boolean } {
  const open = new Set<string>();
  let isOver = false;
  return {
    take(event) {
      const connection = `${event.peer} ${event.pc}`;
      if (event.kind === "create") open.add(connection);
      if (event.kind === "end") open.delete(connection);
      if (endsSession(event)) isOver = true;
    },
    haveEnded: () => isOver || open.size === 0,
  };
}
