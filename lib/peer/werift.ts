import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { networkInterfaces } from "node:os";
import { dirname, join } from "node:path";
import {
  MediaStreamTrack,
  type RTCDataChannel,
  RTCPeerConnection,
  type RTCRtpTransceiver,
  RtpHeader,
  RtpPacket,
} from "werift";
import type { RecordableIceTransport, RecordableTransport } from "../record/connection.ts";
import type { CandidateInit, DescriptionInit } from "../trace/event.ts";
import type {
  Engine,
  EngineChannel,
  EngineConfiguration,
  EngineConnection,
  EngineTrack,
  EngineTransceiver,
  MediaKind,
  MediaSource,
} from "./engine.ts";

/**
 * werift, behind the shape and the order of events of W3C's RTCPeerConnection. Nothing else in this package knows werift.
 * Each work-around says what werift does (seen in 0.24.4 and 0.25.2 unless said otherwise).
 */
export const werift: Engine = {
  name: `werift ${weriftVersion()}`,
  createConnection: (configuration) => new WeriftConnection(configuration),
  createSource: (kind) => new WeriftSource(kind),
};

class WeriftConnection extends EventTarget implements EngineConnection {
  readonly #pc: RTCPeerConnection;
  readonly #hasStun: boolean;
  readonly #channels = new Map<RTCDataChannel, WeriftChannel>();
  readonly #transports = new Map<WeriftDtlsTransport, RecordableTransport>();
  #iceState: string = "new";
  /** Tracks that appear while a remote description is being applied. */
  #tracks: Event[] | undefined;
  #isNegotiationNeeded = false;

  constructor(configuration: EngineConfiguration) {
    super();
    this.#hasStun = hasStun(configuration);
    this.#pc = new RTCPeerConnection({
      iceServers: (configuration.iceServers ?? []).map((server) => ({
        ...server,
        urls: typeof server.urls === "string" ? server.urls : [...server.urls],
      })),
      iceTransportPolicy: configuration.iceTransportPolicy ?? "all",
      // One transport from the start: werift's default opens a port for each section, and bundles them only later.
      bundlePolicy: "max-bundle",
      // werift never gathers loopback addresses by itself: alone on a machine without a network it finds no candidate.
      ...(isLoopbackOnly() && { iceAdditionalHostAddresses: ["127.0.0.1"] }),
    });
    const pass = (type: string): void =>
      this.#pc.addEventListener(type, () => this.dispatchEvent(new Event(type)));
    pass("signalingstatechange");
    pass("icegatheringstatechange");
    pass("connectionstatechange");
    this.#pc.addEventListener("iceconnectionstatechange", () => this.#updateIceState());
    this.#pc.addEventListener("icecandidate", (event: { candidate?: CandidateInit }) => {
      this.#dispatch("icecandidate", { candidate: event.candidate ?? null });
    });
    this.#pc.addEventListener("track", (event: WeriftTrackEvent) => {
      const { track, streams, transceiver, receiver } = event;
      const passed = withFields("track", { track, streams, transceiver, receiver });
      // werift tells of tracks before its signaling state changes; W3C's setRemoteDescription the other way round.
      if (this.#tracks === undefined) this.dispatchEvent(passed);
      else this.#tracks.push(passed);
    });
    this.#pc.addEventListener("datachannel", (event: { channel: RTCDataChannel }) => {
      this.#dispatch("datachannel", { channel: this.#channelOf(event.channel) });
    });
    // werift's own negotiationneeded fires once for each transceiver, and on the answerer right after its answer,
    // where nothing is needed: it is told from the calls of this class instead.
  }

  get signalingState(): string {
    return this.#pc.signalingState;
  }

  get iceGatheringState(): string {
    return this.#pc.iceGatheringState;
  }

  get iceConnectionState(): string {
    return this.#iceState;
  }

  /** `connected` comes with SCTP where there is a data channel, some milliseconds after W3C's, which is ICE and DTLS only. */
  get connectionState(): string {
    return this.#pc.connectionState;
  }

  get localDescription(): DescriptionInit | null {
    return plainDescription(this.#pc.localDescription);
  }

  get remoteDescription(): DescriptionInit | null {
    return plainDescription(this.#pc.remoteDescription);
  }

  get sctp(): { readonly transport: RecordableTransport } | null {
    const transport = this.#pc.sctp?.dtlsTransport;
    return transport === undefined ? null : { transport: this.#transportOf(transport) };
  }

  getSenders(): readonly { readonly transport: RecordableTransport }[] {
    return this.#pc
      .getSenders()
      .filter((sender) => sender.dtlsTransport !== undefined)
      .map((sender) => ({ transport: this.#transportOf(sender.dtlsTransport) }));
  }

  getTransceivers(): readonly EngineTransceiver[] {
    return this.#pc.getTransceivers() as unknown as readonly EngineTransceiver[];
  }

  async createOffer(options: { readonly iceRestart?: boolean } = {}): Promise<DescriptionInit> {
    const { type, sdp } = await this.#pc.createOffer(options);
    return { type: type as DescriptionInit["type"], sdp };
  }

  async createAnswer(): Promise<DescriptionInit> {
    const { type, sdp } = await this.#pc.createAnswer();
    return { type: type as DescriptionInit["type"], sdp };
  }

  /** werift's resolves only when all candidates are gathered: do not wait for it before you send the description. */
  async setLocalDescription(description: DescriptionInit): Promise<void> {
    this.#silenceStun();
    if (description.type === "offer") this.#isNegotiationNeeded = false;
    await this.#pc.setLocalDescription({ type: description.type, sdp: description.sdp });
    this.#announceNegotiation();
  }

  async setRemoteDescription(description: DescriptionInit): Promise<void> {
    const tracks: Event[] = [];
    this.#tracks = tracks;
    try {
      await this.#pc.setRemoteDescription({ type: description.type, sdp: description.sdp });
    } finally {
      this.#tracks = undefined;
    }
    for (const event of tracks) this.dispatchEvent(event);
    this.#announceNegotiation();
  }

  /** Do not wait for it before you add the next one: a `.local` name that cannot be resolved takes werift 10 s. */
  async addIceCandidate(candidate: CandidateInit | null): Promise<void> {
    // End-of-candidates before there is a pair makes werift's ICE fail at once, although the peer's checks arrive and
    // mDNS names are still being looked up (Firefox sends it within a millisecond). Without it, werift waits.
    if (candidate === null || candidate.candidate === "") return;
    const { sdpMid, ...rest } = candidate;
    // Pion writes an empty sdpMid beside a right sdpMLineIndex; werift looks for a section with that mid and throws.
    const isMidEmpty = sdpMid === undefined || sdpMid === null || sdpMid === "";
    await this.#pc.addIceCandidate({
      candidate: rest.candidate,
      ...(!isMidEmpty && { sdpMid }),
      ...(typeof rest.sdpMLineIndex === "number" && { sdpMLineIndex: rest.sdpMLineIndex }),
      ...(typeof rest.usernameFragment === "string" && {
        usernameFragment: rest.usernameFragment,
      }),
    });
  }

  addTransceiver(
    track: EngineTrack,
    init: { readonly direction?: RTCRtpTransceiverDirection } = {},
  ): EngineTransceiver {
    const direction = init.direction === "stopped" ? "inactive" : (init.direction ?? "sendrecv");
    const transceiver = this.#pc.addTransceiver(track as MediaStreamTrack, { direction });
    this.#needNegotiation();
    return transceiver as unknown as EngineTransceiver;
  }

  createDataChannel(label: string): EngineChannel {
    const isFirst = this.#pc.sctp === null;
    const channel = this.#pc.createDataChannel(label);
    if (isFirst) this.#needNegotiation();
    return this.#channelOf(channel);
  }

  async getStats(): Promise<ReadonlyMap<string, unknown>> {
    return new Map(await this.#pc.getStats());
  }

  async close(): Promise<void> {
    await this.#pc.close();
  }

  /** werift asks stun.l.google.com when it is given no server: an unwanted DNS look-up, and offline a pause of seconds. */
  #silenceStun(): void {
    if (this.#hasStun) return;
    for (const transport of this.#pc.iceTransports) delete transport.connection.stunServer;
  }

  /**
   * werift enters `completed` when it has gathered its own candidates, before any check, and `connected` after it.
   * Only a state that a selected pair stands behind is passed on.
   */
  #updateIceState(): void {
    const state = this.#pc.iceConnectionState;
    const hasPair = this.#pc.iceTransports.some((transport) => transport.connection.nominated);
    if ((state === "completed" && !hasPair) || state === this.#iceState) return;
    this.#iceState = state;
    this.dispatchEvent(new Event("iceconnectionstatechange"));
  }

  #needNegotiation(): void {
    const isFirst = !this.#isNegotiationNeeded;
    this.#isNegotiationNeeded = true;
    if (isFirst) this.#announceNegotiation();
  }

  #announceNegotiation(): void {
    queueMicrotask(() => {
      if (!this.#isNegotiationNeeded || this.#pc.signalingState !== "stable") return;
      this.dispatchEvent(new Event("negotiationneeded"));
    });
  }

  #channelOf(channel: RTCDataChannel): WeriftChannel {
    const known = this.#channels.get(channel);
    if (known !== undefined) return known;
    const made = new WeriftChannel(channel);
    this.#channels.set(channel, made);
    return made;
  }

  #transportOf(transport: WeriftDtlsTransport): RecordableTransport {
    const known = this.#transports.get(transport);
    if (known !== undefined) return known;
    const made = new WeriftTransport(transport);
    this.#transports.set(transport, made);
    return made;
  }

  #dispatch(type: string, fields: object): void {
    this.dispatchEvent(withFields(type, fields));
  }
}

/** A data channel that speaks `ArrayBuffer` where werift speaks `Buffer`. */
class WeriftChannel extends EventTarget implements EngineChannel {
  readonly #channel: RTCDataChannel;

  constructor(channel: RTCDataChannel) {
    super();
    this.#channel = channel;
    channel.stateChange.subscribe((state) => {
      const type = { open: "open", closing: "closing", closed: "close", connecting: "" }[state];
      if (type !== "") this.dispatchEvent(new Event(type));
    });
    channel.onMessage.subscribe((data) => {
      const passed = typeof data === "string" ? data : bytesOf(data);
      this.dispatchEvent(withFields("message", { data: passed }));
    });
  }

  get label(): string {
    return this.#channel.label;
  }

  get id(): number | null {
    return this.#channel.id ?? null;
  }

  get readyState(): string {
    return this.#channel.readyState;
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  send(data: string | ArrayBuffer | ArrayBufferView): void {
    if (typeof data === "string") this.#channel.send(data);
    else if (data instanceof ArrayBuffer) this.#channel.send(Buffer.from(data));
    else this.#channel.send(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  }

  close(): void {
    this.#channel.close();
  }
}

/** The DTLS transport with W3C's events; the ICE transport below it tells of its selected pair. */
class WeriftTransport extends EventTarget implements RecordableTransport {
  readonly iceTransport: RecordableIceTransport;
  readonly #transport: WeriftDtlsTransport;

  constructor(transport: WeriftDtlsTransport) {
    super();
    this.#transport = transport;
    this.iceTransport = new WeriftIceTransport(transport.iceTransport);
    transport.onStateChange.subscribe(() => this.dispatchEvent(new Event("statechange")));
  }

  get state(): string {
    return this.#transport.state;
  }
}

class WeriftIceTransport extends EventTarget implements RecordableIceTransport {
  readonly #transport: WeriftDtlsTransport["iceTransport"];

  constructor(transport: WeriftDtlsTransport["iceTransport"]) {
    super();
    this.#transport = transport;
    // werift has no event for the selected pair; it is there when the state becomes connected.
    transport.onStateChange.subscribe(() => {
      if (transport.connection.nominated) {
        this.dispatchEvent(new Event("selectedcandidatepairchange"));
      }
    });
  }

  getSelectedCandidatePair(): ReturnType<
    NonNullable<RecordableIceTransport["getSelectedCandidatePair"]>
  > {
    if (!this.#transport.connection.nominated) return null;
    const pair = this.#transport.getSelectedCandidatePair();
    if (pair === null) return null;
    return { local: candidateText(pair.local), remote: candidateText(pair.remote) };
  }
}

/** Sends one packet every 20 ms of audio, or every 33 ms of video. */
class WeriftSource implements MediaSource {
  readonly track: MediaStreamTrack;
  readonly #media: SyntheticMedia;
  #timer: NodeJS.Timeout | undefined;
  #sequenceNumber = 0;

  constructor(kind: MediaKind) {
    this.track = new MediaStreamTrack({ kind });
    this.#media = syntheticMedia[kind];
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#send(), this.#media.intervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.track.stop();
  }

  #send(): void {
    const { timestampStep, payload } = this.#media;
    const header = new RtpHeader({
      sequenceNumber: this.#sequenceNumber & 0xffff,
      timestamp: (this.#sequenceNumber * timestampStep) >>> 0,
      marker: true,
      // Payload type and SSRC are werift's to write: those of the negotiated section.
      payloadType: 0,
      ssrc: 1,
    });
    this.#sequenceNumber++;
    this.track.writeRtp(new RtpPacket(header, payload));
  }
}

interface SyntheticMedia {
  readonly intervalMs: number;
  readonly timestampStep: number;
  readonly payload: Buffer;
}

const syntheticMedia: Readonly<Record<MediaKind, SyntheticMedia>> = {
  // One Opus frame of silence, 20 ms. RFC 6716 §3.1: CELT, fullband, one frame.
  audio: { intervalMs: 20, timestampStep: 960, payload: Buffer.from([0xf8, 0xff, 0xfe]) },
  // A VP8 key frame of one pixel behind the payload descriptor "start of partition 0". RFC 7741 §4.2.
  video: {
    intervalMs: 33,
    timestampStep: 2970,
    payload: Buffer.concat([
      Buffer.from([0x10]),
      Buffer.from("MAEAnQEqAQABAA7A/iWkAANwAAAAAA==", "base64"),
    ]),
  },
};

type WeriftDtlsTransport = RTCPeerConnection["dtlsTransports"][number];

interface WeriftTrackEvent {
  readonly track: MediaStreamTrack;
  readonly streams: readonly unknown[];
  readonly transceiver: RTCRtpTransceiver;
  readonly receiver: unknown;
}

function hasStun({ iceServers = [] }: EngineConfiguration): boolean {
  return iceServers
    .flatMap((server) => server.urls)
    .some((url) => url.trimStart().toLowerCase().startsWith("stun"));
}

function isLoopbackOnly(): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.every((address) => address.internal);
}

function plainDescription(
  description: { type: string; sdp: string } | null,
): DescriptionInit | null {
  if (description === null) return null;
  return { type: description.type as DescriptionInit["type"], sdp: description.sdp };
}

/** werift writes `candidate:` before the candidates it gathers, but not before those of a pair. */
function candidateText({ candidate = "" }: { candidate?: string }): { candidate: string } {
  const isWhole = candidate === "" || candidate.startsWith("candidate:");
  return { candidate: isWhole ? candidate : `candidate:${candidate}` };
}

function withFields(type: string, fields: object): Event {
  return Object.assign(new Event(type), fields);
}

function bytesOf(data: Buffer): ArrayBuffer {
  const bytes = new ArrayBuffer(data.byteLength);
  new Uint8Array(bytes).set(data);
  return bytes;
}

/** werift's package.json is not among its exports: it is looked for above its main file. */
function weriftVersion(): string {
  let folder = dirname(createRequire(import.meta.url).resolve("werift"));
  while (dirname(folder) !== folder) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (name === "werift" && typeof version === "string") return version;
    } catch {
      // No package.json in this folder.
    }
    folder = dirname(folder);
  }
  return "of unknown version";
}
