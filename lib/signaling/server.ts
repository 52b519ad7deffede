import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { PlayAddress } from "../handshake/server-first.ts";
import { readPlayPath } from "../handshake/server-first.ts";
import type { ChannelsOptions } from "./channels.ts";
import { serveChannels } from "./channels.ts";
import { isLoopbackOrigin } from "./origin.ts";
import type { RoomsOptions } from "./rooms.ts";
import { serveRooms } from "./rooms.ts";
import type { ClientSocket, SocketLimits } from "./socket-keeper.ts";
import { keepSockets, rejectUpgrade } from "./socket-keeper.ts";

/** What a signaling server is made with. */
export interface SignalingServerOptions extends RoomsOptions, ChannelsOptions, SocketLimits {
  /**
   * Which pages may connect, by their `Origin`. Pages of this machine (localhost and loopback addresses) unless told
   * otherwise; programs that send no `Origin` always may.
   */
  readonly allowOrigin?: (origin: string) => boolean;
  /** Takes the players of `/webrtc_playnow/…`, such as `createMediaServer(…).play`; there are none without. */
  readonly play?: (client: ClientSocket, address: PlayAddress) => void;
}

/** A running signaling server, on a server of its own or on yours. */
export interface SignalingServer {
  /**
   * For the `upgrade` event of your HTTP server: takes the request when it asks for a room, a channel or a play address.
   * Returns false, and leaves the socket alone, for any other path.
   */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /**
   * For the `request` event of your HTTP server: takes the POSTs of token channels.
   * Returns false, and leaves the request alone, for any other path.
   */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  /** Opens an HTTP server of its own and gives its address, such as `ws://127.0.0.1:43121`. Rejects when the port is taken. */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<string>;
  /** Ends every room, every channel and the server of its own. */
  close(): Promise<void>;
}

/**
 * Makes a signaling server. What it says on the wire stands in docs/signaling.md.
 *
 *     WS   /rooms/{room}?name={name}&capacity={n}&token={t}
 *     POST /channels, WS /channels/{id}?token={t}, POST /channels/{id}/messages
 *     WS   /webrtc_playnow/{singleport|randomport}/{tcp|udp}/{alias}       with the option `play`
 */
export function createSignalingServer(options: SignalingServerOptions = {}): SignalingServer {
  const allowOrigin = options.allowOrigin ?? isLoopbackOrigin;
  const sockets = keepSockets(options);
  const rooms = serveRooms(options);
  const channels = serveChannels(options, allowOrigin);
  const sweep = setInterval(() => channels.tick(), SWEEP_MS);
  sweep.unref();

  /** What takes the client once its socket is open; `malformed`, or `undefined` for a path of somebody else. */
  const takerOf = (url: URL): ((client: ClientSocket) => void) | "malformed" | undefined => {
    const room = rooms.read(url);
    if (room === "malformed") return room;
    if (room !== undefined) return (client) => rooms.open(client, room);
    const channel = channels.read(url);
    if (channel !== undefined) return (client) => channels.open(client, channel);
    const { play } = options;
    const address = play && readPlayPath(url.pathname);
    return address && ((client) => play(client, address));
  };

  const upgrade: SignalingServer["upgrade"] = (request, socket, head) => {
    const url = urlOf(request);
    const taker = url && takerOf(url);
    if (taker === undefined) return false;
    const { origin } = request.headers;
    if (origin !== undefined && !allowOrigin(origin)) {
      const message = "Pages of this origin may not use the server.";
      rejectUpgrade(socket, "403 Forbidden", { code: "bad-origin", message });
    } else if (taker === "malformed") {
      const message = "A room has a name of 1 to 128 characters and a capacity of 1 to 1000.";
      rejectUpgrade(socket, "400 Bad Request", { code: "bad-request", message });
    } else {
      sockets.accept(request, socket, head, taker);
    }
    return true;
  };

  const own = createServer((request, response) => {
    if (channels.request(request, response)) return;
    response
      .writeHead(426, { "content-type": "text/plain" })
      .end("This address speaks WebSocket.\n");
  });
  own.headersTimeout = HTTP_TIMEOUT_MS;
  own.requestTimeout = HTTP_TIMEOUT_MS;
  own.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (upgrade(request, socket, head)) return;
    const message = "There is nothing at this address.";
    rejectUpgrade(socket, "404 Not Found", { code: "not-found", message });
  });

  return {
    upgrade,
    request: (request, response) => channels.request(request, response),
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
      clearInterval(sweep);
      await sockets.close();
      if (!own.listening) return;
      const closed = new Promise<void>((resolve) => own.close(() => resolve()));
      own.closeAllConnections();
      await closed;
    },
  };
}

/** How often channels that nobody opened are looked for. */
const SWEEP_MS = 10_000;
/** A request that takes longer to arrive is not waited for. */
const HTTP_TIMEOUT_MS = 10_000;

function urlOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? "/", "ws://host");
  } catch {
    return undefined;
  }
}
