import type { Codec } from "../codec/codec.ts";
import type { RecordableChannel, RecordableConnection } from "../record/connection.ts";
import type { Message } from "../text.ts";
import type { CandidateInit, DescriptionInit } from "../trace/event.ts";

/** What makes peer connections. There is one here, on werift; a browser's own classes would make another. */
export interface Engine {
  /** Name and version, such as `werift 0.24.4`. */
  readonly name: string;
  /** The codecs that it can offer and accept, in the order in which it offers them. */
  readonly codecs: Readonly<Record<MediaKind, readonly Codec[]>>;
  createConnection(configuration: EngineConfiguration): EngineConnection;
  /** A track of one's own, to send RTP with. */
  createTrack(kind: MediaKind): EngineSendTrack;
  /**
   * The frame that the RTP payloads of one timestamp carry, in their order; `undefined` for a codec that it cannot put
   * together, or payloads that are broken.
   */
  depacketize(codec: string, payloads: readonly Uint8Array[]): EncodedFrame | undefined;
}

/** The kinds of media that a peer sends. */
export type MediaKind = "audio" | "video";

/** One frame of a codec, as a file has it. */
export interface EncodedFrame {
  readonly data: Uint8Array;
  readonly isKey: boolean;
}

/** W3C's RTCConfiguration, as far as a peer uses it. */
export interface EngineConfiguration {
  readonly iceServers?: readonly IceServer[];
  readonly iceTransportPolicy?: "all" | "relay";
  /** Offered and accepted in this order; all that the engine has unless given. W3C has `setCodecPreferences` for it. */
  readonly codecs?: Readonly<Record<MediaKind, readonly Codec[]>>;
}

/** W3C's RTCIceServer. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * What a peer needs of a connection: W3C's RTCPeerConnection in behaviour and in the order of its events. Where an engine
 * cannot be brought to that, it says so with an event `diagnostic` of the shape `EngineDiagnostic`.
 */
export interface EngineConnection extends RecordableConnection {
  readonly localDescription: DescriptionInit | null;
  readonly remoteDescription: DescriptionInit | null;
  createOffer(options?: { readonly iceRestart?: boolean }): Promise<DescriptionInit>;
  createAnswer(): Promise<DescriptionInit>;
  /** `rollback` takes an offer back. A description may differ from the created one, as far as its codecs and candidates go. */
  setLocalDescription(description: DescriptionInit): Promise<void>;
  /** Rolls an offer of its own back when it is given one. */
  setRemoteDescription(description: DescriptionInit): Promise<void>;
  addIceCandidate(candidate: CandidateInit | null): Promise<void>;
  createDataChannel(label: string, init?: EngineChannelInit): EngineChannel;
  addTransceiver(
    trackOrKind: EngineTrack | MediaKind,
    init?: { readonly direction?: RTCRtpTransceiverDirection },
  ): EngineTransceiver;
  /** Those that are not stopped. */
  getTransceivers(): readonly EngineTransceiver[];
  /** The sender keeps its section, and sends nothing. */
  removeTrack(sender: EngineSender): void;
  getStats(): Promise<ReadonlyMap<string, unknown>>;
  /** Resolves when all its sockets are closed, where the engine can tell. */
  close(): void | Promise<void>;
}

/** Something that an engine cannot do as the standards say. */
export interface EngineDiagnostic {
  /** `engine/kebab-name`, one for each. */
  readonly code: string;
  readonly message: Message;
}

/** W3C's MediaStreamTrack, as far as a peer uses it. */
export interface EngineTrack {
  readonly id: string;
  readonly kind: string;
}

/** One RTP packet without what its section and its sender decide. */
export interface MediaPacket {
  readonly payload: Uint8Array;
  /** Both continuous, in the codec's clock and by 1; the engine may add an offset to each. */
  readonly timestamp: number;
  readonly sequenceNumber: number;
  readonly marker: boolean;
}

/** A track to send with. */
export interface EngineSendTrack extends EngineTrack {
  /** Sends a packet; it is lost while the track is on no connection that is up. */
  write(packet: MediaPacket): void;
  stop(): void;
}

/** A packet that arrived, and the codec of its payload type. */
export interface ReceivedPacket extends MediaPacket {
  readonly codec: Codec;
}

/** The track of a `track` event. */
export interface EngineReceiveTrack extends EngineTrack {
  /** Calls the listener for each packet from now on, in the order in which they arrive. Returns what ends that. */
  onPacket(listener: (packet: ReceivedPacket) => void): () => void;
  /** Asks the sender for a picture that stands alone. RFC 4585 §6.3.1. */
  requestKeyFrame(): void;
}

/** W3C's RTCRtpSender, as far as a peer uses it. */
export interface EngineSender {
  readonly track: EngineTrack | null;
  /** The negotiated codecs, that which is sent first; empty before negotiation. W3C has them in `getParameters()`. */
  readonly codecs: readonly Codec[];
  replaceTrack(track: EngineTrack | null): Promise<void>;
  /** Sends with this one of the negotiated codecs from now on; false when it is none of them. */
  selectCodec(name: string): boolean;
}

/** W3C's RTCRtpTransceiver, as far as a peer uses it. */
export interface EngineTransceiver {
  readonly mid: string | null;
  direction: RTCRtpTransceiverDirection;
  readonly currentDirection: RTCRtpTransceiverDirection | null;
  readonly sender: EngineSender;
  readonly receiver: { readonly track: EngineReceiveTrack };
}

/** W3C's RTCDataChannelInit, as far as a peer uses it. */
export interface EngineChannelInit {
  readonly ordered?: boolean;
  readonly maxRetransmits?: number;
  readonly maxPacketLifeTime?: number;
  readonly protocol?: string;
}

/** W3C's RTCDataChannel, as far as a peer uses it. Binary messages are `ArrayBuffer`s. */
export interface EngineChannel extends RecordableChannel {
  readonly id: number | null;
  readonly protocol: string;
  readonly bufferedAmount: number;
  /** `bufferedamountlow` is fired when the amount falls to it; 0 at first. */
  bufferedAmountLowThreshold: number;
  send(data: string | ArrayBuffer | ArrayBufferView): void;
  close(): void;
}
