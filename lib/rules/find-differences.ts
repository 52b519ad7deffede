import type { Message } from "../text.ts";
import { readable } from "../text.ts";
import { milestoneLabels } from "../trace/milestone-labels.ts";
import type { MilestoneName } from "../trace/milestones.ts";
import type { CallRow } from "../trace/tables.ts";
import type { ConnectionMatch, MatchableSession } from "./match-sessions.ts";
import type {
  ConnectionComparison,
  Difference,
  MilestoneComparison,
  MilestoneReading,
  RoundComparison,
} from "./session-comparison.ts";

/** One of the sessions that differences are looked for in. */
export interface SessionSide extends MatchableSession {
  readonly name: Message;
  readonly zero: number;
  readonly hasClock: boolean;
}

/** Everything in which two courses differ, in order of time. */
export function findDifferences(
  left: SessionSide,
  right: SessionSide,
  matches: readonly ConnectionMatch[],
  connections: readonly ConnectionComparison[],
  rounds: readonly RoundComparison[],
): Difference[] {
  const sides: Sides = { left, right };
  const refusals = { left: refusalsOf(left), right: refusalsOf(right) };
  const found = connections.flatMap((connection, index): Difference[] => {
    const match = matches[index];
    if (!connection.match || !match) return loneConnection(sides, connection, index);
    return [
      ...roles(sides, connection, index),
      ...missingMilestones(sides, connection, index),
      ...differentRefusals(
        sides,
        connection,
        index,
        refusals.left.get(keyOf(connection.left)),
        refusals.right.get(keyOf(connection.right)),
      ),
      ...missingCandidates(sides, connection, index),
      ...otherPair(sides, connection, index),
      ...delays(sides, connection, index),
    ];
  });
  found.push(...rounds.flatMap((round) => otherDescriptions(sides, round)));
  return found.sort((a, b) => a.at - b.at || Number(b.isDecisive) - Number(a.isDecisive));
}

interface Sides {
  readonly left: SessionSide;
  readonly right: SessionSide;
}

type Where = "left" | "right";

function loneConnection(
  sides: Sides,
  connection: ConnectionComparison,
  index: number,
): Difference[] {
  const where: Where = connection.left ? "left" : "right";
  const first = connection.milestones
    .map((row) => ({ reading: row[where] }))
    .find(({ reading }) => reading.state === "reached")?.reading;
  const [has, not] = [sides[where].name, sides[where === "left" ? "right" : "left"].name];
  const name = nameOf(connection);
  return [
    {
      kind: "connection",
      isDecisive: true,
      connection: index,
      at: timeOf(sides[where], first),
      ...(first?.state === "reached" && { [where]: first.seq }),
      message: readable({
        en: `The connection of ${name} is there in ${has.en} only, not in ${not.en}.`,
        ko: `${name}의 연결이 ${has.ko}에만 있고 ${not.ko}에는 없습니다.`,
      }),
    },
  ];
}

/** Who offers on one side and answers on the other reaches other milestones: one difference says it for all of them. */
function roles(sides: Sides, connection: ConnectionComparison, index: number): Difference[] {
  const [left, right] = [roleOf(connection, "left"), roleOf(connection, "right")];
  if (left === undefined || right === undefined || left.role === right.role) return [];
  const does = {
    offerer: { en: "makes the offer", ko: "offer를 만들고" },
    answerer: { en: "makes the offer", ko: "answer를 만듭니다" },
  };
  const offering = left.role === "offerer" ? sides.left.name : sides.right.name;
  const answering = left.role === "offerer" ? sides.right.name : sides.left.name;
  const name = nameOf(connection);
  return [
    {
      kind: "role",
      isDecisive: false,
      connection: index,
      at: Math.min(timeOf(sides.left, left.reading), timeOf(sides.right, right.reading)),
      left: left.reading.seq,
      right: right.reading.seq,
      message: {
        en: `${name} ${does.offerer.en} in ${offering.en}, and answers in ${answering.en}.`,
        ko: `${name}: ${offering.ko}에서는 ${does.offerer.ko} ${answering.ko}에서는 ${does.answerer.ko}.`,
      },
    },
  ];
}

const offererSteps: readonly MilestoneName[] = ["offer-created", "offer-sent", "answer-received"];
const answererSteps: readonly MilestoneName[] = ["offer-received", "answer-created", "answer-sent"];

function roleOf(
  { milestones }: ConnectionComparison,
  where: Where,
):
  | {
      readonly role: "offerer" | "answerer";
      readonly reading: MilestoneReading & { readonly state: "reached" };
    }
  | undefined {
  for (const row of milestones) {
    const reading = row[where];
    if (reading.state !== "reached") continue;
    if (offererSteps.includes(row.name)) return { role: "offerer", reading };
    if (answererSteps.includes(row.name)) return { role: "answerer", reading };
  }
  return undefined;
}

/** Not to reach these decides nothing by itself. */
const minor: ReadonlySet<MilestoneName> = new Set([
  "created",
  "first-signal",
  "offer-created",
  "answer-created",
  "gathering-complete",
  "disconnected",
  "closed",
]);

function missingMilestones(
  sides: Sides,
  connection: ConnectionComparison,
  index: number,
): Difference[] {
  const isSwapped = roleOf(connection, "left")?.role !== roleOf(connection, "right")?.role;
  const ofRole = new Set([...offererSteps, ...answererSteps]);
  return connection.milestones.flatMap((row): Difference[] => {
    const { name, left, right } = row;
    const where: Where = left.state === "reached" ? "left" : "right";
    const other = where === "left" ? right : left;
    const reading = row[where];
    if (reading.state !== "reached" || other.state !== "missing") return [];
    if (isSwapped && ofRole.has(name)) return [];
    const [has, not] = [sides[where], sides[where === "left" ? "right" : "left"]];
    const label = milestoneLabels[name];
    const moment = momentOf(reading);
    const who = nameOf(connection);
    return [
      {
        kind: "milestone",
        milestone: name,
        isDecisive: !minor.has(name),
        connection: index,
        at: timeOf(has, reading),
        [where]: reading.seq,
        message: {
          en: `${who} reaches “${label.en}” in ${has.name.en}${moment.en}, and never in ${not.name.en}.`,
          ko: `${who}: ‘${label.ko}’ 단계가 ${has.name.ko}에는${moment.ko} 있지만 ${not.name.ko}에는 없습니다.`,
        },
      },
    ];
  });
}

interface Refusal {
  readonly key: string;
  readonly call: CallRow;
  readonly error: NonNullable<CallRow["error"]>;
}

/** The refused calls of each connection, each method and error once. */
function refusalsOf({ timeline }: MatchableSession): Map<string, Refusal[]> {
  const found = new Map<string, Refusal[]>();
  const seen = new Set<string>();
  for (const call of timeline.calls) {
    const { error, method } = call;
    if (!error) continue;
    const place = keyOf(call);
    const key = `${method} ${error.name}`;
    if (seen.has(`${place} ${key}`)) continue;
    seen.add(`${place} ${key}`);
    const list = found.get(place);
    if (list) list.push({ key, call, error });
    else found.set(place, [{ key, call, error }]);
  }
  return found;
}

function differentRefusals(
  sides: Sides,
  connection: ConnectionComparison,
  index: number,
  left: readonly Refusal[] = [],
  right: readonly Refusal[] = [],
): Difference[] {
  const only = (
    where: Where,
    list: readonly Refusal[],
    others: readonly Refusal[],
  ): Difference[] => {
    const known = new Set(others.map(({ key }) => key));
    const [has, not] = [sides[where], sides[where === "left" ? "right" : "left"]];
    return list
      .filter(({ key }) => !known.has(key))
      .map(({ call, error }) => ({
        kind: "refusal",
        isDecisive: true,
        connection: index,
        at: (call.settle?.t ?? call.begin.t) - has.zero,
        [where]: call.begin.seq,
        message: refusalMessage(nameOf(connection), call.method, error, has.name, not.name),
      }));
  };
  return [...only("left", left, right), ...only("right", right, left)];
}

/** So much of an engine's words, or of a change, is repeated. */
const WORDS = 140;

function brief(text: string): string {
  return text.length > WORDS ? `${text.slice(0, WORDS)}…` : text;
}

function refusalMessage(
  who: string,
  method: string,
  error: Refusal["error"],
  has: Message,
  not: Message,
): Message {
  const words = brief(error.message);
  const said = words === "" ? "" : ` (${words})`;
  return readable({
    en: `${who}: ${method} is refused with ${error.name}${said} in ${has.en}, and not in ${not.en}.`,
    ko: `${who}: ${has.ko}에서는 ${method} 호출이 ${error.name}${said} 오류로 거부되었고 ${not.ko}에서는 거부되지 않았습니다.`,
  });
}

function missingCandidates(
  sides: Sides,
  connection: ConnectionComparison,
  index: number,
): Difference[] {
  const { candidates } = connection;
  return (["local", "remote"] as const).flatMap((side) => {
    const rows = candidates.filter((row) => row.side === side);
    const total = (where: Where, type?: string): number =>
      rows.reduce(
        (sum, row) => sum + (type === undefined || row.type === type ? row[where] : 0),
        0,
      );
    // Who had no candidate at all never reached the first one: a milestone says so.
    if (total("left") === 0 || total("right") === 0) return [];
    return [...new Set(rows.map(({ type }) => type))].flatMap((type): Difference[] => {
      const [left, right] = [total("left", type), total("right", type)];
      if ((left === 0) === (right === 0)) return [];
      const where: Where = left > 0 ? "left" : "right";
      const [has, not] = [sides[where], sides[where === "left" ? "right" : "left"]];
      const place = connection[where];
      const first = has.timeline.candidates.find(
        (row) =>
          row.side === side &&
          row.candidate?.type === type &&
          row.peer === place?.peer &&
          row.pc === place?.pc,
      );
      const who = nameOf(connection);
      const verb = { local: "gathers", remote: "is given" }[side];
      const korean = { local: "로컬", remote: "원격" }[side];
      return [
        {
          kind: "candidates",
          // A peer-reflexive candidate is a matter of which packet came first.
          isDecisive: type !== "prflx",
          connection: index,
          at: (first?.t ?? has.zero) - has.zero,
          ...(first && { [where]: first.seq }),
          message: {
            en: `${who} ${verb} ${type} candidates in ${has.name.en}, and none in ${not.name.en}.`,
            ko: `${who}: ${korean} ${type} candidate가 ${has.name.ko}에는 있지만 ${not.name.ko}에는 없습니다.`,
          },
        },
      ];
    });
  });
}

function otherPair(sides: Sides, connection: ConnectionComparison, index: number): Difference[] {
  const left = connection.left?.selectedPair;
  const right = connection.right?.selectedPair;
  if (!left || !right || left.label === right.label) return [];
  const isRelayed = (label: string): boolean => label.includes("relay");
  const who = nameOf(connection);
  const [one, other] = [sides.left.name, sides.right.name];
  return [
    {
      kind: "selected-pair",
      // Which of two direct ways won is mostly chance; that one goes through a relay is not.
      isDecisive: isRelayed(left.label) !== isRelayed(right.label),
      connection: index,
      at: Math.min(left.t - sides.left.zero, right.t - sides.right.zero),
      left: left.seq,
      right: right.seq,
      message: {
        en: `${who}: the selected pair is ${left.label} in ${one.en}, and ${right.label} in ${other.en}.`,
        ko: `${who}: 선택된 페어가 ${one.ko}에서는 ${left.label}, ${other.ko}에서는 ${right.label}입니다.`,
      },
    },
  ];
}

/** One session falls behind by at least this much between two milestones. Milliseconds. */
const LAG = 1000;

/** What goes on beside the rest, or ends when somebody wants it to, is no delay of what follows. */
const beside: ReadonlySet<MilestoneName> = new Set([
  "created",
  "first-signal",
  "first-local-candidate",
  "gathering-complete",
  "track",
  "disconnected",
  "failed",
  "closed",
]);

function delays(sides: Sides, connection: ConnectionComparison, index: number): Difference[] {
  const rows = connection.milestones.filter(
    (row): row is MilestoneComparison & { readonly differenceMs: number } =>
      row.differenceMs !== undefined && !beside.has(row.name),
  );
  let before = rows[0];
  return rows.flatMap((row): Difference[] => {
    const since = before;
    before = row;
    const lag = row.differenceMs - (since?.differenceMs ?? 0);
    if (!since || Math.abs(lag) < LAG || row.left.state !== "reached") return [];
    if (row.right.state !== "reached") return [];
    const [slow, fast] = lag > 0 ? [sides.right, sides.left] : [sides.left, sides.right];
    const seconds = (Math.abs(lag) / 1000).toFixed(1);
    const [from, to] = [milestoneLabels[since.name], milestoneLabels[row.name]];
    const who = nameOf(connection);
    return [
      {
        kind: "delay",
        milestone: row.name,
        isDecisive: false,
        connection: index,
        at: Math.min(timeOf(sides.left, row.left), timeOf(sides.right, row.right)),
        left: row.left.seq,
        right: row.right.seq,
        message: {
          en: `${who}: from “${from.en}” to “${to.en}” ${slow.name.en} takes ${seconds} s longer than ${fast.name.en}.`,
          ko: `${who}: ‘${from.ko}’부터 ‘${to.ko}’까지 ${slow.name.ko} 쪽이 ${fast.name.ko} 쪽보다 ${seconds}초 더 걸렸습니다.`,
        },
      },
    ];
  });
}

/** What a description says at its root: which sections there are, and which way they go. */
const basics: ReadonlySet<string> = new Set(["section", "sections", "direction"]);

function otherDescriptions(sides: Sides, round: RoundComparison): Difference[] {
  return (["offer", "answer"] as const).flatMap((type): Difference[] => {
    const changes = round[type];
    const first = changes.find(({ what }) => basics.has(what)) ?? changes[0];
    if (!first) return [];
    const left = stepOf(sides.left, round.left.number, type);
    const right = stepOf(sides.right, round.right.number, type);
    const count = changes.length;
    const points = count === 1 ? "1 point" : `${count} points`;
    const number = round.left.number;
    return [
      {
        kind: "description",
        isDecisive: changes.some(({ what }) => basics.has(what)),
        at: Math.min(
          (left?.t ?? Number.POSITIVE_INFINITY) - sides.left.zero,
          (right?.t ?? Number.POSITIVE_INFINITY) - sides.right.zero,
        ),
        ...(left && { left: left.seq }),
        ...(right && { right: right.seq }),
        message: {
          en: `The ${type}s of round ${number} differ in ${points}, first: ${brief(first.message.en)}`,
          ko: `${number}번째 라운드의 ${type}가 ${count}가지 다릅니다. 첫째: ${brief(first.message.ko)}`,
        },
      },
    ];
  });
}

function stepOf(
  { timeline }: MatchableSession,
  number: number,
  type: "offer" | "answer",
): { readonly seq: number; readonly t: number } | undefined {
  return timeline.rounds[number - 1]?.[type]?.steps[0];
}

function timeOf({ trace, zero }: SessionSide, reading: MilestoneReading | undefined): number {
  if (reading?.state !== "reached") return 0;
  if (reading.at !== undefined) return reading.at;
  // Without a clock the order of events is all there is.
  return (trace.events.find(({ seq }) => seq === reading.seq)?.t ?? zero) - zero;
}

function momentOf(reading: MilestoneReading): Message {
  if (reading.state !== "reached" || reading.at === undefined) return { en: "", ko: "" };
  const { at } = reading;
  const time = Math.abs(at) < 10_000 ? `${Math.round(at)} ms` : `${(at / 1000).toFixed(1)} s`;
  return { en: ` at ${time}`, ko: ` ${time}에` };
}

function nameOf({ left, right }: ConnectionComparison): string {
  if (!left || !right || left.name === right.name) return left?.name ?? right?.name ?? "";
  return `${left.name} / ${right.name}`;
}

function keyOf(place: { readonly peer?: string; readonly pc?: string } | undefined): string {
  return JSON.stringify([place?.peer ?? "", place?.pc]);
}
