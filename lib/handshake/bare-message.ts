import { readJsonObject } from "./json-object.ts";
import type { CallMessageType } from "./message.ts";

/** A message of a call: what goes over a bare channel, and over a room without its addresses. */
export interface CallMessage {
  readonly type: CallMessageType;
  readonly data?: unknown;
}

/**
 * Reads a message of a bare channel; `undefined` for anything else. Never throws.
 *
 *     {"sdp":{"type":"offer","sdp":"v=0…"}}
 *     {"candidate":{"candidate":"candidate:…","sdpMid":"0","sdpMLineIndex":0}}
 *     {"candidate":null}                                                        all candidates were sent
 */
export function readBareMessage(text: string): CallMessage | undefined {
  const fields = readJsonObject(text);
  if (fields === undefined) return undefined;
  const { sdp, candidate } = fields;
  if (typeof sdp === "object" && sdp !== null) {
    const { type } = sdp as Record<string, unknown>;
    return type === "offer" || type === "answer" ? { type, data: sdp } : undefined;
  }
  const isCandidate = candidate !== undefined && typeof candidate === "object";
  return isCandidate ? { type: "candidate", data: candidate } : undefined;
}

/** Prints a message for a bare channel; `undefined` for a `bye`, for which it has no words. */
export function printBareMessage({ type, data }: CallMessage): string | undefined {
  switch (type) {
    case "offer":
    case "answer":
      return JSON.stringify({ sdp: data });
    case "candidate":
      return JSON.stringify({ candidate: data ?? null });
    case "bye":
      return undefined;
    default:
      return type satisfies never;
  }
}
