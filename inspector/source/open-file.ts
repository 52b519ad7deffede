import type { Diagnostic, Trace } from "../../lib/index.ts";
import { readTrace } from "../../lib/index.ts";

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
}

/** What a file holds. */
export interface FileReading {
  readonly traces: readonly Trace[];
  readonly report: FileReport;
}

/**
 * Reads a file that was dropped or chosen: our own trace, or a dump of any format that can be imported; a gzipped one is
 * unpacked. Never rejects. What reads other formats is loaded when the first such file comes.
 */
export async function openFile(file: File): Promise<FileReading> {
  const nothing = { name: file.name, reason: "", traces: [], faults: 0 };
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { traces: [], report: { ...nothing, fault: "unreadable", reason } };
  }
  if (!/\S/.test(text.slice(0, 4096)) && text.trim() === "") {
    return { traces: [], report: { ...nothing, fault: "empty" } };
  }
  const { traces, diagnostics } = await read(text, file.name);
  const faults = diagnostics.filter(({ severity }) => severity !== "info");
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
}

async function read(text: string, name: string): Promise<Reading> {
  // Our own format is told by its first line, and read without loading the others.
  if (/^\uFEFF?\s{0,64}\{\s{0,8}"sdpscope"/.test(text.slice(0, 256))) {
    const { trace, diagnostics } = readTrace(text);
    return { traces: [trace], diagnostics };
  }
  const { importTrace } = await import("./import-trace.ts");
  const { traces, diagnostics } = importTrace(text, { file: name });
  if (traces.some(({ events }) => events.length > 0)) return { traces, diagnostics };
  return { traces: [], diagnostics };
}

async function readText(file: File): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isGzip = first === 0x1f && second === 0x8b;
  if (!isGzip) return file.text();
  const packed = new Response(await file.arrayBuffer()).body;
  return new Response(packed?.pipeThrough(new DecompressionStream("gzip"))).text();
}
