import { chosenCodecs } from "../../lib/index.ts";
import type { Sheet } from "./sheet.ts";
import type { HeldDescriptions } from "./state-at.ts";
import { heldChanges } from "./state-at.ts";

/** What a connection came to, in a few words. */
export interface ConnectionSummary {
  /** What it was in its last exchange; absent before one began. RFC 3264 §2. */
  readonly role?: "offerer" | "answerer";
  /** The codecs that either side sends by the last complete exchange, each once, in the order of the sections. */
  readonly codecs: readonly string[];
  /** The pair that was selected last, as its lane names it. */
  readonly pair?: string;
}

/** How each of some connections stands at the end of the trace. */
export function summariesOf(
  { timeline }: Sheet,
  connections: readonly { readonly peer: string; readonly pc?: string }[],
): readonly ConnectionSummary[] {
  return connections.map(({ peer, pc }): ConnectionSummary => {
    const held = heldChanges(timeline.calls, peer, pc).at(-1)?.held ?? {};
    const role = roleIn(held);
    const pair = timeline.lanes
      .find((group) => group.peer === peer && group.pc === pc)
      ?.lanes.find(({ kind }) => kind === "pair")
      ?.slices.at(-1)?.label;
    return {
      ...(role && { role }),
      codecs: codecsIn(held),
      ...(pair !== undefined && { pair }),
    };
  });
}

type Held = Omit<HeldDescriptions, "localCandidates" | "remoteCandidates">;

function roleIn({ pendingLocal, pendingRemote, currentLocal }: Held): ConnectionSummary["role"] {
  if (pendingLocal) return pendingLocal.type === "offer" ? "offerer" : "answerer";
  if (pendingRemote) return pendingRemote.type === "offer" ? "answerer" : "offerer";
  if (currentLocal) return currentLocal.type === "offer" ? "offerer" : "answerer";
  return undefined;
}

function codecsIn({ currentLocal, currentRemote }: Held): readonly string[] {
  if (!currentLocal || !currentRemote) return [];
  const [offer, answer] =
    currentLocal.type === "offer" ? [currentLocal, currentRemote] : [currentRemote, currentLocal];
  const names = chosenCodecs(offer.sdp, answer.sdp).flatMap(({ codec }) => codec?.name ?? []);
  return [...new Set(names)];
}
