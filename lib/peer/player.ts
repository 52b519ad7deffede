import type { EngineCall } from "../handshake/handshake.ts";
import { readPlayPath } from "../handshake/server-first.ts";
import type {
  PlaybackFailure,
  PlaybackInput,
  PlaybackOutput,
  PlayerState,
} from "../handshake/server-first-player.ts";
import { createPlayback } from "../handshake/server-first-player.ts";
import { record } from "../record/record.ts";
import type { RecordableSocket } from "../record/record-socket.ts";
import { recordSocket } from "../record/record-socket.ts";
import type { SignalingSocket, SignalingSocketClass } from "../signaling/web-socket.ts";
import { platformWebSocket } from "../signaling/web-socket.ts";
import type { Recorder } from "../trace/recorder.ts";
import { createRecorder } from "../trace/recorder.ts";
import type { Trace } from "../trace/trace.ts";
import type { Engine, EngineConnection, EngineReceiveTrack, MediaKind } from "./engine.ts";
import type { MediaCount } from "./media/media-count.ts";
import { countMedia } from "./media/media-count.ts";
import { werift } from "./werift.ts";

/** What a player of a server-first media server is made with. */
export interface PlayerOptions {
  /** `ws[s]://host:port/webrtc_playnow/{singleport|randomport}/{tcp|udp}/{alias}`, with `/sid:{sid}` after it for a session. */
  readonly url: string;
  /** The player's id in the trace; `player` unless told otherwise. */
  readonly name?: string;
  /** Where its steps are recorded; a recorder of its own unless given. */
  readonly recorder?: Recorder;
  /** Whether it tries once more, 500 ms after the server could not make its connection; true unless told otherwise. */
  readonly retries?: boolean;
  /** How long it may take until media can flow, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** What makes the connections; werift unless told otherwise. */
  readonly engine?: Engine;
  /** The WebSocket class to use; the platform's own, or that of `ws` where there is none. */
  readonly WebSocket?: SignalingSocketClass;
  readonly onState?: (state: PlayerState) => void;
  readonly onTrack?: (track: EngineReceiveTrack) => void;
}

/** A headless player of a server-first media server. */
export interface Player {
  /** −1: idle; 0: trying; 1: playing. */
  readonly state: PlayerState;
  /** Everything recorded so far; grows. */
  readonly trace: Trace;
  /** What has come since `play`, one entry for each kind. */
  received(): readonly MediaCount[];
  /**
   * Resolves with true when it plays. Does nothing, and resolves with false, unless it is idle, and within a second after
   * `stop`. Rejects with a `PlayerError` when playing ends before it has begun, also by `stop`.
   */
  play(): Promise<boolean>;
  /** Closes socket and connection; resolves when they are closed. */
  stop(): Promise<void>;
}

/** Why a player does not play. */
export class PlayerError extends Error {
  override readonly name = "PlayerError";
  /** `refused` has the server's own words as its message. */
  readonly code: PlaybackFailure | "stopped";

  constructor(code: PlayerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Makes an idle player. It speaks the protocol of Unreal Media Server's browser player as far as that is known; this is
 * unverified against the vendor's server. Throws `TypeError` for a URL that is no play address.
 */
export function createPlayer(options: PlayerOptions): Player {
  const { name = "player", engine = werift } = options;
  const { address, host } = readUrl(options.url);
  const recorder =
    options.recorder ?? createRecorder({ now, peers: [{ id: name, name, engine: engine.name }] });
  const playback = createPlayback({
    address,
    host,
    ...(options.retries !== undefined && { retries: options.retries }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  let counts: (() => MediaCount)[] = [];
  let socket: SignalingSocket | undefined;
  /** How many were opened and closed: tells the present one from earlier ones. */
  let sockets = 0;
  let connection: EngineConnection | undefined;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let whenClosed: Promise<void> = Promise.resolve();
  let waiting: { resolve: () => void; reject: (error: PlayerError) => void } | undefined;

  const give = (input: PlaybackInput): void => {
    for (const output of playback.handle(input, performance.now())) carryOut(output);
  };

  const carryOut = (output: PlaybackOutput) => {
    switch (output.type) {
      case "open-socket":
        openSocket().catch((error: unknown) => {
          give({ type: "socket-closed", reason: `No socket can be opened: ${error}.` });
        });
        return;
      case "close-socket":
        sockets++;
        socket?.close(1000);
        socket = undefined;
        return;
      case "send":
        return socket?.send(output.text);
      case "create-connection":
        return connect(output.kinds);
      case "close-connection": {
        const closing = connection;
        connection = undefined;
        whenClosed = Promise.resolve(closing?.close());
        return;
      }
      case "wake":
        clearTimeout(alarm);
        if (output.at !== undefined) {
          alarm = setTimeout(() => give({ type: "wake" }), output.at - performance.now());
        }
        return;
      case "state":
        options.onState?.(output.state);
        if (output.state === 1) waiting?.resolve();
        return;
      case "ended":
        recorder.record({ kind: "note", peer: name, text: `${output.code}: ${output.reason}` });
        waiting?.reject(new PlayerError(output.code, output.reason));
        return;
      default: {
        const own = connection;
        if (own === undefined) return;
        // What an old connection still has to say is of no interest to the next one.
        const giveOwn = (input: PlaybackInput): void => {
          if (connection === own) give(input);
        };
        callEngine(own, output).then(giveOwn, (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          giveOwn({ type: "rejected", call: output.type, reason });
        });
      }
    }
  };

  const openSocket = async () => {
    sockets++;
    const number = sockets;
    // What an old socket still has to say is of no interest to the next one.
    const giveOwn = (input: PlaybackInput): void => {
      if (number === sockets) give(input);
    };
    const closed = (what: string, reason: string): void =>
      giveOwn({ type: "socket-closed", reason: `The media server ${what}: ${reason}.` });
    const WebSocketClass = options.WebSocket ?? (await platformWebSocket());
    if (number !== sockets) return;
    socket = new WebSocketClass(options.url);
    recordSocket(socket as unknown as RecordableSocket, { recorder, peer: name });
    socket.addEventListener("message", ({ data }) => {
      giveOwn({ type: "text", text: typeof data === "string" ? data : "" });
    });
    socket.addEventListener("error", ({ message }) => {
      closed("cannot be reached", message || "the connection failed");
    });
    socket.addEventListener("close", ({ code, reason }) => {
      closed("closed the connection", reason || `code ${code ?? 1006}`);
    });
  };

  const connect = (kinds: readonly MediaKind[]): void => {
    const configuration = { iceServers: [] };
    const own = engine.createConnection(configuration);
    connection = own;
    record(own, { recorder, peer: name, configuration });
    counts = kinds.map((kind) => {
      const transceiver = own.addTransceiver(kind, { direction: "recvonly" });
      const { track } = transceiver.receiver;
      options.onTrack?.(track);
      return countMedia(track, () => transceiver.mid);
    });
    own.addEventListener("connectionstatechange", () => {
      const state = own.connectionState as RTCPeerConnectionState;
      if (connection === own) give({ type: "connection", state });
    });
  };

  return {
    get state() {
      return playback.state;
    },
    received: () => counts.map((count) => count()),
    trace: recorder.trace,
    async play() {
      const wasIdle = playback.state === -1;
      const begun = new Promise<void>((resolve, reject) => {
        if (wasIdle) waiting = { resolve, reject };
        else resolve();
      });
      begun.catch(() => {});
      if (wasIdle) counts = [];
      give({ type: "play" });
      if (!wasIdle || playback.state === -1) return false;
      await begun;
      return true;
    },
    async stop() {
      give({ type: "stop" });
      waiting?.reject(new PlayerError("stopped", "The player was stopped before it played."));
      await whenClosed;
    },
  };
}

async function callEngine(connection: EngineConnection, call: EngineCall): Promise<PlaybackInput> {
  switch (call.type) {
    case "create-offer":
      return { type: "created", description: await connection.createOffer() };
    case "create-answer":
      return { type: "created", description: await connection.createAnswer() };
    case "set-local":
      await connection.setLocalDescription(call.description);
      return { type: "applied", side: "local" };
    case "set-remote":
      await connection.setRemoteDescription(call.description);
      return { type: "applied", side: "remote" };
    case "add-candidate":
      await connection.addIceCandidate(call.candidate);
      return { type: "applied", side: "local" };
    default:
      return call satisfies never;
  }
}

function readUrl(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSocket = url?.protocol === "ws:" || url?.protocol === "wss:";
  const address = isSocket ? readPlayPath(url.pathname) : undefined;
  if (url === undefined || address === undefined) {
    throw new TypeError(
      `A play address is ws[s]://host:port/webrtc_playnow/{singleport|randomport}/{tcp|udp}/{alias}; got ${JSON.stringify(text)}.`,
    );
  }
  return { address, host: url.hostname };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
