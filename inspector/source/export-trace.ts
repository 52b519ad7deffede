import type { LadderFormat, Language, Trace } from "../../lib/index.ts";
import { printLadder, writeTrace } from "../../lib/index.ts";

/** What an export is written in: the trace itself, or its ladder in one of the library's formats. */
export type ExportFormat = "trace" | LadderFormat;

/** What somebody wants to take along. */
export interface ExportWish {
  readonly format: ExportFormat;
  /** The language of the few words in a ladder. */
  readonly lang: Language;
}

/** The text of an export. */
export function exportTrace(trace: Trace, { format, lang }: ExportWish): string {
  return format === "trace" ? writeTrace(trace) : printLadder(trace, { format, lang });
}
