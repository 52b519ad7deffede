import type { CandidateInit, DescriptionInit, EventError } from "../trace/event.ts";
import { readCandidateInit } from "../trace/payload.ts";
import type { AppliedDescription, Connection, Session, SignalingState } from "./session.ts";
import { originOf } from "./session.ts";
import { ufragOf } from "./session-candidates.ts";

/** The calls that a negotiation consists of. */
export type NegotiationMethod =
  | "createOffer"
  | "createAnswer"
  | "setLocalDescription"
  | "setRemoteDescription"
  | "addIceCandidate"
  | "close";

/** One call of a recorded negotiation, as it was recorded. */
export interface PlannedStep {
  /** The event of the call. */
  readonly seq: number;
  /** When it was called, in milliseconds since the trace's start. */
  readonly t: number;
  readonly peer: string;
  readonly pc?: string;
  /** What people call the connection. */
  readonly name: string;
  readonly method: NegotiationMethod;
  /** What a description is applied as. */
  readonly side?: "local" | "remote";
  readonly type?: DescriptionInit["type"];
  /** The description that is applied, or that a `create…` gave; absent where the recording does not tell. */
  readonly sdp?: string;
  /** What `addIceCandidate` was given; `null` is end-of-candidates, absent what is no candidate at all. */
  readonly candidate?: CandidateInit | null;
  readonly recorded: RecordedOutcome;
}

/** What the recording tells of a call. */
export interface RecordedOutcome {
  /** `open`: its end was not recorded. */
  readonly outcome: "accepted" | "refused" | "open";
  readonly error?: EventError;
  /** The signaling state after it, for what moves it; absent where calls overlap and it cannot be told. */
  readonly state?: SignalingState | "closed";
}

/** A step with what the replay needs beside it. */
export interface Draft {
  readonly step: PlannedStep;
  readonly connection: Connection;
  /** The state in which the engine took a description up, as the recording has it. */
  readonly stateBefore?: SignalingState;
  /** The earlier steps without which this one would not have come about. */
  readonly needs: readonly Draft[];
}

/** The steps of a session, and the connections of which too little was recorded. */
export interface Plan {
  readonly drafts: readonly Draft[];
  readonly unreadable: readonly Connection[];
}

/** Every call of the negotiation in the order of the events, each with the steps that it rests on. */
export function planReplay(session: Session): Plan {
  const unreadable = new Set(session.connections.filter(isUnreadable));
  const bare = session.connections
    .filter((connection) => !unreadable.has(connection))
    .flatMap((connection) => callsOf(connection));
  bare.sort((a, b) => a.step.seq - b.step.seq);
  const drafts: Draft[] = [];
  const last = new Map<string, Draft>();
  const makers = new Map<string, Draft>();
  const byUfrag = new Map<string, Draft>();
  for (const { step, connection, stateBefore } of bare) {
    const key = (what: string): string => JSON.stringify([step.peer, step.pc, what]);
    const found = needsOf(step, connection, session, {
      last: (what) => last.get(key(what)),
      maker: (type, sdp) => makers.get(`${type} ${sdp}`) ?? makers.get(`${type} ${originOf(sdp)}`),
      ofUfrag: (ufrag) => byUfrag.get(ufrag),
    });
    const needs = found.filter((need) => need !== undefined);
    const draft: Draft = { step, connection, ...(stateBefore && { stateBefore }), needs };
    drafts.push(draft);
    last.set(key(step.method), draft);
    if (step.type !== undefined) last.set(key(`${step.method} ${step.type}`), draft);
    if (step.sdp === undefined || step.type === undefined || step.side === "remote") continue;
    // The call that applied it stands for it, not the one that made it: only then it is sent.
    makers.set(`${step.type} ${step.sdp}`, draft);
    makers.set(`${step.type} ${originOf(step.sdp)}`, draft);
    if (step.side !== "local") continue;
    for (const { ice } of session.read(step.sdp).description.media) {
      if (ice.ufrag !== undefined) byUfrag.set(ice.ufrag, draft);
    }
  }
  return { drafts, unreadable: [...unreadable] };
}

/** Some description was applied, and the recording does not say which: what follows cannot be told. */
function isUnreadable({ calls, applied }: Connection): boolean {
  const known = new Set(applied.map(({ call }) => call));
  return calls.some(
    (call) =>
      (call.method === "setLocalDescription" || call.method === "setRemoteDescription") &&
      !known.has(call) &&
      call.error === undefined,
  );
}

type Bare = Pick<Draft, "step" | "connection" | "stateBefore">;

const methods: ReadonlySet<string> = new Set<NegotiationMethod>([
  "createOffer",
  "createAnswer",
  "setLocalDescription",
  "setRemoteDescription",
  "addIceCandidate",
  "close",
]);

function callsOf(connection: Connection): readonly Bare[] {
  const { peer, pc, name } = connection;
  const place = { peer, ...(pc !== undefined && { pc }), name };
  const applied = new Map(connection.applied.map((row) => [row.call, row]));
  const states = recordedStates(connection);
  const steps = connection.calls.flatMap((call): Bare[] => {
    const { method, begin, settle, error } = call;
    if (!methods.has(method)) return [];
    const row = applied.get(call);
    // A call that is given no description at all is a fault of its own: there is nothing to replay.
    if ((method === "setLocalDescription" || method === "setRemoteDescription") && !row) return [];
    const made = method.startsWith("create") ? readMade(settle?.result) : undefined;
    const candidate = candidateOf(method, begin.arguments[0]);
    const state = row || method === "close" ? states.get(call) : undefined;
    return [
      {
        connection,
        ...(row && { stateBefore: row.stateBefore }),
        step: {
          seq: begin.seq,
          t: begin.t,
          ...place,
          method: method as NegotiationMethod,
          ...(row && { side: row.side, type: row.type }),
          ...(row?.sdp !== undefined && { sdp: row.sdp }),
          ...made,
          ...(candidate !== undefined && { candidate }),
          recorded: {
            outcome: error ? "refused" : settle || method === "close" ? "accepted" : "open",
            ...(error && { error }),
            ...(state && { state }),
          },
        },
      },
    ];
  });
  if (steps.some(({ step }) => step.method === "close")) return steps;
  const closed = connection.states.find(
    ({ machine, to }) => machine === "signaling" && to === "closed",
  );
  if (!closed) return steps;
  const recorded = { outcome: "accepted", state: "closed" } as const;
  const { seq, t } = closed;
  return [...steps, { connection, step: { seq, t, ...place, method: "close", recorded } }];
}

function readMade(result: unknown): { type: DescriptionInit["type"]; sdp: string } | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const { type, sdp } = result as { readonly type?: unknown; readonly sdp?: unknown };
  return (type === "offer" || type === "answer") && typeof sdp === "string"
    ? { type, sdp }
    : undefined;
}

function candidateOf(method: string, argument: unknown): CandidateInit | null | undefined {
  if (method !== "addIceCandidate") return undefined;
  return argument === undefined ? null : readCandidateInit(argument);
}

/** The signaling state after each call that may move it, where no other such call overlaps. */
function recordedStates(
  connection: Connection,
): ReadonlyMap<AppliedDescription["call"], SignalingState | "closed"> {
  const moving = connection.calls.filter(
    ({ method }) =>
      method === "setLocalDescription" || method === "setRemoteDescription" || method === "close",
  );
  const events = connection.states.filter(({ machine }) => machine === "signaling");
  const found = new Map<AppliedDescription["call"], SignalingState | "closed">();
  if (events.length === 0) return found;
  let at = 0;
  let state: string | undefined;
  for (const [index, call] of moving.entries()) {
    const next = moving[index + 1]?.begin.seq ?? Number.POSITIVE_INFINITY;
    for (let event = events[at]; event !== undefined && event.seq < next; event = events[++at]) {
      // The end of a recording closes the connection too: that is no call's doing.
      if (event.to !== "closed") state = event.to;
    }
    const isOverlapped = call.settle === undefined || call.settle.seq > next;
    if (call.method === "close") found.set(call, "closed");
    else if (!isOverlapped && (state === undefined || isState(state))) {
      found.set(call, state ?? "stable");
    }
  }
  return found;
}

function isState(text: string): text is SignalingState {
  return /^(?:stable|have-(?:local|remote)-(?:offer|pranswer))$/.test(text);
}

interface Known {
  /** The connection's own last step of a method, or of a method and type. */
  last(what: string): Draft | undefined;
  maker(type: DescriptionInit["type"], sdp: string): Draft | undefined;
  ofUfrag(ufrag: string): Draft | undefined;
}

function needsOf(
  step: PlannedStep,
  connection: Connection,
  session: Session,
  known: Known,
): readonly (Draft | undefined)[] {
  switch (step.method) {
    case "createAnswer":
      return [known.last("setRemoteDescription offer")];
    case "setLocalDescription":
      if (step.type === "answer" || step.type === "pranswer") {
        return [known.last("setRemoteDescription offer"), known.last("createAnswer")];
      }
      return step.type === "offer" ? [known.last("createOffer")] : [];
    case "setRemoteDescription": {
      if (step.sdp === undefined || step.type === undefined) return [];
      const maker = known.maker(step.type, step.sdp);
      return maker?.connection === connection ? [] : [maker];
    }
    case "addIceCandidate": {
      const far = session.otherEnd(connection);
      const ufrag = step.candidate ? ufragOf(step.candidate) : undefined;
      const maker = ufrag === undefined ? undefined : known.ofUfrag(ufrag);
      return maker && maker.connection === far ? [maker] : [];
    }
    case "createOffer":
    case "close":
      return [];
    default:
      return step.method satisfies never;
  }
}
