import type { ConnectionPair, ConnectionPlace } from "../../lib/index.ts";
import { pairConnections } from "../../lib/index.ts";
import type { Lookups, Sheet } from "./sheet.ts";

/** The connection at the other end of one; `undefined` where it was not recorded. */
export function otherEnd(
  { trace, lookups }: Sheet,
  peer: string,
  pc: string | undefined,
): ConnectionPlace | undefined {
  const pairs = known.get(lookups) ?? pairConnections(trace.events);
  known.set(lookups, pairs);
  const isHere = (one: ConnectionPlace): boolean =>
    one.peer === peer && (pc === undefined || one.pc === pc);
  const pair = pairs.find(({ a, b }) => isHere(a) || isHere(b));
  return pair && (isHere(pair.a) ? pair.b : pair.a);
}

/** What only grows by statistics keeps its lookups, and its ends. */
const known = new WeakMap<Lookups, readonly ConnectionPair[]>();
