import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import { WebSocket, WebSocketServer } from "ws";
import type { RoomMessage } from "../handshake/message.ts";
import type { Room, RoomOptions, RoomOutput } from "../handshake/room.ts";
import { createRoom } from "../handshake/room.ts";
import { isLoopbackOrigin } from "./origin.ts";

/** Who wants to join which room. */
export interface JoinRequest {
  readonly room: string;
  readonly name: string | undefined;
  readonly token: string | undefined;
}

/** What a signaling server is made with. */
export interface SignalingServerOptions {
  /** Limits of every room. Its `capacity` holds where the first member asks for none. */
  readonly room?: RoomOptions;
  /** How many rooms there may be at a time; 1000 unless told otherwise. */
  readonly maxRooms?: number;
  /** Who may join; everybody unless told otherwise. A refused member is told `bad-token`. */
  readonly authorize?: (request: JoinRequest) => boolean | Promise<boolean>;
  /**
   * Which pages may connect, by their `Origin`. Pages of this machine (localhost and loopback addresses) unless told
   * otherwise; programs that send no `Origin` always may.
   */
  readonly allowOrigin?: (origin: string) => boolean;
  /** A member that answers no ping for this long is taken as gone, in milliseconds; 15 000 unless told otherwise. */
  readonly heartbeatMs?: number;
}

/** A running signaling server: rooms over WebSocket, on a server of its own or on yours. */
export interface SignalingServer {
  /**
   * For the `upgrade` event of your HTTP server: takes the request when it asks for a room.
   * Returns false, and leaves the socket alone, for any other path.
   */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Opens an HTTP server of its own and gives its address, such as `ws://127.0.0.1:43121`. Rejects when the port is taken. */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<string>;
  /** Ends every room and the server of its own. */
  close(): Promise<void>;
}

/**
 * Makes a signaling server for `/rooms/{room}?name={name}&capacity={n}&token={t}`.
 * What a room does is `createRoom`'s; here are only sockets, their limits and their heartbeat.
 */
export function createSignalingServer(options: SignalingServerOptions = {}): SignalingServer {
  const maxRooms = options.maxRooms ?? 1000;
  const heartbeatMs = options.heartbeatMs ?? 15_000;
  const allowOrigin = options.allowOrigin ?? isLoopbackOrigin;
  const authorize = options.authorize ?? (() => true);
  const rooms = new Map<string, Room<WebSocket>>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    clientTracking: true,
  });
  const silent = new WeakSet<WebSocket>();
  const own = createServer((_request, response) => {
    response
      .writeHead(426, { "content-type": "text/plain" })
      .end("This address speaks WebSocket.\n");
  });
  own.on("upgrade", (request, socket, head) => {
    if (!upgrade(request, socket, head)) reject(socket, "404 Not Found");
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate();
      } else {
        silent.add(socket);
        socket.ping();
      }
    }
  }, heartbeatMs);
  heartbeat.unref();

  const carryOut = (outputs: readonly RoomOutput<WebSocket>[]): void => {
    for (const output of outputs) {
      if (output.type === "send") send(output.socket, output.message);
      else output.socket.close(POLICY_VIOLATION, output.code);
    }
  };

  const join = async (socket: WebSocket, request: JoinRequest, capacity: number | undefined) => {
    // A socket fails for reasons of the network: its close event says all there is to do.
    socket.on("error", () => {});
    socket.on("pong", () => silent.delete(socket));
    const early: string[] = [];
    let room: Room<WebSocket> | undefined;
    socket.on("message", (data, isBinary) => {
      const text = isBinary ? BINARY : textOf(data);
      if (room === undefined) early.push(text);
      else carryOut(room.handle({ type: "text", socket, text }, performance.now()));
    });
    socket.on("close", () => {
      if (room === undefined) return;
      carryOut(room.handle({ type: "leave", socket }, performance.now()));
      if (room.members.length === 0 && rooms.get(request.room) === room) rooms.delete(request.room);
    });

    if (!(await authorize(request))) {
      send(socket, { type: "refused", code: "bad-token", message: "The token is wrong or spent." });
      socket.close(POLICY_VIOLATION, "bad-token");
      return;
    }
    if (socket.readyState !== WebSocket.OPEN) return;
    const found = rooms.get(request.room);
    if (found === undefined && rooms.size >= maxRooms) {
      const message = `There are ${rooms.size} rooms already; no more can be opened.`;
      send(socket, { type: "refused", code: "room-full", message });
      socket.close(POLICY_VIOLATION, "room-full");
      return;
    }
    room =
      found ??
      createRoom<WebSocket>({ ...options.room, ...(capacity !== undefined && { capacity }) });
    rooms.set(request.room, room);
    const name = request.name === undefined ? {} : { name: request.name };
    carryOut(room.handle({ type: "join", socket, ...name }, performance.now()));
    for (const text of early)
      carryOut(room.handle({ type: "text", socket, text }, performance.now()));
  };

  const upgrade: SignalingServer["upgrade"] = (request, socket, head) => {
    const url = new URL(request.url ?? "/", "ws://host");
    if (!url.pathname.startsWith(ROOMS)) return false;
    const room = decode(url.pathname.slice(ROOMS.length));
    const asked = url.searchParams.get("capacity");
    const capacity = asked === null ? undefined : Number(asked);
    const isWellFormed =
      room !== undefined &&
      room !== "" &&
      room.length <= 128 &&
      (capacity === undefined || (Number.isInteger(capacity) && capacity >= 1 && capacity <= 1000));
    if (!isWellFormed) {
      reject(socket, "400 Bad Request");
      return true;
    }
    const { origin } = request.headers;
    if (origin !== undefined && !allowOrigin(origin)) {
      reject(socket, "403 Forbidden");
      return true;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const name = url.searchParams.get("name") ?? undefined;
      const token = url.searchParams.get("token") ?? undefined;
      join(opened, { room, name, token }, capacity).catch(() => opened.close(INTERNAL_ERROR));
    });
    return true;
  };

  return {
    upgrade,
    listen({ port = 0, host = "127.0.0.1" } = {}) {
      return new Promise((resolve, fail) => {
        own.once("error", fail);
        own.listen(port, host, () => {
          own.off("error", fail);
          const address = own.address() as AddressInfo;
          const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;
          resolve(`ws://${shown}:${address.port}`);
        });
      });
    },
    async close() {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.close(GOING_AWAY, "server-closed");
      const grace = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, 500);
      await new Promise<void>((resolve) => {
        if (sockets.clients.size === 0) return resolve();
        for (const socket of sockets.clients) {
          socket.once("close", () => sockets.clients.size === 0 && resolve());
        }
      });
      clearTimeout(grace);
      sockets.close();
      if (own.listening) await new Promise<void>((resolve) => own.close(() => resolve()));
    },
  };
}

const ROOMS = "/rooms/";
/** A room refuses what is too large for it and keeps the member; above this the socket is cut off. In bytes. */
const MAX_PAYLOAD = 1024 * 1024;
/** A member that reads nothing must not fill the server's memory. In bytes. */
const MAX_BUFFERED = 4 * 1024 * 1024;
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;
/** Stands for a binary message: no JSON, so the room refuses it as such. */
const BINARY = "";

function send(socket: WebSocket, message: RoomMessage): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
  else socket.send(JSON.stringify(message));
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.isBuffer(data) ? data.toString("utf8") : Buffer.from(data).toString("utf8");
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function reject(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
