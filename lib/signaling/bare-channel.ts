import { printBareMessage, readBareMessage } from "../handshake/bare-message.ts";
import type { JoinSignaling, Signaling, SignalingListener, SocketTransport } from "./client.ts";
import { SignalingError } from "./client.ts";
import type { SignalingSocket, SocketEvent } from "./web-socket.ts";
import { CLOSED, CONNECTING, OPEN } from "./web-socket.ts";

/**
 * Anything that carries texts between two ends: a WebSocket, a data channel, a token channel, two functions in one
 * process. `onmessage` is set, and called with the text or with an event that has it as `data`.
 */
export interface MessageCarrier {
  send(text: string): void;
  onmessage: ((message: never) => void) | null;
  /** W3C's `open`, `close` and `error` of sockets and data channels are heard where they are to be had. */
  addEventListener?(type: string, listener: (event: SocketEvent) => void): void;
  readonly readyState?: number | string;
  close?(): void;
}

/** How a call over a bare channel begins. */
export interface BareChannelOptions {
  /** The caller offers at once; the callee starts at the first message. */
  readonly isCaller: boolean;
  /** What carries the texts, as a trace shall name it; `memory` unless told otherwise. */
  readonly transport?: SocketTransport;
}

/**
 * `start(isCaller)` over any channel: what a peer takes instead of a room, with the other end as its one member.
 * Each message is `{"sdp":{"type","sdp"}}` or `{"candidate":{…}}`, `{"candidate":null}` at their end; what is none of
 * them is left out. It waits until the channel is open; joining rejects with a `SignalingError` when that fails.
 *
 *     const peer = createPeer({ name: "ann", room: startBareChannel(channel, { isCaller: true }) })
 */
export function startBareChannel(
  carrier: MessageCarrier,
  options: BareChannelOptions,
): JoinSignaling {
  // What comes before somebody joins is kept: the caller may be faster than the callee's page.
  const socket = socketOf(carrier);
  return async ({ onSocket }) => {
    onSocket(socket, options.transport ?? "memory");
    await socket.opened;
    const seat = seatAt(socket, options.isCaller);
    socket.start();
    return seat;
  };
}

/** The id of the other end, as a member of a room has one. */
const OTHER = "other";
const OWN = "self";

interface CarrierSocket extends SignalingSocket {
  readonly opened: Promise<void>;
  /** Hands over what came so far, and from now on what comes. */
  start(): void;
}

/** A carrier as a socket: it can be recorded, and sends only while it is open. */
function socketOf(carrier: MessageCarrier): CarrierSocket {
  const listeners = new Map<string, ((event: SocketEvent) => void)[]>();
  let early: (() => void)[] | undefined = [];
  let isClosed = false;
  const dispatch = (type: string, event: SocketEvent): void => {
    const tell = () => {
      for (const listener of listeners.get(type) ?? []) listener(event);
    };
    if (early === undefined) tell();
    else early.push(tell);
  };
  const end = (event: SocketEvent): void => {
    if (isClosed) return;
    isClosed = true;
    dispatch("close", event);
  };
  const opened = new Promise<void>((resolve, reject) => {
    if (!isConnecting(carrier)) resolve();
    const fail = (): void =>
      reject(new SignalingError("unreachable", "The channel closed before it was open."));
    carrier.addEventListener?.("open", () => resolve());
    carrier.addEventListener?.("error", fail);
    carrier.addEventListener?.("close", (event) => {
      fail();
      end(event);
    });
  });
  opened.catch(() => {});
  carrier.onmessage = (message: unknown) => {
    const data = typeof message === "string" ? message : (message as SocketEvent | null)?.data;
    if (!isClosed) dispatch("message", { data });
  };
  return {
    opened,
    start() {
      const waiting = early ?? [];
      early = undefined;
      for (const tell of waiting) tell();
    },
    get readyState() {
      return isClosed ? CLOSED : OPEN;
    },
    send(text) {
      if (!isClosed && isOpen(carrier)) carrier.send(text);
    },
    close() {
      carrier.onmessage = null;
      carrier.close?.();
      end({ code: 1000, reason: "bye" });
    },
    addEventListener(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
  };
}

/** W3C's sockets have numbers for their states, its data channels words, and other carriers none. */
function isConnecting({ readyState }: MessageCarrier): boolean {
  return readyState === CONNECTING || readyState === "connecting";
}

function isOpen({ readyState }: MessageCarrier): boolean {
  return readyState === undefined || readyState === OPEN || readyState === "open";
}

function seatAt(socket: CarrierSocket, isCaller: boolean): Signaling {
  const other = { id: OTHER, name: OTHER };
  /** What came before somebody listened. */
  const early: ((listener: SignalingListener) => void)[] = [];
  let listener: SignalingListener | undefined;
  let numbers = 0;
  const tell = (event: (listener: SignalingListener) => void): void => {
    if (listener === undefined) early.push(event);
    else event(listener);
  };
  if (isCaller) tell((to) => to.message({ type: "welcome", ...other }));
  socket.addEventListener("message", ({ data }) => {
    const message = typeof data === "string" ? readBareMessage(data) : undefined;
    if (message !== undefined) tell((to) => to.message({ ...message, from: OTHER, to: OWN }));
  });
  socket.addEventListener("close", ({ code, reason }) => {
    tell((to) => to.closed(reason || `code ${code ?? 1006}`));
  });
  return {
    id: OWN,
    capacity: 2,
    members: isCaller ? [] : [other],
    listen(to) {
      listener = to;
      for (const event of early.splice(0)) event(to);
    },
    send({ type, data }) {
      numbers++;
      const text = printBareMessage({ type, data });
      if (text !== undefined) socket.send(text);
      return numbers;
    },
    async close() {
      socket.close();
    },
  };
}
