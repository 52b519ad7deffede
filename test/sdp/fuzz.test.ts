import { describe, expect, it } from "vitest";
import type { SdpDocument } from "../../lib/sdp/document.ts";
import { applyEdits } from "../../lib/sdp/edit/apply-edits.ts";
import { rejectSection } from "../../lib/sdp/edit/reject-section.ts";
import { renumberExtensions } from "../../lib/sdp/edit/renumber-extensions.ts";
import { setAttribute } from "../../lib/sdp/edit/set-attribute.ts";
import { setBandwidth } from "../../lib/sdp/edit/set-bandwidth.ts";
import { setDirection } from "../../lib/sdp/edit/set-direction.ts";
import { explain } from "../../lib/sdp/explain.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { sectionsOf } from "../../lib/sdp/sections.ts";
import { spanOf } from "../../lib/sdp/span-of.ts";
import { applyTextEdits, positionAt } from "../../lib/text.ts";
import type { Chance } from "../support/mutate.ts";
import { chanceFrom, mutate } from "../support/mutate.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

/** `npm run fuzz` tries a million; every input comes from its number, so that a failure can be run again by `FUZZ_FROM`. */
const count = Number(process.env["FUZZ_INPUTS"] ?? 400);
const from = Number(process.env["FUZZ_FROM"] ?? 0);

describe("recorded descriptions, damaged at random", () => {
  it(`hold every promise of the library (${count} inputs)`, { timeout: 24 * 3600 * 1000 }, () => {
    for (let number = from; number < from + count; number++) {
      const chance = chanceFrom(number);
      const fixture = sdpFixtures[chance(sdpFixtures.length)];
      const text = mutate(fixture?.text ?? "", chance);
      try {
        check(text, chance);
      } catch (error) {
        throw new Error(`Input ${number}, made from ${fixture?.name}: ${JSON.stringify(text)}`, {
          cause: error,
        });
      }
    }
  });
});

function check(text: string, chance: Chance): void {
  const document = parse(text);
  const lines = sectionsOf(document).flatMap((section) => section.lines);
  same(lines.map(({ source, eol }) => source + eol).join(""), text);
  const description = readDescription(document);
  same(description.media.length, document.media.length);
  checkDiagnostics(text, document, chance);
  const line = lines[chance(lines.length)];
  if (line) {
    const media = description.media[chance(description.media.length)];
    const { parts, summary } = explain(line, media ? { description, media } : {});
    if (summary.en === "" || summary.ko === "") throw new Error("An explanation without words.");
    for (const { span } of parts) {
      if (span.start < 0 || span.end < span.start || span.end > line.source.length) {
        throw new Error(`A part at ${span.start}–${span.end} of a line of ${line.source.length}.`);
      }
    }
    const { start, end } = spanOf(document, line);
    same(text.slice(start, end), line.source);
  }
  if (document.media.length > 0) checkEdit(document, chance);
}

function checkDiagnostics(text: string, document: SdpDocument, chance: Chance): void {
  const { diagnostics } = document;
  for (const { span, fix, code } of diagnostics) {
    if (!span || span.start < 0 || span.end < span.start || span.end > text.length) {
      throw new Error(`${code} stands at ${span?.start}–${span?.end} of ${text.length}.`);
    }
    if (fix) applyTextEdits(text, fix.edits);
  }
  const one = diagnostics[chance(diagnostics.length)];
  if (!one?.span) return;
  expect(one.position).toEqual(positionAt(text, one.span.start));
  if (one.fix) {
    const mended = applyEdits(document, one.fix.edits);
    same(mended.toString(), applyTextEdits(text, one.fix.edits));
    const sources = (sdp: SdpDocument) => sectionsOf(sdp).map((s) => s.lines.map((l) => l.source));
    expect(sources(mended)).toEqual(sources(parse(mended.toString())));
  }
}

function checkEdit(document: SdpDocument, chance: Chance): void {
  const at = chance(document.media.length);
  const edits: readonly (() => SdpDocument)[] = [
    () => setAttribute(document, at, "x", "1"),
    () => setDirection(document, at, "inactive"),
    () => setBandwidth(document, at, { as: 1 }),
    () => renumberExtensions(document),
    () => rejectSection(document, at),
  ];
  const edited = edits[chance(edits.length)]?.() as SdpDocument;
  const again = parse(edited.toString());
  const lines = (sdp: SdpDocument) =>
    sectionsOf(sdp).flatMap((section) => section.lines.map(({ source, eol }) => source + eol));
  same(lines(edited).join(""), lines(again).join(""));
  same(lines(edited).length, lines(again).length);
}

/** `expect(…).toBe` takes longer than what it looks at here. */
function same<Value>(actual: Value, wanted: Value): void {
  if (actual !== wanted) expect(actual).toBe(wanted);
}
