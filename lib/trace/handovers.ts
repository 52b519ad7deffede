import { descriptionOrigin } from "./description-origin.ts";
import type { CandidateEvent, DescriptionInit, SignalEvent, TraceEvent } from "./event.ts";
import type { ConnectionPair } from "./pair-connections.ts";
import { pairConnections } from "./pair-connections.ts";
import { readDescriptionInit, readPayload } from "./payload.ts";
import type { Trace } from "./trace.ts";

/**
 * A description or candidate that one end made and the other end was given, seen from the API of both ends:
 * how it got there was not recorded, or at one end only.
 */
export interface Handover {
  /** Where it left: the message, else `setLocalDescription` or the gathered candidate. */
  readonly from: TraceEvent;
  /** Where it arrived: the message, else `setRemoteDescription` or the given candidate. */
  readonly to: TraceEvent;
  /** When it existed for the first time, by the clock of its maker: it cannot have arrived before. Milliseconds since the trace's start. */
  readonly madeAt: number;
  readonly type: DescriptionInit["type"] | "candidate";
  /** Characters of the SDP or the candidate. */
  readonly size: number;
  /** The same description by its `o=` line, with another text: it was altered on its way. */
  readonly isAltered: boolean;
}

/**
 * Finds what went from one end of a connection to the other, where no signaling message tells it. Each thing that was given
 * is joined with what its maker made last of the same text, or of the same `o=` line when no text is the same.
 */
export function handovers(
  trace: Trace,
  pairs: readonly ConnectionPair[] = pairConnections(trace.events),
): readonly Handover[] {
  const ends = new Map<string, End>();
  const endsOfPeer = new Map<string, End[]>();
  for (const place of pairs.flatMap(({ a, b }) => [a, b])) {
    const end = new End();
    ends.set(`${place.peer} ${place.pc}`, end);
    endsOfPeer.set(place.peer, [...(endsOfPeer.get(place.peer) ?? []), end]);
  }
  const methods = new Map<number, { readonly method: string; readonly event: TraceEvent }>();
  for (const event of trace.events) {
    // A message may belong to a peer without naming its connection.
    const isShared = event.kind === "signal" && event.pc === undefined;
    const end = ends.get(`${event.peer} ${event.pc}`);
    for (const one of isShared ? (endsOfPeer.get(event.peer ?? "") ?? []) : end ? [end] : []) {
      note(one, event, methods);
    }
  }
  const found = pairs.flatMap(({ a, b }) => {
    const one = ends.get(`${a.peer} ${a.pc}`);
    const other = ends.get(`${b.peer} ${b.pc}`);
    return one && other ? [...join(one, other), ...join(other, one)] : [];
  });
  return found.sort((x, y) => x.to.seq - y.to.seq);
}

/** What one end made, by its text, and what it was given, in order. */
class End {
  readonly made = new Map<string, Made>();
  readonly given: Given[] = [];
}

interface Made {
  /** The first step, such as `createOffer`. */
  readonly first: TraceEvent;
  event: TraceEvent;
  madeAt: number;
  isSent: boolean;
}

interface Given {
  readonly event: TraceEvent;
  readonly keys: readonly string[];
  readonly type: Handover["type"];
  readonly size: number;
  readonly isMessage: boolean;
}

function note(
  end: End,
  event: TraceEvent,
  calls: Map<number, { readonly method: string; readonly event: TraceEvent }>,
): void {
  switch (event.kind) {
    case "call": {
      calls.set(event.call, { method: event.method, event });
      const description = readDescriptionInit(event.arguments[0]);
      if (!description?.sdp) return;
      if (event.method === "setLocalDescription") make(end, event, description);
      if (event.method === "setRemoteDescription") give(end, event, description, false);
      return;
    }
    case "settle": {
      const call = calls.get(event.call);
      const description = readDescriptionInit(event.result);
      if (!call || !description?.sdp || call.method === "setRemoteDescription") return;
      make(end, call.event, description, event.t);
      return;
    }
    case "candidate":
      noteCandidate(end, event);
      return;
    case "signal":
      noteSignal(end, event);
      return;
    default:
  }
}

function noteCandidate(end: End, event: CandidateEvent): void {
  const text = event.candidate?.candidate;
  if (!text) return;
  const mid = event.candidate?.sdpMid;
  const keys = candidateKeys(text, mid);
  if (event.side === "local") for (const key of keys) keep(end, key, event, event.t, false);
  else end.given.push({ event, keys, type: "candidate", size: text.length, isMessage: false });
}

function noteSignal(end: End, event: SignalEvent): void {
  const payload = readPayload(event.data);
  if (payload.kind === "description") {
    if (event.direction === "out") make(end, event, payload.description, event.t, true);
    else give(end, event, payload.description, true);
  } else if (payload.kind === "candidate" && payload.candidate) {
    const { candidate: text, sdpMid } = payload.candidate;
    const keys = candidateKeys(text, sdpMid);
    if (event.direction === "out") for (const key of keys) keep(end, key, event, event.t, true);
    else end.given.push({ event, keys, type: "candidate", size: text.length, isMessage: true });
  }
}

function make(
  end: End,
  event: TraceEvent,
  description: DescriptionInit,
  madeAt = event.t,
  isSent = false,
): void {
  for (const key of descriptionKeys(description)) keep(end, key, event, madeAt, isSent);
}

/** A description is made once, set later and sent at last: the time of its making stays, the last step stands for it. */
function keep(end: End, key: string, event: TraceEvent, madeAt: number, isSent: boolean): void {
  const known = end.made.get(key);
  if (!known) end.made.set(key, { first: event, event, madeAt, isSent });
  else if (!known.isSent || isSent) {
    known.event = event;
    known.isSent = isSent;
  }
}

function give(end: End, event: TraceEvent, description: DescriptionInit, isMessage: boolean): void {
  const keys = descriptionKeys(description);
  const { type, sdp } = description;
  end.given.push({ event, keys, type, size: sdp.length, isMessage });
}

function join(from: End, to: End): Handover[] {
  // What came as a message is not given a second time by the call that applies it.
  const messages = new Set(
    to.given.filter(({ isMessage }) => isMessage).map(({ keys }) => keys[0]),
  );
  const arrived = new Set<string>();
  return to.given.flatMap(({ event, keys, type, size, isMessage }): Handover[] => {
    const [text = ""] = keys;
    if (arrived.has(text) || (!isMessage && messages.has(text))) return [];
    const index = keys.findIndex((key) => from.made.has(key));
    const made = from.made.get(keys[index] ?? "");
    if (!made) return [];
    arrived.add(text);
    // Both ends were recorded: joinSignals knows it.
    if (made.isSent && isMessage) return [];
    const isAltered = type !== "candidate" && index > 0;
    // What is created may be sent before it is set locally.
    const left = made.event.t <= event.t || made.isSent ? made.event : made.first;
    return [{ from: left, to: event, madeAt: made.madeAt, type, size, isAltered }];
  });
}

function descriptionKeys({ type, sdp }: DescriptionInit): readonly string[] {
  const origin = descriptionOrigin(sdp);
  return [`${type} ${sdp}`, ...(origin === undefined ? [] : [`${type} ${origin}`])];
}

function candidateKeys(text: string, mid: string | null | undefined): readonly string[] {
  const bare = text.startsWith("a=") ? text.slice(2) : text;
  return [...(mid ? [`candidate ${bare} ${mid}`] : []), `candidate ${bare}`];
}
