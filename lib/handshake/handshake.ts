import type { CandidateInit, DescriptionInit } from "../trace/event.ts";
import type { CallMessageType } from "./message.ts";

/** How one end of a call stands. `negotiating` covers everything from the first description to `connected`. */
export type HandshakeState = "idle" | "negotiating" | "connected" | "failed" | "closed";

/** Why a handshake failed. */
export type HandshakeFailure =
  /** The connection did not come up in time. */
  | "timeout"
  /** The engine reported that the connection failed. */
  | "connection-failed"
  /** An engine refused a call; the message has its words. */
  | "engine-error"
  /** The other end sent something that is no message of a call. */
  | "bad-message";

/** What a call is made with. */
export interface HandshakeOptions {
  /**
   * When both ends offer at once, the polite end gives its own offer up and takes the other's.
   * Exactly one end of a call is polite.
   */
  readonly polite: boolean;
  /** How long the connection may take to come up, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
}

/** What happens to one end: an order of its user, a message of the other end, or a report of its engine. */
export type HandshakeInput =
  /** Offer now, or as soon as the present exchange is over. */
  | { readonly type: "negotiate" }
  | { readonly type: "close" }
  | {
      readonly type: "message";
      readonly message: { readonly type: CallMessageType; readonly data?: unknown };
    }
  /** `createOffer` or `createAnswer` gave this. */
  | { readonly type: "created"; readonly description: DescriptionInit }
  /** `setLocalDescription` or `setRemoteDescription` has applied what it was given. */
  | { readonly type: "applied"; readonly side: "local" | "remote" }
  /** An engine's call rejected. */
  | { readonly type: "rejected"; readonly call: EngineCall["type"]; readonly reason: string }
  /** The engine gathered a candidate; `null` when it has found all. */
  | { readonly type: "gathered"; readonly candidate: CandidateInit | null }
  | { readonly type: "connection"; readonly state: ConnectionState }
  /** The time asked for by `wake` has come. */
  | { readonly type: "wake" };

/** W3C's RTCPeerConnectionState. */
export type ConnectionState =
  | "new"
  | "connecting"
  | "connected"
  | "disconnected"
  | "failed"
  | "closed";

/** What the engine is to do. Each ends with an input: `created`, `applied` or `rejected`; `add-candidate` only with `rejected`. */
export type EngineCall =
  | { readonly type: "create-offer" }
  | { readonly type: "create-answer" }
  | { readonly type: "set-local"; readonly description: DescriptionInit }
  | { readonly type: "set-remote"; readonly description: DescriptionInit }
  | { readonly type: "add-candidate"; readonly candidate: CandidateInit | null };

/** What the caller has to do, in order. */
export type HandshakeOutput =
  | EngineCall
  | {
      readonly type: "send";
      readonly message: { readonly type: CallMessageType; readonly data?: unknown };
    }
  /** Give `{ type: "wake" }` at this time, on the clock of `now`. A later one replaces it; `undefined` takes it back. */
  | { readonly type: "wake"; readonly at: number | undefined }
  | { readonly type: "state"; readonly state: HandshakeState }
  | { readonly type: "failed"; readonly code: HandshakeFailure; readonly reason: string }
  /** Close the engine's connection. */
  | { readonly type: "close-connection" };

/** One end of a call, without engine, channel and clock. */
export interface Handshake {
  readonly state: HandshakeState;
  /** `now` in milliseconds, of any clock that does not go back. */
  handle(input: HandshakeInput, now: number): readonly HandshakeOutput[];
}

/**
 * Makes one end of a call: offer and answer in their order, candidates whenever they come.
 *
 * A description is sent as soon as it is created, without waiting for gathering (trickle, RFC 8838).
 * Candidates that come before the remote description are kept and added, in order, once it is applied.
 * Both ends offering at once ends with the impolite end's offer, as in W3C's perfect negotiation.
 */
export function createHandshake(options: HandshakeOptions): Handshake {
  const timeoutMs = options.timeoutMs ?? 30_000;
  let state: HandshakeState = "idle";
  /** What the exchange of descriptions is at; the engine's own signaling state follows it. */
  let exchange: Exchange = "stable";
  let hasRemote = false;
  let waiting: (CandidateInit | null)[] = [];
  let isOfferIgnored = false;
  let isNegotiationNeeded = false;
  /** An offer that came while one of our own was in the making. */
  let offerAfter: DescriptionInit | undefined;
  let outputs: HandshakeOutput[] = [];

  const enter = (next: HandshakeState): void => {
    if (state === next) return;
    state = next;
    outputs.push({ type: "state", state: next });
  };

  const begin = (now: number): void => {
    if (state !== "idle") return;
    enter("negotiating");
    outputs.push({ type: "wake", at: now + timeoutMs });
  };

  const end = (next: "failed" | "closed"): void => {
    waiting = [];
    outputs.push({ type: "wake", at: undefined }, { type: "close-connection" });
    enter(next);
  };

  const fail = (code: HandshakeFailure, reason: string) => {
    outputs.push({ type: "failed", code, reason }, { type: "send", message: { type: "bye" } });
    end("failed");
  };

  const offer = (): void => {
    isNegotiationNeeded = false;
    exchange = "creating-offer";
    outputs.push({ type: "create-offer" });
  };

  const takeOffer = (description: DescriptionInit) => {
    isOfferIgnored = false;
    exchange = "applying-offer";
    hasRemote = false;
    outputs.push({ type: "set-remote", description });
  };

  const receiveOffer = (data: unknown) => {
    if (!isDescription(data, "offer")) return fail("bad-message", "An offer without its sdp.");
    switch (exchange) {
      case "stable":
        return takeOffer(data);
      case "creating-offer":
      case "awaiting-answer":
        isOfferIgnored = !options.polite;
        if (isOfferIgnored) return;
        isNegotiationNeeded = true;
        if (exchange === "creating-offer") offerAfter = data;
        // The engine rolls its own offer back by itself: W3C's setRemoteDescription, implicit rollback.
        else takeOffer(data);
        return;
      default:
        // One offer after the other: the second waits for its turn.
        offerAfter = data;
    }
  };

  const receiveAnswer = (data: unknown) => {
    if (!isDescription(data, "answer")) return fail("bad-message", "An answer without its sdp.");
    // An answer to an offer that was given up comes too late to matter.
    if (exchange !== "awaiting-answer") return;
    exchange = "applying-answer";
    outputs.push({ type: "set-remote", description: data });
  };

  const receiveCandidate = (data: unknown) => {
    const candidate = data ?? null;
    if (!isCandidate(candidate)) return fail("bad-message", "A candidate without its text.");
    if (isOfferIgnored) return;
    if (hasRemote && exchange !== "applying-answer") {
      outputs.push({ type: "add-candidate", candidate });
    } else {
      waiting.push(candidate);
    }
  };

  const created = (description: DescriptionInit) => {
    if (exchange === "creating-offer") {
      if (offerAfter !== undefined) {
        const theirs = offerAfter;
        offerAfter = undefined;
        return takeOffer(theirs);
      }
      exchange = "awaiting-answer";
      outputs.push(
        { type: "set-local", description },
        { type: "send", message: { type: "offer", data: description } },
      );
    } else if (exchange === "creating-answer") {
      exchange = "applying-own-answer";
      outputs.push(
        { type: "set-local", description },
        { type: "send", message: { type: "answer", data: description } },
      );
    }
  };

  const applied = (side: "local" | "remote"): void => {
    if (side === "remote") {
      hasRemote = true;
      for (const candidate of waiting) outputs.push({ type: "add-candidate", candidate });
      waiting = [];
      if (exchange === "applying-offer") {
        exchange = "creating-answer";
        outputs.push({ type: "create-answer" });
        return;
      }
    }
    const isOver = side === "remote" ? "applying-answer" : "applying-own-answer";
    if (exchange === isOver) settle();
  };

  /** An exchange is over: what waited for it comes now. */
  const settle = (): void => {
    exchange = "stable";
    if (offerAfter !== undefined) {
      const theirs = offerAfter;
      offerAfter = undefined;
      takeOffer(theirs);
    } else if (isNegotiationNeeded) {
      offer();
    }
  };

  const step = (input: HandshakeInput, now: number) => {
    switch (input.type) {
      case "negotiate":
        begin(now);
        if (exchange === "stable") offer();
        else isNegotiationNeeded = true;
        return;
      case "close":
        outputs.push({ type: "send", message: { type: "bye" } });
        return end("closed");
      case "message":
        if (input.message.type !== "bye") begin(now);
        switch (input.message.type) {
          case "offer":
            return receiveOffer(input.message.data);
          case "answer":
            return receiveAnswer(input.message.data);
          case "candidate":
            return receiveCandidate(input.message.data);
          case "bye":
            return end("closed");
          default:
            return input.message.type satisfies never;
        }
      case "created":
        return created(input.description);
      case "applied":
        return applied(input.side);
      case "rejected":
        // One candidate that an engine cannot use does not end a call: others may still connect.
        if (input.call === "add-candidate") return;
        return fail("engine-error", `${input.call}: ${input.reason}`);
      case "gathered":
        outputs.push({ type: "send", message: { type: "candidate", data: input.candidate } });
        return;
      case "connection":
        if (input.state === "connected") {
          outputs.push({ type: "wake", at: undefined });
          enter("connected");
        } else if (input.state === "failed") {
          fail("connection-failed", "The engine reports that the connection failed.");
        }
        return;
      case "wake":
        if (state !== "negotiating") return;
        return fail("timeout", `The connection did not come up within ${timeoutMs} ms.`);
      default:
        return input satisfies never;
    }
  };

  return {
    get state() {
      return state;
    },
    handle(input, now) {
      if (state === "closed" || state === "failed") return [];
      outputs = [];
      step(input, now);
      return outputs;
    },
  };
}

type Exchange =
  | "stable"
  | "creating-offer"
  | "awaiting-answer"
  | "applying-answer"
  | "applying-offer"
  | "creating-answer"
  | "applying-own-answer";

function isDescription(value: unknown, type: "offer" | "answer"): value is DescriptionInit {
  if (typeof value !== "object" || value === null) return false;
  const description = value as Record<string, unknown>;
  return description["type"] === type && typeof description["sdp"] === "string";
}

function isCandidate(value: unknown): value is CandidateInit | null {
  if (value === null) return true;
  return (
    typeof value === "object" && typeof (value as Record<string, unknown>)["candidate"] === "string"
  );
}
