import type { Language } from "../text.ts";
import { ladderRows } from "./ladder-rows.ts";
import { printMermaidLadder } from "./print-ladder-mermaid.ts";
import { printSvgLadder } from "./print-ladder-svg.ts";
import { printTextLadder } from "./print-ladder-text.ts";
import type { Trace } from "./trace.ts";

/** What a printed ladder is written in. */
export type LadderFormat = "text" | "mermaid" | "svg";

/** How a ladder is printed. */
export interface PrintLadderOptions {
  /** `text` unless given. */
  readonly format?: LadderFormat;
  /** The language of the few words in it; API names, states and codes stay. English unless given. */
  readonly lang?: Language;
  /** Whether the text has the colours of a terminal; no other format has. */
  readonly colour?: boolean;
}

/**
 * The ladder of a trace as text for a terminal, as a Mermaid sequence diagram, or as one SVG picture: every peer and the
 * server a column, messages as arrows in order of time, with API calls, states and errors beside them.
 * A pure function: the same trace gives the same bytes. Addresses are printed as they are; redact the trace first to share it.
 * Throws `RangeError` for an unknown format.
 */
export function printLadder(trace: Trace, options: PrintLadderOptions = {}): string {
  const { format = "text", lang = "en", colour = false } = options;
  switch (format) {
    case "text":
      return printTextLadder(ladderRows(trace, lang), colour);
    case "mermaid":
      return printMermaidLadder(ladderRows(trace, lang));
    case "svg":
      return printSvgLadder(ladderRows(trace, lang), lang);
    default:
      format satisfies never;
      throw new RangeError(
        `A ladder's format is "text", "mermaid" or "svg"; got ${JSON.stringify(format)}.`,
      );
  }
}
