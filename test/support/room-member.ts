import type { RoomMessage } from "../../lib/handshake/message.ts";
import type { Signaling, SignalingOptions } from "../../lib/signaling/client.ts";
import { connectSignaling } from "../../lib/signaling/client.ts";

/** A member of a room that keeps what it hears. */
export interface RoomMember {
  readonly signaling: Signaling;
  /** Waits for the message after those already taken. */
  next(): Promise<RoomMessage | { readonly type: "closed"; readonly reason: string } | undefined>;
}

/** Joins a room. */
export async function joinRoom(url: string, options: SignalingOptions = {}): Promise<RoomMember> {
  const signaling = await connectSignaling(url, options);
  const heard: Awaited<ReturnType<RoomMember["next"]>>[] = [];
  let wake = (): void => {};
  signaling.listen({
    message: (message) => {
      heard.push(message);
      wake();
    },
    closed: (reason) => {
      heard.push({ type: "closed", reason });
      wake();
    },
  });
  return {
    signaling,
    async next() {
      while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return heard.shift();
    },
  };
}
