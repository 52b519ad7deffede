import type { Sdp } from "../sdp/document.ts";

/** The SDP that was given to `expect`: a text, a document, or a description with `sdp` in it; `undefined` for anything else. */
export function receivedSdp(received: unknown): Sdp | undefined {
  if (typeof received === "string") return received;
  if (typeof received !== "object" || received === null) return undefined;
  if ("sdp" in received && typeof received.sdp === "string") return received.sdp;
  if ("session" in received && "media" in received) return received as Exclude<Sdp, string>;
  return undefined;
}

/** What to say when it was none. */
export function needsSdp(matcher: string, received: unknown): string {
  const kind = received === null ? "null" : Array.isArray(received) ? "an array" : typeof received;
  return `${matcher} takes an SDP text, a document of parse(), or a description { type, sdp }; it was given ${kind}.`;
}
