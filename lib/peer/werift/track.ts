import { MediaStreamTrack, RtpHeader, RtpPacket } from "werift";
import type {
  EngineReceiveTrack,
  EngineSendTrack,
  EngineTrack,
  MediaKind,
  MediaPacket,
  ReceivedPacket,
} from "../engine.ts";
import { codecOf } from "./codecs.ts";
import type { InsideTransceiver } from "./inside.ts";

/** A track that packets are written to. */
export class WeriftSendTrack implements EngineSendTrack {
  readonly kind: MediaKind;
  // Not to be seen from outside: what is recorded of a track would show all of werift.
  readonly #inner: MediaStreamTrack;
  #last: { readonly sequenceNumber: number; readonly timestamp: number } | undefined;

  constructor(kind: MediaKind) {
    this.kind = kind;
    this.#inner = new MediaStreamTrack({ kind });
  }

  get id(): string {
    return this.#inner.uuid;
  }

  /** werift's own track. Throws `TypeError` for a track of another engine. */
  static innerOf(track: EngineTrack): MediaStreamTrack {
    if (track instanceof WeriftSendTrack) return track.#inner;
    throw new TypeError("A connection takes tracks that createTrack of the same engine made.");
  }

  write({ payload, timestamp, sequenceNumber, marker }: MediaPacket): void {
    this.#last = { sequenceNumber, timestamp };
    const header = new RtpHeader({
      sequenceNumber: sequenceNumber & 0xffff,
      timestamp: timestamp >>> 0,
      marker,
      // Payload type and SSRC are werift's to write: those of the negotiated section.
      payloadType: 0,
      ssrc: 1,
    });
    this.#inner.writeRtp(new RtpPacket(header, Buffer.from(payload)));
  }

  stop(): void {
    this.#inner.stop();
  }

  /**
   * Before a sender goes over to this track: werift 0.24 waits for the track's first packet, and swallows it, unless the track
   * has the header of an earlier one; and it has written its own numbers into that. The numbers here go on from the next packet.
   */
  prepareToReplace(): void {
    const { sequenceNumber, timestamp } = this.#last ?? { sequenceNumber: -1, timestamp: 0 };
    this.#inner.header = new RtpHeader({
      sequenceNumber: sequenceNumber & 0xffff,
      timestamp: timestamp >>> 0,
    });
  }
}

/** What a transceiver receives. werift makes one track for each SSRC; W3C has one for the receiver. */
export class WeriftReceiveTrack implements EngineReceiveTrack {
  readonly id: string;
  readonly kind: string;
  readonly #transceiver: InsideTransceiver;
  readonly #listeners = new Set<(packet: ReceivedPacket) => void>();
  readonly #watched = new Set<MediaStreamTrack>();
  #ssrc: number | undefined;

  constructor(transceiver: InsideTransceiver) {
    this.#transceiver = transceiver;
    this.kind = transceiver.kind;
    this.id = transceiver.receiver.remoteTrackId ?? transceiver.receiver.track.uuid;
    for (const track of transceiver.receiver.tracks) this.#watch(track);
    transceiver.onTrack.subscribe((track) => this.#watch(track));
  }

  onPacket(listener: (packet: ReceivedPacket) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  requestKeyFrame(): void {
    if (this.#ssrc === undefined) return;
    this.#transceiver.receiver.sendRtcpPLI(this.#ssrc).catch(() => {});
  }

  #watch(track: MediaStreamTrack): void {
    if (this.#watched.has(track)) return;
    this.#watched.add(track);
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      this.#ssrc = header.ssrc;
      const codec = this.#transceiver.codecs.find(
        ({ payloadType }) => payloadType === header.payloadType,
      );
      if (codec === undefined) return;
      const { timestamp, sequenceNumber, marker } = header;
      const packet = { payload, timestamp, sequenceNumber, marker, codec: codecOf(codec) };
      for (const listener of this.#listeners) listener(packet);
    });
  }
}
