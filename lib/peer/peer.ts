import type { HandshakeFailure } from "../handshake/handshake.ts";
import type { CallMessageType, RefusalCode } from "../handshake/message.ts";
import { recordSocket } from "../record/record-socket.ts";
import type { JoinOptions, JoinSignaling, Signaling } from "../signaling/client.ts";
import { connectSignaling, SignalingError } from "../signaling/client.ts";
import type { Recorder } from "../trace/recorder.ts";
import { createRecorder } from "../trace/recorder.ts";
import type { Trace } from "../trace/trace.ts";
import type { Call } from "./call.ts";
import { createCall } from "./call.ts";
import type { Engine, EngineConfiguration, IceServer, MediaKind } from "./engine.ts";
import { werift } from "./werift.ts";

/** What a headless peer is made with. */
export interface PeerOptions {
  /**
   * The room to join, such as `ws://127.0.0.1:8080/rooms/demo`; or what joins another member over something else, such
   * as `startBareChannel(channel, { isCaller: true })`: then `capacity` and `token` do not count.
   */
  readonly room: string | JoinSignaling;
  /** The peer's name in the room and its id in the trace. */
  readonly name: string;
  /** How many members the room holds; counts only for who opens it. */
  readonly capacity?: number;
  readonly token?: string;
  /** Where the peer's steps are recorded; a recorder of its own unless given. Peers that share one make one trace. */
  readonly recorder?: Recorder;
  /** Kinds of synthetic media to send, and to receive; both unless told otherwise. */
  readonly media?: readonly MediaKind[];
  /** The label of the data channel that this peer opens when it offers; `data` unless told otherwise, false for none. */
  readonly channel?: string | false;
  /** None unless told otherwise: then no address outside is asked for anything. */
  readonly iceServers?: readonly IceServer[];
  readonly iceTransportPolicy?: EngineConfiguration["iceTransportPolicy"];
  /** How long a connection may take to come up, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** What makes the connections; werift unless told otherwise. */
  readonly engine?: Engine;
  /** A message came over a data channel, from the member with this id in the room. */
  readonly onMessage?: (data: string | ArrayBuffer, from: string) => void;
}

/** A WebRTC peer without a browser. */
export interface Peer {
  readonly name: string;
  /** Everything recorded so far; grows. */
  readonly trace: Trace;
  /** Joins the room: from now on others can connect. Rejects with a `PeerError` when joining is refused. */
  join(): Promise<void>;
  /**
   * Joins the room, if that is not done, and resolves when the first connection to another member is up, with its data
   * channel open. Rejects with a `PeerError` when joining is refused, or a connection fails before one is up.
   */
  connect(): Promise<void>;
  /** Sends over every open data channel; returns over how many. */
  send(data: string | ArrayBuffer | ArrayBufferView): number;
  /** RTP packets that have arrived over the present connections, by kind. */
  packetsReceived(): Promise<Readonly<Record<MediaKind, number>>>;
  /** Says bye to everybody, closes all connections and leaves the room. */
  close(): Promise<void>;
}

/** Why a peer could not connect. */
export class PeerError extends Error {
  override readonly name = "PeerError";
  readonly code: RefusalCode | HandshakeFailure | "unreachable" | "closed";

  constructor(code: PeerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Makes a headless peer: joins a room, offers to who comes after it and answers who was there before, sends synthetic
 * media both ways, and records every step. One connection for each other member.
 */
export function createPeer(options: PeerOptions): Peer {
  const { name } = options;
  const engine = options.engine ?? werift;
  const recorder =
    options.recorder ?? createRecorder({ now, peers: [{ id: name, name, engine: engine.name }] });
  /** By the other member's id. */
  const calls = new Map<string, Call>();
  let signaling: Signaling | undefined;
  let isClosed = false;
  let joining: Promise<void> | undefined;
  const connected = settled<void>();

  const callWith = (member: string, polite: boolean): Call => {
    const call = createCall({
      engine,
      recorder,
      peer: name,
      polite,
      configuration: {
        iceServers: options.iceServers ?? [],
        ...(options.iceTransportPolicy && { iceTransportPolicy: options.iceTransportPolicy }),
      },
      media: options.media ?? ["audio", "video"],
      channel: options.channel === false ? undefined : (options.channel ?? "data"),
      timeoutMs: options.timeoutMs,
      send: ({ type, data }) => signaling?.send({ type, to: member, data }),
      onReady: () => connected.resolve(),
      onFailed: (code, reason) => connected.reject(new PeerError(code, reason)),
      onMessage: (data) => options.onMessage?.(data, member),
      onClosed: () => {
        if (calls.get(member) === call) calls.delete(member);
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
    const onSocket: JoinOptions["onSocket"] = (socket, transport = "ws") => {
      recordSocket(socket as unknown as WebSocket, { recorder, peer: name, transport });
    };
    signaling =
      typeof options.room === "string"
        ? await connectSignaling(options.room, {
            name,
            ...(options.capacity !== undefined && { capacity: options.capacity }),
            ...(options.token !== undefined && { token: options.token }),
            onSocket,
          })
        : await options.room({ name, onSocket });
    signaling.listen({
      message(message) {
        switch (message.type) {
          case "welcome":
            return callWith(message.id, false).start();
          case "left":
            return calls.get(message.id)?.receive({ type: "bye" });
          case "joined":
          case "refused":
            return;
          default:
            return hear(message.from, message);
        }
      },
      closed(reason) {
        if (!isClosed) connected.reject(new PeerError("closed", `The signaling ended: ${reason}.`));
      },
    });
  };

  return {
    name,
    trace: recorder.trace,
    join() {
      joining ??= join().catch((error: unknown) => {
        throw error instanceof SignalingError ? new PeerError(error.code, error.message) : error;
      });
      return joining;
    },
    async connect() {
      await this.join();
      await connected.promise;
    },
    send(data) {
      return [...calls.values()].filter((call) => call.say(data)).length;
    },
    async packetsReceived() {
      const packets = { audio: 0, video: 0 };
      for (const call of calls.values()) {
        const { audio, video } = await call.packetsReceived();
        packets.audio += audio;
        packets.video += video;
      }
      return packets;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      connected.reject(new PeerError("closed", "The peer was closed before it was connected."));
      await Promise.all([...calls.values()].map((call) => call.close()));
      await signaling?.close();
      if (options.recorder === undefined) recorder.record({ kind: "end", reason: "closed" });
    },
  };
}

interface Settled<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: PeerError): void;
}

/** A promise that is settled from outside; nobody has to wait for it. */
function settled<Value>(): Settled<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: PeerError) => void = () => {};
  const promise = new Promise<Value>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
