import type { Refusal } from "./refusal.ts";
import { Refused } from "./refusal.ts";

/**
 * Why Chromium's `setRemoteDescription` refuses a text on a new peer connection; `undefined` when it takes it.
 * Follows libwebrtc step by step, its habits included: `SdpDeserialize` (api/webrtc_sdp.cc), then
 * `ValidateSessionDescription` (pc/sdp_offer_answer.cc), `ApplyDescription_n` (pc/jsep_transport_controller.cc) and
 * the media channels (pc/channel.cc, media/engine). It stops at the first fault, as the browser does.
 * Known to agree with Chromium 156.
 */
export function chromiumRefusal(
  text: string,
  type: "offer" | "answer" = "offer",
): Refusal | undefined {
  let isRead = false;
  try {
    const description = new Parser(text).parse();
    isRead = true;
    validate(description);
    applyTransports(description, type);
    for (const content of description.contents) applyMedia(content);
  } catch (fault) {
    if (fault instanceof Refused) return { ...fault.refusal, isRead };
    throw fault;
  }
  return undefined;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

interface Codec {
  readonly id: number;
  name: string;
  clockRate: number;
  readonly parameters: Map<string, string>;
  /** The line that brought the payload type in, for the place of a finding. */
  readonly line: Line;
}

interface Transport {
  ufrag: string;
  pwd: string;
  ufragLine: Line | undefined;
  pwdLine: Line | undefined;
  hasFingerprint: boolean;
}

interface Extension {
  readonly id: number;
  readonly uri: string;
  readonly isEncrypted: boolean;
  readonly line: Line;
}

interface SsrcGroup {
  readonly semantics: string;
  readonly ssrcs: readonly number[];
  readonly line: Line;
}

interface Stream {
  readonly streamId: string;
  readonly trackId: string;
  readonly ssrcs: number[];
  readonly groups: SsrcGroup[];
}

interface Content {
  readonly line: Line;
  mid: string;
  midLine: Line | undefined;
  readonly kind: "audio" | "video" | "data" | "unsupported";
  readonly isSctp: boolean;
  isRejected: boolean;
  isBundleOnly: boolean;
  hasRtcpMux: boolean;
  hasCryptex: boolean;
  hasSimulcast: boolean;
  simulcastLine: Line | undefined;
  readonly codecs: Map<number, Codec>;
  readonly extensions: Extension[];
  streams: Stream[];
  readonly transport: Transport;
}

interface BundleGroup {
  readonly mids: readonly string[];
  readonly line: Line;
}

interface Description {
  readonly contents: readonly Content[];
  readonly groups: readonly BundleGroup[];
  readonly hasCryptex: boolean;
}

function refuse(reason: string, line?: Line): never {
  throw new Refused(
    line ? { reason, span: { start: line.start, end: line.start + line.text.length } } : { reason },
  );
}

/** A line fault as libwebrtc prints it: the line, a blank, the sentence. */
function refuseLine(line: Line, sentence: string): never {
  // The message ends each part at a NUL, as C does.
  const nul = line.text.indexOf("\0");
  refuse(`${nul < 0 ? line.text : line.text.slice(0, nul)} ${sentence}`, line);
}

const MAX_AUDIO_CHANNELS = 24;

/** RFC 3551 §6, as the table `kStaticPayloadAudioCodecs` has it. */
const staticAudio: readonly (readonly [string, number])[] = [
  ["PCMU", 8000],
  ["x-illegal-value-1", 8000],
  ["x-illegal-value-2", 8000],
  ["GSM", 8000],
  ["G723", 8000],
  ["DVI4", 8000],
  ["DVI4", 16000],
  ["LPC", 8000],
  ["PCMA", 8000],
  ["G722", 8000],
  ["L16", 44100],
  ["L16", 44100],
  ["QCELP", 8000],
  ["CN", 8000],
  ["MPA", 90000],
  ["G728", 8000],
  ["DVI4", 11025],
  ["DVI4", 22050],
  ["G729", 8000],
];

class Parser {
  readonly text: string;
  at = 0;
  readonly session: Transport = {
    ufrag: "",
    pwd: "",
    ufragLine: undefined,
    pwdLine: undefined,
    hasFingerprint: false,
  };
  readonly sessionExtensions: Extension[] = [];
  readonly groups: BundleGroup[] = [];
  hasCryptex = false;

  constructor(text: string) {
    this.text = text;
  }

  parse(): Description {
    this.parseSession();
    const contents = this.parseMedia();
    return { contents, groups: this.groups, hasCryptex: this.hasCryptex };
  }

  /** The line at the reading position, whatever it is; for the place of a finding. */
  lineHere(): Line {
    const end = this.text.indexOf("\n", this.at);
    const line = end < 0 ? this.text.slice(this.at) : this.text.slice(this.at, end);
    return { text: end >= 0 && line.endsWith("\r") ? line.slice(0, -1) : line, start: this.at };
  }

  /** The next line if it is a well-formed one, which needs a line feed at its end; then reading goes on after it. */
  next(): Line | undefined {
    const end = this.text.indexOf("\n", this.at);
    if (end < 0) return undefined;
    const line = this.lineHere();
    const { text } = line;
    const letter = text.charCodeAt(0);
    const isLetter = letter >= 0x61 && letter <= 0x7a;
    if (text.length < 3 || !isLetter || text[1] !== "=") return undefined;
    if (text[0] !== "s" && text[2] === " ") return undefined;
    this.at = end + 1;
    return line;
  }

  isType(letter: string): boolean {
    return this.text[this.at] === letter && this.text[this.at + 1] === "=";
  }

  nextOfType(letter: string): Line | undefined {
    return this.isType(letter) ? this.next() : undefined;
  }

  expect(letter: string): Line {
    return this.nextOfType(letter) ?? refuseLine(this.lineHere(), `Expect line: ${letter}=`);
  }

  parseSession(): void {
    this.expect("v");
    const origin = this.expect("o");
    if (origin.text.slice(2).split(" ").length !== 6) refuseLine(origin, "Expects 6 fields.");
    this.expect("s");
    for (const letter of "iuep") this.nextOfType(letter);
    const connection = this.nextOfType("c");
    if (connection) checkConnection(connection);
    while (this.nextOfType("b"));
    this.expect("t");
    while (this.nextOfType("r"));
    while (this.nextOfType("t")) while (this.nextOfType("r"));
    this.nextOfType("z");
    this.nextOfType("k");
    for (let line = this.nextOfType("a"); line; line = this.nextOfType("a"))
      this.sessionAttribute(line);
  }

  sessionAttribute(line: Line): void {
    const { session } = this;
    if (has(line, "group")) this.group(line);
    else if (has(line, "ice-ufrag")) setUfrag(session, line);
    else if (has(line, "ice-pwd")) setPwd(session, line);
    else if (has(line, "ice-lite")) return;
    else if (has(line, "ice-options")) attributeValue(line, "ice-options");
    else if (has(line, "fingerprint")) {
      if (session.hasFingerprint)
        refuseLine(line, "Can't have multiple fingerprint attributes at the same level.");
      checkFingerprint(line);
      session.hasFingerprint = true;
    } else if (has(line, "setup")) checkSetup(line);
    else if (has(line, "msid-semantic")) attributeValue(line, "msid-semantic");
    else if (has(line, "extmap-allow-mixed")) return;
    else if (has(line, "extmap")) this.sessionExtensions.push(extension(line));
    else if (has(line, "cryptex")) this.hasCryptex = true;
  }

  group(line: Line): void {
    const fields = line.text.slice(2).split(" ");
    const first = fields[0] ?? "";
    const colon = first.indexOf(":");
    if (colon < 0 || !first.slice(0, colon).endsWith("group"))
      refuseLine(line, "Failed to parse group attribute.");
    const tags = fields.slice(1);
    if (!tags.every(isToken)) refuseLine(line, "Failed to parse group tag.");
    if (skipColons(first, colon) === "BUNDLE") this.groups.push({ mids: [...new Set(tags)], line });
  }

  parseMedia(): Content[] {
    const contents: Content[] = [];
    for (let line = this.nextOfType("m"); line; line = this.nextOfType("m"))
      contents.push(this.content(line));
    const seen = new Set<string>();
    for (const { streams } of contents) {
      for (const { streamId, trackId } of streams) {
        // A track without an id gets a random one, which is never a duplicate.
        if (trackId === "") continue;
        const key = `${streamId} ${trackId}`;
        if (seen.has(key)) refuseLine(this.lineHere(), "Duplicate a=msid lines detected");
        seen.add(key);
      }
    }
    if (contents.length === 0 && this.at !== this.text.length)
      refuseLine(this.lineHere(), "Expects m line.");
    return contents;
  }

  content(line: Line): Content {
    const fields = line.text.slice(2).split(" ");
    if (fields.length < 4) refuseLine(line, "Expects at least 4 fields.");
    const [media = "", portText = "", protocol = ""] = fields;
    const port = integer(portText);
    if (port === undefined || port < 0 || port > 65535)
      refuseLine(line, "The port number is invalid");
    const isRtp = isRtpProtocol(protocol);
    const payloadTypes = isRtp ? fields.slice(3).map((field) => payloadType(line, field)) : [];
    if ((media === "audio" || media === "video") && !isRtp)
      refuseLine(line, "Unsupported protocol for media type");
    const isSctp = isSctpProtocol(protocol);
    const isData = media === "application" && isSctp;
    const kind = media === "audio" || media === "video" ? media : isData ? "data" : "unsupported";
    const content: Content = {
      line,
      mid: "",
      midLine: undefined,
      kind,
      isSctp,
      isRejected: portText === "0",
      isBundleOnly: false,
      hasRtcpMux: false,
      hasCryptex: false,
      hasSimulcast: false,
      simulcastLine: undefined,
      codecs: new Map(),
      extensions: [],
      streams: [],
      transport: { ...this.session },
    };
    new ContentParser(this, content, isRtp, payloadTypes).parse();
    if (content.isBundleOnly) {
      // With a nonzero port bundle-only is ignored; with port 0 it says that nothing is rejected.
      content.isBundleOnly = content.isRejected;
      content.isRejected = false;
    }
    if (kind === "unsupported") content.isRejected = true;
    else if (isRtp && kind !== "data") {
      if (this.sessionExtensions.length > 0 && content.extensions.length > 0)
        refuse(
          " The a=extmap MUST be either all session level or all media level.",
          content.extensions[0]?.line,
        );
      content.extensions.push(...this.sessionExtensions);
    }
    return content;
  }
}

/** One section, from the line after its `m=` line up to the next one. */
class ContentParser {
  readonly parser: Parser;
  readonly content: Content;
  readonly isRtp: boolean;
  readonly payloadTypes: readonly number[];
  readonly ssrcs = new Map<number, { streamId: string; trackId: string }>();
  readonly groups: SsrcGroup[] = [];
  readonly rids: { readonly id: string; readonly direction: string }[] = [];
  simulcast: Simulcast | undefined;
  streamId = "";
  trackId = "";
  hasMsid = false;
  hasSsrcMsid = false;

  constructor(parser: Parser, content: Content, isRtp: boolean, payloadTypes: readonly number[]) {
    this.parser = parser;
    this.content = content;
    this.isRtp = isRtp;
    this.payloadTypes = payloadTypes;
  }

  parse(): void {
    const { content, parser } = this;
    if (content.kind === "audio") {
      for (const id of this.payloadTypes) {
        const known = staticAudio[id];
        if (known && !content.codecs.has(id)) {
          const [name, clockRate] = known;
          const { line } = content;
          content.codecs.set(id, { id, name, clockRate, parameters: new Map(), line });
        }
      }
    }
    while (!parser.isType("m")) {
      const line = parser.next();
      if (!line) {
        if (parser.at >= parser.text.length) break;
        refuseLine(parser.lineHere(), "Invalid SDP line.");
      }
      const letter = line.text[0];
      if (letter === "b") checkBandwidth(line);
      else if (letter === "c") checkConnection(line);
      else if (letter === "a") this.attribute(line);
    }
    this.resolveSimulcast();
    this.createStreams();
    for (const codec of content.codecs.values()) {
      if (codec.name === "") refuse(" Failed to parse codecs correctly.", codec.line);
    }
  }

  attribute(line: Line): void {
    const { content } = this;
    if (has(line, "mid")) {
      const mid = attributeValue(line, "mid");
      if (!isToken(mid)) refuseLine(line, "Illegal character found in the value of mid");
      content.mid = mid;
      content.midLine = line;
    } else if (has(line, "bundle-only")) content.isBundleOnly = true;
    else if (has(line, "candidate")) checkCandidate(line);
    else if (has(line, "ice-ufrag")) setUfrag(content.transport, line);
    else if (has(line, "ice-pwd")) setPwd(content.transport, line);
    else if (has(line, "ice-options")) attributeValue(line, "ice-options");
    else if (has(line, "fmtp")) this.fmtp(line);
    else if (has(line, "fingerprint")) {
      checkFingerprint(line);
      content.transport.hasFingerprint = true;
    } else if (has(line, "setup")) checkSetup(line);
    else if (content.kind === "data") checkSctpAttribute(line, this.usesSctpmap);
    else if (this.isRtp) this.rtpAttribute(line);
  }

  rtpAttribute(line: Line): void {
    const { content } = this;
    if (has(line, "rtcp-mux")) content.hasRtcpMux = true;
    else if (has(line, "ssrc-group")) this.groups.push(ssrcGroup(line));
    else if (has(line, "ssrc")) this.ssrc(line);
    else if (has(line, "rtpmap")) this.rtpmap(line);
    else if (has(line, "maxptime")) attributeValue(line, "maxptime");
    else if (has(line, "packetization")) this.packetization(line);
    else if (has(line, "rtcp-fb")) this.feedback(line);
    else if (has(line, "ptime")) attributeValue(line, "ptime");
    else if (has(line, "extmap-allow-mixed")) return;
    else if (has(line, "extmap")) content.extensions.push(extension(line));
    else if (has(line, "x-google-flag")) attributeValue(line, "x-google-flag");
    else if (has(line, "msid")) this.msid(line);
    else if (has(line, "rid")) this.rid(line);
    else if (has(line, "simulcast")) {
      const value = line.text.slice("a=simulcast:".length);
      if (value === "") refuseLine(line, "Simulcast attribute is empty.");
      if (this.simulcast && !isEmpty(this.simulcast))
        refuseLine(line, "Multiple Simulcast attributes specified.");
      this.simulcast = readSimulcast(line, value);
      content.simulcastLine = line;
    } else if (has(line, "cryptex")) content.hasCryptex = true;
  }

  /** The codec of a payload type; one without a name when no rtpmap was read yet. */
  codec(id: number, line: Line): Codec {
    const { codecs, kind } = this.content;
    let codec = codecs.get(id);
    if (!codec) {
      codec = {
        id,
        name: "",
        clockRate: kind === "video" ? 90000 : 8000,
        parameters: new Map(),
        line,
      };
      codecs.set(id, codec);
    }
    return codec;
  }

  /** The old syntax of a data section: anything but `webrtc-datachannel` as its first format. */
  get usesSctpmap(): boolean {
    return this.content.line.text.split(" ")[3] !== "webrtc-datachannel";
  }

  get isMedia(): boolean {
    return this.content.kind === "audio" || this.content.kind === "video";
  }

  fmtp(line: Line): void {
    if (!this.isMedia) return;
    const [head, rest] = cut(line.text.slice(2), " ");
    if (rest === undefined) refuseLine(line, "Expects at least 2 fields.");
    const [name, value] = cut(head, ":");
    if (value === undefined || !name.endsWith("fmtp"))
      refuse(`${head} Failed to get the value of attribute: fmtp`, line);
    const number = integer(value);
    if (number === undefined) refuse(`${head} Invalid value: ${value}.`, line);
    if (number < 0 || number > 127) refuse(" ", line);
    const { parameters } = this.codec(number, line);
    for (const parameter of rest.split(";")) {
      const trimmed = parameter.trim();
      const equals = trimmed.indexOf("=");
      if (equals < 0) parameters.set("", trimmed);
      else parameters.set(trimmed.slice(0, equals).toLowerCase(), skipRun(trimmed, equals, "="));
    }
  }

  rtpmap(line: Line): void {
    const fields = line.text.slice(2).split(" ");
    if (fields.length < 2) refuseLine(line, "Expects at least 2 fields.");
    const id = payloadType(line, fieldValue(line, fields[0] ?? "", "rtpmap"));
    if (!this.payloadTypes.includes(id)) return;
    const encoding = (fields[1] ?? "").split("/");
    if (encoding.length < 2 || encoding.length > 3)
      refuseLine(line, 'Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".');
    const [name = "", rateText = "", channelText] = encoding;
    const clockRate = int32(line, rateText);
    const { kind, codecs } = this.content;
    if (kind !== "audio" && kind !== "video") return;
    const isAudio = kind === "audio";
    if (isAudio && channelText !== undefined) {
      const channels = unsigned(channelText);
      if (channels === undefined) refuseLine(line, `Invalid value: ${channelText}.`);
      if (channels > MAX_AUDIO_CHANNELS)
        refuseLine(line, `At most ${MAX_AUDIO_CHANNELS} channels are supported.`);
    }
    const known = codecs.get(id);
    if (known && known.name !== "") {
      const differs = known.name.toLowerCase() !== name.toLowerCase();
      if (differs || (!isAudio && known.clockRate !== clockRate))
        refuseLine(
          line,
          `Duplicate ${id < 35 ? "statically assigned" : ""} payload type with conflicting codec name or clock rate.`,
        );
    }
    const codec = this.codec(id, line);
    codec.name = name;
    // For video the clock rate of the rtpmap is compared above but never stored.
    if (isAudio) codec.clockRate = clockRate;
  }

  packetization(line: Line): void {
    if (this.content.kind !== "video") return;
    const fields = line.text.split(" ");
    if (fields.length < 2) refuseLine(line, "Failed to get the value of attribute: packetization");
    const id = payloadType(line, fieldValue(line, fields[0] ?? "", "packetization"));
    if (fields[1] === "raw") this.codec(id, line);
  }

  feedback(line: Line): void {
    if (!this.isMedia) return;
    const fields = line.text.split(" ");
    if (fields.length < 2) refuseLine(line, "Failed to get the value of attribute: rtcp-fb");
    const value = fieldValue(line, fields[0] ?? "", "rtcp-fb");
    if (value !== "*") this.codec(payloadType(line, value), line);
  }

  msid(line: Line): void {
    const fields = line.text
      .slice(2)
      .split(" ")
      .filter((field) => field !== "");
    if (fields.length < 1 || fields.length > 2)
      refuseLine(line, "Expected a stream ID and optionally a track ID");
    if (fields.length === 1 && line.text.endsWith(" "))
      refuseLine(line, "Missing track ID in msid attribute.");
    const track = fields[1] ?? this.trackId;
    if (this.trackId !== "" && this.trackId !== track)
      refuseLine(line, "Two different track IDs in msid attribute in one m= section");
    this.trackId = track;
    const stream = fieldValue(line, fields[0] ?? "", "msid");
    if (stream === "") refuseLine(line, "Missing stream ID in msid attribute.");
    if (stream !== "-" && this.streamId === "") this.streamId = stream;
    this.hasMsid = true;
  }

  ssrc(line: Line): void {
    const [head, rest] = cut(line.text.slice(2), " ");
    if (rest === undefined) refuseLine(line, "Expects 2 fields.");
    const text = fieldValue(line, head, "ssrc");
    const ssrc = uint32(line, text);
    const [attribute, value] = cut(rest, ":");
    if (value === undefined)
      refuseLine(
        line,
        `Failed to get the ssrc attribute value from ${rest}. Expected format <attribute>:<value>.`,
      );
    let known = this.ssrcs.get(ssrc);
    if (!known) {
      known = { streamId: "", trackId: "" };
      this.ssrcs.set(ssrc, known);
    }
    if (attribute !== "msid") return;
    const fields = value.split(" ");
    if (fields.length > 2) refuseLine(line, 'Expected format "msid:<identifier>[ <appdata>]".');
    known.streamId = fields[0] ?? "";
    if (fields[1] !== undefined) known.trackId = fields[1];
    this.hasSsrcMsid = true;
  }

  /** A malformed a=rid line is left out, not refused. */
  rid(line: Line): void {
    const [id = "", direction = ""] = line.text.slice("a=rid:".length).split(" ");
    if (id !== "" && isRidId(id) && (direction === "send" || direction === "recv"))
      this.rids.push({ id, direction });
  }

  /** Drops every simulcast stream whose rid is unknown, doubled, or named in both directions. */
  resolveSimulcast(): void {
    const { simulcast } = this;
    if (!simulcast || isEmpty(simulcast)) return;
    const count = new Map<string, number>();
    for (const { id } of this.rids) count.set(id, (count.get(id) ?? 0) + 1);
    const isKnown = (id: string, direction: string): boolean =>
      count.get(id) === 1 && this.rids.some((rid) => rid.id === id && rid.direction === direction);
    const send = simulcast.send.filter((id) => isKnown(id, "send") && !simulcast.recv.includes(id));
    const recv = simulcast.recv.filter((id) => isKnown(id, "recv") && !simulcast.send.includes(id));
    this.content.hasSimulcast = send.length > 0 || recv.length > 0;
  }

  createStreams(): void {
    const { content } = this;
    if (this.ssrcs.size > 0) {
      for (const [ssrc, info] of this.ssrcs) {
        const ids = this.hasMsid
          ? { streamId: this.streamId, trackId: this.trackId }
          : this.hasSsrcMsid
            ? info
            : { streamId: "default", trackId: "" };
        let stream = content.streams.find(({ trackId }) => trackId === ids.trackId);
        if (!stream) {
          stream = { ...ids, ssrcs: [], groups: [] };
          content.streams.push(stream);
        }
        stream.ssrcs.push(ssrc);
      }
    } else if (content.kind !== "data" && this.hasMsid) {
      const { streamId, trackId } = this;
      content.streams.push({ streamId, trackId, ssrcs: [], groups: [] });
    }
    for (const group of this.groups) {
      for (const stream of content.streams) {
        if (stream.ssrcs.includes(group.ssrcs[0] as number)) stream.groups.push(group);
      }
    }
  }
}

interface Simulcast {
  readonly send: readonly string[];
  readonly recv: readonly string[];
}

function isEmpty({ send, recv }: Simulcast): boolean {
  return send.length === 0 && recv.length === 0;
}

function readSimulcast(line: Line, value: string): Simulcast {
  const fail = (reason: string): never => refuseLine(line, `Malformed simulcast line: ${reason}`);
  const tokens = value.split(" ").filter((token) => token !== "");
  if (tokens.length !== 2 && tokens.length !== 4)
    fail("Must have one or two <direction, streams> pairs.");
  const [first = "", firstList = "", second, secondList] = tokens;
  const isDirection = (word: string | undefined): boolean => word === "send" || word === "recv";
  if (!isDirection(first) || (second !== undefined && (!isDirection(second) || first === second)))
    fail("Valid values: send / recv.");
  const list = (text: string): string[] =>
    text.split(";").flatMap((alternatives) => {
      if (alternatives === "") fail("Simulcast alternative layer list is empty.");
      return alternatives.split(",").map((id) => {
        if (id === "" || id === "~") fail("Rid must not be empty.");
        return id.startsWith("~") ? id.slice(1) : id;
      });
    });
  const one = list(firstList);
  const two = secondList === undefined ? [] : list(secondList);
  return first === "send" ? { send: one, recv: two } : { send: two, recv: one };
}

// ── values ──

/** Whether an attribute line has this name, followed by nothing, a colon or a blank. */
function has({ text }: Line, name: string): boolean {
  if (!text.startsWith(name, 2)) return false;
  const after = text[2 + name.length];
  return after === undefined || after === ":" || after === " ";
}

/** Both sides of the first delimiter, further ones right after it skipped; no second part without one. */
function cut(text: string, delimiter: string): readonly [string, string | undefined] {
  const at = text.indexOf(delimiter);
  return at < 0 ? [text, undefined] : [text.slice(0, at), skipRun(text, at, delimiter)];
}

function skipRun(text: string, at: number, character: string): string {
  let next = at + 1;
  while (text[next] === character) next++;
  return text.slice(next);
}

function skipColons(text: string, at: number): string {
  return skipRun(text, at, ":");
}

function attributeValue(line: Line, name: string): string {
  return fieldValue(line, line.text, name);
}

function fieldValue(line: Line, field: string, name: string): string {
  const [head, value] = cut(field, ":");
  if (value === undefined || !head.endsWith(name))
    refuse(`${field} Failed to get the value of attribute: ${name}`, line);
  return value;
}

function isToken(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isTokenUnit =
      unit === 0x21 ||
      (unit >= 0x23 && unit <= 0x27) ||
      unit === 0x2a ||
      unit === 0x2b ||
      unit === 0x2d ||
      unit === 0x2e ||
      (unit >= 0x30 && unit <= 0x39) ||
      (unit >= 0x41 && unit <= 0x5a) ||
      (unit >= 0x5e && unit <= 0x7e);
    if (!isTokenUnit) return false;
  }
  return true;
}

function isRidId(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text);
}

/** A whole number as libwebrtc reads it: an optional minus and digits, nothing else. */
function integer(text: string): number | undefined {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= -0x80000000 && value <= 0x7fffffff ? value : undefined;
}

function unsigned(text: string): number | undefined {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= 0 ? value : undefined;
}

function int32(line: Line, text: string): number {
  return integer(text) ?? refuseLine(line, `Invalid value: ${text}.`);
}

function uint32(line: Line, text: string): number {
  const value = unsigned(text);
  if (value === undefined || value > 0xffffffff) refuseLine(line, `Invalid value: ${text}.`);
  return value;
}

/** A payload type; one outside 0–127 is refused without a word. */
function payloadType(line: Line, text: string): number {
  const value = int32(line, text);
  if (value < 0 || value > 127) refuse(" ", line);
  return value;
}

/** Anything with `RTP/` in it that no letter stands before. */
function isRtpProtocol(protocol: string): boolean {
  if (protocol === "") return true;
  const at = protocol.indexOf("RTP/");
  return at === 0 || (at > 0 && !/[A-Za-z]/.test(protocol[at - 1] ?? ""));
}

function isSctpProtocol(protocol: string): boolean {
  return protocol === "UDP/DTLS/SCTP" || protocol === "TCP/DTLS/SCTP" || protocol === "DTLS/SCTP";
}

function setUfrag(transport: Transport, line: Line): void {
  transport.ufrag = attributeValue(line, "ice-ufrag");
  transport.ufragLine = line;
}

function setPwd(transport: Transport, line: Line): void {
  transport.pwd = attributeValue(line, "ice-pwd");
  transport.pwdLine = line;
}

function checkConnection(line: Line): void {
  const [netType, afterNet] = cut(line.text.slice(2), " ");
  if (afterNet === undefined || netType !== "IN")
    refuseLine(
      line,
      "Failed to parse the connection data. The network type is not currently supported.",
    );
  const [addressType, address] = cut(afterNet, " ");
  if (address === undefined) refuseLine(line, "Failed to parse the address type.");
  if (address.includes("/"))
    refuseLine(line, "Failed to parse the connection data. Multicast is not currently supported.");
  const mismatch =
    (isIPv4(address) && addressType !== "IP4") || (isIPv6(address) && addressType !== "IP6");
  if (mismatch)
    refuseLine(line, "Failed to parse the connection data. The address type is mismatching.");
}

function isIPv4(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 &&
    parts.every(
      (part) => /^[0-9]{1,3}$/.test(part) && Number(part) < 256 && String(Number(part)) === part,
    )
  );
}

function isIPv6(text: string): boolean {
  if (text.length > 45 || !/^[0-9A-Fa-f:.]+$/.test(text)) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  let groups = 0;
  for (const half of halves) {
    if (half === "") continue;
    const parts = half.split(":");
    for (const [index, part] of parts.entries()) {
      const isTail = half === halves[halves.length - 1] && index === parts.length - 1;
      if (isTail && part.includes(".")) {
        if (!isIPv4(part)) return false;
        groups += 2;
      } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups++;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

function checkBandwidth(line: Line): void {
  const [type, text] = cut(line.text.slice(2), ":");
  if (text === undefined)
    refuseLine(line, "b= syntax error, does not match b=<modifier>:<bandwidth-value>.");
  if (type !== "AS" && type !== "TIAS") return;
  const value = int32(line, text);
  if (value < 0) refuseLine(line, `b=${type} value can't be negative.`);
}

const hashes = new Set(["sha-1", "sha-224", "sha-256", "sha-384", "sha-512"]);
const MAX_DIGEST = 64;

function checkFingerprint(line: Line): void {
  const fields = line.text.slice(2).split(" ");
  if (fields.length !== 2) refuseLine(line, "Expects 2 fields.");
  const [head = "", digest = ""] = fields;
  const algorithm = fieldValue(line, head, "fingerprint").toLowerCase();
  if (!hashes.has(algorithm) || !isDigest(digest))
    refuseLine(line, "Failed to create fingerprint from the digest.");
}

/** Hexadecimal bytes with colons between them. Their number is not compared with the hash. */
function isDigest(text: string): boolean {
  if (text === "" || Math.floor((text.length + 1) / 3) > MAX_DIGEST) return false;
  return /^(?:[0-9A-Fa-f]{2}:)*[0-9A-Fa-f]{2}$/.test(text);
}

function checkSetup(line: Line): void {
  const fields = line.text.slice(2).split(":");
  if (fields.length !== 2) refuseLine(line, "Expects 2 fields.");
  const role = (fields[1] ?? "").toLowerCase();
  const isRole =
    role === "active" || role === "passive" || role === "actpass" || role === "holdconn";
  if (!isRole) refuseLine(line, "Invalid attribute value.");
}

const ENCRYPTED = "urn:ietf:params:rtp-hdrext:encrypt";

function extension(line: Line): Extension {
  const fields = line.text.slice(2).split(" ");
  if (fields.length < 2) refuseLine(line, "Expects at least 2 fields.");
  const value = fieldValue(line, fields[0] ?? "", "extmap");
  const id = int32(line, value.split("/")[0] ?? "");
  if (id < 1 || id > 255) refuseLine(line, "Extension ID is not in valid range.");
  const uri = fields[1] ?? "";
  checkUri(line, uri);
  if (uri !== ENCRYPTED) return { id, uri, isEncrypted: false, line };
  if (fields.length < 3) refuseLine(line, "Expects at least 3 fields.");
  const inner = fields[2] ?? "";
  if (inner === ENCRYPTED) refuseLine(line, "Recursive encrypted header.");
  checkUri(line, inner);
  return { id, uri: inner, isEncrypted: true, line };
}

/** No control characters, and two hexadecimal digits after every percent sign. */
function checkUri(line: Line, uri: string): void {
  for (let at = 0; at < uri.length; at++) {
    const unit = uri.charCodeAt(at);
    const isEscape = unit === 0x25 && /^[0-9A-Fa-f]{2}$/.test(uri.slice(at + 1, at + 3));
    if (unit < 0x20 || unit === 0x7f || (unit === 0x25 && !isEscape))
      refuseLine(line, "URI contains invalid characters.");
  }
}

function checkSctpAttribute(line: Line, usesSctpmap: boolean): void {
  if (has(line, "sctp-port")) {
    if (usesSctpmap) refuseLine(line, "sctp-port attribute can't be used with sctpmap.");
    const fields = line.text.slice(2).split(":");
    const parts = fields.length < 2 ? line.text.slice(2).split(" ") : fields;
    if (parts.length < 2) refuseLine(line, "Expects at least 2 fields.");
    const port = integer(parts[1] ?? "");
    if (port === undefined || port < 0 || port > 65535)
      refuseLine(line, "Invalid sctp port value.");
  } else if (has(line, "max-message-size")) {
    const fields = line.text.slice(2).split(":");
    if (fields.length < 2) refuseLine(line, "Expects at least 2 fields.");
    const size = integer(fields[1] ?? "");
    if (size === undefined || size < 0) refuseLine(line, "Invalid SCTP max message size.");
  } else if (has(line, "sctp-init")) {
    const value = attributeValue(line, "sctp-init");
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0)
      refuseLine(line, "Base64 decoding of sctp-init failed.");
  }
}

function ssrcGroup(line: Line): SsrcGroup {
  const fields = line.text.slice(2).split(" ");
  if (fields.length < 2) refuseLine(line, "Expects at least 2 fields.");
  const semantics = fieldValue(line, fields[0] ?? "", "ssrc-group");
  const ssrcs: number[] = [];
  for (const field of fields.slice(1)) {
    const ssrc = uint32(line, field);
    if (ssrcs.includes(ssrc)) refuseLine(line, "Duplicate SSRC in ssrc-group");
    ssrcs.push(ssrc);
  }
  return { semantics, ssrcs, line };
}

function checkCandidate(line: Line): void {
  const [head, value] = cut(line.text.slice(2), ":");
  if (value === undefined || head !== "candidate")
    refuseLine(line, `Expected candidate got ${value === undefined ? "" : head}`);
  const fields = value.split(" ");
  if (fields.length < 8 || fields[6] !== "typ") refuseLine(line, "Expect at least 8 fields.");
  const [, component = "", transport = "", priority = "", , port = "", , type = ""] = fields;
  if (integer(component) === undefined) refuseLine(line, "Invalid component id");
  const priorityValue = unsigned(priority);
  if (priorityValue === undefined || priorityValue > 0xffffffff)
    refuseLine(line, "Invalid priority");
  if (!isPort(port)) refuseLine(line, "Invalid port");
  const protocol = transport.toLowerCase();
  if (protocol === "tls") refuseLine(line, "Unsupported protocol");
  const isTcp = protocol === "tcp" || protocol === "ssltcp";
  if (protocol !== "udp" && !isTcp) refuseLine(line, "Unsupported transport type");
  if (type !== "host" && type !== "srflx" && type !== "relay" && type !== "prflx")
    refuseLine(line, "Unsupported candidate type");
  let at = 8;
  if (fields.length >= at + 2 && fields[at] === "raddr") at += 2;
  if (fields.length >= at + 2 && fields[at] === "rport") {
    if (!isPort(fields[at + 1] ?? "")) refuseLine(line, "Invalid port");
    at += 2;
  }
  if (fields.length >= at + 2 && fields[at] === "tcptype") {
    const tcpType = fields[at + 1];
    at += 2;
    if (tcpType !== "active" && tcpType !== "passive" && tcpType !== "so")
      refuseLine(line, "Invalid TCP candidate type");
    if (!isTcp) refuseLine(line, "Invalid non-TCP candidate");
  }
  for (; at + 1 < fields.length; at += 2) {
    const name = fields[at] ?? "";
    const limit = extensionLimits[name];
    if (limit === undefined) continue;
    const number = unsigned(fields[at + 1] ?? "");
    if (number === undefined || number > limit) refuseLine(line, `Invalid ${name}`);
  }
}

const extensionLimits: Readonly<Record<string, number | undefined>> = {
  generation: 0xffffffff,
  "network-id": 0xffff,
  "network-cost": 0xffff,
};

function isPort(text: string): boolean {
  const port = integer(text);
  return port !== undefined && port >= 0 && port <= 65535;
}

// ── the description as a whole ──

function validate({ contents, groups, hasCryptex }: Description): void {
  fillMids(contents);
  checkMids(contents);
  const groupOf = new Map<string, BundleGroup>();
  for (const group of groups) for (const mid of group.mids) groupOf.set(mid, group);
  const byMid = new Map(contents.map((content) => [content.mid, content]));
  const owners = contents.filter(({ mid, isRejected }) => {
    const group = groupOf.get(mid);
    return !isRejected && (!group || group.mids[0] === mid);
  });
  for (const { transport, line } of owners) {
    if (!transport.hasFingerprint) refuse("Called with SDP without DTLS fingerprint.", line);
  }
  if (!hasCryptex) checkCryptex(contents, groupOf, byMid);
  for (const { transport, line } of owners) {
    if (transport.ufrag === "" || transport.pwd === "")
      refuse("Called with SDP without ice-ufrag and ice-pwd.", line);
  }
  for (const group of groups) checkBundledExtensions(group, byMid);
  for (const content of contents) if (!content.isSctp) checkSsrcGroups(content);
  for (const content of contents) {
    const { isRejected, isBundleOnly, isSctp, hasRtcpMux } = content;
    if (groupOf.has(content.mid) && !isRejected && !isBundleOnly && !isSctp && !hasRtcpMux)
      refuse("rtcp-mux must be enabled when BUNDLE is enabled.", content.line);
  }
  for (const content of contents) checkPayloadTypes(content);
  for (const content of contents) {
    if (isAudioOrVideo(content) && content.streams.length > 1)
      refuse(
        "Media section has more than one track specified with a=ssrc lines which is not supported with Unified Plan.",
        content.line,
      );
  }
  for (const content of contents) {
    if (content.isSctp || content.isRejected || !content.hasSimulcast) continue;
    if (!content.extensions.some(({ uri }) => uri === RID_URI))
      refuse(
        `The media section with MID='${content.mid}' negotiates simulcast but does not negotiate the RID RTP header extension.`,
        content.simulcastLine ?? content.line,
      );
  }
}

const RID_URI = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
const MID_MAX = 16;
const MAX_SIMULCAST_STREAMS = 3;

function isAudioOrVideo({ kind }: Content): boolean {
  return kind === "audio" || kind === "video";
}

/** A section without a mid gets a counted one, which may well be the mid of another section. */
function fillMids(contents: readonly Content[]): void {
  let next = 0;
  for (const content of contents) {
    if (content.mid === "") content.mid = String(next++);
  }
}

function checkMids(contents: readonly Content[]): void {
  const seen = new Set<string>();
  for (const { mid, midLine, line } of contents) {
    const place = midLine ?? line;
    if (mid.length > MID_MAX)
      refuse("The MID attribute exceeds the maximum supported length of 16 characters.", place);
    if (seen.has(mid)) refuse(`Duplicate a=mid value '${mid}'.`, place);
    seen.add(mid);
  }
}

function checkCryptex(
  contents: readonly Content[],
  groupOf: ReadonlyMap<string, BundleGroup>,
  byMid: ReadonlyMap<string, Content>,
): void {
  for (const content of contents) {
    const group = groupOf.get(content.mid);
    if (content.isRejected || content.isSctp || !group) continue;
    const first = group.mids
      .map((mid) => byMid.get(mid))
      .find((other) => other && other.kind !== "data");
    if (!first) refuse("Inconsistent bundle", group.line);
    if (first !== content && first.hasCryptex !== content.hasCryptex)
      refuse(
        `The media section with MID='${content.mid}' is not consistent with the cryptex level of its bundle`,
        content.line,
      );
  }
}

function checkBundledExtensions(group: BundleGroup, byMid: ReadonlyMap<string, Content>): void {
  const known = new Map<number, Extension>();
  for (const mid of group.mids) {
    const content = byMid.get(mid);
    if (!content)
      refuse(`A BUNDLE group contains a MID='${mid}' matching no m= section.`, group.line);
    if (content.isRejected || content.codecs.size === 0) continue;
    for (const extension of content.extensions) {
      const other = known.get(extension.id);
      if (other && (other.uri !== extension.uri || other.isEncrypted !== extension.isEncrypted))
        refuse(
          `A BUNDLE group contains a codec collision for header extension id=${extension.id}. The id must be the same across all bundled media descriptions`,
          extension.line,
        );
      if (!other) known.set(extension.id, extension);
    }
  }
}

function checkSsrcGroups({ mid, streams }: Content): void {
  for (const { groups } of streams) {
    for (const { semantics, ssrcs, line } of groups) {
      const isPair = semantics === "FID" || semantics === "FEC-FR";
      if (
        (isPair && ssrcs.length !== 2) ||
        (semantics === "SIM" && ssrcs.length > MAX_SIMULCAST_STREAMS)
      )
        refuse(
          `The media section with MID='${mid}' has a ssrc-group with semantics ${semantics} and an unexpected number of SSRCs.`,
          line,
        );
    }
  }
}

function checkPayloadTypes(content: Content): void {
  if (content.isSctp || content.isRejected || !isAudioOrVideo(content)) return;
  for (const { id, name, line } of content.codecs.values()) {
    if (content.hasRtcpMux && id > 63 && id < 96)
      refuse(
        `The media section with MID='${content.mid}' used an invalid payload type ${id} for codec '${name}, rtcp-mux:enabled`,
        line,
      );
  }
}

/** Every section stands for itself here: a bundle counts only once an answer has accepted it. */
function applyTransports({ contents, groups }: Description, type: "offer" | "answer"): void {
  const inGroup = new Set<string>();
  for (const { mids, line } of groups) {
    for (const mid of mids) {
      if (inGroup.has(mid))
        refuse(`A BUNDLE group contains a MID='${mid}' that is already in a BUNDLE group.`, line);
      inGroup.add(mid);
    }
  }
  const followers = new Set(type === "answer" ? groups.flatMap(({ mids }) => mids.slice(1)) : []);
  for (const content of contents) {
    if (content.isRejected || followers.has(content.mid)) continue;
    if (!content.isSctp && !content.isBundleOnly && !content.hasRtcpMux)
      refuse(
        `The m= section with mid='${content.mid}' is invalid. RTCP-MUX is not enabled when it is required.`,
        content.line,
      );
    checkIceParameters(content);
  }
}

function checkIceParameters({ mid, line, transport }: Content): void {
  const { ufrag, pwd } = transport;
  if (ufrag === "" && pwd === "") return;
  const checks = [
    { name: "ufrag", value: ufrag, min: 4, place: transport.ufragLine },
    { name: "pwd", value: pwd, min: 22, place: transport.pwdLine },
  ];
  for (const { name, value, min, place } of checks) {
    const fail = (sentence: string): never =>
      refuse(
        `Failed to apply the description for m= section with mid='${mid}': Invalid ICE parameters: ${sentence}`,
        place ?? line,
      );
    if (value.length < min || value.length > 256)
      fail(`ICE ${name} must be between ${min} and 256 characters long.`);
    // '-', '=', '#' and '_' are no ice-chars, but still let through.
    if (!/^[A-Za-z0-9+/=#_-]*$/.test(value))
      fail(`ICE ${name} must contain only alphanumeric characters, '+', and '/'.`);
  }
}

function applyMedia(content: Content): void {
  if (content.isRejected || !isAudioOrVideo(content)) return;
  if (content.kind === "video") {
    const fault = videoCodecFault([...content.codecs.values()]);
    if (fault)
      refuse(
        `Failed to set remote video description send parameters for m-section with mid='${content.mid}'.`,
        fault === true ? content.line : fault,
      );
  }
  for (const stream of content.streams) {
    const [first] = stream.ssrcs;
    if (first === undefined) continue;
    const fault = content.kind === "audio" ? stream.ssrcs.length > 1 : hasBrokenGroups(stream);
    if (fault)
      refuse(
        `Failed to add remote stream ssrc: ${first} to {mid: ${content.mid}, media_type: ${content.kind}}`,
        content.line,
      );
  }
}

/** The line of the codec that the video engine cannot map; `true` when it is the list as a whole. */
function videoCodecFault(codecs: readonly Codec[]): Line | true | undefined {
  const byId = new Map(codecs.map((codec) => [codec.id, resiliency(codec)]));
  for (const codec of codecs) {
    const [min, max] = ["x-google-min-bitrate", "x-google-max-bitrate"].map((name) =>
      integer(codec.parameters.get(name) ?? ""),
    );
    if (resiliency(codec) === undefined && min !== undefined && max !== undefined && max < min)
      return codec.line;
  }
  const isMedia = (codec: Codec): boolean =>
    resiliency(codec) === undefined && codec.name.toUpperCase() !== "CN";
  if (!codecs.some(isMedia)) return true;
  const associated: { readonly apt: number; readonly line: Line }[] = [];
  for (const codec of codecs) {
    if (resiliency(codec) !== "rtx") continue;
    const apt = integer(codec.parameters.get("apt") ?? "");
    if (apt === undefined || apt < 0 || apt > 127) return codec.line;
    associated.push({ apt, line: codec.line });
  }
  return associated.find(({ apt }) => {
    const kind = byId.get(apt);
    return !byId.has(apt) || (kind !== undefined && kind !== "red");
  })?.line;
}

function resiliency({ name }: Codec): "rtx" | "red" | "fec" | undefined {
  const lower = name.toLowerCase();
  if (lower === "rtx" || lower === "red") return lower;
  return lower === "ulpfec" || lower === "flexfec-03" ? "fec" : undefined;
}

/** `ValidateStreamParams` of the video engine. */
function hasBrokenGroups({ ssrcs, groups }: Stream): boolean {
  const primaries = groups.find(({ semantics }) => semantics === "SIM")?.ssrcs ?? ssrcs.slice(0, 1);
  const seen = new Set<string>();
  for (const group of groups) {
    const key = `${group.semantics} ${group.ssrcs[0]}`;
    if (seen.has(key)) return true;
    seen.add(key);
  }
  for (const semantics of ["FID", "FEC-FR"]) {
    const pairs = groups.filter((group) => group.semantics === semantics);
    const covered = primaries.filter((primary) => pairs.some((pair) => pair.ssrcs[0] === primary));
    if (covered.length > 0 && covered.length !== primaries.length) return true;
  }
  return groups.some(
    (group) =>
      ["FID", "SIM", "FEC-FR"].includes(group.semantics) &&
      group.ssrcs.some((ssrc) => !ssrcs.includes(ssrc)),
  );
}
