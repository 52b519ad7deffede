import type { Grammar } from "./attribute.ts";
import { attributeNamed } from "./attributes/catalog.ts";
import type { Line } from "./document.ts";
import { attributeName } from "./line.ts";
import { lineKindOf } from "./lines/catalog.ts";

/** The grammar of a line and where its value begins in the line's source; `undefined` for a line that no file describes. */
export interface LineGrammar {
  readonly grammar: Grammar<unknown>;
  readonly valueStart: number;
  /** How a sentence names the line: `a=rtpmap` or `m=`. */
  readonly label: string;
}

/** Finds the grammar of a line, in the family of attributes or in that of the other lines. */
export function grammarOf(line: Line): LineGrammar | undefined {
  const name = attributeName(line);
  if (name === undefined) {
    const kind = lineKindOf(line.type);
    return kind && { grammar: kind, valueStart: 2, label: `${line.type}=` };
  }
  const attribute = attributeNamed(name);
  const valueStart = Math.min(2 + name.length + 1, line.source.length);
  return attribute && { grammar: attribute, valueStart, label: `a=${name}` };
}
