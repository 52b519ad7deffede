import type { Diagnostic, Fix, Severity } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import type { MediaCandidate, MediaDescription } from "../sdp/description.ts";
import type { Line, SdpDocument } from "../sdp/document.ts";
import { sectionsOf } from "../sdp/sections.ts";
import { positionIn, spanOf } from "../sdp/span-of.ts";
import type { Steps } from "../steps.ts";
import type { Message, Span } from "../text.ts";
import { readable } from "../text.ts";
import type { Confidence, FindingTexts } from "./finding.ts";
import type { Reading } from "./reading.ts";
import type { Connection, Session } from "./session.ts";

/** What a rule judges: one description, an answer with its offer, two descriptions of one side, a set of candidates, or a recorded session. */
export type RuleSubject = keyof RuleContexts;

/**
 * One requirement of a specification that a text can break. `code` is permanent; `summary` says what is demanded
 * and stands in the table of rules. `check` only looks and reports: it never throws on content and keeps no state.
 */
export interface Rule<Subject extends RuleSubject = RuleSubject> {
  /** `family/kebab-name`. */
  readonly code: `${string}/${string}`;
  readonly subject: Subject;
  /** What a finding weighs unless it says otherwise. */
  readonly severity: Severity;
  readonly rfc: RfcRef;
  readonly summary: Message;
  /**
   * Codes whose findings explain those of this rule, the best explanation first: on the same connection or its other end
   * this rule then tells a consequence. For rules about sessions.
   */
  readonly explainedBy?: readonly string[];
  check(context: RuleContexts[Subject]): Checking<Subject>;
}

/** Declares a rule: what it is given, typed. One file of a family calls it once. */
export function defineRule<Subject extends RuleSubject>(rule: Rule<Subject>): Rule<Subject> {
  return rule;
}

/** A check is done when it comes back; one that looks at every event of a session may go in steps. */
export type Checking<Subject extends RuleSubject> = Subject extends "session"
  ? Steps<void> | void
  : // biome-ignore lint/suspicious/noConfusingVoidType: a check returns nothing, as a function without `return` does
    void;

/** What a rule of each subject is given. */
export interface RuleContexts {
  readonly description: DescriptionContext;
  readonly answer: AnswerContext;
  readonly reoffer: ReofferContext;
  readonly candidate: CandidateContext;
  readonly session: SessionContext;
}

/** One description. `type` is known only when the caller said it. */
export interface DescriptionContext extends Reading {
  readonly type?: "offer" | "answer" | undefined;
  readonly report: Report;
}

/** An answer and the offer it answers. Findings point into the answer, `related` with `in: "offer"` into the offer. */
export interface AnswerContext {
  readonly offer: Reading;
  readonly answer: Reading;
  /** The sections that stand at the same place in both. */
  readonly pairs: readonly SectionPair[];
  readonly report: Report;
}

/** A section of an answer with the offered one at the same m-line index. */
export interface SectionPair {
  readonly offer: MediaDescription;
  readonly answer: MediaDescription;
}

/** A description and the one the same side sent before it. Findings point into `next`. */
export interface ReofferContext {
  readonly previous: Reading;
  readonly next: Reading;
  readonly pairs: readonly {
    readonly previous: MediaDescription;
    readonly next: MediaDescription;
  }[];
  readonly report: Report;
}

/** The candidates of one media section, or of a text that holds nothing but candidates. */
export interface CandidateContext {
  readonly document: SdpDocument;
  readonly candidates: readonly MediaCandidate[];
  /** The section they stand in, when they stand in a description. */
  readonly media?: MediaDescription | undefined;
  readonly report: Report;
}

/** A recorded session, with all its connections. */
export interface SessionContext {
  readonly session: Session;
  /** Tells a finding about one connection, or about the session as a whole. */
  readonly report: (connection: Connection | undefined, finding: SessionFinding) => void;
  /** Tells that and why the rule cannot judge a connection, or the whole session. */
  readonly skip: (connection: Connection | undefined, reason: Message) => void;
}

/** What a rule says of a session. */
export interface SessionFinding {
  /** The `seq` of every event that shows it; at least one. */
  readonly events: readonly number[];
  /** When it showed first; the time of the first of `events` unless told otherwise. */
  readonly t?: number;
  readonly message: Message;
  readonly advice: Message;
  /** `certain` unless told otherwise. */
  readonly confidence?: Confidence;
  /** Where this case weighs more or less than the rule does. */
  readonly severity?: Severity;
  /** Where this case rests on another section than the rule does. */
  readonly rfc?: RfcRef;
  /** A place in a description, where the finding has one. */
  readonly place?: Pick<Diagnostic, "span" | "position" | "related" | "fix"> & {
    readonly texts: FindingTexts;
  };
}

/** Tells a finding: where (nothing for the whole text), and in words with values. */
export type Report = (at: Place | undefined, message: Message, details?: FindingDetails) => void;

/** A line, or a part of one. */
export type Place = Line | LinePart;

/** From `start` to `end` (exclusive) in a line's `source`, in UTF-16 code units. */
export interface LinePart {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
}

/** What a finding may say beyond its place and sentence. */
export interface FindingDetails {
  /** Where this case weighs more or less than the rule does. */
  readonly severity?: Severity;
  /** Where this case rests on another section than the rule does. */
  readonly rfc?: RfcRef;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix | undefined;
}

/** Another place that a finding speaks of; `in` names the other text when it stands there. */
export interface RelatedPlace {
  readonly at: Place;
  readonly message: Message;
  readonly in?: "offer" | "previous";
}

/** Receives the findings of one rule after the other over one text. */
export interface Reporter {
  /** The rule whose findings come now. */
  rule: Pick<Rule, "code" | "severity" | "rfc">;
  readonly report: Report;
}

/** A reporter that appends to `found`. `others` gives the document for each `in` of a related place. */
export function createReporter(
  first: Reporter["rule"],
  document: SdpDocument,
  found: Diagnostic[],
  others: { readonly offer?: SdpDocument; readonly previous?: SdpDocument } = {},
): Reporter {
  const reporter: Reporter = {
    rule: first,
    report(at, message, details = {}) {
      const { rule } = reporter;
      const related = details.related?.map((place) => {
        const where = place.in === undefined ? document : (others[place.in] ?? document);
        const named = place.in === undefined ? {} : { text: place.in };
        return {
          message: readable(place.message),
          ...named,
          ...placed(where, place.at, found.length),
        };
      });
      found.push({
        code: rule.code,
        severity: details.severity ?? rule.severity,
        message: readable(message),
        ...(at && placed(document, at, found.length)),
        rfc: details.rfc ?? rule.rfc,
        ...(related && { related }),
        ...(details.fix && { fix: details.fix }),
      });
    },
  };
  return reporter;
}

/** The report function of one rule alone. */
export function createReport(
  rule: Reporter["rule"],
  document: SdpDocument,
  found: Diagnostic[],
): Report {
  return createReporter(rule, document, found).report;
}

/** The part of a line that holds a text, searched from an offset; the whole line when it is not there. */
export function partOf(line: Line, text: string, from = 0): Place {
  const start = line.source.indexOf(text, from);
  return start < 0 || text === "" ? line : { line, start, end: start + text.length };
}

/** The span of a place in its document's text. */
export function placeSpan(document: SdpDocument, place: Place): Span {
  if (!("line" in place)) return spanOf(document, place);
  const { start } = spanOf(document, place.line);
  return { start: start + place.start, end: start + place.end };
}

/** So many places are looked for line by line; for more, the place of every line is counted once and kept. */
const FEW = 4;

function placed(
  document: SdpDocument,
  place: Place,
  count: number,
): Pick<Diagnostic, "span" | "position"> {
  if (count >= FEW) {
    const span = placeSpan(document, place);
    return { span, position: positionIn(document, span.start) };
  }
  const line = "line" in place ? place.line : place;
  const from = "line" in place ? place.start : 0;
  const to = "line" in place ? place.end : line.source.length;
  let number = 0;
  let start = 0;
  for (const section of sectionsOf(document)) {
    for (const each of section.lines) {
      number++;
      if (each === line)
        return {
          span: { start: start + from, end: start + to },
          position: { line: number, column: from + 1 },
        };
      start += each.source.length + each.eol.length;
    }
  }
  return { span: placeSpan(document, place) };
}
