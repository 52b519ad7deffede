import type { Recorder } from "../trace/recorder.ts";
import { byteLengthOf } from "./byte-length.ts";
import type { Listenable } from "./connection.ts";
import { withoutCredentials } from "./credentials.ts";
import { fieldReaderOf } from "./field.ts";
import type { Ledger } from "./ledger.ts";
import { promptLedger } from "./ledger.ts";
import { listen, unlisten } from "./listen.ts";
import { quietly } from "./quietly.ts";
import { replaceMethod } from "./replace-method.ts";
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
 * Records every message that a WebSocket sends and receives from now on, and how it closes; credentials of TURN servers
 * in them are not written down. The socket works as before. Returns what ends the recording.
 */
export function recordSocket(socket: RecordableSocket, options: RecordSocketOptions): () => void {
  return recordSocketInto(socket, options, promptLedger(options.recorder));
}

/** Records a socket as `recordSocket` does, its events by way of that ledger. */
export function recordSocketInto(
  socket: RecordableSocket,
  options: RecordSocketOptions,
  ledger: Ledger,
): () => void {
  const { peer, pc, transport = "ws", maxLength = 65_536 } = options;
  const read = fieldReaderOf(socket, "readyState");
  const signalOf = options.read ?? createSignalReader();
  const place = { peer, ...(pc !== undefined && { pc }) };

  const write = (direction: "in" | "out", data: unknown): void => {
    const by = typeof transport === "string" ? transport : transport[direction];
    const kind = "signal";
    if (typeof data !== "string") {
      const byteLength = byteLengthOf(data, read);
      const signal = { type: "binary", data: { ...(byteLength !== undefined && { byteLength }) } };
      ledger.write(place, { kind, direction, transport: by, ...signal });
      return;
    }
    ledger.write(place, () => {
      const text = withoutCredentials(data);
      const cut = Math.max(0, text.length - maxLength);
      const signal = signalOf(direction, text);
      const isCut = cut > 0 && { data: text.slice(0, maxLength), cut };
      return { kind, direction, transport: by, ...signal, ...isCut };
    });
  };

  const putBack = replaceMethod(socket, "send", (original, given) => {
    const result = original(given);
    // One that the socket refused was not sent.
    quietly(() => write("out", given[0]));
    return result;
  });
  const heard = (event: Event): void => write("in", read(event, "data"));
  const closed = (event: Event): void => {
    const code = read(event, "code") ?? 1005;
    const reason = read(event, "reason");
    const text = `The signaling socket closed: ${code}${reason ? ` ${reason}` : ""}`;
    ledger.write(place, { kind: "note", text });
  };
  listen(socket, "message", heard);
  listen(socket, "close", closed);

  return () => {
    putBack?.();
    unlisten(socket, "message", heard);
    unlisten(socket, "close", closed);
  };
}
