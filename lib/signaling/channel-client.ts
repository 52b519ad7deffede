import { readJsonObject } from "../handshake/json-object.ts";
import type { MessageCarrier } from "./bare-channel.ts";
import type { ChannelRefusal } from "./channel-refusal.ts";
import { isChannelRefusal } from "./channel-refusal.ts";
import type { SignalingSocket, SignalingSocketClass, SocketEvent } from "./web-socket.ts";
import { platformWebSocket } from "./web-socket.ts";

/** How to get into a token channel. */
export interface ChannelClientOptions {
  /** This client's own name; a made-up one unless given. No two clients of a channel have the same. */
  readonly client?: string;
  /** The id of the channel to enter; a new one is made without. */
  readonly channel?: string;
  /** What the app knows its user by: the `Authorization` of the request for a token. */
  readonly authorization?: string;
  /** How long each step may take, in milliseconds; 10 000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** The WebSocket class to use; the platform's own, or that of `ws` where there is none. */
  readonly WebSocket?: SignalingSocketClass;
}

/** A client's end of a token channel: it carries a bare channel, or any other JSON objects. */
export interface ChannelClient extends MessageCarrier {
  /** Who else enters the channel has to know it. */
  readonly id: string;
  readonly client: string;
  /** Posts a message, one after the other. What the server refuses is told to `refused`. */
  send(text: string): void;
  /** Gets the text of each message, in order. */
  onmessage: ((message: { readonly data: string }) => void) | null;
  /** Resolves when everything sent so far has arrived at the server, or was refused. */
  flushed(): Promise<void>;
  /** Hears why a message was refused, or could not be posted. */
  refused: ((error: ChannelError) => void) | null;
  close(): void;
}

/** Why a channel could not be entered, or a message was not passed on. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
  readonly code: ChannelRefusal | "unreachable" | "timeout" | "closed";

  constructor(code: ChannelError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Enters a token channel: asks for a token, opens the channel's socket with it, once, and posts its messages.
 * `url` is the server's, such as `http://127.0.0.1:8080`. Rejects with a `ChannelError`. In Node and in browsers.
 */
export async function connectChannel(
  url: string,
  options: ChannelClientOptions = {},
): Promise<ChannelClient> {
  const { client = uniqueName(), channel, authorization } = options;
  const timeoutMs = options.timeoutMs ?? 10_000;
  const base = new URL(url);
  base.protocol = base.protocol.replace("ws", "http");
  const admitted = await post(new URL("/channels", base), {
    body: JSON.stringify({ client, ...(channel !== undefined && { channel }) }),
    authorization,
    timeoutMs,
  });
  const { id, token } = admitted;
  if (typeof id !== "string" || typeof token !== "string") {
    throw new ChannelError("unreachable", "The server's answer names no channel and no token.");
  }
  const path = `/channels/${encodeURIComponent(id)}`;
  const address = new URL(`${path}?token=${encodeURIComponent(token)}`, base);
  address.protocol = base.protocol.replace("http", "ws");
  const WebSocketClass = options.WebSocket ?? (await platformWebSocket());
  const socket = new WebSocketClass(address.href);
  const posts = new URL(`${path}/messages`, base);

  /** One after the other: two at once could overtake each other. */
  let queue: Promise<void> = Promise.resolve();
  /** What comes before somebody hears it. */
  const early: { readonly data: string }[] = [];
  let heard: ChannelClient["onmessage"] = null;
  const end: ChannelClient = {
    id,
    client,
    refused: null,
    get readyState() {
      return socket.readyState;
    },
    get onmessage() {
      return heard;
    },
    set onmessage(listener) {
      heard = listener;
      if (listener !== null) for (const event of early.splice(0)) listener(event);
    },
    send(text) {
      queue = queue
        .then(() => post(posts, { body: text, authorization: `Bearer ${token}`, timeoutMs }))
        .then(
          () => {},
          (error: ChannelError) => end.refused?.(error),
        );
    },
    flushed: () => queue,
    addEventListener: (type, listener) => socket.addEventListener(type, listener),
    close() {
      // What was sent shall still be posted: the token ends with its socket.
      queue = queue.then(() => socket.close(1000, "bye"));
    },
  };
  await opened(socket, timeoutMs, (event) => {
    if (heard === null) early.push(event);
    else heard(event);
  });
  return end;
}

/** Resolves when the socket is open. */
function opened(
  socket: SignalingSocket,
  timeoutMs: number,
  hear: (event: { readonly data: string }) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (code: ChannelError["code"], message: string): void => {
      clearTimeout(patience);
      reject(new ChannelError(code, message));
    };
    const patience = setTimeout(() => {
      fail("timeout", `The channel did not open within ${timeoutMs} ms.`);
      socket.close();
    }, timeoutMs);
    socket.addEventListener("open", () => {
      clearTimeout(patience);
      resolve();
    });
    socket.addEventListener("error", () =>
      fail("unreachable", "The channel's socket cannot be opened."),
    );
    socket.addEventListener("close", () => fail("closed", "The channel's socket closed."));
    socket.addEventListener("message", ({ data }: SocketEvent) => {
      if (typeof data === "string") hear({ data });
    });
  });
}

async function post(
  url: URL,
  request: {
    readonly body: string;
    readonly authorization: string | undefined;
    readonly timeoutMs: number;
  },
): Promise<Record<string, unknown>> {
  const { body, authorization, timeoutMs } = request;
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        ...(authorization !== undefined && { authorization }),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    if (isLate)
      throw new ChannelError("timeout", `The server did not answer within ${timeoutMs} ms.`);
    throw new ChannelError("unreachable", "The channel's server cannot be reached.");
  }
  const fields = readJsonObject(await response.text().catch(() => "")) ?? {};
  if (response.ok) return fields;
  const { code, message } = fields;
  throw new ChannelError(
    isChannelRefusal(code) ? code : "unreachable",
    typeof message === "string" ? message : `The server answered with ${response.status}.`,
  );
}

/** Not `randomUUID`, which pages without https do not have. */
function uniqueName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
