import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import { WebSocket, WebSocketServer } from "ws";
import { startHeartbeat } from "./heartbeat.ts";

/** What a server grants its sockets, whatever they speak. */
export interface SocketLimits {
  /** How often each socket is pinged, in milliseconds; one of which nothing has come by the next ping is cut off. 15 000 unless told otherwise. */
  readonly heartbeatMs?: number;
  /** A longer message ends its socket with WebSocket's code 1009, in bytes; 1 MiB unless told otherwise. */
  readonly maxMessageBytes?: number;
  /** How much may wait for a socket that reads too slowly before it has to go, in bytes; 4 MiB unless told otherwise. */
  readonly maxBufferedBytes?: number;
  /** How many sockets there may be at a time; 10 000 unless told otherwise. One more is answered with 503. */
  readonly maxClients?: number;
}

/** One client's socket, as a server sees it. */
export interface ClientSocket {
  readonly isOpen: boolean;
  /** The server's address that the client reached. */
  readonly localAddress: string | undefined;
  /** Sends a text. A client that lets too much pile up is dropped, with `too-slow` as WebSocket's reason. */
  send(text: string): void;
  /** Ends it: what was sent before still goes out; who does not close within two seconds is cut off. */
  close(code: number, reason: string): void;
  /** Calls for each message, in order, until the socket ends; of a binary message the text is empty. Called once. */
  listen(listener: SocketListener): void;
}

/** Who hears a client. */
export interface SocketListener {
  text(text: string): void;
  /** The socket has ended, whoever ended it: once, and the last that is heard. */
  closed(): void;
}

/** Takes sockets in, and looks after them. */
export interface SocketKeeper {
  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    opened: (client: ClientSocket) => void,
  ): void;
  /** Ends every socket. */
  close(): Promise<void>;
}

/** Starts to keep sockets: nobody who is silent, slow or loud takes more of the server than the limits say. */
export function keepSockets(limits: SocketLimits = {}): SocketKeeper {
  const maxClients = limits.maxClients ?? 10_000;
  const maxBufferedBytes = limits.maxBufferedBytes ?? 4 * 1024 * 1024;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxMessageBytes ?? 1024 * 1024,
    clientTracking: true,
  });
  const heartbeat = startHeartbeat(limits.heartbeatMs);

  return {
    accept(request, socket, head, opened) {
      if (server.clients.size >= maxClients) {
        return rejectUpgrade(socket, "503 Service Unavailable", {
          code: "server-full",
          message: `The server has ${maxClients} clients already.`,
        });
      }
      server.handleUpgrade(request, socket, head, (made) => {
        heartbeat.watch(made, request.socket);
        opened(clientSocket(made, request.socket.localAddress, maxBufferedBytes));
      });
    },
    async close() {
      heartbeat.close();
      const closed = [...server.clients].map(
        (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
      );
      for (const socket of server.clients) socket.close(GOING_AWAY, "server-closed");
      const grace = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, CLOSE_GRACE_MS);
      await Promise.all(closed);
      clearTimeout(grace);
      server.close();
    },
  };
}

/** WebSocket's code for a client that breaks a rule; the reason says which. RFC 6455 §7.4.1. */
export const POLICY_VIOLATION = 1008;
/** WebSocket's code for a fault of the server. */
export const INTERNAL_ERROR = 1011;

/** Refuses an upgrade: a status for programs, and a JSON body that says why. */
export function rejectUpgrade(
  socket: Duplex,
  status: string,
  refusal: { readonly code: string; readonly message: string },
): void {
  const body = JSON.stringify({ type: "refused", ...refusal });
  socket.once("error", () => socket.destroy());
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const GOING_AWAY = 1001;
const CLOSE_GRACE_MS = 500;
/** Who does not answer a close is cut off after this. */
const DROP_GRACE_MS = 2000;

function clientSocket(
  socket: WebSocket,
  localAddress: string | undefined,
  maxBufferedBytes: number,
): ClientSocket {
  let listener: SocketListener | undefined;
  let isOver = false;

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    listener?.closed();
  };
  const close = (code: number, reason: string): void => {
    if (socket.readyState === WebSocket.OPEN) socket.close(code, reason);
    const grace = setTimeout(() => socket.terminate(), DROP_GRACE_MS);
    grace.unref();
    socket.once("close", () => clearTimeout(grace));
    socket.resume();
    end();
  };
  const dropSlow = (): boolean => {
    const isSlow = socket.bufferedAmount > maxBufferedBytes;
    if (isSlow) close(POLICY_VIOLATION, "too-slow");
    return isSlow;
  };

  // A socket fails for reasons of the network: its close event says all there is to do.
  socket.on("error", () => {});
  socket.on("close", end);
  // Nothing is read before somebody listens: what a client sends too early waits on its own machine.
  socket.pause();

  return {
    localAddress,
    get isOpen() {
      return !isOver && socket.readyState === WebSocket.OPEN;
    },
    send(text) {
      if (!isOver && socket.readyState === WebSocket.OPEN && !dropSlow()) socket.send(text);
    },
    close,
    listen(to) {
      if (isOver) return to.closed();
      listener = to;
      socket.on("message", (data, isBinary) => {
        if (!isOver) to.text(isBinary ? "" : textOf(data));
      });
      socket.resume();
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.isBuffer(data) ? data.toString("utf8") : Buffer.from(data).toString("utf8");
}
