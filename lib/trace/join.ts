import type { Steps } from "../steps.ts";
import { finish, STEP } from "../steps.ts";
import type { SignalEvent } from "./event.ts";
import type { Payload } from "./payload.ts";
import { readPayload } from "./payload.ts";
import type { Trace } from "./trace.ts";

/**
 * One signaling message with both its ends, as far as they were recorded.
 *
 * `received`: both ends are known. `lost`: a description or candidate was sent, others do record what they receive,
 * and nobody recorded this one. `in-flight`: the same, but the recording goes on and the message is young.
 * `unrecorded`: the other end is a server, or nobody else was recorded.
 */
export interface Delivery {
  readonly sent?: SignalEvent;
  readonly received?: SignalEvent;
  readonly outcome: "received" | "lost" | "in-flight" | "unrecorded";
  readonly payload: Payload;
}

/** A message younger than this, in a recording that goes on, is on its way. Milliseconds. */
const FLIGHT_TIME = 1000;

/**
 * Joins the signaling messages that were sent with those that were received: by the sender's message number
 * where the channel carries it, else by what they say. A message sent once and received by several gives
 * several deliveries. In the order of the events; each signal event is in at least one delivery.
 */
export function joinSignals(trace: Trace): readonly Delivery[] {
  return finish(joinSteps(trace));
}

/** `joinSignals`, in steps. */
export function* joinSteps(trace: Trace): Steps<readonly Delivery[]> {
  const signals: SignalEvent[] = [];
  const payloads = new Map<SignalEvent, Payload>();
  let goesOn = true;
  let done = 0;
  for (const event of trace.events) {
    if (++done % STEP === 0) yield;
    if (event.kind === "end") goesOn = false;
    if (event.kind !== "signal") continue;
    signals.push(event);
    payloads.set(event, readPayload(event.data));
  }
  const payloadOf = (event: SignalEvent): Payload => payloads.get(event) ?? { kind: "other" };

  const sent = new Outbox();
  for (const event of signals) {
    if (++done % STEP === 0) yield;
    if (event.direction === "out") sent.put(event, keysOf(event, payloadOf(event)));
  }
  const senderOf = new Map<SignalEvent, SignalEvent>();
  const delivered = new Set<SignalEvent>();
  for (const event of signals) {
    if (++done % STEP === 0) yield;
    if (event.direction !== "in") continue;
    const payload = payloadOf(event);
    const isSame = (other: SignalEvent): boolean =>
      contentOf(payloadOf(other)) === contentOf(payload);
    const sender = sent.take(keysOf(event, payload), event.peer ?? "", isSame);
    if (!sender) continue;
    senderOf.set(event, sender);
    delivered.add(sender);
  }

  const listeners = new Set(
    signals.filter(({ direction }) => direction === "in").map(({ peer }) => peer),
  );
  const last = trace.events.at(-1)?.t ?? 0;
  const fateOf = (event: SignalEvent): Delivery["outcome"] => {
    const isHeard = [...listeners].some((peer) => peer !== event.peer);
    if (payloadOf(event).kind === "other" || !isHeard) return "unrecorded";
    return goesOn && last - event.t < FLIGHT_TIME ? "in-flight" : "lost";
  };

  const deliveries: Delivery[] = [];
  for (const event of signals) {
    if (++done % STEP === 0) yield;
    const payload = payloadOf(event);
    if (event.direction === "out") {
      if (delivered.has(event)) continue;
      deliveries.push({ sent: event, outcome: fateOf(event), payload });
      continue;
    }
    const sender = senderOf.get(event);
    deliveries.push(
      sender
        ? { sent: sender, received: event, outcome: "received", payload }
        : { received: event, outcome: "unrecorded", payload },
    );
  }
  return deliveries;
}

/** How many undelivered messages of one key are looked through for one receiver: a hostile trace stays linear. */
const REACH = 64;

/** Sent messages that wait for their receivers; several peers may receive one. */
class Outbox {
  readonly #lists = new Map<string, SignalEvent[]>();
  readonly #taken = new Map<SignalEvent, Set<string>>();
  /** For each key and receiver, how many messages at the list's head are done with. */
  readonly #done = new Map<string, number>();

  put(event: SignalEvent, keys: readonly string[]): void {
    for (const key of keys) {
      const list = this.#lists.get(key);
      if (list) list.push(event);
      else this.#lists.set(key, [event]);
    }
  }

  take(
    keys: readonly string[],
    receiver: string,
    isSame: (event: SignalEvent) => boolean,
  ): SignalEvent | undefined {
    for (const key of keys) {
      const free = this.#free(key, receiver);
      // A channel may change what it carries, so a number alone joins too, unless several peers count alike.
      const found = free.find(isSame) ?? (free.length === 1 ? free[0] : undefined);
      if (!found) continue;
      this.#taken.set(found, (this.#taken.get(found) ?? new Set()).add(receiver));
      return found;
    }
    return undefined;
  }

  #free(key: string, receiver: string): SignalEvent[] {
    const list = this.#lists.get(key) ?? [];
    const isFree = (event: SignalEvent | undefined): event is SignalEvent =>
      event !== undefined && event.peer !== receiver && !this.#taken.get(event)?.has(receiver);
    const counter = `${receiver} ${key}`;
    let done = this.#done.get(counter) ?? 0;
    while (done < list.length && !isFree(list[done])) done++;
    this.#done.set(counter, done);
    return list.slice(done, done + REACH).filter(isFree);
  }
}

/** Under which keys a message is looked up, the surest first. */
function keysOf(event: SignalEvent, payload: Payload): string[] {
  const keys: string[] = [];
  if (event.message !== undefined) keys.push(`number ${event.type} ${event.message}`);
  if (payload.kind !== "other") keys.push(`content ${contentOf(payload)}`);
  return keys;
}

function contentOf(payload: Payload): string {
  switch (payload.kind) {
    case "description":
      return `${payload.description.type} ${payload.description.sdp}`;
    case "candidate":
      return `candidate ${payload.candidate?.candidate ?? ""} ${payload.candidate?.sdpMid ?? ""}`;
    case "other":
      return "";
    default:
      return payload satisfies never;
  }
}
