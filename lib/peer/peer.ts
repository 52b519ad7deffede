import type { Codec, CodecPattern } from "../codec/codec.ts";
import { codecLabel, fitsPattern } from "../codec/match.ts";
import { parseCodecPattern, printCodecPattern } from "../codec/pattern.ts";
import type { CallMessageType, RefusalCode, RoomMessage } from "../handshake/message.ts";
import { recordSocket } from "../record/record-socket.ts";
import type { JoinOptions, Signaling } from "../signaling/client.ts";
import { connectSignaling, SignalingError } from "../signaling/client.ts";
import { createRecorder } from "../trace/recorder.ts";
import type { Trace } from "../trace/trace.ts";
import type { Call, CallFailure, CallMedia } from "./call.ts";
import { createCall } from "./call.ts";
import type { Engine, EngineConfiguration, MediaKind } from "./engine.ts";
import type { OutgoingFile } from "./file-transfer.ts";
import { FILE_PROTOCOL, sendFile } from "./file-transfer.ts";
import type { Clip } from "./media/clip.ts";
import type { MediaCount } from "./media/media-count.ts";
import { readMediaFile } from "./media/media-file.ts";
import { patternClip } from "./media/pattern.ts";
import type { PeerMedia, PeerOptions } from "./options.ts";
import type { SendChunksOptions } from "./send-chunks.ts";
import { werift } from "./werift.ts";

/** A WebRTC peer without a browser. */
export interface Peer {
  readonly name: string;
  /** Everything recorded so far; grows. */
  readonly trace: Trace;
  readonly state: PeerState;
  /** Ids of the members that this peer has a connection to, up or coming up. */
  readonly members: readonly string[];
  /** Joins the room: from now on others can connect. Rejects with a `PeerError` when joining is refused. */
  join(): Promise<void>;
  /**
   * Joins the room, if that is not done, and resolves when the first connection to another member is up, with its data
   * channel open. Rejects with a `PeerError` when joining is refused, a connection fails before one is up, or nobody comes.
   */
  connect(): Promise<void>;
  /** Sends over every open data channel; returns over how many. */
  send(data: string | ArrayBuffer | ArrayBufferView): number;
  /**
   * Sends a file to every member, each over a data channel of its own, in chunks, never more than the channel should hold.
   * Resolves when all have all of it. The other side gets it as `onFile`.
   */
  sendFile(file: OutgoingFile, options?: SendChunksOptions): Promise<void>;
  /** Sends one medium more to every member, and negotiates. */
  addMedia(media: MediaKind | PeerMedia): Promise<void>;
  /** Sends nothing of this kind any more, and negotiates. Throws `RangeError` when nothing of it is sent. */
  removeMedia(kind: MediaKind): void;
  /** Sends another source, `pattern` or a file, in the same section: W3C's `replaceTrack`, without negotiation. */
  replaceMedia(kind: MediaKind, source: string): Promise<void>;
  /** Negotiates new ICE credentials with every member, for a network that changed. */
  restartIce(): void;
  /** What has arrived over the present connections, track by track. */
  received(): readonly ReceivedMedia[];
  /** RTP packets that have arrived over the present connections, by kind. */
  packetsReceived(): Promise<Readonly<Record<MediaKind, number>>>;
  /** Files with what was received, as `saveTo` asks; whole when the peer is closed. */
  readonly savedFiles: readonly string[];
  /** Says bye to everybody and leaves the room; `join` and `connect` may be called again. */
  leave(): Promise<void>;
  /** Leaves for good: all connections, sockets and timers end. */
  close(): Promise<void>;
}

/** How a peer stands. `failed` is a peer whose `connect` was rejected. */
export type PeerState = "idle" | "joined" | "connected" | "failed" | "closed";

/** What one track of a member has brought. */
export interface ReceivedMedia extends MediaCount {
  /** The member's id in the room. */
  readonly from: string;
}

/** Why a peer could not connect. */
export class PeerError extends Error {
  override readonly name = "PeerError";
  /**
   * A refusal's code; a failure of the call: `timeout`, `connection-failed`, `engine-error`, `bad-message`,
   * `codec-not-offered`; `unreachable` for the signaling server, `alone` when nobody came, `closed` or `aborted`.
   */
  readonly code: RefusalCode | CallFailure | "unreachable" | "alone" | "closed" | "aborted";

  constructor(code: PeerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Makes a headless peer: joins a room, offers to who comes after it and answers who was there before, sends media both ways,
 * and records every step. One connection for each other member; each negotiates by itself when something is added, as
 * W3C's perfect negotiation does. Throws `RangeError` for a codec that the engine does not know.
 */
export function createPeer(options: PeerOptions): Peer {
  const { name } = options;
  const engine = options.engine ?? werift;
  const recorder =
    options.recorder ?? createRecorder({ now, peers: [{ id: name, name, engine: engine.name }] });
  /** What is sent and received, and the same with its clips, as of joining. */
  let wanted: readonly PeerMedia[] = (options.media ?? wantedOf(options)).map(mediaOf);
  const codecs = codecsOf(engine, options);
  /** By the other member's id. */
  const calls = new Map<string, Call>();
  const saved: string[] = [];
  let media: readonly CallMedia[] = [];
  let signaling: Signaling | undefined;
  let joining: Promise<void> | undefined;
  let leaving: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  let state: PeerState = "idle";
  let made = 0;
  let connected = settled<void>();
  let loneliness: ReturnType<typeof setTimeout> | undefined;

  const fail = (error: PeerError): void => {
    clearTimeout(loneliness);
    if (!connected.reject(error)) return;
    if (state !== "closed") state = "failed";
    recorder.record({ kind: "note", peer: name, text: `${error.code}: ${error.message}` });
  };

  const callWith = (member: string, polite: boolean): Call => {
    clearTimeout(loneliness);
    made++;
    const call = createCall({
      engine,
      recorder,
      peer: name,
      polite,
      configuration: {
        iceServers: options.iceServers ?? [],
        codecs,
        ...(options.iceTransportPolicy && { iceTransportPolicy: options.iceTransportPolicy }),
      },
      media,
      channel: channelOf(options),
      answersWithChannel: options.answersWithChannel ?? false,
      timeoutMs: options.timeoutMs,
      trickle: options.trickle ?? true,
      serverCodecs: options.serverCodecs,
      save:
        options.saveTo === undefined
          ? undefined
          : { folder: options.saveTo, prefix: `${fileName(name)}-${made}` },
      recordContent: options.recordContent ?? false,
      send: ({ type, data }) => signaling?.send({ type, to: member, data }),
      onReady: () => {
        if (connected.resolve() || state === "joined") state = "connected";
      },
      onFailed: (code, reason) => fail(new PeerError(code, reason)),
      onMessage: (data) => options.onMessage?.(data, member),
      onFile: (file) => options.onFile?.(file, member),
      onClosed: () => {
        saved.push(...call.files());
        if (calls.get(member) === call) calls.delete(member);
        if (calls.size === 0 && state === "connected") state = "joined";
      },
    });
    calls.set(member, call);
    return call;
  };

  const hear = (from: string, message: { type: CallMessageType; data?: unknown }): void => {
    const call = calls.get(from);
    if (call !== undefined) call.receive(message);
    // Somebody who was here before us offers; candidates may overtake the offer on another kind of channel.
    else if (message.type !== "bye" && message.type !== "answer")
      callWith(from, true).receive(message);
  };

  const join = async (): Promise<void> => {
    let all: readonly PeerMedia[];
    do {
      all = wanted;
      media = await Promise.all(all.map(loaded));
      assertOpen();
      // Something may have been added meanwhile.
    } while (all !== wanted);
    const onSocket: JoinOptions["onSocket"] = (socket, transport = "ws") => {
      recordSocket(socket as unknown as WebSocket, { recorder, peer: name, transport });
    };
    const seat =
      typeof options.room === "string"
        ? await connectSignaling(options.room, {
            name,
            ...(options.capacity !== undefined && { capacity: options.capacity }),
            ...(options.token !== undefined && { token: options.token }),
            onSocket,
          })
        : await options.room({ name, onSocket });
    if (state === "closed") {
      await seat.close();
      assertOpen();
    }
    signaling = seat;
    state = "joined";
    seat.listen({
      message(message) {
        // Who calls somebody that is about to go gets no answer any more.
        if (signaling !== seat || leaving !== undefined) return;
        try {
          take(message);
        } catch (error) {
          // An engine that makes no connection, of such a configuration or at all.
          const reason = error instanceof Error ? error.message : String(error);
          fail(new PeerError("engine-error", reason));
        }
      },
      closed(reason) {
        if (signaling === seat && state !== "closed") {
          fail(new PeerError("closed", `The signaling ended: ${reason}.`));
        }
      },
    });
  };

  const take = (message: RoomMessage) => {
    switch (message.type) {
      case "welcome":
        // Somebody who comes again has nothing of the connection before.
        calls.get(message.id)?.receive({ type: "bye" });
        return callWith(message.id, false).start();
      case "left":
        return calls.get(message.id)?.receive({ type: "bye" });
      case "joined":
      case "refused":
        return;
      default:
        return hear(message.from, message);
    }
  };

  const assertOpen = (): void => {
    if (options.signal?.aborted) throw abortedError(options.signal);
    if (state === "closed") throw new PeerError("closed", "The peer is closed.");
  };

  const assertSends = (kind: MediaKind): void => {
    if (wanted.some((each) => each.kind === kind && each.direction !== "recvonly")) return;
    throw new RangeError(`This peer sends no ${kind}.`);
  };

  const joinOnce = async (): Promise<void> => {
    if (leaving !== undefined) {
      await leaving;
      assertOpen();
    }
    joining ??= join().catch((error: unknown) => {
      joining = undefined;
      const known =
        error instanceof SignalingError ? new PeerError(error.code, error.message) : error;
      if (known instanceof PeerError) fail(known);
      throw known;
    });
    await joining;
  };

  const waitForSomebody = (): void => {
    const patienceMs = options.aloneTimeoutMs ?? 60_000;
    if (patienceMs === 0 || calls.size > 0 || state !== "joined" || leaving !== undefined) return;
    clearTimeout(loneliness);
    loneliness = setTimeout(() => {
      const others = signaling?.members.length ?? 0;
      const reason =
        others > 0
          ? `The ${others} there before did not call within ${patienceMs} ms.`
          : `Nobody else came within ${patienceMs} ms.`;
      fail(new PeerError("alone", reason));
    }, patienceMs);
  };

  const leave = (): Promise<void> => {
    leaving ??= leaveNow().finally(() => {
      leaving = undefined;
    });
    return leaving;
  };

  const leaveNow = async (): Promise<void> => {
    clearTimeout(loneliness);
    await joining?.catch(() => {});
    const seat = signaling;
    await Promise.all([...calls.values()].map((call) => call.close()));
    signaling = undefined;
    joining = undefined;
    await seat?.close();
  };

  const close = async (error: PeerError): Promise<void> => {
    state = "closed";
    connected.reject(error);
    options.signal?.removeEventListener("abort", abort);
    await leave();
    if (options.recorder === undefined) recorder.record({ kind: "end", reason: "closed" });
  };

  const abort = (): void => {
    if (closing !== undefined || options.signal === undefined) return;
    const error = abortedError(options.signal);
    recorder.record({ kind: "note", peer: name, text: `${error.code}: ${error.message}` });
    closing = close(error);
  };
  options.signal?.addEventListener("abort", abort);
  if (options.signal?.aborted) abort();

  return {
    name,
    trace: recorder.trace,
    get state() {
      return state;
    },
    get members() {
      return [...calls.keys()];
    },
    async join() {
      assertOpen();
      await joinOnce();
    },
    async connect() {
      assertOpen();
      const attempt = connected;
      await joinOnce();
      waitForSomebody();
      await attempt.promise;
    },
    send(data) {
      return [...calls.values()].filter((call) => call.say(data)).length;
    },
    async sendFile(file, sendOptions) {
      const all = [...calls.values()].map((call) =>
        sendFile(call.openChannel("file", { protocol: FILE_PROTOCOL }), file, sendOptions),
      );
      await Promise.all(all);
    },
    async addMedia(more) {
      const added = mediaOf(more);
      const one = await loaded(added);
      wanted = [...wanted, added];
      media = [...media, one];
      for (const call of calls.values()) call.addMedia(one);
    },
    removeMedia(kind) {
      assertSends(kind);
      const receiving = { direction: "recvonly" } as const;
      wanted = wanted.map((each) => (each.kind === kind ? { ...each, ...receiving } : each));
      media = media.map((each) => (each.kind === kind ? { ...each, ...receiving } : each));
      for (const call of calls.values()) call.removeMedia(kind);
    },
    async replaceMedia(kind, source) {
      assertSends(kind);
      const { clip } = await loaded({ kind, source });
      wanted = wanted.map((each) => (each.kind === kind ? { ...each, source } : each));
      media = media.map((each) => (each.kind === kind ? { ...each, clip } : each));
      await Promise.all([...calls.values()].map((call) => call.replaceMedia(kind, clip)));
    },
    restartIce() {
      for (const call of calls.values()) call.restartIce();
    },
    received() {
      return [...calls].flatMap(([from, call]) =>
        call.received().map((count) => ({ from, ...count })),
      );
    },
    async packetsReceived() {
      const packets = { audio: 0, video: 0 };
      for (const count of this.received()) packets[count.kind] += count.packets;
      return packets;
    },
    get savedFiles() {
      return [...saved, ...[...calls.values()].flatMap((call) => call.files())];
    },
    async leave() {
      assertOpen();
      connected.reject(new PeerError("closed", "The peer left before it was connected."));
      connected = settled<void>();
      await leave();
      if (state !== "closed") state = "idle";
    },
    async close() {
      closing ??= close(new PeerError("closed", "The peer was closed before it was connected."));
      await closing;
    },
  };
}

/** Media unless told otherwise: both kinds both ways, or what a server announced, to be received. */
function wantedOf({ serverCodecs }: PeerOptions): readonly (MediaKind | PeerMedia)[] {
  if (serverCodecs === undefined) return ["audio", "video"];
  return (["video", "audio"] as const)
    .filter((kind) => serverCodecs[kind] !== undefined)
    .map((kind) => ({ kind, direction: "recvonly" }));
}

/** A server that announces its media announces no data. */
function channelOf({ channel, serverCodecs }: PeerOptions): string | undefined {
  if (channel === false) return undefined;
  return channel ?? (serverCodecs === undefined ? "data" : undefined);
}

function mediaOf(media: MediaKind | PeerMedia): PeerMedia {
  return typeof media === "string" ? { kind: media } : media;
}

async function loaded({ kind, direction = "sendrecv", source }: PeerMedia): Promise<CallMedia> {
  const clip: Clip =
    source === undefined || source === "pattern" ? patternClip(kind) : await readMediaFile(source);
  if (clip.kind !== kind) throw new TypeError(`${source} has ${clip.kind}, not ${kind}.`);
  return { kind, direction, clip };
}

/** What the engine is to offer and accept. */
function codecsOf(
  engine: Engine,
  { codecs = {} }: PeerOptions,
): NonNullable<EngineConfiguration["codecs"]> {
  const wanted = (kind: MediaKind): readonly Codec[] => {
    const patterns = codecs[kind];
    if (patterns === undefined) return engine.codecs[kind];
    return patterns.flatMap((pattern) => codecsFor(engine, kind, pattern));
  };
  return { audio: wanted("audio"), video: wanted("video") };
}

function codecsFor(engine: Engine, kind: MediaKind, pattern: CodecPattern): readonly Codec[] {
  const { fmtp, ...rest } = parseCodecPattern(pattern);
  const known = engine.codecs[kind].filter((codec) => fitsPattern(codec, rest).matches);
  if (known.length === 0) {
    const labels = engine.codecs[kind].map(codecLabel).join(", ");
    throw new RangeError(
      `${engine.name} has no ${kind} codec ${printCodecPattern(pattern)}; it has ${labels}.`,
    );
  }
  return fmtp === undefined ? known : known.map((codec) => ({ ...codec, fmtp }));
}

/** A name as part of a file's name. */
function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_-]/gu, "_");
}

function abortedError(signal: AbortSignal): PeerError {
  const reason: unknown = signal.reason;
  const said = reason instanceof Error ? reason.message : String(reason);
  return new PeerError("aborted", `The peer was aborted: ${said}`);
}

interface Settled<Value> {
  readonly promise: Promise<Value>;
  /** False when it was settled before. */
  resolve(value: Value): boolean;
  reject(error: PeerError): boolean;
}

/** A promise that is settled from outside; nobody has to wait for it. */
function settled<Value>(): Settled<Value> {
  let isSettled = false;
  let resolve: (value: Value) => void = () => {};
  let reject: (error: PeerError) => void = () => {};
  const promise = new Promise<Value>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  promise.catch(() => {});
  const once = (step: () => void): boolean => {
    if (isSettled) return false;
    isSettled = true;
    step();
    return true;
  };
  return {
    promise,
    resolve: (value) => once(() => resolve(value)),
    reject: (error) => once(() => reject(error)),
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
