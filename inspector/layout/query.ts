import type { TraceEvent } from "../../lib/index.ts";

/** A search: one of the alternatives has to fit, and in it every term. */
export type Query = readonly (readonly Term[])[];

type Term = TextTerm | NumberTerm;

interface TextTerm {
  /** `peer`, `kind` …; absent for a plain word. */
  readonly field?: string;
  readonly text: string;
  readonly isNegated: boolean;
}

interface NumberTerm {
  readonly measure: Measure;
  readonly sign: Sign;
  /** In milliseconds, bytes, or events. */
  readonly than: number;
  readonly isNegated: boolean;
}

/** What can be compared: when, how long a call took, how long a message was on its way, its size, and the event's number. */
export type Measure = "time" | "duration" | "delay" | "size" | "seq";

/** A measure of an event; `undefined` where it has none, then no comparison fits. */
export type MeasureOf = (event: TraceEvent, measure: Measure) => number | undefined;

type Sign = ">" | ">=" | "<" | "<=" | "=";

/** Why a search cannot be understood: what its field wants. */
export interface QueryProblem {
  readonly problem: "time" | "size" | "number" | "word";
  /** The field, as it was written. */
  readonly field: string;
}

const fields = new Set(["peer", "pc", "kind", "method", "machine", "type", "state", "side", "seq"]);
const timeUnits: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["min", 60_000],
]);
const sizeUnits: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["b", 1],
  ["k", 1000],
  ["kb", 1000],
]);
const measures: Readonly<
  Record<
    Measure,
    { readonly units: ReadonlyMap<string, number>; readonly problem: QueryProblem["problem"] }
  >
> = {
  time: { units: timeUnits, problem: "time" },
  duration: { units: timeUnits, problem: "time" },
  delay: { units: timeUnits, problem: "time" },
  size: { units: sizeUnits, problem: "size" },
  seq: { units: new Map([["", 1]]), problem: "number" },
};

/**
 * Reads a search: words, `field:value` and `measure>value` terms, each may be negated with `-`; `or` or `|` between
 * alternatives, which binds less than a space. Upper and lower case are the same.
 *
 *     peer:bob kind:candidate -type:relay 203.0.113
 *     kind:call duration>200ms or kind:signal delay>=1s
 */
export function parseQuery(text: string): Query | QueryProblem {
  const alternatives: Term[][] = [];
  let current: Term[] = [];
  for (const word of text.toLowerCase().replaceAll("|", " | ").split(/\s+/)) {
    if (word === "or" || word === "|") {
      alternatives.push(current);
      current = [];
    } else if (word !== "" && word !== "-") {
      const term = parseTerm(word);
      if ("problem" in term) return term;
      current.push(term);
    }
  }
  alternatives.push(current);
  // While somebody writes, nothing stands behind the last `or` yet.
  return alternatives.filter(({ length }) => length > 0);
}

function parseTerm(word: string): Term | QueryProblem {
  const isNegated = word.startsWith("-");
  const term = isNegated ? word.slice(1) : word;
  const at = term.search(/[:<>=]/);
  const field = term.slice(0, Math.max(0, at));
  const sign = /^(?:[<>]=?|=|:)/.exec(term.slice(field.length))?.[0] ?? "";
  const value = term.slice(field.length + sign.length);
  if (isMeasure(field) && !(field === "seq" && sign === ":")) {
    const { units, problem } = measures[field];
    const [, digits, unit = ""] = /^(\d{1,15}(?:\.\d{1,9})?)([a-z]*)$/.exec(value) ?? [];
    const factor = units.get(unit);
    if (digits === undefined || factor === undefined) return { problem, field };
    const compared = sign === ":" ? "=" : (sign as Sign);
    return { measure: field, sign: compared, than: Number(digits) * factor, isNegated };
  }
  if (!fields.has(field)) return { text: term, isNegated };
  return sign === ":" ? { field, text: value, isNegated } : { problem: "word", field };
}

function isMeasure(field: string): field is Measure {
  return Object.hasOwn(measures, field);
}

/** Whether an event fits a search. */
export function matchesQuery(event: TraceEvent, query: Query, measureOf: MeasureOf): boolean {
  let whole: string | undefined;
  const fits = (term: Term): boolean => {
    if ("measure" in term) {
      const value = measureOf(event, term.measure);
      return (value !== undefined && compare(value, term.sign, term.than)) !== term.isNegated;
    }
    const { field, text, isNegated } = term;
    if (field === undefined) whole ??= JSON.stringify(event).toLowerCase();
    const value = field === undefined ? whole : fieldOf(event, field);
    return (value?.includes(text) ?? false) !== isNegated;
  };
  return query.length === 0 || query.some((terms) => terms.every(fits));
}

function compare(value: number, sign: Sign, than: number): boolean {
  switch (sign) {
    case ">":
      return value > than;
    case ">=":
      return value >= than;
    case "<":
      return value < than;
    case "<=":
      return value <= than;
    case "=":
      return value === than;
    default:
      return sign satisfies never;
  }
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
