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
  let header: { readonly name: string; readonly size: number } | undefined;
  // Nothing is reserved for what has not come: the size is only what the other side says.
  const parts: Uint8Array[] = [];
  let filled = 0;
  let isWhole = false;
  channel.addEventListener("message", (event) => {
    const { data } = event as MessageEvent<unknown>;
    if (isWhole) return;
    if (header === undefined) {
      header = typeof data === "string" ? readHeader(data) : undefined;
      if (header === undefined) return;
    } else if (data instanceof ArrayBuffer && filled + data.byteLength <= header.size) {
      parts.push(new Uint8Array(data));
      filled += data.byteLength;
    } else {
      return;
    }
    if (filled < header.size) return;
    isWhole = true;
    received({ name: header.name, bytes: joined(parts, filled) });
    // Who has sent all of it may be gone by now.
    if (channel.readyState === "open") channel.send("done");
  });
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** 1 GiB: a file is put together in memory. */
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
    const fail = (): void => reject(closedEarly(channel.label));
    channel.addEventListener("close", fail);
    if (channel.readyState !== "connecting") fail();
  });
}

function closedEarly(name: string): DOMException {
  return new DOMException(
    `The channel of ${name} closed before all of it was there.`,
    "NetworkError",
  );
}
