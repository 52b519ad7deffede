import type { TimedEvent } from "./assemble.ts";
import type { TraceEvent } from "./event.ts";
import type { ConnectionPair } from "./pair-connections.ts";
import { pairConnections } from "./pair-connections.ts";
import type { TracePeer } from "./trace.ts";

/** The connections that one page of a dump had. */
export interface DumpedPage {
  /** Unique in the dump. */
  readonly id: string;
  readonly name: string;
  readonly engine?: string;
  /** Its address, where the dump has it. */
  readonly address?: string;
}

/** One session of a dump: pages that have to do with each other, and all that happened in them. */
export interface DumpedSession {
  readonly peers: readonly TracePeer[];
  readonly events: readonly TimedEvent[];
}

/**
 * Sorts what a browser's dump holds into sessions and peers. The events come with their page's id as peer.
 *
 * A page is a peer; where two of its connections are the two ends of one, as in a test page that calls itself, it becomes
 * two peers, so that both ends are seen. Pages that are connected with each other make one session, others one each.
 */
export function sortEnds(
  pages: readonly DumpedPage[],
  events: readonly TimedEvent[],
): readonly DumpedSession[] {
  const unnumbered = events.map(({ event }) => event as TraceEvent);
  const pairs = pairConnections(unnumbered);
  const endOf = assignEnds(unnumbered, pairs);
  const roots = new Map(pages.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let at = id;
    while (roots.get(at) !== undefined && roots.get(at) !== at) at = roots.get(at) as string;
    return at;
  };
  for (const { a, b } of pairs) roots.set(rootOf(b.peer), rootOf(a.peer));

  interface OpenSession {
    readonly peers: Map<string, TracePeer>;
    readonly events: TimedEvent[];
  }
  const sessions = new Map<string, OpenSession>();
  const pageOf = new Map(pages.map((page) => [page.id, page]));
  for (const { at, event } of events) {
    const { peer, pc } = event;
    const page = peer === undefined ? undefined : pageOf.get(peer);
    if (peer === undefined || !page) continue;
    const root = rootOf(peer);
    const session: OpenSession = sessions.get(root) ?? { peers: new Map(), events: [] };
    sessions.set(root, session);
    const end = pc === undefined ? 0 : (endOf.get(`${peer} ${pc}`) ?? 0);
    const made = peerOf(page, end);
    if (!session.peers.has(made.id)) session.peers.set(made.id, made);
    session.events.push({ at, event: end === 0 ? event : { ...event, peer: made.id } });
  }
  return [...sessions.values()].map((session) => ({
    peers: [...session.peers.values()],
    events: session.events,
  }));
}

/** For each connection of a page that talks to itself, which end it is: 0, 1 … */
function assignEnds(
  events: readonly TraceEvent[],
  pairs: readonly ConnectionPair[],
): ReadonlyMap<string, number> {
  const partner = new Map<string, string>();
  for (const { a, b } of pairs) {
    if (a.peer !== b.peer) continue;
    partner.set(`${a.peer} ${a.pc}`, `${b.peer} ${b.pc}`);
    partner.set(`${b.peer} ${b.pc}`, `${a.peer} ${a.pc}`);
  }
  const ends = new Map<string, number>();
  for (const { peer, pc } of events) {
    const key = `${peer} ${pc}`;
    if (pc === undefined || ends.has(key)) continue;
    const other = partner.get(key);
    ends.set(key, other !== undefined && ends.get(other) === 0 ? 1 : 0);
  }
  return ends;
}

function peerOf({ id, name, engine, address }: DumpedPage, end: number): TracePeer {
  const suffix = end === 0 ? "" : `-${end + 1}`;
  return {
    id: `${id}${suffix}`,
    name: `${name}${end === 0 ? "" : ` (${end + 1})`}`,
    ...(engine !== undefined && { engine }),
    ...(address !== undefined && { page: address }),
  };
}
