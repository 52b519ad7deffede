import type { Recorder } from "../trace/recorder.ts";
import { createRecorder } from "../trace/recorder.ts";
import type { RecordableConnection } from "./connection.ts";
import { nextConnectionName } from "./connection-name.ts";
import { errorOf } from "./error.ts";
import { readNativeField } from "./field.ts";
import { createLateLedger } from "./ledger.ts";
import { toPlain, toPlainConfiguration } from "./plain.ts";
import { quietly } from "./quietly.ts";
import type { Recording } from "./record.ts";
import { recordInto } from "./record.ts";
import { recordFrames } from "./record-frames.ts";
import { recordRequests } from "./record-requests.ts";
import type { RecordableSocket } from "./record-socket.ts";
import { recordSocketInto } from "./record-socket.ts";
import { replaceField } from "./replace-field.ts";
import type { IntakeSocket } from "./send.ts";
import { sendTrace } from "./send.ts";
import { callerStack } from "./stack.ts";
import type { Constructor } from "./when-made.ts";
import { giveBackConstructor, whenMade } from "./when-made.ts";

/** How to record a page. */
export interface RecordAllOptions {
  /** The intake's address, token included: `ws://127.0.0.1:7377/intake?token=…`. */
  readonly url: string;
  /** The peer's id in the trace; `page` unless told otherwise. */
  readonly peer?: string;
  /** Whether WebSockets are recorded too, as the page's signaling; true unless told otherwise. */
  readonly sockets?: boolean;
  /** How many events are kept in the page, the latest; 50 000 unless told otherwise. */
  readonly maxEvents?: number;
}

/** What of a page's global object is recorded. */
export interface RecordableWindow {
  RTCPeerConnection?: Constructor;
  /** Chromium's old name of the same class. */
  webkitRTCPeerConnection?: Constructor;
  fetch?: unknown;
  EventSource?: unknown;
  XMLHttpRequest?: unknown;
  readonly HTMLIFrameElement?: { readonly prototype: object };
  WebSocket?: Constructor;
  readonly navigator?: { readonly userAgent?: string };
  readonly document?: { readonly title?: string };
  readonly sessionStorage?: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
  };
  addEventListener?(type: string, listener: () => void): void;
}

/** A running recording of a page. */
export interface PageRecording {
  /** What was recorded; its events are put together when the page is idle, or when they are asked for. */
  readonly recorder: Recorder;
  /** Whether the intake has been out of reach three times in a row, or refused the trace, which is kept in the page then. */
  readonly isAlone: boolean;
  /** Why the intake refused the trace, in its own words; `undefined` where it did not. */
  readonly refusal: string | undefined;
  /** Ends the recording of each connection, writes the session's end, sends what is left, and gives the page its own classes back, but for those that something else, such as a shim, has replaced since. */
  stop(): void;
}

/**
 * Records every RTCPeerConnection and every WebSocket that a page makes from now on, and what it says of descriptions
 * and candidates by `fetch`, `XMLHttpRequest` and `EventSource`, also by the classes of its frames' windows, and sends the trace to an
 * inspector's intake as it grows. Call it before the page's own scripts; shims such as webrtc-adapter may come after it.
 * What the page sees of its connections and sockets stays as it is.
 */
export function recordAll(window: RecordableWindow, options: RecordAllOptions): PageRecording {
  const { peer = "page" } = options;
  const agent = window.navigator?.userAgent;
  const { timeOrigin } = performance;
  const now = (): number => timeOrigin + performance.now();
  const recorder = createRecorder({
    now,
    id: [nameIn(peer), tabOf(window), startOf(now()), randomLetters()].join("-"),
    maxEvents: options.maxEvents ?? 50_000,
    source: { format: "recorder", ...(agent !== undefined && { agent }) },
    peers: [
      {
        id: peer,
        name: window.document?.title || peer,
        ...(agent !== undefined && { engine: engineOf(agent) }),
      },
    ],
  });

  const ledger = createLateLedger(recorder);
  const { WebSocket } = window;
  // The sender takes the page's own class: what it sends must not be recorded.
  const sender = sendTrace(recorder, {
    url: options.url,
    ...(WebSocket !== undefined && { WebSocket: WebSocket as new (url: string) => IntakeSocket }),
  });

  const undo: (() => void)[] = [];
  /** Of connections that have not ended, by their name: those that have must not be kept from going. */
  const running = new Map<string, Recording>();
  recorder.subscribe((event) => {
    if (event.kind === "end" && event.pc !== undefined) running.delete(event.pc);
  });
  let isStopped = false;
  const recordWindow = (scope: RecordableWindow): void => {
    const { RTCPeerConnection, webkitRTCPeerConnection, WebSocket } = scope;
    if (RTCPeerConnection !== undefined) {
      const shown = whenMade<RecordableConnection>(
        RTCPeerConnection,
        (made, [given]) => {
          if (isStopped) return;
          const configuration = given ?? {};
          const recording = recordInto(
            made,
            { recorder, peer, configuration, stacks: true },
            ledger,
          );
          running.set(recording.pc, recording);
        },
        (error, given) => {
          if (!isStopped) writeRefusal(error, given, callerStack(OWN_FRAMES));
        },
      );
      undo.push(replaceField(scope, "RTCPeerConnection", shown));
      if (webkitRTCPeerConnection === RTCPeerConnection) {
        undo.push(replaceField(scope, "webkitRTCPeerConnection", shown));
      }
      undo.push(() => giveBackConstructor(RTCPeerConnection, shown));
    }
    undo.push(recordFrames(scope, (inner) => recordWindow(inner)));
    if (options.sockets === false) return;
    if (WebSocket !== undefined) {
      const shown = whenMade<RecordableSocket>(WebSocket, (made) => {
        if (!isStopped) recordSocketInto(made, { recorder, peer }, ledger);
      });
      undo.push(replaceField(scope, "WebSocket", shown));
      undo.push(() => giveBackConstructor(WebSocket, shown));
    }
    undo.push(recordRequests(scope, { ledger, peer }));
  };

  /** A connection that the browser refused to make has a name, a call that failed, and its end. */
  const writeRefusal = (
    error: unknown,
    given: readonly unknown[],
    stack: () => string | undefined,
  ): void => {
    const place = { peer, pc: nextConnectionName(recorder, peer) };
    const call = recorder.nextCall();
    const shown = given.map((argument, index) =>
      (index === 0 ? toPlainConfiguration : toPlain)(argument, readNativeField),
    );
    ledger.write(place, () => {
      const at = stack();
      const method = "constructor";
      return { kind: "call", call, method, arguments: shown, ...(at && { stack: at }) };
    });
    ledger.write(place, { kind: "settle", call, error: errorOf(error, readNativeField) });
    ledger.write(place, { kind: "end", reason: "closed" });
  };

  recordWindow(window);
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    for (const { stop: stopRecording } of running.values()) quietly(stopRecording);
    ledger.settle();
    recorder.record({ kind: "end", reason: "recorder-stopped" });
    sender.close();
    for (const step of undo.splice(0)) {
      try {
        step();
      } catch {
        // A frame may have gone to another origin meanwhile.
      }
    }
  };
  return {
    recorder: {
      ...recorder,
      get trace() {
        ledger.settle();
        return recorder.trace;
      },
    },
    get isAlone() {
      return sender.refusal !== undefined || sender.failures >= 3;
    },
    get refusal() {
      return sender.refusal;
    },
    stop,
  };
}

/** Of what is told of a refusal, of what calls that (two) and of the class. */
const OWN_FRAMES = 4;

/** What of a peer's id stands in that of the trace: `page` where it has none of the letters that may, such as `철수`. */
function nameIn(peer: string): string {
  return peer.replace(/[^A-Za-z0-9]/g, "").slice(0, MAX_NAME) || "page";
}

/** With the time and what tells two tabs apart an id has room for 128 characters. */
const MAX_NAME = 64;

/**
 * Four letters and digits that the traces of one tab have in common, however often its page is loaded anew. They stand
 * before the time, so that the traces stand together in a list. Other ones each time where the page may keep nothing.
 */
function tabOf(window: RecordableWindow): string {
  const made = randomLetters();
  try {
    const kept = window.sessionStorage?.getItem(TAB_KEY);
    if (kept && /^[0-9a-z]{4}$/.test(kept)) return kept;
    window.sessionStorage?.setItem(TAB_KEY, made);
  } catch {
    // A frame without an origin of its own may not even ask.
  }
  return made;
}

const TAB_KEY = "sdpscope-tab";

function startOf(time: number): string {
  return new Date(time).toISOString().replaceAll(":", "-");
}

/** Two frames of a tab may begin within a millisecond. */
function randomLetters(): string {
  return Math.floor(Math.random() * 36 ** 4)
    .toString(36)
    .padStart(4, "0");
}

/** Such as `Firefox 153`, out of a user agent; the whole text where none of the known names is in it. */
function engineOf(agent: string): string {
  const names = ["Firefox", "Edg", "Chrome", "Version"];
  for (const name of names) {
    const start = agent.indexOf(`${name}/`);
    if (start === -1) continue;
    const version = Number.parseInt(agent.slice(start + name.length + 1), 10);
    return `${shownNames[name] ?? name} ${version}`;
  }
  return agent.slice(0, 80);
}

const shownNames: Readonly<Record<string, string>> = { Edg: "Edge", Version: "Safari" };
