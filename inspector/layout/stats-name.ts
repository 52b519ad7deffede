import type { Language, StatsMetric, StatsObject } from "../../lib/index.ts";
import { printable } from "./printable.ts";

/** What a graph is called: its name, else W3C's names of what it shows. */
export function metricName({ name, members, type }: StatsMetric, lang: Language): string {
  return name?.[lang] ?? printable(`${type} ${members.join(" / ")}`, 60);
}

/** W3C's identifiers that a graph is worked out from, such as `inbound-rtp packetsLost, packetsReceived`. */
export function metricSource({ members, type }: StatsMetric): string {
  return printable(`${type} ${members.join(", ")}`, 120);
}

/** Names each object of a graph: by kind, mid and rid, a label or candidate types; by its SSRC or place where that tells nothing apart. */
export function objectNames(objects: readonly StatsObject[]): readonly string[] {
  const names = objects.map(nameOf);
  return names.map((name, index) => {
    const isAmbiguous = name === "" || names.some((other, at) => at !== index && other === name);
    if (!isAmbiguous) return name;
    const ssrc = objects[index]?.ssrc;
    return ssrc === undefined ? `${name} #${index + 1}` : `${name} ${ssrc}`.trim();
  });
}

/**
 * What a line stands for, in whatever graph it is: a stream of media by kind, mid and rid, whoever reports of it; anything
 * else by its own id.
 */
export function streamKey({ type, id, kind, mid, rid }: StatsObject): string {
  return mid === undefined ? JSON.stringify([type, id]) : JSON.stringify([kind, mid, rid]);
}

/** Numbers what the lines of some graphs stand for: streams together, and the objects of each other type for themselves. */
export function lineStyles(objects: Iterable<StatsObject>): ReadonlyMap<string, number> {
  const styles = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const object of objects) {
    const key = streamKey(object);
    if (styles.has(key)) continue;
    const family = object.mid === undefined ? object.type : "";
    const count = counts.get(family) ?? 0;
    styles.set(key, count);
    counts.set(family, count + 1);
  }
  return styles;
}

function nameOf({ kind, mid, rid, label, candidateTypes, type }: StatsObject): string {
  if (candidateTypes) return candidateTypes.map((one) => printable(one, 8)).join(" ⇄ ");
  if (label !== undefined) return printable(label, 24);
  const parts = [kind, mid === undefined ? undefined : `mid ${mid}`, rid];
  const text = parts.filter((part) => part !== undefined).join(" · ");
  return printable(text === "" ? type : text, 32);
}
