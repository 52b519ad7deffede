import { readServerAnswer, SEPARATOR } from "../handshake/server-first.ts";

/** A signaling message as a trace shows it. */
export interface SignalDescription {
  /** `offer`, `answer`, `candidate`, or the channel's own word. */
  readonly type: string;
  /** The same at both ends, where the channel carries a number. */
  readonly message?: number | string;
  /** The message as sent, read as JSON where it is JSON; a server-first answer with its candidate beside `type` and `sdp`. */
  readonly data: unknown;
}

/** Reads what goes over a signaling channel, for its trace. */
export type SignalReader = (direction: "in" | "out", text: string) => SignalDescription;

/**
 * Makes a reader for one socket. It knows this package's rooms, where sender and number together (`m1:7`) name a
 * message at both ends; a description or a candidate by itself, or in `sdp` and `candidate`; any JSON with a `type`; and
 * what a server-first media server says, its announcement of codecs and its answer.
 * Everything else has the type `message`.
 */
export function createSignalReader(): SignalReader {
  let ownId: string | undefined;
  return (direction, text) => {
    const data = parseJson(text);
    if (typeof data !== "object" || data === null)
      return readServerFirst(text) ?? { type: "message", data };
    const fields = data as Record<string, unknown>;
    const { type, message, from, id } = fields;
    if (direction === "in" && type === "joined" && typeof id === "string") ownId = id;
    const sender = direction === "out" ? ownId : from;
    const number =
      typeof message !== "number"
        ? undefined
        : typeof sender === "string"
          ? `${sender}:${message}`
          : message;
    return { type: typeOf(fields), ...(number !== undefined && { message: number }), data };
  };
}

function readServerFirst(text: string): SignalDescription | undefined {
  if (!text.includes(SEPARATOR)) return undefined;
  const read = readServerAnswer(text);
  if ("error" in read) return { type: "announcement", data: text };
  return { type: "answer", data: { ...read.answer, candidate: read.candidate } };
}

function typeOf({ type, sdp, candidate }: Record<string, unknown>): string {
  if (typeof type === "string") return type;
  const inner =
    typeof sdp === "object" && sdp !== null ? (sdp as { type?: unknown }).type : undefined;
  if (typeof inner === "string") return inner;
  if (typeof sdp === "string") return "description";
  return candidate === undefined ? "message" : "candidate";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
