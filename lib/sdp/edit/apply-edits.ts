import type { TextEdit } from "../../text.ts";
import { applyTextEdits } from "../../text.ts";
import type { Line, Sdp, SdpDocument, Section } from "../document.ts";
import { documentFrom, documentOf, parse } from "../parse.ts";
import { sectionsOf } from "../sections.ts";

/**
 * Applies edits to a description's text, such as the `fix` of a diagnostic. Every line that no edit touches, and every
 * section in which nothing changed, is the same object as before.
 * Throws `RangeError` when a span lies outside the text or two spans overlap.
 */
export function applyEdits(sdp: Sdp, edits: readonly TextEdit[]): SdpDocument {
  const before = documentOf(sdp);
  const text = before.toString();
  const after = applyTextEdits(text, edits);
  if (after === text) return before;
  return sharing(before, parse(after), edits);
}

/** The second document, with each line that stands where it stood in the first one taken from there. */
function sharing(before: SdpDocument, after: SdpDocument, edits: readonly TextEdit[]): SdpDocument {
  const oldLines = sectionsOf(before).flatMap((section) => section.lines);
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let edit = 0;
  /** By how much the text behind the edits passed so far has moved. */
  let shift = 0;
  let oldIndex = 0;
  let oldStart = 0;
  let start = 0;

  const share = (line: Line): Line => {
    for (let next = sorted[edit]; next; next = sorted[++edit]) {
      if (next.span.start + shift + next.text.length > start) break;
      shift += next.text.length - (next.span.end - next.span.start);
    }
    let old = oldLines[oldIndex];
    for (; old && oldStart < start - shift; old = oldLines[++oldIndex]) {
      oldStart += old.source.length + old.eol.length;
    }
    const isSame =
      old && oldStart === start - shift && old.source === line.source && old.eol === line.eol;
    start += line.source.length + line.eol.length;
    if (!old || !isSame) return line;
    // A line object stands in a document once: step behind it.
    oldIndex++;
    oldStart += old.source.length + old.eol.length;
    return old;
  };

  const sections = sectionsOf(after).map((section): Section => {
    const lines = section.lines.map(share);
    const same = section.index === -1 ? before.session : before.media[section.index];
    const isUntouched =
      same?.lines.length === lines.length && lines.every((line, at) => line === same.lines[at]);
    return isUntouched && same ? same : { index: section.index, lines };
  });
  return documentFrom(sections[0] as Section, sections.slice(1));
}
