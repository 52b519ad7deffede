import type { Diagnostic } from "../diagnostic.ts";
import type { Line, LineEnd, Sdp, SdpDocument, Section } from "./document.ts";
import { readFaults } from "./faults.ts";
import { createLine } from "./line.ts";
import { sectionsOf } from "./sections.ts";

/**
 * Cuts a text into lines and sections. Never throws and never changes anything: `stringify(parse(text)) === text`
 * for every string, also for one that is no SDP at all. What is wrong with the text is told by `diagnostics`.
 *
 * A line ends with CRLF, LF or a lone CR. A media section starts at each line that starts with `m=`. RFC 8866 §5.
 */
export function parse(text: string): SdpDocument {
  const session: Line[] = [];
  const media: Section[] = [];
  let lines = session;
  const { length } = text;
  let cr = indexOrBeyond(text, "\r", 0);
  let lf = indexOrBeyond(text, "\n", 0);
  for (let at = 0; at < length; ) {
    // Each of the two searches runs over the text once, whatever its line ends are.
    if (cr < at) cr = indexOrBeyond(text, "\r", at);
    if (lf < at) lf = indexOrBeyond(text, "\n", at);
    let end = length;
    let eol: LineEnd = "";
    if (lf === cr + 1) {
      end = cr;
      eol = "\r\n";
    } else if (lf < cr) {
      end = lf;
      eol = "\n";
    } else if (cr < length) {
      end = cr;
      eol = "\r";
    }
    if (text.charCodeAt(at) === LETTER_M && text.charCodeAt(at + 1) === EQUALS) {
      lines = [];
      media.push({ index: media.length, lines });
    }
    lines.push(createLine(text.slice(at, end), eol));
    at = end + eol.length;
  }
  return new TextDocument({ index: -1, lines: session }, media, text);
}

/** The document itself, or the one that `parse` makes of a text. */
export function documentOf(sdp: Sdp): SdpDocument {
  return typeof sdp === "string" ? parse(sdp) : sdp;
}

/**
 * A document from sections that already stand; used by edits, which share untouched sections and lines.
 * The caller keeps the order: the session part, then media sections that each begin with their `m=` line.
 */
export function documentFrom(session: Section, media: readonly Section[]): SdpDocument {
  return new TextDocument(session, media);
}

const LETTER_M = 0x6d;
const EQUALS = 0x3d;

/** Where a character stands, or a place so far behind the end that no other one is next to it. */
function indexOrBeyond(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length + 2 : index;
}

class TextDocument implements SdpDocument {
  readonly session: Section;
  readonly media: readonly Section[];
  #text: string | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;

  constructor(session: Section, media: readonly Section[], text?: string) {
    this.session = session;
    this.media = media;
    this.#text = text;
  }

  get diagnostics(): readonly Diagnostic[] {
    this.#diagnostics ??= readFaults(this);
    return this.#diagnostics;
  }

  toString(): string {
    this.#text ??= print(this);
    return this.#text;
  }
}

function print(document: SdpDocument): string {
  let text = "";
  for (const section of sectionsOf(document)) {
    for (const line of section.lines) text += line.source + line.eol;
  }
  return text;
}
