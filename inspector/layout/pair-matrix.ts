import type { Candidate, CandidateRow, Message, PairEvent } from "../../lib/index.ts";
import { formPairs, pairPriority } from "../../lib/index.ts";

/** One cell of the matrix: a local candidate with a remote one. */
export interface PairCell {
  readonly local: Candidate;
  readonly remote: Candidate;
  /**
   * The last state that was recorded of it, else what becomes of it: `formed` (on the check list), `pruned`, `discarded`
   * (over the limit) or `impossible`.
   */
  readonly state: string;
  readonly isRecorded: boolean;
  readonly isNominated: boolean;
  readonly isSelected: boolean;
  /** 64 bits; absent for an impossible pair. RFC 8445 §6.1.2.3. */
  readonly priority?: bigint;
  /** Why it is not on the list, or why it will hardly work. */
  readonly reasons: readonly Message[];
  /** Every recorded state with its time, in order. */
  readonly history: readonly PairEvent[];
}

/** The candidates of both sides and what becomes of every pair of them. */
export interface PairMatrix {
  readonly locals: readonly Candidate[];
  readonly remotes: readonly Candidate[];
  /** `cells[local][remote]`; `undefined` for pairs of different components. */
  readonly cells: readonly (readonly (PairCell | undefined)[])[];
  /** The same by worth: selected and nominated first, then by priority, the impossible last. */
  readonly list: readonly PairCell[];
  /** Recorded pairs with a candidate that nobody announced, such as a peer-reflexive one. */
  readonly others: readonly PairEvent[];
}

const prunedWords: Message = {
  en: "Left out: a pair of higher priority sends the same packets from the same base (RFC 8445 §6.1.2.4).",
  ko: "제외했습니다. 우선순위가 더 높은 쌍이 같은 base에서 같은 패킷을 보냅니다(RFC 8445 §6.1.2.4).",
};
const discardedWords: Message = {
  en: "Left out: the check list is limited, and this pair has too low a priority (RFC 8445 §6.1.2.5).",
  ko: "제외했습니다. check list에는 한도가 있고 이 쌍은 우선순위가 낮습니다(RFC 8445 §6.1.2.5).",
};

/**
 * Forms all pairs of the announced candidates as RFC 8445 §6.1.2 has it, and lays over them what was recorded.
 * Candidates that were announced more than once count once.
 */
export function pairMatrix(
  localRows: readonly CandidateRow[],
  remoteRows: readonly CandidateRow[],
  events: readonly PairEvent[],
  isControlling: boolean,
): PairMatrix {
  const locals = distinct(localRows);
  const remotes = distinct(remoteRows);
  const formed = formPairs(locals, remotes, isControlling ? "controlling" : "controlled");
  const told = new Map<string, Pick<PairCell, "state" | "priority" | "reasons">>();
  const put = (
    local: Candidate,
    remote: Candidate,
    fact: Pick<PairCell, "state" | "priority" | "reasons">,
  ) => told.set(keyOf(local, remote), fact);
  for (const { local, remote, priority, unlikely } of formed.pairs)
    put(local, remote, { state: "formed", priority, reasons: unlikely.map((one) => one.message) });
  for (const { pair } of formed.pruned)
    put(pair.local, pair.remote, {
      state: "pruned",
      priority: pair.priority,
      reasons: [prunedWords],
    });
  for (const { local, remote, priority } of formed.discarded)
    put(local, remote, { state: "discarded", priority, reasons: [discardedWords] });
  for (const { local, remote, reason } of formed.impossible)
    put(local, remote, { state: "impossible", reasons: [reason.message] });

  const selected = selections(events, localRows);
  const recorded = new Map<string, PairEvent[]>();
  for (const event of events) {
    const key = `${wordsOf(event.local)} ${wordsOf(event.remote)}`;
    const list = recorded.get(key);
    if (list) list.push(event);
    else recorded.set(key, [event]);
  }
  const cells = locals.map((local) =>
    remotes.map((remote): PairCell | undefined => {
      if (local.component !== remote.component) return undefined;
      const key = keyOf(local, remote);
      const history = recorded.get(key) ?? [];
      recorded.delete(key);
      const last = history.at(-1);
      const fact = told.get(key) ?? { state: "impossible", reasons: [] };
      const [g, d] = isControlling
        ? [local.priority, remote.priority]
        : [remote.priority, local.priority];
      return {
        local,
        remote,
        ...fact,
        ...(last && { priority: fact.priority ?? pairPriority(g, d) }),
        state: last?.state ?? fact.state,
        isRecorded: last !== undefined,
        isNominated: history.some(({ nominated }) => nominated === true),
        isSelected: history.some((event) => selected.has(event)),
        history,
      };
    }),
  );
  const list = cells
    .flat()
    .filter((cell) => cell !== undefined)
    .sort((a, b) => weight(b) - weight(a) || byPriority(b, a));
  return { locals, remotes, cells, list, others: [...recorded.values()].map((all) => last(all)) };
}

/**
 * The events that say which pairs are selected at the end. A browser tells of a new selection, and not that the one before it ended:
 * of each transport, known by the section and component of its local candidates, the last one counts.
 */
function selections(
  events: readonly PairEvent[],
  localRows: readonly CandidateRow[],
): ReadonlySet<PairEvent> {
  const sections = new Map<string, string>();
  for (const { candidate, init } of localRows) {
    if (candidate) sections.set(nameOf(candidate), `${init?.sdpMid ?? init?.sdpMLineIndex ?? ""}`);
  }
  const latest = new Map<string, PairEvent>();
  for (const event of events) {
    if (event.selected === undefined) continue;
    const name = wordsOf(event.local);
    const transport = `${name.slice(0, name.indexOf("|"))} ${sections.get(name) ?? ""}`;
    const before = latest.get(transport);
    if (event.selected) latest.set(transport, event);
    else if (
      before &&
      wordsOf(before.local) === name &&
      wordsOf(before.remote) === wordsOf(event.remote)
    )
      latest.delete(transport);
  }
  return new Set(latest.values());
}

function last(events: readonly PairEvent[]): PairEvent {
  return events.at(-1) as PairEvent;
}

function weight({ isSelected, isNominated, isRecorded, state }: PairCell): number {
  if (isSelected) return 4;
  if (isNominated) return 3;
  if (isRecorded) return 2;
  return state === "formed" ? 1 : state === "impossible" ? -1 : 0;
}

function byPriority(a: PairCell, b: PairCell): number {
  const [left, right] = [a.priority ?? -1n, b.priority ?? -1n];
  return left < right ? -1 : left > right ? 1 : 0;
}

function distinct(rows: readonly CandidateRow[]): readonly Candidate[] {
  const known = new Map<string, Candidate>();
  for (const { candidate } of rows) {
    if (candidate && !known.has(nameOf(candidate))) known.set(nameOf(candidate), candidate);
  }
  return [...known.values()];
}

function keyOf(local: Candidate, remote: Candidate): string {
  return `${nameOf(local)} ${nameOf(remote)}`;
}

/** What a candidate is known by in a recording, whatever else its text says. */
function nameOf({ component, transport, address, port, type }: Candidate): string {
  return `${component}|${transport.toLowerCase()}|${address}|${port}|${type}`;
}

/** The same from a candidate's text. */
function wordsOf(text: string): string {
  const words = text.replace(/^(?:a=)?candidate:/, "").split(" ", 8);
  const [, component, transport = "", , address, port, , type] = words;
  return `${component}|${transport.toLowerCase()}|${address}|${port}|${type}`;
}
