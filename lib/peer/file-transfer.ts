import type { EngineChannel } from "./engine.ts";
import type { ReceivedFile } from "./options.ts";
import type { SendChunksOptions } from "./send-chunks.ts";
import { sendChunks } from "./send-chunks.ts";

/**
 * The protocol name of a data channel that carries one file: first a text `{"name":"…","size":123}`, then its bytes in binary
 * messages of any size. When the receiver has them all it sends the text `done`; the sender then closes the channel.
 */
export const FILE_PROTOCOL = "sdpscope-file";

/** A file to send. */
export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Sends a file over a channel of its own; resolves when the receiver has all of it. Rejects when the channel closes before. */
export async function sendFile(
  channel: EngineChannel,
  { name, bytes }: OutgoingFile,
  options?: SendChunksOptions,
): Promise<void> {
  await opened(channel);
  const done = new Promise<void>((resolve, reject) => {
    channel.addEventListener("message", (event) => {
      if ((event as MessageEvent).data === "done") resolve();
    });
    channel.addEventListener("close", () => reject(closedEarly(name)));
  });
  done.catch(() => {});
  channel.send(JSON.stringify({ name, size: bytes.length }));
  await sendChunks(channel, bytes, options);
  await done;
  channel.close();
}

/** Puts the file together that comes over a channel. What is no such file is left alone. */
export function receiveFile(channel: EngineChannel, received: (file: ReceivedFile) => void): void {
  let name: string | undefined;
  let bytes = new Uint8Array();
  let filled = 0;
  channel.addEventListener("message", (event) => {
    const { data } = event as MessageEvent<unknown>;
    if (name === undefined) {
      const header = typeof data === "string" ? readHeader(data) : undefined;
      if (header === undefined) return;
      name = header.name;
      bytes = new Uint8Array(header.size);
    } else if (data instanceof ArrayBuffer && filled + data.byteLength <= bytes.length) {
      bytes.set(new Uint8Array(data), filled);
      filled += data.byteLength;
    } else {
      return;
    }
    if (filled < bytes.length) return;
    received({ name, bytes });
    channel.send("done");
  });
}

/** 1 GiB: nobody makes a receiver reserve more by a number in a text. */
const MAX_SIZE = 2 ** 30;

function readHeader(text: string): { readonly name: string; readonly size: number } | undefined {
  try {
    const { name, size } = JSON.parse(text) as Record<string, unknown>;
    if (typeof name !== "string" || typeof size !== "number") return undefined;
    return Number.isSafeInteger(size) && size >= 0 && size <= MAX_SIZE ? { name, size } : undefined;
  } catch {
    return undefined;
  }
}

function opened(channel: EngineChannel): Promise<void> {
  if (channel.readyState === "open") return Promise.resolve();
  return new Promise((resolve, reject) => {
    channel.addEventListener("open", () => resolve());
    channel.addEventListener("close", () => reject(closedEarly(channel.label)));
  });
}

function closedEarly(name: string): DOMException {
  return new DOMException(
    `The channel of ${name} closed before all of it was there.`,
    "NetworkError",
  );
}
