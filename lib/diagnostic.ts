import type { RfcRef } from "./rfc.ts";
import { rfcLabel } from "./rfc.ts";
import type { Language, Message, Position, Span, TextEdit } from "./text.ts";
import { positionAt, printable } from "./text.ts";

/** `error`: a browser or peer refuses, or security is lost. `warning`: it works somewhere and fails elsewhere. `info`: worth knowing. */
export type Severity = "error" | "warning" | "info";

/**
 * Something a person should know about a text, as data.
 * `code` is `family/kebab-name`, unique and permanent. `span` and `position` refer to the text that was judged;
 * where two texts were judged together (an answer against its offer) they refer to the last one, `related` to the other.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: Message;
  readonly span?: Span;
  readonly position?: Position;
  readonly rfc?: RfcRef;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** Another place that a diagnostic speaks of. `text` names the text when it is not the judged one. */
export interface Related {
  readonly message: Message;
  readonly text?: "offer" | "answer" | "previous" | "next";
  readonly span?: Span;
  readonly position?: Position;
}

/** A change that certainly mends what a diagnostic reports, in the judged text. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

/** How `formatDiagnostics` prints. */
export interface FormatOptions {
  /** The language of the sentences; English unless told otherwise. */
  readonly lang?: Language;
  /** ANSI colours; off unless told otherwise. */
  readonly colour?: boolean;
}

/**
 * Prints diagnostics for a terminal: severity, code and sentence, the line with a caret under the column,
 * the RFC section, and the title of the fix. Returns `""` for no diagnostics.
 */
export function formatDiagnostics(
  text: string,
  diagnostics: readonly Diagnostic[],
  options: FormatOptions = {},
): string {
  const lang = options.lang ?? "en";
  const paint = options.colour ? ansi : plain;
  return diagnostics.map((diagnostic) => formatOne(text, diagnostic, lang, paint)).join("\n");
}

type Paint = (style: Severity | "dim" | "bold", text: string) => string;

const plain: Paint = (_style, text) => text;

const sgr = { error: "31", warning: "33", info: "36", dim: "2", bold: "1" } as const;
const ansi: Paint = (style, text) => `\u001b[${sgr[style]}m${text}\u001b[0m`;

const words = {
  error: { en: "error", ko: "오류" },
  warning: { en: "warning", ko: "경고" },
  info: { en: "info", ko: "정보" },
  fix: { en: "fix", ko: "해결" },
} as const satisfies Record<string, Message>;

function formatOne(text: string, diagnostic: Diagnostic, lang: Language, paint: Paint): string {
  const { severity, code, message, span, rfc, fix } = diagnostic;
  const lines = [
    `${paint(severity, words[severity][lang])} ${paint("bold", code)}  ${message[lang]}`,
  ];
  const position = diagnostic.position ?? (span && positionAt(text, span.start));
  if (position && span) lines.push(...excerpt(text, span, position, severity, paint));
  else if (position) lines.push(paint("dim", `  ${position.line}:${position.column}`));
  for (const related of diagnostic.related ?? [])
    lines.push(paint("dim", relatedLine(related, lang)));
  if (rfc) lines.push(paint("dim", `  ${rfcLabel(rfc)}  ${rfc.url}`));
  if (fix) lines.push(`  ${paint("bold", words.fix[lang])}: ${fix.title[lang]}`);
  return `${lines.join("\n")}\n`;
}

function relatedLine({ message, text, position }: Related, lang: Language): string {
  const place = [text && textNames[text][lang], position && `${position.line}:${position.column}`];
  return `  ${[place.filter(Boolean).join(" "), message[lang]].filter(Boolean).join(" · ")}`;
}

const textNames = {
  offer: { en: "offer", ko: "offer" },
  answer: { en: "answer", ko: "answer" },
  previous: { en: "previous", ko: "이전" },
  next: { en: "next", ko: "다음" },
} as const satisfies Record<string, Message>;

/** The widest part of a line that an excerpt shows; longer lines are cut around the caret. */
const EXCERPT_WIDTH = 100;

function excerpt(
  text: string,
  span: Span,
  position: Position,
  severity: Severity,
  paint: Paint,
): string[] {
  const lineStart = span.start - (position.column - 1);
  const lineEnd = endOfLine(text, lineStart);
  const from = position.column - 1 > EXCERPT_WIDTH - 20 ? span.start - 20 : lineStart;
  const shown = printable(text.slice(from, Math.min(lineEnd, from + EXCERPT_WIDTH)));
  const number = `${position.line}:${position.column}`;
  const width = Math.max(1, Math.min(span.end, lineEnd, from + EXCERPT_WIDTH) - span.start);
  const caret = `${" ".repeat(span.start - from)}${"^".repeat(width)}`;
  return [
    `  ${paint("dim", `${number} |`)} ${shown}`,
    `  ${" ".repeat(number.length)} ${paint("dim", "|")} ${paint(severity, caret)}`,
  ];
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}
