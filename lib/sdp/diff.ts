import { codecLabel, matchCodec } from "../codec/match.ts";
import type { Message, Span } from "../text.ts";
import type { MediaCodec, MediaDescription, SessionDescription } from "./description.ts";
import type { DiffItem } from "./diff-items.ts";
import { codecItems, referredFormats, sectionItems } from "./diff-items.ts";
import type { Line, Sdp } from "./document.ts";
import { readDescription } from "./read-description.ts";
import { spanOf } from "./span-of.ts";

/** One difference of meaning, or of what may differ without one, between two descriptions. */
export interface Change {
  readonly kind: "added" | "removed" | "changed" | "reordered";
  /** The mid of the section, its m-line index where it has none, −1 for the session part. */
  readonly at: string | number;
  /** What differs, such as `section`, `direction`, `codec VP8/90000`, `a=setup`. */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  /** Where it stands in the first text; absent for what is added, or said by no line. */
  readonly beforeSpan?: Span;
  /** Where it stands in the second text. */
  readonly afterSpan?: Span;
  /**
   * The difference is of ids, ports, addresses, credentials, candidates or the order of lines: things that are made
   * anew for each description without saying anything else.
   */
  readonly isVolatile: boolean;
  readonly message: Message;
}

/**
 * Compares two descriptions by what they say: sections by their mid, codecs by their identity and not by their payload
 * type, header extensions by their URI, the direction as it is in effect. In the order of the second text, what was
 * removed first in each section. Empty for the same text. Never throws on content.
 */
export function diff(before: Sdp, after: Sdp): readonly Change[] {
  const first = readDescription(before);
  const second = readDescription(after);
  const comparison = createComparison(first, second);
  comparison.items(
    -1,
    sectionItems(first.document.session),
    sectionItems(second.document.session),
    "",
  );
  const pairs = pairSections(first.media, second.media);
  for (const [old, young] of pairs) comparison.section(old, young);
  comparison.sectionOrder(pairs);
  return comparison.changes;
}

type SectionPair = readonly [MediaDescription | undefined, MediaDescription | undefined];

/** By mid; what has no partner by its mid is paired by index when the kind is the same and neither mid is elsewhere. */
function pairSections(
  before: readonly MediaDescription[],
  after: readonly MediaDescription[],
): readonly SectionPair[] {
  const partners = new Map<MediaDescription, MediaDescription>();
  const taken = new Set<MediaDescription>();
  for (const young of after) {
    const old = before.find((one) => one.mid !== undefined && one.mid === young.mid);
    if (old === undefined || taken.has(old)) continue;
    partners.set(young, old);
    taken.add(old);
  }
  for (const young of after) {
    const old = before[young.index];
    if (partners.has(young) || old === undefined || taken.has(old) || old.kind !== young.kind) {
      continue;
    }
    partners.set(young, old);
    taken.add(old);
  }
  return [
    ...before.filter((old) => !taken.has(old)).map((old): SectionPair => [old, undefined]),
    ...after.map((young): SectionPair => [partners.get(young), young]),
  ];
}

interface Comparison {
  readonly changes: readonly Change[];
  section(old: MediaDescription | undefined, young: MediaDescription | undefined): void;
  items(
    at: string | number,
    before: readonly DiffItem[],
    after: readonly DiffItem[],
    scope: string,
  ): void;
  sectionOrder(pairs: readonly SectionPair[]): void;
}

function createComparison(first: SessionDescription, second: SessionDescription): Comparison {
  const changes: Change[] = [];
  const add = (
    change: Omit<Change, "message" | "beforeSpan" | "afterSpan">,
    beforeLine?: Line,
    afterLine?: Line,
  ): void => {
    changes.push({
      ...change,
      ...(beforeLine && { beforeSpan: spanOf(first.document, beforeLine) }),
      ...(afterLine && { afterSpan: spanOf(second.document, afterLine) }),
      message: describe(change),
    });
  };

  const items: Comparison["items"] = (at, before, after, scope) => {
    const olds = new Map(before.map((item) => [item.key, item]));
    const youngs = new Set(after.map(({ key }) => key));
    for (const { key, label, meaning, noise, isVolatile = false, line } of before) {
      if (youngs.has(key)) continue;
      const what = scope + label;
      add({ kind: "removed", at, what, before: meaning || noise, isVolatile }, line);
    }
    for (const { key, label, meaning, noise, isVolatile = false, line } of after) {
      const old = olds.get(key);
      const what = scope + label;
      if (old === undefined) {
        add({ kind: "added", at, what, after: meaning || noise, isVolatile }, undefined, line);
      } else if (old.meaning !== meaning) {
        const texts = { before: old.meaning, after: meaning };
        add({ kind: "changed", at, what, ...texts, isVolatile }, old.line, line);
      } else if (old.noise !== noise) {
        const texts = { before: old.noise, after: noise };
        add({ kind: "changed", at, what, ...texts, isVolatile: true }, old.line, line);
      }
    }
    // What one side says by a line and the other by a default has no place there.
    const oldLines = new Set(before.filter(({ line }) => line).map(({ key }) => key));
    const youngLines = new Set(after.filter(({ line }) => line).map(({ key }) => key));
    const oldOrder = [...oldLines].filter((key) => youngLines.has(key));
    const order = [...youngLines].filter((key) => oldLines.has(key));
    if (oldOrder.join("\n") !== order.join("\n")) {
      add({ kind: "reordered", at, what: `${scope}lines`, isVolatile: true });
    }
  };

  const codecs = (
    at: string | number,
    before: readonly MediaCodec[],
    after: readonly MediaCodec[],
  ): void => {
    const partners = pairCodecs(before, after);
    const kept = new Set(partners.values());
    for (const old of before) {
      if (kept.has(old)) continue;
      const what = `codec ${codecLabel(old)}`;
      add({ kind: "removed", at, what, before: codecText(old), isVolatile: false }, old.rtpmapLine);
    }
    for (const young of after) {
      const old = partners.get(young);
      if (old !== undefined) {
        items(at, codecItems(old), codecItems(young), "");
        continue;
      }
      const what = `codec ${codecLabel(young)}`;
      const change = {
        kind: "added",
        at,
        what,
        after: codecText(young),
        isVolatile: false,
      } as const;
      add(change, undefined, young.rtpmapLine);
    }
    // The order of codecs is a preference: it decides what is used. RFC 3264 §5.1.
    const oldOrder = before.filter((codec) => kept.has(codec));
    const order = after.flatMap((codec) => partners.get(codec) ?? []);
    if (oldOrder.some((codec, index) => codec !== order[index])) {
      const texts = { before: names(oldOrder), after: names(order) };
      add({ kind: "reordered", at, what: "codecs", ...texts, isVolatile: false });
    }
  };

  return {
    changes,
    items,
    section(old, young) {
      const media = young ?? old;
      if (media === undefined) return;
      const at = media.mid ?? media.index;
      if (old === undefined || young === undefined) {
        const text = media.line.source;
        const change = { at, what: "section", isVolatile: false };
        if (old) add({ ...change, kind: "removed", before: text }, old.line);
        else add({ ...change, kind: "added", after: text }, undefined, media.line);
        return;
      }
      items(at, sectionItems(old.section, old), sectionItems(young.section, young), "");
      codecs(at, old.codecs, young.codecs);
    },
    sectionOrder(pairs) {
      const both = pairs.flatMap(([old, young]) => (old && young ? [{ old, young }] : []));
      const isMoved = both.some(
        ({ old }, place) => place > 0 && old.index < (both[place - 1]?.old.index ?? 0),
      );
      if (!isMoved) return;
      const order = (side: readonly MediaDescription[]): string =>
        side.map(({ mid, index }) => mid ?? String(index)).join(" ");
      const olds = both.map(({ old }) => old).sort((a, b) => a.index - b.index);
      const texts = { before: order(olds), after: order(both.map(({ young }) => young)) };
      add({ kind: "reordered", at: -1, what: "sections", ...texts, isVolatile: false });
    },
  };
}

/**
 * The partner in the first section of each codec of the second one: media codecs by their identity, the best match first
 * come; RTX and RED by what they refer to, so that each follows its codec to another payload type.
 */
function pairCodecs(
  before: readonly MediaCodec[],
  after: readonly MediaCodec[],
): ReadonlyMap<MediaCodec, MediaCodec> {
  const partners = new Map<MediaCodec, MediaCodec>();
  const taken = new Set<MediaCodec>();
  const pair = (young: MediaCodec, candidates: readonly MediaCodec[]): void => {
    const free = candidates.filter((old) => !taken.has(old));
    // The same words first: two variants of one codec often match each other as well.
    const old = free.find(({ fmtp }) => fmtp === young.fmtp) ?? free[0];
    if (old === undefined) return;
    partners.set(young, old);
    taken.add(old);
  };
  const isMedia = (codec: MediaCodec): boolean => referredFormats(codec).length === 0;
  for (const young of after.filter(isMedia)) {
    pair(
      young,
      before.filter((old) => isMedia(old) && matchCodec(old, young).matches),
    );
  }
  // RED is settled before the RTX that repairs it.
  const referring = after.filter((codec) => !isMedia(codec));
  const isRed = ({ name }: MediaCodec): boolean => name.toLowerCase() === "red";
  for (const young of [...referring.filter(isRed), ...referring.filter((one) => !isRed(one))]) {
    const formats = new Map([...partners].map(([codec, old]) => [codec.format, old.format]));
    const wanted = referredFormats(young).map((format) => formats.get(format));
    const label = codecLabel(young).toLowerCase();
    pair(
      young,
      before.filter(
        (old) =>
          codecLabel(old).toLowerCase() === label &&
          referredFormats(old).join() === wanted.join() &&
          wanted.length > 0,
      ),
    );
  }
  return partners;
}

function codecText({ format, fmtp, ...codec }: MediaCodec): string {
  return [format, codecLabel(codec), fmtp].filter((part) => part !== undefined).join(" ");
}

function names(codecs: readonly MediaCodec[]): string {
  return codecs.map(codecLabel).join(", ");
}

function describe({
  kind,
  at,
  what,
  before = "",
  after = "",
}: Omit<Change, "message" | "beforeSpan" | "afterSpan">): Message {
  const place =
    at === -1
      ? { en: "session", ko: "세션" }
      : typeof at === "string"
        ? { en: `mid ${at}`, ko: `mid ${at}` }
        : { en: `section ${at}`, ko: `${at}번 섹션` };
  const say = (en: string, ko: string): Message => ({
    en: `${place.en}: ${en}`,
    ko: `${place.ko}: ${ko}`,
  });
  const name = koreanName(what);
  switch (kind) {
    case "added":
      return say(
        `${what} added${after && `: ${after}`}`,
        `${name} 항목이 추가되었습니다${after && `(${after})`}.`,
      );
    case "removed":
      return say(
        `${what} removed${before && `: ${before}`}`,
        `${name} 항목이 제거되었습니다${before && `(${before})`}.`,
      );
    case "changed":
      return say(
        `${what} changed from ${before || "nothing"} to ${after || "nothing"}`,
        `${name} 값이 바뀌었습니다(${before || "없음"} → ${after || "없음"}).`,
      );
    case "reordered":
      return say(
        `${what} in another order${after && `: ${before} → ${after}`}`,
        `${name} 순서가 바뀌었습니다${after && `(${before} → ${after})`}.`,
      );
    default:
      return kind satisfies never;
  }
}

/** What differs, in Korean word order; names of SDP stay as they are. */
function koreanName(what: string): string {
  const of = what.indexOf(" of ");
  if (of >= 0) return `${what.slice(of + 4)}의 ${what.slice(0, of)}`;
  if (what.startsWith("codec ")) return `코덱 ${what.slice(6)}`;
  return koreanNames.get(what) ?? what;
}

const koreanNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    section: "섹션",
    sections: "섹션",
    codecs: "코덱",
    lines: "줄",
    direction: "방향",
  }),
);
