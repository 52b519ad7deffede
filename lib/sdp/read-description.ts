import type { Attribute, Grammar } from "./attribute.ts";
import { readValue } from "./attribute.ts";
import { bundleOnly } from "./attributes/bundle-only.ts";
import { candidate } from "./attributes/candidate.ts";
import { endOfCandidates } from "./attributes/end-of-candidates.ts";
import { extmap } from "./attributes/extmap.ts";
import { extmapAllowMixed } from "./attributes/extmap-allow-mixed.ts";
import { fingerprint } from "./attributes/fingerprint.ts";
import { fmtp } from "./attributes/fmtp.ts";
import { group } from "./attributes/group.ts";
import { iceLite } from "./attributes/ice-lite.ts";
import { iceOptions } from "./attributes/ice-options.ts";
import { icePwd } from "./attributes/ice-pwd.ts";
import { iceUfrag } from "./attributes/ice-ufrag.ts";
import { inactive } from "./attributes/inactive.ts";
import { maxMessageSize } from "./attributes/max-message-size.ts";
import { mid } from "./attributes/mid.ts";
import { msid } from "./attributes/msid.ts";
import { recvonly } from "./attributes/recvonly.ts";
import { rid } from "./attributes/rid.ts";
import { rtcpFb } from "./attributes/rtcp-fb.ts";
import { rtcpMux } from "./attributes/rtcp-mux.ts";
import { rtcpMuxOnly } from "./attributes/rtcp-mux-only.ts";
import { rtcpRsize } from "./attributes/rtcp-rsize.ts";
import type { Rtpmap } from "./attributes/rtpmap.ts";
import { rtpmap } from "./attributes/rtpmap.ts";
import { sctpPort } from "./attributes/sctp-port.ts";
import { sctpmap } from "./attributes/sctpmap.ts";
import { sendonly } from "./attributes/sendonly.ts";
import { sendrecv } from "./attributes/sendrecv.ts";
import { setup } from "./attributes/setup.ts";
import { simulcast } from "./attributes/simulcast.ts";
import { ssrc } from "./attributes/ssrc.ts";
import { ssrcGroup } from "./attributes/ssrc-group.ts";
import { tlsId } from "./attributes/tls-id.ts";
import type {
  Bandwidth,
  Connection,
  Direction,
  DtlsParameters,
  Fingerprint,
  Group,
  HeaderExtension,
  IceParameters,
  MediaCandidate,
  MediaCodec,
  MediaDescription,
  Msid,
  Origin,
  Rid,
  SctpParameters,
  SessionDescription,
  Setup,
  Simulcast,
  Source,
  SourceGroup,
} from "./description.ts";
import type { Line, Sdp, SdpDocument, Section } from "./document.ts";
import { encodingOf, isDigits, payloadTypeOf } from "./encoding.ts";
import { bandwidth } from "./lines/bandwidth.ts";
import { connection } from "./lines/connection.ts";
import { media as mediaLine } from "./lines/media.ts";
import { origin } from "./lines/origin.ts";
import { NameIndex } from "./name-index.ts";
import { documentOf, remember } from "./parse.ts";
import { Scanner } from "./scanner.ts";
import { isWordAt } from "./word-at.ts";

/**
 * Reads a description into its typed form. Never throws on content: a line that its grammar cannot read is left out
 * (`document.diagnostics` tells why), a missing part of an `m=` line is `""` or port 0.
 *
 * What the session part gives to all media sections is applied to each: direction, ICE credentials and options,
 * fingerprints, setup, tls-id, connection, header extensions and end-of-candidates. What a media section says itself wins;
 * its fingerprints and its header extensions replace those of the session as a whole.
 * Where a line may stand once and stands twice, the first one counts.
 *
 * A document is read once: the same one gives the same description again.
 */
export function readDescription(sdp: Sdp): SessionDescription {
  const document = documentOf(sdp);
  return remember(document, descriptionKey, () => read(document));
}

const descriptionKey = Symbol("description");

function read(document: SdpDocument): SessionDescription {
  const scan = new Scanner();
  const session = readLines(document.session, scan);
  const description: Writable<SessionDescription> = {
    document,
    groups: session.groups,
    iceLite: session.isIceLite,
    iceOptions: session.iceOptions ?? none,
    extmapAllowMixed: session.allowsExtmapMixed,
    media: document.media.map((section) => readMedia(section, session, scan)),
  };
  const bundle = session.groups.find(({ semantics }) => semantics === "BUNDLE");
  if (session.origin) description.origin = session.origin;
  if (session.name !== undefined) description.name = session.name;
  if (session.connection) description.connection = session.connection;
  if (bundle) description.bundle = bundle;
  return description;
}

/** A type as it is while its value is put together. */
type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readMedia(section: Section, session: Draft, scan: Scanner): MediaDescription {
  const line = section.lines[0] as Line;
  const { kind, port, portCount, protocol, formats } = mediaLine.read(scan.reset(line.source, 2));
  const draft = readLines(section, scan);
  const isBundleOnly = draft.isBundleOnly;
  const isRtp = protocol.includes("RTP/");
  const media: Writable<MediaDescription> = {
    section,
    index: section.index,
    line,
    kind,
    port: Number.isNaN(port) ? 0 : port,
    portCount: Number.isNaN(portCount) ? 1 : portCount,
    protocol,
    formats,
    direction: draft.direction ?? session.direction ?? "sendrecv",
    isRejected: port === 0 && !isBundleOnly,
    isBundleOnly,
    isRtp,
    codecs: readCodecs(formats, kind, isRtp, draft),
    candidates: draft.candidates,
    hasEndOfCandidates: draft.hasEndOfCandidates || session.hasEndOfCandidates,
    ice: iceOf(draft, session),
    dtls: dtlsOf(draft, session),
    hasRtcpMux: draft.hasRtcpMux,
    hasRtcpMuxOnly: draft.hasRtcpMuxOnly,
    hasRtcpRsize: draft.hasRtcpRsize,
    hasExtmapAllowMixed: draft.allowsExtmapMixed,
    extensions: draft.extensions.length > 0 ? draft.extensions : session.extensions,
    msids: draft.msids,
    rids: draft.rids,
    sources: draft.sources,
    sourceGroups: draft.sourceGroups,
    bandwidths: draft.bandwidths,
  };
  const sctp = readSctp(kind, protocol, formats, draft);
  const connection = draft.connection ?? session.connection;
  if (draft.mid !== undefined) media.mid = draft.mid;
  if (connection) media.connection = connection;
  if (draft.simulcast) media.simulcast = draft.simulcast;
  if (sctp) media.sctp = sctp;
  return media;
}

function iceOf(draft: Draft, session: Draft): IceParameters {
  const ufrag = draft.ufrag ?? session.ufrag;
  const pwd = draft.pwd ?? session.pwd;
  const ice: Writable<IceParameters> = { options: draft.iceOptions ?? session.iceOptions ?? none };
  if (ufrag) {
    ice.ufrag = ufrag.value;
    ice.ufragLine = ufrag.line;
  }
  if (pwd) {
    ice.pwd = pwd.value;
    ice.pwdLine = pwd.line;
  }
  return ice;
}

function dtlsOf(draft: Draft, session: Draft): DtlsParameters {
  const role = draft.setup ?? session.setup;
  const id = draft.tlsId ?? session.tlsId;
  const dtls: Writable<DtlsParameters> = {
    fingerprints: draft.fingerprints.length > 0 ? draft.fingerprints : session.fingerprints,
  };
  if (role) {
    dtls.setup = role.value;
    dtls.setupLine = role.line;
  }
  if (id !== undefined) dtls.tlsId = id;
  return dtls;
}

/** RFC 8841 §6. */
const DEFAULT_MAX_MESSAGE_SIZE = 65536;

/**
 * Both syntaxes of a data section:
 *
 *     m=application 9 UDP/DTLS/SCTP webrtc-datachannel     m=application 9 DTLS/SCTP 5000
 *     a=sctp-port:5000                                     a=sctpmap:5000 webrtc-datachannel 1024
 */
function readSctp(
  kind: string,
  protocol: string,
  formats: readonly string[],
  draft: Draft,
): SctpParameters | undefined {
  if (!protocol.includes("SCTP") || kind === "") return undefined;
  const maxMessageSize = draft.maxMessageSize ?? DEFAULT_MAX_MESSAGE_SIZE;
  if (draft.sctpPort) {
    const { value: port, line: portLine } = draft.sctpPort;
    return { port, portLine, maxMessageSize, isLegacySyntax: false };
  }
  if (draft.sctpmap) {
    const { value, line: portLine } = draft.sctpmap;
    return { port: value.port, portLine, maxMessageSize, isLegacySyntax: true };
  }
  const format = formats[0] ?? "";
  if (!isDigits(format)) return { maxMessageSize, isLegacySyntax: false };
  return { port: Number(format), maxMessageSize, isLegacySyntax: true };
}

function readCodecs(
  formats: readonly string[],
  kind: string,
  isRtp: boolean,
  draft: Draft,
): readonly MediaCodec[] {
  const codecs: MediaCodec[] = [];
  const seen = new Set<string>();
  for (const format of formats) {
    const payloadType = payloadTypeOf(format);
    if (payloadType < 0) continue;
    const lines = draft.formats.get(format);
    if (lines?.isListed || seen.has(format)) continue;
    if (lines) lines.isListed = true;
    else seen.add(format);
    const encoding = encodingOf(payloadType, isRtp, lines?.rtpmap);
    if (encoding === undefined) continue;
    const { name, clockRate, channels } = encoding;
    const feedback = lines?.feedback ?? none;
    const codec: Writable<MediaCodec> = {
      name,
      clockRate,
      payloadType,
      format,
      feedback:
        draft.wildcardFeedback.length > 0 ? [...feedback, ...draft.wildcardFeedback] : feedback,
      fmtpLines: lines?.fmtpLines ?? noLines,
      feedbackLines: lines?.feedbackLines ?? noLines,
    };
    if (kind === "audio" && channels !== undefined) codec.channels = channels;
    if (lines?.fmtp !== undefined) codec.fmtp = lines.fmtp;
    if (lines?.rtpmapLine) codec.rtpmapLine = lines.rtpmapLine;
    codecs.push(codec);
  }
  return codecs;
}

const none: readonly string[] = [];
const noLines: readonly Line[] = [];

/** A value and the line it was read from. */
interface Placed<Value> {
  readonly value: Value;
  readonly line: Line;
}

/** All that the lines of one section say of one format. */
interface FormatDraft {
  rtpmap: Rtpmap | undefined;
  rtpmapLine: Line | undefined;
  fmtp: string | undefined;
  fmtpLines: Line[] | undefined;
  feedback: string[] | undefined;
  feedbackLines: Line[] | undefined;
  /** Whether the codec is in the list already: a format counts once. */
  isListed: boolean;
}

/** What the lines of one section say, the session part or a media section, before defaults are applied. */
class Draft {
  origin: Origin | undefined;
  name: string | undefined;
  connection: Connection | undefined;
  mid: string | undefined;
  direction: Direction | undefined;
  ufrag: Placed<string> | undefined;
  pwd: Placed<string> | undefined;
  iceOptions: readonly string[] | undefined;
  setup: Placed<Setup> | undefined;
  tlsId: string | undefined;
  simulcast: Simulcast | undefined;
  sctpPort: Placed<number> | undefined;
  sctpmap: Placed<{ readonly port: number }> | undefined;
  maxMessageSize: number | undefined;
  isIceLite = false;
  isBundleOnly = false;
  allowsExtmapMixed = false;
  hasEndOfCandidates = false;
  hasRtcpMux = false;
  hasRtcpMuxOnly = false;
  hasRtcpRsize = false;
  readonly groups: Group[] = [];
  readonly formats = new Map<string, FormatDraft>();
  readonly wildcardFeedback: string[] = [];
  readonly candidates: MediaCandidate[] = [];
  readonly fingerprints: Fingerprint[] = [];
  readonly extensions: HeaderExtension[] = [];
  readonly msids: Msid[] = [];
  readonly rids: Rid[] = [];
  readonly sources: MutableSource[] = [];
  readonly sourceGroups: SourceGroup[] = [];
  readonly bandwidths: Bandwidth[] = [];

  /** The format of the line before, and what is said of it so far. */
  lastFormat = "";
  #lastLines: FormatDraft | undefined;

  /**
   * What is said of the format that a value begins with, if it is that of the line before: the lines of a format mostly
   * stand together, and the grammars of fmtp and rtcp-fb have nothing but all the rest behind it.
   */
  formatAgain(source: string, at: number): FormatDraft | undefined {
    return isWordAt(source, at, source.length, this.lastFormat) ? this.#lastLines : undefined;
  }

  format(format: string): FormatDraft {
    // The lines of a format mostly stand together: comparing with the last one saves the look-up.
    if (this.#lastLines !== undefined && format === this.lastFormat) return this.#lastLines;
    let lines = this.formats.get(format);
    if (lines === undefined) {
      lines = {
        rtpmap: undefined,
        rtpmapLine: undefined,
        fmtp: undefined,
        fmtpLines: undefined,
        feedback: undefined,
        feedbackLines: undefined,
        isListed: false,
      };
      this.formats.set(format, lines);
    }
    this.lastFormat = format;
    this.#lastLines = lines;
    return lines;
  }

  #sourceOf: Map<number, MutableSource> | undefined;

  source(ssrc: number): MutableSource {
    const last = this.sources.at(-1);
    if (last?.ssrc === ssrc) return last;
    this.#sourceOf ??= new Map();
    let source = this.#sourceOf.get(ssrc);
    if (source === undefined) {
      source = { ssrc, lines: [], attributes: [] };
      this.#sourceOf.set(ssrc, source);
      this.sources.push(source);
    }
    return source;
  }
}

interface MutableSource extends Source {
  readonly lines: Line[];
  readonly attributes: { readonly name: string; readonly value?: string }[];
}

const LETTER_A = 0x61;
const LETTER_B = 0x62;
const LETTER_C = 0x63;
const LETTER_O = 0x6f;
const LETTER_S = 0x73;
const EQUALS = 0x3d;

function readLines({ lines }: Section, scan: Scanner): Draft {
  const draft = new Draft();
  for (const line of lines) {
    const { source } = line;
    if (source.charCodeAt(1) !== EQUALS) continue;
    switch (source.charCodeAt(0)) {
      case LETTER_A: {
        const colon = source.indexOf(":", 2);
        const end = colon < 0 ? source.length : colon;
        attributeReaders.find(source, 2, end)?.(draft, line, scan, end + 1);
        break;
      }
      case LETTER_B: {
        const read = readValue(bandwidth, scan, source, 2);
        if (read) draft.bandwidths.push({ line, ...read });
        break;
      }
      case LETTER_C: {
        const read = readValue(connection, scan, source, 2);
        if (read && !draft.connection) {
          const { netType, addressType, address } = read;
          draft.connection = { line, netType, addressType, address };
        }
        break;
      }
      case LETTER_O: {
        const read = readValue(origin, scan, source, 2);
        if (read) draft.origin ??= { line, ...read };
        break;
      }
      case LETTER_S:
        draft.name ??= source.slice(2);
        break;
    }
  }
  return draft;
}

/** Puts what an attribute line says into the draft. `at` is behind the colon. */
type AttributeReader = (draft: Draft, line: Line, scan: Scanner, at: number) => void;

/** Pairs an attribute with what its value does to a draft; a value that cannot be read does nothing. */
function reader<Value>(
  attribute: Grammar<Value> & { readonly name: string },
  take: (draft: Draft, value: Value, line: Line) => void,
): readonly [string, AttributeReader] {
  return [
    attribute.name,
    (draft, line, scan, at) => {
      const value = readValue(attribute, scan, line.source, at);
      if (value !== undefined) take(draft, value, line);
    },
  ];
}

function flag(
  { name }: Attribute<true, never>,
  set: (draft: Draft) => void,
): readonly [string, AttributeReader] {
  return [name, set];
}

function addParameters(lines: FormatDraft, parameters: string, line: Line): void {
  if (lines.fmtp === undefined) {
    lines.fmtp = parameters;
    lines.fmtpLines = [line];
  } else {
    lines.fmtp = `${lines.fmtp};${parameters}`;
    lines.fmtpLines?.push(line);
  }
}

function addFeedback(lines: FormatDraft, feedback: string, line: Line): void {
  if (lines.feedback === undefined || lines.feedbackLines === undefined) {
    lines.feedback = [feedback];
    lines.feedbackLines = [line];
  } else {
    lines.feedback.push(feedback);
    lines.feedbackLines.push(line);
  }
}

const attributeReaders: NameIndex<AttributeReader> = new NameIndex<AttributeReader>([
  flag(bundleOnly, (draft) => {
    draft.isBundleOnly = true;
  }),
  flag(endOfCandidates, (draft) => {
    draft.hasEndOfCandidates = true;
  }),
  flag(extmapAllowMixed, (draft) => {
    draft.allowsExtmapMixed = true;
  }),
  flag(iceLite, (draft) => {
    draft.isIceLite = true;
  }),
  flag(rtcpMux, (draft) => {
    draft.hasRtcpMux = true;
  }),
  flag(rtcpMuxOnly, (draft) => {
    draft.hasRtcpMuxOnly = true;
  }),
  flag(rtcpRsize, (draft) => {
    draft.hasRtcpRsize = true;
  }),
  flag(sendrecv, (draft) => {
    draft.direction ??= "sendrecv";
  }),
  flag(sendonly, (draft) => {
    draft.direction ??= "sendonly";
  }),
  flag(recvonly, (draft) => {
    draft.direction ??= "recvonly";
  }),
  flag(inactive, (draft) => {
    draft.direction ??= "inactive";
  }),
  // The attributes that most lines have are read in functions of their own, which the engine compiles each for its grammar;
  // what passes through `reader` is called through one function for all.
  [
    rtpmap.name,
    (draft, line, scan, at) => {
      const value = rtpmap.read(scan.reset(line.source, at));
      scan.finish();
      if (scan.isBroken) return;
      const lines = draft.format(value.payloadType);
      if (lines.rtpmap !== undefined) return;
      lines.rtpmap = value;
      lines.rtpmapLine = line;
    },
  ],
  [
    fmtp.name,
    (draft, line, scan, at) => {
      const { source } = line;
      const known = draft.formatAgain(source, at);
      if (known) {
        const parameters = source.slice(at + draft.lastFormat.length + 1);
        if (parameters !== "") addParameters(known, parameters, line);
        return;
      }
      const { format, parameters } = fmtp.read(scan.reset(source, at));
      scan.finish();
      if (!scan.isBroken) addParameters(draft.format(format), parameters, line);
    },
  ],
  [
    rtcpFb.name,
    (draft, line, scan, at) => {
      const { source } = line;
      const known = draft.formatAgain(source, at);
      if (known) {
        const rest = source.slice(at + draft.lastFormat.length + 1);
        const feedback = rest.endsWith(" ") ? rest.trimEnd() : rest;
        if (feedback !== "") addFeedback(known, feedback, line);
        return;
      }
      const { payloadType, feedback } = rtcpFb.read(scan.reset(source, at));
      scan.finish();
      if (scan.isBroken) return;
      if (payloadType === "*") draft.wildcardFeedback.push(feedback);
      else addFeedback(draft.format(payloadType), feedback, line);
    },
  ],
  [
    candidate.name,
    (draft, line, scan, at) => {
      const value = candidate.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.candidates.push({ line, candidate: value });
    },
  ],
  [
    extmap.name,
    (draft, line, scan, at) => {
      const { id, direction, uri, attributes } = extmap.read(scan.reset(line.source, at));
      scan.finish();
      if (scan.isBroken) return;
      const extension: Writable<HeaderExtension> = { line, id, uri };
      if (direction !== undefined) extension.direction = direction;
      if (attributes !== undefined) extension.attributes = attributes;
      draft.extensions.push(extension);
    },
  ],
  [
    ssrc.name,
    (draft, line, scan, at) => {
      const { ssrc: id, name, value } = ssrc.read(scan.reset(line.source, at));
      scan.finish();
      if (scan.isBroken) return;
      const source = draft.source(id);
      source.lines.push(line);
      source.attributes.push(value === undefined ? { name } : { name, value });
    },
  ],
  reader(fingerprint, (draft, { algorithm, value }, line) =>
    draft.fingerprints.push({ line, algorithm, value }),
  ),
  reader(group, (draft, value, line) => draft.groups.push({ line, ...value })),
  reader(iceOptions, (draft, value) => {
    draft.iceOptions ??= value;
  }),
  reader(iceUfrag, (draft, value, line) => {
    draft.ufrag ??= { value, line };
  }),
  reader(icePwd, (draft, value, line) => {
    draft.pwd ??= { value, line };
  }),
  reader(maxMessageSize, (draft, value) => {
    draft.maxMessageSize ??= value;
  }),
  reader(mid, (draft, value) => {
    draft.mid ??= value;
  }),
  reader(msid, (draft, { stream, track }, line) =>
    draft.msids.push(track === undefined ? { line, stream } : { line, stream, track }),
  ),
  reader(rid, (draft, value, line) => draft.rids.push({ line, ...value })),
  reader(sctpPort, (draft, value, line) => {
    draft.sctpPort ??= { value, line };
  }),
  reader(sctpmap, (draft, value, line) => {
    draft.sctpmap ??= { value, line };
  }),
  reader(setup, (draft, value, line) => {
    draft.setup ??= { value, line };
  }),
  reader(simulcast, (draft, value, line) => {
    draft.simulcast ??= { line, ...value };
  }),
  reader(ssrcGroup, (draft, value, line) => draft.sourceGroups.push({ line, ...value })),
  reader(tlsId, (draft, value) => {
    draft.tlsId ??= value;
  }),
]);
