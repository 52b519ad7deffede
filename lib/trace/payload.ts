import type { CandidateInit, DescriptionInit } from "./event.ts";

/** What a signaling message carries for WebRTC, whatever it is wrapped in. */
export type Payload =
  | { readonly kind: "description"; readonly description: DescriptionInit }
  | { readonly kind: "candidate"; readonly candidate: CandidateInit | null }
  | { readonly kind: "other" };

/**
 * Finds the description or candidate in a message as it was sent. Knows W3C's shapes alone
 * (`{ type, sdp }`, `{ candidate, sdpMid, … }`, also as JSON text) and one or two wrappers around them,
 * such as `{ "sdp": {…} }`, `{ "candidate": {…} }` or `{ "type": "offer", "to": "m2", "data": {…} }`.
 * Anything else is `other`; nothing throws.
 */
export function readPayload(data: unknown): Payload {
  return find(data, MAX_DEPTH) ?? other;
}

/** The description in a value that may be one, such as a call's argument or result. */
export function readDescriptionInit(value: unknown): DescriptionInit | undefined {
  if (!isObject(value)) return undefined;
  const { type, sdp } = value;
  if (typeof sdp !== "string") return undefined;
  return type === "offer" || type === "answer" || type === "pranswer" || type === "rollback"
    ? { type, sdp }
    : undefined;
}

/** The candidate in a value that may be one; `null` is end-of-candidates, as is an empty candidate text. */
export function readCandidateInit(value: unknown): CandidateInit | null | undefined {
  if (value === null) return null;
  if (!isObject(value) || typeof value["candidate"] !== "string") return undefined;
  return value["candidate"] === "" ? null : (value as unknown as CandidateInit);
}

/** Wrappers are followed this deep: JSON text around a message around its data. */
const MAX_DEPTH = 4;

const other: Payload = { kind: "other" };

function find(value: unknown, depth: number): Payload | undefined {
  if (typeof value === "string") return depth > 0 ? find(parseJson(value), depth - 1) : undefined;
  if (!isObject(value)) return undefined;
  const description = readDescriptionInit(value);
  if (description) return { kind: "description", description };
  const candidate = readCandidateInit(value);
  if (candidate !== undefined) return { kind: "candidate", candidate };
  if (value["type"] === "candidate" && value["data"] === null) {
    return { kind: "candidate", candidate: null };
  }
  if ("candidate" in value && value["candidate"] === null) {
    return { kind: "candidate", candidate: null };
  }
  if (depth === 0) return undefined;
  for (const name of ["data", "sdp", "candidate", "ice", "description", "payload"]) {
    const found = Object.hasOwn(value, name) ? find(value[name], depth - 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function parseJson(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
