import type { Candidate, CandidateExtension } from "./candidate.ts";

/**
 * Reads a candidate that nothing is to be said about, in one pass; undefined for every other text, which then takes the way of
 * `parseCandidate` that explains. Both ways read alike, and a property test holds them to it: what is read here has
 * no diagnostic there.
 *
 * `at` is the start of the foundation, `end` the end of the content.
 */
export function scanCandidate(text: string, at: number, end: number): Candidate | undefined {
  const foundationEnd = skipIceChars(text, at, end);
  if (foundationEnd === at || foundationEnd - at > 32) return undefined;
  const foundation = text.slice(at, foundationEnd);
  let cursor = foundationEnd;

  // Numbers are read in place: a call for each would cost more than the reading.
  let component = 0;
  let digits = ++cursor;
  for (let unit = text.charCodeAt(cursor); unit >= ZERO && unit <= NINE; ) {
    component = component * 10 + unit - ZERO;
    unit = text.charCodeAt(++cursor);
  }
  if (text.charCodeAt(foundationEnd) !== SPACE || cursor === digits || cursor - digits > 3)
    return undefined;
  if (component < 1 || component > 256 || text.charCodeAt(cursor) !== SPACE) return undefined;

  const transport = transportAt(text, ++cursor);
  if (transport === undefined) return undefined;
  cursor += 4;

  let priority = 0;
  digits = cursor;
  for (let unit = text.charCodeAt(cursor); unit >= ZERO && unit <= NINE; ) {
    priority = priority * 10 + unit - ZERO;
    unit = text.charCodeAt(++cursor);
  }
  if (cursor === digits || cursor - digits > 10 || text.charCodeAt(cursor) !== SPACE)
    return undefined;
  if (priority < 1 || priority > HIGHEST_PRIORITY || 256 - (priority & 255) !== component)
    return undefined;

  const addressAt = ++cursor;
  cursor = skipOrdinaryAddress(text, cursor);
  if (cursor < 0 || text.charCodeAt(cursor) !== SPACE) return undefined;
  const address = text.slice(addressAt, cursor);

  let port = 0;
  digits = ++cursor;
  for (let unit = text.charCodeAt(cursor); unit >= ZERO && unit <= NINE; ) {
    port = port * 10 + unit - ZERO;
    unit = text.charCodeAt(++cursor);
  }
  if (cursor - digits > 5 || port < 1 || port > 65535) return undefined;
  // " typ "
  if (
    text.charCodeAt(cursor) !== SPACE ||
    text.charCodeAt(cursor + 1) !== 116 ||
    text.charCodeAt(cursor + 2) !== 121 ||
    text.charCodeAt(cursor + 3) !== 112 ||
    text.charCodeAt(cursor + 4) !== SPACE
  )
    return undefined;
  cursor += 5;
  const type = typeAt(text, cursor, end);
  if (type === undefined) return undefined;
  cursor += type.length;

  let relatedAddress: string | undefined;
  let relatedPort = 0;
  if (type !== "host") {
    if (!text.startsWith(" raddr ", cursor)) return undefined;
    const from = cursor + 7;
    cursor = skipWord(text, from, end);
    if (cursor === from || !text.startsWith(" rport ", cursor)) return undefined;
    relatedAddress = text.slice(from, cursor);
    if (relatedAddress === "rport") return undefined;
    cursor += 7;
    digits = cursor;
    for (let unit = text.charCodeAt(cursor); unit >= ZERO && unit <= NINE; ) {
      relatedPort = relatedPort * 10 + unit - ZERO;
      unit = text.charCodeAt(++cursor);
    }
    if (cursor === digits || cursor - digits > 5 || relatedPort > 65535) return undefined;
  }

  const isTcp = transport === "tcp" || transport === "TCP";
  let tcpType: string | undefined;
  let usernameFragment: string | undefined;
  const extensions = cursor === end ? [] : scanExtensions(text, cursor, end);
  if (extensions === undefined) return undefined;
  for (const { name, value } of extensions) {
    if (name === "ufrag") usernameFragment = value;
    else if (name === "tcptype") {
      if (!isTcp || (value !== "active" && value !== "passive" && value !== "so")) return undefined;
      if (value === "active" && port !== 9) return undefined;
      tcpType = value;
    }
  }
  if (isTcp && tcpType === undefined) return undefined;

  const candidate: Mutable<Candidate> =
    relatedAddress === undefined
      ? {
          foundation,
          component,
          transport,
          priority,
          address,
          port,
          type,
          extensions,
          source: text,
        }
      : {
          foundation,
          component,
          transport,
          priority,
          address,
          port,
          type,
          relatedAddress,
          relatedPort,
          extensions,
          source: text,
        };
  if (tcpType !== undefined) candidate.tcpType = tcpType;
  if (usernameFragment !== undefined) candidate.usernameFragment = usernameFragment;
  return candidate;
}

/** Up to four known extensions, each once; a candidate with more takes the long way. */
function scanExtensions(
  text: string,
  from: number,
  end: number,
): readonly CandidateExtension[] | undefined {
  const first = extensionAt(text, from, end);
  if (first === undefined) return undefined;
  const second = from + lengthOf(first);
  if (second === end) return [first];
  const next = extensionAt(text, second, end);
  if (next === undefined || next.name === first.name) return undefined;
  const third = second + lengthOf(next);
  if (third === end) return [first, next];
  const last = extensionAt(text, third, end);
  if (last === undefined || last.name === first.name || last.name === next.name) return undefined;
  const fourth = third + lengthOf(last);
  if (fourth === end) return [first, next, last];
  const more = extensionAt(text, fourth, end);
  if (more === undefined || fourth + lengthOf(more) !== end) return undefined;
  const isRepeated = [first, next, last].some(({ name }) => name === more.name);
  return isRepeated ? undefined : [first, next, last, more];
}

/** With both spaces. */
function lengthOf({ name, value }: CandidateExtension): number {
  return name.length + value.length + 2;
}

/** The known extension that starts here with a space. */
function extensionAt(text: string, at: number, end: number): CandidateExtension | undefined {
  if (text.charCodeAt(at) !== SPACE) return undefined;
  const name = extensionNameAt(text, at + 1);
  if (name === undefined) return undefined;
  const from = at + name.length + 2;
  const to = skipWord(text, from, end);
  return to > from ? { name, value: text.slice(from, to) } : undefined;
}

/** The name of a known extension with a space behind. */
function extensionNameAt(text: string, at: number): string | undefined {
  switch (text.charCodeAt(at)) {
    case 103:
      return text.startsWith("generation ", at) ? "generation" : undefined;
    case 117:
      return text.startsWith("ufrag ", at) ? "ufrag" : undefined;
    case 110:
      if (text.startsWith("network-id ", at)) return "network-id";
      return text.startsWith("network-cost ", at) ? "network-cost" : undefined;
    case 116:
      return text.startsWith("tcptype ", at) ? "tcptype" : undefined;
    default:
      return undefined;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const SPACE = 32;
const DOT = 46;
const DASH = 45;
const ZERO = 48;
const NINE = 57;
/** Type preference 126 with all else at its highest. */
const HIGHEST_PRIORITY = 0x7effffff;

/** `udp` or `tcp` in one case, with a space behind. Compared unit by unit: a call to `startsWith` costs more. */
function transportAt(text: string, at: number): string | undefined {
  if (text.charCodeAt(at + 3) !== SPACE) return undefined;
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  const third = text.charCodeAt(at + 2);
  if (first === 117) return second === 100 && third === 112 ? "udp" : undefined;
  if (first === 85) return second === 68 && third === 80 ? "UDP" : undefined;
  if (first === 116) return second === 99 && third === 112 ? "tcp" : undefined;
  return first === 84 && second === 67 && third === 80 ? "TCP" : undefined;
}

function typeAt(text: string, at: number, end: number): Candidate["type"] | undefined {
  if (
    text.charCodeAt(at) === 104 &&
    text.charCodeAt(at + 1) === 111 &&
    text.charCodeAt(at + 2) === 115 &&
    text.charCodeAt(at + 3) === 116
  )
    return isWordEnd(text, at + 4, end) ? "host" : undefined;
  for (const type of reflexiveOrRelayed)
    if (text.startsWith(type, at)) return isWordEnd(text, at + 5, end) ? type : undefined;
  return undefined;
}

const reflexiveOrRelayed = ["srflx", "relay", "prflx"] as const;

function isWordEnd(text: string, at: number, end: number): boolean {
  return at === end || (at < end && text.charCodeAt(at) === SPACE);
}

function skipIceChars(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && iceChars[text.charCodeAt(at)] === 1) at++;
  return at;
}

/** 1 for `ALPHA / DIGIT / "+" / "/"`. RFC 8839 §5.1. */
const iceChars: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) =>
  Number(
    (unit >= 47 && unit <= NINE) ||
      unit === 43 ||
      (unit >= 65 && unit <= 90) ||
      (unit >= 97 && unit <= 122),
  ),
);

/** The end of a word of visible characters; a control character stops it too, and then no space follows. */
function skipWord(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const unit = text.charCodeAt(at);
    if (unit <= SPACE || unit === 127) break;
    at++;
  }
  return at;
}

/** The end of an IPv4 address that a peer can send to, or of an mDNS name; −1 for every other address. */
function skipOrdinaryAddress(text: string, from: number): number {
  if (text.charCodeAt(from + 8) === DASH) return skipUuidName(text, from);
  let at = from;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0 && text.charCodeAt(at++) !== DOT) return -1;
    const start = at;
    let value = 0;
    for (let unit = text.charCodeAt(at); unit >= ZERO && unit <= NINE; ) {
      value = value * 10 + unit - ZERO;
      unit = text.charCodeAt(++at);
    }
    const length = at - start;
    if (length === 0 || length > 3 || value > 255) return -1;
    if (length > 1 && text.charCodeAt(start) === ZERO) return -1;
    // Loopback, unspecified, multicast and the blocks that may be reserved are told, not passed.
    if (
      octet === 0 &&
      (value === 0 || value === 127 || value === 192 || value === 198 || value > 223)
    )
      if (value !== 192 || !text.startsWith(".168.", at)) return -1;
  }
  return at;
}

/** A version 4 UUID and `.local`. The expression has no choices: it looks at each character once. */
const uuidName = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\.local /iy;

function skipUuidName(text: string, from: number): number {
  uuidName.lastIndex = from;
  return uuidName.test(text) ? from + 42 : -1;
}
