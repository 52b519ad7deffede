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
}

/** One extension attribute of a candidate, as written. */
export interface CandidateExtension {
  readonly name: string;
  readonly value: string;
}
