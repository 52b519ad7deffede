import type { DescriptionInit } from "./event.ts";
import { readDescriptionInit } from "./payload.ts";
import { statsPropertyNames, statsTypeNames } from "./rtcstats-names.ts";

/** Undoes what rtcstats leaves out of the log of one connection. */
export interface RtcstatsExpander {
  /**
   * The description of an entry in full. A section that is nothing but `v=` or `m=` is that of the description before:
   * the local one for what is created or set locally, else what was created last, and the remote one for what is set remotely.
   */
  value(name: string, value: unknown): unknown;
  /** The entries of a `getStats` delta in full, those that did not change left out. */
  stats(delta: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** How many sections had nothing to be filled from. */
  readonly lost: number;
}

/** Makes an expander for one connection. */
export function createRtcstatsExpander(): RtcstatsExpander {
  const local = new Side();
  const remote = new Side();
  const created = new Map<string, DescriptionInit>();
  let lost = 0;
  const fill = (
    base: DescriptionInit | undefined,
    description: DescriptionInit,
  ): DescriptionInit => {
    const filled = fillSections(base, description);
    lost += filled.lost;
    return filled.description;
  };
  const entries = new Map<string, Record<string, unknown>>();

  return {
    get lost() {
      return lost;
    },
    value(name, value) {
      const description = readDescriptionInit(value);
      switch (name) {
        case "createOfferOnSuccess":
        case "createAnswerOnSuccess": {
          if (!description) return value;
          const full = fill(local.description, description);
          created.set(full.type, full);
          return full;
        }
        case "setLocalDescription": {
          if (!description) {
            local.asked = undefined;
            return value;
          }
          local.asked = fill(local.description ?? created.get(description.type), description);
          return local.asked;
        }
        case "setRemoteDescription":
          if (!description) return value;
          remote.asked = fill(remote.description, description);
          return remote.asked;
        case "setLocalDescriptionOnSuccess": {
          if (description) local.asked = fill(local.description, description);
          settle(local, remote);
          return description ? local.description : value;
        }
        case "setRemoteDescriptionOnSuccess":
          settle(remote, local);
          return value;
        default:
          return value;
      }
    },
    stats: (delta) => expandStats(entries, delta),
  };
}

/** One side's descriptions, as W3C's pending and current ones. */
class Side {
  asked: DescriptionInit | undefined;
  pending: DescriptionInit | undefined;
  current: DescriptionInit | undefined;

  get description(): DescriptionInit | undefined {
    return this.pending ?? this.current;
  }
}

function settle(side: Side, other: Side): void {
  const { asked } = side;
  if (!asked) return;
  if (asked.type === "rollback") side.pending = undefined;
  else if (asked.type === "answer") {
    side.current = asked;
    side.pending = undefined;
    other.current = other.pending ?? other.current;
    other.pending = undefined;
  } else side.pending = asked;
}

function fillSections(
  base: DescriptionInit | undefined,
  description: DescriptionInit,
): { readonly description: DescriptionInit; readonly lost: number } {
  const sections = sectionsOf(description.sdp);
  if (!sections.some((section) => section === "v=" || section === "m="))
    return { description, lost: 0 };
  const known = base?.type === description.type ? sectionsOf(base.sdp) : [];
  let lost = 0;
  const filled = sections.map((section, index) => {
    if (section !== "v=" && section !== "m=") return section;
    const found = known[index];
    if (found === undefined) lost++;
    return found ?? section;
  });
  return { description: { type: description.type, sdp: `${filled.join("\r\n")}\r\n` }, lost };
}

function sectionsOf(sdp: string): string[] {
  return sdp.split("\nm=").map((part, index) => (index > 0 ? `m=${part}` : part).trim());
}

/** Missing is unchanged, `null` is gone, and a timestamp that several entries share stands at the top. */
function expandStats(
  entries: Map<string, Record<string, unknown>>,
  delta: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const shared = delta["t"] ?? delta["timestamp"];
  const changes: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(delta)) {
    if (value === null) {
      entries.delete(id);
      changes[id] = null;
    } else if (typeof value === "object" && !Array.isArray(value)) {
      const before = entries.get(id);
      const entry: Record<string, unknown> = { id, ...before };
      if (shared !== undefined) entry["timestamp"] = shared;
      for (const [key, given] of Object.entries(value)) {
        const name = statsPropertyNames.get(key) ?? key;
        entry[name] = merged(before?.[name], name === "type" ? typeName(given) : given);
      }
      entries.set(id, entry);
      changes[id] = entry;
    }
  }
  return changes;
}

function typeName(type: unknown): unknown {
  return statsTypeNames.get(String(type)) ?? type;
}

function merged(before: unknown, after: unknown): unknown {
  const isMap = (value: unknown): value is object =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap(before) && isMap(after) ? { ...before, ...after } : after;
}
