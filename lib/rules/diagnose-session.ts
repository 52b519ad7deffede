import type { Severity } from "../diagnostic.ts";
import type { Steps } from "../steps.ts";
import { finish } from "../steps.ts";
import { readable } from "../text.ts";
import type { Trace } from "../trace/trace.ts";
import type { Confidence, Diagnosis, Finding, NotEvaluated } from "./finding.ts";
import type { Rule, SessionContext } from "./rule.ts";
import { sessionRules } from "./session/catalog.ts";
import type { Connection, Session } from "./session.ts";
import { sessionSteps } from "./session.ts";
import { judgeTexts } from "./session-texts.ts";

/** What a diagnosis may be told. */
export interface DiagnoseOptions {
  /** Codes that are left out, of findings and of what was not evaluated. */
  readonly ignore?: readonly string[] | undefined;
}

/**
 * Judges a recorded session: the order of its calls, what was applied and refused, candidates, ICE, DTLS and channels,
 * and every description and offer/answer round in it. Each finding has the events that show it, and says how sure it is,
 * why, and how to mend it. A rule that lacks what it needs is listed as not evaluated, with the reason.
 *
 * A call that came up has no findings but what went wrong all the same. Never throws on content; takes time
 * proportional to the trace, so that a live session can be judged again and again.
 */
export function diagnoseSession(trace: Trace, options: DiagnoseOptions = {}): Diagnosis {
  return finish(diagnosisSteps(trace, options));
}

/**
 * `diagnoseSession`, in steps: for who has to answer others while a long session is judged. The trace's events must not
 * change in between; a copy of the list is enough.
 */
export function* diagnosisSteps(trace: Trace, options: DiagnoseOptions = {}): Steps<Diagnosis> {
  const session = yield* sessionSteps(trace);
  yield* readTexts(session);
  const found: Finding[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const rule of sessionRules) {
    yield;
    const steps = rule.check(contextOf(rule, session, found, notEvaluated));
    if (steps) yield* steps;
  }
  const texts = yield* judgeTexts(session);
  found.push(...texts.findings);
  notEvaluated.push(...texts.notEvaluated);
  const isWanted = ({ code }: { readonly code: string }): boolean =>
    !options.ignore?.includes(code);
  return {
    findings: withConsequences(found.filter(isWanted), session).sort(byWeight),
    notEvaluated: once(notEvaluated.filter(isWanted)),
  };
}

/** Reads every description that was made or applied: rules look into them one after the other. */
function* readTexts(session: Session): Steps<void> {
  for (const { made, applied } of session.connections) {
    for (const { sdp } of [...made, ...applied]) {
      if (sdp === undefined) continue;
      session.read(sdp);
      yield;
    }
  }
}

function contextOf(
  rule: Rule<"session">,
  session: Session,
  found: Finding[],
  notEvaluated: NotEvaluated[],
): SessionContext {
  return {
    session,
    report(connection, finding) {
      const { events, message, advice, place } = finding;
      found.push({
        code: rule.code,
        severity: finding.severity ?? rule.severity,
        confidence: finding.confidence ?? "certain",
        message: readable(message),
        advice: readable(advice),
        rfc: finding.rfc ?? rule.rfc,
        events,
        t: finding.t ?? timeOf(session, events[0]),
        ...placeOf(connection),
        ...place,
      });
    },
    skip(connection, reason) {
      notEvaluated.push({ code: rule.code, reason: readable(reason), ...placeOf(connection) });
    },
  };
}

function placeOf(connection: Connection | undefined): Pick<Finding, "peer" | "pc"> {
  if (!connection) return {};
  const { peer, pc } = connection;
  return { peer, ...(pc !== undefined && { pc }) };
}

/** The time of an event; events are numbered in their order, mostly without gaps. */
function timeOf(session: Session, seq: number | undefined): number {
  const { events } = session.trace;
  const likely = seq === undefined ? undefined : events[seq - (events[0]?.seq ?? 1)];
  if (likely?.seq === seq && likely) return likely.t;
  return events.find((event) => event.seq === seq)?.t ?? 0;
}

/** Marks each finding that another one explains. */
function withConsequences(found: readonly Finding[], session: Session): Finding[] {
  const reasons = new Map(
    sessionRules.map(({ code, explainedBy }) => [code as string, explainedBy]),
  );
  const codesAt = new Map<string, Set<string>>();
  for (const { code, peer, pc } of found) {
    const key = JSON.stringify([peer, pc]);
    const codes = codesAt.get(key);
    if (codes) codes.add(code);
    else codesAt.set(key, new Set([code]));
  }
  const others = new Map(
    session.connections.map((each) => {
      const other = session.otherEnd(each);
      return [
        JSON.stringify([each.peer, each.pc]),
        other && JSON.stringify([other.peer, other.pc]),
      ];
    }),
  );
  return found.map((finding) => {
    const key = JSON.stringify([finding.peer, finding.pc]);
    const near = codesAt.get(key);
    const far = codesAt.get(others.get(key) ?? "");
    const cause = reasons.get(finding.code)?.find((code) => near?.has(code) || far?.has(code));
    return cause === undefined ? finding : { consequenceOf: cause, ...finding };
  });
}

const severities: readonly Severity[] = ["error", "warning", "info"];
const confidences: readonly Confidence[] = ["certain", "likely", "possible"];

function byWeight(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    Number(a.consequenceOf !== undefined) - Number(b.consequenceOf !== undefined) ||
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
    a.t - b.t
  );
}

function once(list: readonly NotEvaluated[]): NotEvaluated[] {
  const seen = new Set<string>();
  return list.filter((each) => {
    const key = JSON.stringify([each.code, each.reason.en, each.peer, each.pc]);
    return !seen.has(key) && seen.add(key);
  });
}
