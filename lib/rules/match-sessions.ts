import { readable } from "../text.ts";
import type { ConnectionMilestones } from "../trace/milestones.ts";
import { pairConnections } from "../trace/pair-connections.ts";
import type { Timeline } from "../trace/timeline.ts";
import type { Trace } from "../trace/trace.ts";
import type { Confidence } from "./finding.ts";
import type { ConnectionComparison, PeerMatch } from "./session-comparison.ts";

/** What a session is matched by. */
export interface MatchableSession {
  readonly trace: Trace;
  readonly timeline: Timeline;
  readonly courses: readonly ConnectionMilestones[];
}

/** Connections that stand side by side, by their index in `courses`; one that stands alone has one index only. */
export interface ConnectionMatch {
  readonly left?: number;
  readonly right?: number;
  readonly match?: NonNullable<ConnectionComparison["match"]>;
}

/**
 * Finds which peers and connections of two sessions stand for the same ones. Peers by their names, else by who offers,
 * else by their order; connections of matched peers by the peer at their other end, else by their order.
 */
export function matchSessions(
  left: MatchableSession,
  right: MatchableSession,
): { readonly peers: readonly PeerMatch[]; readonly connections: readonly ConnectionMatch[] } {
  const peers = matchPeers(peersOf(left), peersOf(right));
  const partner = new Map(peers.map(({ left, right }) => [left, right]));
  const farLeft = farPeers(left);
  const farRight = farPeers(right);
  const taken = new Set<number>();
  const matches: ConnectionMatch[] = [];
  for (const peer of peers) {
    const lefts = indicesOf(left, peer.left);
    const rights = indicesOf(right, peer.right);
    const isOnly = lefts.length === 1 && rights.length === 1;
    const put = (a: number, b: number, by: "only" | "far-end" | "order", isSure: boolean): void => {
      const confidence = isSure ? peer.confidence : weaker(peer.confidence, "likely");
      matches.push({ left: a, right: b, match: { by, confidence } });
      taken.add(b);
    };
    const rest = lefts.filter((a) => {
      const far = partner.get(farLeft.get(a) ?? "");
      if (isOnly || far === undefined) return true;
      const toFar = (other: number): boolean => farRight.get(other) === far;
      const b = rights.find((other) => toFar(other) && !taken.has(other));
      if (b === undefined) return true;
      const count = lefts.filter((one) => farLeft.get(one) === farLeft.get(a)).length;
      put(a, b, "far-end", count === 1 && rights.filter(toFar).length === 1);
      return false;
    });
    const free = rights.filter((b) => !taken.has(b));
    for (const [index, a] of rest.entries()) {
      const b = free[index];
      if (b === undefined) matches.push({ left: a });
      else put(a, b, isOnly ? "only" : "order", isOnly);
    }
  }
  const known = new Set(matches.map(({ left }) => left));
  for (const index of left.courses.keys()) if (!known.has(index)) matches.push({ left: index });
  matches.sort((a, b) => (a.left ?? 0) - (b.left ?? 0));
  for (const index of right.courses.keys()) if (!taken.has(index)) matches.push({ right: index });
  return { peers, connections: matches };
}

interface Peer {
  readonly id: string;
  readonly name: string;
  readonly role: "offerer" | "answerer" | undefined;
}

/** The peers that have connections, in their order, each with what it did in its first round. */
function peersOf({ courses, timeline }: MatchableSession): Peer[] {
  const roles = new Map<string, Peer["role"]>();
  for (const { offer, answer } of timeline.rounds) {
    if (offer.peer !== undefined && !roles.has(offer.peer)) roles.set(offer.peer, "offerer");
    const others = [...offer.steps, ...(answer?.steps ?? [])];
    for (const { peer } of others) {
      if (peer !== undefined && !roles.has(peer)) {
        roles.set(peer, offer.peer === undefined && answer?.peer !== peer ? undefined : "answerer");
      }
    }
  }
  const known = new Map<string, Peer>();
  for (const { peer, name } of courses) {
    if (!known.has(peer)) known.set(peer, { id: peer, name, role: roles.get(peer) });
  }
  return [...known.values()];
}

function matchPeers(lefts: readonly Peer[], rights: readonly Peer[]): PeerMatch[] {
  const found = new Map<Peer, PeerMatch>();
  const free = new Set(rights);
  const put = (a: Peer, b: Peer, by: PeerMatch["by"], confidence: Confidence): void => {
    free.delete(b);
    found.set(a, {
      left: a.id,
      right: b.id,
      by,
      confidence,
      message: describeMatch(a, b, by, confidence),
    });
  };
  const rest = (): Peer[] => lefts.filter((peer) => !found.has(peer));
  const isSame = (a: Peer, b: Peer): boolean => nameKey(a) === nameKey(b);
  for (const a of lefts) {
    const same = [...free].filter((b) => isSame(a, b));
    const [b] = same;
    if (!b || same.length > 1 || lefts.some((other) => other !== a && isSame(other, a))) continue;
    const isOther = a.role !== undefined && b.role !== undefined && a.role !== b.role;
    put(a, b, "name", isOther ? "likely" : "certain");
  }
  for (const role of ["offerer", "answerer"] as const) {
    const [a, ...more] = rest().filter((peer) => peer.role === role);
    const [b, ...others] = [...free].filter((peer) => peer.role === role);
    if (a && b && more.length === 0 && others.length === 0) put(a, b, "role", "likely");
  }
  const left = rest();
  const right = [...free];
  for (const [index, a] of left.entries()) {
    const b = right[index];
    if (b) put(a, b, "order", left.length === 1 && right.length === 1 ? "likely" : "possible");
  }
  return lefts.flatMap((peer) => found.get(peer) ?? []);
}

function nameKey({ name }: Peer): string {
  return name.trim().toLowerCase();
}

const reasons = {
  name: { en: "by the same name", ko: "같은 이름" },
  role: { en: "by the same role, offerer or answerer", ko: "같은 역할(offerer 또는 answerer)" },
  order: { en: "by the order in which they appear", ko: "나타난 순서" },
} as const;

const certainties = {
  certain: { en: "certain", ko: "확실함" },
  likely: { en: "likely", ko: "유력함" },
  possible: { en: "possible", ko: "가능성 있음" },
} as const;

function describeMatch(
  left: Peer,
  right: Peer,
  by: PeerMatch["by"],
  confidence: Confidence,
): PeerMatch["message"] {
  const reason = reasons[by];
  const certainty = certainties[confidence];
  return readable({
    en: `${left.name} on the left is matched with ${right.name} on the right ${reason.en} (${certainty.en}).`,
    ko: `왼쪽의 ${left.name}와(과) 오른쪽의 ${right.name}을(를) 짝지었습니다. 근거: ${reason.ko}(${certainty.ko}).`,
  });
}

function indicesOf({ courses }: MatchableSession, peer: string): number[] {
  return [...courses.keys()].filter((index) => courses[index]?.peer === peer);
}

/** The peer at the other end of each connection, by the connection's index. */
function farPeers({ trace, courses }: MatchableSession): Map<number, string> {
  const indices = new Map(
    courses.map(({ peer, pc }, index) => [JSON.stringify([peer, pc]), index]),
  );
  const far = new Map<number, string>();
  for (const { a, b } of pairConnections(trace.events)) {
    const near = indices.get(JSON.stringify([a.peer, a.pc]));
    const other = indices.get(JSON.stringify([b.peer, b.pc]));
    if (near !== undefined) far.set(near, b.peer);
    if (other !== undefined) far.set(other, a.peer);
  }
  return far;
}

const confidences: readonly Confidence[] = ["certain", "likely", "possible"];

function weaker(a: Confidence, b: Confidence): Confidence {
  return confidences.indexOf(a) > confidences.indexOf(b) ? a : b;
}
