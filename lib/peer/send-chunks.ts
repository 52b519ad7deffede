import type { EngineChannel } from "./engine.ts";

/** How to send many bytes. */
export interface SendChunksOptions {
  /** In bytes; 16 384, which every endpoint takes, unless told otherwise. */
  readonly chunkSize?: number;
  /** More than this is not put into the channel at once, in bytes; 256 KiB unless told otherwise. */
  readonly highWater?: number;
  /** When so little is left in the channel, in bytes, it goes on; a quarter of `highWater` unless told otherwise. */
  readonly lowWater?: number;
  /** Told after each chunk, in bytes. */
  readonly onProgress?: (sent: number) => void;
}

/** What of W3C's RTCDataChannel sending needs. */
export type ChunkChannel = Pick<
  EngineChannel,
  | "readyState"
  | "bufferedAmount"
  | "bufferedAmountLowThreshold"
  | "send"
  | "addEventListener"
  | "removeEventListener"
>;

/**
 * Sends bytes over a data channel in chunks, never more at once than the channel should hold: when it is full, waits for
 * `bufferedamountlow`. Resolves with the number of chunks when the last one is in the channel. Rejects with an `InvalidStateError` when the channel closes.
 */
export async function sendChunks(
  channel: ChunkChannel,
  bytes: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: SendChunksOptions = {},
): Promise<number> {
  const { chunkSize = 16_384, highWater = 262_144, onProgress } = options;
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1) {
    throw new RangeError(`A chunk has 1 byte or more; got ${chunkSize}.`);
  }
  channel.bufferedAmountLowThreshold = options.lowWater ?? Math.floor(highWater / 4);
  let chunks = 0;
  let sent = 0;
  const parts = bytes instanceof Uint8Array ? [bytes] : bytes;
  for await (const part of parts) {
    for (let at = 0; at < part.length; at += chunkSize) {
      if (channel.bufferedAmount >= highWater) await untilLow(channel);
      const chunk = part.subarray(at, at + chunkSize);
      channel.send(chunk);
      chunks++;
      sent += chunk.length;
      onProgress?.(sent);
    }
  }
  return chunks;
}

/** Resolves at `bufferedamountlow`; rejects when the channel is not open any more. */
function untilLow(channel: ChunkChannel): Promise<void> {
  return new Promise((resolve, reject) => {
    const types = ["bufferedamountlow", "closing", "close"];
    const heard = (): void => {
      for (const type of types) channel.removeEventListener(type, heard);
      if (channel.readyState === "open") resolve();
      else reject(new DOMException("The channel closed while sending.", "InvalidStateError"));
    };
    for (const type of types) channel.addEventListener(type, heard);
    if (
      channel.readyState !== "open" ||
      channel.bufferedAmount <= channel.bufferedAmountLowThreshold
    )
      heard();
  });
}
