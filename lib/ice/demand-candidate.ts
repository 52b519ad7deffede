import type { Candidate } from "./candidate.ts";

/** Throws `TypeError` for what is no candidate, naming the function that wanted one and what it was given. */
export function demandCandidate(value: Candidate, wantedBy: string): void {
  const given: unknown = value;
  const missing = isObject(given) ? fields.find(([name, type]) => typeof given[name] !== type) : [];
  if (missing === undefined && isObject(given) && Array.isArray(given["extensions"])) return;
  throw new TypeError(
    `${wantedBy} takes a candidate as parseCandidate(…).candidate holds it, not ${describe(given, missing?.[0])}.`,
  );
}

const fields = [
  ["foundation", "string"],
  ["component", "number"],
  ["transport", "string"],
  ["priority", "number"],
  ["address", "string"],
  ["port", "number"],
  ["type", "string"],
] as const;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function describe(value: unknown, missing: string | undefined): string {
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 60))}`;
  if (!isObject(value)) return String(value);
  if (Array.isArray(value)) return "a list";
  // Where a result or an init was handed over, its candidate was meant.
  const inner = value["candidate"];
  if (isObject(inner)) return "the whole result: hand over its candidate";
  if (typeof inner === "string") return "an RTCIceCandidateInit: read it with parseCandidate";
  return `an object without ${missing ?? "extensions"}`;
}
