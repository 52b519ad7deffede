import type { Diagnostic } from "../diagnostic.ts";
import type { Sdp, SdpDocument, Section } from "./document.ts";
import { readFaults } from "./faults.ts";
import { sectionsOf } from "./sections.ts";
import { textOf, textSection } from "./text-section.ts";

/**
 * Cuts a text into sections and lines. Never changes anything and never throws for a string: `stringify(parse(text)) === text`
 * for every one, also for one that is no SDP at all. What is wrong with the text is told by `diagnostics`.
 *
 * A line ends with CRLF, LF or a lone CR. A media section starts at each line that starts with `m=`. RFC 8866 §5.
 * The sections are found at once, the lines of a section when they are first read, and then kept.
 */
export function parse(text: string): SdpDocument {
  if (typeof text !== "string") throw new TypeError(notSdp(text));
  const media: Section[] = [];
  let session: Section | undefined;
  let start = 0;
  let index = -1;
  for (let at = text.indexOf("m="); at >= 0; at = text.indexOf("m=", at + 2)) {
    // What comes before the start of a line ends a line: an LF, or a CR, which is alone since no LF follows it.
    const before = at === 0 ? LF : text.charCodeAt(at - 1);
    if (before !== LF && before !== CR) continue;
    const section = textSection(index++, text.slice(start, at));
    if (session === undefined) session = section;
    else media.push(section);
    start = at;
  }
  const last = textSection(index, text.slice(start));
  if (session === undefined) session = last;
  else media.push(last);
  return new TextDocument(session, media, text);
}

/** The document itself, or the one that `parse` makes of a text. Throws `TypeError` for anything else. */
export function documentOf(sdp: Sdp): SdpDocument {
  if (typeof sdp === "string") return parse(sdp);
  const given: unknown = sdp;
  if (typeof given === "object" && given !== null && "session" in given && "media" in given) {
    return sdp;
  }
  throw new TypeError(notSdp(given));
}

function notSdp(given: unknown): string {
  const isInit = typeof given === "object" && given !== null && "sdp" in given;
  return isInit
    ? "An SDP text or a document is needed, not the object around it: pass its sdp."
    : `An SDP text or a document of parse() is needed, not ${given === null ? "null" : typeof given}.`;
}

/**
 * A document from sections that already stand; used by edits, which share untouched sections and lines.
 * The caller keeps the order: the session part, then media sections that each begin with their `m=` line.
 */
export function documentFrom(session: Section, media: readonly Section[]): SdpDocument {
  return new TextDocument(session, media);
}

/**
 * What `make` gives for a document, made once for each key and kept as long as the document. A document never changes,
 * so what follows from it does not either. Kept on the document, because a WeakMap of short-lived documents costs more
 * than it saves.
 */
export function remember<Value>(document: SdpDocument, key: symbol, make: () => Value): Value {
  return document instanceof TextDocument ? TextDocument.remember(document, key, make) : make();
}

/** What `remember` keeps for a document under a key; `undefined` when it has not been asked for. */
export function recall<Value>(document: SdpDocument, key: symbol): Value | undefined {
  return document instanceof TextDocument ? TextDocument.recall<Value>(document, key) : undefined;
}

const LF = 0x0a;
const CR = 0x0d;

class TextDocument implements SdpDocument {
  readonly session: Section;
  readonly media: readonly Section[];
  #text: string | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;
  #memory: Memory | undefined;

  static remember<Value>(document: TextDocument, key: symbol, make: () => Value): Value {
    const known = TextDocument.recall<Value>(document, key);
    if (known !== undefined) return known;
    const value = make();
    document.#memory = { key, value, next: document.#memory };
    return value;
  }

  static recall<Value>(document: TextDocument, key: symbol): Value | undefined {
    let memory = document.#memory;
    while (memory !== undefined && memory.key !== key) memory = memory.next;
    return memory?.value as Value | undefined;
  }

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

/** What is kept under one key, and all that was kept before it: a list of two or three, for which a Map is too large. */
interface Memory {
  readonly key: symbol;
  readonly value: unknown;
  readonly next: Memory | undefined;
}

function print(document: SdpDocument): string {
  let text = "";
  for (const section of sectionsOf(document)) text += textOf(section);
  return text;
}
