import type { Span } from "../text.ts";
import { attributeNamed } from "./attributes/catalog.ts";
import type { Line, Sdp, SdpDocument, Section } from "./document.ts";
import { attributeName, createLine } from "./line.ts";
import type { Mask } from "./mask.ts";
import { documentFrom, documentOf } from "./parse.ts";
import { sectionsOf } from "./sections.ts";

/** Masks the secrets of descriptions. */
export interface DescriptionRedactor {
  /**
   * The description with addresses, ICE credentials, fingerprints, session ids, SSRCs, CNAMEs, stream and track ids, keys
   * and free text masked. The same value has the same mask in every description of one redactor; an address keeps its
   * family and scope. Untouched lines are the same objects. Never throws on content.
   */
  description(sdp: Sdp): SdpDocument;
  /** The secrets of the first text that still stand in the second one, each where it does. Empty when all is masked. */
  leaks(before: Sdp, after: Sdp): readonly Leak[];
}

/** A secret that was not masked. */
export interface Leak {
  readonly kind: SecretKind;
  readonly value: string;
  /** In the second text. */
  readonly span: Span;
}

/** What a secret is, and so what its mask looks like. */
export type SecretKind =
  | "address"
  | "credential"
  | "fingerprint"
  | "session-id"
  | "ssrc"
  | "id"
  | "url"
  | "text";

/** Makes a redactor of descriptions that masks with a mask of its caller's. */
export function createDescriptionRedactor(mask: Mask): DescriptionRedactor {
  return {
    description(sdp) {
      const document = documentOf(sdp);
      const known = knownSecrets(document, mask);
      const sections = sectionsOf(document).map((section) => redactSection(section, mask, known));
      return documentFrom(sections[0] as Section, sections.slice(1));
    },
    leaks(before, after) {
      const text = after.toString();
      const secrets = new Map<string, SecretKind>();
      for (const { kind, value } of secretsOf(before)) {
        // What is its own mask, such as a loopback address, is no secret; what is shorter stands in any text by chance.
        const isTelling = value.length >= SHORTEST_SECRET && maskOf(mask, kind, value) !== value;
        if (isTelling) secrets.set(value, kind);
      }
      return [...secrets].flatMap(([value, kind]) =>
        places(text, value).map((span) => ({ kind, value, span })),
      );
    },
  };
}

/** Of an `a=ice-ufrag`. RFC 8839 §5.4. */
const SHORTEST_SECRET = 4;

/** A secret inside a line; the span is of the line's source. */
export interface Secret {
  readonly kind: SecretKind;
  readonly value: string;
  readonly span: Span;
}

function redactSection(section: Section, mask: Mask, known: ReadonlyMap<string, string>): Section {
  const lines = section.lines.map((line) => {
    const source = redactLine(line, mask, known);
    return source === line.source ? line : createLine(source, line.eol);
  });
  const isUntouched = lines.every((line, at) => line === section.lines[at]);
  return isUntouched ? section : { index: section.index, lines };
}

function redactLine(line: Line, mask: Mask, known: ReadonlyMap<string, string>): string {
  const secrets = secretsIn(line);
  if (secrets.length === 0 && !isKnownKind(line)) return withoutKnown(line.source, known);
  let result = "";
  let at = 0;
  for (const { kind, value, span } of secrets) {
    result += line.source.slice(at, span.start) + maskOf(mask, kind, value);
    at = span.end;
  }
  return result + line.source.slice(at);
}

/** RFC 9429 §5.2.1 keeps session ids below 2^62 − 1; an SSRC has 32 bits. */
const limits = { "session-id": [(1n << 62n) - 2n, (1n << 63n) - 1n], ssrc: [0n, 0xffffffffn] };

/** The mask of a secret, of the shape that its kind has. */
export function maskOf(mask: Mask, kind: SecretKind, value: string): string {
  switch (kind) {
    case "address":
      return mask.address(value);
    case "fingerprint":
      return mask.hex(value);
    case "session-id":
    case "ssrc":
      return mask.number(value, limits[kind]);
    case "credential":
    case "id":
    case "url":
    case "text":
      return mask.token(value);
    default:
      return kind satisfies never;
  }
}

/** Lines whose every part is understood: what is no secret there by its place is none. */
function isKnownKind(line: Line): boolean {
  const name = attributeName(line);
  return name === undefined ? line.type !== "" : attributeNamed(name) !== undefined;
}

/** A line that nobody understands may repeat a secret: it is masked there, too. */
function withoutKnown(source: string, known: ReadonlyMap<string, string>): string {
  return source.replace(/[^\s:;,="'<>()[\]]{4,}/g, (token) => known.get(token) ?? token);
}

function knownSecrets(document: SdpDocument, mask: Mask): ReadonlyMap<string, string> {
  return new Map(
    secretsOf(document)
      .filter(({ kind }) => kind !== "text")
      .map(({ kind, value }) => [value, maskOf(mask, kind, value)]),
  );
}

/** Every secret of a description, each as often as it stands there, with its span in its line. */
export function secretsOf(sdp: Sdp): readonly Secret[] {
  return sectionsOf(documentOf(sdp)).flatMap(({ lines }) => lines.flatMap(secretsIn));
}

function secretsIn(line: Line): readonly Secret[] {
  const { type, source } = line;
  switch (type) {
    case "o": {
      const [username, sessionId, version, , , address] = wordsFrom(source, 2);
      // Browsers write no user name, or their own name.
      const isNobody = username?.value === "-" || username?.value.startsWith("mozilla.");
      return [
        ...as("id", isNobody ? [] : [username]),
        ...as("session-id", [sessionId, withoutCounter(version)]),
        ...as("address", [address]),
      ];
    }
    case "c":
      return as("address", [withoutTtl(wordsFrom(source, 2)[2])]);
    case "s":
    case "i":
    case "u":
    case "e":
    case "p":
    case "k": {
      const value = source.slice(2);
      return value.trim() === "" || value === "-"
        ? []
        : [{ kind: "text", value, span: { start: 2, end: source.length } }];
    }
    case "a": {
      const name = attributeName(line);
      return name === undefined ? [] : secretsOfAttribute(name, source, 3 + name.length);
    }
    default:
      return [];
  }
}

function secretsOfAttribute(name: string, source: string, at: number): readonly Secret[] {
  const words = wordsFrom(source, at);
  switch (name) {
    case "candidate":
      return secretsOfCandidate(words);
    case "remote-candidates":
      return as(
        "address",
        words.filter((_, index) => index % 3 === 1),
      );
    case "rtcp":
      return as("address", [withoutTtl(words[3])]);
    case "source-filter":
      return as("address", words.slice(3).map(withoutTtl));
    case "ice-ufrag":
    case "ice-pwd":
    case "identity":
      return as("credential", words);
    case "crypto":
      return as("credential", [words[2]]);
    case "key-mgmt":
      return as("credential", [words[1]]);
    case "fingerprint":
      return as("fingerprint", words.slice(1));
    case "ssrc":
      return [...as("ssrc", [words[0]]), ...secretsOfSource(source, words)];
    case "ssrc-group":
      return as("ssrc", words.slice(1));
    case "msid":
      return as("id", words.filter(isNamed));
    case "msid-semantic":
      return as(
        "id",
        words.filter(isNamed).filter(({ value }) => value !== "WMS"),
      );
    case "tls-id":
    case "cname":
      return as("id", words);
    default:
      return [];
  }
}

/** RFC 8839 §5.1: the foundation is made of the address, in some agents by a plain checksum. */
function secretsOfCandidate(words: readonly Word[]): readonly Secret[] {
  const valueBehind = (name: string): Word | undefined => {
    const at = words.findIndex(({ value }, index) => index > 5 && value === name);
    return at === -1 ? undefined : words[at + 1];
  };
  const [foundation] = words;
  const isTelling = foundation !== undefined && foundation.value.length > 3;
  return [
    ...as("id", isTelling ? [foundation] : []),
    ...as("address", [words[4], valueBehind("raddr")]),
    ...as("credential", [valueBehind("ufrag")]),
  ].sort((a, b) => a.span.start - b.span.start);
}

/** `cname:…`, `msid:… …`, `mslabel:…`, `label:…` and `previous-ssrc:…` behind an SSRC. RFC 5576 §6. */
function secretsOfSource(source: string, words: readonly Word[]): readonly Secret[] {
  const [, attribute, ...rest] = words;
  if (attribute === undefined) return [];
  const colon = attribute.value.indexOf(":");
  const name = attribute.value.slice(0, colon);
  const kind = name === "previous-ssrc" ? "ssrc" : "id";
  if (!["cname", "msid", "mslabel", "label", "previous-ssrc"].includes(name)) return [];
  const start = attribute.span.start + colon + 1;
  const value = {
    value: source.slice(start, attribute.span.end),
    span: { start, end: attribute.span.end },
  };
  return as(kind, [value, ...rest].filter(isNamed));
}

/** `-` is no stream, `*` all of them (RFC 8830 §2); endpoints that call a track by its kind name nothing. */
function isNamed({ value }: Word): boolean {
  return !["-", "*", "audio", "video"].includes(value);
}

interface Word {
  readonly value: string;
  readonly span: Span;
}

function as(kind: SecretKind, words: readonly (Word | undefined)[]): readonly Secret[] {
  return words.flatMap((word) =>
    word === undefined || word.value === "" ? [] : [{ kind, ...word }],
  );
}

/** The words of a line behind an offset. */
function wordsFrom(source: string, from: number): readonly Word[] {
  const words: Word[] = [];
  let start = from;
  for (let at = from; at <= source.length; at++) {
    const isEnd = at === source.length || source[at] === " " || source[at] === "\t";
    if (!isEnd) continue;
    if (at > start) words.push({ value: source.slice(start, at), span: { start, end: at } });
    start = at + 1;
  }
  return words;
}

/** Versions that begin with the time, or with the session id, go; their end counts the descriptions. RFC 8866 §5.2. */
function withoutCounter(version: Word | undefined): Word | undefined {
  if (version === undefined || version.value.length < 6) return undefined;
  const { start, end } = version.span;
  return { value: version.value.slice(0, -3), span: { start, end: end - 3 } };
}

/** A multicast address has a TTL or a count behind a slash. RFC 8866 §5.7. */
function withoutTtl(word: Word | undefined): Word | undefined {
  const slash = word?.value.indexOf("/") ?? -1;
  if (word === undefined || slash === -1) return word;
  const { start } = word.span;
  return { value: word.value.slice(0, slash), span: { start, end: start + slash } };
}

/** Where a value stands as a whole word. */
function places(text: string, value: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    const end = at + value.length;
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[end]))
      spans.push({ start: at, end });
  }
  return spans;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}
