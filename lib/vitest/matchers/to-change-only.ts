import type { Line, Sdp, SdpDocument, Section } from "../../sdp/document.ts";
import { attributeName } from "../../sdp/line.ts";
import { documentOf } from "../../sdp/parse.ts";
import { midOf } from "../../sdp/section-at.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsSdp, receivedSdp } from "../received-sdp.ts";

/** What a transform may change. */
export interface AllowedChange {
  /** Names of attributes whose lines may change, come and go, such as `["fmtp"]`. */
  readonly attributes?: readonly string[];
  /** Letters of other lines that may, such as `["b", "m"]`. */
  readonly lines?: readonly string[];
  /** The only section, or sections: a mid, an m-line index, −1 for the session part. Every one unless given. */
  readonly at?: string | number | readonly (string | number)[];
}

/**
 * `expect(transform).toChangeOnly(sdp, { attributes: ["fmtp"], at: "1" })`: the transform changes something in the SDP,
 * and nothing but what is named. The transform takes the text and gives a text, a document, or a promise of one;
 * with a promise the expectation has to be awaited.
 */
export function toChangeOnly(
  this: MatcherState,
  received: unknown,
  sdp: Sdp | { readonly sdp: string },
  allowed: AllowedChange,
): MatcherResult | Promise<MatcherResult> {
  if (typeof received !== "function") {
    return misuse(
      this,
      `toChangeOnly takes a function that changes an SDP text; it was given ${typeof received}.`,
    );
  }
  const source = receivedSdp(sdp);
  if (source === undefined) return misuse(this, needsSdp("toChangeOnly's SDP", sdp));
  const given: unknown = received(source.toString());
  const judge = (value: unknown): MatcherResult => judgeChange(this, source, value, allowed);
  return given instanceof Promise ? given.then(judge) : judge(given);
}

function judgeChange(
  state: MatcherState,
  source: Sdp,
  given: unknown,
  allowed: AllowedChange,
): MatcherResult {
  const result = receivedSdp(given);
  if (result === undefined) {
    return misuse(
      state,
      "The transform gave no SDP: it has to return the changed text, a document, or { sdp }.",
    );
  }
  const changes = compare(documentOf(source), documentOf(result));
  const surplus = changes.filter((change) => !isAllowed(change, allowed));
  return {
    pass: changes.length > 0 && surplus.length === 0,
    message: () => sentence(changes, surplus, JSON.stringify(allowed)),
  };
}

function sentence(
  changes: readonly LineChange[],
  surplus: readonly LineChange[],
  allowed: string,
): string {
  if (changes.length === 0) {
    return "Expected the transform to change something, but it changed nothing.";
  }
  return surplus.length === 0
    ? `Expected the transform to change more than ${allowed}, but it changed only:\n\n${printed(changes)}`
    : `Expected the transform to change only ${allowed}, but it also changed:\n\n${printed(surplus)}`;
}

/** A line that is only on one side; a changed line is one of each. */
interface LineChange {
  readonly sign: "-" | "+";
  readonly line: Line;
  /** 1-based, in the text of its side. */
  readonly number: number;
  readonly section: Section;
}

function isAllowed(
  { line, section }: LineChange,
  { attributes, lines, at }: AllowedChange,
): boolean {
  const name = attributeName(line);
  const isNamed =
    name === undefined ? lines?.includes(line.type) === true : attributes?.includes(name) === true;
  if (!isNamed || at === undefined) return isNamed;
  const places = typeof at === "object" ? at : [at];
  return places.includes(section.index) || places.includes(midOf(section) ?? section.index);
}

function printed(changes: readonly LineChange[]): string {
  return changes
    .map(({ sign, line, number }) => `  ${sign} ${String(number).padStart(4)}  ${line.source}`)
    .join("\n");
}

/** Section by section: a section that comes or goes counts with all its lines. */
function compare(before: SdpDocument, after: SdpDocument): readonly LineChange[] {
  const old = numbered(before);
  const young = numbered(after);
  const changes: LineChange[] = [];
  for (let index = 0; index < Math.max(old.length, young.length); index++) {
    changes.push(...compareLines(old[index] ?? [], young[index] ?? []));
  }
  return changes;
}

type NumberedLine = Omit<LineChange, "sign">;

function numbered(document: SdpDocument): readonly (readonly NumberedLine[])[] {
  let number = 0;
  return [document.session, ...document.media].map((section) =>
    section.lines.map((line) => ({ line, section, number: ++number })),
  );
}

/** The lines outside a longest common subsequence, in the order of the texts. A changed line end is a changed line. */
function compareLines(
  before: readonly NumberedLine[],
  after: readonly NumberedLine[],
): readonly LineChange[] {
  const lengths = commonLengths(before, after);
  const changes: LineChange[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const young = after[j];
    if (old && young && isSame(old, young)) {
      i++;
      j++;
    } else if (old && (!young || lengthAt(lengths, i + 1, j) >= lengthAt(lengths, i, j + 1))) {
      changes.push({ ...old, sign: "-" });
      i++;
    } else if (young) {
      changes.push({ ...young, sign: "+" });
      j++;
    }
  }
  return changes;
}

function commonLengths(
  before: readonly NumberedLine[],
  after: readonly NumberedLine[],
): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i];
      const old = before[i];
      const young = after[j];
      if (!row || !old || !young) continue;
      row[j] = isSame(old, young)
        ? lengthAt(lengths, i + 1, j + 1) + 1
        : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1));
    }
  }
  return lengths;
}

function lengthAt(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

function isSame(a: NumberedLine, b: NumberedLine): boolean {
  return a.line.source === b.line.source && a.line.eol === b.line.eol;
}
