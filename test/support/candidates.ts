import type { Candidate } from "../../lib/ice/candidate.ts";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";

/** A candidate from its text after `candidate:`; throws when it cannot be read. */
export function candidateOf(text: string): Candidate {
  const { candidate, diagnostics } = parseCandidate(text);
  if (!candidate) throw new Error(`Not a candidate: ${text} (${diagnostics[0]?.message.en})`);
  return candidate;
}

/** `host 10.0.0.1:5000`, `srflx 9.9.9.9:6000 of 10.0.0.1:5000`, `relay 8.8.8.8:7000`; UDP, component 1, RFC 8445's priorities less `rank`. */
export function udp(description: string, rank = 0): Candidate {
  const [type = "", place = "", , base = "0.0.0.0:0"] = description.split(" ");
  const [address, port] = splitPlace(place);
  const preference = { host: 126, prflx: 110, srflx: 100, relay: 0 }[type] ?? 0;
  const priority = preference * 2 ** 24 + (65_535 - rank) * 256 + 255;
  const [related, relatedPort] = splitPlace(base);
  const rest = type === "host" ? "" : ` raddr ${related} rport ${relatedPort}`;
  return candidateOf(`${type}${rank} 1 udp ${priority} ${address} ${port} typ ${type}${rest}`);
}

function splitPlace(place: string): readonly [string, string] {
  const colon = place.lastIndexOf(":");
  return [place.slice(0, colon), place.slice(colon + 1)];
}
