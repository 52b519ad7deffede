import { readJsonObject } from "./json-object.ts";

/** A member of a room. `id` is the room's, `name` the member's own word for itself. */
export interface Member {
  readonly id: string;
  readonly name: string;
}

/** Why a room refuses a member or a message. */
export type RefusalCode =
  | "room-full"
  | "bad-token"
  | "too-large"
  | "too-fast"
  | "not-json"
  | "unknown-type"
  | "no-such-member";

/** What members say to each other. */
export type CallMessageType = "offer" | "answer" | "candidate" | "bye";

/** Member → room: passed on to the member `to`. */
export interface MemberMessage {
  readonly type: CallMessageType;
  readonly to: string;
  /** The sender's number for this message: it joins both ends in a trace. */
  readonly message?: number;
  /** A description for `offer` and `answer`, a candidate or `null` for `candidate`, nothing for `bye`. */
  readonly data?: unknown;
}

/** Room → member: a member's message as it was sent, with its sender. */
export interface ForwardedMessage extends MemberMessage {
  readonly from: string;
}

/** Room → member: what the room itself has to say. */
export type RoomNotice =
  | {
      readonly type: "joined";
      /** The id of the member that is told. */
      readonly id: string;
      /** Those who were there before. */
      readonly members: readonly Member[];
      readonly capacity: number;
    }
  | { readonly type: "welcome"; readonly id: string; readonly name: string }
  | { readonly type: "left"; readonly id: string }
  | { readonly type: "refused"; readonly code: RefusalCode; readonly message: string };

/** Everything that a room sends to a member. */
export type RoomMessage = RoomNotice | ForwardedMessage;

/** A member's text as a message, or why the room refuses it. */
export type MemberReading =
  | { readonly message: MemberMessage }
  | { readonly refusal: RefusalCode; readonly reason: string };

/** Reads what a member sent to a room. Never throws; fields that a room does not know are passed on. */
export function readMemberMessage(text: string): MemberReading {
  const value = readJsonObject(text);
  if (value === undefined) return { refusal: "not-json", reason: "A message is a JSON object." };
  const { type, to, message } = value;
  if (!isCallMessageType(type)) {
    const shown = JSON.stringify(type)?.slice(0, 40) ?? "nothing";
    return {
      refusal: "unknown-type",
      reason: `The type is ${shown}; known are ${callMessageTypes.join(", ")}.`,
    };
  }
  if (typeof to !== "string") {
    return { refusal: "no-such-member", reason: "The message has no receiver in the field to." };
  }
  if (message !== undefined && typeof message !== "number") {
    return { refusal: "not-json", reason: "The field message is not a number." };
  }
  return { message: value as unknown as MemberMessage };
}

/** Reads what a room sent; `undefined` for a text that is none of its messages. Never throws. */
export function readRoomMessage(text: string): RoomMessage | undefined {
  const value = readJsonObject(text);
  if (value === undefined) return undefined;
  const { type, id, name, members, capacity, code, message, from, to } = value;
  const isRead = ((): boolean => {
    switch (type) {
      case "joined":
        return (
          typeof id === "string" &&
          typeof capacity === "number" &&
          Array.isArray(members) &&
          members.every(isMember)
        );
      case "welcome":
        return typeof id === "string" && typeof name === "string";
      case "left":
        return typeof id === "string";
      case "refused":
        return typeof code === "string" && typeof message === "string";
      default:
        return (
          isCallMessageType(type) &&
          typeof from === "string" &&
          typeof to === "string" &&
          (message === undefined || typeof message === "number")
        );
    }
  })();
  return isRead ? (value as unknown as RoomMessage) : undefined;
}

const callMessageTypes: readonly CallMessageType[] = ["offer", "answer", "candidate", "bye"];

function isCallMessageType(value: unknown): value is CallMessageType {
  return (callMessageTypes as readonly unknown[]).includes(value);
}

function isMember(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { id, name } = value as Record<string, unknown>;
  return typeof id === "string" && typeof name === "string";
}
