import type { Codec } from "../codec/codec.ts";
import type { Candidate } from "../ice/candidate.ts";
import type { Line, SdpDocument, Section } from "./document.ts";

/** A direction attribute. RFC 8866 §6.7. */
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** A DTLS role as `a=setup` offers it. RFC 4145 §4. */
export type Setup = "actpass" | "active" | "passive" | "holdconn";

/**
 * A session description, typed. Session-level defaults are applied to every media section.
 * Every part that comes from one line carries that `line`, so that its place can be found with `spanOf(document, line)`.
 */
export interface SessionDescription {
  readonly document: SdpDocument;
  readonly origin?: Origin;
  /** The value of `s=`. */
  readonly name?: string;
  readonly connection?: Connection;
  readonly groups: readonly Group[];
  /** The first `a=group:BUNDLE`, if there is one. RFC 9143. */
  readonly bundle?: Group;
  readonly iceLite: boolean;
  /** The tokens of the session-level `a=ice-options`. RFC 8839 §5.6. */
  readonly iceOptions: readonly string[];
  /** At session level. RFC 8285 §6. */
  readonly extmapAllowMixed: boolean;
  readonly media: readonly MediaDescription[];
}

/** The `o=` line. RFC 8866 §5.2. Both numbers stay text: they may have 64 bits. */
export interface Origin {
  readonly line: Line;
  readonly username: string;
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly netType: string;
  readonly addressType: string;
  readonly address: string;
}

/** A `c=` line. RFC 8866 §5.7. `address` is as written, with a TTL or count after a slash. */
export interface Connection {
  readonly line: Line;
  readonly netType: string;
  readonly addressType: string;
  readonly address: string;
}

/** An `a=group` line. RFC 5888 §5. */
export interface Group {
  readonly line: Line;
  readonly semantics: string;
  readonly mids: readonly string[];
}

/** One media section, with what the session part gives it. */
export interface MediaDescription {
  readonly section: Section;
  /** The m-line index. */
  readonly index: number;
  /** The `m=` line. */
  readonly line: Line;
  /** `audio`, `video`, `application`, `image`, `text`, `message`, or what else stands there. */
  readonly kind: string;
  readonly port: number;
  /** The number of ports after the slash; 1 when none is given. RFC 8866 §5.14. */
  readonly portCount: number;
  /** Such as `UDP/TLS/RTP/SAVPF`. */
  readonly protocol: string;
  /** The formats of the `m=` line as text, in order: payload types for RTP, `webrtc-datachannel` for data. */
  readonly formats: readonly string[];
  readonly mid?: string;
  /** The effective direction: of the section, else of the session, else `sendrecv`. */
  readonly direction: Direction;
  /** Port 0 without `a=bundle-only`. RFC 3264 §6. */
  readonly isRejected: boolean;
  readonly isBundleOnly: boolean;
  /** Whether the `m=` line has an RTP profile. */
  readonly isRtp: boolean;
  /** The codecs of the `m=` line, in its order; a payload type without rtpmap has its static meaning (RFC 3551) or is left out. */
  readonly codecs: readonly MediaCodec[];
  readonly candidates: readonly MediaCandidate[];
  readonly hasEndOfCandidates: boolean;
  readonly ice: IceParameters;
  readonly dtls: DtlsParameters;
  readonly connection?: Connection;
  readonly hasRtcpMux: boolean;
  readonly hasRtcpMuxOnly: boolean;
  readonly hasRtcpRsize: boolean;
  /** At media level. RFC 8285 §6. */
  readonly hasExtmapAllowMixed: boolean;
  readonly extensions: readonly HeaderExtension[];
  readonly msids: readonly Msid[];
  readonly rids: readonly Rid[];
  readonly simulcast?: Simulcast;
  readonly sources: readonly Source[];
  readonly sourceGroups: readonly SourceGroup[];
  /** Data sections only. RFC 8841. */
  readonly sctp?: SctpParameters;
  readonly bandwidths: readonly Bandwidth[];
}

/** A codec of one media section, and the lines it was read from. */
export interface MediaCodec extends Codec {
  readonly payloadType: number;
  /** The format exactly as it stands in the `m=` line. */
  readonly format: string;
  readonly feedback: readonly string[];
  /** Absent for a static payload type without rtpmap. */
  readonly rtpmapLine?: Line;
  readonly fmtpLines: readonly Line[];
  /** The `a=rtcp-fb` lines that name this payload type; the wildcard ones are not among them. */
  readonly feedbackLines: readonly Line[];
}

/** A candidate of a section and its line. */
export interface MediaCandidate {
  readonly line: Line;
  readonly candidate: Candidate;
}

/** RFC 8839 §5.4, §5.6. */
export interface IceParameters {
  readonly ufrag?: string;
  readonly ufragLine?: Line;
  readonly pwd?: string;
  readonly pwdLine?: Line;
  readonly options: readonly string[];
}

/** RFC 8842. All fingerprints of the section, else all of the session: they are a set. RFC 8122 §5. */
export interface DtlsParameters {
  readonly fingerprints: readonly Fingerprint[];
  readonly setup?: Setup;
  readonly setupLine?: Line;
  readonly tlsId?: string;
}

/** An `a=fingerprint` line. RFC 8122 §5. */
export interface Fingerprint {
  readonly line: Line;
  /** As written, such as `sha-256`. */
  readonly algorithm: string;
  readonly value: string;
}

/** An `a=extmap` line. RFC 8285 §5. */
export interface HeaderExtension {
  readonly line: Line;
  readonly id: number;
  readonly direction?: Direction;
  readonly uri: string;
  readonly attributes?: string;
}

/** An `a=msid` line. RFC 8830 §2. `stream` is `-` for no stream. */
export interface Msid {
  readonly line: Line;
  readonly stream: string;
  readonly track?: string;
}

/** An `a=rid` line. RFC 8851 §4. */
export interface Rid {
  readonly line: Line;
  readonly id: string;
  readonly direction: "send" | "recv";
  /** The formats of `pt=`, as text; empty when there is none. */
  readonly payloadTypes: readonly string[];
  readonly restrictions: readonly { readonly name: string; readonly value?: string }[];
}

/** An `a=simulcast` line. RFC 8853 §5.1. Each stream is a list of alternatives. */
export interface Simulcast {
  readonly line: Line;
  readonly send: readonly (readonly SimulcastAlternative[])[];
  readonly recv: readonly (readonly SimulcastAlternative[])[];
}

export interface SimulcastAlternative {
  readonly rid: string;
  readonly isPaused: boolean;
}

/** The `a=ssrc` lines of one SSRC. RFC 5576 §4.1. */
export interface Source {
  readonly ssrc: number;
  readonly lines: readonly Line[];
  readonly attributes: readonly { readonly name: string; readonly value?: string }[];
}

/** An `a=ssrc-group` line. RFC 5576 §4.2. */
export interface SourceGroup {
  readonly line: Line;
  readonly semantics: string;
  readonly ssrcs: readonly number[];
}

/** RFC 8841. `port` comes from `a=sctp-port`, or from the format and `a=sctpmap` of the old syntax. */
export interface SctpParameters {
  readonly port?: number;
  readonly portLine?: Line;
  /** In bytes; 65536 when not given, 0 means any size. RFC 8841 §6. */
  readonly maxMessageSize: number;
  readonly isLegacySyntax: boolean;
}

/** A `b=` line. RFC 8866 §5.8. `AS` is in kilobits per second, `TIAS` in bits per second. */
export interface Bandwidth {
  readonly line: Line;
  readonly type: string;
  readonly value: number;
}
