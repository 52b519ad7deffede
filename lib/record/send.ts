import type { TraceEvent } from "../trace/event.ts";
import type { IntakeMessage } from "../trace/feed.ts";
import { readIntakeReply } from "../trace/feed.ts";
import type { Recorder } from "../trace/recorder.ts";
import { whenIdle } from "./idle.ts";

/** What sending needs of a WebSocket; the browser's and that of `ws` have it. */
export interface IntakeSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void;
}

/** How to send a trace. */
export interface SendOptions {
  /** The intake's address, token included: `ws://127.0.0.1:7377/intake?token=…`. */
  readonly url: string;
  /** The WebSocket class to use; the platform's own unless given. Node 20 has none: give that of `ws`. */
  readonly WebSocket?: new (
    url: string,
  ) => IntakeSocket;
}

/** A trace on its way. */
export interface TraceSender {
  /** The `seq` of the last event that the server has written. */
  readonly acknowledged: number;
  /** How many times in a row the connection could not be made, or ended before the server acknowledged anything. */
  readonly failures: number;
  /** Why the server takes none of it, in its own words; the sender has ended then. `undefined` where it takes it. */
  readonly refusal: string | undefined;
  /** Sends what has not been sent, and then ends the connection: 5 seconds later at the latest, whatever is left. */
  close(): void;
}

/**
 * Sends a recorder's trace to an intake: what there is, then each event as it comes. After a loss of the connection it
 * tries again and goes on after the last event that the server has written. Whoever is recorded never waits for it.
 * Where the recorder has dropped events before they could be sent, a note in the trace says which; one that is longer
 * than the intake takes, nearly 8 MiB, is sent as a note that says so.
 */
export function sendTrace(recorder: Recorder, options: SendOptions): TraceSender {
  const WebSocketClass =
    options.WebSocket ??
    (globalThis as { WebSocket?: new (url: string) => IntakeSocket }).WebSocket;
  if (WebSocketClass === undefined) {
    throw new TypeError(
      "This platform has no WebSocket: give one, such as that of the package ws.",
    );
  }
  const { events } = recorder.trace;
  let socket: IntakeSocket | undefined;
  let acknowledged = 0;
  /** `seq` of the next event to send; unknown until the server has said how far it had come. */
  let next: number | undefined;
  let failures = 0;
  let refusal: string | undefined;
  let waitMs = SHORTEST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let forgetBurst: (() => void) | undefined;
  let isClosing = false;
  let isEnded = false;
  let isScheduled = false;

  const say = (message: IntakeMessage): void => socket?.send(JSON.stringify(message));

  const flush = (): void => {
    isScheduled = false;
    if (socket?.readyState !== OPEN) return;
    while (next !== undefined && socket.bufferedAmount < MAX_BUFFERED) {
      const first = events[0]?.seq ?? next;
      if (first > next) {
        const text = `Events ${next} to ${first - 1} were dropped: nobody took them, and no more are kept.`;
        next = first;
        recorder.record({ kind: "note", text });
      }
      const batch = batchFrom(events, next - first);
      if (batch.length === 0) return;
      socket.send(`{"type":"events","events":[${batch.join(",")}]}`);
      next += batch.length;
    }
  };

  /** Of a sender that is to close: ends it once everything has been sent, which a closing socket still delivers. */
  const endWhenSent = (): void => {
    if (isClosing && next !== undefined && next > (events.at(-1)?.seq ?? 0)) end();
  };

  const connect = (): void => {
    let current: IntakeSocket;
    try {
      current = new WebSocketClass(options.url);
    } catch {
      // A page's security policy may refuse the socket outright.
      retry();
      return;
    }
    socket = current;
    current.addEventListener("open", () => {
      say({ type: "header", header: recorder.header });
    });
    current.addEventListener("message", ({ data }) => {
      const reply = typeof data === "string" ? readIntakeReply(data) : undefined;
      if (reply?.type === "refused") {
        refusal = reply.message || reply.code;
        return end();
      }
      if (reply?.type !== "ack") return;
      acknowledged = reply.seq;
      // Only a server that answers is back: one that takes the socket and ends it would be asked without a pause.
      waitMs = SHORTEST_WAIT_MS;
      failures = 0;
      // The first one answers the header: it says where to go on. `seq` counts from 1, without gaps.
      next ??= reply.seq + 1;
      flush();
      endWhenSent();
    });
    const lost = (): void => {
      if (isEnded || socket !== current) return;
      socket = undefined;
      next = undefined;
      retry();
    };
    // A socket that a page's security policy refuses has an error in Chromium, and no close.
    current.addEventListener("error", lost);
    current.addEventListener("close", lost);
  };

  const retry = (): void => {
    failures++;
    timer = setBackgroundTimeout(connect, waitMs);
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  };

  const leave = recorder.subscribe(() => {
    if (isScheduled) return;
    isScheduled = true;
    // Sending at once would slow the call that is recorded, most of all in a browser: a burst goes in one message.
    forgetBurst = whenIdle(flush);
  });

  const close = (): void => {
    if (isClosing) return;
    isClosing = true;
    leave();
    forgetBurst?.();
    deadline = setBackgroundTimeout(end, LONGEST_CLOSE_MS);
    flush();
    endWhenSent();
  };

  const end = (): void => {
    if (isEnded) return;
    isClosing = true;
    isEnded = true;
    leave();
    forgetBurst?.();
    clearTimeout(timer);
    clearTimeout(deadline);
    socket?.close();
  };

  connect();
  return {
    get acknowledged() {
      return acknowledged;
    },
    get failures() {
      return failures;
    },
    get refusal() {
      return refusal;
    },
    close,
  };
}

/** The events of one message, printed: as many as go together, from that one on, and one at least where there is one. */
function batchFrom(events: readonly TraceEvent[], start: number): readonly string[] {
  const batch: string[] = [];
  let length = 0;
  for (const event of events.slice(start, start + BATCH)) {
    const text = printed(event);
    length += text.length;
    if (length > BATCH_LENGTH && batch.length > 0) break;
    batch.push(text);
  }
  return batch;
}

/** An event as it is sent; a note in its place, with its number, where the intake would not take it. */
function printed(event: TraceEvent): string {
  const text = JSON.stringify(event);
  // A UTF-16 unit has at most 3 bytes in UTF-8: most events need no counting.
  if (text.length * 3 <= MAX_EVENT) return text;
  if (text.length <= MAX_EVENT && new TextEncoder().encode(text).length <= MAX_EVENT) return text;
  const { seq, t, peer, pc, kind } = event;
  const left = `The event here, of kind ${kind}, was left out: its ${text.length} characters are more than the inspector takes.`;
  return JSON.stringify({ seq, t, peer, pc, kind: "note", text: left });
}

/** In Node a trace that nobody takes keeps no process alive; a browser's timer is a number. */
function setBackgroundTimeout(task: () => void, ms: number): ReturnType<typeof setTimeout> {
  const timer = setTimeout(task, ms);
  (timer as { unref?: () => void }).unref?.();
  return timer;
}

const OPEN = 1;
const SHORTEST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
const LONGEST_CLOSE_MS = 5000;
/** Events in a message. */
const BATCH = 200;
/** In characters, of the events in a message where there are several. */
const BATCH_LENGTH = 1024 * 1024;
/** In bytes: the intake takes messages of 8 MiB, of which the event's surroundings need a few. */
const MAX_EVENT = 8 * 1024 * 1024 - 100;
/** In bytes. */
const MAX_BUFFERED = 1024 * 1024;
