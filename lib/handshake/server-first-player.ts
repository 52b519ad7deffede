import type { CandidateInit, DescriptionInit } from "../trace/event.ts";
import type { ConnectionState, EngineCall } from "./handshake.ts";
import type { Announcement, PlayAddress, ServerAnswer } from "./server-first.ts";
import {
  INITIALIZATION_FAILED,
  readAnnouncement,
  readServerAnswer,
  withServerAddress,
} from "./server-first.ts";
import { fitPlayerOffer } from "./server-first-offer.ts";

/** −1: idle; 0: trying, which is signaling and connecting; 1: playing. */
export type PlayerState = -1 | 0 | 1;

/** What playing is made with. */
export interface PlaybackOptions {
  readonly address: PlayAddress;
  /** The host of the server's address, without its port. */
  readonly host: string;
  /** Whether it tries once more, 500 ms after the server could not make its connection; true unless told otherwise. */
  readonly retries?: boolean;
  /** How long it may take until media can flow, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
}

/** Why playing ended by itself. */
export type PlaybackFailure =
  /** The server sent the text of an error, or something that is no message of its. */
  | "refused"
  /** The player's engine has no codec that the server announced. */
  | "no-codec"
  /** The socket closed, or could not be opened, before the answer was there. */
  | "closed"
  | "engine-error"
  | "connection-failed"
  | "timeout";

/** What happens to a player: an order of its user, something on its socket, or a report of its engine. */
export type PlaybackInput =
  | { readonly type: "play" }
  | { readonly type: "stop" }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "socket-closed"; readonly reason: string }
  | { readonly type: "created"; readonly description: DescriptionInit }
  | { readonly type: "applied"; readonly side: "local" | "remote" }
  | { readonly type: "rejected"; readonly call: EngineCall["type"]; readonly reason: string }
  | { readonly type: "connection"; readonly state: ConnectionState }
  /** The time asked for by `wake` has come. */
  | { readonly type: "wake" };

/** What the caller has to do, in order. What comes from a socket or a connection that is closed is not told any more. */
export type PlaybackOutput =
  | EngineCall
  | { readonly type: "open-socket" }
  | { readonly type: "close-socket" }
  | { readonly type: "send"; readonly text: string }
  /** Make a connection without servers that receives these kinds and sends nothing. */
  | { readonly type: "create-connection"; readonly kinds: readonly ("video" | "audio")[] }
  | { readonly type: "close-connection" }
  /** Give `{ type: "wake" }` at this time, on the clock of `now`. A later one replaces it; `undefined` takes it back. */
  | { readonly type: "wake"; readonly at: number | undefined }
  | { readonly type: "state"; readonly state: PlayerState }
  | { readonly type: "ended"; readonly code: PlaybackFailure; readonly reason: string };

/** A player of a server-first media server, without engine, socket and clock. */
export interface Playback {
  readonly state: PlayerState;
  /** `now` in milliseconds, of any clock that does not go back. */
  handle(input: PlaybackInput, now: number): readonly PlaybackOutput[];
}

/**
 * Makes an idle player. The server announces its codecs, the player offers to receive exactly these, the server answers
 * with one candidate; then the socket is closed and media flows. `play` does nothing while it plays, nor within a second
 * after `stop`.
 */
export function createPlayback(options: PlaybackOptions): Playback {
  const timeoutMs = options.timeoutMs ?? 30_000;
  let state: PlayerState = -1;
  let step: Step = "idle";
  let announcement: Announcement = {};
  let candidate: CandidateInit | undefined;
  let deadline = 0;
  let triesLeft = 0;
  let stoppedAt = Number.NEGATIVE_INFINITY;
  let outputs: PlaybackOutput[] = [];

  const enter = (next: PlayerState) => {
    if (state === next) return;
    state = next;
    outputs.push({ type: "state", state: next });
  };

  /** Closes what is open: each step knows what that is. */
  const closeAll = () => {
    if (isSocketOpen(step)) outputs.push({ type: "close-socket" });
    if (isConnectionOpen(step)) outputs.push({ type: "close-connection" });
  };

  const finish = () => {
    closeAll();
    outputs.push({ type: "wake", at: undefined });
    step = "idle";
    enter(-1);
  };

  const fail = (code: PlaybackFailure, reason: string) => {
    finish();
    outputs.push({ type: "ended", code, reason });
  };

  const begin = () => {
    step = "announcement";
    outputs.push({ type: "open-socket" }, { type: "wake", at: deadline });
  };

  const announced = (text: string) => {
    const read = readAnnouncement(text);
    if ("error" in read) return fail("refused", read.error);
    announcement = read;
    step = "offer";
    const kinds = (["video", "audio"] as const).filter((kind) => read[kind] !== undefined);
    outputs.push({ type: "create-connection", kinds }, { type: "create-offer" });
  };

  const offer = (description: DescriptionInit) => {
    const fitted = fitPlayerOffer(description.sdp, announcement);
    if ("error" in fitted) return fail("no-codec", fitted.error.en);
    const rewritten: DescriptionInit = { type: "offer", sdp: fitted.offer.toString() };
    step = "answer";
    outputs.push(
      { type: "set-local", description: rewritten },
      { type: "send", text: JSON.stringify(rewritten) },
    );
  };

  const answered = (text: string, now: number) => {
    const read: ServerAnswer | { readonly error: string } = readServerAnswer(text);
    if ("error" in read) {
      if (triesLeft === 0 || !read.error.startsWith(INITIALIZATION_FAILED)) {
        return fail("refused", read.error);
      }
      triesLeft--;
      closeAll();
      step = "pause";
      outputs.push({ type: "wake", at: now + RETRY_MS });
      return;
    }
    const isSinglePort = options.address.port === "singleport";
    candidate = isSinglePort ? withServerAddress(read.candidate, options.host) : read.candidate;
    step = "applying";
    outputs.push({ type: "set-remote", description: read.answer });
  };

  const take = (input: PlaybackInput, now: number) => {
    switch (input.type) {
      case "play":
        if (state !== -1 || now - stoppedAt < REST_MS) return;
        triesLeft = (options.retries ?? true) ? 1 : 0;
        deadline = now + timeoutMs;
        enter(0);
        return begin();
      case "stop":
        if (state === -1) return;
        stoppedAt = now;
        return finish();
      case "text":
        if (step === "announcement") announced(input.text);
        else if (step === "answer") answered(input.text, now);
        else if (step === "offer") fail("refused", "The server's answer came before the offer.");
        return;
      case "socket-closed":
        if (isSocketOpen(step) && step !== "applying") fail("closed", input.reason);
        return;
      case "created":
        if (step === "offer") offer(input.description);
        return;
      case "applied":
        if (step !== "applying" || input.side !== "remote" || candidate === undefined) return;
        step = "connecting";
        outputs.push({ type: "add-candidate", candidate }, { type: "close-socket" });
        return;
      case "rejected":
        // The answer may hold candidates of its own: without this one the connection may come up all the same.
        if (input.call === "add-candidate" || !isConnectionOpen(step)) return;
        return fail("engine-error", `${input.call}: ${input.reason}`);
      case "connection":
        if (!isConnectionOpen(step)) return;
        if (input.state === "failed") fail("connection-failed", "The connection failed.");
        if (input.state !== "connected" || state === 1) return;
        outputs.push({ type: "wake", at: undefined });
        return enter(1);
      case "wake":
        if (step === "pause") begin();
        else if (state === 0) {
          fail("timeout", `No media could flow within ${timeoutMs} ms.`);
        }
        return;
      default:
        return input satisfies never;
    }
  };

  return {
    get state() {
      return state;
    },
    handle(input, now) {
      outputs = [];
      take(input, now);
      return outputs;
    },
  };
}

/** How long a player rests before it tries again, and after a stop. Milliseconds. */
const RETRY_MS = 500;
const REST_MS = 1000;

/** What a player waits for. */
type Step =
  | "idle"
  /** The server's first message. */
  | "announcement"
  /** Its own engine's offer. */
  | "offer"
  /** The server's second message. */
  | "answer"
  /** Its own engine, which applies the answer. */
  | "applying"
  /** The connection, and from then on its end. */
  | "connecting"
  /** The time to try again. */
  | "pause";

function isSocketOpen(step: Step): boolean {
  return step === "announcement" || step === "offer" || step === "answer" || step === "applying";
}

function isConnectionOpen(step: Step): boolean {
  return step === "offer" || step === "answer" || step === "applying" || step === "connecting";
}
