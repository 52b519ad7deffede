import type { Candidate } from "../ice/candidate.ts";
import { parseCandidate } from "../ice/parse-candidate.ts";
import type { Steps } from "../steps.ts";
import { finish, STEP } from "../steps.ts";
import { descriptionOrigin } from "./description-origin.ts";
import type {
  CallEvent,
  CandidateEvent,
  CandidateInit,
  DescriptionInit,
  EventError,
  SettleEvent,
  TraceEvent,
} from "./event.ts";
import { readCandidateInit, readDescriptionInit, readPayload } from "./payload.ts";
import type { Trace } from "./trace.ts";

/** An API call from its start to its end. */
export interface CallRow {
  readonly call: number;
  readonly method: string;
  readonly peer?: string;
  readonly pc?: string;
  /** The call's start. */
  readonly begin: CallEvent;
  /** Absent while the call has not ended, or when its end was not recorded. */
  readonly settle?: SettleEvent;
  /** Milliseconds from start to end. */
  readonly durationMs?: number;
  readonly error?: EventError;
}

/** Every API call of a trace, in the order they were made. */
export function callTable(trace: Trace): readonly CallRow[] {
  return finish(callSteps(trace));
}

/** `callTable`, in steps. */
export function* callSteps(trace: Trace): Steps<readonly CallRow[]> {
  const settles = new Map<number, SettleEvent>();
  let done = 0;
  for (const event of trace.events) {
    if (++done % STEP === 0) yield;
    if (event.kind === "settle") settles.set(event.call, event);
  }
  const rows: CallRow[] = [];
  for (const begin of trace.events) {
    if (++done % STEP === 0) yield;
    if (begin.kind !== "call") continue;
    const settle = settles.get(begin.call);
    rows.push({
      call: begin.call,
      method: begin.method,
      ...placeOf(begin),
      begin,
      ...(settle && { settle, durationMs: Math.max(0, settle.t - begin.t) }),
      ...(settle?.error && { error: settle.error }),
    });
  }
  return rows;
}

/** A candidate that a connection gathered or was given; `init` null is end-of-candidates. */
export interface CandidateRow {
  /** The event that the row stands for: the `candidate` event, or the call of a candidate that was refused. */
  readonly seq: number;
  readonly t: number;
  readonly peer?: string;
  readonly pc?: string;
  readonly side: "local" | "remote";
  readonly init: CandidateInit | null;
  /** Absent for end-of-candidates and for a text that is no candidate. */
  readonly candidate?: Candidate;
  /** The call of `addIceCandidate` that gave it, for remote ones. */
  readonly call?: CallRow;
  /** Why `addIceCandidate` refused it. */
  readonly refusal?: EventError;
  /** A gathering error stands in the row of a candidate that never came. */
  readonly gatheringError?: NonNullable<CandidateEvent["error"]>;
}

/**
 * Every candidate of a trace, in order of time. A remote candidate's event and the call that gave it are one row;
 * a refused one has its row from the call alone, as no engine reports it otherwise.
 */
export function candidateTable(
  trace: Trace,
  calls: readonly CallRow[] = callTable(trace),
): readonly CandidateRow[] {
  const given = new Map<string, CallRow[]>();
  for (const call of calls) {
    if (call.method !== "addIceCandidate") continue;
    const init = givenCandidate(call);
    if (init === undefined) continue;
    const key = candidateKey(call, init);
    const list = given.get(key);
    if (list) list.push(call);
    else given.set(key, [call]);
  }

  const rows: CandidateRow[] = [];
  for (const event of trace.events) {
    if (event.kind !== "candidate") continue;
    const { side, error } = event;
    const init = readCandidateInit(event.candidate) ?? null;
    const call = side === "remote" ? takeCall(given.get(candidateKey(event, init))) : undefined;
    rows.push({
      seq: event.seq,
      t: event.t,
      ...placeOf(event),
      side,
      init,
      ...parsed(init),
      ...(call && { call }),
      ...(call?.error && { refusal: call.error }),
      ...(error && { gatheringError: error }),
    });
  }
  for (const call of [...given.values()].flat()) {
    const init = givenCandidate(call) ?? null;
    rows.push({
      seq: call.begin.seq,
      t: call.begin.t,
      ...placeOf(call.begin),
      side: "remote",
      init,
      ...parsed(init),
      call,
      ...(call.error && { refusal: call.error }),
    });
  }
  return rows.sort((a, b) => a.seq - b.seq);
}

/** One moment in the life of a description. */
export interface DescriptionStep {
  readonly seq: number;
  readonly t: number;
  readonly peer?: string;
  readonly pc?: string;
  readonly step: "created" | "set-local" | "sent" | "received" | "set-remote";
  readonly description: DescriptionInit;
  /** Why the call refused it. */
  readonly error?: EventError;
}

/** A description and everything that happened to it. */
export interface DescriptionRow {
  /** The text that counts: as set locally, else as sent, else as it arrived, else as created. */
  readonly description: DescriptionInit;
  /** Whose description it is; absent when only its arrival was recorded. */
  readonly peer?: string;
  readonly steps: readonly DescriptionStep[];
}

/** One offer and what answered it. */
export interface Round {
  /** From 1. */
  readonly number: number;
  readonly offer: DescriptionRow;
  readonly answer?: DescriptionRow;
}

/** The offer/answer rounds of a trace, in the order of their offers. */
export function roundTable(
  trace: Trace,
  calls: readonly CallRow[] = callTable(trace),
): readonly Round[] {
  const book = new RoundBook();
  for (const step of descriptionSteps(trace, calls)) book.add(step);
  return book.rounds
    .filter(({ offer }) => offer.length > 0)
    .map(({ offer, answer }, index) => ({
      number: index + 1,
      offer: descriptionRow(offer),
      ...(answer.length > 0 && { answer: descriptionRow(answer) }),
    }));
}

interface OpenRound {
  readonly offer: DescriptionStep[];
  readonly answer: DescriptionStep[];
}

/** So many rounds are looked back through for one step: a trace of many rounds stays linear. */
const LOOK_BACK = 64;

/** The rounds so far, found again by what their descriptions say and by whose they are. */
class RoundBook {
  readonly rounds: OpenRound[] = [];
  readonly #offers = new DescriptionIndex();
  readonly #answers = new DescriptionIndex();

  add(step: DescriptionStep): void {
    const { type } = step.description;
    if (type === "offer") this.#addOffer(step);
    else if (type !== "rollback") this.#addAnswer(step);
  }

  #addOffer(step: DescriptionStep): void {
    const known = this.#offers.find(step, (at) => this.rounds[at]?.offer);
    const at = known ?? this.rounds.push({ offer: [], answer: [] }) - 1;
    this.rounds[at]?.offer.push(step);
    this.#offers.put(step, at);
  }

  #addAnswer(step: DescriptionStep): void {
    const known =
      this.#answers.find(step, (at) => this.rounds[at]?.answer) ??
      this.#unanswered(step) ??
      this.rounds.length - 1;
    if (known >= 0) this.rounds[known]?.answer.push(step);
    else this.rounds.push({ offer: [], answer: [step] });
    this.#answers.put(step, Math.max(0, known));
  }

  /** The last offer without an answer that the step's connection made or was given. */
  #unanswered(step: DescriptionStep): number | undefined {
    const first = Math.max(0, this.rounds.length - LOOK_BACK);
    for (let at = this.rounds.length - 1; at >= first; at--) {
      const round = this.rounds[at];
      if (round?.answer.length === 0 && answers(round.offer, step)) return at;
    }
    return undefined;
  }
}

/** Where descriptions stand, by their text, by their origin and by the peer that made them. */
class DescriptionIndex {
  readonly #byText = new Map<string, number[]>();
  readonly #byOrigin = new Map<string, number[]>();
  readonly #byPeer = new Map<string, number[]>();

  put(step: DescriptionStep, at: number): void {
    append(this.#byText, step.description.sdp, at);
    const origin = originOf(step);
    if (origin !== undefined) append(this.#byOrigin, origin, at);
    if (ownSteps.has(step.step)) append(this.#byPeer, step.peer ?? "", at);
  }

  /** The last round that a step belongs to, of those that `stepsOf` gives the steps of. */
  find(
    step: DescriptionStep,
    stepsOf: (at: number) => readonly DescriptionStep[] | undefined,
  ): number | undefined {
    // The same words first: several connections of a peer may be in the middle of a round each.
    const lists = [
      this.#byText.get(step.description.sdp),
      this.#byOrigin.get(originOf(step) ?? ""),
      this.#byPeer.get(step.peer ?? ""),
    ];
    for (const list of lists) {
      const found = list
        ?.slice(-LOOK_BACK)
        .sort((a, b) => b - a)
        .find((at) => continues(stepsOf(at) ?? [], step));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function append(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (!list) lists.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}

/** Whether a step belongs to a description that is already known. */
function continues(steps: readonly DescriptionStep[], step: DescriptionStep): boolean {
  if (steps.some(({ description }) => description.sdp === step.description.sdp)) {
    // The same text created or set anew by the same connection is a new round: engines may keep their version number.
    return !steps.some((other) => other.step === step.step && samePlace(other, step));
  }
  // A changed text still continues: what was created and then munged, or altered on its way.
  const isOwn = steps.some((other) => ownSteps.has(other.step) && samePlace(other, step));
  if (step.step === "set-local" || step.step === "sent") {
    return isOwn && !steps.some((other) => other.step === step.step);
  }
  if (step.step === "created") return false;
  const origin = originOf(step);
  return (
    origin !== undefined &&
    steps.some((other) => originOf(other) === origin) &&
    !steps.some((other) => other.step === step.step && samePlace(other, step))
  );
}

/** A description is read once, however often it is looked at. */
function originOf({ description }: DescriptionStep): string | undefined {
  const known = origins.get(description);
  if (known !== undefined) return known.origin;
  const origin = descriptionOrigin(description.sdp);
  origins.set(description, { origin });
  return origin;
}

const origins = new WeakMap<DescriptionInit, { readonly origin: string | undefined }>();

function answers(offer: readonly DescriptionStep[], step: DescriptionStep): boolean {
  const wanted = step.step === "received" || step.step === "set-remote" ? ownSteps : givenSteps;
  return offer.some((other) => wanted.has(other.step) && samePlace(other, step));
}

const ownSteps: ReadonlySet<DescriptionStep["step"]> = new Set(["created", "set-local", "sent"]);
const givenSteps: ReadonlySet<DescriptionStep["step"]> = new Set(["received", "set-remote"]);

/** The same connection; a signaling message may belong to a peer's connection without naming it. */
function samePlace(a: DescriptionStep, b: DescriptionStep): boolean {
  return a.peer === b.peer && (a.pc === b.pc || a.pc === undefined || b.pc === undefined);
}

const weight: readonly DescriptionStep["step"][] = [
  "set-local",
  "sent",
  "received",
  "set-remote",
  "created",
];

function descriptionRow(steps: readonly DescriptionStep[]): DescriptionRow {
  const counted = weight
    .map((name) => steps.find(({ step }) => step === name))
    .find((step) => step !== undefined);
  const author = steps.find(({ step }) => ownSteps.has(step))?.peer;
  return {
    description: counted?.description ?? { type: "offer", sdp: "" },
    ...(author !== undefined && { peer: author }),
    steps,
  };
}

function descriptionSteps(trace: Trace, calls: readonly CallRow[]): DescriptionStep[] {
  const byCall = new Map(calls.map((row) => [row.call, row]));
  const steps: DescriptionStep[] = [];
  const add = (
    event: TraceEvent,
    step: DescriptionStep["step"],
    description: DescriptionInit | undefined,
    error?: EventError,
  ): void => {
    if (!description) return;
    const { seq, t } = event;
    steps.push({ seq, t, ...placeOf(event), step, description, ...(error && { error }) });
  };
  for (const event of trace.events) {
    if (event.kind === "call") {
      const { error } = byCall.get(event.call) ?? {};
      const argument = readDescriptionInit(event.arguments[0]);
      if (event.method === "setLocalDescription") add(event, "set-local", argument, error);
      if (event.method === "setRemoteDescription") add(event, "set-remote", argument, error);
    } else if (event.kind === "settle") {
      const row = byCall.get(event.call);
      const result = readDescriptionInit(event.result);
      if (row?.method === "createOffer" || row?.method === "createAnswer") {
        add(event, "created", result);
      } else if (
        row?.method === "setLocalDescription" &&
        readDescriptionInit(row.begin.arguments[0]) === undefined
      ) {
        add(event, "set-local", result);
      }
    } else if (event.kind === "signal") {
      const payload = readPayload(event.data);
      if (payload.kind !== "description") continue;
      add(event, event.direction === "out" ? "sent" : "received", payload.description);
    }
  }
  return steps;
}

/** The call that an event came from: one that was accepted, if there is one. */
function takeCall(calls: CallRow[] | undefined): CallRow | undefined {
  if (!calls) return undefined;
  const accepted = calls.findIndex(({ error }) => error === undefined);
  return calls.splice(Math.max(0, accepted), 1)[0];
}

function givenCandidate(call: CallRow): CandidateInit | null | undefined {
  const argument = call.begin.arguments[0];
  return readCandidateInit(argument === undefined ? null : argument);
}

function candidateKey(
  place: { readonly peer?: string; readonly pc?: string },
  init: CandidateInit | null,
): string {
  return `${place.peer ?? ""} ${place.pc ?? ""} ${init?.sdpMid ?? ""} ${init?.candidate ?? ""}`;
}

function parsed(init: CandidateInit | null): { readonly candidate?: Candidate } {
  if (init === null) return {};
  const { candidate } = parseCandidate(init.candidate);
  return candidate ? { candidate } : {};
}

function placeOf(event: TraceEvent | CallRow): { readonly peer?: string; readonly pc?: string } {
  return {
    ...(event.peer !== undefined && { peer: event.peer }),
    ...(event.pc !== undefined && { pc: event.pc }),
  };
}
