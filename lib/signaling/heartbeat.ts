import type { Socket } from "node:net";
import type { WebSocket } from "ws";

/** Finds out which sockets are gone without a word, such as those of a machine that was unplugged. */
export interface Heartbeat {
  /** Pings a socket from now on until it closes; `wire` is what it runs over. */
  watch(socket: WebSocket, wire: Socket): void;
  /** Pings nobody any more. */
  close(): void;
}

/**
 * Pings each socket that often, in milliseconds, and cuts off the one of which nothing at all has come by the next ping.
 * Bytes count and not pongs alone: a pong waits behind what a slow line still carries. It keeps no process alive.
 */
export function startHeartbeat(everyMs = 15_000): Heartbeat {
  // A share of the sockets at a time: thousands of pings at once would hold up everybody's messages.
  const shares = Array.from({ length: SHARES }, () => new Map<WebSocket, Line>());
  let beat = 0;
  const timer = setInterval(() => {
    beat = (beat + 1) % SHARES;
    for (const [socket, line] of shares[beat] ?? []) {
      const { bytesRead } = line.wire;
      if (line.heard === bytesRead) {
        socket.terminate();
      } else {
        line.heard = bytesRead;
        socket.ping();
      }
    }
  }, everyMs / SHARES);
  timer.unref();

  return {
    watch(socket, wire) {
      const share = shares[beat];
      share?.set(socket, { wire, heard: undefined });
      socket.on("close", () => share?.delete(socket));
    },
    close: () => clearInterval(timer),
  };
}

interface Line {
  readonly wire: Socket;
  /** How many bytes had come by the last ping; `undefined` before the first. */
  heard: number | undefined;
}

/** In how many shares the sockets are pinged, one after the other. */
const SHARES = 32;
