import type { Diagnostic, Related } from "../diagnostic.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import { createImportSource } from "./import-source.ts";
import type { Importer, Recognition } from "./importer.ts";
import { importers } from "./importers/catalog.ts";
import type { Trace } from "./trace.ts";
import type { TraceLimit } from "./trace-limit.ts";
import { limitMessages } from "./trace-limit.ts";

/** What an import takes beside the text. */
export interface ImportOptions {
  /** The name of the file, for `header.source.file`. Formats are told by content alone. */
  readonly file?: string;
}

/** The format that a text was read as. */
export interface ImportFormat {
  /** As `header.source.format` names it, such as `webrtc-internals`. */
  readonly id: string;
  readonly name: Message;
}

/** The traces of a text, and what is wrong with it or cannot be known from it. */
export interface ImportResult {
  /** One trace for each session that has nothing to do with the others; none for a text of no known format. */
  readonly traces: readonly Trace[];
  /** Faults of the text, and one `info` for each thing that its format cannot know. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absent for a text of no known format. */
  readonly format?: ImportFormat;
}

/**
 * Imports a text of any known format, told by its content: a dump of a browser, a log of a server, a HAR, SDP,
 * candidates, or our own trace. Compressed bytes go through `unpack` before.
 *
 * Never throws. A text that breaks off gives what stands before its end. For a text of no known format there are no traces,
 * and the diagnostic `import/unknown-format` tells its first characters, the nearest format, and for each format why it does not fit.
 */
export function importTrace(text: string, options: ImportOptions = {}): ImportResult {
  const source = createImportSource(text, options.file);
  const tried = importers
    .map((importer) => ({ importer, recognition: importer.recognise(source) }))
    .sort((a, b) => b.recognition.likeness - a.recognition.likeness);
  const match = tried.find(({ recognition }) => recognition.fits);
  if (!match) return { traces: [], diagnostics: [unknownFormat(source.text, source.head, tried)] };
  const { id, name } = match.importer;
  const { traces, diagnostics } = match.importer.read(source);
  const limits = new Set(traces.flatMap(({ header }) => header.source.limits ?? []));
  return {
    traces,
    diagnostics: [...diagnostics, ...[...limits].map(limitDiagnostic)],
    format: { id, name },
  };
}

interface Attempt {
  readonly importer: Importer;
  readonly recognition: Recognition;
}

function limitDiagnostic(limit: TraceLimit): Diagnostic {
  const severity = limit === "cut-off" ? "warning" : "info";
  // A trace file may carry limits of a later version.
  const message = Object.hasOwn(limitMessages, limit) ? limitMessages[limit] : unknownLimit(limit);
  return { code: `import/${limit}`, severity, message };
}

function unknownLimit(limit: string): Message {
  return {
    en: `The source has the limit ${JSON.stringify(limit)}, which is not known here.`,
    ko: withParticles(`원본에 알 수 없는 제한 ${JSON.stringify(limit)}이(가) 있습니다.`),
  };
}

/** How much of an unknown text is shown. */
const SHOWN = 48;

function unknownFormat(text: string, head: string, tried: readonly Attempt[]): Diagnostic {
  const start = head === "" ? 0 : text.indexOf(head.slice(0, SHOWN));
  const related = tried.map(
    ({ importer, recognition: { reason } }): Related => ({
      message: {
        en: `${importer.name.en}: ${reason.en}`,
        ko: `${importer.name.ko}: ${reason.ko}`,
      },
    }),
  );
  return {
    code: "import/unknown-format",
    severity: "error",
    message: head === "" ? empty : unknown(head, tried),
    span: { start, end: Math.min(text.length, start + SHOWN) },
    ...(head !== "" && { related }),
  };
}

const empty: Message = {
  en: "There is nothing to import: the text is empty.",
  ko: "텍스트가 비어 있어 가져올 것이 없습니다.",
};

function unknown(head: string, tried: readonly Attempt[]): Message {
  const shown = JSON.stringify(head.slice(0, SHOWN));
  const bytes = [...head.slice(0, 8)].map(hex).join(" ");
  const nearest = tried.find(({ recognition }) => recognition.likeness > 0)?.importer.name;
  return {
    en: `The text is of no known format; it begins with ${shown} (${bytes}).${
      nearest ? ` The nearest format is ${nearest.en}.` : ""
    }`,
    ko: `알 수 없는 형식입니다. 텍스트의 시작 부분: ${shown} (${bytes}).${
      nearest ? ` 가장 가까운 형식은 ${nearest.ko}입니다.` : ""
    }`,
  };
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(2, "0");
}
