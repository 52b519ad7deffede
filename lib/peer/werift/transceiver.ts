import type { Codec } from "../../codec/codec.ts";
import type { RecordableTransport } from "../../record/connection.ts";
import type { EngineSender, EngineTrack, EngineTransceiver } from "../engine.ts";
import { codecOf } from "./codecs.ts";
import type { InsideDtls, InsideTransceiver } from "./inside.ts";
import { WeriftReceiveTrack, WeriftSendTrack } from "./track.ts";

/** A transceiver with W3C's fields. */
export class WeriftTransceiver implements EngineTransceiver {
  readonly inner: InsideTransceiver;
  readonly sender: WeriftSender;
  readonly receiver: WeriftReceiver;
  readonly #needNegotiation: () => void;

  constructor(
    inner: InsideTransceiver,
    transportOf: (transport: InsideDtls) => RecordableTransport,
    needNegotiation: () => void,
  ) {
    this.inner = inner;
    this.#needNegotiation = needNegotiation;
    this.sender = new WeriftSender(inner, transportOf);
    this.receiver = new WeriftReceiver(inner, transportOf);
  }

  get mid(): string | null {
    return this.inner.mid ?? null;
  }

  get direction(): RTCRtpTransceiverDirection {
    return this.inner.direction;
  }

  set direction(direction: RTCRtpTransceiverDirection) {
    if (direction === "stopped") throw new TypeError(DIRECTIONS);
    if (direction === this.inner.direction) return;
    this.inner.direction = direction;
    this.#needNegotiation();
  }

  get currentDirection(): RTCRtpTransceiverDirection | null {
    return this.inner.currentDirection ?? null;
  }
}

/** What to say of `stopped`, which is a state and no wish. */
export const DIRECTIONS = "A direction is sendrecv, sendonly, recvonly or inactive.";

/** A sender with W3C's fields. */
export class WeriftSender implements EngineSender {
  readonly #inner: InsideTransceiver;
  readonly #transportOf: (transport: InsideDtls) => RecordableTransport;
  #track: EngineTrack | null = null;
  #codec: string | undefined;

  constructor(
    inner: InsideTransceiver,
    transportOf: (transport: InsideDtls) => RecordableTransport,
  ) {
    this.#inner = inner;
    this.#transportOf = transportOf;
  }

  get track(): EngineTrack | null {
    return this.#track;
  }

  get transport(): RecordableTransport | null {
    const transport = this.#inner.sender.dtlsTransport;
    return transport === undefined ? null : this.#transportOf(transport);
  }

  get codecs(): readonly Codec[] {
    if (this.#inner.sender.codec === undefined) return [];
    const { sender, codecs } = this.#inner;
    const first = codecs.filter((codec) => codec === sender.codec);
    return [...first, ...codecs.filter((codec) => codec !== sender.codec)].map(codecOf);
  }

  /** The track that werift's transceiver was made with. */
  adopt(track: EngineTrack): void {
    this.#track = track;
  }

  async replaceTrack(track: EngineTrack | null): Promise<void> {
    const inner = track === null ? null : WeriftSendTrack.innerOf(track);
    if (track instanceof WeriftSendTrack) track.prepareToReplace();
    this.#track = track;
    await this.#inner.sender.replaceTrack(inner);
  }

  selectCodec(name: string): boolean {
    this.#codec = name;
    return this.applyCodec();
  }

  /** Each negotiation sets werift's sender back to the other side's first codec. */
  applyCodec(): boolean {
    const wanted = this.#codec?.toLowerCase();
    if (wanted === undefined) return false;
    const codec = this.#inner.codecs.find(({ name }) => name.toLowerCase() === wanted);
    if (codec === undefined) return false;
    this.#inner.sender.codec = codec;
    if (this.#inner.sender.track) this.#inner.sender.track.codec = codec;
    return true;
  }
}

/** A receiver with W3C's fields. */
export class WeriftReceiver {
  readonly #inner: InsideTransceiver;
  readonly #transportOf: (transport: InsideDtls) => RecordableTransport;
  #track: WeriftReceiveTrack | undefined;

  constructor(
    inner: InsideTransceiver,
    transportOf: (transport: InsideDtls) => RecordableTransport,
  ) {
    this.#inner = inner;
    this.#transportOf = transportOf;
  }

  get track(): WeriftReceiveTrack {
    this.#track ??= new WeriftReceiveTrack(this.#inner);
    return this.#track;
  }

  get transport(): RecordableTransport | null {
    const transport = this.#inner.receiver.dtlsTransport;
    return transport === undefined ? null : this.#transportOf(transport);
  }
}
