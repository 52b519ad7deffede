import type { Diagnostic, Trace } from "../../lib/index.ts";
import { readTrace } from "../../lib/index.ts";
import type { Note } from "./notes.ts";

/** What an opened file gave, without its traces. */
export interface FileReport {
  readonly name: string;
  /** Why it could not be opened: the page has a text for each, with what to do. */
  readonly fault?: "not-a-trace" | "empty" | "unreadable";
  /** Of an unreadable file, as the browser says it. */
  readonly reason: string;
  /** The ids of its traces, as they stand on the shelf. */
  readonly traces: readonly string[];
  /** How many faults were found, and the first of them. */
  readonly faults: number;
  readonly first?: Diagnostic;
  /** What readers wrote about its traces, by the traces' ids on the shelf. */
  readonly notes?: readonly { readonly trace: string; readonly notes: readonly Note[] }[];
}

/** What a file holds. */
export interface FileReading {
  readonly traces: readonly Trace[];
  readonly report: FileReport;
}

/**
 * Reads a file that was dropped or chosen: our own trace, a dump of any format that can be imported, or an archive of such
 * files. Never rejects. What reads other formats and archives is loaded when the first such file comes.
 */
export async function openFile(file: File): Promise<FileReading> {
  const nothing = { name: file.name, reason: "", traces: [], faults: 0 };
  let reading: Reading;
  try {
    reading = await read(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { traces: [], report: { ...nothing, fault: "unreadable", reason } };
  }
  if (reading.isBlank) return { traces: [], report: { ...nothing, fault: "empty" } };
  const faults = reading.diagnostics.filter(({ severity }) => severity !== "info");
  const traces = reading.traces.filter(({ header, events }) => events.length > 0 || isOurs(header));
  const [first] = faults;
  return {
    traces,
    report: {
      ...nothing,
      ...(traces.length === 0 && { fault: "not-a-trace" }),
      faults: faults.length,
      ...(first && { first }),
    },
  };
}

interface Reading {
  readonly traces: readonly Trace[];
  readonly diagnostics: readonly Diagnostic[];
  readonly isBlank: boolean;
}

/** How a trace of ours begins; no other format begins so. */
const ourStart = /^\uFEFF?\s{0,64}\{\s{0,8}"sdpscope"/;

async function read(file: File): Promise<Reading> {
  const start = await file.slice(0, 256).text();
  // Our own format is told by its first line, and read without loading the others.
  if (ourStart.test(start)) {
    const { trace, diagnostics } = readTrace(await file.text());
    return { traces: [trace], diagnostics, isBlank: false };
  }
  const { importTrace, unpack } = await import("./import-trace.ts");
  const { files, diagnostics } = await unpack(new Uint8Array(await file.arrayBuffer()));
  const results = files
    .filter(({ text }) => text.trim() !== "")
    .map(({ name, text }) => importTrace(text, { file: name ?? file.name }));
  return {
    traces: results.flatMap(({ traces }) => traces),
    diagnostics: [...diagnostics, ...results.flatMap((result) => result.diagnostics)],
    isBlank: results.length === 0 && diagnostics.length === 0,
  };
}

function isOurs({ source }: Trace["header"]): boolean {
  return source.format !== "unknown";
}
