import { describe, expect, it } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { selectCodecs } from "../../lib/offer-answer/select-codecs.ts";
import type { SdpDocument, Section } from "../../lib/sdp/document.ts";
import { applyEdits } from "../../lib/sdp/edit/apply-edits.ts";
import { rejectSection } from "../../lib/sdp/edit/reject-section.ts";
import { renumberExtensions } from "../../lib/sdp/edit/renumber-extensions.ts";
import { setAttribute } from "../../lib/sdp/edit/set-attribute.ts";
import { setBandwidth } from "../../lib/sdp/edit/set-bandwidth.ts";
import { setDirection } from "../../lib/sdp/edit/set-direction.ts";
import { explain } from "../../lib/sdp/explain.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import type { FormatCodec } from "../../lib/sdp/read-formats.ts";
import { readFormats } from "../../lib/sdp/read-formats.ts";
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
  for (const [index, { codecs, formats }] of description.media.entries()) {
    const alone = readFormats(document.media[index] as Section);
    same(alone.formats.join(" "), formats.join(" "));
    same(alone.codecs.map(said).join("\n"), codecs.map(said).join("\n"));
  }
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
  checkFilter(document, chance);
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

function said({ format, payloadType, name, clockRate, channels, fmtp }: FormatCodec): string {
  return JSON.stringify([format, payloadType, name, clockRate, channels, fmtp]);
}

const patterns = ["VP8", "opus", "H264/90000", "AV1", "PCMU", "red", "rtx", "telephone-event"];

/** What a filter takes away, it names; nothing else changes; and there is nothing left to do for a second one. */
function checkFilter(document: SdpDocument, chance: Chance): void {
  const wanted = Array.from(
    { length: 1 + chance(3) },
    () => patterns[chance(patterns.length)] ?? "",
  );
  const options = { dependents: chance(3) === 0 ? "drop" : "keep" } as const;
  const selection = selectCodecs(document, wanted, options);
  const filtered = filterCodecs(document, wanted, options);
  const text = filtered.toString();
  same(text, filterCodecs(document, selection).toString());
  same(text, filterCodecs(text, wanted, options).toString());
  same(filtered.media.length, document.media.length);
  // A rejected section leaves its group and hands its transport on, which is a matter of rejectSection.
  const isKept = ({ index }: { readonly index: number }) =>
    selection.kept.some((kept) => kept.index === index);
  if (!selection.dropped.every(isKept)) return;
  same(filtered.session, document.session);
  for (const [index, { lines }] of document.media.entries()) {
    const dropped = selection.dropped.filter((one) => one.index === index);
    const formats = new Set(dropped.map(({ format }) => format));
    const after = filtered.media[index]?.lines.map(({ source }) => source) ?? [];
    for (const { source } of lines) {
      if (after[0] === source) after.shift();
      else if (rewritten.test(source) && rewritten.test(after[0] ?? "")) after.shift();
      else if (!mayGo(source, formats)) throw new Error(`A filter took ${JSON.stringify(source)}.`);
    }
    same(after.join("\n"), "");
  }
}

/** The lines that may get another text when formats go. */
const rewritten = /^(?:m=|a=rid:|a=simulcast:)/;

function mayGo(source: string, formats: ReadonlySet<string>): boolean {
  const [, name = "", value = ""] = /^a=([^:]*):? *(.*)$/s.exec(source) ?? [];
  if (["rtpmap", "fmtp", "rtcp-fb", "imageattr", "framesize", "packetization"].includes(name)) {
    return formats.has(value.split(" ", 1)[0] ?? "");
  }
  // An empty line between a lone CR and an LF is none any more when the line between them has gone.
  return ["rid", "simulcast", "ssrc", "ssrc-group"].includes(name) || source === "";
}

/** `expect(…).toBe` takes longer than what it looks at here. */
function same<Value>(actual: Value, wanted: Value): void {
  if (actual !== wanted) expect(actual).toBe(wanted);
}
