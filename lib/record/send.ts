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
  /** How many times in a row the connection could not be made. */
  readonly failures: number;
  /** Sends what has not been sent, and ends the connection. */
  close(): void;
}

/**
 * Sends a recorder's trace to an intake: what there is, then each event as it comes. After a loss of the connection it
 * tries again and goes on after the last event that the server has written. Whoever is recorded never waits for it.
 * Where the recorder has dropped events before they could be sent, a note in the trace says which.
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
  let waitMs = SHORTEST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let forgetBurst: (() => void) | undefined;
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
      const batch = events.slice(next - first, next - first + BATCH);
      const last = batch.at(-1);
      if (last === undefined) return;
      say({ type: "events", events: batch });
      next = last.seq + 1;
    }
  };

  const connect = (): void => {
    next = undefined;
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
      waitMs = SHORTEST_WAIT_MS;
      failures = 0;
      say({ type: "header", header: recorder.header });
    });
    current.addEventListener("message", ({ data }) => {
      const reply = typeof data === "string" ? readIntakeReply(data) : undefined;
      if (reply?.type === "refused") return close();
      if (reply?.type !== "ack") return;
      acknowledged = reply.seq;
      // The first one answers the header: it says where to go on. `seq` counts from 1, without gaps.
      next ??= reply.seq + 1;
      flush();
    });
    const lost = (): void => {
      if (isEnded || socket !== current) return;
      socket = undefined;
      retry();
    };
    // A socket that a page's security policy refuses has an error in Chromium, and no close.
    current.addEventListener("error", lost);
    current.addEventListener("close", lost);
  };

  const retry = (): void => {
    failures++;
    timer = setTimeout(connect, waitMs);
    // In Node a trace that nobody takes keeps no process alive; a browser's timer is a number.
    (timer as { unref?: () => void }).unref?.();
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  };

  const leave = recorder.subscribe(() => {
    if (isScheduled) return;
    isScheduled = true;
    // Sending at once would slow the call that is recorded, most of all in a browser: a burst goes in one message.
    forgetBurst = whenIdle(flush);
  });

  const close = (): void => {
    if (isEnded) return;
    flush();
    isEnded = true;
    leave();
    clearTimeout(timer);
    forgetBurst?.();
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
    close,
  };
}

const OPEN = 1;
const SHORTEST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
/** Events in a message. */
const BATCH = 200;
/** In bytes. */
const MAX_BUFFERED = 1024 * 1024;
