import type { Recorder } from "../trace/recorder.ts";
import { createRecorder } from "../trace/recorder.ts";
import type { RecordableConnection } from "./connection.ts";
import { record } from "./record.ts";
import { recordRequests } from "./record-requests.ts";
import type { RecordableSocket } from "./record-socket.ts";
import { recordSocket } from "./record-socket.ts";
import type { IntakeSocket } from "./send.ts";
import { sendTrace } from "./send.ts";

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
  WebSocket?: Constructor;
  readonly navigator?: { readonly userAgent?: string };
  readonly document?: { readonly title?: string };
  addEventListener?(type: string, listener: () => void): void;
}

/** A running recording of a page. */
export interface PageRecording {
  readonly recorder: Recorder;
  /** Whether the intake has been out of reach three times in a row: the trace is kept in the page meanwhile. */
  readonly isAlone: boolean;
  /** Writes the session's end, sends what is left, and gives the page its own classes back. */
  stop(): void;
}

/**
 * Records every RTCPeerConnection and every WebSocket that a page makes from now on, and what it says of descriptions
 * and candidates by `fetch` and `EventSource`, and sends the trace to an
 * inspector's intake as it grows. Call it before the page's own scripts; shims such as webrtc-adapter may come after it.
 * What the page sees of its connections and sockets stays as it is.
 */
export function recordAll(window: RecordableWindow, options: RecordAllOptions): PageRecording {
  const { peer = "page" } = options;
  const agent = window.navigator?.userAgent;
  const now = (): number => performance.timeOrigin + performance.now();
  const recorder = createRecorder({
    now,
    id: `${peer.replace(/[^A-Za-z0-9]/g, "")}-${new Date(now()).toISOString().replaceAll(":", "-")}-${randomSuffix()}`,
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

  const { RTCPeerConnection, webkitRTCPeerConnection, WebSocket } = window;
  if (RTCPeerConnection !== undefined) {
    window.RTCPeerConnection = whenMade<RecordableConnection>(RTCPeerConnection, (made, [given]) =>
      record(made, { recorder, peer, configuration: given ?? {}, stacks: true }),
    );
    if (webkitRTCPeerConnection === RTCPeerConnection) {
      window.webkitRTCPeerConnection = window.RTCPeerConnection;
    }
  }
  // The sender takes the page's own class: what it sends must not be recorded.
  const sender = sendTrace(recorder, {
    url: options.url,
    ...(WebSocket !== undefined && { WebSocket: WebSocket as new (url: string) => IntakeSocket }),
  });
  if (WebSocket !== undefined && options.sockets !== false) {
    window.WebSocket = whenMade<RecordableSocket>(WebSocket, (made) => {
      recordSocket(made, { recorder, peer });
    });
  }

  const leaveRequests =
    options.sockets === false ? undefined : recordRequests(window, { recorder, peer });

  let isStopped = false;
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    recorder.record({ kind: "end", reason: "recorder-stopped" });
    sender.close();
    leaveRequests?.();
    if (RTCPeerConnection !== undefined) {
      window.RTCPeerConnection = RTCPeerConnection;
      giveConstructor(RTCPeerConnection, RTCPeerConnection);
    }
    if (webkitRTCPeerConnection !== undefined) {
      window.webkitRTCPeerConnection = webkitRTCPeerConnection;
    }
    if (WebSocket !== undefined) {
      window.WebSocket = WebSocket;
      giveConstructor(WebSocket, WebSocket);
    }
  };
  return {
    recorder,
    get isAlone() {
      return sender.failures >= 3;
    },
    stop,
  };
}

type Constructor = new (...given: never[]) => object;

/** The class itself in every respect, but for each object that it makes there is a call. */
function whenMade<Made>(
  original: Constructor,
  made: (object: Made, given: readonly unknown[]) => void,
): Constructor {
  const wrapped = new Proxy(original, {
    construct(target, given, newTarget) {
      const object = Reflect.construct(target, given, newTarget) as object;
      try {
        made(object as Made, given);
      } catch {
        // Whatever keeps it from being recorded, the page has its object.
      }
      return object;
    },
  });
  giveConstructor(original, wrapped);
  return wrapped;
}

/** `connection.constructor === RTCPeerConnection` holds in the page as ever. */
function giveConstructor(original: Constructor, shown: Constructor): void {
  const { prototype } = original as { readonly prototype: object };
  Object.defineProperty(prototype, "constructor", {
    value: shown,
    configurable: true,
    writable: true,
  });
}

/** Two tabs may begin within a millisecond. */
function randomSuffix(): string {
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
