import type { EngineCall } from "../handshake/handshake.ts";
import type { Announcement, PlayAddress } from "../handshake/server-first.ts";
import type {
  PlaySessionEnd,
  PlaySessionInput,
  PlaySessionOutput,
} from "../handshake/server-first-session.ts";
import { createPlaySession } from "../handshake/server-first-session.ts";
import { record } from "../record/record.ts";
import { recordSocket } from "../record/record-socket.ts";
import type { SignalingServer, SignalingServerOptions } from "../signaling/server.ts";
import { createSignalingServer } from "../signaling/server.ts";
import type { ClientSocket } from "../signaling/socket-keeper.ts";
import { POLICY_VIOLATION } from "../signaling/socket-keeper.ts";
import type { Recorder } from "../trace/recorder.ts";
import type { Engine, EngineConnection, MediaKind } from "./engine.ts";
import type { Clip } from "./media/clip.ts";
import { readMediaFile } from "./media/media-file.ts";
import { patternClip } from "./media/pattern.ts";
import type { Player as ClipPlayer } from "./media/player.ts";
import { createPlayer as createClipPlayer } from "./media/player.ts";
import { werift } from "./werift.ts";

/** What a server-first media server is made with. */
export interface MediaServerOptions {
  /** What is played by which alias. */
  readonly streams: Readonly<Record<string, PlayStream>>;
  /** The server's id in the trace; `media-server` unless told otherwise. */
  readonly name?: string;
  /**
   * Where its steps are recorded: all in one trace, or with a function each session in one of its own, to which the session
   * writes its end. Nothing is recorded unless given, so that a server may run for long.
   */
  readonly recorder?: Recorder | ((address: PlayAddress) => Recorder);
  /** How many players there may be at a time; 100 unless told otherwise. One more is told so by the text of an error. */
  readonly maxPlayers?: number;
  /** How long a player may take to offer, and its connection to come up, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** What makes the connections; werift unless told otherwise. */
  readonly engine?: Engine;
  /** The sockets' limits and the pages that may connect, for `listen`. */
  readonly signaling?: SignalingServerOptions;
  /** A player's session ended. */
  readonly onEnded?: (code: PlaySessionEnd, reason: string) => void;
}

/** What one alias has: video, audio or both. Each player gets it from its beginning, again and again. */
export interface PlayStream {
  readonly video?: PlaySource;
  readonly audio?: PlaySource;
}

/**
 * `pattern` is a moving picture in VP8, or silence in Opus; another text the path of an IVF file (VP8, VP9, AV1) or an Ogg
 * file (Opus); a clip is sent as it is.
 */
export type PlaySource = string | Clip;

/** A running media server: it announces its codecs, and each player offers to receive them. */
export interface MediaServer {
  /** How many players it has now. */
  readonly players: number;
  /** Takes a player's socket: the `play` of `createSignalingServer`'s options. */
  readonly play: (client: ClientSocket, address: PlayAddress) => void;
  /** Opens a server of its own and gives its address, such as `ws://127.0.0.1:5119`. Rejects when the port is taken. */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<string>;
  /** Ends every session, and the server of its own. */
  close(): Promise<void>;
}

/**
 * Makes a media server for `/webrtc_playnow/{singleport|randomport}/{tcp|udp}/{alias}`. It speaks the protocol of Unreal
 * Media Server's browser player as far as that is known; this is unverified against the vendor's players. Whatever the
 * address says, media goes over UDP, and each connection takes a port of its own.
 * Rejects with a `RangeError` for a stream without media, or of a codec that the engine does not have, and with the error of
 * the file system for a file that cannot be read.
 */
export async function createMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { name = "media-server", engine = werift, maxPlayers = 100 } = options;
  const streams = new Map<string, ClipStream>();
  for (const [alias, stream] of Object.entries(options.streams)) {
    const clips = { video: await clipOf("video", stream), audio: await clipOf("audio", stream) };
    checkCodecs(engine, alias, clips);
    streams.set(alias, clips);
  }
  const { recorder } = options;
  const sessions = new Set<() => Promise<void>>();
  let own: SignalingServer | undefined;

  const play = (client: ClientSocket, address: PlayAddress): void => {
    if (sessions.size >= maxPlayers) {
      client.send(`Error: The server has ${maxPlayers} players already`);
      client.close(POLICY_VIOLATION, "too-many-players");
      return;
    }
    const stop = runSession({
      client,
      address,
      stream: streams.get(address.alias),
      engine,
      recorder: typeof recorder === "function" ? recorder(address) : recorder,
      ownsRecorder: typeof recorder === "function",
      peer: name,
      timeoutMs: options.timeoutMs,
      onEnded(code, reason) {
        sessions.delete(stop);
        options.onEnded?.(code, reason);
      },
    });
    sessions.add(stop);
  };

  return {
    get players() {
      return sessions.size;
    },
    play,
    listen(address = {}) {
      own ??= createSignalingServer({ ...options.signaling, play });
      return own.listen(address);
    },
    async close() {
      await Promise.all([...sessions].map((stop) => stop()));
      await own?.close();
    },
  };
}

interface SessionOptions {
  readonly client: ClientSocket;
  readonly address: PlayAddress;
  readonly stream: ClipStream | undefined;
  readonly engine: Engine;
  readonly recorder: Recorder | undefined;
  /** The recorder is this session's alone. */
  readonly ownsRecorder: boolean;
  readonly peer: string;
  readonly timeoutMs: number | undefined;
  readonly onEnded: (code: PlaySessionEnd, reason: string) => void;
}

/** Runs one player's session; returns what stops it. */
function runSession(options: SessionOptions): () => Promise<void> {
  const { client, stream, engine, recorder, peer } = options;
  const session = createPlaySession({
    announcement: stream && announcementOf(stream),
    address: options.address,
    ...(client.localAddress !== undefined && { localAddress: client.localAddress }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const socket = socketOf(client);
  if (recorder) recordSocket(socket, { recorder, peer });
  const sources = new Map<MediaKind, ClipPlayer>();
  let connection: EngineConnection | undefined;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let whenClosed: Promise<void> = Promise.resolve();

  const give = (input: PlaySessionInput): void => {
    for (const output of session.handle(input, performance.now())) carryOut(output);
  };

  const carryOut = (output: PlaySessionOutput) => {
    switch (output.type) {
      case "send":
        return socket.send(output.text);
      case "close-socket":
        return client.close(NORMAL, "");
      case "create-connection":
        return connect();
      case "start-media":
        for (const source of sources.values()) source.start();
        return;
      case "close-connection":
        for (const source of sources.values()) source.stop();
        whenClosed = Promise.resolve(connection?.close());
        connection = undefined;
        return;
      case "wake":
        clearTimeout(alarm);
        if (output.at !== undefined) {
          alarm = setTimeout(() => give({ type: "wake" }), output.at - performance.now());
        }
        return;
      case "ended":
        return end(output.code, output.reason);
      default: {
        const own = connection;
        if (own === undefined) return;
        callEngine(own, output).then(give, (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          give({ type: "rejected", call: output.type, reason });
        });
      }
    }
  };

  const end = (code: PlaySessionEnd, reason: string) => {
    if (code !== "left" && code !== "stopped") {
      recorder?.record({ kind: "note", peer, text: `${code}: ${reason}` });
    }
    whenClosed = whenClosed.then(() => {
      if (options.ownsRecorder) recorder?.record({ kind: "end", reason: "closed" });
    });
    options.onEnded(code, reason);
  };

  const connect = (): void => {
    const only = (kind: MediaKind) =>
      engine.codecs[kind].filter(({ name }) => isSameName(name, stream?.[kind]?.codec));
    const configuration = {
      iceServers: [],
      codecs: { audio: only("audio"), video: only("video") },
    };
    const own = engine.createConnection(configuration);
    connection = own;
    if (recorder) record(own, { recorder, peer, configuration: { iceServers: [] } });
    own.addEventListener("icecandidate", (event) => {
      give({ type: "gathered", candidate: (event as RTCPeerConnectionIceEvent).candidate });
    });
    own.addEventListener("connectionstatechange", () => {
      const state = own.connectionState as RTCPeerConnectionState;
      if (connection === own) give({ type: "connection", state });
    });
  };

  const callEngine = async (own: EngineConnection, call: EngineCall): Promise<PlaySessionInput> => {
    switch (call.type) {
      case "set-remote":
        await own.setRemoteDescription(call.description);
        return { type: "applied", side: "remote" };
      case "create-answer":
        await attachTracks(own);
        return { type: "created", description: await own.createAnswer() };
      case "set-local":
        await own.setLocalDescription(call.description);
        return { type: "applied", side: "local" };
      case "create-offer":
      case "add-candidate":
        throw new TypeError(`A media server does not ${call.type}.`);
      default:
        return call satisfies never;
    }
  };

  /** The first section of each kind that the stream has gets a track; what else was offered gets nothing. */
  const attachTracks = async (own: EngineConnection): Promise<void> => {
    for (const transceiver of own.getTransceivers()) {
      const kind = transceiver.receiver.track.kind as MediaKind;
      const clip = sources.has(kind) ? undefined : stream?.[kind];
      transceiver.direction = clip === undefined ? "inactive" : "sendonly";
      if (clip === undefined) continue;
      const source = createClipPlayer(clip, engine.createTrack(kind));
      sources.set(kind, source);
      await transceiver.sender.replaceTrack(source.track);
    }
  };

  // The announcement first: what the player says before it has heard that waits.
  queueMicrotask(() => {
    give({ type: "open" });
    client.listen({
      text(text) {
        socket.hear(text);
        give({ type: "text", text });
      },
      closed: () => give({ type: "socket-closed" }),
    });
  });

  return async () => {
    give({ type: "stop" });
    await whenClosed;
  };
}

const NORMAL = 1000;

/** The server's end of a socket, in the shape that can be recorded. */
function socketOf(client: ClientSocket) {
  const socket = Object.assign(new EventTarget(), {
    send: (text: string): void => client.send(text),
    hear(text: string): void {
      socket.dispatchEvent(new MessageEvent("message", { data: text }));
    },
  });
  return socket;
}

interface ClipStream {
  readonly video: Clip | undefined;
  readonly audio: Clip | undefined;
}

function announcementOf({ video, audio }: ClipStream): Announcement {
  return { ...(video && { video: video.codec }), ...(audio && { audio: audio.codec }) };
}

async function clipOf(kind: MediaKind, stream: PlayStream): Promise<Clip | undefined> {
  const source = stream[kind];
  if (source === undefined) return undefined;
  if (source === "pattern") return patternClip(kind);
  const clip = typeof source === "string" ? await readMediaFile(source) : source;
  if (clip.kind === kind) return clip;
  throw new RangeError(`${source} is no ${kind}: it has ${clip.codec}.`);
}

function checkCodecs(engine: Engine, alias: string, stream: ClipStream): void {
  if (stream.video === undefined && stream.audio === undefined) {
    throw new RangeError(`The stream ${JSON.stringify(alias)} has neither video nor audio.`);
  }
  for (const kind of ["video", "audio"] as const) {
    const codec = stream[kind]?.codec;
    if (codec === undefined || engine.codecs[kind].some(({ name }) => isSameName(name, codec))) {
      continue;
    }
    const known = engine.codecs[kind].map(({ name }) => name).join(", ");
    throw new RangeError(
      `The stream ${JSON.stringify(alias)} has ${kind} in ${codec}; ${engine.name} knows ${known}.`,
    );
  }
}

function isSameName(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
