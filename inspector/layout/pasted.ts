import { readPayload } from "../../lib/index.ts";

/** What somebody pasted. */
export type Pasted =
  | {
      readonly kind: "description";
      readonly sdp: string;
      /** As its JSON says it, else as its DTLS roles show it; `undefined` when neither does. */
      readonly type: "offer" | "answer" | undefined;
    }
  | { readonly kind: "candidates"; readonly candidates: readonly string[] }
  /** Anything else is taken for the text of an error. */
  | { readonly kind: "message"; readonly message: string };

/**
 * Tells what a pasted text is: a description (bare, as JSON, or as a string of a program with `\r\n` written out),
 * candidates (one a line, bare or as JSON), or the text of an error. Copying turns line ends into `\n`: a description
 * that has no CRLF at all gets them back.
 */
export function readPasted(text: string): Pasted {
  const trimmed = text.trim();
  if (trimmed.startsWith("{") || trimmed.startsWith('"')) {
    const payload = readPayload(trimmed);
    if (payload.kind === "description") {
      const { type, sdp } = payload.description;
      return description(sdp, type === "offer" ? "offer" : "answer");
    }
    if (payload.kind === "candidate" && payload.candidate)
      return { kind: "candidates", candidates: [payload.candidate.candidate] };
  }
  const unquoted = trimmed.replace(/^["'`]/, "").replace(/["'`];?$/, "");
  const plain = /^v=0\\r?\\n|^v=0\\n/.test(unquoted)
    ? unquoted.replaceAll("\\r\\n", "\r\n").replaceAll("\\n", "\r\n")
    : text;
  const lines = plain.split(/\r\n|\n|\r/).map((line) => line.trim());
  if (lines.some((line) => line.startsWith("v=0") || /^m=[a-z]/.test(line)))
    return description(plain.trimStart(), undefined);
  const candidates = lines
    .filter((line) => /^(?:a=)?candidate:/.test(line))
    .map((line) => line.replace(/^a=/, ""));
  if (candidates.length > 0) return { kind: "candidates", candidates };
  return { kind: "message", message: trimmed };
}

function description(text: string, type: "offer" | "answer" | undefined): Pasted {
  const sdp = text.includes("\r\n") ? text : text.replaceAll("\n", "\r\n");
  const ended = sdp.endsWith("\n") ? sdp : `${sdp}\r\n`;
  return { kind: "description", sdp: ended, type: type ?? typeOf(ended) };
}

/** An offer leaves the DTLS role open, an answer takes one. RFC 8842 §5. */
function typeOf(sdp: string): "offer" | "answer" | undefined {
  if (/^a=setup:actpass\s*$/m.test(sdp)) return "offer";
  return /^a=setup:(?:active|passive)\s*$/m.test(sdp) ? "answer" : undefined;
}
