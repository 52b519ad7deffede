import type { Recorder } from "../trace/recorder.ts";
import type { Listenable } from "./connection.ts";
import type { SignalReader } from "./signal.ts";
import { createSignalReader } from "./signal.ts";

/** What a recorder needs of a WebSocket; the browser's and that of `ws` have it. */
export interface RecordableSocket extends Listenable {
  send(data: never): void;
}

/** What to record a socket with. */
export interface RecordSocketOptions {
  readonly recorder: Recorder;
  /** The id of the peer whose socket it is. */
  readonly peer: string;
  /** The connection that the socket's messages belong to, where there is one. */
  readonly pc?: string;
  /** Such as `ws`, which it is unless told otherwise; one for each direction where they differ. */
  readonly transport?: string | { readonly in: string; readonly out: string };
  /** Names the messages; rooms and the usual JSON are known unless told otherwise. */
  readonly read?: SignalReader;
  /** Longer messages are cut, in characters; 65 536 unless told otherwise. */
  readonly maxLength?: number;
}

/**
 * Records every message that a WebSocket sends and receives from now on, and how it closes.
 * The socket works as before. Returns what ends the recording.
 */
export function recordSocket(socket: RecordableSocket, options: RecordSocketOptions): () => void {
  const { recorder, peer, pc, transport = "ws", maxLength = 65_536 } = options;
  const read = options.read ?? createSignalReader();
  const place = { peer, ...(pc !== undefined && { pc }) };

  const write = (direction: "in" | "out", data: unknown): void => {
    const text = typeof data === "string" ? data : undefined;
    const cut = Math.max(0, (text?.length ?? 0) - maxLength);
    const signal =
      text === undefined ? { type: "binary", data: bytesOf(data) } : read(direction, text);
    recorder.record({
      kind: "signal",
      ...place,
      direction,
      transport: typeof transport === "string" ? transport : transport[direction],
      ...signal,
      ...(cut > 0 && { data: text?.slice(0, maxLength), cut }),
    });
  };

  const target = socket as unknown as { send: (...given: unknown[]) => unknown };
  const original = target.send;
  const isOwn = Object.hasOwn(target, "send");
  const send = (...given: unknown[]): unknown => {
    write("out", given[0]);
    return original.apply(socket, given);
  };
  target.send = send;
  const heard = (event: Event): void => write("in", (event as { readonly data?: unknown }).data);
  const closed = (event: Event): void => {
    const { code = 1005, reason: text } = event as { readonly code?: number; reason?: string };
    const reason = text ? ` ${text}` : "";
    recorder.record({
      kind: "note",
      ...place,
      text: `The signaling socket closed: ${code}${reason}`,
    });
  };
  socket.addEventListener("message", heard);
  socket.addEventListener("close", closed);

  return () => {
    if (target.send === send && isOwn) target.send = original;
    else if (target.send === send) Reflect.deleteProperty(target, "send");
    socket.removeEventListener("message", heard);
    socket.removeEventListener("close", closed);
  };
}

function bytesOf(data: unknown): unknown {
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) {
    return { byteLength: data.byteLength };
  }
  return {};
}
