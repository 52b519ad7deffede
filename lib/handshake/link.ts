import type { CallMessageType } from "./message.ts";

/** What one end of a call tells the other. */
export interface CallMessage {
  readonly type: CallMessageType;
  /** A description for `offer` and `answer`, a candidate or `null` for `candidate`, nothing for `bye`. */
  readonly data?: unknown;
  /** The sender's number or name for this message, where the link carries one: it joins both ends in a trace. */
  readonly message?: number | string;
}

/** The way from one end of a call to the other, whatever carries it: a room, a channel, a socket, a function call. */
export interface CallLink {
  /**
   * Such as `memory` or `http`. When given, the peer records every message that goes over the link as a signal of this
   * transport; a link whose socket is recorded anyway leaves it out.
   */
  readonly transport?: string;
  /** Sends a message to the other end. Messages arrive in order; one sent to a link that is closed is lost. */
  send(message: CallMessage): void;
  /** Hands over every message of the other end, in order, those that came before somebody listened first. */
  listen(listener: CallLinkListener): void;
  /** Gives the link up. */
  close?(): void | Promise<void>;
}

/** Who hears the other end of a link. */
export interface CallLinkListener {
  message(message: CallMessage): void;
  /** The link broke or ended, and why. */
  closed(reason: string): void;
}
