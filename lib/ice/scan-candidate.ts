import type { Candidate, CandidateExtension } from "./candidate.ts";

/**
 * Reads a candidate that nothing is to be said about; undefined for every other text, which then takes the way of
 * `parseCandidate` that explains. Both ways read alike, and a property test holds them to it: what is read here has
 * no diagnostic there.
 *
 * One expression tells whether the text has the shape, then the fields are taken from their places. An expression passes
 * a character several times faster than `charCodeAt` does, and a capture costs more than to find its place again.
 */
export function scanCandidate(text: string): Candidate | undefined {
  if (!shape.test(text)) return undefined;
  // A foundation has neither "=" nor ":".
  let at = text.charCodeAt(1) === EQUALS ? 2 : 0;
  if (text.charCodeAt(at + 9) === COLON) at += 10;
  let cursor = text.indexOf(" ", at);
  if (cursor - at > 32) return undefined;
  const foundation = text.slice(at, cursor);

  // Numbers are read in place: a call for each would cost more than the reading.
  at = ++cursor;
  let component = 0;
  for (let unit = text.charCodeAt(at); unit !== SPACE; unit = text.charCodeAt(++cursor))
    component = component * 10 + unit - ZERO;
  if (component < 1 || cursor - at > 3) return undefined;

  const transport = transportAt(text, ++cursor);
  at = cursor += 4;
  let priority = 0;
  for (let unit = text.charCodeAt(at); unit !== SPACE; unit = text.charCodeAt(++cursor))
    priority = priority * 10 + unit - ZERO;
  if (priority < 1 || priority > HIGHEST_PRIORITY || cursor - at > 10) return undefined;
  // Keeps the component at 256 or below too.
  if (256 - (priority & 255) !== component) return undefined;

  at = ++cursor;
  cursor = text.indexOf(" ", at);
  if (!isOrdinary(text, at, cursor)) return undefined;
  const address = text.slice(at, cursor);

  at = ++cursor;
  let port = 0;
  for (let unit = text.charCodeAt(at); unit !== SPACE; unit = text.charCodeAt(++cursor))
    port = port * 10 + unit - ZERO;
  if (port < 1 || port > 65535 || cursor - at > 5) return undefined;

  cursor += " typ ".length;
  const type = typeOf(text.charCodeAt(cursor));
  cursor += type.length;
  let relatedAddress: string | undefined;
  let relatedPort = 0;
  if (type !== "host") {
    at = cursor + " raddr ".length;
    cursor = text.indexOf(" ", at);
    relatedAddress = text.slice(at, cursor);
    if (relatedAddress === "rport") return undefined;
    at = cursor += " rport ".length;
    for (let unit = text.charCodeAt(at); unit >= ZERO; unit = text.charCodeAt(++cursor))
      relatedPort = relatedPort * 10 + unit - ZERO;
    if (relatedPort > 65535 || cursor - at > 5) return undefined;
  }

  let first: CandidateExtension | undefined;
  let second: CandidateExtension | undefined;
  let third: CandidateExtension | undefined;
  let fourth: CandidateExtension | undefined;
  let tcpType: string | undefined;
  let usernameFragment: string | undefined;
  while (text.charCodeAt(cursor) === SPACE) {
    const name = extensionName(text, cursor + 1);
    at = cursor + name.length + 2;
    cursor = at + 1;
    while (text.charCodeAt(cursor) > SPACE) cursor++;
    const value = text.slice(at, cursor);
    if (name === "ufrag") usernameFragment = value;
    else if (name === "tcptype") tcpType = value;
    const extension = { name, value };
    if (first === undefined) first = extension;
    else if (name === first.name || name === second?.name || name === third?.name) return undefined;
    else if (second === undefined) second = extension;
    else if (third === undefined) third = extension;
    else if (fourth === undefined) fourth = extension;
    else return undefined;
  }
  const extensions = listOf(first, second, third, fourth);
  const source = text;
  if (transport === "udp" || transport === "UDP") {
    if (tcpType !== undefined) return undefined;
    // A literal for each shape: a field that is added afterwards costs as much as two extensions.
    // biome-ignore-start format: one shape a line
    if (relatedAddress === undefined)
      return usernameFragment === undefined
        ? { foundation, component, transport, priority, address, port, type, extensions, source }
        : {
            foundation,
            component,
            transport,
            priority,
            address,
            port,
            type,
            usernameFragment,
            extensions,
            source,
          };
    return usernameFragment === undefined
      ? {
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
          source,
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
          usernameFragment,
          extensions,
          source,
        };
    // biome-ignore-end format: one shape a line
  }
  if (tcpType === undefined || (tcpType === "active" && port !== 9)) return undefined;
  return {
    foundation,
    component,
    transport,
    priority,
    address,
    port,
    type,
    ...(relatedAddress !== undefined && { relatedAddress, relatedPort }),
    tcpType,
    ...(usernameFragment !== undefined && { usernameFragment }),
    extensions,
    source,
  };
}

/**
 * What an ordinary candidate looks like, with or without its prefix and line end. Addresses are IPv4 and IPv6 ones that a
 * peer can send to and mDNS names, whose parts `isOrdinary` counts. No part can begin where the one before it might go on,
 * so that every character is looked at a fixed number of times.
 */
const shape: RegExp = (() => {
  const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  // Neither unspecified nor loopback nor multicast nor in a block that may be reserved.
  const ipv4 = `(?!0|127|198|192(?!\\.168\\.)|22[4-9]|2[3-5]\\d)${octet}(?:\\.${octet}){3}`;
  const hex = "[\\da-fA-F]";
  const mdns = `${hex}+(?:-${hex}+){4}\\.local`;
  // Global, unique local or link-local, and with a group at both ends. A counted repetition would take twice as long.
  const ipv6 = `(?:[23]${hex}{3}|[fF](?:[cCdD]${hex}|[eE][89abAB])${hex})(?:::?${hex}${hex}?${hex}?${hex}?)+`;
  const address = `(?:${ipv4}|${mdns}|${ipv6})`;
  const type = "(?:host|(?:srflx|prflx|relay) raddr [!-~]+ rport \\d+)";
  const plain = "(?:generation|ufrag|network-id|network-cost) [!-~]+";
  const extension = `(?:${plain}|tcptype (?:active|passive|so))`;
  return new RegExp(
    `^(?:a=)?(?:candidate:)?[A-Za-z0-9+/]+ \\d+ (?:udp|UDP|tcp|TCP) \\d+ ${address} \\d+ typ ${type}(?: ${extension})*\\r?\\n?$`,
  );
})();

const SPACE = 32;
const DASH = 45;
const DOT = 46;
const ZERO = 48;
const COLON = 58;
const EQUALS = 61;
/** Type preference 126 with all else at its highest. */
const HIGHEST_PRIORITY = 0x7effffff;

function transportAt(text: string, at: number): string {
  switch (text.charCodeAt(at)) {
    case 117:
      return "udp";
    case 85:
      return "UDP";
    case 116:
      return "tcp";
    default:
      return "TCP";
  }
}

function typeOf(initial: number): "host" | "srflx" | "prflx" | "relay" {
  switch (initial) {
    case 104:
      return "host";
    case 115:
      return "srflx";
    case 112:
      return "prflx";
    default:
      return "relay";
  }
}

/** Whether the address between two places, which has the shape, is one that nothing is to be said about. */
function isOrdinary(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(at + 8) === DASH)
    // A version 4 UUID: the shape has found five groups of hexadecimal digits and ".local".
    return (
      end - at === 42 &&
      text.charCodeAt(at + 13) === DASH &&
      text.charCodeAt(at + 14) === ZERO + 4 &&
      text.charCodeAt(at + 18) === DASH &&
      text.charCodeAt(at + 23) === DASH
    );
  for (let dot = at + 1; dot < at + 4; dot++) if (text.charCodeAt(dot) === DOT) return true;
  return isIPv6(text, at + 4, end);
}

/** Whether groups with one or two colons between them are an IPv6 address: eight, or at most seven with one gap. */
function isIPv6(text: string, from: number, end: number): boolean {
  let colons = 0;
  let gaps = 0;
  for (let at = from; at < end; at++) {
    if (text.charCodeAt(at) !== COLON) continue;
    colons++;
    if (text.charCodeAt(at + 1) === COLON) gaps++;
  }
  return gaps === 0 ? colons === 7 : gaps === 1 && colons <= 7;
}

const none: readonly CandidateExtension[] = [];

function listOf(
  first: CandidateExtension | undefined,
  second: CandidateExtension | undefined,
  third: CandidateExtension | undefined,
  fourth: CandidateExtension | undefined,
): readonly CandidateExtension[] {
  if (first === undefined) return none;
  if (second === undefined) return [first];
  if (third === undefined) return [first, second];
  return fourth === undefined ? [first, second, third] : [first, second, third, fourth];
}

function extensionName(text: string, at: number): string {
  switch (text.charCodeAt(at)) {
    case 103:
      return "generation";
    case 117:
      return "ufrag";
    case 116:
      return "tcptype";
    default:
      return text.charCodeAt(at + "network-".length) === 105 ? "network-id" : "network-cost";
  }
}
