import type { CallMessageType, Member, RefusalCode, RoomMessage } from "../handshake/message.ts";
import { readRoomMessage } from "../handshake/message.ts";
import type { SignalingSocket, SignalingSocketClass } from "./web-socket.ts";
import { CLOSED, OPEN, platformWebSocket } from "./web-socket.ts";

/** What a client joins a room with. */
export interface SignalingOptions {
  /** The member's own word for itself. */
  readonly name?: string;
  /** How many members the room holds; counts only for who opens it. */
  readonly capacity?: number;
  readonly token?: string;
  /** How long joining may take, in milliseconds; 10 000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** Gets the socket before anything is sent or received on it, to record it for instance. */
  readonly onSocket?: (socket: SignalingSocket) => void;
  /** The WebSocket class to use; the platform's own, or that of `ws` where there is none. */
  readonly WebSocket?: SignalingSocketClass;
}

/** What a peer joins with, whatever carries its messages. */
export interface JoinOptions {
  /** The member's own word for itself. */
  readonly name: string;
  /** Gets the socket before anything is sent or received on it, and what carries it where that is no WebSocket. */
  readonly onSocket: (socket: SignalingSocket, transport?: SocketTransport) => void;
}

/** What carries messages, as a trace names it: `ws`, `http`, `memory` …; one word, or one for each direction. */
export type SocketTransport = string | { readonly in: string; readonly out: string };

/** Joins another member over something that is no room of ours: what a peer takes instead of a room's address. */
export type JoinSignaling = (options: JoinOptions) => Promise<Signaling>;

/** A seat in a room. */
export interface Signaling {
  /** This member's id in the room. */
  readonly id: string;
  readonly capacity: number;
  /** Those who were there before. */
  readonly members: readonly Member[];
  /** Hands over every message of the room from after `joined`, in order, none lost; and why the connection closed. */
  listen(listener: SignalingListener): void;
  /** Sends a message to a member and returns its number. Does nothing once the connection is closed. */
  send(message: {
    readonly type: CallMessageType;
    readonly to: string;
    readonly data?: unknown;
  }): number;
  /** Leaves the room; resolves when the connection is closed. */
  close(): Promise<void>;
}

/** Who hears what a room says. */
export interface SignalingListener {
  message(message: RoomMessage): void;
  /** The connection closed; `reason` is WebSocket's, or its code where there is none. */
  closed(reason: string): void;
}

/** Why a room could not be joined. */
export class SignalingError extends Error {
  override readonly name = "SignalingError";
  readonly code: RefusalCode | "unreachable" | "timeout" | "closed";

  constructor(code: SignalingError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Joins a room, such as `ws://127.0.0.1:8080/rooms/demo`. In Node and in browsers.
 * Rejects with a `SignalingError`: a refusal's code, `unreachable`, `timeout` or `closed`.
 */
export async function connectSignaling(
  url: string,
  options: SignalingOptions = {},
): Promise<Signaling> {
  const address = new URL(url);
  const { name, capacity, token } = options;
  if (name !== undefined) address.searchParams.set("name", name);
  if (capacity !== undefined) address.searchParams.set("capacity", String(capacity));
  if (token !== undefined) address.searchParams.set("token", token);
  const WebSocketClass = options.WebSocket ?? (await platformWebSocket());
  const socket = new WebSocketClass(address.href);
  options.onSocket?.(socket);
  return new Promise((resolve, reject) =>
    join(socket, options.timeoutMs ?? 10_000, resolve, reject),
  );
}

function join(
  socket: SignalingSocket,
  timeoutMs: number,
  resolve: (signaling: Signaling) => void,
  reject: (error: SignalingError) => void,
): void {
  /** What came before somebody listened. */
  const early: ((listener: SignalingListener) => void)[] = [];
  let listener: SignalingListener | undefined;
  let isJoined = false;
  let numbers = 0;
  let whenClosed: (() => void) | undefined;

  const tell = (event: (listener: SignalingListener) => void): void => {
    if (listener === undefined) early.push(event);
    else event(listener);
  };
  const give = (error: SignalingError): void => {
    clearTimeout(patience);
    reject(error);
    socket.close();
  };
  const patience = setTimeout(
    () => give(new SignalingError("timeout", `The room did not answer within ${timeoutMs} ms.`)),
    timeoutMs,
  );

  // Of a connection that cannot be made, some WebSockets tell by error and close, some by error alone.
  socket.addEventListener("error", (event) => {
    clearTimeout(patience);
    const reason = event.message || "the connection failed";
    reject(new SignalingError("unreachable", `The signaling server cannot be reached: ${reason}.`));
  });
  socket.addEventListener("close", (event) => {
    clearTimeout(patience);
    const reason = event.reason || `code ${event.code ?? 1006}`;
    if (isJoined) tell((to) => to.closed(reason));
    else reject(new SignalingError("closed", `The room closed the connection: ${reason}.`));
    whenClosed?.();
  });
  socket.addEventListener("message", (event) => {
    const message = typeof event.data === "string" ? readRoomMessage(event.data) : undefined;
    if (message === undefined) return;
    if (isJoined) return tell((to) => to.message(message));
    if (message.type === "refused") return give(new SignalingError(message.code, message.message));
    if (message.type !== "joined") return;
    isJoined = true;
    clearTimeout(patience);
    resolve({
      id: message.id,
      capacity: message.capacity,
      members: message.members,
      listen(to) {
        listener = to;
        for (const event of early.splice(0)) event(to);
      },
      send({ type, to, data }) {
        numbers++;
        const text = JSON.stringify({ type, to, message: numbers, data });
        if (socket.readyState === OPEN) socket.send(text);
        return numbers;
      },
      close() {
        if (socket.readyState === CLOSED) return Promise.resolve();
        return new Promise((done) => {
          const patience = setTimeout(done, CLOSE_TIMEOUT_MS);
          whenClosed = () => {
            clearTimeout(patience);
            done();
          };
          socket.close(1000, "bye");
        });
      },
    });
  });
}

/** A server that is gone answers no closing handshake. */
const CLOSE_TIMEOUT_MS = 2000;
