/** A range of a text in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a text as a person counts it: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One sentence for a person, in English and in Korean. API names, codes and SDP stay as they are. */
export interface Message {
  readonly en: string;
  readonly ko: string;
}

/** The languages every sentence exists in. */
export type Language = keyof Message;

/** A change of a text, as data: what stands at `span` becomes `text`. Spans refer to the text before any change. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * The position of an offset in a text. Line ends are CRLF, LF or a lone CR, as in `parse`.
 * An offset outside the text is moved to its nearest end.
 */
export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let start = 0;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    const endsLine = unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10);
    if (endsLine) {
      line++;
      start = at + 1;
    }
  }
  return { line, column: end - start + 1 };
}

/**
 * Applies edits to a text; the order in the list does not matter.
 * Throws `RangeError` when a span lies outside the text or two spans overlap.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = "";
  let at = 0;
  for (const { span, text: replacement } of sorted) {
    const isWhole = Number.isInteger(span.start) && Number.isInteger(span.end);
    if (!isWhole || span.start < at || span.end < span.start || span.end > text.length) {
      throw new RangeError(
        `The edit at ${span.start}–${span.end} overlaps another one or lies outside the text (0–${text.length}).`,
      );
    }
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}
