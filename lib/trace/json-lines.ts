import type { Diagnostic } from "../diagnostic.ts";
import { readJson } from "./read-json.ts";

/** One line of a log that holds JSON. */
export interface JsonLine {
  readonly value: unknown;
  /** The offset of its first character. */
  readonly at: number;
}

/** The lines of a log, those that are no JSON reported and left out. */
export interface JsonLines {
  readonly lines: readonly JsonLine[];
  readonly diagnostics: readonly Diagnostic[];
  /** The last line breaks off. */
  readonly isCut: boolean;
}

/** Reads a text that has one JSON value a line, from an offset on. Blank lines are passed over; never throws. */
export function readJsonLines(text: string, from = 0): JsonLines {
  const lines: JsonLine[] = [];
  const broken: number[] = [];
  let isCut = false;
  for (let at = from; at < text.length; ) {
    const lineFeed = text.indexOf("\n", at);
    const end = lineFeed === -1 ? text.length : lineFeed;
    const line = text.slice(at, end);
    if (line.trim() !== "") {
      const reading = readJson(line);
      if (reading.faults.length === 0 && !reading.isCut && reading.value !== undefined) {
        lines.push({ value: reading.value, at });
      } else if (lineFeed === -1) isCut = true;
      else broken.push(at);
    }
    at = end + 1;
  }
  return { lines, diagnostics: broken.length === 0 ? [] : [notJson(broken)], isCut };
}

function notJson(broken: readonly number[]): Diagnostic {
  const [start = 0] = broken;
  const count = broken.length;
  return {
    code: "import/damaged",
    severity: "warning",
    message: {
      en: `${count === 1 ? "One line is" : `${count} lines are`} no JSON and ${count === 1 ? "was" : "were"} left out.`,
      ko: `줄 ${count}개가 JSON이 아니어서 제외했습니다.`,
    },
    span: { start, end: start + 1 },
  };
}
