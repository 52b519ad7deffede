import type { ChannelRefusalCode } from "../handshake/channel.ts";

/** Why a token channel's HTTP request, or its socket, is refused: what the channel refuses, and what its server does. */
export type ChannelRefusal =
  | ChannelRefusalCode
  | "no-such-channel"
  | "too-many-channels"
  | "not-allowed"
  | "bad-request"
  | "bad-origin";

/** The HTTP status that stands for each refusal. */
export const channelRefusalStatuses: Readonly<Record<ChannelRefusal, number>> = {
  "bad-request": 400,
  "not-json": 400,
  "bad-token": 401,
  "spent-token": 401,
  "bad-origin": 403,
  "not-allowed": 403,
  "no-such-channel": 404,
  "channel-full": 409,
  "client-taken": 409,
  "too-large": 413,
  "too-fast": 429,
  "too-many-channels": 503,
  "too-many-waiting": 503,
};

/** Whether a value is the code of a channel's refusal. */
export function isChannelRefusal(value: unknown): value is ChannelRefusal {
  return typeof value === "string" && Object.hasOwn(channelRefusalStatuses, value);
}
