import type { CandidateInit, DescriptionInit } from "./event.ts";
import { readCandidateInit, readDescriptionInit } from "./payload.ts";
import { findSdp } from "./sdp-blocks.ts";

/** A description or candidate found somewhere in a message; `null` is end-of-candidates. */
export type FoundPayload = DescriptionInit | CandidateInit | null;

/**
 * Every description and candidate in a message of an unknown protocol, however deep: in JSON, in JSON text inside of JSON,
 * behind a prefix as socket.io writes it (`42["offer",{…}]`), as a list, or as SDP between other lines (SIP).
 * In the order of the message; nothing throws, and a message of any size is looked at in linear time.
 */
export function findPayloads(message: unknown): readonly FoundPayload[] {
  const found: FoundPayload[] = [];
  let visits = MAX_VISITS;
  const visit = (
    value: unknown,
    type: DescriptionInit["type"] | undefined,
    depth: number,
  ): void => {
    if (depth > MAX_DEPTH || visits-- <= 0) return;
    if (typeof value === "string") {
      const inner = innerJson(value);
      if (inner !== undefined) visit(inner, type, depth + 1);
      else for (const { sdp } of findSdp(value)) found.push({ type: type ?? "offer", sdp });
      return;
    }
    if (Array.isArray(value)) {
      // An event's name stands before its data: ["offer", {…}].
      const name = value.map(typeWord).find((word) => word !== undefined);
      for (const item of value)
        if (typeof item !== "string" || item.length > 20) visit(item, name ?? type, depth + 1);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const description = readDescriptionInit(value);
    if (description?.sdp.startsWith("v=0")) {
      found.push(description);
      return;
    }
    const candidate = readCandidateInit(value);
    if (candidate !== undefined && isCandidate(candidate)) {
      found.push(candidate);
      return;
    }
    const own = typeWord((value as { readonly type?: unknown }).type);
    for (const item of Object.values(value)) visit(item, own ?? type, depth + 1);
  };
  visit(message, undefined, 0);
  return found;
}

const MAX_DEPTH = 10;
const MAX_VISITS = 20_000;

function isCandidate(candidate: CandidateInit | null): boolean {
  return candidate !== null && /^(?:a=)?candidate:/.test(candidate.candidate);
}

function typeWord(value: unknown): DescriptionInit["type"] | undefined {
  return value === "offer" || value === "answer" || value === "pranswer" ? value : undefined;
}

/** The JSON in a text, after at most a few characters that a transport puts before it. */
function innerJson(text: string): unknown {
  const start = /^[\w:/,-]{0,40}?(?=[{[])/.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  try {
    return JSON.parse(text.slice(start));
  } catch {
    return undefined;
  }
}
