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
import type { Line, Sdp, Section } from "./document.ts";
import { bandwidth } from "./lines/bandwidth.ts";
import { connection } from "./lines/connection.ts";
import { media as mediaLine } from "./lines/media.ts";
import { origin } from "./lines/origin.ts";
import { documentOf } from "./parse.ts";
import { Scanner } from "./scanner.ts";
import { staticPayloadType } from "./static-payload-type.ts";

/**
 * Reads a description into its typed form. Never throws on content: a line that its grammar cannot read is left out
 * (`document.diagnostics` tells why), a missing part of an `m=` line is `""` or port 0.
 *
 * What the session part gives to all media sections is applied to each: direction, ICE credentials and options,
 * fingerprints, setup, tls-id, connection, header extensions and end-of-candidates. What a media section says itself wins;
 * its fingerprints and its header extensions replace those of the session as a whole.
 * Where a line may stand once and stands twice, the first one counts.
 */
export function readDescription(sdp: Sdp): SessionDescription {
  const document = documentOf(sdp);
  const scan = new Scanner();
  const session = readLines(document.session, scan);
  return {
    document,
    ...(session.origin && { origin: session.origin }),
    ...(session.name !== undefined && { name: session.name }),
    ...(session.connection && { connection: session.connection }),
    groups: session.groups,
    ...bundleOf(session.groups),
    iceLite: session.flags.has("ice-lite"),
    iceOptions: session.iceOptions ?? none,
    extmapAllowMixed: session.flags.has("extmap-allow-mixed"),
    media: document.media.map((section) => readMedia(section, session, scan)),
  };
}

function bundleOf(groups: readonly Group[]): { readonly bundle?: Group } {
  const bundle = groups.find(({ semantics }) => semantics === "BUNDLE");
  return bundle ? { bundle } : {};
}

function readMedia(section: Section, session: Draft, scan: Scanner): MediaDescription {
  const line = section.lines[0] as Line;
  const { kind, port, portCount, protocol, formats } = mediaLine.read(scan.reset(line.source, 2));
  const draft = readLines(section, scan);
  const isBundleOnly = draft.flags.has("bundle-only");
  const isRtp = protocol.includes("RTP/");
  const own = draft.connection ?? session.connection;
  const sctp = readSctp(kind, protocol, formats, draft);
  return {
    section,
    index: section.index,
    line,
    kind,
    port: Number.isNaN(port) ? 0 : port,
    portCount: Number.isNaN(portCount) ? 1 : portCount,
    protocol,
    formats,
    ...(draft.mid !== undefined && { mid: draft.mid }),
    direction: draft.direction ?? session.direction ?? "sendrecv",
    isRejected: port === 0 && !isBundleOnly,
    isBundleOnly,
    isRtp,
    codecs: readCodecs(formats, kind, isRtp, draft),
    candidates: draft.candidates,
    hasEndOfCandidates:
      draft.flags.has("end-of-candidates") || session.flags.has("end-of-candidates"),
    ice: iceOf(draft, session),
    dtls: dtlsOf(draft, session),
    ...(own && { connection: own }),
    hasRtcpMux: draft.flags.has("rtcp-mux"),
    hasRtcpMuxOnly: draft.flags.has("rtcp-mux-only"),
    hasRtcpRsize: draft.flags.has("rtcp-rsize"),
    hasExtmapAllowMixed: draft.flags.has("extmap-allow-mixed"),
    extensions: draft.extensions.length > 0 ? draft.extensions : session.extensions,
    msids: draft.msids,
    rids: draft.rids,
    ...(draft.simulcast && { simulcast: draft.simulcast }),
    sources: [...draft.sources.values()],
    sourceGroups: draft.sourceGroups,
    ...(sctp && { sctp }),
    bandwidths: draft.bandwidths,
  };
}

function iceOf(draft: Draft, session: Draft): IceParameters {
  const ufrag = draft.ufrag ?? session.ufrag;
  const pwd = draft.pwd ?? session.pwd;
  return {
    ...(ufrag && { ufrag: ufrag.value, ufragLine: ufrag.line }),
    ...(pwd && { pwd: pwd.value, pwdLine: pwd.line }),
    options: draft.iceOptions ?? session.iceOptions ?? none,
  };
}

function dtlsOf(draft: Draft, session: Draft): DtlsParameters {
  const role = draft.setup ?? session.setup;
  const id = draft.tlsId ?? session.tlsId;
  return {
    fingerprints: draft.fingerprints.length > 0 ? draft.fingerprints : session.fingerprints,
    ...(role && { setup: role.value, setupLine: role.line }),
    ...(id !== undefined && { tlsId: id }),
  };
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
    const payloadType = isDigits(format) ? Number(format) : -1;
    if (payloadType < 0 || payloadType > 127 || seen.has(format)) continue;
    seen.add(format);
    const lines = draft.formats.get(format);
    const mapped = lines?.rtpmap;
    const known = mapped ?? (isRtp ? staticPayloadType(payloadType) : undefined);
    if (known === undefined) continue;
    const channels = kind === "audio" ? known.channels : undefined;
    const feedback = lines?.feedback ?? none;
    codecs.push({
      name: known.name,
      clockRate: known.clockRate,
      ...(channels !== undefined && { channels }),
      ...(lines?.fmtp !== undefined && { fmtp: lines.fmtp }),
      payloadType,
      format,
      feedback:
        draft.wildcardFeedback.length > 0 ? [...feedback, ...draft.wildcardFeedback] : feedback,
      ...(mapped && { rtpmapLine: mapped.line }),
      fmtpLines: lines?.fmtpLines ?? noLines,
      feedbackLines: lines?.feedbackLines ?? noLines,
    });
  }
  return codecs;
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return text !== "";
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
  rtpmap?: { name: string; clockRate: number; channels?: number; line: Line };
  fmtp?: string;
  readonly fmtpLines: Line[];
  readonly feedback: string[];
  readonly feedbackLines: Line[];
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
  readonly flags = new Set<string>();
  readonly groups: Group[] = [];
  readonly formats = new Map<string, FormatDraft>();
  readonly wildcardFeedback: string[] = [];
  readonly candidates: MediaCandidate[] = [];
  readonly fingerprints: Fingerprint[] = [];
  readonly extensions: HeaderExtension[] = [];
  readonly msids: Msid[] = [];
  readonly rids: Rid[] = [];
  readonly sources = new Map<number, MutableSource>();
  readonly sourceGroups: SourceGroup[] = [];
  readonly bandwidths: Bandwidth[] = [];

  format(format: string): FormatDraft {
    let lines = this.formats.get(format);
    if (lines === undefined) {
      lines = { fmtpLines: [], feedback: [], feedbackLines: [] };
      this.formats.set(format, lines);
    }
    return lines;
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
const COLON = 0x3a;
const EQUALS = 0x3d;

function readLines({ lines }: Section, scan: Scanner): Draft {
  const draft = new Draft();
  for (const line of lines) {
    const { source } = line;
    if (source.charCodeAt(1) !== EQUALS) continue;
    switch (source.charCodeAt(0)) {
      case LETTER_A: {
        let colon = 2;
        while (colon < source.length && source.charCodeAt(colon) !== COLON) colon++;
        attributeReaders.get(source.slice(2, colon))?.(draft, line, scan, colon + 1);
        break;
      }
      case LETTER_B: {
        const read = readValue(bandwidth, scan, source, 2);
        if (read) draft.bandwidths.push({ line, ...read });
        break;
      }
      case LETTER_C: {
        const read = readValue(connection, scan, source, 2);
        if (read) draft.connection ??= { line, ...read };
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

function flag({ name }: Attribute<true, never>): readonly [string, AttributeReader] {
  return [name, (draft) => draft.flags.add(name)];
}

function direction(
  attribute: Attribute<true, never>,
  value: Direction,
): readonly [string, AttributeReader] {
  return [
    attribute.name,
    (draft) => {
      draft.direction ??= value;
    },
  ];
}

const attributeReaders: ReadonlyMap<string, AttributeReader> = new Map([
  flag(bundleOnly),
  flag(endOfCandidates),
  flag(extmapAllowMixed),
  flag(iceLite),
  flag(rtcpMux),
  flag(rtcpMuxOnly),
  flag(rtcpRsize),
  direction(sendrecv, "sendrecv"),
  direction(sendonly, "sendonly"),
  direction(recvonly, "recvonly"),
  direction(inactive, "inactive"),
  reader(rtpmap, (draft, { payloadType, encodingName: name, clockRate, parameters }, line) => {
    const channels =
      parameters !== undefined && isDigits(parameters) ? Number(parameters) : undefined;
    draft.format(payloadType).rtpmap ??=
      channels === undefined ? { name, clockRate, line } : { name, clockRate, channels, line };
  }),
  reader(fmtp, (draft, { format, parameters }, line) => {
    const lines = draft.format(format);
    lines.fmtp = lines.fmtp === undefined ? parameters : `${lines.fmtp};${parameters}`;
    lines.fmtpLines.push(line);
  }),
  reader(rtcpFb, (draft, { payloadType, feedback }, line) => {
    if (payloadType === "*") {
      draft.wildcardFeedback.push(feedback);
      return;
    }
    const lines = draft.format(payloadType);
    lines.feedback.push(feedback);
    lines.feedbackLines.push(line);
  }),
  reader(candidate, (draft, value, line) => draft.candidates.push({ line, candidate: value })),
  reader(extmap, (draft, value, line) => draft.extensions.push({ line, ...value })),
  reader(fingerprint, (draft, value, line) => draft.fingerprints.push({ line, ...value })),
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
  reader(msid, (draft, value, line) => draft.msids.push({ line, ...value })),
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
  reader(ssrc, (draft, { ssrc: id, name, value }, line) => {
    let source = draft.sources.get(id);
    if (source === undefined) {
      source = { ssrc: id, lines: [], attributes: [] };
      draft.sources.set(id, source);
    }
    source.lines.push(line);
    source.attributes.push(value === undefined ? { name } : { name, value });
  }),
  reader(ssrcGroup, (draft, value, line) => draft.sourceGroups.push({ line, ...value })),
  reader(tlsId, (draft, value) => {
    draft.tlsId ??= value;
  }),
]);
