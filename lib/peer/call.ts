import type {
  EngineCall,
  Handshake,
  HandshakeFailure,
  HandshakeInput,
  HandshakeOutput,
} from "../handshake/handshake.ts";
import { createHandshake } from "../handshake/handshake.ts";
import type { CallMessageType } from "../handshake/message.ts";
import { filterCodecs } from "../offer-answer/filter-codecs.ts";
import type { ServerChoice } from "../offer-answer/server-codecs.ts";
import { matchServerCodecs } from "../offer-answer/server-codecs.ts";
import { record } from "../record/record.ts";
import { removeAttribute } from "../sdp/edit/remove-attribute.ts";
import { readDescription } from "../sdp/read-description.ts";
import { stringify } from "../sdp/stringify.ts";
import type { DescriptionInit } from "../trace/event.ts";
import type { Recorder } from "../trace/recorder.ts";
import type {
  Engine,
  EngineChannel,
  EngineChannelInit,
  EngineConfiguration,
  EngineConnection,
  EngineDiagnostic,
  EngineReceiveTrack,
  EngineSender,
  EngineTransceiver,
  MediaKind,
} from "./engine.ts";
import { FILE_PROTOCOL, receiveFile } from "./file-transfer.ts";
import type { Clip } from "./media/clip.ts";
import type { MediaCount } from "./media/media-count.ts";
import { countMedia } from "./media/media-count.ts";
import type { MediaWriter } from "./media/media-writer.ts";
import { writeMedia } from "./media/media-writer.ts";
import type { Player } from "./media/player.ts";
import { createPlayer } from "./media/player.ts";
import type { ReceivedFile } from "./options.ts";
import { whyNotConnected } from "./why-not-connected.ts";

/** What one call, a connection to one other member, is made with. */
export interface CallOptions {
  readonly engine: Engine;
  readonly configuration: EngineConfiguration;
  readonly recorder: Recorder;
  /** The id of the peer in the trace. */
  readonly peer: string;
  /** Whether this end gives way when both offer at once. */
  readonly polite: boolean;
  readonly media: readonly CallMedia[];
  /** The label of the data channel that the offerer opens; none without. */
  readonly channel: string | undefined;
  /** Whether it is opened by the answerer, too. */
  readonly answersWithChannel: boolean;
  readonly timeoutMs: number | undefined;
  readonly trickle: boolean;
  readonly serverCodecs: ServerChoice | undefined;
  /** Where what is received is written: a folder, and how the names of its files begin. */
  readonly save: { readonly folder: string; readonly prefix: string } | undefined;
  readonly recordContent: boolean;
  readonly send: (message: { readonly type: CallMessageType; readonly data?: unknown }) => void;
  /** The connection is up and, where there is one, the data channel open. */
  readonly onReady: () => void;
  readonly onFailed: (code: CallFailure, reason: string) => void;
  readonly onMessage: (data: string | ArrayBuffer) => void;
  readonly onFile: (file: ReceivedFile) => void;
  readonly onClosed: () => void;
}

/** Why a call failed. `codec-not-offered`: what the server announced is not in the offer. */
export type CallFailure = HandshakeFailure | "codec-not-offered";

/** One medium of a call, and what is sent of it. */
export interface CallMedia {
  readonly kind: MediaKind;
  readonly direction: "sendrecv" | "sendonly" | "recvonly";
  readonly clip: Clip;
}

/** One connection to one other member. */
export interface Call {
  readonly connection: EngineConnection;
  /** Adds channel and media, and offers. */
  start(): void;
  receive(message: { readonly type: CallMessageType; readonly data?: unknown }): void;
  /** Sends over the data channel; false while it is not open. */
  say(data: string | ArrayBuffer | ArrayBufferView): boolean;
  openChannel(label: string, init?: EngineChannelInit): EngineChannel;
  /** Sends one medium more, and negotiates. */
  addMedia(media: CallMedia): void;
  /** Sends nothing of this kind any more, and negotiates. */
  removeMedia(kind: MediaKind): void;
  /** Sends something else in the same section, without negotiation. */
  replaceMedia(kind: MediaKind, clip: Clip): Promise<void>;
  restartIce(): void;
  /** What has come, track by track. */
  received(): readonly MediaCount[];
  /** Files that are being written. */
  files(): readonly string[];
  /** Says bye and resolves when the connection is closed. */
  close(): Promise<void>;
}

/** Runs one end of a call: the pure handshake, an engine's connection, and the recorder around it. */
export function createCall(options: CallOptions): Call {
  const { engine, recorder, peer } = options;
  const connection: EngineConnection = engine.createConnection(options.configuration);
  const { pc } = record(connection, {
    recorder,
    peer,
    configuration: options.configuration,
    content: options.recordContent,
  });
  const handshake: Handshake = createHandshake({
    polite: options.polite,
    trickle: options.trickle,
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const players = new Map<EngineSender, Player>();
  const counts = new Map<EngineReceiveTrack, () => MediaCount>();
  const writers: MediaWriter[] = [];
  let channel: EngineChannel | undefined;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let isReady = false;
  let whenClosed: Promise<unknown> = Promise.resolve();

  const note = (text: string): void => {
    recorder.record({ kind: "note", peer, pc, text });
  };

  const give = (input: HandshakeInput): void => {
    for (const output of handshake.handle(input, recorder.now())) carryOut(output);
  };

  /** Gives what is to be explained, with what the connection knows of it. */
  const giveExplained = async (input: HandshakeInput): Promise<void> => {
    const reason = await whyNotConnected(connection).catch(() => "");
    give({ ...input, ...(reason !== "" && { reason }) } as HandshakeInput);
  };

  const carryOut = (output: HandshakeOutput) => {
    switch (output.type) {
      case "send":
        return options.send(output.message);
      case "wake":
        clearTimeout(alarm);
        if (output.at !== undefined) {
          alarm = setTimeout(
            () => void giveExplained({ type: "wake" }),
            output.at - recorder.now(),
          );
        }
        return;
      case "failed":
        note(`${output.code}: ${output.reason}`);
        return options.onFailed(output.code, output.reason);
      case "state":
        if (output.state !== "connected") return;
        startPlayers();
        return checkReady();
      case "close-connection":
        whenClosed = shut();
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
      case "create-offer": {
        const offer = await connection.createOffer(call.iceRestart ? { iceRestart: true } : {});
        return createdOffer(offer);
      }
      case "create-answer":
        await prepareAnswer();
        return { type: "created", description: await connection.createAnswer() };
      case "set-local": {
        await connection.setLocalDescription(call.description);
        const gathered =
          connection.iceGatheringState === "complete" ? connection.localDescription : null;
        return { type: "applied", side: "local", ...(gathered && { gathered }) };
      }
      case "set-remote":
        await connection.setRemoteDescription(call.description);
        if (handshake.state === "connected") startPlayers();
        return { type: "applied", side: "remote" };
      case "add-candidate":
        await connection.addIceCandidate(call.candidate);
        return undefined;
      default:
        return call satisfies never;
    }
  };

  /** The offer as it goes out: cut down to what a server announced, where one has. */
  const createdOffer = (offer: DescriptionInit): HandshakeInput | undefined => {
    if (options.serverCodecs === undefined) return { type: "created", description: offer };
    const selection = matchServerCodecs(offer.sdp, options.serverCodecs);
    const fault = selection.diagnostics.find(({ severity }) => severity === "error");
    if (fault !== undefined) {
      note(`codec-not-offered: ${fault.message.en}`);
      options.onFailed("codec-not-offered", fault.message.en);
      give({ type: "close" });
      return undefined;
    }
    const filtered = filterCodecs(offer.sdp, selection);
    const sections = [-1, ...filtered.media.map(({ index }) => index)];
    const plain = sections.reduce(
      (document, at) => removeAttribute(document, at, "extmap-allow-mixed"),
      filtered,
    );
    return { type: "created", description: { type: "offer", sdp: stringify(plain) } };
  };

  const playerOf = ({ clip }: CallMedia): Player =>
    createPlayer(clip, engine.createTrack(clip.kind));

  const addMedia = (media: CallMedia): void => {
    if (media.direction === "recvonly") {
      connection.addTransceiver(media.kind, { direction: media.direction });
      return;
    }
    const player = playerOf(media);
    const { sender } = connection.addTransceiver(player.track, { direction: media.direction });
    players.set(sender, player);
  };

  /** Sends media in every section that the offer has for it. Without this an answer only receives. */
  const prepareAnswer = async (): Promise<void> => {
    if (options.answersWithChannel && channel === undefined && hasRemoteData()) openOwnChannel();
    const sending = [...players.values()].map(({ clip }) => clip.kind);
    const waiting = options.media.filter(({ direction }) => direction !== "recvonly");
    for (const kind of sending) {
      const at = waiting.findIndex((media) => media.kind === kind);
      if (at >= 0) waiting.splice(at, 1);
    }
    for (const transceiver of connection.getTransceivers()) {
      const { sender, receiver } = transceiver;
      const at = waiting.findIndex(({ kind }) => kind === receiver.track.kind);
      if (sender.track !== null || at < 0 || !isNew(transceiver)) continue;
      const [media] = waiting.splice(at, 1);
      if (media === undefined) continue;
      const player = playerOf(media);
      players.set(sender, player);
      transceiver.direction = media.direction;
      await sender.replaceTrack(player.track);
    }
  };

  /** A section that was taken away from is not filled again by itself. */
  const isNew = ({ currentDirection }: EngineTransceiver): boolean => currentDirection === null;

  const startPlayers = (): void => {
    for (const [sender, player] of players) {
      const { codec } = player.clip;
      if (sender.selectCodec(codec)) {
        player.start();
        continue;
      }
      const negotiated = sender.codecs.map(({ name }) => name);
      if (negotiated.length === 0) continue;
      players.delete(sender);
      player.stop();
      note(`nothing-to-send: The source is ${codec}; negotiated are ${negotiated.join(", ")}.`);
    }
  };

  const senderOf = (kind: MediaKind): [EngineSender, Player] => {
    const found = [...players].find(([, { clip }]) => clip.kind === kind);
    if (found === undefined) {
      const kinds = [...players.values()].map(({ clip }) => clip.kind);
      const sent = kinds.length === 0 ? "nothing" : kinds.join(", ");
      throw new RangeError(`This call sends no ${kind}; it sends ${sent}.`);
    }
    return found;
  };

  const watchTrack = (track: EngineReceiveTrack, transceiver: EngineTransceiver): void => {
    if (counts.has(track)) return;
    counts.set(
      track,
      countMedia(track, () => transceiver.mid),
    );
    const { save } = options;
    if (save === undefined) return;
    const name = `${save.prefix}-${track.kind}-${transceiver.mid ?? counts.size}`;
    writers.push(
      writeMedia(engine, track, save.folder, name, (reason) => note(`not-saved: ${reason}`)),
    );
  };

  const watchChannel = (made: EngineChannel): void => {
    if (made.protocol === FILE_PROTOCOL) {
      receiveFile(made, options.onFile);
      return;
    }
    channel ??= made;
    made.addEventListener("open", checkReady);
    made.addEventListener("message", (event) => {
      options.onMessage((event as Event & { data: string | ArrayBuffer }).data);
    });
    checkReady();
  };

  const openOwnChannel = (): void => {
    if (options.channel !== undefined) watchChannel(connection.createDataChannel(options.channel));
  };

  const hasRemoteData = (): boolean => {
    const { media } = readDescription(connection.remoteDescription?.sdp ?? "");
    return media.some(({ kind, isRejected }) => kind === "application" && !isRejected);
  };

  const checkReady = (): void => {
    if (isReady || handshake.state !== "connected") return;
    if (channel !== undefined ? channel.readyState !== "open" : hasRemoteData()) {
      // Who offers a data section need not open a channel.
      if (channel === undefined) grace ??= setTimeout(ready, CHANNEL_GRACE_MS);
      return;
    }
    ready();
  };

  const ready = (): void => {
    clearTimeout(grace);
    if (isReady || handshake.state !== "connected") return;
    isReady = true;
    options.onReady();
  };

  const shut = async (): Promise<void> => {
    clearTimeout(alarm);
    clearTimeout(grace);
    for (const player of players.values()) player.stop();
    const ends = [connection.close(), ...writers.map((writer) => writer.close())];
    for (const end of await Promise.allSettled(ends)) {
      // Nobody may be waiting for it, and whoever is, gets no connection back.
      if (end.status === "rejected") note(`not-closed: ${end.reason}`);
    }
    options.onClosed();
  };

  connection.addEventListener("icecandidate", (event) => {
    const { candidate } = event as RTCPeerConnectionIceEvent;
    // A candidate of no other side's description is of no use to anybody.
    give({ type: "gathered", candidate, description: connection.localDescription });
  });
  connection.addEventListener("negotiationneeded", () => give({ type: "negotiate" }));
  connection.addEventListener("connectionstatechange", () => {
    const state = connection.connectionState as RTCPeerConnectionState;
    if (state === "failed") void giveExplained({ type: "connection", state });
    else give({ type: "connection", state });
  });
  connection.addEventListener("track", (event) => {
    const { track, transceiver } = event as Event & {
      readonly track: EngineReceiveTrack;
      readonly transceiver: EngineTransceiver;
    };
    watchTrack(track, transceiver);
  });
  connection.addEventListener("datachannel", (event) => {
    watchChannel((event as Event & { channel: EngineChannel }).channel);
  });
  connection.addEventListener("diagnostic", (event) => {
    const { code, message } = (event as Event & { detail: EngineDiagnostic }).detail;
    note(`${code}: ${message.en}`);
  });

  return {
    connection,
    start() {
      for (const media of options.media) addMedia(media);
      openOwnChannel();
    },
    receive(message) {
      give({ type: "message", message });
    },
    say(data) {
      if (channel?.readyState !== "open") return false;
      channel.send(data);
      return true;
    },
    openChannel: (label, init) => connection.createDataChannel(label, init),
    addMedia,
    removeMedia(kind) {
      const [sender, player] = senderOf(kind);
      players.delete(sender);
      player.stop();
      connection.removeTrack(sender);
    },
    async replaceMedia(kind, clip) {
      const [sender, before] = senderOf(kind);
      if (clip.kind !== kind) throw new TypeError(`The source is ${clip.kind}, not ${kind}.`);
      const player = createPlayer(clip, engine.createTrack(kind));
      players.set(sender, player);
      before.stop();
      await sender.replaceTrack(player.track);
      if (handshake.state === "connected") startPlayers();
    },
    restartIce() {
      give({ type: "negotiate", iceRestart: true });
    },
    received: () => [...counts.values()].map((count) => count()),
    files: () => writers.flatMap(({ path }) => path ?? []),
    async close() {
      give({ type: "close" });
      await whenClosed;
    },
  };
}

/** How long a connection that is up waits for a channel of the other side. */
const CHANNEL_GRACE_MS = 1000;
