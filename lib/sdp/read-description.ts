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
import { CodecLines } from "./codec-lines.ts";
import { CodecRun } from "./codec-run.ts";
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
import { isDigits } from "./encoding.ts";
import { added, empty, trimmed } from "./growing-list.ts";
import { bandwidth } from "./lines/bandwidth.ts";
import { connection } from "./lines/connection.ts";
import type { MediaLine } from "./lines/media.ts";
import { media as mediaLine } from "./lines/media.ts";
import { origin } from "./lines/origin.ts";
import { NameIndex } from "./name-index.ts";
import { documentOf, remember } from "./parse.ts";
import { Scanner } from "./scanner.ts";
import type { Writable } from "./writable.ts";

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
  const session = readLines(document.session, empty, scan);
  const runs: CodecRun[] = [];
  const groups = session.groups ?? empty;
  const description: Writable<SessionDescription> = {
    document,
    groups,
    iceLite: session.isIceLite,
    iceOptions: session.iceOptions ?? empty,
    extmapAllowMixed: session.allowsExtmapMixed,
    media: document.media.map((section) => readMedia(section, session, runs, scan)),
  };
  const bundle = groups.find(({ semantics }) => semantics === "BUNDLE");
  if (session.origin) description.origin = session.origin;
  if (session.name !== undefined) description.name = session.name;
  if (session.connection) description.connection = session.connection;
  if (bundle) description.bundle = bundle;
  return description;
}

function readMedia(
  section: Section,
  session: Draft,
  runs: CodecRun[],
  scan: Scanner,
): MediaDescription {
  const line = section.lines[0] as Line;
  const run = runs.find((known) => known.isUnder(line.source));
  const head = run?.head ?? mediaLine.read(scan.reset(line.source, 2));
  const { kind, port, portCount, protocol, formats } = head;
  const isRtp = protocol.includes("RTP/");
  const { draft, codecs } =
    (run && readAlike(section, run, scan)) ?? readAll(section, head, isRtp, runs, scan);
  const isBundleOnly = draft.isBundleOnly;
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
    codecs,
    candidates: draft.candidates ?? empty,
    hasEndOfCandidates: draft.hasEndOfCandidates || session.hasEndOfCandidates,
    ice: iceOf(draft, session),
    dtls: dtlsOf(draft, session),
    hasRtcpMux: draft.hasRtcpMux,
    hasRtcpMuxOnly: draft.hasRtcpMuxOnly,
    hasRtcpRsize: draft.hasRtcpRsize,
    hasExtmapAllowMixed: draft.allowsExtmapMixed,
    extensions: draft.extensions ?? session.extensions ?? empty,
    msids: draft.msids ?? empty,
    rids: draft.rids ?? empty,
    sources: draft.sources ?? empty,
    sourceGroups: draft.sourceGroups ?? empty,
    bandwidths: draft.bandwidths ?? empty,
  };
  const sctp = readSctp(kind, protocol, formats, draft);
  const connection = draft.connection ?? session.connection;
  if (draft.mid !== undefined) media.mid = draft.mid;
  if (connection) media.connection = connection;
  if (draft.simulcast) media.simulcast = draft.simulcast;
  if (sctp) media.sctp = sctp;
  return media;
}

/** All that the lines of a media section say. */
interface MediaReading {
  readonly draft: Draft;
  readonly codecs: readonly MediaCodec[];
}

/** Reads a section with the codec lines of another one; `undefined` when it has other ones, or more. */
function readAlike(section: Section, run: CodecRun, scan: Scanner): MediaReading | undefined {
  const from = run.findIn(section);
  if (from < 0) return undefined;
  const draft = readLines(section, empty, scan, from, from + run.length);
  if (draft.codecs.count > 0) return undefined;
  return { draft, codecs: run.codecsIn(section.lines, from) };
}

function readAll(
  section: Section,
  head: MediaLine,
  isRtp: boolean,
  runs: CodecRun[],
  scan: Scanner,
): MediaReading {
  const draft = readLines(section, head.formats, scan);
  const codecs = draft.codecs.codecs(head.kind, isRtp);
  const from = draft.codecs.placeIn(section.lines);
  if (from >= 0 && runs.length < MOST_RUNS) {
    runs.push(new CodecRun(head, codecs, section, from, draft.codecs.count));
  }
  return { draft, codecs };
}

/** A description has a few kinds of sections: to look among more runs for each section would cost more than it saves. */
const MOST_RUNS = 8;

function iceOf(draft: Draft, session: Draft): IceParameters {
  const ufrag = draft.ufrag ?? session.ufrag;
  const pwd = draft.pwd ?? session.pwd;
  const options = draft.iceOptions ?? session.iceOptions ?? empty;
  if (ufrag && pwd) {
    return {
      options,
      ufrag: ufrag.value,
      ufragLine: ufrag.line,
      pwd: pwd.value,
      pwdLine: pwd.line,
    };
  }
  if (ufrag) return { options, ufrag: ufrag.value, ufragLine: ufrag.line };
  return pwd ? { options, pwd: pwd.value, pwdLine: pwd.line } : { options };
}

function dtlsOf(draft: Draft, session: Draft): DtlsParameters {
  const role = draft.setup ?? session.setup;
  const id = draft.tlsId ?? session.tlsId;
  const fingerprints = draft.fingerprints ?? session.fingerprints ?? empty;
  const dtls: Writable<DtlsParameters> = role
    ? { fingerprints, setup: role.value, setupLine: role.line }
    : { fingerprints };
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

/** A value and the line it was read from. */
interface Placed<Value> {
  readonly value: Value;
  readonly line: Line;
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
  groups: Group[] | undefined;
  candidates: MediaCandidate[] | undefined;
  fingerprints: Fingerprint[] | undefined;
  extensions: HeaderExtension[] | undefined;
  msids: Msid[] | undefined;
  rids: Rid[] | undefined;
  sources: MutableSource[] | undefined;
  sourceGroups: SourceGroup[] | undefined;
  bandwidths: Bandwidth[] | undefined;
  readonly codecs: CodecLines;

  constructor(formats: readonly string[]) {
    this.codecs = new CodecLines(formats);
  }

  #lastSource: MutableSource | undefined;
  #sourceOf: Map<number, MutableSource> | undefined;

  /** The lines of a source mostly stand together. */
  source(ssrc: number): MutableSource {
    if (this.#lastSource?.ssrc === ssrc) return this.#lastSource;
    this.#sourceOf ??= new Map();
    let source = this.#sourceOf.get(ssrc);
    if (source === undefined) {
      source = { ssrc, lines: [], attributes: [] };
      this.#sourceOf.set(ssrc, source);
      this.sources = added(this.sources, source);
    }
    this.#lastSource = source;
    return source;
  }

  /** No line follows: the lists take no more memory than they need from now on. */
  finish(): void {
    this.groups = trimmed(this.groups);
    this.candidates = trimmed(this.candidates);
    this.fingerprints = trimmed(this.fingerprints);
    this.extensions = trimmed(this.extensions);
    this.msids = trimmed(this.msids);
    this.rids = trimmed(this.rids);
    this.sources = trimmed(this.sources);
    for (const source of this.sources ?? empty) {
      source.lines = source.lines.slice();
      source.attributes = source.attributes.slice();
    }
    this.sourceGroups = trimmed(this.sourceGroups);
    this.bandwidths = trimmed(this.bandwidths);
  }
}

interface MutableSource extends Source {
  lines: Line[];
  attributes: { readonly name: string; readonly value?: string }[];
}

const LETTER_A = 0x61;
const LETTER_B = 0x62;
const LETTER_C = 0x63;
const LETTER_O = 0x6f;
const LETTER_S = 0x73;
const EQUALS = 0x3d;

function readLines(
  { lines }: Section,
  formats: readonly string[],
  scan: Scanner,
  skipFrom = lines.length,
  skipTo = skipFrom,
): Draft {
  const draft = new Draft(formats);
  for (let at = 0; at < lines.length; at++) {
    if (at === skipFrom) {
      at = skipTo - 1;
      continue;
    }
    const line = lines[at] as Line;
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
        if (read) {
          const { type, value } = read;
          draft.bandwidths = added(draft.bandwidths, { line, type, value });
        }
        break;
      }
      case LETTER_C: {
        if (draft.connection) break;
        const { netType, addressType, address } = connection.read(scan.reset(source, 2));
        if (!scan.isBroken) draft.connection = { line, netType, addressType, address };
        break;
      }
      case LETTER_O: {
        const read = readValue(origin, scan, source, 2);
        if (read && !draft.origin) {
          const { username, sessionId, sessionVersion, netType, addressType, address } = read;
          draft.origin = {
            line,
            username,
            sessionId,
            sessionVersion,
            netType,
            addressType,
            address,
          };
        }
        break;
      }
      case LETTER_S:
        draft.name ??= source.slice(2);
        break;
    }
  }
  draft.finish();
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
  [rtpmap.name, (draft, line, scan, at) => draft.codecs.readRtpmap(line, scan, at)],
  [fmtp.name, (draft, line, scan, at) => draft.codecs.readFmtp(line, scan, at)],
  [rtcpFb.name, (draft, line, scan, at) => draft.codecs.readFeedback(line, scan, at)],
  [
    candidate.name,
    (draft, line, scan, at) => {
      const value = candidate.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.candidates = added(draft.candidates, { line, candidate: value });
    },
  ],
  [
    extmap.name,
    (draft, line, scan, at) => {
      const { id, direction, uri, attributes } = extmap.read(scan.reset(line.source, at));
      if (scan.isBroken) return;
      const extension: Writable<HeaderExtension> = { line, id, uri };
      if (direction !== undefined) extension.direction = direction;
      if (attributes !== undefined) extension.attributes = attributes;
      draft.extensions = added(draft.extensions, extension);
    },
  ],
  [
    ssrc.name,
    (draft, line, scan, at) => {
      const { ssrc: id, name, value } = ssrc.read(scan.reset(line.source, at));
      if (scan.isBroken) return;
      const source = draft.source(id);
      source.lines.push(line);
      source.attributes.push(value === undefined ? { name } : { name, value });
    },
  ],
  [
    fingerprint.name,
    (draft, line, scan, at) => {
      const { algorithm, value } = fingerprint.read(scan.reset(line.source, at));
      if (!scan.isBroken)
        draft.fingerprints = added(draft.fingerprints, { line, algorithm, value });
    },
  ],
  reader(group, (draft, { semantics, mids }, line) => {
    draft.groups = added(draft.groups, { line, semantics, mids });
  }),
  [
    iceOptions.name,
    (draft, line, scan, at) => {
      const value = iceOptions.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.iceOptions ??= value;
    },
  ],
  [
    iceUfrag.name,
    (draft, line, scan, at) => {
      const value = iceUfrag.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.ufrag ??= { value, line };
    },
  ],
  [
    icePwd.name,
    (draft, line, scan, at) => {
      const value = icePwd.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.pwd ??= { value, line };
    },
  ],
  reader(maxMessageSize, (draft, value) => {
    draft.maxMessageSize ??= value;
  }),
  [
    mid.name,
    (draft, line, scan, at) => {
      const value = mid.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.mid ??= value;
    },
  ],
  [
    msid.name,
    (draft, line, scan, at) => {
      const { stream, track } = msid.read(scan.reset(line.source, at));
      if (scan.isBroken) return;
      draft.msids = added(
        draft.msids,
        track === undefined ? { line, stream } : { line, stream, track },
      );
    },
  ],
  reader(rid, (draft, value, line) => {
    draft.rids = added(draft.rids, { line, ...value });
  }),
  reader(sctpPort, (draft, value, line) => {
    draft.sctpPort ??= { value, line };
  }),
  reader(sctpmap, (draft, value, line) => {
    draft.sctpmap ??= { value, line };
  }),
  [
    setup.name,
    (draft, line, scan, at) => {
      const value = setup.read(scan.reset(line.source, at));
      if (!scan.isBroken) draft.setup ??= { value, line };
    },
  ],
  reader(simulcast, (draft, value, line) => {
    draft.simulcast ??= { line, ...value };
  }),
  reader(ssrcGroup, (draft, { semantics, ssrcs }, line) => {
    draft.sourceGroups = added(draft.sourceGroups, { line, semantics, ssrcs });
  }),
  reader(tlsId, (draft, value) => {
    draft.tlsId ??= value;
  }),
]);
