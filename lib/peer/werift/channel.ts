import type { RTCDataChannel } from "werift";
import type { EngineChannel } from "../engine.ts";
import type { InsideSctp } from "./inside.ts";

/** A data channel that speaks `ArrayBuffer` where werift speaks `Buffer`. */
export class WeriftChannel extends EventTarget implements EngineChannel {
  readonly #channel: RTCDataChannel;
  readonly #transport: () => InsideSctp | undefined;

  constructor(channel: RTCDataChannel, transport: () => InsideSctp | undefined) {
    super();
    this.#channel = channel;
    this.#transport = transport;
    channel.stateChange.subscribe((state) => {
      const type = { open: "open", closing: "closing", closed: "close", connecting: "" }[state];
      if (type !== "") this.dispatchEvent(new Event(type));
    });
    channel.onMessage.subscribe((data) => {
      const passed = typeof data === "string" ? data : bytesOf(data);
      this.dispatchEvent(Object.assign(new Event("message"), { data: passed }));
    });
    channel.bufferedAmountLow.subscribe(() => this.dispatchEvent(new Event("bufferedamountlow")));
  }

  get label(): string {
    return this.#channel.label;
  }

  get protocol(): string {
    return this.#channel.protocol;
  }

  get id(): number | null {
    return this.#channel.id ?? null;
  }

  get readyState(): string {
    return this.#channel.readyState;
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  get bufferedAmountLowThreshold(): number {
    return this.#channel.bufferedAmountLowThreshold;
  }

  set bufferedAmountLowThreshold(value: number) {
    this.#channel.bufferedAmountLowThreshold = value;
  }

  /** Throws `DOMException` InvalidStateError while the channel is not open, as W3C's does. */
  send(data: string | ArrayBuffer | ArrayBufferView): void {
    if (this.readyState !== "open") {
      throw new DOMException(`The channel is ${this.readyState}.`, "InvalidStateError");
    }
    const passed = typeof data === "string" ? data : bufferOf(data);
    if (passed.length > 0) this.#channel.send(passed);
    else this.#sendEmpty(typeof passed === "string" ? STRING_EMPTY : BINARY_EMPTY);
  }

  close(): void {
    this.#channel.close();
  }

  /** werift sends nothing for an empty message. RFC 8831 §6.6: one zero byte with a PPID of its own stands for it. */
  #sendEmpty(protocol: number): void {
    const transport = this.#transport();
    if (transport === undefined) return;
    const data = Buffer.from([0]);
    this.#channel.addBufferedAmount(data.length);
    this.#channel.messagesSent++;
    transport.dataChannelQueue.push([this.#channel, protocol, data]);
    transport.dataChannelFlush().catch(() => {});
  }
}

/** RFC 8831 §8. */
const STRING_EMPTY = 56;
const BINARY_EMPTY = 57;

function bufferOf(data: ArrayBuffer | ArrayBufferView): Buffer {
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function bytesOf(data: Buffer): ArrayBuffer {
  const bytes = new ArrayBuffer(data.byteLength);
  new Uint8Array(bytes).set(data);
  return bytes;
}
