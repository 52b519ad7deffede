import type { Severity } from "../../lib/index.ts";
import type { Token } from "./sdp-tokens.ts";

/** A place in a line that something is said about: offsets, the end exclusive. */
export interface TokenMark {
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

/** A piece of a token, and the gravest thing that is said about it. */
export interface MarkedToken extends Token {
  readonly severity?: Severity;
}

const weights: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** The graver of two; one of them may be missing. */
export function graver(a: Severity | undefined, b: Severity | undefined): Severity | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return weights[a] >= weights[b] ? a : b;
}

/** Cuts tokens where marks begin and end. Their texts joined stay the same. */
export function markTokens(
  tokens: readonly Token[],
  marks: readonly TokenMark[],
): readonly MarkedToken[] {
  if (marks.length === 0) return tokens;
  const cuts = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const pieces: MarkedToken[] = [];
  let at = 0;
  for (const { kind, text } of tokens) {
    const end = at + text.length;
    const bounds = [at, ...cuts.filter((cut) => cut > at && cut < end), end];
    for (let index = 0; index + 1 < bounds.length; index++) {
      const from = bounds[index] ?? at;
      const to = bounds[index + 1] ?? end;
      let severity: Severity | undefined;
      for (const mark of marks) {
        if (mark.start < to && mark.end > from) severity = graver(severity, mark.severity);
      }
      const piece = { kind, text: text.slice(from - at, to - at) };
      pieces.push(severity === undefined ? piece : { ...piece, severity });
    }
    at = end;
  }
  return pieces;
}
