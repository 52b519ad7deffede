import type { RecordableChannel, RecordableConnection } from "../record/connection.ts";
import type { CandidateInit, DescriptionInit } from "../trace/event.ts";

/** What makes peer connections. There is one here, on werift; a browser's own classes would make another. */
export interface Engine {
  /** Name and version, such as `werift 0.24.4`. */
  readonly name: string;
  createConnection(configuration: EngineConfiguration): EngineConnection;
  /** A source of synthetic media: valid RTP that a browser could decode, of silence or of one small picture. */
  createSource(kind: MediaKind): MediaSource;
}

/** The kinds of media that a peer sends. */
export type MediaKind = "audio" | "video";

/** W3C's RTCConfiguration, as far as a peer uses it. */
export interface EngineConfiguration {
  readonly iceServers?: readonly IceServer[];
  readonly iceTransportPolicy?: "all" | "relay";
}

/** W3C's RTCIceServer. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** What a peer needs of a connection: W3C's RTCPeerConnection in behaviour and in the order of its events. */
export interface EngineConnection extends RecordableConnection {
  readonly localDescription: DescriptionInit | null;
  readonly remoteDescription: DescriptionInit | null;
  createOffer(options?: { readonly iceRestart?: boolean }): Promise<DescriptionInit>;
  createAnswer(): Promise<DescriptionInit>;
  setLocalDescription(description: DescriptionInit): Promise<void>;
  setRemoteDescription(description: DescriptionInit): Promise<void>;
  addIceCandidate(candidate: CandidateInit | null): Promise<void>;
  createDataChannel(label: string): EngineChannel;
  addTransceiver(
    track: EngineTrack,
    init?: { readonly direction?: RTCRtpTransceiverDirection },
  ): EngineTransceiver;
  getTransceivers(): readonly EngineTransceiver[];
  getStats(): Promise<ReadonlyMap<string, unknown>>;
  /** Resolves when all its sockets are closed, where the engine can tell. */
  close(): void | Promise<void>;
}

/** W3C's MediaStreamTrack, as far as a peer uses it. */
export interface EngineTrack {
  readonly kind: string;
}

/** W3C's RTCRtpTransceiver, as far as a peer uses it. */
export interface EngineTransceiver {
  readonly mid: string | null;
  direction: RTCRtpTransceiverDirection;
  readonly sender: { replaceTrack(track: EngineTrack | null): Promise<void> };
  readonly receiver: { readonly track: EngineTrack };
}

/** W3C's RTCDataChannel, as far as a peer uses it. Binary messages are `ArrayBuffer`s. */
export interface EngineChannel extends RecordableChannel {
  readonly id: number | null;
  readonly bufferedAmount: number;
  send(data: string | ArrayBuffer | ArrayBufferView): void;
  close(): void;
}

/** Synthetic media: its track can be sent, and is silent until `start`. */
export interface MediaSource {
  readonly track: EngineTrack;
  start(): void;
  stop(): void;
}
