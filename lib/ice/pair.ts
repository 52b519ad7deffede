import { parseAddress } from "./address.ts";
import { baseOf } from "./base.ts";
import type { Candidate } from "./candidate.ts";
import { demandCandidate } from "./demand-candidate.ts";
import type { PairEnd } from "./pair-end.ts";
import { pairEnd } from "./pair-end.ts";
import type { PairReason } from "./pair-reason.ts";
import { createPairJudge } from "./pair-reason.ts";

/** The part an agent plays. RFC 8445 §6.1.1. */
export type IceRole = "controlling" | "controlled";

/** A local and a remote candidate of one component, transport and address family. RFC 8445 §6.1.2.2. */
export interface FormedPair {
  /** The candidate whose priority counts. */
  readonly local: Candidate;
  readonly remote: Candidate;
  /** Where checks are sent from: the base of a reflexive local candidate, else the candidate itself. RFC 8445 §6.1.2.4. */
  readonly base: Candidate;
  readonly component: number;
  /** 64 bits. RFC 8445 §6.1.2.3. */
  readonly priority: bigint;
  /** The foundations of both sides, joined. */
  readonly foundation: string;
}

/** A pair of the check list. */
export interface CandidatePair extends FormedPair {
  /** Why it will hardly work, though an agent tries it; empty when nothing speaks against it. */
  readonly unlikely: readonly PairReason[];
}

/** A pair that no agent should try, and why. */
export interface ImpossiblePair {
  readonly local: Candidate;
  readonly remote: Candidate;
  readonly reason: PairReason;
}

/** A pair left out because one with a higher priority sends the same packets. RFC 8445 §6.1.2.4. */
export interface PrunedPair {
  readonly pair: FormedPair;
  readonly keptPair: CandidatePair;
}

/** What becomes of two sets of candidates. */
export interface CandidatePairs {
  /** The check list: ordered, pruned and limited. */
  readonly pairs: readonly CandidatePair[];
  readonly pruned: readonly PrunedPair[];
  /** The lowest pairs, left out by the limit. RFC 8445 §6.1.2.5. */
  readonly discarded: readonly FormedPair[];
  readonly impossible: readonly ImpossiblePair[];
}

/** How `formPairs` works. */
export interface FormPairsOptions {
  /** The most pairs that stay; 100 unless told otherwise. RFC 8445 §6.1.2.5. */
  readonly limit?: number;
  /** The addresses the local TURN server has a permission for. Pairs of a local relay with any other address are impossible. */
  readonly permissions?: readonly string[];
}

/**
 * Forms the check list of one data stream: pairs candidates of the same component, transport and address family, computes
 * priorities, orders, prunes and limits them. RFC 8445 §6.1.2. Candidates of a component that the other side lacks are left alone.
 * Throws `RangeError` for a limit below 1 or an unknown role, `TypeError` for what is no candidate.
 */
export function formPairs(
  local: readonly Candidate[],
  remote: readonly Candidate[],
  role: IceRole,
  options: FormPairsOptions = {},
): CandidatePairs {
  const { limit = 100 } = options;
  demandRole(role);
  if (!(limit >= 1)) throw new RangeError(`The limit ${limit} is not 1 or more.`);
  for (const candidate of local) demandCandidate(candidate, "formPairs");
  for (const candidate of remote) demandCandidate(candidate, "formPairs");
  const near = local.map((candidate) => pairEnd(candidate, baseOf(candidate, local)));
  const far = remote.map((candidate) => pairEnd(candidate, candidate));
  const judge = createPairJudge(near, far, permissionsOf(options.permissions));
  const impossible: ImpossiblePair[] = [];
  const drafts: Draft[] = [];
  for (const ours of near) {
    for (const theirs of far) {
      if (ours.candidate.component !== theirs.candidate.component) continue;
      const reason = judge.obstacle(ours, theirs);
      if (reason === undefined) drafts.push(draftOf(ours, theirs, role));
      else impossible.push({ local: ours.candidate, remote: theirs.candidate, reason });
    }
  }
  drafts.sort(byPriority);
  const pairs: CandidatePair[] = [];
  const pruned: PrunedPair[] = [];
  const discarded: FormedPair[] = [];
  // By base and remote address: the first pair of each is kept.
  const kept = new Map<string, Map<string, CandidatePair>>();
  for (const draft of drafts) {
    const { local, remote } = draft;
    let ofBase = kept.get(local.baseKey);
    if (ofBase === undefined) {
      ofBase = new Map();
      kept.set(local.baseKey, ofBase);
    }
    const formed = pairOf(draft, role);
    const keptPair = ofBase.get(remote.key);
    if (keptPair !== undefined) pruned.push({ pair: formed, keptPair });
    else if (pairs.length < limit) {
      const pair = { ...formed, unlikely: judge.doubts(local, remote) };
      ofBase.set(remote.key, pair);
      pairs.push(pair);
    } else discarded.push(formed);
  }
  return { pairs, pruned, discarded, impossible };
}

/**
 * The priority of a pair, 64 bits: 2^32 · MIN(G, D) + 2 · MAX(G, D) + (G > D ? 1 : 0), where G is the priority of the
 * controlling agent's candidate and D that of the controlled one's. RFC 8445 §6.1.2.3.
 * Throws `RangeError` for a priority that is no whole number of 0 or more.
 */
export function pairPriority(controlling: number, controlled: number): bigint {
  demandPriority("controlling", controlling);
  demandPriority("controlled", controlled);
  const least = BigInt(Math.min(controlling, controlled));
  const most = BigInt(Math.max(controlling, controlled));
  return (least << 32n) + 2n * most + (controlling > controlled ? 1n : 0n);
}

/** Throws `RangeError` for what is neither of the two roles. */
export function demandRole(role: IceRole): void {
  if (role !== "controlling" && role !== "controlled")
    throw new RangeError(`An ICE role is controlling or controlled, not ${JSON.stringify(role)}.`);
}

function demandPriority(whose: IceRole, priority: number): void {
  if (!Number.isSafeInteger(priority) || priority < 0)
    throw new RangeError(
      `The ${whose} candidate's priority is a whole number of 0 or more, not ${String(priority)}.`,
    );
}

interface Draft {
  readonly local: PairEnd;
  readonly remote: PairEnd;
  readonly least: number;
  readonly most: number;
  readonly bonus: number;
}

function permissionsOf(addresses: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (addresses === undefined) return undefined;
  return new Set(addresses.map((text) => parseAddress(text)?.canonical ?? text));
}

function draftOf(local: PairEnd, remote: PairEnd, role: IceRole): Draft {
  const ours = local.candidate.priority;
  const theirs = remote.candidate.priority;
  const controlling = role === "controlling" ? ours : theirs;
  const controlled = role === "controlling" ? theirs : ours;
  return {
    local,
    remote,
    least: Math.min(ours, theirs),
    most: Math.max(ours, theirs),
    bonus: controlling > controlled ? 1 : 0,
  };
}

/** Highest first; equal ones stay in the order of their candidates. */
function byPriority(a: Draft, b: Draft): number {
  return b.least - a.least || b.most - a.most || b.bonus - a.bonus;
}

function pairOf(draft: Draft, role: IceRole): FormedPair {
  const local = draft.local.candidate;
  const remote = draft.remote.candidate;
  const isControlling = role === "controlling";
  return {
    local,
    remote,
    base: draft.local.base,
    component: local.component,
    priority: pairPriority(
      isControlling ? local.priority : remote.priority,
      isControlling ? remote.priority : local.priority,
    ),
    foundation: `${draft.local.base.foundation}:${remote.foundation}`,
  };
}
