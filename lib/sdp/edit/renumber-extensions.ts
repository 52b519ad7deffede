import type { HeaderExtension, MediaDescription, SessionDescription } from "../description.ts";
import type { Line, Sdp, SdpDocument } from "../document.ts";
import { readDescription } from "../read-description.ts";
import { sectionsOf } from "../sections.ts";
import { changeLines } from "./replace-lines.ts";

/**
 * Gives each RTP header extension one id, and each id one extension, in all sections that share a transport, as
 * RFC 9143 §12 and RFC 8285 §7 want it. The first id that an extension has is kept where it is free; otherwise it gets the lowest
 * free one of 1–14, then of 16–255. `ids` wishes ids by URI; wishes go first.
 * Only the number in the `a=extmap` line changes, the rest of the line stays as it is.
 *
 * Throws `RangeError` for a wished id that is not 1–14 or 16–255 or is wished twice, and when more than 254 ids are needed.
 */
export function renumberExtensions(
  sdp: Sdp,
  ids: Readonly<Record<string, number>> = {},
): SdpDocument {
  checkWishes(ids);
  const description = readDescription(sdp);
  const numbers = new Map<Line, number>();
  for (const group of transportGroups(description)) assign(group, ids, numbers);
  return changeLines(description.document, sectionsOf(description.document), (line) => {
    const id = numbers.get(line);
    return id === undefined ? line : line.source.replace(/^a=extmap:\d+/, `a=extmap:${id}`);
  });
}

/** The sections of each BUNDLE group together, every other section alone. */
function transportGroups({ groups, media }: SessionDescription): readonly MediaDescription[][] {
  const bundles = groups
    .filter(({ semantics }) => semantics === "BUNDLE")
    .map(({ mids }) => media.filter(({ mid }) => mid !== undefined && mids.includes(mid)));
  const bundled = new Set(bundles.flat());
  return [...bundles, ...media.filter((one) => !bundled.has(one)).map((one) => [one])];
}

function assign(
  group: readonly MediaDescription[],
  ids: Readonly<Record<string, number>>,
  numbers: Map<Line, number>,
): void {
  const idOf = new Map<string, number>();
  const taken = new Set(Object.values(ids));
  const extensions = group.flatMap((media) => keyed(media.extensions));
  for (const { key, extension } of extensions) {
    const known = idOf.get(key);
    const wish = Object.hasOwn(ids, extension.uri) ? ids[extension.uri] : undefined;
    const id = known ?? (isFirst(key) ? wish : undefined) ?? freeId(extension.id, taken);
    idOf.set(key, id);
    taken.add(id);
    numbers.set(extension.line, numbers.get(extension.line) ?? id);
  }
}

/** Names each extension of a section by what it is: the same URI may stand twice, with other attributes or another direction. */
function keyed(extensions: readonly HeaderExtension[]) {
  const counts = new Map<string, number>();
  return extensions.map((extension) => {
    const name = `${extension.uri} ${extension.attributes ?? ""}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return { key: `${count} ${name}`, extension };
  });
}

function isFirst(key: string): boolean {
  return key.startsWith("0 ");
}

const RESERVED_ID = 15;
const LAST_ID = 255;

function freeId(wanted: number, taken: ReadonlySet<number>): number {
  if (!taken.has(wanted)) return wanted;
  for (let id = 1; id <= LAST_ID; id++) {
    if (id !== RESERVED_ID && !taken.has(id)) return id;
  }
  throw new RangeError("The sections of one transport have more than 254 header extensions.");
}

function checkWishes(ids: Readonly<Record<string, number>>): void {
  const seen = new Map<number, string>();
  for (const [uri, id] of Object.entries(ids)) {
    if (!Number.isInteger(id) || id < 1 || id === RESERVED_ID || id > LAST_ID) {
      throw new RangeError(`${id} is no id of a header extension; there are 1–14 and 16–255.`);
    }
    const other = seen.get(id);
    if (other !== undefined)
      throw new RangeError(`Id ${id} is wished for ${other} and for ${uri}.`);
    seen.set(id, uri);
  }
}
