import type { Line, LineEnd } from "./document.ts";

/**
 * A line from its source text and its end. `type` and `value` are read from the source when asked for,
 * so that a document costs one object and one slice a line.
 */
export function createLine(source: string, eol: LineEnd): Line {
  return new SourceLine(source, eol);
}

/** Whether a line is `a=name` or `a=name:…`, with the name written exactly so. Attribute names are case-sensitive. RFC 8866 §5.13. */
export function isAttribute(line: Line, name: string): boolean {
  const { source } = line;
  const end = 2 + name.length;
  return (
    source.startsWith("a=") &&
    source.startsWith(name, 2) &&
    (source.length === end || source.charCodeAt(end) === COLON)
  );
}

/** The name of an attribute line; `undefined` for every other line. */
export function attributeName(line: Line): string | undefined {
  const { source } = line;
  if (!source.startsWith("a=")) return undefined;
  const colon = source.indexOf(":", 2);
  return colon < 0 ? source.slice(2) : source.slice(2, colon);
}

/** What stands after the colon of an attribute line; `undefined` for an attribute without a colon and for every other line. */
export function attributeValue(line: Line): string | undefined {
  const { source } = line;
  if (!source.startsWith("a=")) return undefined;
  const colon = source.indexOf(":", 2);
  return colon < 0 ? undefined : source.slice(colon + 1);
}

/** Whether a text starts, at `at`, with a letter and `=`. Upper case counts: it is a wrong type letter, not a different form. */
export function hasTypeLetter(text: string, at: number): boolean {
  if (text.charCodeAt(at + 1) !== EQUALS) return false;
  const lower = text.charCodeAt(at) | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

const EQUALS = 0x3d;
const COLON = 0x3a;

class SourceLine implements Line {
  readonly source: string;
  readonly eol: LineEnd;

  constructor(source: string, eol: LineEnd) {
    this.source = source;
    this.eol = eol;
  }

  get type(): string {
    return hasTypeLetter(this.source, 0) ? this.source.charAt(0) : "";
  }

  get value(): string {
    return hasTypeLetter(this.source, 0) ? this.source.slice(2) : this.source;
  }

  toJSON(): Line {
    return { type: this.type, value: this.value, source: this.source, eol: this.eol };
  }
}
