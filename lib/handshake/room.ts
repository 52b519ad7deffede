import type { Allowance } from "./allowance.ts";
import { createAllowance } from "./allowance.ts";
import type { Member, MemberMessage, RefusalCode, RoomMessage } from "./message.ts";
import { readMemberMessage } from "./message.ts";

/** What a room is made with. */
export interface RoomOptions {
  /** How many members fit, 1 to 1000; 8 unless told otherwise. */
  readonly capacity?: number;
  /** The longest message in characters; 262 144 unless told otherwise. */
  readonly maxMessageLength?: number;
  /** How many messages a second a member may send in the long run, and at once; 200 and 400 unless told otherwise. */
  readonly messagesPerSecond?: number;
  readonly burst?: number;
  /** How many refusals at once a member may collect before it has to go; one is forgotten each second. 100 unless told otherwise. */
  readonly maxRefusals?: number;
}

/**
 * What happens to a room. `socket` is whatever the caller tells one connection from another by:
 * a room gives its members ids of its own, never used twice.
 */
export type RoomInput<Socket> =
  | { readonly type: "join"; readonly socket: Socket; readonly name?: string }
  | { readonly type: "text"; readonly socket: Socket; readonly text: string }
  | { readonly type: "leave"; readonly socket: Socket };

/** What the caller has to do, in order. After `close` the room has forgotten the socket. */
export type RoomOutput<Socket> =
  | { readonly type: "send"; readonly socket: Socket; readonly message: RoomMessage }
  | { readonly type: "close"; readonly socket: Socket; readonly code: RefusalCode };

/** A room of a signaling server, without the server. */
export interface Room<Socket> {
  readonly capacity: number;
  /** How many members there are. */
  readonly size: number;
  /** In the order they came. */
  readonly members: readonly Member[];
  /** `now` in milliseconds, of any clock that does not go back. */
  handle(input: RoomInput<Socket>, now: number): readonly RoomOutput<Socket>[];
}

/**
 * Makes an empty room. Who joins is told who is there (`joined`), those there are told who came (`welcome`): they offer.
 * Messages are passed on in order, unchanged but for the sender in `from`. A wrong message is refused with a code, and
 * its sender stays until it has been refused too often; one member too many is refused and has to go.
 * Throws `RangeError` for a capacity outside 1–1000.
 */
export function createRoom<Socket>(options: RoomOptions = {}): Room<Socket> {
  const capacity = options.capacity ?? 8;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
    throw new RangeError(`A room's capacity is 1 to ${MAX_CAPACITY}; got ${capacity}.`);
  }
  const maxMessageLength = options.maxMessageLength ?? 262_144;
  const messagesPerSecond = options.messagesPerSecond ?? 200;
  const burst = options.burst ?? 400;
  const maxRefusals = options.maxRefusals ?? 100;
  const seats = new Map<Socket, Seat>();
  const sockets = new Map<string, Socket>();
  let joins = 0;

  const join = (socket: Socket, name: string | undefined): readonly RoomOutput<Socket>[] => {
    if (seats.has(socket)) throw new RangeError("A socket joins a room only once.");
    if (seats.size >= capacity) {
      const message = `The room is full: it holds ${capacity} ${capacity === 1 ? "member" : "members"}.`;
      return [refuse(socket, "room-full", message), { type: "close", socket, code: "room-full" }];
    }
    joins++;
    const id = `m${joins}`;
    const member: Member = { id, name: name?.slice(0, MAX_NAME_LENGTH) || id };
    const others = [...seats];
    const messages = createAllowance({ perSecond: messagesPerSecond, burst });
    const refusals = createAllowance({ perSecond: 1, burst: maxRefusals });
    seats.set(socket, { member, messages, refusals });
    sockets.set(id, socket);
    return [
      {
        type: "send",
        socket,
        message: { type: "joined", id, members: others.map(([, seat]) => seat.member), capacity },
      },
      ...others.map(
        ([other]): RoomOutput<Socket> => ({
          type: "send",
          socket: other,
          message: { type: "welcome", id, name: member.name },
        }),
      ),
    ];
  };

  const passOn = (socket: Socket, text: string, now: number): readonly RoomOutput<Socket>[] => {
    const seat = seats.get(socket);
    if (seat === undefined) return [];
    const no = (code: RefusalCode, reason: string): readonly RoomOutput<Socket>[] => {
      const refusal = refuse(socket, code, reason);
      if (seat.refusals.take(now)) return [refusal];
      return [refusal, { type: "close", socket, code }, ...leave(socket)];
    };
    if (!seat.messages.take(now)) {
      return no(
        "too-fast",
        `More than ${messagesPerSecond} messages a second; this one was not passed on.`,
      );
    }
    if (text.length > maxMessageLength) {
      return no(
        "too-large",
        `The message has ${text.length} characters; at most ${maxMessageLength} are passed on.`,
      );
    }
    const reading = readMemberMessage(text);
    if ("refusal" in reading) return no(reading.refusal, reading.reason);
    const { message } = reading;
    const receiver = sockets.get(message.to);
    if (receiver === undefined) {
      const shown = JSON.stringify(message.to.slice(0, 40));
      return no("no-such-member", `There is no member ${shown} in the room.`);
    }
    return [{ type: "send", socket: receiver, message: withSender(message, seat.member.id) }];
  };

  const leave = (socket: Socket): readonly RoomOutput<Socket>[] => {
    const seat = seats.get(socket);
    if (seat === undefined) return [];
    seats.delete(socket);
    sockets.delete(seat.member.id);
    return [...seats.keys()].map((other) => ({
      type: "send",
      socket: other,
      message: { type: "left", id: seat.member.id },
    }));
  };

  return {
    capacity,
    get size() {
      return seats.size;
    },
    get members() {
      return [...seats.values()].map((seat) => seat.member);
    },
    handle(input, now) {
      switch (input.type) {
        case "join":
          return join(input.socket, input.name);
        case "text":
          return passOn(input.socket, input.text, now);
        case "leave":
          return leave(input.socket);
        default:
          return input satisfies never;
      }
    },
  };
}

const MAX_CAPACITY = 1000;
const MAX_NAME_LENGTH = 64;

interface Seat {
  readonly member: Member;
  readonly messages: Allowance;
  readonly refusals: Allowance;
}

function refuse<Socket>(socket: Socket, code: RefusalCode, message: string): RoomOutput<Socket> {
  return { type: "send", socket, message: { type: "refused", code, message } };
}

/** The sender's own `from`, if it wrote one, does not count. */
function withSender(message: MemberMessage, from: string): RoomMessage {
  return { ...message, from };
}
