import type { Message } from "../text.ts";
import { readable } from "../text.ts";
import type { LaneGroup } from "../trace/lanes.ts";
import type { ConnectionMilestones, Milestone, MilestoneName } from "../trace/milestones.ts";
import { milestoneNames, milestones } from "../trace/milestones.ts";
import { timeline } from "../trace/timeline.ts";
import type { Trace } from "../trace/trace.ts";
import { compareRounds } from "./compare-rounds.ts";
import { diagnoseSession } from "./diagnose-session.ts";
import type { SessionSide } from "./find-differences.ts";
import { findDifferences } from "./find-differences.ts";
import type { Finding } from "./finding.ts";
import type { ConnectionMatch } from "./match-sessions.ts";
import { matchSessions } from "./match-sessions.ts";
import type {
  CandidateComparison,
  ComparedConnection,
  ConnectionComparison,
  Difference,
  FindingComparison,
  MilestoneComparison,
  MilestoneReading,
  SessionComparison,
  SessionOutcome,
} from "./session-comparison.ts";

/** What a comparison may be told. */
export interface CompareOptions {
  /** The milestone at which both clocks are set to 0; the first one of each session unless given, and where one of them never reached it. */
  readonly alignAt?: MilestoneName | undefined;
  /** What the sessions are called in sentences; the left and the right session unless given. */
  readonly names?: readonly [left: string, right: string] | undefined;
}

/**
 * Compares two recorded sessions: the milestones of their connections side by side, their candidates, selected pairs,
 * descriptions (by meaning) and findings; and tells where their courses part.
 *
 * Peers are matched by their names, else by who offers, else by their order; connections by the peer that they lead to, else by
 * their order. Each match says how, and how sure it is. What a recording cannot know is no difference. Never throws on
 * content; takes time in proportion to both traces.
 *
 * Throws `RangeError` for an `alignAt` that is no milestone.
 */
export function compareSessions(
  left: Trace,
  right: Trace,
  options: CompareOptions = {},
): SessionComparison {
  const { alignAt, names } = options;
  if (alignAt !== undefined && !milestoneNames.includes(alignAt)) {
    throw new RangeError(
      `alignAt is one of ${milestoneNames.join(", ")}; got ${JSON.stringify(alignAt)}.`,
    );
  }
  const one = read(left, names?.[0] === undefined ? leftName : { en: names[0], ko: names[0] });
  const other = read(right, names?.[1] === undefined ? rightName : { en: names[1], ko: names[1] });
  const alignments = milestoneNames.filter(
    (name) => firstOf(one, name) !== undefined && firstOf(other, name) !== undefined,
  );
  const alignedAt = alignAt !== undefined && alignments.includes(alignAt) ? alignAt : "start";
  const sides = { left: aligned(one, alignedAt), right: aligned(other, alignedAt) };
  const { peers, connections: matches } = matchSessions(one, other);
  const connections = matches.map((match) => compareConnection(sides, match));
  const { rounds, leftOut } = compareRounds(one, other, matches);
  const findings = compareFindings(sides, matches);
  const differences = findDifferences(sides.left, sides.right, matches, connections, rounds);
  const outcomes = {
    left: worst(connections.map(({ left }) => left)),
    right: worst(connections.map(({ right }) => right)),
  };
  const parting = partingOf(differences, outcomes);
  const cause = causeOf(outcomes, findings);
  const sessionOf = (where: "left" | "right"): SessionComparison["left"] => {
    const { trace, name, zero } = sides[where];
    const { id, startedAt, clock } = trace.header;
    return { id, name, startedAt, clock, zero, outcome: outcomes[where] };
  };
  return {
    left: sessionOf("left"),
    right: sessionOf("right"),
    alignedAt,
    alignments,
    peers,
    connections,
    rounds,
    roundsLeftOut: leftOut,
    findings,
    differences,
    ...(parting && { parting }),
    ...(cause && { cause }),
    summary: summaryOf(sides, outcomes, parting),
  };
}

const leftName: Message = { en: "the left session", ko: "왼쪽 세션" };
const rightName: Message = { en: "the right session", ko: "오른쪽 세션" };

type Sides = Readonly<Record<"left" | "right", SessionSide>>;

function read(trace: Trace, name: Message): SessionSide {
  const line = timeline(trace);
  const { clock } = trace.header;
  const hasClock = clock !== "none";
  return { trace, name, timeline: line, courses: milestones(trace, line), zero: 0, hasClock };
}

/** The first time that any connection reached a milestone. */
function firstOf({ courses }: SessionSide, name: MilestoneName): number | undefined {
  let first: number | undefined;
  for (const { reached } of courses) {
    const t = reached.find((one) => one.name === name)?.t;
    if (t !== undefined && (first === undefined || t < first)) first = t;
  }
  return first;
}

function aligned(side: SessionSide, at: MilestoneName | "start"): SessionSide {
  if (at !== "start") return { ...side, zero: firstOf(side, at) ?? 0 };
  let zero = Number.POSITIVE_INFINITY;
  for (const { reached } of side.courses) zero = Math.min(zero, reached[0]?.t ?? zero);
  return { ...side, zero: zero === Number.POSITIVE_INFINITY ? side.timeline.start : zero };
}

function compareConnection(
  sides: Sides,
  { left, right, match }: ConnectionMatch,
): ConnectionComparison {
  const one = sides.left.courses[left ?? -1];
  const other = sides.right.courses[right ?? -1];
  const connection = {
    ...(one && { left: describeConnection(sides.left, one) }),
    ...(other && { right: describeConnection(sides.right, other) }),
  };
  return {
    ...connection,
    ...(match && { match }),
    milestones: compareMilestones(sides, one, other),
    candidates: compareCandidates(sides, connection.left, connection.right),
  };
}

function compareMilestones(
  sides: Sides,
  left: ConnectionMilestones | undefined,
  right: ConnectionMilestones | undefined,
): MilestoneComparison[] {
  const rows: { readonly row: MilestoneComparison; readonly at: number }[] = [];
  for (const name of milestoneNames) {
    const one = left?.reached.find((each) => each.name === name);
    const other = right?.reached.find((each) => each.name === name);
    if (!one && !other) continue;
    const readings = {
      left: reading(sides.left, left, name, one),
      right: reading(sides.right, right, name, other),
    };
    const isTimed = one && other && sides.left.hasClock && sides.right.hasClock;
    const from = one ? one.t - sides.left.zero : Number.POSITIVE_INFINITY;
    const to = other ? other.t - sides.right.zero : Number.POSITIVE_INFINITY;
    rows.push({
      row: { name, ...readings, ...(isTimed && { differenceMs: round(to - from) }) },
      at: Math.min(from, to),
    });
  }
  return rows.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

function reading(
  { zero, hasClock }: SessionSide,
  course: ConnectionMilestones | undefined,
  name: MilestoneName,
  reached: Milestone | undefined,
): MilestoneReading {
  if (!reached) return { state: course?.unknown.includes(name) ? "unknown" : "missing" };
  return {
    state: "reached",
    seq: reached.seq,
    ...(hasClock && { at: round(reached.t - zero) }),
  };
}

/** Microseconds are as fine as a recording gets. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function describeConnection(side: SessionSide, course: ConnectionMilestones): ComparedConnection {
  const { peer, pc, name } = course;
  const group = side.timeline.lanes.find((each) => each.peer === peer && each.pc === pc);
  const isOneOfSeveral = side.courses.some((each) => each.peer === peer && each.pc !== pc);
  const selected = group?.lanes.find(({ kind }) => kind === "pair")?.slices.at(-1);
  return {
    peer,
    ...(pc !== undefined && { pc }),
    name: isOneOfSeveral && pc !== undefined ? `${name} (${pc})` : name,
    outcome: outcomeOf(course, group),
    ...(selected && {
      selectedPair: { label: selected.label, seq: selected.seq, t: selected.start },
    }),
  };
}

function outcomeOf(
  { reached, unknown }: ConnectionMilestones,
  group: LaneGroup | undefined,
): SessionOutcome {
  const has = (name: MilestoneName): boolean => reached.some((one) => one.name === name);
  // Where the engine has no state for the whole connection, ICE alone tells.
  const isUp = has("connected") || (unknown.includes("connected") && has("ice-connected"));
  if (!has("failed")) return isUp ? "connected" : "unconnected";
  if (!isUp) return "failed";
  const hasFailed = group?.lanes.some(
    ({ kind, slices }) =>
      (kind === "connection" || kind === "ice") &&
      slices.findLast(({ label }) => label !== "closed")?.label === "failed",
  );
  return hasFailed ? "lost" : "connected";
}

/** From best to worst. */
const outcomes: readonly SessionOutcome[] = ["connected", "lost", "unconnected", "failed", "empty"];

function worst(connections: readonly (ComparedConnection | undefined)[]): SessionOutcome {
  let found = -1;
  for (const each of connections) {
    if (each) found = Math.max(found, outcomes.indexOf(each.outcome));
  }
  return outcomes[found] ?? "empty";
}

function compareCandidates(
  sides: Sides,
  left: ComparedConnection | undefined,
  right: ComparedConnection | undefined,
): CandidateComparison[] {
  const rows = new Map<
    string,
    { -readonly [F in keyof CandidateComparison]: CandidateComparison[F] }
  >();
  const count = (where: "left" | "right", place: ComparedConnection | undefined): void => {
    if (!place) return;
    for (const row of sides[where].timeline.candidates) {
      const { candidate, side, refusal } = row;
      if (!candidate || refusal || row.peer !== place.peer || row.pc !== place.pc) continue;
      const { type } = candidate;
      const transport = candidate.transport.toLowerCase();
      const key = `${side} ${type} ${transport}`;
      const known = rows.get(key) ?? { side, type, transport, left: 0, right: 0 };
      known[where]++;
      rows.set(key, known);
    }
  };
  count("left", left);
  count("right", right);
  return [...rows.values()].sort(
    (a, b) =>
      a.side.localeCompare(b.side) ||
      types.indexOf(a.type) - types.indexOf(b.type) ||
      b.transport.localeCompare(a.transport),
  );
}

const types: readonly string[] = ["host", "srflx", "prflx", "relay"];

function compareFindings(sides: Sides, matches: readonly ConnectionMatch[]): FindingComparison {
  const keys = { left: new Map<string, number>(), right: new Map<string, number>() };
  for (const [index, { left, right, match }] of matches.entries()) {
    const [one, other] = [sides.left.courses[left ?? -1], sides.right.courses[right ?? -1]];
    if (match && one) keys.left.set(JSON.stringify([one.peer, one.pc]), index);
    if (match && other) keys.right.set(JSON.stringify([other.peer, other.pc]), index);
  }
  const keyOf = (where: "left" | "right", { code, peer, pc }: Finding): string => {
    if (peer === undefined && pc === undefined) return code;
    const index = keys[where].get(JSON.stringify([peer, pc]));
    return index === undefined ? JSON.stringify([code, where, peer, pc]) : `${code} ${index}`;
  };
  const rights = new Map<string, Finding[]>();
  const onRight = diagnoseSession(sides.right.trace).findings;
  for (const finding of onRight) {
    const key = keyOf("right", finding);
    rights.set(key, [...(rights.get(key) ?? []), finding]);
  }
  const matched = new Set<Finding>();
  const both: { readonly left: Finding; readonly right: Finding }[] = [];
  const onlyLeft = diagnoseSession(sides.left.trace).findings.filter((left) => {
    const right = rights.get(keyOf("left", left))?.shift();
    if (!right) return true;
    matched.add(right);
    both.push({ left, right });
    return false;
  });
  return { onlyLeft, onlyRight: onRight.filter((finding) => !matched.has(finding)), both };
}

/**
 * The first difference that can decide; where there is none the first delay, else whatever differs first. When one session
 * came up and the other did not, what they were to carry is no reason: other descriptions and tracks come last.
 */
function partingOf(
  differences: readonly Difference[],
  { left, right }: Outcomes,
): Difference | undefined {
  const isContent = ({ kind, milestone }: Difference): boolean =>
    kind === "description" || milestone === "track" || milestone === "first-media";
  const decisive = differences.filter(({ isDecisive }) => isDecisive);
  return (
    (left === right ? decisive[0] : decisive.find((each) => !isContent(each))) ??
    decisive[0] ??
    differences.find(({ kind }) => kind === "delay") ??
    differences[0]
  );
}

type Outcomes = Readonly<Record<"left" | "right", SessionOutcome>>;

function causeOf(
  { left, right }: Outcomes,
  findings: FindingComparison,
): SessionComparison["cause"] {
  const difference = outcomes.indexOf(right) - outcomes.indexOf(left);
  if (difference === 0) return undefined;
  const side = difference > 0 ? "right" : "left";
  const only = side === "right" ? findings.onlyRight : findings.onlyLeft;
  const finding = only.find(({ severity }) => severity !== "info");
  return finding && { side, finding };
}

const outcomeWords: Readonly<Record<SessionOutcome, Message>> = {
  connected: { en: "connected", ko: "연결되었습니다" },
  lost: { en: "connected and broke off later", ko: "연결되었다가 나중에 끊겼습니다" },
  unconnected: { en: "never connected", ko: "연결되지 않았습니다" },
  failed: { en: "failed", ko: "실패했습니다" },
  empty: { en: "had no connection", ko: "연결이 없습니다" },
};

function summaryOf(sides: Sides, ended: Outcomes, parting: Difference | undefined): Message {
  const [left, right] = [sides.left.name, sides.right.name];
  const [one, other] = [outcomeWords[ended.left], outcomeWords[ended.right]];
  const how: Message =
    ended.left === ended.right
      ? {
          en: `${capital(left.en)} and ${right.en} both ${one.en}.`,
          ko: `${left.ko}과(와) ${right.ko}의 결과는 같습니다. 둘 다 ${one.ko}.`,
        }
      : {
          en: `${capital(left.en)} ${one.en}; ${right.en} ${other.en}.`,
          ko: `${left.ko}: ${one.ko}. ${right.ko}: ${other.ko}.`,
        };
  const where: Message = parting
    ? {
        en: `${parting.isDecisive ? "They part here" : "Nothing decisive differs; the first difference"}: ${parting.message.en}`,
        ko: `${parting.isDecisive ? "갈라진 곳" : "결정적인 차이는 없으며 첫 차이"}: ${parting.message.ko}`,
      }
    : { en: "They took the same course.", ko: "같은 과정을 거쳤습니다." };
  return readable({ en: `${how.en} ${where.en}`, ko: `${how.ko} ${where.ko}` });
}

/** Our own words begin a sentence with a capital; a file's name stays as it is. */
function capital(name: string): string {
  return name === leftName.en ? `T${name.slice(1)}` : name;
}
