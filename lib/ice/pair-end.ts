import type { Address } from "./address.ts";
import { parseAddress } from "./address.ts";
import type { Candidate } from "./candidate.ts";

/** One candidate with what pairing needs to know of it, worked out once. */
export interface PairEnd {
  readonly candidate: Candidate;
  /** Where its agent sends from. */
  readonly base: Candidate;
  readonly address: Address | undefined;
  readonly baseAddress: Address | undefined;
  /** In lower case. */
  readonly transport: string;
  /** Component and transport address as text, the same for every spelling. */
  readonly key: string;
  readonly baseKey: string;
}

/** Reads what pairing needs from a candidate and its base. */
export function pairEnd(candidate: Candidate, base: Candidate): PairEnd {
  const address = parseAddress(candidate.address);
  const baseAddress = base === candidate ? address : parseAddress(base.address);
  const key = keyOf(candidate, address);
  return {
    candidate,
    base,
    address,
    baseAddress,
    transport: candidate.transport.toLowerCase(),
    key,
    baseKey: base === candidate ? key : keyOf(base, baseAddress),
  };
}

function keyOf(candidate: Candidate, address: Address | undefined): string {
  const { component, transport, port, tcpType = "" } = candidate;
  const host = address?.canonical ?? candidate.address;
  return `${component} ${transport.toLowerCase()} ${host} ${port} ${tcpType}`;
}
