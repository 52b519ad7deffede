import type { Fix } from "../diagnostic.ts";
import type { Line, SdpDocument } from "../sdp/document.ts";
import { spanOf } from "../sdp/span-of.ts";
import type { Message, TextEdit } from "../text.ts";
import type { Place } from "./rule.ts";
import { placeSpan } from "./rule.ts";

/** A fix from its title and its edits. */
export function fixOf(title: Message, ...edits: readonly TextEdit[]): Fix {
  return { title, edits };
}

/** Removes a line with its end. */
export function removal(document: SdpDocument, line: Line): TextEdit {
  const { start, end } = spanOf(document, line);
  return { span: { start, end: end + line.eol.length }, text: "" };
}

/** Puts another text where a line or a part of it stands. */
export function replacement(document: SdpDocument, place: Place, text: string): TextEdit {
  return { span: placeSpan(document, place), text };
}

/** Puts a new line after a line, with the same line end. */
export function insertion(document: SdpDocument, after: Line, source: string): TextEdit {
  const { end } = spanOf(document, after);
  const eol = after.eol === "" ? "\r\n" : after.eol;
  const at = end + after.eol.length;
  const text = after.eol === "" ? eol + source : source + eol;
  return { span: { start: at, end: at }, text };
}

/** The fix that only removes a line. */
export function removeLine(document: SdpDocument, line: Line): Fix {
  return fixOf(
    { en: `Remove "${line.source}".`, ko: `"${line.source}" 줄을 지웁니다.` },
    removal(document, line),
  );
}
