import type { TraceEvent } from "../../lib/index.ts";

/** A search: every term has to fit. */
export type Query = readonly Term[];

interface Term {
  /** `peer`, `kind` …; absent for a plain word. */
  readonly field?: string;
  readonly text: string;
  readonly isNegated: boolean;
}

const fields = new Set(["peer", "pc", "kind", "method", "machine", "type", "state", "side", "seq"]);

/**
 * Reads a search: words and `field:value` terms, each may be negated with `-`. Upper and lower case are the same.
 *
 *     peer:bob kind:candidate -type:relay 203.0.113
 */
export function parseQuery(text: string): Query {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "-")
    .map((word) => {
      const isNegated = word.startsWith("-");
      const term = isNegated ? word.slice(1) : word;
      const colon = term.indexOf(":");
      const field = term.slice(0, Math.max(0, colon));
      return fields.has(field)
        ? { field, text: term.slice(colon + 1), isNegated }
        : { text: term, isNegated };
    });
}

/** Whether an event fits every term of a search. */
export function matchesQuery(event: TraceEvent, query: Query): boolean {
  let whole: string | undefined;
  return query.every(({ field, text, isNegated }) => {
    if (field === undefined) whole ??= JSON.stringify(event).toLowerCase();
    const value = field === undefined ? whole : fieldOf(event, field);
    return (value?.includes(text) ?? false) !== isNegated;
  });
}

function fieldOf(event: TraceEvent, field: string): string | undefined {
  // Not copied: a search asks this of a million events.
  const record = event as unknown as Readonly<Record<string, unknown>>;
  const value = field === "state" ? record["to"] : record[field];
  if (field === "type" && value === undefined && event.kind === "candidate") {
    return event.candidate?.candidate.toLowerCase();
  }
  return value === undefined ? undefined : String(value).toLowerCase();
}
