import type { Codec } from "../../codec/codec.ts";
import { fitsPattern } from "../../codec/match.ts";
import type { MediaDescription, SessionDescription } from "../../sdp/description.ts";
import type { Line, SdpDocument, Section } from "../../sdp/document.ts";
import { addAttribute } from "../../sdp/edit/add-attribute.ts";
import { changeLines, insertLines, setLines } from "../../sdp/edit/replace-lines.ts";
import { setAttribute } from "../../sdp/edit/set-attribute.ts";
import { isAttribute } from "../../sdp/line.ts";
import { readDescription } from "../../sdp/read-description.ts";
import { mediaSectionAt } from "../../sdp/section-at.ts";
import { stringify } from "../../sdp/stringify.ts";
import type { DescriptionInit } from "../../trace/event.ts";
import type { MediaKind } from "../engine.ts";

/** A remote description as werift can take it. */
export interface RemoteText {
  readonly sdp: string;
  /**
   * Media sections that are rejected, by m-line index: in an answer those that it rejects, in an offer those that its answer
   * has to, because werift would have thrown, or taken too much.
   */
  readonly rejected: ReadonlySet<number>;
}

/**
 * What werift is given instead of a remote description. Every change is one that werift 0.24 needs; a text that needs none
 * stays as it is, byte for byte.
 */
export function remoteText(
  { type, sdp }: DescriptionInit,
  codecs: Readonly<Record<MediaKind, readonly Codec[]>>,
): RemoteText {
  const description = readDescription(sdp);
  const rejected = type === "offer" ? unanswerable(description, codecs) : rejectedIn(description);
  let document = description.document;
  document = withoutSimulcast(document);
  document = withoutEndOfCandidates(document);
  document = withoutBundleOnly(document, description);
  document = withOneTransport(document, description);
  for (const index of rejected) document = asInactive(document, description, index, codecs);
  return { sdp: stringify(document), rejected };
}

/**
 * Sections without a common codec: werift 0.24 throws "negotiate codecs failed." for the whole description (0.25 rejects them).
 * Kinds that it does not know: it throws. Sections that the offer itself rejects: it answers them with a port.
 * Sections outside of the offer's bundle, but the first: werift with `max-bundle` has one transport, and puts all on it.
 * RFC 9429 §4.1.1: of what is not bundled, one media section is negotiated.
 */
function unanswerable(
  description: SessionDescription,
  codecs: Readonly<Record<MediaKind, readonly Codec[]>>,
): Set<number> {
  const { media, bundle } = description;
  const live = media.filter(({ isRejected }) => !isRejected);
  const inBundle = ({ mid }: MediaDescription): boolean =>
    mid !== undefined && (bundle?.mids.includes(mid) ?? false);
  const first = live.find(inBundle) ?? live[0];
  const isUnanswerable = (section: MediaDescription): boolean => {
    if (section !== first && !inBundle(section)) return true;
    if (section.kind === "application") return section.sctp === undefined;
    return !isMediaKind(section.kind) || commonCodecs(section, codecs[section.kind]).length === 0;
  };
  const unanswered = live.filter(isUnanswerable).map(({ index }) => index);
  return new Set([...rejectedIn(description), ...unanswered]);
}

function rejectedIn({ media }: SessionDescription): Set<number> {
  return new Set(media.filter(({ isRejected }) => isRejected).map(({ index }) => index));
}

function commonCodecs(section: MediaDescription, own: readonly Codec[]): readonly Codec[] {
  return own.filter((codec) =>
    section.codecs.some(
      ({ name, clockRate, rtpmapLine }) =>
        // werift reads no static payload types but those of PCMU and PCMA.
        (rtpmapLine !== undefined || /^pcm[ua]$/i.test(name)) &&
        fitsPattern(codec, { name, clockRate }).matches,
    ),
  );
}

/**
 * A section that werift can answer, and will with `inactive`: one codec that it knows, under the section's first payload type.
 * The answer's text then gets the section as the offer has it, with port 0.
 */
function asInactive(
  document: SdpDocument,
  { media, bundle }: SessionDescription,
  index: number,
  codecs: Readonly<Record<MediaKind, readonly Codec[]>>,
): SdpDocument {
  const section = media[index] as MediaDescription;
  if (section.kind === "application") {
    const hasPort = section.sctp?.port !== undefined;
    const whole = hasPort ? document : addAttribute(document, index, "sctp-port", "5000");
    // With a port, 0.25 makes a transport for it.
    return changeLines(whole, [mediaSectionAt(whole, index)], (line) =>
      line.type === "m"
        ? `m=${["application", "0", section.protocol, ...section.formats].join(" ")}`
        : line,
    );
  }
  const kind = isMediaKind(section.kind) ? section.kind : "audio";
  const known = codecs[kind][0] ?? standIns[kind];
  const format = section.isRtp ? (section.formats[0] ?? "0") : "0";
  const channels = known.channels === undefined ? "" : `/${known.channels}`;
  // A bundle-only section has port 0, too.
  const port = section.isRejected ? 0 : section.port || 9;
  const isBundled = section.mid !== undefined && bundle?.mids.includes(section.mid) === true;
  const kept = changeLines(document, [mediaSectionAt(document, index)], (line) => {
    if (line.type === "m") return `m=${kind} ${port} UDP/TLS/RTP/SAVPF ${format}`;
    // Its own transport is none of the connection's.
    if (!isBundled && transportLines.some((name) => isAttribute(line, name))) return undefined;
    return isCodecLine(line) ? undefined : line;
  });
  return setLines(kept, mediaSectionAt(kept, index), isDirection, [
    "a=inactive",
    `a=rtpmap:${format} ${known.name}/${known.clockRate}${channels}`,
  ]);
}

const transportLines = ["ice-ufrag", "ice-pwd", "candidate", "fingerprint", "setup"] as const;

const standIns: Readonly<Record<MediaKind, Codec>> = {
  audio: { name: "opus", clockRate: 48000, channels: 2 },
  video: { name: "VP8", clockRate: 90000 },
};

/**
 * werift answers `a=simulcast` with `a=simulcast`, but negotiates no RID header extension with it: Chromium refuses such an
 * answer. Without, the other side sends one stream.
 */
function withoutSimulcast(document: SdpDocument): SdpDocument {
  return without(document, ["simulcast", "rid"]);
}

/**
 * End-of-candidates makes werift's ICE fail at once when it has no pair at that moment, although checks of the other side
 * are on their way and `.local` names being looked up. Without it, werift waits.
 */
function withoutEndOfCandidates(document: SdpDocument): SdpDocument {
  return without(document, ["end-of-candidates"]);
}

/**
 * A section that is sent on another's transport only has port 0 in an offer (RFC 9143 §6). werift takes it for rejected: 0.24
 * tells of no track, 0.25 rejects it in turn.
 */
function withoutBundleOnly(document: SdpDocument, { media }: SessionDescription): SdpDocument {
  return media
    .filter(({ isBundleOnly, port }) => isBundleOnly && port === 0)
    .reduce((result, { index, kind, protocol, formats }) => {
      return changeLines(result, [mediaSectionAt(result, index)], (line) => {
        if (line.type === "m") return `m=${[kind, "9", protocol, ...formats].join(" ")}`;
        return isAttribute(line, "bundle-only") ? undefined : line;
      });
    }, document);
}

function without(document: SdpDocument, names: readonly string[]): SdpDocument {
  const has = (section: Section): boolean =>
    section.lines.some((line) => names.some((name) => isAttribute(line, name)));
  const sections = [document.session, ...document.media].filter(has);
  if (sections.length === 0) return document;
  return changeLines(document, sections, (line) =>
    names.some((name) => isAttribute(line, name)) ? undefined : line,
  );
}

/**
 * werift 0.24 takes the ICE credentials of the last section of a bundle for the transport of all; those of the first, the
 * tagged one, count (RFC 9143 §7.1.3). aiortc has others in every section. Candidates of the others belong to transports
 * that the bundle makes an end of. A section that leaves its transport to the tagged one gets a copy, too.
 */
function withOneTransport(
  document: SdpDocument,
  { bundle, media }: SessionDescription,
): SdpDocument {
  const members = (bundle?.mids ?? []).flatMap(
    (mid) => media.find((section) => section.mid === mid) ?? [],
  );
  const tagged = members.find(({ ice }) => ice.ufrag !== undefined);
  if (tagged === undefined) return document;
  const { ice, dtls } = tagged;
  return members
    .filter((section) => section.ice.ufrag !== ice.ufrag || section.ice.pwd !== ice.pwd)
    .reduce((result, { index, dtls: own }) => {
      const bare = changeLines(result, [mediaSectionAt(result, index)], (line) =>
        isAttribute(line, "candidate") ? undefined : line,
      );
      const withUfrag = setAttribute(bare, index, "ice-ufrag", ice.ufrag ?? "");
      const withIce = setAttribute(withUfrag, index, "ice-pwd", ice.pwd ?? "");
      if (own.fingerprints.length > 0) return withIce;
      const fingerprints = dtls.fingerprints.map(({ line }) => line.source);
      const missing = own.setup === undefined && dtls.setupLine ? [dtls.setupLine.source] : [];
      return insertLines(withIce, mediaSectionAt(withIce, index), [...fingerprints, ...missing]);
    }, document);
}

function isMediaKind(kind: string): kind is MediaKind {
  return kind === "audio" || kind === "video";
}

function isDirection(line: Line): boolean {
  return ["sendrecv", "sendonly", "recvonly", "inactive"].some((name) => isAttribute(line, name));
}

function isCodecLine(line: Line): boolean {
  return ["rtpmap", "fmtp", "rtcp-fb", "ssrc", "ssrc-group", "msid"].some((name) =>
    isAttribute(line, name),
  );
}
