import type { CodecPattern } from "../codec/codec.ts";
import { parseCandidate } from "../ice/parse-candidate.ts";
import type { Capabilities } from "../offer-answer/capabilities.ts";
import { preferCodecs } from "../offer-answer/prefer-codecs.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc, specification } from "../rfc.ts";
import type { Message } from "../text.ts";
import { readable } from "../text.ts";
import type { DescriptionInit, EventError } from "../trace/event.ts";
import type { Trace } from "../trace/trace.ts";
import { profileOf } from "./browsers/profiles.ts";
import type { Refusal } from "./browsers/refusal.ts";
import { engineWords } from "./engine-words.ts";
import { missing } from "./missing-knowledge.ts";
import type { ReplayedAnswer } from "./replay-answer.ts";
import { browserOf, capabilitiesOf, replayAnswer } from "./replay-answer.ts";
import type { Draft, PlannedStep } from "./replay-plan.ts";
import { planReplay } from "./replay-plan.ts";
import type { Connection, Session, SignalingState } from "./session.ts";
import { readSession } from "./session.ts";
import { ufragOf } from "./session-candidates.ts";
import { transition } from "./signaling-state.ts";

/** What to change of a recorded negotiation before it is run again. Everything is optional; nothing is changed then. */
export interface ReplayOptions {
  /**
   * Called for each description that is applied; what it returns stands in its place. What a side applies locally is what the
   * other side gets: change it there and it is changed on its way, change the remote one alone and it was altered on its way.
   */
  readonly change?: (
    description: DescriptionInit & { readonly side: "local" | "remote" },
    step: PlannedStep,
  ) => string | undefined;
  /** The steps for which it is true do not happen, and neither does what rests on them. */
  readonly drop?: (step: PlannedStep) => boolean;
  /** How many milliseconds later a step happens; what rests on it comes as much later. */
  readonly delayMs?: (step: PlannedStep) => number;
  /** Candidates that come before the remote description wait for it, as they should in an application. */
  readonly holdCandidates?: boolean;
  /** Every offer names these codecs first. */
  readonly prefer?: readonly CodecPattern[];
  /** What a peer answers with; that of its browser, as recorded from the real one, unless told otherwise. */
  readonly capabilities?: (peer: string) => Capabilities | undefined;
}

/** A negotiation that was run again. */
export interface Replay {
  /** In the order in which they happen in the replay. */
  readonly steps: readonly ReplayStep[];
  readonly connections: readonly ReplayedConnection[];
  /** The first step at which the recording and the replay part; absent when they agree throughout. */
  readonly parting?: ReplayStep;
  /** What could not be replayed, and why. */
  readonly notEvaluated: readonly {
    /** The connection's name; absent for the session as a whole. */
    readonly connection?: string;
    readonly reason: Message;
  }[];
}

/** A call, what was recorded of it, and what the specification says. */
export interface ReplayStep extends PlannedStep {
  /** When it happens in the replay, in milliseconds since the trace's start. */
  readonly at: number;
  /** The description is not the recorded one: it was changed, or follows from a change. */
  readonly isChanged: boolean;
  readonly computed: ComputedOutcome;
  /** In what the recording differs; empty when it agrees. */
  readonly differences: readonly Message[];
  /** Of the step at which an answer is applied: what it could have been. */
  readonly answer?: ReplayedAnswer;
}

/** What the specification says of a call. */
export interface ComputedOutcome {
  /**
   * `held`: the candidate waits for a remote description that never comes. `dropped`: the options leave it out.
   * `absent`: it never happens, because what it rests on failed or was dropped.
   */
  readonly outcome: "accepted" | "refused" | "held" | "dropped" | "absent";
  readonly state: SignalingState | "closed";
  readonly reason: Message;
  /** What the promise rejects with, in Chromium's words. */
  readonly error?: EventError;
  readonly rfc?: RfcRef;
}

/** How a connection ends. */
export interface ReplayedConnection {
  readonly peer: string;
  readonly pc?: string;
  readonly name: string;
  /** Absent where the recording does not tell. */
  readonly recorded?: SignalingState | "closed";
  readonly computed: SignalingState | "closed";
  /** Remote candidates, by what became of them in the replay. */
  readonly candidates: Readonly<Record<ComputedOutcome["outcome"], number>>;
}

/**
 * Runs the negotiation of a recorded session again, call by call: the signaling state machine (RFC 9429 §3.2), what becomes of
 * each candidate, and what each answer could have been. Without options it tells where the recording leaves the specification;
 * with them what would have come of it otherwise, and where the course parts. Never throws on content.
 *
 * Where an engine decided otherwise than the specification, the replay tells it and goes on with what was recorded, as long as
 * nothing before it was changed. Applications are not run: a call that is not in the recording is not made.
 */
export function replayNegotiation(trace: Trace, options: ReplayOptions = {}): Replay {
  const session = readSession(trace);
  const run = new Run(session, options);
  if (!session.hasCalls) {
    return { steps: [], connections: [], notEvaluated: [{ reason: missing.calls }] };
  }
  const plan = planReplay(session);
  const order = inOrder(plan.drafts, options);
  for (const { draft, at } of order) run.take(draft, at);
  const steps = run.finish();
  const parting = steps.find(({ differences }) => differences.length > 0);
  const byPlace = new Map<string, ReplayStep[]>();
  for (const step of steps) {
    const known = byPlace.get(placeOf(step));
    if (known) known.push(step);
    else byPlace.set(placeOf(step), [step]);
  }
  return {
    steps,
    connections: session.connections.flatMap((connection) =>
      run.summary(connection, byPlace.get(placeOf(connection)) ?? []),
    ),
    ...(parting && { parting }),
    notEvaluated: [
      ...session.connections
        .filter(({ calls }) => calls.length === 0)
        .map(({ name }) => ({ connection: name, reason: missing.calls })),
      ...plan.unreadable.map(({ name }) => ({ connection: name, reason: unreadable })),
    ],
  };
}

function placeOf({ peer, pc }: Pick<PlannedStep, "peer" | "pc">): string {
  return JSON.stringify([peer, pc]);
}

/** The steps in the order of the replay: what is delayed takes along what rests on it. */
function inOrder(
  drafts: readonly Draft[],
  { delayMs }: ReplayOptions,
): readonly { readonly draft: Draft; readonly at: number }[] {
  const shifts = new Map<Draft, number>();
  const timed = drafts.map((draft) => {
    const own = delayMs?.(draft.step) ?? 0;
    if (!(own >= 0)) throw new RangeError(`A delay is 0 or more milliseconds; got ${own}.`);
    const shift = own + Math.max(0, ...draft.needs.map((need) => shifts.get(need) ?? 0));
    shifts.set(draft, shift);
    return { draft, at: draft.step.t + shift };
  });
  // Without a delay the order of the events stands, whatever their times say.
  if (![...shifts.values()].some((shift) => shift > 0)) return timed;
  return timed.sort((a, b) => a.at - b.at || a.draft.step.seq - b.draft.step.seq);
}

/** A connection as the replay has it. */
interface Model {
  state: SignalingState | "closed";
  /** The remote descriptions that hold: the settled one, and the one of an exchange that goes on. */
  settledRemote: { readonly sdp?: string | undefined } | undefined;
  pendingRemote: { readonly sdp?: string | undefined } | undefined;
  /** The offer of the exchange that goes on. */
  offer: Offer | undefined;
  readonly held: Mutable[];
  /** Something was changed for this connection: what was recorded is no guide any more. */
  hasParted: boolean;
}

interface Offer {
  readonly sdp: string;
  readonly isChanged: boolean;
  readonly side: "local" | "remote";
}

/** A step while its outcome may still change. */
interface Mutable {
  readonly draft: Draft;
  readonly at: number;
  readonly sdp: string | undefined;
  readonly isChanged: boolean;
  readonly answer?: ReplayedAnswer | undefined;
  computed: ComputedOutcome;
}

type Verdict = Omit<ComputedOutcome, "state"> & { readonly to?: SignalingState | "closed" };

class Run {
  readonly #session: Session;
  readonly #options: ReplayOptions;
  readonly #models = new Map<Connection, Model>();
  readonly #steps = new Map<Draft, Mutable>();
  /** What stands in the place of a description wherever it goes. */
  readonly #replaced = new Map<string, string>();
  readonly #refusals = new Map<string, Refusal | undefined>();

  constructor(session: Session, options: ReplayOptions) {
    this.#session = session;
    this.#options = options;
  }

  take(draft: Draft, at: number): void {
    const { step, connection } = draft;
    const model = this.#model(connection);
    const base = { draft, at, sdp: step.sdp, isChanged: false };
    const missed = this.#whyAbsent(draft);
    if (missed) {
      if (step.recorded.outcome === "accepted") model.hasParted = true;
      this.#steps.set(draft, { ...base, computed: { ...missed, state: model.state } });
      return;
    }
    const { sdp, isChanged, answer } = this.#describe(step, model, connection);
    const verdict = this.#judge(draft, sdp, isChanged, model);
    const next = this.#stateAfter(draft, verdict, isChanged, model);
    const { to: _, ...outcome } = verdict;
    const state = verdict.to ?? model.state;
    const mutable: Mutable = { ...base, sdp, isChanged, answer, computed: { ...outcome, state } };
    this.#steps.set(draft, mutable);
    if (verdict.outcome === "held") model.held.push(mutable);
    if (isChanged) model.hasParted = true;
    if (next !== undefined) this.#move(draft, next, { sdp, isChanged }, model);
  }

  finish(): readonly ReplayStep[] {
    return [...this.#steps.values()].map(({ draft, at, sdp, isChanged, answer, computed }) => ({
      ...draft.step,
      ...(sdp !== undefined && { sdp }),
      at,
      isChanged,
      computed: { ...computed, reason: readable(computed.reason) },
      differences: differencesOf(draft.step, computed, answer).map(readable),
      ...(answer && { answer }),
    }));
  }

  summary(connection: Connection, own: readonly ReplayStep[]): readonly ReplayedConnection[] {
    const { peer, pc, name } = connection;
    if (own.length === 0) return [];
    const recorded = own.findLast((step) => step.recorded.state !== undefined)?.recorded.state;
    const candidates = { accepted: 0, refused: 0, held: 0, dropped: 0, absent: 0 };
    for (const { method, candidate, computed } of own) {
      if (method === "addIceCandidate" && candidate) candidates[computed.outcome]++;
    }
    return [
      {
        peer,
        ...(pc !== undefined && { pc }),
        name,
        ...(recorded && { recorded }),
        computed: this.#model(connection).state,
        candidates,
      },
    ];
  }

  #model(connection: Connection): Model {
    const known = this.#models.get(connection);
    if (known) return known;
    const model: Model = {
      state: "stable",
      settledRemote: undefined,
      pendingRemote: undefined,
      offer: undefined,
      held: [],
      hasParted: false,
    };
    this.#models.set(connection, model);
    return model;
  }

  #whyAbsent(draft: Draft): Omit<ComputedOutcome, "state"> | undefined {
    if (this.#options.drop?.(draft.step)) return { outcome: "dropped", reason: dropped };
    for (const need of draft.needs) {
      const step = this.#steps.get(need);
      const hasFailed = step && step.computed.outcome !== "accepted";
      // What failed in the recording too was no hindrance there.
      if (!hasFailed || need.step.recorded.outcome !== "accepted") continue;
      if (step.computed.outcome === "refused" && !this.#model(need.connection).hasParted) continue;
      return { outcome: "absent", reason: restsOn(need.step) };
    }
    return undefined;
  }

  /** The description that a step applies in the replay, and what an answer could have been. */
  #describe(
    step: PlannedStep,
    model: Model,
    connection: Connection,
  ): { sdp: string | undefined; isChanged: boolean; answer?: ReplayedAnswer } {
    const { sdp, type, side } = step;
    if (sdp === undefined || type === undefined || side === undefined || type === "rollback") {
      return { sdp, isChanged: false };
    }
    const { change, prefer, capabilities } = this.#options;
    const travelled = this.#replaced.get(sdp) ?? sdp;
    const isFirst = side === "local" || !this.#session.makerOf(sdp);
    const ordered =
      type === "offer" && prefer && isFirst
        ? preferCodecs(travelled, prefer).toString()
        : travelled;
    const edited = change?.({ type, sdp: ordered, side }, step);
    const chosen = edited ?? ordered;
    const { offer } = model;
    const isAnswer = type === "answer" || type === "pranswer";
    if (!isAnswer || !offer || offer.side === side) {
      return this.#replace(sdp, chosen, side);
    }
    // The side that made the answer decides about it; where it was not recorded, the side that got it.
    const isMadeHere = side === "local" || !this.#session.makerOf(sdp);
    const answerer = side === "local" ? connection : this.#session.otherEnd(connection);
    const able = answerer
      ? capabilities
        ? capabilities(answerer.peer)
        : capabilitiesOf(this.#session.trace, answerer.peer)
      : undefined;
    const answer = replayAnswer({
      offer: offer.sdp,
      recorded: sdp,
      isOtherOffer: offer.isChanged && isMadeHere,
      ...(edited !== undefined ? { edited } : chosen !== sdp && !isMadeHere && { edited: chosen }),
      ...(able && { capabilities: able }),
    });
    return { ...this.#replace(sdp, answer.answer, side), answer };
  }

  #replace(
    recorded: string,
    chosen: string,
    side: "local" | "remote",
  ): { sdp: string; isChanged: boolean } {
    if (side === "local" && chosen !== recorded) this.#replaced.set(recorded, chosen);
    return { sdp: chosen, isChanged: chosen !== recorded };
  }

  #judge(draft: Draft, sdp: string | undefined, isChanged: boolean, model: Model): Verdict {
    const { step } = draft;
    if (model.state === "closed" && step.method !== "close") {
      return refusal(step, closed, closedSection, {
        name: "InvalidStateError",
        message: "The RTCPeerConnection's signalingState is 'closed'.",
      });
    }
    switch (step.method) {
      case "close":
        return { outcome: "accepted", to: "closed", reason: closes };
      case "createOffer":
        if (model.state === "stable" || model.state === "have-local-offer") return made("offer");
        return refusal(step, noOffer(model.state), rfc(9429, "4.1.8"), {
          name: "InvalidStateError",
          message:
            "PeerConnection cannot create an offer in a state other than stable or have-local-offer.",
        });
      case "createAnswer":
        if (model.state === "have-remote-offer" || model.state === "have-local-pranswer") {
          return made("answer");
        }
        return refusal(step, noAnswer(model.state), rfc(9429, "4.1.9"), {
          name: "InvalidStateError",
          message:
            "PeerConnection cannot create an answer in a state other than have-remote-offer or have-local-pranswer.",
        });
      case "setLocalDescription":
      case "setRemoteDescription":
        return this.#judgeDescription(step, sdp, isChanged, model);
      case "addIceCandidate":
        return this.#judgeCandidate(step, model);
      default:
        return step.method satisfies never;
    }
  }

  #judgeDescription(
    step: PlannedStep,
    sdp: string | undefined,
    isChanged: boolean,
    { state, offer }: Model,
  ): Verdict {
    const { side, type } = step;
    if (side === undefined || type === undefined || state === "closed") {
      return { outcome: "accepted", reason: unknownText };
    }
    const moved = transition(state, side, type);
    if ("refusal" in moved) {
      const words = type === "rollback" ? "signalingState" : "state";
      const start =
        type === "rollback" && side === "local" ? "" : `Failed to set ${side} ${type} sdp: `;
      return refusal(step, moved.refusal, moved.rfc, {
        name: "InvalidStateError",
        message: `${start}Called in wrong ${words}: ${state}`,
      });
    }
    if (sdp !== undefined && type !== "rollback") {
      const kind = type === "offer" ? "offer" : "answer";
      const refused = this.#refusedText(step.peer, sdp, kind);
      if (refused) {
        const { reason, isRead } = refused;
        return refusal(step, refusedText(reason), rfc(9429, isRead ? applying[side] : "5.8"), {
          name: isRead ? "InvalidAccessError" : "OperationError",
          message: isRead
            ? `Failed to set ${side} ${type} sdp: ${reason}`
            : `Failed to parse SessionDescription. ${reason}`,
        });
      }
      const unfit =
        kind === "answer" && offer ? unfitAnswer(this.#session, offer.sdp, sdp) : undefined;
      if (unfit) {
        return refusal(step, unfit, rfc(9429, "5.11"), {
          name: "InvalidAccessError",
          message: `Failed to set ${side} ${type} sdp: The order of m-lines in answer doesn't match order in offer. Rejecting answer.`,
        });
      }
    }
    return {
      outcome: "accepted",
      to: moved.to,
      reason: moves(state, moved.to, isChanged),
    };
  }

  /** Why a peer's browser refuses a text by itself; nothing where it is not known which browser it is. */
  #refusedText(peer: string, sdp: string, type: "offer" | "answer"): Refusal | undefined {
    const browser = browserOf(this.#session.trace, peer);
    if (!browser) return undefined;
    const key = `${browser} ${type} ${sdp}`;
    if (!this.#refusals.has(key)) {
      this.#refusals.set(key, profileOf(browser).refuses(sdp, type));
    }
    return this.#refusals.get(key);
  }

  #judgeCandidate(step: PlannedStep, model: Model): Verdict {
    const { candidate } = step;
    if (candidate === undefined) {
      return refusal(step, noCandidate, candidateSection, {
        name: "TypeError",
        message: "The provided value is not of type 'RTCIceCandidateInit'.",
      });
    }
    const sdpMid = candidate?.sdpMid ?? undefined;
    const sdpMLineIndex = candidate?.sdpMLineIndex ?? undefined;
    if (candidate && sdpMid === undefined && sdpMLineIndex === undefined) {
      return refusal(step, noSection, candidateSection, {
        name: "TypeError",
        message: "Candidate missing values for both sdpMid and sdpMLineIndex",
      });
    }
    const remotes = [model.pendingRemote, model.settledRemote].filter((each) => each !== undefined);
    if (remotes.length === 0) {
      if (this.#options.holdCandidates) return { outcome: "held", reason: waits };
      return refusal(step, tooEarly, rfc(9429, "4.1.19"), {
        name: "InvalidStateError",
        message: "The remote description was null",
      });
    }
    if (!candidate) return { outcome: "accepted", reason: endOfCandidates };
    const fault = parseCandidate(candidate).diagnostics.find(
      ({ severity }) => severity === "error",
    );
    if (fault) return refusal(step, fault.message, candidateSection, notProcessed);
    const [remote] = remotes;
    if (remote?.sdp === undefined) return { outcome: "accepted", reason: applied };
    const { media } = this.#session.read(remote.sdp).description;
    const section =
      sdpMid === undefined ? media[sdpMLineIndex ?? 0] : media.find(({ mid }) => mid === sdpMid);
    if (!section) {
      const name =
        sdpMid === undefined ? `index ${sdpMLineIndex}` : `mid ${JSON.stringify(sdpMid)}`;
      return refusal(step, unknownSection(name), candidateSection, notProcessed);
    }
    const ufrag = ufragOf(candidate);
    const known = remotes.flatMap(({ sdp }) =>
      sdp === undefined
        ? []
        : (this.#session.read(sdp).description.media[section.index]?.ice.ufrag ?? []),
    );
    if (ufrag !== undefined && known.length > 0 && !known.includes(ufrag)) {
      return refusal(step, foreignUfrag(ufrag, known), candidateSection, notProcessed);
    }
    if (section.isRejected) return { outcome: "accepted", reason: rejectedSection };
    return { outcome: "accepted", reason: applied };
  }

  /** The state to go on with: what was recorded as long as nothing was changed, else what was computed. */
  #stateAfter(
    { step, stateBefore }: Draft,
    { outcome, to }: Verdict,
    isChanged: boolean,
    model: Model,
  ): SignalingState | "closed" | undefined {
    if (step.method === "close") return "closed";
    const { recorded, side, type } = step;
    if (side === undefined || type === undefined || model.state === "closed") return undefined;
    const isSame = !isChanged && !model.hasParted && stateBefore === model.state;
    if (!isSame || recorded.outcome === "open") return outcome === "accepted" ? to : undefined;
    if (recorded.outcome === "refused") return undefined;
    if (outcome === "accepted") return to;
    // The engine took what the specification refuses.
    return recorded.state ?? landsIn(side, type);
  }

  #move(
    { step }: Draft,
    to: SignalingState | "closed",
    { sdp, isChanged }: { readonly sdp: string | undefined; readonly isChanged: boolean },
    model: Model,
  ): void {
    model.state = to;
    const { side, type } = step;
    if (side === undefined || type === undefined) return;
    if (type === "offer") {
      model.offer = sdp === undefined ? undefined : { sdp, isChanged, side };
      model.pendingRemote = side === "remote" ? { sdp } : undefined;
    } else if (type === "pranswer") {
      if (side === "remote") model.pendingRemote = { sdp };
    } else {
      // An answer settles what was pending, a rollback gives it up.
      if (type === "answer") {
        model.settledRemote =
          side === "remote" ? { sdp } : (model.pendingRemote ?? model.settledRemote);
      }
      model.pendingRemote = undefined;
      model.offer = undefined;
    }
    if (side === "remote" && type !== "rollback") this.#release(step, model);
  }

  /** Gives the candidates that waited to the description that came. */
  #release(by: PlannedStep, model: Model): void {
    for (const mutable of model.held.splice(0)) {
      const { to: _, ...outcome } = this.#judgeCandidate(mutable.draft.step, model);
      const reason = outcome.outcome === "accepted" ? heldUntil(by) : outcome.reason;
      mutable.computed = { ...outcome, reason, state: model.state };
    }
  }
}

function landsIn(side: "local" | "remote", type: DescriptionInit["type"]): SignalingState {
  if (type === "offer") return `have-${side}-offer`;
  return type === "pranswer" ? `have-${side}-pranswer` : "stable";
}

/** An answer whose sections are not those of its offer cannot be applied. RFC 9429 §5.11. */
function unfitAnswer(session: Session, offer: string, answer: string): Message | undefined {
  const offered = session.read(offer).description.media;
  const answered = session.read(answer).description.media;
  if (offered.length !== answered.length) {
    return {
      en: `The answer has ${answered.length} media sections, its offer ${offered.length}.`,
      ko: `answer의 미디어 섹션은 ${answered.length}개인데 offer에는 ${offered.length}개가 있습니다.`,
    };
  }
  const other = answered.find(
    ({ kind, mid }, at) =>
      kind !== offered[at]?.kind || (mid !== undefined && mid !== (offered[at]?.mid ?? mid)),
  );
  if (!other) return undefined;
  const asked = offered[other.index];
  return {
    en: `Section ${other.index} of the answer is ${other.kind} ${other.mid ?? ""}, of the offer ${asked?.kind} ${asked?.mid ?? ""}.`,
    ko: `answer의 섹션 ${other.index}은(는) ${other.kind} ${other.mid ?? ""}인데 offer에서는 ${asked?.kind} ${asked?.mid ?? ""}입니다.`,
  };
}

function differencesOf(
  { recorded, method }: PlannedStep,
  computed: ComputedOutcome,
  answer: ReplayedAnswer | undefined,
): readonly Message[] {
  const found: Message[] = [];
  const words = recorded.error ? ` "${engineWords(recorded.error)}"` : "";
  switch (recorded.outcome) {
    case "accepted":
      if (computed.outcome !== "accepted") {
        found.push({
          en: `${method} was accepted in the recording.`,
          ko: `기록에서는 ${method}이(가) 받아들여졌습니다.`,
        });
      }
      break;
    case "refused":
      if (computed.outcome !== "refused") {
        found.push({
          en: `${method} was refused in the recording.${words}`,
          ko: `기록에서는 ${method}이(가) 거부되었습니다.${words}`,
        });
      }
      break;
    case "open":
      break;
    default:
      return recorded.outcome satisfies never;
  }
  const { state } = recorded;
  if (found.length === 0 && state !== undefined && state !== computed.state) {
    found.push({
      en: `The recording has ${state} after it, the replay ${computed.state}.`,
      ko: `이후 상태가 기록에서는 ${state}, 재실행에서는 ${computed.state}입니다.`,
    });
  }
  if (answer && answer.answer !== answer.recorded) {
    found.push({
      en: "The answer is another one than in the recording.",
      ko: "answer가 기록과 다릅니다.",
    });
  }
  return found;
}

function refusal(step: PlannedStep, reason: Message, source: RfcRef, error: EventError): Verdict {
  const prefix = `Failed to execute '${step.method}' on 'RTCPeerConnection': `;
  return {
    outcome: "refused",
    reason,
    rfc: source,
    error: { name: error.name, message: prefix + error.message },
  };
}

/** RFC 9429 has a section for each. */
const applying = { local: "5.9", remote: "5.10" } as const;
const closedSection = specification(
  "webrtc-pc",
  "4.4.2",
  "https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-close",
);
const candidateSection = specification(
  "webrtc-pc",
  "4.4.2",
  "https://www.w3.org/TR/webrtc/#dom-peerconnection-addicecandidate",
);
const notProcessed: EventError = {
  name: "OperationError",
  message: "Error processing ICE candidate",
};

const dropped: Message = { en: "It is left out.", ko: "제외했습니다." };
const closed: Message = { en: "The connection is closed.", ko: "연결이 닫혀 있습니다." };
const closes: Message = { en: "The connection is closed here.", ko: "여기서 연결을 닫습니다." };
const waits: Message = {
  en: "It waits for a remote description, and none comes.",
  ko: "원격 description을 기다리지만 오지 않습니다.",
};
const applied: Message = { en: "The candidate is added.", ko: "candidate가 추가됩니다." };
const rejectedSection: Message = {
  en: "Its section is rejected: the candidate is not used.",
  ko: "섹션이 거절되어 이 candidate는 쓰이지 않습니다.",
};
const endOfCandidates: Message = {
  en: "It says that no more candidates come.",
  ko: "더 이상 candidate가 없음을 알립니다.",
};
const tooEarly: Message = {
  en: "There is no remote description yet: the candidate is refused and lost.",
  ko: "아직 원격 description이 없어 candidate가 거부되고 사라집니다.",
};
const noCandidate: Message = { en: "It is no candidate.", ko: "candidate가 아닙니다." };
const noSection: Message = {
  en: "It names no section: both sdpMid and sdpMLineIndex are missing.",
  ko: "sdpMid와 sdpMLineIndex가 모두 없어 섹션을 알 수 없습니다.",
};
const unreadable: Message = {
  en: "The recording does not tell which descriptions were applied.",
  ko: "기록에 어떤 description을 적용했는지 나와 있지 않습니다.",
};
const unknownText: Message = {
  en: "The recording does not have its text.",
  ko: "기록에 본문이 없습니다.",
};

function restsOn({ seq, method, type, name }: PlannedStep): Message {
  const call = type === undefined ? method : `${method}(${type})`;
  return {
    en: `It rests on ${call} of ${name} (event ${seq}), which does not succeed.`,
    ko: `${name}의 ${call}(이벤트 ${seq})에 따른 것인데, 그 호출이 성공하지 않습니다.`,
  };
}

function heldUntil({ seq, type }: PlannedStep): Message {
  return {
    en: `It was held until the remote ${type} of event ${seq}, and then added.`,
    ko: `이벤트 ${seq}의 원격 ${type}까지 보관했다가 추가합니다.`,
  };
}

function made(type: "offer" | "answer"): Verdict {
  return {
    outcome: "accepted",
    reason: {
      en: `The state allows ${type === "offer" ? "an offer" : "an answer"}.`,
      ko: `${type}을(를) 만들 수 있는 상태입니다.`,
    },
  };
}

function moves(from: SignalingState, to: SignalingState, isChanged: boolean): Message {
  const rolledBack = from === "have-local-offer" && to === "have-remote-offer";
  const start = isChanged
    ? { en: "With the changed text: ", ko: "바뀐 본문으로: " }
    : { en: "", ko: "" };
  if (rolledBack) {
    return {
      en: `${start.en}${from} → stable → ${to}: the remote offer takes back the local one.`,
      ko: `${start.ko}${from} → stable → ${to}. 원격 offer가 로컬 offer를 취소합니다.`,
    };
  }
  return { en: `${start.en}${from} → ${to}.`, ko: `${start.ko}${from} → ${to}.` };
}

function noOffer(state: string): Message {
  return {
    en: `An offer is not made in the state ${state}.`,
    ko: `${state} 상태에서는 offer를 만들 수 없습니다.`,
  };
}

function noAnswer(state: string): Message {
  return {
    en: `There is no offer to answer in the state ${state}.`,
    ko: `${state} 상태에는 답할 offer가 없습니다.`,
  };
}

function refusedText(reason: string): Message {
  return {
    en: `The browser refuses the text: "${reason.trim()}".`,
    ko: `브라우저가 이 본문을 거부합니다. "${reason.trim()}"`,
  };
}

function unknownSection(name: string): Message {
  return {
    en: `The remote description has no section with ${name}.`,
    ko: `원격 description에 ${name}인 섹션이 없습니다.`,
  };
}

function foreignUfrag(ufrag: string, known: readonly string[]): Message {
  return {
    en: `Its ufrag is ${ufrag}, that of the section ${[...new Set(known)].join(", ")}.`,
    ko: `ufrag가 ${ufrag}인데 섹션의 ufrag는 ${[...new Set(known)].join(", ")}입니다.`,
  };
}
