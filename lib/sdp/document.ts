import type { Diagnostic } from "../diagnostic.ts";

/** What every function that reads or edits SDP takes: the text, or a document made from it. */
export type Sdp = string | SdpDocument;

/**
 * An SDP text, cut into lines and sections and otherwise left alone: the concatenation of all `source` and `eol` is the text.
 * Immutable; an edit makes a new document that shares every untouched `Line`.
 */
export interface SdpDocument {
  /** Everything before the first `m=` line; its `index` is −1. */
  readonly session: Section;
  /** The media sections, each from its `m=` line on. */
  readonly media: readonly Section[];
  /** What is wrong with the text as text: lines that are no SDP, line ends, order. Computed when first read. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text, byte for byte. */
  toString(): string;
}

/** The lines of the session part (`index` −1) or of one media section (its m-line index). */
export interface Section {
  readonly index: number;
  readonly lines: readonly Line[];
}

/** The characters that ended a line in its text; `""` at the end of a text that does not end in one. */
export type LineEnd = "\r\n" | "\n" | "\r" | "";

/**
 * One line. It does not know its number: the document does (`spanOf`).
 * `type` is the letter before `=`, or `""` when the line has not the form `x=…`; then `value` is the whole line.
 */
export interface Line {
  readonly type: string;
  readonly value: string;
  /** The line as it stands, without its end. */
  readonly source: string;
  readonly eol: LineEnd;
}
