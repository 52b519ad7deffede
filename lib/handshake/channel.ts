import type { Allowance } from "./allowance.ts";
import { createAllowance } from "./allowance.ts";
import { readJsonObject } from "./json-object.ts";

/** What a token channel is made with. */
export interface ChannelOptions {
  /** How many clients it holds, 1 to 1000; 2 unless told otherwise. */
  readonly capacity?: number;
  /** The longest message in characters; 262 144 unless told otherwise. */
  readonly maxMessageLength?: number;
  /** How many messages a second a client may post in the long run, and at once; 200 and 400 unless told otherwise. */
  readonly messagesPerSecond?: number;
  readonly burst?: number;
  /** How long a token waits for its socket, in milliseconds; 60 000 unless told otherwise. */
  readonly tokenLifetimeMs?: number;
  /** How many messages wait for a client that has not opened its socket yet; 256 unless told otherwise. */
  readonly maxWaiting?: number;
}

/** Why a token channel refuses a client, a socket or a message. */
export type ChannelRefusalCode =
  /** All clients that fit are there. */
  | "channel-full"
  /** Another client of the channel has that name. */
  | "client-taken"
  /** The token is none of this channel's, or its time is over. */
  | "bad-token"
  /** The token has opened its socket already, or that socket is closed. */
  | "spent-token"
  | "too-large"
  | "too-fast"
  | "not-json"
  /** Too much waits already for a client that has not opened its socket. */
  | "too-many-waiting";

/**
 * What happens to a channel. `socket` is whatever the caller tells one connection from another by; tokens are made
 * by the caller, and never the same twice.
 */
export type ChannelInput<Socket> =
  | { readonly type: "admit"; readonly client: string; readonly token: string }
  | { readonly type: "open"; readonly token: string; readonly socket: Socket }
  | { readonly type: "post"; readonly token: string; readonly text: string }
  | { readonly type: "closed"; readonly socket: Socket }
  /** Time has passed: tokens that nobody used end. Wanted now and then. */
  | { readonly type: "tick" };

/** What the caller has to do, in order; `accepted` and `refused` are for who asked. */
export type ChannelOutput<Socket> =
  | { readonly type: "send"; readonly socket: Socket; readonly text: string }
  /** `clients`: how many others the message went to, or waits for. */
  | { readonly type: "accepted"; readonly clients: number }
  | { readonly type: "refused"; readonly code: ChannelRefusalCode; readonly message: string };

/** A token channel, without server and sockets. */
export interface Channel<Socket> {
  /** Whether nobody has a socket or a token that can still open one: nothing is lost when it is forgotten. */
  readonly isEmpty: boolean;
  /** `now` in milliseconds, of any clock that does not go back. */
  handle(input: ChannelInput<Socket>, now: number): readonly ChannelOutput<Socket>[];
}

/**
 * Makes an empty token channel. A client is admitted with a token; the token opens one socket, once; as long as that
 * is open, or may still be opened, the token posts messages. Each goes, as it is, to all other clients; for a client
 * whose socket is not open yet messages wait. Throws `RangeError` for a capacity outside 1–1000.
 */
export function createChannel<Socket>(options: ChannelOptions = {}): Channel<Socket> {
  const capacity = options.capacity ?? 2;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
    throw new RangeError(`A channel's capacity is 1 to ${MAX_CAPACITY}; got ${capacity}.`);
  }
  const maxMessageLength = options.maxMessageLength ?? 262_144;
  const messagesPerSecond = options.messagesPerSecond ?? 200;
  const burst = options.burst ?? 400;
  const tokenLifetimeMs = options.tokenLifetimeMs ?? 60_000;
  const maxWaiting = options.maxWaiting ?? 256;
  /** By token, those who are in the channel. */
  const seats = new Map<string, Seat<Socket>>();
  /** Tokens of sockets that are closed, the oldest first. */
  const spent = new Set<string>();

  const expire = (now: number): void => {
    for (const [token, seat] of seats) {
      if (seat.socket === undefined && now >= seat.expiresAt) seats.delete(token);
    }
  };

  const admit = (client: string, token: string, now: number): ChannelOutput<Socket> => {
    expire(now);
    if ([...seats.values()].some((seat) => seat.client === client)) {
      const shown = JSON.stringify(client.slice(0, 40));
      return refused("client-taken", `There is a client ${shown} in the channel already.`);
    }
    if (seats.size >= capacity) {
      const clients = `${capacity} ${capacity === 1 ? "client" : "clients"}`;
      return refused("channel-full", `The channel is full: it holds ${clients}.`);
    }
    const messages = createAllowance({ perSecond: messagesPerSecond, burst });
    seats.set(token, { client, messages, expiresAt: now + tokenLifetimeMs, waiting: [] });
    return { type: "accepted", clients: seats.size - 1 };
  };

  const open = (token: string, socket: Socket, now: number): readonly ChannelOutput<Socket>[] => {
    expire(now);
    const seat = seats.get(token);
    if (seat === undefined) return [noSeat(token)];
    if (seat.socket !== undefined) return [tokenSpent];
    seat.socket = socket;
    return [
      { type: "accepted", clients: seats.size - 1 },
      ...seat.waiting
        .splice(0)
        .map((text): ChannelOutput<Socket> => ({ type: "send", socket, text })),
    ];
  };

  const post = (token: string, text: string, now: number): readonly ChannelOutput<Socket>[] => {
    expire(now);
    const sender = seats.get(token);
    if (sender === undefined) return [noSeat(token)];
    if (!sender.messages.take(now)) {
      const reason = `More than ${messagesPerSecond} messages a second; this one was not passed on.`;
      return [refused("too-fast", reason)];
    }
    if (text.length > maxMessageLength) {
      const reason = `The message has ${text.length} characters; at most ${maxMessageLength} are passed on.`;
      return [refused("too-large", reason)];
    }
    if (readJsonObject(text) === undefined)
      return [refused("not-json", "A message is a JSON object.")];
    const others = [...seats.values()].filter((seat) => seat !== sender);
    if (others.some((seat) => seat.socket === undefined && seat.waiting.length >= maxWaiting)) {
      const reason = `${maxWaiting} messages wait already for a client that has not opened its socket.`;
      return [refused("too-many-waiting", reason)];
    }
    const outputs: ChannelOutput<Socket>[] = [];
    for (const seat of others) {
      if (seat.socket === undefined) seat.waiting.push(text);
      else outputs.push({ type: "send", socket: seat.socket, text });
    }
    return [...outputs, { type: "accepted", clients: others.length }];
  };

  const closed = (socket: Socket): void => {
    for (const [token, seat] of seats) {
      if (seat.socket !== socket) continue;
      seats.delete(token);
      spent.add(token);
      for (const oldest of spent) {
        if (spent.size <= MAX_SPENT) break;
        spent.delete(oldest);
      }
    }
  };

  const noSeat = (token: string): ChannelOutput<Socket> =>
    spent.has(token)
      ? tokenSpent
      : refused("bad-token", "The token is wrong, or its time is over.");

  return {
    get isEmpty() {
      return seats.size === 0;
    },
    handle(input, now) {
      switch (input.type) {
        case "admit":
          return [admit(input.client, input.token, now)];
        case "open":
          return open(input.token, input.socket, now);
        case "post":
          return post(input.token, input.text, now);
        case "closed":
          closed(input.socket);
          return [];
        case "tick":
          expire(now);
          return [];
        default:
          return input satisfies never;
      }
    },
  };
}

const MAX_CAPACITY = 1000;
/** How many spent tokens a channel knows as such; older ones are just wrong. */
const MAX_SPENT = 64;

interface Seat<Socket> {
  readonly client: string;
  readonly messages: Allowance;
  /** When the token ends unless its socket is open by then. */
  readonly expiresAt: number;
  readonly waiting: string[];
  socket?: Socket;
}

const tokenSpent = refused("spent-token", "The token has opened its socket already: it opens one.");

function refused(
  code: ChannelRefusalCode,
  message: string,
): { readonly type: "refused"; readonly code: ChannelRefusalCode; readonly message: string } {
  return { type: "refused", code, message };
}
