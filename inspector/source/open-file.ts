import type { TraceReading } from "../../lib/index.ts";
import { readTrace } from "../../lib/index.ts";
import { printable } from "../layout/printable.ts";

/** Why a file could not be opened: the page has a text for each, with what to do. */
export interface FileFault {
  readonly fault: "not-a-trace" | "empty" | "unreadable";
  readonly name: string;
  readonly reason: string;
  /** How the file begins. */
  readonly start: string;
}

/** How much of a file that is no trace is shown. */
const START = 120;

/** Reads a trace file that was dropped or chosen; a gzipped one is unpacked. Never rejects. */
export async function openFile(file: File): Promise<TraceReading | FileFault> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { fault: "unreadable", name: file.name, reason, start: "" };
  }
  if (text.trim() === "") return { fault: "empty", name: file.name, reason: "", start: "" };
  const reading = readTrace(text);
  const isTrace = reading.trace.header.source.format !== "unknown";
  if (!isTrace && reading.trace.events.length === 0) {
    const start = printable(text.slice(0, START).trimStart().split("\n", 1)[0] ?? "");
    return { fault: "not-a-trace", name: file.name, reason: "", start };
  }
  return reading;
}

async function readText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return new TextDecoder().decode(bytes);
  const packed = new Response(bytes).body;
  return new Response(packed?.pipeThrough(new DecompressionStream("gzip"))).text();
}
