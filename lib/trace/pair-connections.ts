import type { Steps } from "../steps.ts";
import { finish } from "../steps.ts";
import type { TraceEvent } from "./event.ts";
import { readDescriptionInit, readPayload } from "./payload.ts";

/** A connection of a trace. */
export interface ConnectionPlace {
  readonly peer: string;
  readonly pc: string;
}

/** What two connections know of each other: one described it, the other was given it. */
export type PairEvidence = "origin" | "ufrag" | "fingerprint" | "candidate";

/** Two connections that are the two ends of one. */
export interface ConnectionPair {
  readonly a: ConnectionPlace;
  readonly b: ConnectionPlace;
  readonly evidence: readonly PairEvidence[];
}

/**
 * Finds connections that are two ends of one: what one of them described (its `o=` line, ICE user name fragment,
 * fingerprint and candidates) the other was given. Each connection has one other end at most, the one with the most
 * evidence; a fingerprint alone is too little, as a browser may use one certificate for many connections.
 */
export function pairConnections(events: readonly TraceEvent[]): readonly ConnectionPair[] {
  return finish(pairingSteps(events));
}

/** `pairConnections`, in steps. */
export function* pairingSteps(events: readonly TraceEvent[]): Steps<readonly ConnectionPair[]> {
  const known = yield* knowledge(events);
  const given = new Map<string, Knowledge[]>();
  for (const one of known) {
    for (const mark of one.remote) {
      const list = given.get(mark);
      if (!list) given.set(mark, [one]);
      else if (list.length < REACH) list.push(one);
    }
  }
  const links = new Map<string, Link>();
  for (const one of known) {
    yield;
    for (const mark of one.local) {
      for (const other of given.get(mark) ?? []) {
        if (other === one) continue;
        const [a, b] = one.index < other.index ? [one, other] : [other, one];
        const key = `${a.index} ${b.index}`;
        const link = links.get(key) ?? { a, b, marks: new Set() };
        link.marks.add(`${mark.slice(0, 1)} ${one.index}`);
        links.set(key, link);
      }
    }
  }
  const taken = new Set<Knowledge>();
  return [...links.values()]
    .map((link) => ({ link, weight: weightOf(link) }))
    .filter(({ weight }) => weight >= ENOUGH)
    .sort((x, y) => y.weight - x.weight)
    .flatMap(({ link: { a, b, marks } }): ConnectionPair[] => {
      if (taken.has(a) || taken.has(b)) return [];
      taken.add(a).add(b);
      const kinds = new Set([...marks].map((mark) => mark.slice(0, 1)));
      const evidence = evidenceOrder.filter((word) => kinds.has(word.slice(0, 1)));
      return [{ a: a.place, b: b.place, evidence }];
    });
}

/** The identifying marks of a description, each with its kind's first letter before it. */
export function descriptionMarks(sdp: string): readonly string[] {
  const marks: string[] = [];
  for (const line of sdp.split(/\r\n|\r|\n/)) {
    if (line.startsWith("o=")) {
      const [user, session] = line.slice(2).split(" ");
      // Constant numbers, such as some servers write, name no session.
      if (session !== undefined && session.length > 4) marks.push(`o ${user} ${session}`);
    } else if (line.startsWith("a=ice-ufrag:")) marks.push(`u ${line.slice(12).trim()}`);
    else if (line.startsWith("a=fingerprint:")) marks.push(`f ${line.slice(14).toLowerCase()}`);
    else if (line.startsWith("a=candidate:")) marks.push(candidateMark(line));
  }
  return marks;
}

/** How many connections one mark is followed to: a hostile trace stays linear. */
const REACH = 32;

/** One mark other than a fingerprint. */
const ENOUGH = 2;

const evidenceOrder: readonly PairEvidence[] = ["origin", "ufrag", "fingerprint", "candidate"];

interface Knowledge {
  readonly index: number;
  readonly place: ConnectionPlace;
  readonly local: Set<string>;
  readonly remote: Set<string>;
}

interface Link {
  readonly a: Knowledge;
  readonly b: Knowledge;
  /** Kind of mark and who described it. */
  readonly marks: Set<string>;
}

function weightOf({ marks }: Link): number {
  let weight = 0;
  for (const mark of marks) weight += mark.startsWith("f") ? 1 : ENOUGH;
  return weight;
}

function* knowledge(events: readonly TraceEvent[]): Steps<Knowledge[]> {
  const known = new Map<string, Knowledge>();
  const methods = new Map<number, string>();
  const at = ({ peer, pc }: TraceEvent): Knowledge | undefined => {
    if (peer === undefined || pc === undefined) return undefined;
    const key = `${peer} ${pc}`;
    const one = known.get(key) ?? {
      index: known.size,
      place: { peer, pc },
      local: new Set(),
      remote: new Set(),
    };
    known.set(key, one);
    return one;
  };
  const describe = (marks: Set<string> | undefined, sdp: string | undefined): void => {
    if (marks && sdp !== undefined) for (const mark of descriptionMarks(sdp)) marks.add(mark);
  };
  let done = 0;
  for (const event of events) {
    // A description is read line by line, which takes longer than other events.
    if (++done % 500 === 0) yield;
    const one = at(event);
    if (!one) continue;
    switch (event.kind) {
      case "call": {
        methods.set(event.call, event.method);
        const sdp = readDescriptionInit(event.arguments[0])?.sdp;
        if (event.method === "setLocalDescription") describe(one.local, sdp);
        if (event.method === "setRemoteDescription") describe(one.remote, sdp);
        break;
      }
      case "settle":
        if (ownResults.has(methods.get(event.call) ?? "")) {
          describe(one.local, readDescriptionInit(event.result)?.sdp);
        }
        break;
      case "candidate": {
        const text = event.candidate?.candidate;
        if (text) one[event.side].add(candidateMark(text));
        break;
      }
      case "signal": {
        const payload = readPayload(event.data);
        const side = event.direction === "out" ? one.local : one.remote;
        if (payload.kind === "description") describe(side, payload.description.sdp);
        else if (payload.kind === "candidate" && payload.candidate) {
          side.add(candidateMark(payload.candidate.candidate));
        }
        break;
      }
      default:
    }
  }
  return [...known.values()];
}

const ownResults: ReadonlySet<string> = new Set([
  "createOffer",
  "createAnswer",
  "setLocalDescription",
]);

function candidateMark(text: string): string {
  const bare = text.startsWith("a=") ? text.slice(2) : text;
  return `c ${bare.trim()}`;
}
