import type { Diagnostic } from "../diagnostic.ts";
import type { SdpDocument } from "../sdp/document.ts";
import type { Steps } from "../steps.ts";
import type { Message } from "../text.ts";
import { readable } from "../text.ts";
import { roundTable } from "../trace/tables.ts";
import { candidateRules } from "./candidate/catalog.ts";
import { answerRules, descriptionRules, reofferRules } from "./catalog.ts";
import { checkAnswer } from "./check-answer.ts";
import { checkReoffer } from "./check-reoffer.ts";
import type { Finding, FindingTexts, NotEvaluated } from "./finding.ts";
import { lint } from "./lint.ts";
import { missing } from "./missing-knowledge.ts";
import type { AppliedDescription, Connection, Session } from "./session.ts";
import { connectedEvent } from "./session.ts";

/** What the rules about descriptions find in those of a session. */
export interface TextJudgement {
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * Judges each description of a session once, each answer with its offer, and each description with the one its side sent
 * before, in steps. What the engines made of it weighs: what a description lacks that every engine took, in a connection that came
 * up, is no finding of the session; what no engine took is.
 */
export function* judgeTexts(session: Session): Steps<TextJudgement> {
  const texts = yield* collectTexts(session);
  const budget = new Budget();
  const causes = new Causes();
  for (const text of texts.values()) {
    // What was made or received and not applied yet will be judged when it is.
    if (text.uses.length === 0 && session.hasCalls) continue;
    if (!budget.takes(text.sdp)) continue;
    yield;
    const { document } = session.read(text.sdp);
    for (const each of lintOnce(document, text.type))
      causes.add(each, "description", fateOf(text.uses, session), text, { judged: text.first });
  }
  for (const { offer, answer, fate, owner } of yield* answersOf(session, texts)) {
    if (!budget.takes(offer.sdp, answer.sdp)) continue;
    yield;
    const found = answersOnce(session.read(offer.sdp).document, session.read(answer.sdp).document);
    const places = { judged: answer.seq, offer: offer.seq };
    const at = { ...answer, events: [offer.seq, ...answer.events], owner };
    for (const each of found) causes.add(each, "answer", fate, at, places);
  }
  const notKnown = session.limits.has("refused-among-applied") || session.limits.has("no-results");
  for (const { previous, next, fate, owner } of notKnown ? [] : yield* successions(session)) {
    if (!budget.takes(previous.sdp, next.sdp)) continue;
    yield;
    const found = reoffersOnce(
      session.read(previous.sdp).document,
      session.read(next.sdp).document,
    );
    const places = { judged: next.seq, previous: previous.seq };
    const at = { t: next.t, events: [previous.seq, next.seq], owner };
    for (const each of found) causes.add(each, "reoffer", fate, at, places);
  }
  const notEvaluated = budget.notEvaluated();
  if (notKnown) notEvaluated.push({ code: "session/later-descriptions", reason: missing.results });
  return { findings: causes.findings(), notEvaluated };
}

/** The findings about one description, kept with its document. */
function lintOnce(document: SdpDocument, type: "offer" | "answer"): readonly Diagnostic[] {
  let byType = linted.get(document);
  if (!byType) {
    byType = new Map();
    linted.set(document, byType);
  }
  let found = byType.get(type);
  if (!found) {
    found = lint(document, { type });
    byType.set(type, found);
  }
  return found;
}

const linted = new WeakMap<SdpDocument, Map<"offer" | "answer", readonly Diagnostic[]>>();

type PairCheck = (first: SdpDocument, second: SdpDocument) => readonly Diagnostic[];

/** The same check, its findings kept with the two documents. */
function keeping(check: PairCheck): PairCheck {
  const kept = new WeakMap<SdpDocument, WeakMap<SdpDocument, readonly Diagnostic[]>>();
  return (first, second) => {
    let bySecond = kept.get(first);
    if (!bySecond) {
      bySecond = new WeakMap();
      kept.set(first, bySecond);
    }
    let found = bySecond.get(second);
    if (!found) {
      found = check(first, second);
      bySecond.set(second, found);
    }
    return found;
  };
}

const answersOnce: PairCheck = keeping((offer, answer) => checkAnswer(offer, answer));
const reoffersOnce: PairCheck = keeping((previous, next) => checkReoffer(previous, next));

/** What became of a description: its engine refused it, took it, took it and the connection came up, or nobody knows. */
type Fate = "refused" | "taken" | "worked" | "unknown";

/** A description, wherever in the session it appears. */
interface SessionText {
  readonly type: "offer" | "answer";
  readonly sdp: string;
  /** The event that has the text first, and its time. */
  readonly first: number;
  readonly t: number;
  readonly events: number[];
  /** The connection that made it, else that which was given it. */
  owner?: Connection | undefined;
  readonly uses: Use[];
}

/** One call that applied a description. */
interface Use {
  readonly applied: AppliedDescription;
  readonly connection: Connection;
}

function* collectTexts(session: Session): Steps<Map<string, SessionText>> {
  const texts = new Map<string, SessionText>();
  const note = (type: string, sdp: string, seq: number, t: number): SessionText => {
    const kind = type === "offer" ? "offer" : "answer";
    const key = `${kind} ${sdp}`;
    const known = texts.get(key);
    if (known) {
      known.events.push(seq);
      return known;
    }
    const text: SessionText = { type: kind, sdp, first: seq, t, events: [seq], uses: [] };
    texts.set(key, text);
    return text;
  };
  for (const connection of session.connections) {
    for (const { type, sdp, seq, t } of connection.made) {
      yield;
      note(type, sdp, seq, t).owner ??= connection;
    }
    for (const applied of connection.applied) {
      yield;
      const { type, sdp, seq, t, side } = applied;
      if (sdp === undefined || type === "rollback") continue;
      const text = note(type, sdp, seq, t);
      text.uses.push({ applied, connection });
      if (side === "local") text.owner ??= connection;
    }
  }
  for (const { sent, received, payload } of session.deliveries) {
    if (payload.kind !== "description" || payload.description.type === "rollback") continue;
    yield;
    const { type, sdp } = payload.description;
    // What was cut for its size says nothing of what was sent.
    for (const event of [sent, received])
      if (event && event.cut === undefined) note(type, sdp, event.seq, event.t);
  }
  for (const text of texts.values()) text.owner ??= text.uses[0]?.connection;
  return texts;
}

/** A refusal for the state that the engine was in says nothing of the text. */
function isRefusal({ error, stateBefore, side, type }: AppliedDescription): boolean {
  if (error === undefined) return false;
  const other = side === "local" ? "remote" : "local";
  const fits =
    type === "offer"
      ? stateBefore === "stable" || stateBefore === `have-${side}-offer`
      : stateBefore === `have-${other}-offer` || stateBefore === `have-${side}-pranswer`;
  return fits;
}

function fateOf(uses: readonly Use[], session: Session): Fate {
  if (uses.some(({ applied }) => isRefusal(applied))) return "refused";
  const open = uses.filter(({ applied }) => !applied.error);
  // A call that has not ended yet mostly succeeds; where no call ever ends, nobody knows.
  const knows = !session.limits.has("no-results") || uses.some(({ applied }) => applied.settledAt);
  if (open.length === 0 || !knows) return "unknown";
  return open.every(({ connection }) => connectedEvent(connection)) ? "worked" : "taken";
}

/** A description at one of its events. */
interface TextAt {
  readonly sdp: string;
  readonly seq: number;
  readonly t: number;
  readonly events: readonly number[];
}

interface AnswerPair {
  readonly offer: TextAt;
  readonly answer: TextAt;
  readonly fate: Fate;
  readonly owner?: Connection | undefined;
}

/** Every offer with each answer to it: as the connections applied them, else as the messages carried them. */
function* answersOf(
  session: Session,
  texts: ReadonlyMap<string, SessionText>,
): Steps<AnswerPair[]> {
  const pairs = new Map<string, AnswerPair>();
  for (const connection of session.connections) {
    for (const { offer, answer, refused } of connection.rounds) {
      yield;
      for (const each of answer ? [...refused, answer] : refused) {
        if (offer.sdp === undefined || each.sdp === undefined) continue;
        const key = JSON.stringify([offer.sdp, each.sdp]);
        // The offerer's engine is the one that judges an answer.
        const isOfferer = offer.side === "local";
        if (pairs.has(key) && !isOfferer) continue;
        const owner = texts.get(`answer ${each.sdp}`)?.owner;
        pairs.set(key, {
          offer: { sdp: offer.sdp, seq: offer.seq, t: offer.t, events: [offer.seq] },
          answer: { sdp: each.sdp, seq: each.seq, t: each.t, events: [each.seq] },
          fate: fateOf([{ applied: each, connection }], session),
          owner: owner ?? connection,
        });
      }
    }
  }
  if (pairs.size > 0 || session.hasCalls) return [...pairs.values()];
  return roundTable(session.trace, []).flatMap(({ offer, answer }): AnswerPair[] => {
    const [asked] = offer.steps;
    const answered = answer?.steps[0];
    if (!asked || !answered) return [];
    const at = ({ seq, t, description }: typeof asked): TextAt => {
      return { sdp: description.sdp, seq, t, events: [seq] };
    };
    return [{ offer: at(asked), answer: at(answered), fate: "unknown" }];
  });
}

interface Succession {
  readonly previous: TextAt;
  readonly next: TextAt;
  readonly fate: Fate;
  readonly owner?: Connection | undefined;
}

/** Each description with the one that the same side had before it. Offers that were taken back or never answered count for nothing. */
function* successions(session: Session): Steps<Succession[]> {
  const found = new Map<string, Succession>();
  for (const connection of session.connections) {
    const last: Partial<Record<AppliedDescription["side"], TextAt>> = {};
    const judge = (applied: AppliedDescription): TextAt | undefined => {
      const { sdp, seq, t, side } = applied;
      if (sdp === undefined) return undefined;
      const next = { sdp, seq, t, events: [seq] };
      const previous = last[side];
      if (!previous || previous.sdp === sdp) return next;
      const key = JSON.stringify([previous.sdp, sdp]);
      const fate = fateOf([{ applied, connection }], session);
      const owner = side === "local" ? connection : (session.otherEnd(connection) ?? connection);
      // The engine that is given the description judges it; its maker takes what it made.
      if (!found.has(key) || side === "remote") found.set(key, { previous, next, fate, owner });
      return next;
    };
    for (const { offer, answer, refused, isRolledBack } of connection.rounds) {
      yield;
      if (isRolledBack) continue;
      const offered = judge(offer);
      for (const each of refused) judge(each);
      const answered = answer && judge(answer);
      if (!answer) continue;
      if (offered) last[offer.side] = offered;
      if (answered) last[answer.side] = answered;
    }
  }
  return [...found.values()];
}

/** Puts findings together that have one cause, and weighs them by what became of the text. */
class Causes {
  readonly #found = new Map<string, Cause>();

  add(
    diagnostic: Diagnostic,
    subject: Subject,
    fate: Fate,
    at: {
      readonly t: number;
      readonly events: readonly number[];
      readonly owner?: Connection | undefined;
    },
    texts: FindingTexts,
  ): void {
    const weight = weightOf(diagnostic, subject, fate);
    if (!weight) return;
    const { peer, pc } = at.owner ?? {};
    const place = { ...(peer !== undefined && { peer }), ...(pc !== undefined && { pc }) };
    // The same fault in many places of one description is one cause, and so is the same fault in each round.
    const key = JSON.stringify([diagnostic.code, weight.severity, peer, pc]);
    const known = this.#found.get(key);
    if (!known) {
      const sentences = new Set([diagnostic.message.en]);
      const events = new Set(at.events);
      this.#found.set(key, {
        diagnostic,
        weight,
        t: at.t,
        place,
        texts,
        events,
        sentences,
        more: [],
      });
      return;
    }
    for (const seq of at.events) known.events.add(seq);
    if (known.sentences.has(diagnostic.message.en)) return;
    known.sentences.add(diagnostic.message.en);
    const isSameText = known.texts.judged === texts.judged;
    if (known.more.length < MOST_PLACES)
      known.more.push(isSameText ? diagnostic : { message: diagnostic.message });
  }

  findings(): Finding[] {
    const broken = new Set(
      [...this.#found.values()]
        .filter(({ diagnostic }) => structure.includes(diagnostic.code))
        .map(({ diagnostic, texts }) => `${diagnostic.code} ${texts.judged}`),
    );
    return [...this.#found.values()].map(
      ({ diagnostic, weight, t, place, texts, events, sentences, more }) => {
        const advice = diagnostic.fix?.title ?? demands.get(diagnostic.code);
        const related = [
          ...(diagnostic.related ?? []),
          ...more.map(({ message, span, position }) => ({
            message,
            ...(span && { span }),
            ...(position && { position }),
          })),
        ];
        const cause = structure.find((code) => broken.has(`${code} ${texts.judged}`));
        const isConsequence =
          cause !== undefined &&
          !structure.includes(diagnostic.code) &&
          familyOf(cause) === familyOf(diagnostic.code);
        return {
          ...diagnostic,
          ...weight,
          message: readable(withCount(diagnostic.message, sentences.size - 1)),
          ...(related.length > 0 && { related }),
          ...(advice && { advice }),
          events: [...events].sort((a, b) => a - b),
          t,
          ...place,
          texts,
          ...(isConsequence && { consequenceOf: cause }),
        };
      },
    );
  }
}

type Subject = "description" | "answer" | "reoffer";

interface Cause {
  readonly diagnostic: Diagnostic;
  readonly weight: Pick<Finding, "severity" | "confidence">;
  readonly t: number;
  readonly place: Pick<Finding, "peer" | "pc">;
  readonly texts: FindingTexts;
  readonly events: Set<number>;
  readonly sentences: Set<string>;
  readonly more: Pick<Diagnostic, "message" | "span" | "position">[];
}

/** So many places of one cause are told. */
const MOST_PLACES = 50;

/** Where sections do not stand where they should, everything in them is compared with the wrong one. */
const structure: readonly string[] = [
  "answer/m-line-count",
  "answer/media-kind",
  "reoffer/m-line-count",
  "reoffer/section-order",
];

function familyOf(code: string): string {
  return code.slice(0, code.indexOf("/"));
}

function withCount(message: Message, more: number): Message {
  if (more === 0) return message;
  return {
    en: `${message.en} The same is wrong in ${more} more place${more === 1 ? "" : "s"}.`,
    ko: `${message.ko} 같은 문제가 ${more}곳 더 있습니다.`,
  };
}

/** What every rule demands, by its code: what to do where no edit mends it. */
const demands: ReadonlyMap<string, Message> = new Map(
  [...descriptionRules, ...answerRules, ...reofferRules, ...candidateRules].map(
    ({ code, summary }) => [code, summary],
  ),
);

/**
 * What a fault weighs after all that happened. What engines let pass in a call that came up is left to `lint`, but for
 * what breaks media without a word: there an error stays as a warning.
 */
function weightOf(
  { severity }: Diagnostic,
  subject: Subject,
  fate: Fate,
): Pick<Finding, "severity" | "confidence"> | undefined {
  if (severity === "info") return undefined;
  switch (fate) {
    case "refused":
      return { severity, confidence: "certain" };
    case "unknown":
      return { severity, confidence: "likely" };
    case "taken":
      if (severity !== "error") return undefined;
      return subject === "description"
        ? { severity: "warning", confidence: "possible" }
        : { severity: "error", confidence: "possible" };
    case "worked":
      return severity === "error" ? { severity: "warning", confidence: "possible" } : undefined;
    default:
      return fate satisfies never;
  }
}

/** So much text is judged; a trace with more would keep a page waiting. In characters. */
const MAX_LENGTH = 2_000_000;

/** Counts what is judged, and says what was left out. */
class Budget {
  #spent = 0;
  #left = 0;

  takes(...texts: readonly string[]): boolean {
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (this.#spent + length > MAX_LENGTH) {
      this.#left++;
      return false;
    }
    this.#spent += length;
    return true;
  }

  notEvaluated(): NotEvaluated[] {
    if (this.#left === 0) return [];
    const reason: Message = {
      en: `The session has very much SDP: ${this.#left} of its descriptions, answers and later descriptions were not judged. Judge them one by one with lint and check.`,
      ko: `세션의 SDP가 매우 많아 description, answer, 이후의 description 중 ${this.#left}개는 검사하지 않았습니다. lint와 check로 하나씩 검사하십시오.`,
    };
    return [{ code: "session/descriptions", reason }];
  }
}
