import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { Message, Span } from "../text.ts";
import type { TraceEvent } from "./event.ts";
import { readEvent } from "./read-event.ts";
import { readHeader } from "./read-header.ts";
import type { Trace, TraceHeader } from "./trace.ts";

/** What a trace file holds, and what is wrong with it. */
export interface TraceReading {
  readonly trace: Trace;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a trace file: JSON Lines, the header first, then one event a line.
 *
 * Never throws. A line that is no event is reported with its span and left out; a torn last line, as a crash leaves it,
 * is a warning. Events of unknown kinds and unknown fields are kept. Without a usable header the trace has the id
 * `unknown`, and times count from the epoch. Events come out in the order of the file.
 */
export function readTrace(text: string): TraceReading {
  const diagnostics: Diagnostic[] = [];
  const report = (code: string, severity: Severity, line: Line, message: Message): void => {
    diagnostics.push({
      code,
      severity,
      message,
      span: line.span,
      position: { line: line.number, column: 1 },
    });
  };

  let header: TraceHeader | undefined;
  let isFirst = true;
  const events: TraceEvent[] = [];
  let lastSeq = 0;
  for (const line of linesOf(text)) {
    const value = parseJson(line.text);
    if (value === undefined) {
      if (line.isTorn) report("trace/torn-line", "warning", line, torn(lastSeq));
      else report("trace/not-json", "error", line, notJson);
      isFirst = false;
      continue;
    }
    if (isFirst) {
      isFirst = false;
      const reading = readHeader(value);
      if ("header" in reading) {
        header = reading.header;
        continue;
      }
      report("trace/header", "error", line, reading.fault);
      if (isHeaderLike(value)) continue;
    }
    const reading = readEvent(value);
    if ("fault" in reading) {
      report("trace/event", "error", line, reading.fault);
      continue;
    }
    const { seq } = reading.event;
    if (seq <= lastSeq) report("trace/seq-order", "warning", line, outOfOrder(seq, lastSeq));
    else if (seq > lastSeq + 1) report("trace/seq-gap", "warning", line, gap(lastSeq, seq));
    lastSeq = Math.max(lastSeq, seq);
    events.push(reading.event);
  }
  if (isFirst) {
    const start: Line = { text: "", span: { start: 0, end: 0 }, number: 1, isTorn: false };
    report("trace/header", "error", start, empty);
  }
  return { trace: { header: header ?? unknownHeader, events }, diagnostics };
}

/** Prints a trace as a file: the header and each event on a line of its own, each line ended by LF. */
export function writeTrace(trace: Trace): string {
  return [trace.header, ...trace.events].map(writeLine).join("");
}

/** One line of a trace file, ended by LF: what a recorder appends. */
export function writeLine(value: TraceHeader | TraceEvent): string {
  return `${JSON.stringify(value)}\n`;
}

interface Line {
  readonly text: string;
  readonly span: Span;
  /** From 1. */
  readonly number: number;
  /** The last line, without a line end. */
  readonly isTorn: boolean;
}

function* linesOf(text: string): Generator<Line> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let number = 1; start < text.length; number++) {
    const lineFeed = text.indexOf("\n", start);
    const end = lineFeed === -1 ? text.length : lineFeed;
    const line = text.slice(start, end);
    if (line.charCodeAt(0) === 0x7b || line.trim() !== "") {
      yield { text: line, span: { start, end }, number, isTorn: lineFeed === -1 };
    }
    start = end + 1;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHeaderLike(value: unknown): boolean {
  return typeof value === "object" && value !== null && "sdpscope" in value;
}

const unknownHeader: TraceHeader = {
  sdpscope: 1,
  id: "unknown",
  startedAt: "1970-01-01T00:00:00.000Z",
  clock: "wall",
  source: { format: "unknown" },
  peers: [],
};

const empty: Message = {
  en: "The file holds no trace: it is empty.",
  ko: "파일이 비어 있어 트레이스가 없습니다.",
};

const notJson: Message = {
  en: "The line is not JSON and was left out.",
  ko: "줄이 JSON이 아니어서 제외했습니다.",
};

function torn(lastSeq: number): Message {
  return {
    en: `The last line breaks off and was left out; the trace ends with event ${lastSeq}.`,
    ko: `마지막 줄이 중간에 끊겨서 제외했습니다. 트레이스는 ${lastSeq}번 이벤트에서 끝납니다.`,
  };
}

function outOfOrder(seq: number, lastSeq: number): Message {
  return {
    en: `Event ${seq} comes after event ${lastSeq}.`,
    ko: `${seq}번 이벤트가 ${lastSeq}번 이벤트 뒤에 나옵니다.`,
  };
}

function gap(lastSeq: number, seq: number): Message {
  const missing = seq - lastSeq - 1;
  const range = missing === 1 ? `${lastSeq + 1}` : `${lastSeq + 1}–${seq - 1}`;
  return {
    en: missing === 1 ? `Event ${range} is missing.` : `Events ${range} are missing.`,
    ko: `${range}번 이벤트가 없습니다.`,
  };
}
