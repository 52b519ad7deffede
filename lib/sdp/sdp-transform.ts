import type { MediaDescription, SessionDescription } from "sdp-transform";
import * as sdpTransform from "sdp-transform";
import type { Line, Sdp, SdpDocument, Section } from "./document.ts";
import { dominantLineEnd, endOfContent } from "./edit/replace-lines.ts";
import { createLine } from "./line.ts";
import { documentFrom, documentOf } from "./parse.ts";
import { sectionsOf } from "./sections.ts";

/** Exactly what `sdp-transform`'s `parse` makes of a description's text. */
export function toSdpTransform(sdp: Sdp): SessionDescription {
  return sdpTransform.parse(documentOf(sdp).toString());
}

/**
 * Runs code that was written for `sdp-transform`'s model, and changes of the text only what that code changed of the model.
 * `edit` gets the model; it may change it in place, or return another one.
 *
 * Every line whose part of the model is the same afterwards keeps its bytes, its place and its `Line` object: lines that
 * sdp-transform cannot read, lines that it would print differently, and those of several equal lines that its model does
 * not show (it keeps only the last `a=fingerprint`). A changed value is put into its line in place; only where that is
 * not possible is the line written by sdp-transform. New lines stand behind the others of their kind, or else where
 * sdp-transform's order wants them.
 * Throws `TypeError` when `edit` returns a promise or takes `media` away, `RangeError` when a value of the edited model has a
 * line end in it: it would become lines of its own.
 */
export function editWithSdpTransform(
  sdp: Sdp,
  // biome-ignore lint/suspicious/noConfusingVoidType: code that changes the model in place returns nothing
  edit: (session: SessionDescription) => SessionDescription | void,
): SdpDocument {
  const document = documentOf(sdp);
  const text = document.toString();
  const before = sdpTransform.parse(text);
  const given = sdpTransform.parse(text);
  const givenMedia = [...given.media];
  const givenItems = new Map<Model, Items>([given, ...givenMedia].map((m) => [m, itemsOf(m)]));
  const after = resultOf(edit(given)) ?? given;
  if (!Array.isArray(after.media)) {
    throw new TypeError(
      "The edited session has no list media: empty the list to remove all sections.",
    );
  }
  demandOneLineValues(after, "session");

  const media = pairUp(after.media, givenMedia, before.media).map((index, at) => {
    const model = after.media[at] as Model;
    const old = index === undefined ? undefined : document.media[index];
    if (old === undefined || index === undefined) return newSection(model);
    return editedLines(
      old,
      before.media[index] as Model,
      model,
      givenItems.get(givenMedia[index] as Model),
    );
  });
  const session = editedLines(document.session, before, after, givenItems.get(given));
  return assembled(document, [session, ...media]);
}

/** The model that `edit` returned; `undefined` when it returned something else, as an arrow function without braces does. */
function resultOf(result: unknown): SessionDescription | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  if ("then" in result) {
    throw new TypeError("The edit returned a promise; it must change the session at once.");
  }
  return "media" in result && Array.isArray(result.media)
    ? (result as SessionDescription)
    : undefined;
}

/** Throws where a text of the model would not stay within its line. */
function demandOneLineValues(value: unknown, path: string): void {
  if (typeof value === "string") {
    if (!/[\r\n]/.test(value)) return;
    throw new RangeError(
      `${path} is ${JSON.stringify(value)}: a value cannot have a line end in it.`,
    );
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    demandOneLineValues(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  }
}

/** A line as sdp-transform's grammar reads it. */
export interface SdpTransformReading {
  /** The key of the model: `rtp`, `fmtp`, `tsRefClocks` … */
  readonly key: string;
  /** The value under that key: an item of the list where the key is one. */
  readonly value: unknown;
}

/**
 * Reads one line with sdp-transform's grammar: for attributes that have no file of their own here.
 * `undefined` for a line that sdp-transform does not know, and for one of more than 10,000 characters, because its
 * regular expressions are not made for hostile input.
 */
export function readThroughSdpTransform(line: Line | string): SdpTransformReading | undefined {
  const source = typeof line === "string" ? line : line.source;
  if (source.length > LONGEST_LINE) return undefined;
  const row = rowOf(source);
  if (row === undefined) return undefined;
  const key = keyOf(row);
  if (key === undefined || key === "invalid") return undefined;
  return { key, value: readRow(row, source.slice(2)) };
}

const LONGEST_LINE = 10_000;

/** One row of sdp-transform's grammar, which its types do not show. */
interface Row {
  readonly name?: string;
  readonly push?: string;
  readonly names?: readonly string[];
  readonly reg: RegExp;
}

type Model = object;
type Value = Readonly<Record<string, unknown>>;
type Items = ReadonlyMap<string, readonly unknown[]>;

const { grammar } = sdpTransform as unknown as {
  readonly grammar: Readonly<Record<string, readonly Row[]>>;
};

/** The order in which sdp-transform writes lines of the session part and of a media section. */
const sessionOrder = "vosiuepcbtrza";
const mediaOrder = "micba";

function keyOf(row: Row): string | undefined {
  return row.push ?? row.name;
}

/** The row that sdp-transform reads a line with; `undefined` for a line that it passes over. */
function rowOf(source: string): Row | undefined {
  if (!/^[a-z]=/.test(source)) return undefined;
  const content = source.slice(2);
  return grammar[source.charAt(0)]?.find(({ reg }) => reg.test(content));
}

function readRow(row: Row, content: string): unknown {
  const match = content.match(row.reg);
  if (!row.names) return toNumber(match?.[1]);
  const value: Record<string, unknown> = {};
  row.names.forEach((name, at) => {
    const text = match?.[at + 1];
    if (text !== undefined) value[name] = toNumber(text);
  });
  return value;
}

/** As sdp-transform does: a number where that loses nothing. */
function toNumber(text: string | undefined): string | number | undefined {
  return text !== undefined && String(Number(text)) === text ? Number(text) : text;
}

function itemsOf(model: Model): Items {
  const lists = Object.entries(model).filter(
    ([key, value]) => Array.isArray(value) && key !== "media",
  );
  return new Map(lists.map(([key, value]) => [key, [...(value as unknown[])]]));
}

/**
 * For each media section of the edited model, the index of the one that it was: the same object, else the only one with
 * its mid, else one that says the same, else the one at its place.
 */
function pairUp(
  after: readonly MediaDescription[],
  given: readonly MediaDescription[],
  before: readonly MediaDescription[],
): (number | undefined)[] {
  const free = new Set(given.keys());
  const take = (index: number | undefined): number | undefined =>
    index !== undefined && free.delete(index) ? index : undefined;
  const pairs = after.map((model) => take(indexOrNone(given.indexOf(model))));
  const fill = (find: (model: MediaDescription, at: number) => number | undefined): void => {
    after.forEach((model, at) => {
      pairs[at] ??= take(find(model, at));
    });
  };
  fill(({ mid }) => {
    const same = mid === undefined ? [] : [...free].filter((at) => isSame(before[at]?.mid, mid));
    return same.length === 1 ? same[0] : undefined;
  });
  fill((model) => [...free].find((at) => JSON.stringify(before[at]) === JSON.stringify(model)));
  fill((model, at) =>
    before[at]?.type === model.type && before[at]?.mid === model.mid ? at : undefined,
  );
  return pairs;
}

function indexOrNone(index: number): number | undefined {
  return index < 0 ? undefined : index;
}

/** What becomes of a section's lines: the `Line` itself where it stays, a text where it is new or changed. */
type EditedLine = Line | string;

interface Placed {
  readonly at: number;
  readonly line: EditedLine;
}

function editedLines(
  section: Section,
  before: Model,
  after: Model,
  given: Items = new Map(),
): EditedLine[] {
  const isSession = section.index === -1;
  const rows = new Map<number, Row>();
  const linesOf = new Map<string, number[]>();
  section.lines.forEach(({ source }, at) => {
    const row = rowOf(source);
    const key = source.startsWith("m=") ? "m" : row && keyOf(row);
    if (row === undefined || key === undefined) return;
    rows.set(at, row);
    linesOf.set(key, [...(linesOf.get(key) ?? []), at]);
  });

  /** What each line becomes; `undefined` where it goes. */
  const kept: (EditedLine | undefined)[] = [...section.lines];
  const added: Placed[] = [];
  const edit: SectionEdit = { section, rows, kept, added };

  if (!isSession) {
    const [at] = linesOf.get("m") ?? [];
    const row = grammar["m"]?.[0] as Row;
    if (at !== undefined)
      kept[at] = changedLine(edit, at, before as Value, after as Value, () => mLine(after, row));
  }
  for (const type of isSession ? sessionOrder : mediaOrder) {
    if (type === "m") continue;
    for (const row of grammar[type] ?? []) {
      const key = keyOf(row) as string;
      const places = linesOf.get(key) ?? [];
      const write = (value: unknown): string[] => written(type, key, value, isSession);
      const insertAt = (): number => placeFor(section, type, isSession ? sessionOrder : mediaOrder);
      const old = (before as Value)[key];
      const next = (after as Value)[key] ?? undefined;
      if (row.push !== undefined) {
        const items = Array.isArray(next) ? next : [];
        editList(edit, places, old as readonly unknown[], items, given.get(key), write, insertAt);
      } else if (next === undefined) {
        for (const at of places) kept[at] = undefined;
      } else if (places.length === 0) {
        if (!isSame(old, next))
          added.push(...write(next).map((line) => ({ at: insertAt(), line })));
      } else if (!isSame(old, next)) {
        // The model shows the last of several lines; the others are not its business.
        const at = places.at(-1) as number;
        kept[at] = row.names
          ? changedLine(edit, at, old as Value, next as Value, () => write(next).join("\n"))
          : changedLine(edit, at, { value: old }, { value: next }, () => write(next).join("\n"));
      }
    }
  }

  const lines: EditedLine[] = [];
  for (let at = 0; at <= kept.length; at++) {
    for (const { at: place, line } of added) if (place === at) lines.push(line);
    const line = kept[at];
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

interface SectionEdit {
  readonly section: Section;
  readonly rows: ReadonlyMap<number, Row>;
  readonly kept: (EditedLine | undefined)[];
  readonly added: Placed[];
}

/** A list of the model, such as `rtp`: each item is one line. Items are known again by identity, by value, or by their first field. */
function editList(
  { section, rows, kept, added }: SectionEdit,
  places: readonly number[],
  before: readonly unknown[] = [],
  after: readonly unknown[],
  given: readonly unknown[] = [],
  write: (value: unknown) => string[],
  insertAt: () => number,
): void {
  const free = new Set(places.keys());
  const source: (number | undefined)[] = after.map((item) => {
    const index = given.indexOf(item);
    return index >= 0 && free.delete(index) ? index : undefined;
  });
  const claim = (fits: (old: Value, item: Value) => boolean): void => {
    // Lists keep their order mostly: the first free one that fits is nearly always the next.
    after.forEach((item, at) => {
      if (source[at] !== undefined) return;
      for (const index of free) {
        if (!fits(before[index] as Value, item as Value)) continue;
        free.delete(index);
        source[at] = index;
        return;
      }
    });
  };
  if (source.includes(undefined)) {
    claim(isSame);
    claim((old, item) => {
      const [key] = Object.keys(old);
      return key !== undefined && isSame(old[key], item[key]);
    });
  }

  for (const index of free) kept[places[index] as number] = undefined;
  /** The places that lines of this key keep, filled anew in the order of the edited list. */
  const slots = source.filter((index) => index !== undefined).sort((a, b) => a - b);
  let slot = 0;
  let last: number | undefined;
  const moved = new Map<number, EditedLine>();
  after.forEach((item, at) => {
    const index = source[at];
    if (index === undefined) {
      const next = source.slice(at).find((later) => later !== undefined);
      const place =
        last !== undefined
          ? last + 1
          : next !== undefined
            ? (places[slots[slot] ?? next] as number)
            : // All lines of the kind are gone: the new ones stand where they stood.
              (places.at(-1) ?? insertAt());
      added.push(...write(item).map((line) => ({ at: place, line })));
      return;
    }
    const from = places[index] as number;
    const to = places[slots[slot++] as number] as number;
    const edit: SectionEdit = { section, rows, kept, added };
    moved.set(
      to,
      changedLine(edit, from, before[index] as Value, item as Value, () => write(item).join("\n")),
    );
    last = to;
  });
  for (const [to, line] of moved) kept[to] = line;
}

/**
 * The line with the changed fields put in place of the old ones, so that all that the grammar does not see of it stays.
 * Where that would not be read back as wanted, what sdp-transform writes.
 */
function changedLine(
  { section, rows }: SectionEdit,
  at: number,
  before: Value,
  after: Value,
  write: () => string,
): EditedLine {
  const line = section.lines[at] as Line;
  const row = rows.get(at) as Row;
  const names = row.names ?? ["value"];
  const changed = names.filter((name) => !isSame(before[name], after[name]));
  if (changed.length === 0) return line;
  const content = line.source.slice(2);
  const indices = new RegExp(row.reg.source, `${row.reg.flags}d`).exec(content)?.indices;
  let text = content;
  for (const name of changed.toReversed()) {
    const place = indices?.[names.indexOf(name) + 1];
    const value = after[name];
    if (place === undefined || value === undefined || value === null) return write();
    text = text.slice(0, place[0]) + String(value) + text.slice(place[1]);
  }
  const source = `${line.source.slice(0, 2)}${text}`;
  const isOneLine = !/[\r\n]/.test(text);
  if (!isOneLine || rowOf(source) !== row) return write();
  const read = row.names ? (readRow(row, text) as Value) : { value: readRow(row, text) };
  return names.every((name) => isSame(read[name], after[name])) ? source : write();
}

/** Whether two values of the model are written the same: 96 and "96" are. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || a === null || b === undefined || b === null) {
    return (a ?? undefined) === (b ?? undefined);
  }
  if (typeof a !== "object" || typeof b !== "object") {
    return typeof a !== "object" && typeof b !== "object" && String(a) === String(b);
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame((a as Value)[key], (b as Value)[key]));
}

/** Where a line of a type goes into a section that has none of its kind: behind all lines of its own and earlier types. */
function placeFor(section: Section, type: string, order: string): number {
  const rank = order.indexOf(type);
  const behind = section.lines.findLastIndex(
    (line) => line.type !== "" && order.includes(line.type) && order.indexOf(line.type) <= rank,
  );
  return type === "a" ? endOfContent(section) : behind + 1;
}

/** The lines that sdp-transform writes for one value of the model. */
function written(type: string, key: string, value: unknown, isSession: boolean): string[] {
  const row = grammar[type]?.find((candidate) => keyOf(candidate) === key);
  const part = { [key]: row?.push === undefined ? value : [value] };
  const model = isSession
    ? { ...part, media: [] }
    : { media: [{ type: "x", port: 9, protocol: "x", payloads: "x", ...part }] };
  // Its types do not know the options.
  const write = sdpTransform.write as (session: unknown, options: object) => string;
  const lines = textLines(
    write(model, isSession ? { outerOrder: [type] } : { outerOrder: [], innerOrder: [type] }),
  );
  return isSession ? lines : lines.slice(1);
}

function mLine(model: Model, row: Row): string {
  const media = Object.fromEntries((row.names ?? []).map((name) => [name, (model as Value)[name]]));
  const write = sdpTransform.write as (session: unknown, options: object) => string;
  return textLines(write({ media: [media] }, { outerOrder: [], innerOrder: [] })).join("\n");
}

function newSection(model: Model): EditedLine[] {
  const write = sdpTransform.write as (session: unknown, options: object) => string;
  return textLines(write({ media: [{ ...model }] }, { outerOrder: [] }));
}

function textLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The document of the edited sections: what did not change is shared with the old one. */
function assembled(document: SdpDocument, edited: readonly (readonly EditedLine[])[]): SdpDocument {
  const old = sectionsOf(document);
  const eol = dominantLineEnd(document);
  const endsOpen = old.findLast(({ lines }) => lines.length > 0)?.lines.at(-1)?.eol === "";
  const lastSection = edited.findLastIndex((lines) => lines.length > 0);

  const sections = edited.map((lines, at): Section => {
    const result = lines.flatMap((line, place): Line[] => {
      const isLast = at === lastSection && place === lines.length - 1;
      if (typeof line !== "string") {
        return [line.eol === "" && !isLast ? createLine(line.source, eol) : line];
      }
      const texts = textLines(line);
      return texts.map((text, part) =>
        createLine(text, isLast && endsOpen && part === texts.length - 1 ? "" : eol),
      );
    });
    const same = old[at];
    const isUntouched =
      same?.lines.length === result.length && result.every((line, i) => line === same.lines[i]);
    return isUntouched && same ? same : { index: at - 1, lines: result };
  });
  const isSame =
    sections.length === old.length && sections.every((section, at) => section === old[at]);
  if (isSame) return document;
  return documentFrom(sections[0] as Section, sections.slice(1));
}
