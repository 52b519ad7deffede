import type { Candidate } from "./candidate.ts";
import { demandCandidate } from "./demand-candidate.ts";
import { parseCandidate } from "./parse-candidate.ts";

/**
 * The text of a candidate. RFC 8839 §5.1.
 *
 * A candidate that was read prints exactly as it stood (`printCandidate(parseCandidate(x).candidate)` is `x`);
 * one that was made or changed prints as an attribute value with the prefix it was read with, else `candidate:`.
 * A `tcpType` or `usernameFragment` that has no entry in `extensions` is added; one that differs replaces the entry.
 * Throws `TypeError` for what is no candidate.
 */
export function printCandidate(candidate: Candidate): string {
  demandCandidate(candidate, "printCandidate");
  const fields = printFields(candidate);
  const { source } = candidate;
  if (source === undefined) return `candidate:${fields}`;
  const read = parseCandidate(source).candidate;
  if (read !== undefined && printFields(read) === fields) return source;
  return prefixOf(source) + fields;
}

function printFields(candidate: Candidate): string {
  const { foundation, component, transport, priority, address, port, type } = candidate;
  let text = `${foundation} ${component} ${transport} ${priority} ${address} ${port} typ ${type}`;
  if (candidate.relatedAddress !== undefined) text += ` raddr ${candidate.relatedAddress}`;
  if (candidate.relatedPort !== undefined) text += ` rport ${candidate.relatedPort}`;
  text += missingExtension(candidate, "tcptype", candidate.tcpType);
  for (const { name, value } of candidate.extensions) {
    const current = ownField(candidate, name) ?? value;
    text += current === "" ? ` ${name}` : ` ${name} ${current}`;
  }
  return text + missingExtension(candidate, "ufrag", candidate.usernameFragment);
}

function ownField(candidate: Candidate, name: string): string | undefined {
  if (name === "tcptype") return candidate.tcpType;
  if (name === "ufrag") return candidate.usernameFragment;
  return undefined;
}

function missingExtension(candidate: Candidate, name: string, value: string | undefined): string {
  if (value === undefined) return "";
  return candidate.extensions.some((extension) => extension.name === name)
    ? ""
    : ` ${name} ${value}`;
}

function prefixOf(source: string): string {
  if (source.startsWith("a=candidate:")) return "a=candidate:";
  return source.startsWith("candidate:") ? "candidate:" : "";
}
