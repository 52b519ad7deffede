import { codecLabel } from "../codec/match.ts";
import type { MediaDescription, Rid, SessionDescription } from "../sdp/description.ts";
import type { Capabilities } from "./capabilities.ts";
import { receives, sends } from "./direction.ts";
import type { NegotiateOptions, SectionDecision } from "./negotiation.ts";

/** What an answer is printed from. */
export interface AnswerParts {
  readonly description: SessionDescription;
  readonly decisions: readonly SectionDecision[];
  /** The mids of the BUNDLE group; empty for none. */
  readonly bundle: readonly string[];
  readonly capabilities: Capabilities;
  readonly options: NegotiateOptions;
}

/** The text of an answer, in the order that RFC 9429 §5.3.1 gives its lines, each ended by CRLF. */
export function printAnswer(parts: AnswerParts): string {
  const { description, decisions, bundle, options } = parts;
  const { sessionId = "1", sessionVersion = "1" } = options.origin ?? {};
  const lines = [
    "v=0",
    `o=- ${sessionId} ${sessionVersion} IN IP4 0.0.0.0`,
    "s=-",
    "t=0 0",
    ...(bundle.length > 0 ? [`a=group:BUNDLE ${bundle.join(" ")}`] : []),
    ...(description.extmapAllowMixed ? ["a=extmap-allow-mixed"] : []),
    ...decisions.flatMap((decision, index) => {
      const media = description.media[index];
      return media ? section(media, decision, parts) : [];
    }),
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** Shown to be no real ones: an answer made of them cannot connect. */
const exampleIce = { ufrag: "EXAMPLE", pwd: "EXAMPLEonlyNOTforUSE00" } as const;
const exampleFingerprint = `sha-256 ${Array<string>(32).fill("00").join(":")}`;

function section(media: MediaDescription, decision: SectionDecision, parts: AnswerParts): string[] {
  const { isAccepted, codecs } = decision;
  const mid = decision.mid === undefined ? [] : [`a=mid:${decision.mid}`];
  if (!isAccepted) {
    // A rejected section still lists a format. RFC 3264 §6.
    const format = media.formats[0] ?? "0";
    return [
      `m=${media.kind} 0 ${media.protocol} ${format}`,
      "c=IN IP4 0.0.0.0",
      "a=inactive",
      ...mid,
    ];
  }
  // A data section has exactly one format. RFC 8841 §4.3.
  const formats = media.sctp ? media.formats.slice(0, 1) : codecs.map(({ format }) => format);
  return [
    `m=${media.kind} 9 ${media.protocol} ${formats.join(" ")}`,
    "c=IN IP4 0.0.0.0",
    ...transport(decision, parts),
    ...mid,
    ...(media.sctp ? data(media, parts) : rtp(media, decision, parts)),
  ];
}

function transport({ setup }: SectionDecision, { capabilities, options }: AnswerParts): string[] {
  const ice = options.ice ?? exampleIce;
  const { iceOptions } = capabilities;
  return [
    `a=ice-ufrag:${ice.ufrag}`,
    `a=ice-pwd:${ice.pwd}`,
    ...(iceOptions.length > 0 ? [`a=ice-options:${iceOptions.join(" ")}`] : []),
    ...(options.fingerprints ?? [exampleFingerprint]).map((value) => `a=fingerprint:${value}`),
    ...(setup ? [`a=setup:${setup}`] : []),
  ];
}

function data(media: MediaDescription, { capabilities }: AnswerParts): string[] {
  const { sctpPort = 5000, maxMessageSize: own = 65536 } = capabilities.data ?? {};
  // 0 means any size. RFC 8841 §6.1.
  const offered = media.sctp?.maxMessageSize || Number.POSITIVE_INFINITY;
  const lowered = capabilities.habits.lowersMessageSize ? Math.min(own, offered) : own;
  const size = `a=max-message-size:${lowered}`;
  // The old syntax answers in kind: the port stands in the m= line. RFC 8841 knows only the new one.
  if (media.sctp?.isLegacySyntax) {
    return [`a=sctpmap:${media.formats[0] ?? sctpPort} webrtc-datachannel 65535`, size];
  }
  return [`a=sctp-port:${sctpPort}`, size];
}

function rtp(
  media: MediaDescription,
  { direction, codecs, extensions }: SectionDecision,
  { capabilities, options }: AnswerParts,
): string[] {
  const msid = sends(direction) ? options.msid?.(media) : undefined;
  const own = media.kind === "audio" ? capabilities.audio : capabilities.video;
  const simulcast = own?.receivesSimulcast
    ? simulcastLines(media, direction, new Set(codecs.map(({ format }) => format)))
    : [];
  return [
    ...(media.hasExtmapAllowMixed ? ["a=extmap-allow-mixed"] : []),
    ...extensions.map(({ id, uri, direction: use, attributes }) => {
      const head = use === undefined ? `${id}` : `${id}/${use}`;
      return attributes === undefined
        ? `a=extmap:${head} ${uri}`
        : `a=extmap:${head} ${uri} ${attributes}`;
    }),
    `a=${direction}`,
    ...(msid === undefined ? [] : [`a=msid:${msid}`]),
    ...(media.hasRtcpMux ? ["a=rtcp-mux"] : []),
    ...(media.hasRtcpRsize && own?.reducedSizeRtcp ? ["a=rtcp-rsize"] : []),
    ...codecs.flatMap((codec) => [
      `a=rtpmap:${codec.format} ${codecLabel(codec)}`,
      ...codec.feedback.map((value) => `a=rtcp-fb:${codec.format} ${value}`),
      ...(codec.fmtp === undefined ? [] : [`a=fmtp:${codec.format} ${codec.fmtp}`]),
    ]),
    ...simulcast,
  ];
}

/** What the offer would send, this side receives, with the same rids and no further restrictions. RFC 8853 §5.3.2, RFC 8851 §6.3. */
function simulcastLines(
  media: MediaDescription,
  direction: SectionDecision["direction"],
  answered: ReadonlySet<string>,
): string[] {
  if (!receives(direction)) return [];
  const rids = new Map(
    media.rids.flatMap((rid): [string, string][] => {
      const line = rid.direction === "send" ? answeredRid(rid, answered) : undefined;
      return line === undefined ? [] : [[rid.id, line]];
    }),
  );
  const streams = (media.simulcast?.send ?? [])
    .map((stream) => stream.filter(({ rid }) => rids.has(rid)))
    .filter((stream) => stream.length > 0);
  if (streams.length === 0) return [];
  const used = new Set(streams.flat().map(({ rid }) => rid));
  const list = streams.map((stream) =>
    stream.map(({ rid, isPaused }) => (isPaused ? `~${rid}` : rid)).join(","),
  );
  return [
    ...[...rids].flatMap(([id, line]) => (used.has(id) ? [line] : [])),
    `a=simulcast:recv ${list.join(";")}`,
  ];
}

/** The rid the other way round; undefined when none of the formats it is bound to was answered. */
function answeredRid(
  { id, payloadTypes, restrictions }: Rid,
  answered: ReadonlySet<string>,
): string | undefined {
  const formats = payloadTypes.filter((format) => answered.has(format));
  if (payloadTypes.length > 0 && formats.length === 0) return undefined;
  const rest = restrictions
    .filter(({ name }) => name !== "pt")
    .map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
  const all = formats.length > 0 ? [`pt=${formats.join(",")}`, ...rest] : rest;
  return all.length > 0 ? `a=rid:${id} recv ${all.join(";")}` : `a=rid:${id} recv`;
}
