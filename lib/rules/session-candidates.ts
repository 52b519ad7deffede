import type { Candidate } from "../ice/candidate.ts";
import { parseCandidate } from "../ice/parse-candidate.ts";
import type { CandidateInit } from "../trace/event.ts";
import type { Connection, Session } from "./session.ts";
import { isApplied } from "./session.ts";

/** The candidates that a connection gathered itself, each once; also those that only its own descriptions tell. */
export function ownCandidates(connection: Connection, session: Session): readonly Candidate[] {
  return remember(own, connection, () => [
    ...connection.gathered.map(({ candidate }) => candidate),
    ...inDescriptions(connection, "local", session),
  ]);
}

/** The candidates of the other side that a connection has, each once: accepted by `addIceCandidate`, or in what it applied. */
export function peerCandidates(connection: Connection, session: Session): readonly Candidate[] {
  return remember(theirs, connection, () => [
    ...connection.given.filter(({ isAccepted }) => isAccepted).map(({ init }) => init ?? null),
    ...inDescriptions(connection, "remote", session),
  ]);
}

/** The ufrag that a candidate names, in its fields or in its text. */
export function ufragOf(init: CandidateInit): string | undefined {
  if (typeof init.usernameFragment === "string" && init.usernameFragment !== "") {
    return init.usernameFragment;
  }
  const words = init.candidate.split(" ");
  const at = words.indexOf("ufrag");
  return at < 0 ? undefined : words[at + 1];
}

/** More candidates than this are not read: no agent pairs that many. */
const MOST = 500;

const own = new WeakMap<Connection, readonly Candidate[]>();
const theirs = new WeakMap<Connection, readonly Candidate[]>();

type Source = CandidateInit | Candidate | null;

function remember(
  cache: WeakMap<Connection, readonly Candidate[]>,
  connection: Connection,
  collect: () => readonly Source[],
): readonly Candidate[] {
  const known = cache.get(connection);
  if (known) return known;
  const seen = new Map<string, Candidate>();
  for (const source of collect()) {
    if (seen.size >= MOST) break;
    if (source === null) continue;
    const candidate = "foundation" in source ? source : parseCandidate(source.candidate).candidate;
    if (!candidate) continue;
    const { component, transport, address, port, type } = candidate;
    const key = `${component} ${transport} ${address} ${port} ${type}`;
    if (!seen.has(key)) seen.set(key, candidate);
  }
  const found = [...seen.values()];
  cache.set(connection, found);
  return found;
}

function inDescriptions(
  connection: Connection,
  side: "local" | "remote",
  session: Session,
): Candidate[] {
  return connection.applied
    .filter((each) => each.side === side && isApplied(each) && each.sdp?.includes("\na=candidate:"))
    .slice(-3)
    .flatMap(({ sdp }) => (sdp === undefined ? [] : session.read(sdp).description.media))
    .flatMap(({ candidates }) => candidates.map(({ candidate }) => candidate));
}
