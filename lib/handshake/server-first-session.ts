import { parseCandidate } from "../ice/parse-candidate.ts";
import type { CandidateInit, DescriptionInit } from "../trace/event.ts";
import type { ConnectionState, EngineCall } from "./handshake.ts";
import type { Announcement, PlayAddress } from "./server-first.ts";
import {
  INITIALIZATION_FAILED,
  printAnnouncement,
  printServerAnswer,
  readDescriptionInit,
} from "./server-first.ts";
import { fitOffer } from "./server-first-offer.ts";

/** What one player's session with a media server is made with. */
export interface PlaySessionOptions {
  /** What the server sends; `undefined` when it has nothing by the alias. */
  readonly announcement: Announcement | undefined;
  readonly address: PlayAddress;
  /** The server's address that the player reached: its candidate is preferred. */
  readonly localAddress?: string;
  /** How long the player may take for its offer, and the connection to come up, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
}

/** Why a session ended. */
export type PlaySessionEnd =
  /** The player went: it closed its socket too early, or its connection is gone. */
  "left" | "no-such-alias" | "bad-offer" | "engine-error" | "timeout" | "stopped";

/** What happens to a session: something on its socket, a report of its engine, or the server's end. */
export type PlaySessionInput =
  | { readonly type: "open" }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "socket-closed" }
  | { readonly type: "created"; readonly description: DescriptionInit }
  | { readonly type: "applied"; readonly side: "local" | "remote" }
  | { readonly type: "rejected"; readonly call: EngineCall["type"]; readonly reason: string }
  | { readonly type: "gathered"; readonly candidate: CandidateInit | null }
  | { readonly type: "connection"; readonly state: ConnectionState }
  | { readonly type: "stop" }
  /** The time asked for by `wake` has come. */
  | { readonly type: "wake" };

/** What the caller has to do, in order. Media is attached to the connection before an answer is created. */
export type PlaySessionOutput =
  | EngineCall
  | { readonly type: "send"; readonly text: string }
  | { readonly type: "close-socket" }
  | { readonly type: "create-connection" }
  | { readonly type: "start-media" }
  | { readonly type: "close-connection" }
  /** Give `{ type: "wake" }` at this time, on the clock of `now`. A later one replaces it; `undefined` takes it back. */
  | { readonly type: "wake"; readonly at: number | undefined }
  | { readonly type: "ended"; readonly code: PlaySessionEnd; readonly reason: string };

/** A media server's session with one player, without engine, socket and clock. */
export interface PlaySession {
  /** `now` in milliseconds, of any clock that does not go back. */
  handle(input: PlaySessionInput, now: number): readonly PlaySessionOutput[];
}

/**
 * Makes a session. It announces the codecs, takes one offer, and answers with one candidate once its engine has gathered.
 * What the player may not do ends the session with the text of an error, as a player shows it.
 */
export function createPlaySession(options: PlaySessionOptions): PlaySession {
  const { announcement } = options;
  const timeoutMs = options.timeoutMs ?? 30_000;
  let step: Step = "new";
  let answer: DescriptionInit | undefined;
  const gathered: CandidateInit[] = [];
  let surplus = 0;
  let outputs: PlaySessionOutput[] = [];

  const end = (code: PlaySessionEnd, reason: string) => {
    if (isSocketOpen(step)) outputs.push({ type: "close-socket" });
    if (isConnectionOpen(step)) outputs.push({ type: "close-connection" });
    step = "ended";
    outputs.push({ type: "wake", at: undefined }, { type: "ended", code, reason });
  };

  /** Ends with a text for the player, as long as it listens. */
  const refuse = (code: PlaySessionEnd, text: string, reason = text) => {
    if (isSocketOpen(step)) outputs.push({ type: "send", text });
    end(code, reason);
  };

  const open = (now: number) => {
    step = "offer";
    if (announcement === undefined)
      return refuse("no-such-alias", "Error: There is no such stream");
    outputs.push(
      { type: "send", text: printAnnouncement(announcement) },
      { type: "wake", at: now + timeoutMs },
    );
  };

  const takeOffer = (text: string) => {
    const offer = readDescriptionInit(text, "offer");
    if (offer === undefined) {
      return refuse(
        "bad-offer",
        "Error: The message is no offer",
        "The first message is no offer.",
      );
    }
    const fitted = fitOffer(offer.sdp, announcement ?? {});
    if ("error" in fitted) {
      const text = "Error: The offer does not have the announced codecs";
      return refuse("bad-offer", text, fitted.error.en);
    }
    step = "answer";
    outputs.push(
      { type: "create-connection" },
      { type: "set-remote", description: { type: "offer", sdp: fitted.offer.toString() } },
    );
  };

  /** What follows the offer is not of this protocol. A little of it does no harm: a player may send candidates all the same. */
  const leaveOut = () => {
    surplus++;
    if (surplus <= MAX_SURPLUS || !isSocketOpen(step)) return;
    if (step !== "connecting") return refuse("bad-offer", "Error: Too many messages");
    step = "connecting-alone";
    outputs.push({ type: "close-socket" });
  };

  const collect = (candidate: CandidateInit | null, now: number) => {
    if (step !== "answer") return;
    if (candidate !== null && candidate.candidate !== "") {
      gathered.push(candidate);
      // A server that waits for a silent STUN server gathers for seconds: the player gets what is there by then.
      if (gathered.length === 1) outputs.push({ type: "wake", at: now + GATHERING_MS });
    } else {
      sendAnswer(now);
    }
  };

  const sendAnswer = (now: number) => {
    const candidate = bestOf(gathered, options);
    if (answer === undefined) return;
    if (candidate === undefined) {
      return refuse("engine-error", INITIALIZATION_FAILED, "The engine gathered no candidate.");
    }
    step = "connecting";
    outputs.push(
      { type: "send", text: printServerAnswer({ answer, candidate }) },
      { type: "wake", at: now + timeoutMs },
    );
  };

  const take = (input: PlaySessionInput, now: number) => {
    switch (input.type) {
      case "open":
        return step === "new" ? open(now) : undefined;
      case "text":
        return step === "offer" ? takeOffer(input.text) : leaveOut();
      case "socket-closed":
        if (step === "connecting") step = "connecting-alone";
        else if (isSocketOpen(step)) end("left", "The player closed its socket before the answer.");
        return;
      case "applied":
        if (step === "answer" && input.side === "remote") outputs.push({ type: "create-answer" });
        return;
      case "created":
        if (step !== "answer") return;
        answer = input.description;
        outputs.push({ type: "set-local", description: answer });
        return;
      case "gathered":
        return collect(input.candidate, now);
      case "rejected":
        if (!isConnectionOpen(step)) return;
        return refuse("engine-error", INITIALIZATION_FAILED, `${input.call}: ${input.reason}`);
      case "connection":
        if (!isConnectionOpen(step)) return;
        if (input.state === "connected") {
          outputs.push({ type: "wake", at: undefined }, { type: "start-media" });
        } else if (input.state === "failed" || input.state === "closed") {
          end("left", `The connection to the player is ${input.state}.`);
        }
        return;
      case "stop":
        return step === "ended" ? undefined : end("stopped", "The server was closed.");
      case "wake":
        if (step === "answer" && gathered.length > 0) sendAnswer(now);
        else if (step === "offer" || step === "answer")
          refuse("timeout", "Error: The offer took too long");
        else if (step !== "ended")
          end("timeout", `The connection did not come up within ${timeoutMs} ms.`);
        return;
      default:
        return input satisfies never;
    }
  };

  return {
    handle(input, now) {
      outputs = [];
      take(input, now);
      return outputs;
    },
  };
}

/** How long the first candidate waits for a better one. Milliseconds. */
const GATHERING_MS = 1000;

/** How many messages after the offer are left out before the socket has to go. */
const MAX_SURPLUS = 100;

type Step =
  | "new"
  /** Waits for the player's offer. */
  | "offer"
  /** Waits for the engine's answer and its candidates. */
  | "answer"
  /** Waits for the connection, and from then on for its end. */
  | "connecting"
  /** The same, and the player has closed its socket, as it shall. */
  | "connecting-alone"
  | "ended";

function isSocketOpen(step: Step): boolean {
  return step === "offer" || step === "answer" || step === "connecting";
}

function isConnectionOpen(step: Step): boolean {
  return step === "answer" || step === "connecting" || step === "connecting-alone";
}

/** The transport that the player asked for, then the address that it reached, then IPv4; else the order of gathering. */
function bestOf(
  candidates: readonly CandidateInit[],
  { address, localAddress }: PlaySessionOptions,
): CandidateInit | undefined {
  const score = (init: CandidateInit): number => {
    const read = parseCandidate(init.candidate).candidate;
    if (read === undefined) return -1;
    const isWanted = read.transport.toLowerCase() === address.transport;
    const isReached = read.address === localAddress;
    const isIPv4 = !read.address.includes(":");
    return (isWanted ? 4 : 0) + (isReached ? 2 : 0) + (isIPv4 ? 1 : 0);
  };
  return candidates
    .map((init) => ({ init, score: score(init) }))
    .filter((each) => each.score >= 0)
    .sort((a, b) => b.score - a.score)[0]?.init;
}
