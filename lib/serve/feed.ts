import { WebSocket } from "ws";
import { INTERNAL_ERROR } from "../signaling/socket-keeper.ts";
import type { TraceEvent } from "../trace/event.ts";
import type { FeedMessage, TraceState } from "../trace/feed.ts";
import type { TraceLog } from "./trace-log.ts";
import type { TraceStore } from "./trace-store.ts";

/**
 * Sends a page the traces of this run: for each its header, what happened so far, then each event once and in order.
 * `after` holds, for each trace that the page has in part, `{id}:{seq}` of its last event: only what is missing is sent.
 * A slow page is waited for: nothing is dropped, and no more than about a megabyte waits in the socket. One that needs
 * events which cannot be read is closed with 1011 and the reason `trace-unreadable`.
 */
export function feedPage(socket: WebSocket, store: TraceStore, after: readonly string[]): void {
  const positions = new Map(after.flatMap((text) => positionOf(text)));
  const cursors = new Map<TraceLog, Cursor>();
  let isPumping = false;

  const send = (message: FeedMessage): void => socket.send(JSON.stringify(message));

  const cursorOf = (log: TraceLog): Cursor => {
    const known = cursors.get(log);
    if (known !== undefined) return known;
    const given = positions.get(log.header.id);
    // A page that is ahead of the trace knows another one of that name: it gets this one from its header on.
    const seq = given !== undefined && given > log.last ? undefined : given;
    const cursor: Cursor = { waiting: [], seq: seq ?? 0, state: log.state };
    cursors.set(log, cursor);
    const { state } = log;
    if (seq === undefined) send({ type: "header", header: log.header, state });
    else send({ type: "state", trace: log.header.id, state });
    return cursor;
  };

  const pump = (): void => {
    if (isPumping || socket.readyState !== WebSocket.OPEN) return;
    for (const log of store.logs) {
      const cursor = cursorOf(log);
      const trace = log.header.id;
      while (cursor.seq < log.last) {
        if (cursor.waiting.length === 0) cursor.waiting = log.after(cursor.seq).toReversed();
        const event = cursor.waiting.pop();
        if (event === undefined) break;
        if (event.seq > cursor.seq + 1) {
          send({ type: "gap", trace, from: cursor.seq + 1, to: event.seq - 1 });
        }
        cursor.seq = event.seq;
        if (socket.bufferedAmount < MAX_BUFFERED) {
          send({ type: "event", trace, event });
          continue;
        }
        isPumping = true;
        socket.send(JSON.stringify({ type: "event", trace, event } satisfies FeedMessage), () => {
          isPumping = false;
          pumpOrClose();
        });
        return;
      }
      if (cursor.state !== log.state) {
        cursor.state = log.state;
        send({ type: "state", trace, state: log.state });
      }
    }
  };

  /** Whoever made the trace grow, and every other page, must not notice that this one cannot be served. */
  const pumpOrClose = (): void => {
    try {
      pump();
    } catch {
      socket.close(INTERNAL_ERROR, "trace-unreadable");
    }
  };

  const leave = store.subscribe(pumpOrClose);
  socket.on("close", leave);
  // A socket fails for reasons of the network: its close event says all there is to do.
  socket.on("error", () => {});
  pumpOrClose();
}

interface Cursor {
  /** Events that were read and are still to be sent, the next one last. */
  waiting: TraceEvent[];
  /** `seq` of the last one sent. */
  seq: number;
  state: TraceState;
}

/** In bytes. */
const MAX_BUFFERED = 1024 * 1024;

function positionOf(text: string): [string, number][] {
  const colon = text.lastIndexOf(":");
  const seq = Number(text.slice(colon + 1));
  return colon > 0 && Number.isSafeInteger(seq) && seq >= 0 ? [[text.slice(0, colon), seq]] : [];
}
