import { closeSync, ftruncateSync, readSync, writeFileSync } from "node:fs";
import type { Message } from "../text.ts";
import type { TraceEvent } from "../trace/event.ts";
import type { TraceState } from "../trace/feed.ts";
import { writeLine } from "../trace/file.ts";
import { readEvent } from "../trace/read-event.ts";
import type { TraceHeader } from "../trace/trace.ts";
import { createConnectionCount, endsSession } from "./connection-count.ts";
import type { TraceRoom } from "./trace-room.ts";

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
  /**
   * The events that follow the one of that `seq`, some at a time, in order; none when it is the last.
   * Throws what the file system throws.
   */
  after(seq: number): readonly TraceEvent[];
  /**
   * Takes an event and writes it down at once; one that is already there, by its `seq`, is left out. One that cannot be
   * written is tried again with the next event, and when the store closes; the latest 50,000 wait for that, or 64 MiB.
   * Throws a `TraceRefused` for one that is over the limits.
   */
  append(event: TraceEvent): void;
  /**
   * Says that events come from somewhere, and so makes the trace `live`. Returns what ends that: once everybody who held
   * the trace has let go of it, it is `ended` when every connection has ended, and `torn` otherwise.
   */
  hold(): () => void;
}

/** The store's own side of a log. */
export interface StoredLog extends TraceLog {
  /**
   * Closes the file; from then on no event is taken or given. Its descriptor's number soon names another file, so that
   * nothing may be written or read by it any more.
   */
  close(): void;
}

/** What the file of a former run holds. */
export interface Former {
  readonly events: readonly TraceEvent[];
  /** Where each event's line begins, in bytes. */
  readonly starts: readonly number[];
  /** Where the last whole line ends, in bytes. */
  readonly end: number;
}

/** What a log needs from its store. */
export interface LogOptions {
  readonly header: TraceHeader;
  /** The descriptor of its file, open for reading and appending. */
  readonly file: number;
  readonly room: TraceRoom;
  /** Tells that the trace grew or changed its state. */
  readonly changed: () => void;
  /** Tells of a fault of the disk, once until it is over. */
  readonly report: (problem: Message) => void;
  /** What its file holds already. */
  readonly former?: Former | undefined;
}

/** Goes on with a trace, or begins one: writes its header down. */
export function createLog(options: LogOptions): StoredLog {
  const { header, room, changed, report, former } = options;
  let file: number | undefined = options.file;
  const connections = createConnectionCount();
  const holders = new Set<() => void>();
  /** The last events, with all that are still to be written; those before them are in the file alone. */
  let kept: KeptEvent[] = [];
  let keptBytes = 0;
  /** The lines that are still to be written: those of the last events. */
  let waiting: string[] = [];
  let waitingBytes = 0;
  /** Of every piece of the file: `seq` of its first event, and where that begins. */
  const pieces: { readonly seq: number; readonly start: number }[] = [];
  /** How many events the last piece has. */
  let lines = 0;
  /** Where the last whole line of the file ends, in bytes. */
  let end = former?.end ?? 0;
  /** Whether a part of a line may stand behind that end. */
  let isCut = false;
  let isUnreadable = false;
  let count = 0;
  let last = 0;
  let written = 0;
  let state: TraceState = "live";

  const note = (event: TraceEvent, bytes: number): void => {
    count++;
    last = event.seq;
    kept.push({ event, bytes });
    keptBytes += bytes;
    connections.take(event);
  };
  const noteWritten = (event: TraceEvent, start: number): void => {
    const piece = pieces.at(-1);
    if (piece === undefined || lines === PIECE || start - piece.start >= PIECE_BYTES) {
      pieces.push({ seq: event.seq, start });
      lines = 0;
    }
    lines++;
    written = event.seq;
  };
  /** What is not in the file stays, as far as there is room. */
  const forget = (): void => {
    const most = Math.min(Math.max(KEPT, waiting.length), MOST_UNWRITTEN);
    const mostBytes = Math.min(Math.max(KEPT_BYTES, waitingBytes), MOST_UNWRITTEN_BYTES);
    if (kept.length <= most + KEPT && keptBytes <= mostBytes + KEPT_BYTES) return;
    let first = 0;
    // One stays, however long it is.
    while (first < kept.length - 1 && (kept.length - first > most || keptBytes > mostBytes)) {
      keptBytes -= kept[first]?.bytes ?? 0;
      first++;
    }
    kept = kept.slice(first);
    const lost = waiting.slice(0, Math.max(0, waiting.length - kept.length));
    waiting = waiting.slice(lost.length);
    for (const line of lost) waitingBytes -= Buffer.byteLength(line);
  };
  const write = (to: number, line: string): boolean => {
    try {
      if (isCut) ftruncateSync(to, end);
      writeFileSync(to, line);
      isCut = false;
      end += Buffer.byteLength(line);
      return true;
    } catch (error) {
      // A full disk holds up the file, not the session: the page still sees it, and the next event tries again.
      if (!isCut) report(unwritable(header.id, error));
      isCut = true;
      return false;
    }
  };
  const writeDown = (): void => {
    if (file === undefined || (end === 0 && !write(file, writeLine(header)))) return;
    let done = 0;
    for (const line of waiting) {
      const event = kept[kept.length - waiting.length + done]?.event;
      const start = end;
      if (event === undefined || !write(file, line)) break;
      noteWritten(event, start);
      waitingBytes -= end - start;
      done++;
    }
    if (done > 0) waiting = waiting.slice(done);
  };
  const enter = (next: TraceState): void => {
    if (state === next) return;
    state = next;
    changed();
  };
  const readPiece = (from: number, start: number, end: number): string => {
    try {
      const text = readBytes(from, start, end);
      isUnreadable = false;
      return text;
    } catch (error) {
      if (!isUnreadable) report(unreadable(header.id, error));
      isUnreadable = true;
      throw error;
    }
  };

  for (const [index, event] of (former?.events ?? []).entries()) {
    const start = former?.starts[index] ?? 0;
    note(event, (former?.starts[index + 1] ?? end) - start);
    noteWritten(event, start);
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
      if (seq >= (kept[0]?.event.seq ?? 0) - 1) {
        // From the end: a page that keeps up wants the last one.
        const first = kept.findLastIndex(({ event }) => event.seq <= seq) + 1;
        return eventsOf(kept.slice(first, first + PIECE));
      }
      // The piece that holds the event, or the one after it when the event is the last of its piece.
      const next = pieces.findIndex((piece) => piece.seq > seq + 1);
      for (let index = Math.max(0, next === -1 ? pieces.length - 1 : next - 1); ; index++) {
        const piece = pieces[index];
        if (piece === undefined) return eventsOf(kept.slice(0, PIECE));
        const found = readPiece(file, piece.start, pieces[index + 1]?.start ?? end)
          .split("\n")
          .map((line) => readEvent(parseLine(line)))
          .flatMap((reading) => ("event" in reading ? [reading.event] : []))
          .filter((event) => event.seq > seq);
        if (found.length > 0) return found;
      }
    },
    append(event) {
      if (file === undefined || event.seq <= last) return;
      const line = writeLine(event);
      const bytes = Buffer.byteLength(line);
      room.grow(header.id, end + waitingBytes, bytes);
      note(event, bytes);
      waiting.push(line);
      waitingBytes += bytes;
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

interface KeptEvent {
  readonly event: TraceEvent;
  /** How long its line is. */
  readonly bytes: number;
}

function eventsOf(kept: readonly KeptEvent[]): readonly TraceEvent[] {
  return kept.map(({ event }) => event);
}

/** How many events, or about how many bytes, a piece of a file has at most: what is read from it at a time. */
const PIECE = 500;
const PIECE_BYTES = 1024 * 1024;
/** How many events, or how many bytes of them, stay in memory; twice as many at most, where all of them could be written. */
const KEPT = 2 * PIECE;
const KEPT_BYTES = 2 * PIECE_BYTES;
/** How many events wait in memory for a disk that takes them: what a page's recorder keeps, too. */
const MOST_UNWRITTEN = 50_000;
const MOST_UNWRITTEN_BYTES = 64 * 1024 * 1024;

function unwritable(id: string, error: unknown): Message {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    en: `The trace ${id} cannot be written: ${reason}. Its latest events wait in memory; free the disk, and they are written with the next one.`,
    ko: `트레이스(${id})를 쓸 수 없습니다: ${reason}. 최근 이벤트는 메모리에 보관되며, 디스크 공간을 확보하면 다음 이벤트와 함께 기록됩니다.`,
  };
}

function unreadable(id: string, error: unknown): Message {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    en: `The trace ${id} cannot be read: ${reason}. Pages that need its former events are cut off.`,
    ko: `트레이스(${id})를 읽을 수 없습니다: ${reason}. 이전 이벤트가 필요한 페이지의 연결을 끊습니다.`,
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

/** `undefined` for what is no JSON. */
export function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
