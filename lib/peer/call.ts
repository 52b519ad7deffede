import type {
  EngineCall,
  Handshake,
  HandshakeFailure,
  HandshakeInput,
  HandshakeOutput,
} from "../handshake/handshake.ts";
import { createHandshake } from "../handshake/handshake.ts";
import type { CallMessageType } from "../handshake/message.ts";
import { record } from "../record/record.ts";
import type { Recorder } from "../trace/recorder.ts";
import type {
  Engine,
  EngineChannel,
  EngineConfiguration,
  EngineConnection,
  MediaKind,
  MediaSource,
} from "./engine.ts";

/** What one call, a connection to one other member, is made with. */
export interface CallOptions {
  readonly engine: Engine;
  readonly configuration: EngineConfiguration;
  readonly recorder: Recorder;
  /** The id of the peer in the trace. */
  readonly peer: string;
  /** Whether this end gives way when both offer at once. */
  readonly polite: boolean;
  readonly media: readonly MediaKind[];
  /** The label of the data channel that the offerer opens; none without. */
  readonly channel: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly send: (message: { readonly type: CallMessageType; readonly data?: unknown }) => void;
  /** The connection is up and, where there is one, the data channel open. */
  readonly onReady: () => void;
  readonly onFailed: (code: HandshakeFailure, reason: string) => void;
  readonly onMessage: (data: string | ArrayBuffer) => void;
  readonly onClosed: () => void;
}

/** One connection to one other member. */
export interface Call {
  /** Opens channel and media, and offers. */
  start(): void;
  receive(message: { readonly type: CallMessageType; readonly data?: unknown }): void;
  /** Sends over the data channel; false while it is not open. */
  say(data: string | ArrayBuffer | ArrayBufferView): boolean;
  /** RTP packets that arrived, by kind. */
  packetsReceived(): Promise<Readonly<Record<MediaKind, number>>>;
  /** Says bye and resolves when the connection is closed. */
  close(): Promise<void>;
}

/** Runs one end of a call: the pure handshake, an engine's connection, and the recorder around it. */
export function createCall(options: CallOptions): Call {
  const { engine, recorder, peer } = options;
  const connection: EngineConnection = engine.createConnection(options.configuration);
  const { pc } = record(connection, { recorder, peer, configuration: options.configuration });
  const handshake: Handshake = createHandshake({
    polite: options.polite,
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const sources: MediaSource[] = [];
  let channel: EngineChannel | undefined;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let isReady = false;
  let whenClosed: Promise<void> = Promise.resolve();

  const give = (input: HandshakeInput): void => {
    for (const output of handshake.handle(input, recorder.now())) carryOut(output);
  };

  const carryOut = (output: HandshakeOutput) => {
    switch (output.type) {
      case "send":
        return options.send(output.message);
      case "wake":
        clearTimeout(alarm);
        if (output.at !== undefined) {
          alarm = setTimeout(() => give({ type: "wake" }), output.at - recorder.now());
        }
        return;
      case "failed":
        recorder.record({ kind: "note", peer, pc, text: `${output.code}: ${output.reason}` });
        return options.onFailed(output.code, output.reason);
      case "state":
        if (output.state !== "connected") return;
        for (const source of sources) source.start();
        return checkReady();
      case "close-connection":
        for (const source of sources) source.stop();
        whenClosed = Promise.resolve(connection.close()).then(options.onClosed);
        return;
      default:
        // Nobody waits for an engine's call: the handshake hears of its end, and goes on meanwhile.
        callEngine(output).then(
          (input) => input && give(input),
          (error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            give({ type: "rejected", call: output.type, reason });
          },
        );
    }
  };

  const callEngine = async (call: EngineCall): Promise<HandshakeInput | undefined> => {
    switch (call.type) {
      case "create-offer":
        return { type: "created", description: await connection.createOffer() };
      case "create-answer":
        await prepareAnswer();
        return { type: "created", description: await connection.createAnswer() };
      case "set-local":
        await connection.setLocalDescription(call.description);
        return { type: "applied", side: "local" };
      case "set-remote":
        await connection.setRemoteDescription(call.description);
        return { type: "applied", side: "remote" };
      case "add-candidate":
        await connection.addIceCandidate(call.candidate);
        return undefined;
      default:
        return call satisfies never;
    }
  };

  const sourceOf = (kind: MediaKind): MediaSource => {
    const source = engine.createSource(kind);
    sources.push(source);
    return source;
  };

  /** Sends media in every section that the offer has for it. Without this an answer only receives. */
  const prepareAnswer = async (): Promise<void> => {
    const taken = new Set(sources.map((source) => source.track.kind));
    for (const transceiver of connection.getTransceivers()) {
      const kind = options.media.find((wanted) => wanted === transceiver.receiver.track.kind);
      if (kind === undefined || taken.has(kind)) continue;
      taken.add(kind);
      transceiver.direction = "sendrecv";
      await transceiver.sender.replaceTrack(sourceOf(kind).track);
    }
  };

  const watchChannel = (made: EngineChannel): void => {
    channel = made;
    made.addEventListener("open", checkReady);
    made.addEventListener("message", (event) => {
      options.onMessage((event as Event & { data: string | ArrayBuffer }).data);
    });
    checkReady();
  };

  const checkReady = (): void => {
    const isChannelComing =
      channel !== undefined ||
      (connection.remoteDescription?.sdp.includes("\nm=application") ?? false);
    const isOpen = !isChannelComing || channel?.readyState === "open";
    if (isReady || handshake.state !== "connected" || !isOpen) return;
    isReady = true;
    options.onReady();
  };

  connection.addEventListener("icecandidate", (event) => {
    const { candidate } = event as RTCPeerConnectionIceEvent;
    give({ type: "gathered", candidate });
  });
  connection.addEventListener("connectionstatechange", () => {
    give({ type: "connection", state: connection.connectionState as RTCPeerConnectionState });
  });
  connection.addEventListener("datachannel", (event) => {
    watchChannel((event as Event & { channel: EngineChannel }).channel);
  });

  return {
    start() {
      for (const kind of options.media) {
        connection.addTransceiver(sourceOf(kind).track, { direction: "sendrecv" });
      }
      if (options.channel !== undefined)
        watchChannel(connection.createDataChannel(options.channel));
      give({ type: "negotiate" });
    },
    receive(message) {
      give({ type: "message", message });
    },
    say(data) {
      if (channel?.readyState !== "open") return false;
      channel.send(data);
      return true;
    },
    async packetsReceived() {
      const packets = { audio: 0, video: 0 };
      for (const entry of (await connection.getStats()).values()) {
        const { type, kind, packetsReceived } = entry as RTCInboundRtpStreamStats;
        if (type === "inbound-rtp" && (kind === "audio" || kind === "video")) {
          packets[kind] += packetsReceived ?? 0;
        }
      }
      return packets;
    },
    async close() {
      give({ type: "close" });
      await whenClosed;
    },
  };
}
