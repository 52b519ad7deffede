import { parseAddress } from "./address.ts";
import type { Candidate } from "./candidate.ts";

/**
 * The base of a candidate: where its agent sends from. RFC 8445 §2. A host and a relayed candidate are their own base. A reflexive
 * one has the host candidate of the same component and transport whose address and port are its related ones; where a
 * browser hides those (0.0.0.0 or an mDNS name), the only host candidate it can be. The candidate itself when that is unknown.
 */
export function baseOf(candidate: Candidate, siblings: readonly Candidate[]): Candidate {
  if (candidate.type !== "srflx" && candidate.type !== "prflx") return candidate;
  const hosts = siblings.filter((other) => other.type === "host" && isSameFlow(other, candidate));
  const related = parseAddress(candidate.relatedAddress ?? "");
  const exact = hosts.find(
    (host) =>
      related !== undefined &&
      host.port === candidate.relatedPort &&
      parseAddress(host.address)?.canonical === related.canonical,
  );
  if (exact !== undefined) return exact;
  if (related !== undefined && related.scope !== "unspecified" && related.scope !== "mdns")
    return candidate;
  const network = networkId(candidate);
  const possible = hosts.filter(
    (host) => networkId(host) === network && sharesFamily(host, candidate),
  );
  return possible.length === 1 ? (possible[0] as Candidate) : candidate;
}

function isSameFlow(host: Candidate, reflexive: Candidate): boolean {
  return (
    host.component === reflexive.component &&
    host.transport.toLowerCase() === reflexive.transport.toLowerCase() &&
    host.tcpType === reflexive.tcpType
  );
}

/** A name may stand for an address of either family. */
function sharesFamily(host: Candidate, reflexive: Candidate): boolean {
  const family = parseAddress(host.address)?.family;
  return family === undefined || family === parseAddress(reflexive.address)?.family;
}

function networkId(candidate: Candidate): string | undefined {
  return candidate.extensions.find((extension) => extension.name === "network-id")?.value;
}
