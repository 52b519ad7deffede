import type { Diagnostic } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { Message, Span } from "../text.ts";
import { readValue } from "./attribute.ts";
import type { Line } from "./document.ts";
import type { Fault, FaultList } from "./fault-list.ts";
import type { LineGrammar } from "./grammar-of.ts";
import { grammarOf } from "./grammar-of.ts";
import type { ScanFault } from "./scanner.ts";
import { Scanner } from "./scanner.ts";
import { sectionsOf } from "./sections.ts";

/** Values that their own grammar cannot read, part by part. */
export function findValueFaults(faults: FaultList): void {
  let at = 0;
  for (const section of sectionsOf(faults.document)) {
    for (const line of section.lines) {
      for (const fault of valueFaults(line)) faults.add(moved(fault, at));
      at += line.source.length + line.eol.length;
    }
  }
}

function moved({ fix, ...fault }: Fault, by: number): Fault {
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  const result = { ...fault, span: move(fault.span) };
  if (!fix) return result;
  const edits = fix.edits.map(({ span, text }) => ({ span: move(span), text }));
  return { ...result, fix: { ...fix, edits } };
}

/** What is wrong with the value of one line; spans are offsets in its source. */
export function valueFaults(line: Line): readonly Fault[] {
  const found = grammarOf(line);
  if (found === undefined) return [];
  const { grammar, valueStart } = found;
  const own = grammar.diagnose?.(line.source);
  if (own) return own.map(withSpan);
  const scan = new Scanner({ parts: [], faults: [] });
  readValue(grammar, scan, line.source, valueStart);
  const faults = scan.record?.faults ?? [];
  return faults.map((fault) => toFault(fault, found, line.source));
}

function withSpan({ position: _, ...diagnostic }: Diagnostic): Fault {
  return { ...diagnostic, span: diagnostic.span ?? { start: 0, end: 0 } };
}

function toFault({ kind, part, span }: ScanFault, found: LineGrammar, source: string): Fault {
  const { grammar, label } = found;
  const name = part === undefined ? undefined : grammar.parts[part]?.name;
  const text = shortened(source.slice(span.start, span.end));
  return {
    code: `sdp/value-${kind}`,
    severity: kind === "surplus" ? "warning" : "error",
    message: messages[kind](label, name ?? value, text),
    span,
    rfc: grammar.rfc ?? rfc(8866, "5"),
  };
}

const value: Message = { en: "value", ko: "값" };

const messages: Readonly<
  Record<ScanFault["kind"], (label: string, name: Message, text: string) => Message>
> = {
  missing: (label, name) => ({
    en: `The ${label} line lacks its ${name.en}, which should stand here.`,
    ko: `${label} 줄의 이 자리에 있어야 할 값(${name.ko})이 없습니다.`,
  }),
  malformed: (label, name, text) => ({
    en: `“${text}” in the ${label} line is no valid ${name.en}.`,
    ko: `${label} 줄의 “${text}”은(는) 올바른 값(${name.ko})이 아닙니다.`,
  }),
  surplus: (label, _name, text) =>
    text.trim() === ""
      ? {
          en: `The ${label} line has more blanks here than its syntax allows.`,
          ko: `${label} 줄의 이 자리에 공백이 너무 많습니다.`,
        }
      : {
          en: `“${text}” is left over in the ${label} line: its syntax has no place for it.`,
          ko: `${label} 줄에 “${text}”이(가) 남습니다. 문법상 올 자리가 없습니다.`,
        },
};

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
