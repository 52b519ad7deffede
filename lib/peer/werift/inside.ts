import type { RTCPeerConnection, RtpPacket } from "werift";

/**
 * The parts of werift that its types do not show, or show as private, and that the work-arounds need. They are the same in
 * 0.24.4 and 0.25.2; the range of package.json holds no others.
 */
export interface Inside {
  connect(): Promise<void>;
  gatherCandidates(): Promise<void>;
  addTransceiver: RTCPeerConnection["addTransceiver"];
  readonly router: {
    routeRtp(packet: RtpPacket): void;
    registerRtpReceiverBySsrc(transceiver: InsideTransceiver, parameters: unknown): void;
    readonly ssrcTable: Record<number, unknown>;
    readonly extIdUriMap: Record<number, string>;
  };
  readonly sctpManager: { connectSctp(): Promise<void> };
  readonly sctpTransport: InsideSctp | undefined;
  getTransceivers(): InsideTransceiver[];
  readonly dtlsTransports: InsideDtls[];
  readonly iceTransports: InsideIceTransport[];
}

export type InsideTransceiver = Omit<
  ReturnType<RTCPeerConnection["getTransceivers"]>[number],
  "mid" | "mLineIndex"
> & { mid: string | null; mLineIndex: number | undefined };

export type InsideDtls = RTCPeerConnection["dtlsTransports"][number];

export type InsideIceTransport = RTCPeerConnection["iceTransports"][number];

export interface InsideSctp {
  mid: string | undefined;
  mLineIndex: number | undefined;
  dataChannelId: number | undefined;
  readonly dtlsTransport: InsideDtls;
  readonly dataChannelQueue: [channel: unknown, protocol: number, data: Buffer][];
  dataChannelFlush(): Promise<void>;
  start(remotePort: number): Promise<void>;
}

/** The private part of a connection of ICE, one transport's. */
export interface InsideIce {
  readonly state: string;
  readonly stateChanged: InsideIceTransport["connection"]["stateChanged"];
  setState(state: string): void;
  /** Counts ICE restarts. */
  readonly generation: number;
  readonly localCandidatesStart: boolean;
  readonly checkList: readonly InsidePair[];
  /** Whether a pair was nominated. */
  readonly checkListDone: boolean;
  /** Checks of the other end that came before `connect`. */
  readonly earlyChecks: readonly unknown[];
  /** Whether they have been answered, and every other check makes a pair at once. */
  earlyChecksDone: boolean;
  /** Resolves when a pair is nominated. */
  connect(): Promise<void>;
  /** Begins the next check, where a pair waits for one. */
  schedulingChecks(): boolean;
  addPair(pair: unknown): void;
  /** A check of the other end, which has been answered. */
  checkIncoming(message: unknown, address: InsideAddress, protocol: InsideProtocol): void;
  readonly protocols: readonly InsideProtocol[];
  pairLocalProtocol(protocol: InsideProtocol): void;
  readonly stunServer?: readonly [host: string, port: number];
  /** Gathers; each promise is for one candidate, and never rejects. */
  getCandidatePromises(addresses: readonly string[], timeoutS: number): Promise<unknown>[];
  appendLocalCandidate(candidate: unknown): void;
}

/** A socket of ICE: `stun` on an address of this machine, `turn` on a relay. */
export interface InsideProtocol {
  readonly type: string;
  readonly localCandidate?: { readonly type: string; readonly host: string };
  /** Requests that wait for an answer; on a relay they are its client's. */
  readonly transactions?: Readonly<Record<string, InsideTransaction>>;
  readonly turn?: { readonly transactions: Readonly<Record<string, InsideTransaction>> };
  sendStun(message: unknown, address: InsideAddress): Promise<void>;
}

interface InsideTransaction {
  readonly request: unknown;
  readonly addr: InsideAddress;
}

export type InsideAddress = readonly [host: string, port: number];

/** A candidate pair. Its states: frozen 0, waiting 1, in progress 2, succeeded 3, failed 4. RFC 8445 §6.1.2.6. */
export interface InsidePair {
  readonly state: number;
  readonly protocol: InsideProtocol;
  readonly remoteAddr: InsideAddress;
}

/** werift's connection with its insides. */
export function insideOf(pc: RTCPeerConnection): Inside {
  return pc as unknown as Inside;
}
