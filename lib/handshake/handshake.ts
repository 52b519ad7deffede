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
  /**
   * How long the connection may take to come up, and later each exchange of descriptions, in milliseconds; 30 000 unless
   * told otherwise.
   */
  readonly timeoutMs?: number;
  /** Whether candidates are sent as they are gathered; true unless told otherwise. Without, a description waits for them all. */
  readonly trickle?: boolean;
}

/** What happens to one end: an order of its user, a message of the other end, or a report of its engine. */
export type HandshakeInput =
  /** Offer now, or as soon as the present exchange is over; with `iceRestart`, with new ICE credentials. */
  | { readonly type: "negotiate"; readonly iceRestart?: boolean }
  | { readonly type: "close" }
  | {
      readonly type: "message";
      readonly message: { readonly type: CallMessageType; readonly data?: unknown };
    }
  /** `createOffer` or `createAnswer` gave this. */
  | { readonly type: "created"; readonly description: DescriptionInit }
  /**
   * `setLocalDescription` or `setRemoteDescription` has applied what it was given. `gathered` is the local description with
   * its candidates, when there is none to gather any more.
   */
  | {
      readonly type: "applied";
      readonly side: "local" | "remote";
      readonly gathered?: DescriptionInit;
    }
  /** An engine's call rejected. */
  | { readonly type: "rejected"; readonly call: EngineCall["type"]; readonly reason: string }
  /** The engine gathered a candidate; `null` when it has found all: then `description` is the local one with all of them. */
  | {
      readonly type: "gathered";
      readonly candidate: CandidateInit | null;
      readonly description?: DescriptionInit | null;
    }
  /** `reason` says more about a connection that failed, where more is known. */
  | { readonly type: "connection"; readonly state: ConnectionState; readonly reason?: string }
  /** The time asked for by `wake` has come. `reason` says what is known of why the connection is not up. */
  | { readonly type: "wake"; readonly reason?: string };

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
  | { readonly type: "create-offer"; readonly iceRestart?: boolean }
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
 * A description is sent as soon as it is created, without waiting for gathering (trickle, RFC 8838), unless told otherwise.
 * Candidates that come before the remote description are kept and added, in order, once it is applied.
 * Both ends offering at once ends with the impolite end's offer, as in W3C's perfect negotiation.
 */
export function createHandshake(options: HandshakeOptions): Handshake {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const isTrickling = options.trickle ?? true;
  let state: HandshakeState = "idle";
  /** What the exchange of descriptions is at; the engine's own signaling state follows it. */
  let exchange: Exchange = "stable";
  let hasRemote = false;
  let waiting: (CandidateInit | null)[] = [];
  let isOfferIgnored = false;
  let isNegotiationNeeded = false;
  let isRestartNeeded = false;
  /** Whether the offer that is out is a restart. */
  let isRestarting = false;
  /** A description that is applied, and sent when its candidates are gathered. */
  let unsent: DescriptionInit["type"] | undefined;
  /** An offer that came while one of our own was in the making. */
  let offerAfter: DescriptionInit | undefined;
  /** Candidates of that offer. */
  let candidatesAfter: (CandidateInit | null)[] = [];
  let time = 0;
  let deadline: number | undefined;
  let outputs: HandshakeOutput[] = [];

  const enter = (next: HandshakeState): void => {
    if (state === next) return;
    state = next;
    outputs.push({ type: "state", state: next });
  };

  const wakeAt = (at: number | undefined): void => {
    deadline = at;
    outputs.push({ type: "wake", at });
  };

  const begin = (): void => {
    if (state !== "idle") return;
    enter("negotiating");
    wakeAt(time + timeoutMs);
  };

  /** A connection that is up has time for each exchange of its own. */
  const beginExchange = (): void => {
    if (state === "connected") wakeAt(time + timeoutMs);
  };

  const end = (next: "failed" | "closed"): void => {
    waiting = [];
    candidatesAfter = [];
    wakeAt(undefined);
    outputs.push({ type: "close-connection" });
    enter(next);
  };

  const fail = (code: HandshakeFailure, reason: string) => {
    outputs.push({ type: "failed", code, reason }, { type: "send", message: { type: "bye" } });
    end("failed");
  };

  const offer = (): void => {
    isNegotiationNeeded = false;
    exchange = "creating-offer";
    beginExchange();
    isRestarting = isRestartNeeded;
    outputs.push({ type: "create-offer", ...(isRestarting && { iceRestart: true }) });
  };

  const takeOffer = (description: DescriptionInit) => {
    isOfferIgnored = false;
    exchange = "applying-offer";
    hasRemote = false;
    unsent = undefined;
    waiting.push(...candidatesAfter);
    candidatesAfter = [];
    beginExchange();
    outputs.push({ type: "set-remote", description });
  };

  const receiveOffer = (data: unknown) => {
    if (!isDescription(data, "offer")) return fail("bad-message", "An offer without its sdp.");
    switch (exchange) {
      case "stable":
        return takeOffer(data);
      case "creating-offer":
      case "gathering-offer":
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
    // What comes from now on belongs to the answer, whatever was ignored before it.
    isOfferIgnored = false;
    outputs.push({ type: "set-remote", description: data });
  };

  const receiveCandidate = (data: unknown) => {
    const candidate = data ?? null;
    if (!isCandidate(candidate)) return fail("bad-message", "A candidate without its text.");
    if (isOfferIgnored) return;
    if (offerAfter !== undefined) {
      candidatesAfter.push(candidate);
    } else if (hasRemote && exchange !== "applying-answer") {
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
      exchange = isTrickling ? "awaiting-answer" : "gathering-offer";
      apply("offer", description);
    } else if (exchange === "creating-answer") {
      exchange = "applying-own-answer";
      apply("answer", description);
    }
  };

  /** Applies a description of our own, and sends it: at once, or with all its candidates. */
  const apply = (type: "offer" | "answer", description: DescriptionInit): void => {
    outputs.push({ type: "set-local", description });
    if (isTrickling) outputs.push({ type: "send", message: { type, data: description } });
    else unsent = type;
  };

  const sendGathered = (description: DescriptionInit): void => {
    if (unsent === undefined || description.type !== unsent) return;
    const { type } = description;
    unsent = undefined;
    outputs.push({
      type: "send",
      message: { type: type as "offer" | "answer", data: description },
    });
    if (exchange === "gathering-offer") exchange = "awaiting-answer";
    else if (exchange === "gathering-answer") settle();
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
    if (exchange !== isOver) return;
    // One that was given up for the other end's offer is still to be done.
    if (side === "remote" && isRestarting) isRestartNeeded = false;
    if (side === "local" && unsent !== undefined) exchange = "gathering-answer";
    else settle();
  };

  /** An exchange is over: what waited for it comes now. */
  const settle = (): void => {
    exchange = "stable";
    if (state === "connected") wakeAt(undefined);
    if (offerAfter !== undefined) {
      const theirs = offerAfter;
      offerAfter = undefined;
      takeOffer(theirs);
    } else if (isNegotiationNeeded) {
      offer();
    }
  };

  const step = (input: HandshakeInput) => {
    switch (input.type) {
      case "negotiate":
        begin();
        isRestartNeeded ||= input.iceRestart ?? false;
        if (exchange === "stable") offer();
        else isNegotiationNeeded = true;
        return;
      case "close":
        outputs.push({ type: "send", message: { type: "bye" } });
        return end("closed");
      case "message":
        if (input.message.type !== "bye") begin();
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
        applied(input.side);
        if (input.gathered !== undefined) sendGathered(input.gathered);
        return;
      case "rejected":
        // One candidate that an engine cannot use does not end a call: others may still connect.
        if (input.call === "add-candidate") return;
        return fail("engine-error", `${input.call}: ${input.reason}`);
      case "gathered":
        if (isTrickling) {
          outputs.push({ type: "send", message: { type: "candidate", data: input.candidate } });
        } else if (input.candidate === null && input.description) {
          sendGathered(input.description);
        }
        return;
      case "connection":
        if (input.state === "connected") {
          if (state !== "connected" || exchange === "stable") {
            wakeAt(undefined);
          }
          enter("connected");
        } else if (input.state === "failed") {
          const reason = input.reason ?? "The engine does not say why.";
          fail("connection-failed", `The connection failed. ${reason}`);
        } else if (input.state === "closed") {
          // The other end closed it without a word.
          end("closed");
        }
        return;
      case "wake": {
        // One that was taken back, but under way already.
        if (deadline === undefined) return;
        const what =
          state === "negotiating"
            ? "The connection did not come up"
            : "The other end did not answer";
        return fail(
          "timeout",
          [`${what} within ${timeoutMs} ms.`, input.reason ?? ""].join(" ").trim(),
        );
      }
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
      time = now;
      step(input);
      return outputs;
    },
  };
}

type Exchange =
  | "stable"
  | "creating-offer"
  | "gathering-offer"
  | "awaiting-answer"
  | "applying-answer"
  | "applying-offer"
  | "creating-answer"
  | "applying-own-answer"
  | "gathering-answer";

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
