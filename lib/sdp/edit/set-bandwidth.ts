import { asToTias, tiasToAs } from "../bandwidth-units.ts";
import type { Line, Sdp, SdpDocument, Section } from "../document.ts";
import { documentOf } from "../parse.ts";
import { sectionAt } from "../section-at.ts";
import { changeLines, insertLines } from "./replace-lines.ts";

/** A limit in kilobits per second with all headers (`as`), in bits per second without them (`tias`), or both. */
export interface BandwidthLimit {
  readonly as?: number;
  readonly tias?: number;
}

/**
 * Limits what the sender of this description wants to receive in a section, or lifts the limit (`null`).
 * The line of the asked unit is set in its place or inserted where `b=` lines stand. If a line of the other unit stands
 * there already it is converted along (`asToTias`, `tiasToAs`), so that the two never contradict each other; browsers differ
 * in which of them they obey. Other `b=` types are left alone. RFC 8866 §5.8, RFC 3890 §6.2.
 *
 * Throws `RangeError` for a section that is not there and for a number that is not whole, 0 or more.
 */
export function setBandwidth(
  sdp: Sdp,
  at: string | number,
  limit: BandwidthLimit | null,
): SdpDocument {
  const document = documentOf(sdp);
  const section = sectionAt(document, at);
  const wanted = limit === null ? { as: undefined, tias: undefined } : bothUnits(limit);
  const seen = new Set<string>();
  const changed = changeLines(document, [section], (line) => {
    const type = unitOf(line);
    if (type === undefined) return line;
    const value = wanted[type];
    if (value === undefined || seen.has(type)) return undefined;
    seen.add(type);
    return bandwidthLine(type, value);
  });
  const missing = units.filter((unit) => limit?.[unit] !== undefined && !seen.has(unit));
  const after = sectionAt(changed, section.index);
  const texts = missing.map((unit) => bandwidthLine(unit, wanted[unit] as number));
  return insertLines(changed, after, texts, placeForBandwidth(after));
}

type Unit = "as" | "tias";
const units: readonly Unit[] = ["as", "tias"];

function bothUnits({ as, tias }: BandwidthLimit): Readonly<Record<Unit, number>> {
  if (as !== undefined) checkNumber(as, "kilobits per second");
  if (tias !== undefined) checkNumber(tias, "bits per second");
  if (as !== undefined) return { as, tias: tias ?? asToTias(as) };
  if (tias !== undefined) return { as: tiasToAs(tias), tias };
  throw new RangeError(
    "A bandwidth needs as (kilobits per second), tias (bits per second) or both.",
  );
}

function checkNumber(value: number, unit: string): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(
    `A bandwidth of ${value} ${unit} cannot be written: it must be whole and 0 or more.`,
  );
}

function unitOf({ source }: Line): Unit | undefined {
  if (source.startsWith("b=AS:")) return "as";
  return source.startsWith("b=TIAS:") ? "tias" : undefined;
}

function bandwidthLine(unit: Unit, value: number): string {
  return `b=${unit.toUpperCase()}:${value}`;
}

/** Behind the last line that comes before `b=` in the order of RFC 8866 §9, or behind the last `b=`. */
function placeForBandwidth({ index, lines }: Section): number {
  const before = index === -1 ? "vosiuepcb" : "micb";
  return lines.findLastIndex(({ type }) => type !== "" && before.includes(type)) + 1;
}
