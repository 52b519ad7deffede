/** RFC 8839 §5.1. */
export type CandidateType = "host" | "srflx" | "prflx" | "relay";

/** RFC 6544 §4.5. */
export type TcpType = "active" | "passive" | "so";

/**
 * One ICE candidate. RFC 8839 §5.1.
 * `extensions` holds every name and value after the fixed part in the order and text of the source,
 * those that have a field of their own (`tcptype`, `ufrag`, `generation` …) included.
 */
export interface Candidate {
  readonly foundation: string;
  /** 1 for RTP or a muxed stream, 2 for RTCP; 1–256. */
  readonly component: number;
  /** As written, `udp` or `UDP`. */
  readonly transport: string;
  /** 1 to 2^31 − 1. */
  readonly priority: number;
  /** An IPv4 or IPv6 address, an mDNS name or a host name. */
  readonly address: string;
  readonly port: number;
  /** As written where it is none of the four known ones. */
  readonly type: CandidateType | (string & {});
  readonly relatedAddress?: string;
  readonly relatedPort?: number;
  readonly tcpType?: TcpType | (string & {});
  readonly usernameFragment?: string;
  readonly extensions: readonly CandidateExtension[];
  /**
   * The text it was read from, prefix included. `printCandidate` gives it back as long as it says what the other
   * fields say; a changed copy (`{ ...candidate, port: 9 }`) prints its fields.
   */
  readonly source?: string;
}

/** One extension attribute of a candidate, as written. `value` is `""` when the line ends after the name. */
export interface CandidateExtension {
  readonly name: string;
  readonly value: string;
}

/** What `RTCPeerConnection` hands out and takes as a candidate. webrtc-pc, `RTCIceCandidateInit`. */
export interface CandidateInit {
  readonly candidate?: string | null | undefined;
  readonly sdpMid?: string | null | undefined;
  readonly sdpMLineIndex?: number | null | undefined;
  readonly usernameFragment?: string | null | undefined;
}
