import type { RfcRef } from "../rfc.ts";
import type { Scanner } from "./scanner.ts";

/** Where an attribute may stand: in the session part, in a media section, or on an `a=ssrc` line. RFC 8866 §5.13, RFC 5576 §4.1. */
export type AttributeLevel = "session" | "media" | "source";

/**
 * How often an attribute may stand in one part of a description: once, as often as one likes,
 * or once for each format (payload type), mid, source or other key that its value begins with.
 */
export type Multiplicity = "one" | "many" | "per-key";

/** What happens to an attribute when media sections share a transport. RFC 8859 §4. */
export type MuxCategory =
  | "NORMAL"
  | "CAUTION"
  | "IDENTICAL"
  | "SUM"
  | "TRANSPORT"
  | "INHERIT"
  | "IDENTICAL-PER-PT"
  | "SPECIAL"
  | "TBD";

/** How the value of a line is read and printed: what attributes and the other lines have in common. */
export interface Grammar<Value, Part extends string = string> {
  readonly rfc: RfcRef;
  /** Reads a value from the scanner, which stands behind `name:`. What comes out counts only when the scanner is not broken. */
  read(scan: Scanner<Part>): Value;
  /** The text of a value, behind `name:`; `read` of it gives the same value. */
  print(value: Value): string;
}

/** One attribute: everything that is known of it stands in its own file. */
export interface Attribute<Value, Part extends string = string> extends Grammar<Value, Part> {
  readonly name: string;
  readonly levels: readonly AttributeLevel[];
  readonly multiplicity: Multiplicity;
  readonly mux: MuxCategory;
}

/** Declares an attribute. */
export function defineAttribute<Value, Part extends string>(
  attribute: Attribute<Value, Part>,
): Attribute<Value, Part> {
  return attribute;
}

/**
 * Reads the value that stands at `at` in a text, up to its end.
 * `undefined` when the grammar did not find all that it needs; text that is left over is only reported.
 */
export function readValue<Value>(
  grammar: Grammar<Value>,
  scan: Scanner,
  text: string,
  at: number,
): Value | undefined {
  scan.reset(text, at);
  const value = grammar.read(scan);
  scan.finish();
  return scan.isBroken ? undefined : value;
}

/** Declares an attribute without a value: that it stands there is all it says. */
export function defineFlag(
  flag: Omit<Attribute<true, never>, "multiplicity" | "read" | "print">,
): Attribute<true, never> {
  return { ...flag, multiplicity: "one", read: () => true, print: () => "" };
}

/** One kind of line other than `a=`. */
export interface LineKind<Value, Part extends string = string> extends Grammar<Value, Part> {
  /** The type letter. */
  readonly type: string;
  readonly levels: readonly ("session" | "media")[];
  readonly multiplicity: Multiplicity;
}

/** Declares a kind of line. */
export function defineLine<Value, Part extends string>(
  line: LineKind<Value, Part>,
): LineKind<Value, Part> {
  return line;
}
