import type { Diagnostic } from "../diagnostic.ts";
import { formatDiagnostics } from "../diagnostic.ts";
import type { Message } from "../text.ts";
import type { Invocation } from "./command.ts";

/**
 * Prints what was found and gives the exit code: 1 with an error or a warning among it, 0 otherwise.
 * As JSON each diagnostic is one line; for people a count follows.
 */
export function printDiagnostics(
  { io, json, lang }: Invocation,
  text: string,
  diagnostics: readonly Diagnostic[],
): number {
  if (json) for (const diagnostic of diagnostics) io.out(JSON.stringify(diagnostic));
  else {
    if (diagnostics.length > 0) {
      io.out(formatDiagnostics(text, diagnostics, { lang, colour: io.isColour }));
    }
    io.out(count(diagnostics)[lang]);
  }
  return diagnostics.some(({ severity }) => severity !== "info") ? 1 : 0;
}

/** How many there are of each severity, in a sentence. */
export function count(diagnostics: readonly Diagnostic[]): Message {
  const of = (severity: Diagnostic["severity"]): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
  return {
    en: `${plural(of("error"), "error")}, ${plural(of("warning"), "warning")}, ${of("info")} info`,
    ko: `오류 ${of("error")}개, 경고 ${of("warning")}개, 정보 ${of("info")}개`,
  };
}
