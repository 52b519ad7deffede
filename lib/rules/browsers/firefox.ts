import { readImageAttribute, readRid, readSimulcast } from "./firefox-value.ts";
import type { Refusal } from "./refusal.ts";
import { Refused } from "./refusal.ts";

/**
 * Why Firefox's `setRemoteDescription` refuses a text on a new peer connection; `undefined` when it takes it.
 * Follows its parser `sipcc` (sdp_main.c, sdp_token.c, sdp_attr.c), the model on top of it (SipccSdp*.cpp), and the
 * checks of JSEP (JsepSessionImpl.cpp, SdpHelper.cpp). Most attributes that cannot be read are left out there,
 * not refused; so are all lines after a blank one.
 * Known to agree with Firefox 153.
 */
export function firefoxRefusal(
  text: string,
  type: "offer" | "answer" = "offer",
): Refusal | undefined {
  try {
    checkAscii(text);
    const description = new Parser(text).parse();
    load(description);
    validateSections(description.sections);
    validateTransports(description, type);
  } catch (fault) {
    if (fault instanceof Refused) return fault.refusal;
    throw fault;
  }
  return undefined;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

interface Attribute {
  readonly name: string;
  /** What stands after the name and its colon, a leading blank included. */
  readonly value: string;
  readonly line: Line;
}

interface Level {
  readonly line: Line | undefined;
  readonly attributes: Attribute[];
  connection: "none" | "valid" | "unsupported";
}

interface MediaLevel extends Level {
  readonly line: Line;
  readonly kind: string;
  readonly port: number;
  readonly portCount: number | undefined;
  readonly protocol: string;
  readonly formats: readonly number[];
}

interface Description {
  readonly session: Level;
  readonly sections: readonly MediaLevel[];
}

function refuse(reason: string, line?: Line): never {
  throw new Refused(
    line ? { reason, span: { start: line.start, end: line.start + line.text.length } } : { reason },
  );
}

function checkAscii(text: string): void {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 127)
      refuse(`SDP contains non ASCII characters at position ${at}`, {
        text: text.charAt(at),
        start: at,
      });
  }
}

/** The letters sipcc knows, in the order it wants them. */
const letters = "vosiuepcbtrzkam";
const mediaLetters = "icbkam";

class Parser {
  readonly lines: readonly Line[];
  readonly lastLine: Line;
  readonly session: Level = { line: undefined, attributes: [], connection: "none" };
  readonly sections: MediaLevel[] = [];
  hasOwner = false;
  hasTime = false;

  constructor(text: string) {
    const { lines, rest } = splitLines(text);
    this.lines = lines;
    this.lastLine = rest;
  }

  parse(): Description {
    const [first] = this.lines;
    if (!first) refuse("End of line beyond end of buffer.", this.lastLine);
    if (!isKnown(first))
      refuse("Attempt to parse text not recognized as SDP text, parse fails.", first);
    const beginsWithVersion = first.text.startsWith("v=");
    for (const line of this.lines) {
      if (!isKnown(line)) {
        // The description ends here. A line with a letter that is none of the known ones spoils it, any other does not.
        this.finish(line);
        if (line.text[1] === "=") refuse("", line);
        return this;
      }
      if (line !== first && line.text.startsWith("v=")) break;
      this.line(line);
      // A text that does not begin with v= is read no further than its first line.
      if (!beginsWithVersion) break;
    }
    const isCut = this.lastLine.text !== "";
    this.finish(isCut ? this.lastLine : (this.lines[this.lines.length - 1] ?? first));
    return this;
  }

  /** Checks the whole, at the line where reading ended. */
  finish(lastLine: Line): void {
    const { session, sections } = this;
    if (session.connection !== "valid" && sections.some(({ connection }) => connection !== "valid"))
      refuse(
        "c= connection line not specified for every media level, validation failed.",
        lastLine,
      );
    if (!this.hasOwner) refuse("o= owner line not specified, validation failed.", lastLine);
    if (!this.hasTime) refuse("t= timespec line not specified, validation failed.", lastLine);
  }

  line(line: Line): void {
    const letter = line.text[0] ?? "";
    const section = this.sections[this.sections.length - 1];
    if (section && !mediaLetters.includes(letter)) return;
    const value = line.text.slice(2);
    switch (letter) {
      case "v":
        if (number(value) !== 0)
          refuse(`Invalid version (${number(value) ?? 0}) found, parse failed.`, line);
        break;
      case "o":
        this.owner(line, value);
        break;
      case "c":
        connection(section ?? this.session, line, value);
        break;
      case "b":
        bandwidth(line, value);
        break;
      case "t":
        this.time(line, value);
        break;
      case "k":
        encryption(line, value);
        break;
      case "a":
        attribute(section ?? this.session, line, value);
        break;
      case "m":
        this.sections.push(media(line, value));
        break;
      default:
    }
  }

  owner(line: Line, value: string): void {
    const [name, id, version, netType, addressType, address] = words(value);
    if (name === undefined) refuse("No owner name specified for o=.", line);
    if (!isSigned64(id)) refuse("Invalid owner session id specified for o=.", line);
    if (!isSigned64(version)) refuse("Invalid owner version specified for o=.", line);
    if (netType === undefined) refuse("No owner network type specified for o=.", line);
    if (netType.toUpperCase() !== "IN") refuse(`Owner network type unsupported (${netType})`, line);
    if (addressType === undefined) refuse("No owner address type specified for o=.", line);
    if (!isAddressType(addressType))
      refuse(`Owner address type unsupported (${addressType})`, line);
    if (address === undefined) refuse("No owner address specified.", line);
    this.hasOwner = true;
  }

  time(line: Line, value: string): void {
    const [start, stop] = words(value);
    if (number(start ?? "") === undefined) refuse("Invalid timespec start time specified.", line);
    if (number(stop ?? "") === undefined) refuse("Invalid timespec stop time specified.", line);
    this.hasTime = true;
  }
}

/** Lines end with a line feed; what stands after the last one, or after a NUL, is not read. */
function splitLines(text: string): { readonly lines: readonly Line[]; readonly rest: Line } {
  const nul = text.indexOf("\0");
  const end = nul < 0 ? text.length : nul;
  const lines: Line[] = [];
  let start = 0;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < end; feed = text.indexOf("\n", start)) {
    // Values end at a carriage return wherever it stands.
    const carriage = text.slice(start, feed).indexOf("\r");
    lines.push({ text: text.slice(start, carriage < 0 ? feed : start + carriage), start });
    start = feed + 1;
  }
  return { lines, rest: { text: text.slice(start, end), start } };
}

function isKnown({ text }: Line): boolean {
  return text[1] === "=" && text[0] !== undefined && letters.includes(text[0]);
}

/** What sipcc keeps of a value; the rest is cut off without a word. */
const MAX_STRING = 255;

/** The words of a value, parted by blanks and tabs. */
function words(value: string): readonly (string | undefined)[] {
  return value.split(/[ \t]+/).filter((word) => word !== "");
}

/** The number at the beginning of the first word, as `strtoul` reads it: what follows the digits is not looked at. */
function number(value: string): number | undefined {
  const match = /^[ \t]*([+-]?)([0-9]+)/.exec(value);
  if (!match) return undefined;
  const parsed = Number(match[2]);
  // A negative number wraps around and is too large then; only -0 survives.
  if (match[1] === "-" && parsed !== 0) return undefined;
  return parsed <= 0xffffffff ? parsed : undefined;
}

function isSigned64(text: string | undefined): boolean {
  if (text === undefined || text.length > MAX_STRING || !/^[0-9]+$/.test(text)) return false;
  // A number of more than 64 bits wraps around before it is compared.
  return BigInt.asUintN(64, BigInt(text)) <= 0x7fffffffffffffffn;
}

function isAddressType(text: string): boolean {
  const upper = text.toUpperCase();
  return upper === "IP4" || upper === "IP6";
}

function connection(level: Level, line: Line, value: string): void {
  if (level.connection !== "none")
    refuse("c= line specified twice at same level, parse failed.", line);
  const [netType, addressType, address] = words(value);
  if (netType === undefined) refuse("No connection network type specified for c=.", line);
  if (addressType === undefined) refuse("No connection address type specified for c=.", line);
  if (address === undefined) refuse("No connection address specified for c=.", line);
  // Only the first three characters are looked at, to see whether the address is a multicast one.
  const head = address.slice(0, 3);
  const octet = /^[0-9]+/.exec(head);
  if (addressType.toUpperCase() === "IP4" && (!octet || Number(octet[0]) > 255))
    refuse(`Error parsing address ${head} for mcast.`, line);
  checkMulticast(line, address);
  const isSupported = netType.toUpperCase() === "IN" && isAddressType(addressType);
  level.connection = isSupported ? "valid" : "unsupported";
}

/** Time to live and number of addresses after a slash. */
function checkMulticast(line: Line, address: string): void {
  const slash = address.indexOf("/");
  if (slash < 0) return;
  const [ttl, count] = splitFirst(address.slice(slash).replace(/^\/+/, ""), "/");
  if (ttl === "") refuse("No ttl value specified for this multicast addr with a slash", line);
  if (!/^[0-9]/.test(ttl)) refuse("Invalid TTL: Value must be in the range 0-255", line);
  if (count !== undefined && !/^0*[1-9]/.test(count))
    refuse("Invalid Num of addresses: Value must be > 0", line);
}

function bandwidth(line: Line, value: string): void {
  const [type, amount] = splitFirst(value.replace(/^:+/, ""), ":");
  if (type === "") refuse("No bandwidth type specified for b=", line);
  if (!["AS", "CT", "TIAS"].includes(type.toUpperCase()) || amount === undefined) return;
  if (number(amount) === undefined) refuse("Error: No BW Value specified", line);
}

function encryption(line: Line, value: string): void {
  const [type, key] = splitFirst(value.replace(/^:+/, ""), ":");
  if (type === "") refuse("No encryption type specified for k=.", line);
  const needsKey = ["clear", "base64", "uri"].includes(type.toLowerCase());
  if (needsKey && words(key ?? "").length === 0)
    refuse("Warning: No encryption key specified as required.", line);
}

function splitFirst(text: string, delimiter: string): readonly [string, string | undefined] {
  const at = text.indexOf(delimiter);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** An attribute whose value cannot be read is left out; only one without a name is refused. */
function attribute(level: Level, line: Line, value: string): void {
  let start = 0;
  while (isDelimiter(value[start])) start++;
  let end = start;
  while (end < value.length && !isDelimiter(value[end])) end++;
  if (end === start) refuse("No attribute type specified, parse failed.", line);
  const rest = value.slice(value[end] === ":" ? end + 1 : end);
  level.attributes.push({ name: value.slice(start, end).toLowerCase(), value: rest, line });
}

function isDelimiter(character: string | undefined): boolean {
  return character === ":" || character === " " || character === "\t";
}

/** The protocols sipcc knows by name. Those with false take no plain port, which is the only form that is ever sent. */
const protocols: Readonly<Record<string, boolean | undefined>> = {
  "RTP/AVP": true,
  "RTP/SAVP": true,
  "RTP/SAVPF": true,
  // A slip in the browser: the plain feedback profile is known but no port format fits it.
  "RTP/AVPF": false,
  "UDP/TLS/RTP/SAVP": true,
  "UDP/TLS/RTP/SAVPF": true,
  "TCP/DTLS/RTP/SAVP": true,
  "TCP/DTLS/RTP/SAVPF": true,
  "DTLS/SCTP": true,
  "UDP/DTLS/SCTP": true,
  "TCP/DTLS/SCTP": true,
  UDP: true,
  TCP: true,
  UDPTL: true,
  UDPSPRT: true,
  LOCAL: true,
  "AAL1/AVP": true,
  "AAL2/ITU": true,
  "AAL2/ATMF": true,
  "AAL2/CUSTOM": true,
  CES10: false,
};

/** A protocol as sipcc prints it: its own spelling, whatever the text has. */
function printedProtocol(protocol: string): string {
  return ["UDP", "TCP", "UDPTL", "UDPSPRT", "CES10"].includes(protocol)
    ? protocol.toLowerCase()
    : protocol;
}

/** Those that a port count may follow. */
const countedProtocols = new Set([
  "RTP/AVP",
  "RTP/SAVP",
  "RTP/SAVPF",
  "UDP/TLS/RTP/SAVP",
  "UDP/TLS/RTP/SAVPF",
  "TCP/DTLS/RTP/SAVP",
  "TCP/DTLS/RTP/SAVPF",
  "UDP",
  "LOCAL",
]);

/** What is left of an `m=` line with more payload types than that is not read. */
const MAX_FORMATS = 30;

/** −1 as sipcc stores it: "choose a port". */
const CHOOSE_PORT = 0xffffffff;

/** Those that the model on top of the parser knows; the rest it refuses. */
const modelled = (protocol: string): boolean => /RTP\/|SCTP$/.test(protocol);

function media(line: Line, value: string): MediaLevel {
  const [kind, portText, protocolText, ...formatTexts] = words(value);
  if (kind === undefined) refuse("No media type specified, parse failed.", line);
  if (portText === undefined) refuse("No port specified in m= media line, parse failed.", line);
  if (protocolText === undefined)
    refuse("No transport protocol type specified, parse failed.", line);
  const protocol = protocolText.toUpperCase();
  const ports = portNumbers(portText);
  const takesPort = protocols[protocol] === true;
  const isValid =
    (ports.length === 1 && takesPort && ports[0] !== CHOOSE_PORT) ||
    (ports.length === 2 &&
      (countedProtocols.has(protocol) || (protocol === "UDPTL" && ports[1] === 1)));
  if (!isValid)
    refuse(
      `Invalid port format (${portText}) specified for transport protocol (${protocols[protocol] === undefined ? "Unsupported" : printedProtocol(protocol)}), parse failed.`,
      line,
    );
  if (protocol.endsWith("SCTP")) checkSctpFormat(line, protocol, formatTexts[0]);
  const numbers = formatTexts.flatMap((text) => {
    const format = number(text ?? "");
    return format === undefined ? [] : [format & 0xffff];
  });
  return {
    line,
    kind: kind.toLowerCase(),
    // Only 16 bits of it are kept, so that port 65536 disables a section.
    port: (ports[0] ?? 0) & 0xffff,
    portCount: ports[1],
    protocol,
    formats: numbers.slice(0, MAX_FORMATS),
    attributes: [],
    connection: "none",
  };
}

/** Up to four numbers between slashes; the first part that is none ends the list. */
function portNumbers(text: string): readonly number[] {
  const ports: number[] = [];
  for (const part of text.split("/").filter((word) => word !== "")) {
    const port = number(part);
    if (port === undefined || ports.length === 4) break;
    ports.push(port);
  }
  return ports;
}

function checkSctpFormat(line: Line, protocol: string, format: string | undefined): void {
  if (format === undefined) refuse("No sctp port specified in m= media line, parse failed.", line);
  if (protocol === "DTLS/SCTP") {
    if (number(format) === undefined)
      refuse("No sctp port specified in m= media line, parse failed.", line);
  } else if (format.toLowerCase() !== "webrtc-datachannel")
    refuse("No webrtc-datachannel token in m= media line, parse failed.", line);
}

// ── the model on top of the parser ──

function load({ session, sections }: Description): void {
  checkFingerprints(session);
  for (const section of sections) {
    const { kind, line, protocol, portCount } = section;
    if (kind !== "audio" && kind !== "video" && kind !== "application" && kind !== "image")
      refuse("Unsupported media section type", line);
    if (portCount !== undefined && portCount > 0xffff) refuse("Invalid port count", line);
    if (!modelled(protocol)) refuse("Unsupported media transport type", line);
    checkImageAttributes(section);
    const simulcast = simulcastOf(section);
    const rids = ridsOf(section);
    checkFingerprints(section);
    for (const { id, direction } of simulcast) {
      if (rids.get(id) !== direction) refuse(`No rid attribute for '${id}'`, line);
    }
    if (section.connection === "unsupported" && session.connection !== "valid")
      refuse("Missing c= line", line);
  }
}

function checkFingerprints(level: Level): void {
  for (const { name, value, line } of level.attributes) {
    // A fingerprint attribute with nothing after its name is left out by the parser.
    if (name !== "fingerprint" || value === "") continue;
    const trimmed = value.replace(/^[ \t]+/, "");
    if (trimmed === "") refuse("Empty fingerprint attribute", line);
    const blank = trimmed.search(/[ \t]/);
    const digest = blank < 0 ? "" : trimmed.slice(blank).replace(/^[ \t]+/, "");
    if (digest === "") refuse("Only one token in fingerprint attribute", line);
    if (!/^(?:[0-9A-F]{2}:)*[0-9A-F]{2}$/.test(digest)) refuse("Malformed fingerprint token", line);
  }
}

function checkImageAttributes({ attributes }: Level): void {
  for (const { name, value, line } of attributes) {
    if (name !== "imageattr" || value === "") continue;
    const reading = readImageAttribute(value.slice(0, MAX_STRING + 1));
    if ("fault" in reading) refuse(reading.fault, line);
  }
}

/** The streams of the first `a=simulcast`; further ones are not read. */
function simulcastOf({
  attributes,
}: Level): readonly { readonly id: string; readonly direction: string }[] {
  const found = attributes.find(({ name, value }) => name === "simulcast" && value !== "");
  if (!found) return [];
  const reading = readSimulcast(found.value.slice(0, MAX_STRING + 1));
  if ("fault" in reading) refuse(reading.fault, found.line);
  return reading.value;
}

/** The direction of each rid; of two with one id the first counts. */
function ridsOf({ attributes }: Level): ReadonlyMap<string, string> {
  const rids = new Map<string, string>();
  for (const { name, value, line } of attributes) {
    if (name !== "rid" || value === "") continue;
    const reading = readRid(value.slice(0, MAX_STRING + 1));
    if ("fault" in reading) refuse(reading.fault, line);
    const { id, direction } = reading.value;
    if (!rids.has(id)) rids.set(id, direction);
  }
  return rids;
}

// ── JSEP ──

/** Port 0 without bundle-only. */
function isDisabled(section: MediaLevel): boolean {
  return section.port === 0 && find(section, "bundle-only") === undefined;
}

function find(level: Level, name: string): Attribute | undefined {
  return level.attributes.find((attribute) => attribute.name === name);
}

/** The first value of an attribute, of the section or else of the session; the whole rest of its line. */
function textOf(section: Level, session: Level, name: string): Attribute | undefined {
  const isSet = (attribute: Attribute): boolean =>
    attribute.name === name && attribute.value !== "";
  return section.attributes.find(isSet) ?? session.attributes.find(isSet);
}

function midOf(section: MediaLevel): string | undefined {
  const found = section.attributes.find(
    ({ name, value }) => name === "mid" && words(value).length > 0,
  );
  return found && words(found.value)[0];
}

const MID_MAX = 16;
const reserved = new Set([1, 2, 19]);

function validateSections(sections: readonly MediaLevel[]): void {
  for (const [index, section] of sections.entries()) {
    if (isDisabled(section)) continue;
    const { line, kind } = section;
    if ((midOf(section) ?? "").length > MID_MAX)
      refuse(
        "Invalid description, mid length greater than 16 unsupported until 2-byte rtp header extensions are supported in webrtc.org",
        find(section, "mid")?.line ?? line,
      );
    checkExtensions(section, index);
    if (kind !== "audio" && kind !== "video") continue;
    for (const format of section.formats) {
      const payloadType = format & 0xff00 ? format >> 8 : format;
      if (payloadType > 127)
        refuse(`audio/video payload type "${payloadType}" is too large at level ${index}`, line);
      // Reserved ones, and those that RTCP packets would be mistaken for. RFC 3551 §6, RFC 5761 §4.
      if (reserved.has(payloadType) || (payloadType > 63 && payloadType < 96))
        refuse(`Illegal audio/video payload type "${payloadType}" at level ${index}`, line);
    }
  }
}

function checkExtensions(section: MediaLevel, index: number): void {
  const seen = new Set<number>();
  for (const { name, value, line } of section.attributes) {
    if (name !== "extmap") continue;
    const [head = "", uri] = words(value);
    const parsed = number(head);
    if (parsed === undefined || uri === undefined) continue;
    const id = parsed & 0xffff;
    if (id < 1 || id > 14)
      refuse(
        `Description contains invalid extension id ${id} on level ${index} which is unsupported until 2-byte rtp header extensions are supported in webrtc.org`,
        line,
      );
    if (seen.has(id))
      refuse(`Description contains duplicate extension id ${id} on level ${index}`, line);
    seen.add(id);
  }
}

/** The only ones whose RTCP counts there. */
const feedbackProtocols = new Set([
  "RTP/AVPF",
  "RTP/SAVPF",
  "UDP/TLS/RTP/SAVPF",
  "TCP/DTLS/RTP/SAVPF",
]);

function validateTransports({ session, sections }: Description, type: "offer" | "answer"): void {
  for (const [index, section] of sections.entries()) {
    const needsMux = feedbackProtocols.has(section.protocol) && !isDisabled(section);
    if (needsMux && find(section, "rtcp-mux") === undefined)
      refuse(
        `m-section at level ${index} is missing a=rtcp-mux, which is required by rtcpMuxPolicy`,
        section.line,
      );
  }
  const bundled = bundledMids(session, sections);
  for (const [index, section] of sections.entries()) {
    if (isDisabled(section)) continue;
    const mid = midOf(section);
    const isAuthoritative = type === "answer" || find(section, "bundle-only") !== undefined;
    const owner = mid === undefined ? undefined : bundled.get(mid);
    if (isAuthoritative && owner !== undefined && owner !== section) continue;
    checkIce(session, section, index);
    checkDtls(session, section, index, type);
  }
}

/** Each bundled mid with the section that owns its transport: the one the first mid names. */
function bundledMids(
  session: Level,
  sections: readonly MediaLevel[],
): ReadonlyMap<string, MediaLevel> {
  const bundled = new Map<string, MediaLevel>();
  for (const { name, value, line } of session.attributes) {
    if (name !== "group") continue;
    const [semantics, ...mids] = words(value) as string[];
    const [first] = mids;
    if (semantics?.toUpperCase() !== "BUNDLE" || first === undefined) continue;
    const owner = sections.find((section) => midOf(section) === first);
    if (!owner)
      refuse(
        `mid specified for bundle transport in group attribute does not exist in the SDP. (mid=${first})`,
        line,
      );
    if (isDisabled(owner))
      refuse(
        `mid specified for bundle transport in group attribute points at a disabled m-section. (mid=${first})`,
        line,
      );
    for (const mid of mids) {
      if (bundled.has(mid)) refuse(`mid '${mid}' appears more than once in a BUNDLE group`, line);
      bundled.set(mid, owner);
    }
  }
  return bundled;
}

function checkIce(session: Level, section: MediaLevel, index: number): void {
  for (const [name, min] of [
    ["ice-ufrag", 4],
    ["ice-pwd", 22],
  ] as const) {
    const found = textOf(section, session, name);
    if (!found) refuse(`Invalid description, no ${name} attribute at level ${index}`, section.line);
    const { value, line } = found;
    if (value.length < min)
      refuse(`Invalid description, ${name} is too short at level ${index}`, line);
    // Too long a value was cut by the parser, and of all characters that are no ice-chars only "$" is refused.
    if (value.slice(0, MAX_STRING).includes("$"))
      refuse(`Invalid description, ${name} contains invalid characters at level ${index}`, line);
  }
}

const hashes = new Set(["md2", "md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512"]);

function checkDtls(
  session: Level,
  section: MediaLevel,
  index: number,
  type: "offer" | "answer",
): void {
  const hasFingerprint = (level: Level): boolean =>
    level.attributes.some(({ name, value }) => name === "fingerprint" && value !== "");
  const level = hasFingerprint(section) ? section : session;
  const fingerprints = level.attributes.filter(({ name }) => name === "fingerprint");
  if (!hasFingerprint(level))
    refuse(`Invalid description, no fingerprint attribute at level ${index}`, section.line);
  if (!fingerprints.some(({ value }) => hashes.has(words(value)[0]?.toLowerCase() ?? "")))
    refuse(
      `Invalid description, no supported fingerprint algorithms present at level ${index}`,
      fingerprints[0]?.line,
    );
  const found = setupOf(section) ?? setupOf(session);
  const role = (found && words(found.value)[0]?.toLowerCase()) ?? "";
  if (role === "holdconn")
    refuse(
      `Invalid description, illegal setup attribute "holdconn" at level ${index}`,
      found?.line,
    );
  if (type === "answer" && role === "actpass")
    refuse(`Invalid answer, illegal setup attribute "actpass" at level ${index}`, found?.line);
  if (type === "offer" && !found)
    refuse(
      `Invalid offer, no setup attribute at level ${index}`,
      (find(section, "setup") ?? find(session, "setup"))?.line ?? section.line,
    );
}

const roles = new Set(["active", "passive", "actpass", "holdconn"]);

/** The first setup attribute with a role that exists; others were left out by the parser. */
function setupOf({ attributes }: Level): Attribute | undefined {
  return attributes.find(
    ({ name, value }) => name === "setup" && roles.has(words(value)[0]?.toLowerCase() ?? ""),
  );
}
