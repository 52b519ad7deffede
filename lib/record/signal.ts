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
 * message at both ends; a description or a candidate by itself, or in `sdp` and `candidate`; one deep inside of JSON, or of an event of
 * socket.io; any JSON with a `type`; and
 * what a server-first media server says, its announcement of codecs and its answer.
 * Everything else has the type `message`.
 */
export function createSignalReader(): SignalReader {
  let ownId: string | undefined;
  return (direction, text) => {
    const event = readSocketIo(text);
    if (event !== undefined) return { type: typeOf(findSignal(event) ?? {}), data: event };
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
    const inner = type === undefined ? findSignal(fields) : undefined;
    return {
      type: typeOf(inner ?? fields),
      ...(number !== undefined && { message: number }),
      data,
    };
  };
}

/** Whether a text carries a description or a candidate: SDP itself, or JSON with one in it, however deep. */
export function carriesSignaling(text: string): boolean {
  if (text.startsWith("v=0")) return true;
  return holdsSignaling(readSocketIo(text) ?? parseJson(text));
}

/** Whether a value has a description or a candidate in it. Of a large value it looks at a part. */
export function holdsSignaling(value: unknown): boolean {
  return typeof value === "object" && findSignal(value) !== undefined;
}

/**
 * An event of socket.io, `42["signal",{…}]`: engine.io's and socket.io's packet types, perhaps a namespace and the
 * number of an acknowledgement, then JSON.
 */
function readSocketIo(text: string): readonly unknown[] | undefined {
  if (!text.startsWith("42")) return undefined;
  const start = text.indexOf("[");
  if (start === -1 || start > 200) return undefined;
  const data = parseJson(text.slice(start));
  return Array.isArray(data) ? data : undefined;
}

/** The first object inside, breadth first, that is a description or a candidate; texts of JSON are looked into. */
function findSignal(value: unknown): Record<string, unknown> | undefined {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && level.length < MAX_VALUES; depth++) {
    const next: unknown[] = [];
    for (const item of level) {
      const isJson = typeof item === "string" && item.length <= MAX_JSON && /^[[{]/.test(item);
      const inner = isJson ? parseJson(item) : item;
      if (typeof inner !== "object" || inner === null) continue;
      const fields = inner as Record<string, unknown>;
      if (typeof fields["sdp"] === "string" || typeof fields["candidate"] === "string") {
        return fields;
      }
      // A level of more is not looked at.
      if (next.length >= MAX_VALUES) continue;
      const values = Array.isArray(inner) ? inner : Object.values(fields);
      next.push(...values.slice(0, MAX_VALUES));
    }
    level = next;
  }
  return undefined;
}

const MAX_DEPTH = 6;
const MAX_VALUES = 1000;
/** In characters, of a text of JSON inside of JSON. */
const MAX_JSON = 1024 * 1024;

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
