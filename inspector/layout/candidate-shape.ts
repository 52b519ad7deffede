import type { CandidateRow, Mark } from "../../lib/index.ts";

const known = ["host", "srflx", "prflx", "relay"] as const;

/** The shape of a candidate type; one that no RFC names is `unknown`. */
export function shapeOfType(type: string | undefined): Mark["shape"] {
  return known.find((name) => name === type) ?? "unknown";
}

/** The shape of a table's row: its type, a gathering error, or the end of candidates. */
export function shapeOfRow(row: CandidateRow): Mark["shape"] {
  if (row.gatheringError) return "error";
  return row.init === null ? "end" : shapeOfType(row.candidate?.type);
}
