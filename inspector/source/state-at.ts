import type { DescriptionInit, Timeline } from "../../lib/index.ts";
import { readPayload } from "../../lib/index.ts";

/** A description as a connection holds it. */
export interface HeldDescription {
  /** The call that set it. */
  readonly seq: number;
  readonly type: DescriptionInit["type"];
  readonly sdp: string;
}

/** The four places for descriptions that a connection has. W3C webrtc-pc §4.4.1. */
export interface HeldDescriptions {
  readonly currentLocal?: HeldDescription;
  readonly currentRemote?: HeldDescription;
  readonly pendingLocal?: HeldDescription;
  readonly pendingRemote?: HeldDescription;
  /** How many candidates it had gathered and been given by then. */
  readonly localCandidates: number;
  readonly remoteCandidates: number;
}

/**
 * Which descriptions a connection held at a time: the calls that had succeeded by then, replayed by JSEP's rules
 * (RFC 9429 §4.1.7): an offer is pending until an answer makes both current, and a rollback takes it back.
 */
export function stateAt(
  { calls, candidates }: Timeline,
  t: number,
  peer: string,
  pc: string | undefined,
): HeldDescriptions {
  const isHere = hereIs(peer, pc);
  const held = heldChanges(calls, peer, pc).findLast((change) => change.t <= t)?.held ?? {};
  const known = candidates.filter((row) => isHere(row) && row.t <= t && row.candidate);
  return {
    ...held,
    localCandidates: known.filter(({ side }) => side === "local").length,
    remoteCandidates: known.filter(({ side, refusal }) => side === "remote" && !refusal).length,
  };
}

/** What a connection held from a call on. */
export interface HeldChange {
  /** The call, and when it succeeded. */
  readonly seq: number;
  readonly t: number;
  readonly held: Held;
}

type Held = Omit<HeldDescriptions, "localCandidates" | "remoteCandidates">;

/** Every change of what a connection held, in the order in which the calls succeeded. */
export function heldChanges(
  calls: Timeline["calls"],
  peer: string,
  pc: string | undefined,
): readonly HeldChange[] {
  const changes: HeldChange[] = [];
  let held: Held = {};
  const isHere = hereIs(peer, pc);
  const settled = calls
    .filter((row) => isHere(row) && row.settle && !row.error)
    .sort((a, b) => (a.settle?.seq ?? 0) - (b.settle?.seq ?? 0));
  for (const { method, begin, settle } of settled) {
    const side =
      method === "setLocalDescription"
        ? "Local"
        : method === "setRemoteDescription"
          ? "Remote"
          : undefined;
    if (side === undefined) continue;
    const change = { seq: begin.seq, t: settle?.t ?? begin.t };
    const argument = begin.arguments[0];
    if (isRollback(argument)) {
      const { pendingLocal: _, pendingRemote: __, ...current } = held;
      held = current;
      changes.push({ ...change, held });
      continue;
    }
    const given = readPayload(argument);
    const payload = given.kind === "description" ? given : readPayload(settle?.result);
    if (payload.kind !== "description") continue;
    const { type, sdp } = payload.description;
    held = apply(held, side, { seq: begin.seq, type, sdp });
    changes.push({ ...change, held });
  }
  return changes;
}

function hereIs(
  peer: string,
  pc: string | undefined,
): (row: { readonly peer?: string; readonly pc?: string }) => boolean {
  return (row) => row.peer === peer && (pc === undefined || row.pc === pc);
}

function apply(held: Held, side: "Local" | "Remote", description: HeldDescription): Held {
  if (description.type !== "answer") return { ...held, [`pending${side}`]: description };
  const { pendingLocal, pendingRemote, ...current } = held;
  const offer = side === "Local" ? pendingRemote : pendingLocal;
  const other = side === "Local" ? "Remote" : "Local";
  return {
    ...current,
    [`current${side}`]: description,
    ...(offer && { [`current${other}`]: offer }),
  };
}

function isRollback(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as { readonly type?: unknown }).type === "rollback"
  );
}
