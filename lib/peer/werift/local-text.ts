import type { MediaDescription, SessionDescription } from "../../sdp/description.ts";
import type { SdpDocument } from "../../sdp/document.ts";
import { rejectSection } from "../../sdp/edit/reject-section.ts";
import { changeLines } from "../../sdp/edit/replace-lines.ts";
import { isAttribute } from "../../sdp/line.ts";
import { readDescription } from "../../sdp/read-description.ts";
import { mediaSectionAt } from "../../sdp/section-at.ts";
import { stringify } from "../../sdp/stringify.ts";

/** What is known of a description that werift made, besides its text. */
export interface LocalTextContext {
  /** The offer that an answer is for. */
  readonly offer?: string;
  /** m-line indices that are, or stay, rejected. */
  readonly rejected: ReadonlySet<number>;
}

/** A description that werift made, as the standards want it. */
export function localText(sdp: string, { offer, rejected }: LocalTextContext): string {
  const theirs = offer === undefined ? undefined : readDescription(offer);
  let document = readDescription(sdp).document;
  document = withPorts(document, rejected, theirs);
  for (const index of rejected) document = asRejected(document, index, theirs);
  document = withBundleOf(document, theirs);
  return stringify(withProtocols(document, theirs));
}

/**
 * werift writes port 0, which rejects, for a section that is only `inactive`: the other side would stop its transceiver for
 * good. (0.25 keeps the port.) RFC 3264 §5.1, §6.
 */
function withPorts(
  document: SdpDocument,
  rejected: ReadonlySet<number>,
  theirs: SessionDescription | undefined,
): SdpDocument {
  const { media } = readDescription(document);
  return media
    .filter(
      ({ index, port, direction }) =>
        port === 0 &&
        direction === "inactive" &&
        !rejected.has(index) &&
        theirs?.media[index]?.isRejected !== true,
    )
    .reduce(
      (result, { index }) =>
        changeLines(result, [mediaSectionAt(result, index)], (line) =>
          line.type === "m" ? line.source.replace(" 0 ", " 9 ") : line,
        ),
      document,
    );
}

/** The section as the offer has it, rejected. RFC 3264 §6: an answer to it keeps protocol and at least one format. */
function asRejected(
  document: SdpDocument,
  index: number,
  theirs: SessionDescription | undefined,
): SdpDocument {
  if (index >= document.media.length) return document;
  const offered = theirs?.media[index];
  const closed = rejectSection(document, index);
  if (offered === undefined) return closed;
  return changeLines(closed, [mediaSectionAt(closed, index)], (line) => {
    if (line.type === "m") return `m=${offered.kind} 0 ${offered.protocol} ${offered.formats[0]}`;
    // The codec was a stand-in, so that werift could answer at all.
    const isStandIn = ["rtpmap", "fmtp", "rtcp-fb", "ssrc", "ssrc-group", "msid"].some((name) =>
      isAttribute(line, name),
    );
    return isStandIn ? undefined : line;
  });
}

/**
 * werift's answers bundle every section, whatever the offer bundles, and what they reject as well. An answer takes no mid
 * into a group that the offer does not have there (RFC 9143 §7.3), and no rejected one (§7.3.3).
 */
function withBundleOf(document: SdpDocument, theirs: SessionDescription | undefined): SdpDocument {
  const { bundle, media } = readDescription(document);
  if (bundle === undefined) return document;
  const isOffered = (mid: string): boolean =>
    theirs === undefined || (theirs.bundle?.mids.includes(mid) ?? false);
  const isLive = (mid: string): boolean =>
    media.some((section) => section.mid === mid && !section.isRejected);
  const mids = bundle.mids.filter((mid) => isOffered(mid) && isLive(mid));
  if (mids.length === bundle.mids.length) return document;
  return changeLines(document, [document.session], (line) => {
    if (line !== bundle.line) return line;
    return mids.length === 0 ? undefined : `a=group:BUNDLE ${mids.join(" ")}`;
  });
}

/** werift answers `DTLS/SCTP 5000`, the old form of a data section, in the new form; RFC 3264 §6 wants the protocol of the offer. */
function withProtocols(document: SdpDocument, theirs: SessionDescription | undefined): SdpDocument {
  const legacy = theirs?.media.filter(({ sctp }) => sctp?.isLegacySyntax === true) ?? [];
  return legacy.reduce((result, { index, protocol, formats }: MediaDescription) => {
    const own = readDescription(result).media[index];
    if (own === undefined || own.sctp?.isLegacySyntax !== false) return result;
    const port = own.sctp.port ?? 5000;
    return changeLines(result, [mediaSectionAt(result, index)], (line) => {
      if (line.type === "m") return `m=${own.kind} ${own.port} ${protocol} ${formats[0] ?? port}`;
      return isAttribute(line, "sctp-port")
        ? `a=sctpmap:${formats[0] ?? port} webrtc-datachannel 65535`
        : line;
    });
  }, document);
}
