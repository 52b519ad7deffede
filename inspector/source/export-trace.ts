import type { LadderFormat, Language, Trace } from "../../lib/index.ts";
import { createRedactor, printLadder, writeTrace } from "../../lib/index.ts";
import type { Note } from "./notes.ts";
import { withNotes } from "./notes.ts";

/** What an export is written in: the trace itself, or its ladder in one of the library's formats. */
export type ExportFormat = "trace" | LadderFormat;

/** What somebody wants to take along. */
export interface ExportWish {
  readonly format: ExportFormat;
  /** Mask what identifies people, machines and sessions. */
  readonly isRedacted: boolean;
  /** The language of the few words in a ladder. */
  readonly lang: Language;
  /** What readers wrote about its events: it goes along. */
  readonly notes?: readonly Note[];
}

/** An export, ready to be saved. */
export interface ExportResult {
  /** The trace's name as it may be told: of a redacted trace the masked one. */
  readonly id: string;
  readonly text: string;
  /** How many secrets were found in the redacted trace when it was read again. */
  readonly leaks: number;
}

/** Writes a trace for taking along. Each redacted export has a key of its own, which nobody keeps. */
export function exportTrace(
  kept: Trace,
  { format, isRedacted, lang, notes = [] }: ExportWish,
): ExportResult {
  const recorded = withNotes(kept, notes);
  const redactor = isRedacted
    ? createRedactor({ key: crypto.getRandomValues(new Uint8Array(32)) })
    : undefined;
  const trace = redactor?.trace(recorded) ?? recorded;
  return {
    id: trace.header.id,
    text: format === "trace" ? writeTrace(trace) : printLadder(trace, { format, lang }),
    leaks: redactor?.leaks(recorded, trace).length ?? 0,
  };
}
