import type { Diagnostic } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import type { Message } from "../text.ts";
import type { MediaDescription, SessionDescription } from "./description.ts";
import type { Scanner } from "./scanner.ts";

/** Where an attribute may stand: in the session part, in a media section, or on an `a=ssrc` line. RFC 8866 §5.13, RFC 5576 §4.1. */
export type AttributeLevel = "session" | "media" | "source";

/**
 * How often a line may stand in one part of a description: once, as often as one likes,
 * or once for each format (payload type), id or other key that its value begins with.
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

/** What an explanation may look at beside the line itself. All of it is optional: a line explains itself alone, too. */
export interface ExplainContext {
  readonly description?: SessionDescription;
  /** The section in which the line stands. */
  readonly media?: MediaDescription;
}

/** A sentence, or how to make one from a part's text, the whole value and what stands around it. */
export type Wording<Value> =
  | Message
  | { say(text: string, value: Value, context: ExplainContext): Message }["say"];

/** What a part of a value is called, and what it means. */
export interface PartWords<Value> {
  readonly name: Message;
  readonly meaning: Wording<Value>;
}

/** How the value of a line is read, printed and explained: what attributes and the other lines have in common. */
export interface Grammar<Value, Part extends string = string> {
  /** Where the syntax is defined. */
  readonly rfc: RfcRef;
  /**
   * Reads a value. The scanner stands behind `a=name:`, or behind the `=` of another line.
   * Every part is read by naming it; what is returned counts only when the scanner is not broken afterwards.
   */
  read(scan: Scanner<Part>): Value;
  /** The text of a value; `read` of it gives an equal value. */
  print(value: Value): string;
  /** One or two sentences: what this line says, with its values in it. */
  summary(value: Value, context: ExplainContext): Message;
  /** The words for each part that `read` names. */
  readonly parts: Readonly<Record<Part, PartWords<Value>>>;
  /**
   * What is wrong with a line beyond the faults that `read` reports, or instead of them;
   * spans are offsets in the line's source. For a value whose grammar belongs to another room.
   * `undefined` where the faults of `read` tell it all.
   */
  diagnose?(source: string): readonly Diagnostic[] | undefined;
}

/** One attribute: everything that is known of it stands in its own file. */
export interface Attribute<Value, Part extends string = string> extends Grammar<Value, Part> {
  readonly name: string;
  readonly levels: readonly AttributeLevel[];
  readonly multiplicity: Multiplicity;
  readonly mux: MuxCategory;
}

/** One kind of line other than `a=`. */
export interface LineKind<Value, Part extends string = string> extends Grammar<Value, Part> {
  /** The type letter. */
  readonly type: string;
  readonly levels: readonly ("session" | "media")[];
  readonly multiplicity: Multiplicity;
}

/** Declares an attribute. */
export function defineAttribute<Value, Part extends string>(
  attribute: Attribute<Value, Part>,
): Attribute<Value, Part> {
  return attribute;
}

/** What a flag declares: an attribute without a value, so there is nothing to read and one sentence to say. */
export interface Flag extends Pick<Attribute<true>, "name" | "levels" | "mux" | "rfc"> {
  readonly summary: Wording<true>;
}

/** Declares an attribute without a value: that it stands there is all it says. */
export function defineFlag(flag: Flag): Attribute<true, never> {
  const { summary } = flag;
  return {
    ...flag,
    multiplicity: "one",
    read: () => true,
    print: () => "",
    summary: (value, context) =>
      typeof summary === "function" ? summary("", value, context) : summary,
    parts: {},
  };
}

/** Declares a kind of line. */
export function defineLine<Value, Part extends string>(
  line: LineKind<Value, Part>,
): LineKind<Value, Part> {
  return line;
}

/**
 * Reads the value that stands at `at` in a text, up to its end.
 * `undefined` when the grammar did not find all that it needs; text that is left over is only reported.
 */
export function readValue<Value>(
  grammar: Pick<Grammar<Value>, "read">,
  scan: Scanner,
  text: string,
  at: number,
): Value | undefined {
  scan.reset(text, at);
  const value = grammar.read(scan);
  scan.finish();
  return scan.isBroken ? undefined : value;
}
