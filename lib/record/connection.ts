/**
 * What a recorder needs of a peer connection: the shape of W3C's RTCPeerConnection, as far as an engine has it.
 * A browser's connection, that of `@roamhq/wrtc` and this package's own all fit.
 */
export interface RecordableConnection extends Listenable {
  readonly signalingState: string;
  readonly iceGatheringState: string;
  readonly iceConnectionState: string;
  readonly connectionState: string;
  /** What the engine applied when setLocalDescription was called without a description. */
  readonly localDescription?: unknown;
  readonly sctp?: { readonly transport?: RecordableTransport | null } | null;
  getConfiguration?(): unknown;
  getSenders?(): readonly RecordableSender[];
  getTransceivers?(): readonly RecordableTransceiver[];
  getReceivers?(): readonly { readonly transport?: RecordableTransport | null }[];
  getStats?(): Promise<{
    forEach(entry: (value: unknown, id: string) => void): void;
  }>;
}

/** W3C's RTCRtpSender, as far as a recorder reads it. Calls of `replaceTrack` and `setParameters` are recorded. */
export interface RecordableSender {
  readonly transport?: RecordableTransport | null;
}

/** W3C's RTCRtpTransceiver, as far as a recorder reads it. Calls of `stop` and `setCodecPreferences` are recorded. */
export interface RecordableTransceiver {
  readonly mid: string | null;
}

/** W3C's RTCDtlsTransport, as far as a recorder reads it. */
export interface RecordableTransport extends Listenable {
  readonly state: string;
  readonly iceTransport?: RecordableIceTransport | null;
}

/** W3C's RTCIceTransport, as far as a recorder reads it. */
export interface RecordableIceTransport extends Listenable {
  getSelectedCandidatePair?(): {
    readonly local?: { readonly candidate: string } | null;
    readonly remote?: { readonly candidate: string } | null;
  } | null;
}

/** W3C's RTCDataChannel, as far as a recorder reads it. */
export interface RecordableChannel extends Listenable {
  readonly label: string;
  readonly readyState: string;
  send?(data: never): void;
}

/** The two methods of an EventTarget. An event's own fields are checked where they are read. */
export interface Listenable {
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
}
