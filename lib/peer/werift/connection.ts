import { networkInterfaces } from "node:os";
import { RTCPeerConnection, type RtpPacket } from "werift";
import type { StunError } from "../../ice/stun-attribute.ts";
import type { RecordableTransport } from "../../record/connection.ts";
import type { MediaDescription, SessionDescription } from "../../sdp/description.ts";
import { addCandidates } from "../../sdp/edit/add-candidates.ts";
import { setAttribute } from "../../sdp/edit/set-attribute.ts";
import { readDescription } from "../../sdp/read-description.ts";
import { stringify } from "../../sdp/stringify.ts";
import type { CandidateInit, DescriptionInit } from "../../trace/event.ts";
import type {
  EngineChannel,
  EngineChannelInit,
  EngineConfiguration,
  EngineConnection,
  EngineDiagnostic,
  EngineSender,
  EngineTrack,
  EngineTransceiver,
  MediaKind,
} from "../engine.ts";
import { WeriftChannel } from "./channel.ts";
import { weriftCodecs, weriftParameters } from "./codecs.ts";
import { sayGoodbye } from "./goodbye.ts";
import type { Inside, InsideDtls, InsideTransceiver } from "./inside.ts";
import { insideOf } from "./inside.ts";
import { localText } from "./local-text.ts";
import { mendConnection, mendSctp, mendTransport } from "./mending.ts";
import { remoteText } from "./remote-text.ts";
import { Sockets } from "./sockets.ts";
import { WeriftSendTrack } from "./track.ts";
import {
  DIRECTIONS,
  type WeriftReceiver,
  type WeriftSender,
  WeriftTransceiver,
} from "./transceiver.ts";
import { WeriftTransport } from "./transport.ts";
import { mendTurnClient, turnFailure, UNREACHABLE } from "./turn-client.ts";

type WeriftDataChannel = ReturnType<RTCPeerConnection["createDataChannel"]>;

/** werift's connection, behind the shape and the order of events of W3C's RTCPeerConnection. */
export class WeriftConnection extends EventTarget implements EngineConnection {
  readonly #pc: RTCPeerConnection;
  readonly #inside: Inside;
  readonly #configuration: EngineConfiguration;
  readonly #codecs: NonNullable<EngineConfiguration["codecs"]>;
  readonly #channels = new WeakMap<WeriftDataChannel, WeriftChannel>();
  readonly #transceivers = new WeakMap<object, WeriftTransceiver>();
  readonly #transports = new Map<InsideDtls, RecordableTransport>();
  readonly #mended = new WeakSet<object>();
  /** ICE transports that have been told to check. */
  readonly #checking = new WeakSet<object>();
  readonly #sockets = new Sockets();
  readonly #startedSctp = new WeakSet<object>();
  #isClosed = false;
  #closing: Promise<void> | undefined;
  #iceState = "new";
  #connectionState = "new";
  #chain: Promise<unknown> = Promise.resolve();
  /** What was created last, and werift's own text of it. */
  #created: { readonly type: string; readonly own: string } | undefined;
  #local: Descriptions = {};
  #remote: Descriptions = {};
  #localCandidates: { readonly ufrag: string | undefined; readonly list: string[] } = {
    ufrag: undefined,
    list: [],
  };
  #hasRemoteEnd = false;
  /** m-line indices that are rejected for good. */
  #rejected: ReadonlySet<number> = new Set();
  /** Tracks that appear while a remote description is being applied. */
  #tracks: Event[] | undefined;
  /** Whether `negotiationneeded` has been fired, and nothing negotiated since. */
  #hasAsked = false;

  constructor(configuration: EngineConfiguration) {
    super();
    this.#configuration = configuration;
    this.#codecs = configuration.codecs ?? weriftCodecs;
    const isRelayOnly = configuration.iceTransportPolicy === "relay";
    mendTurnClient();
    this.#pc = new RTCPeerConnection({
      iceServers: (configuration.iceServers ?? []).map((server) => ({
        ...server,
        urls: typeof server.urls === "string" ? server.urls : [...server.urls],
      })),
      iceTransportPolicy: configuration.iceTransportPolicy ?? "all",
      // One transport from the start: werift's default opens a port for each section, and bundles them only later.
      bundlePolicy: "max-bundle",
      codecs: {
        audio: weriftParameters("audio", this.#codecs.audio),
        video: weriftParameters("video", this.#codecs.video),
      },
      // werift never gathers loopback addresses by itself: alone on a machine without a network it finds no candidate.
      ...(isLoopbackOnly() && !isRelayOnly && { iceAdditionalHostAddresses: ["127.0.0.1"] }),
      // With `relay` and no TURN server that could be used, werift gathers host addresses and tells them to everybody.
      ...(isRelayOnly && !hasTurn(configuration) && { iceUseIpv4: false, iceUseIpv6: false }),
    });
    this.#inside = insideOf(this.#pc);
    mendConnection(this.#inside, this.#sockets);
    this.#listen();
  }

  get signalingState(): string {
    // werift's own is closed only when everything is.
    return this.#isClosed ? "closed" : this.#pc.signalingState;
  }

  get iceGatheringState(): string {
    return this.#pc.iceGatheringState;
  }

  get iceConnectionState(): string {
    return this.#iceState;
  }

  get connectionState(): string {
    return this.#connectionState;
  }

  get localDescription(): DescriptionInit | null {
    const applied = this.#local.pending ?? this.#local.current;
    return applied === undefined ? null : this.#withCandidates(applied);
  }

  get remoteDescription(): DescriptionInit | null {
    return this.#remote.pending ?? this.#remote.current ?? null;
  }

  get sctp(): { readonly transport: RecordableTransport } | null {
    const transport = this.#pc.sctp?.dtlsTransport;
    return transport === undefined ? null : { transport: this.#transportOf(transport) };
  }

  getConfiguration(): EngineConfiguration {
    return this.#configuration;
  }

  getTransceivers(): readonly WeriftTransceiver[] {
    return this.#inside
      .getTransceivers()
      .filter((inner) => !inner.stopped && !this.#isRejected(inner))
      .map((inner) => this.#transceiverOf(inner));
  }

  getSenders(): readonly WeriftSender[] {
    return this.getTransceivers().map(({ sender }) => sender);
  }

  getReceivers(): readonly WeriftReceiver[] {
    return this.getTransceivers().map(({ receiver }) => receiver);
  }

  createOffer(options: { readonly iceRestart?: boolean } = {}): Promise<DescriptionInit> {
    return this.#enqueue(async () => {
      if (options.iceRestart && this.#iceState !== "new") this.#diagnose(restartInterrupts);
      const { sdp } = await this.#pc.createOffer(options);
      const text = localText(sdp, { rejected: this.#rejected });
      this.#created = { type: "offer", own: sdp };
      return { type: "offer", sdp: text };
    });
  }

  createAnswer(): Promise<DescriptionInit> {
    return this.#enqueue(async () => {
      const { sdp } = await this.#pc.createAnswer();
      const offer = this.#remote.pending?.sdp;
      const text = localText(sdp, { rejected: this.#rejected, ...(offer && { offer }) });
      this.#created = { type: "answer", own: sdp };
      return { type: "answer", sdp: text };
    });
  }

  setLocalDescription(description: DescriptionInit): Promise<void> {
    return this.#enqueue(async () => {
      const { type, sdp } = description;
      if (type === "rollback") {
        await this.#pc.setLocalDescription({ type, sdp: "" });
        this.#rolledBack();
        this.#settle();
        return;
      }
      const before = {
        local: this.#local,
        remote: this.#remote,
        candidates: this.#localCandidates,
      };
      const kept = { type, sdp };
      this.#local =
        type === "answer" ? { current: kept } : { current: this.#local.current, pending: kept };
      if (type === "answer") this.#remote = { current: this.#remote.pending };
      const ufrag = carrierOf(kept)?.ice.ufrag;
      if (ufrag !== this.#localCandidates.ufrag) this.#localCandidates = { ufrag, list: [] };
      try {
        // werift takes the very text that it made, and no other: what was changed in it counts for the other side.
        const own = this.#created?.type === type ? this.#created.own : sdp;
        await this.#pc.setLocalDescription({ type, sdp: own });
      } catch (error) {
        this.#local = before.local;
        this.#remote = before.remote;
        this.#localCandidates = before.candidates;
        throw error;
      }
      this.#settle();
    });
  }

  setRemoteDescription(description: DescriptionInit): Promise<void> {
    return this.#enqueue(async () => {
      const { type, sdp } = description;
      const isGlare = type === "offer" && this.#pc.signalingState === "have-local-offer";
      if (isGlare) {
        await this.#pc.setLocalDescription({ type: "rollback", sdp: "" });
        this.#rolledBack();
      }
      const text = remoteText(description, this.#codecs);
      const tracks: Event[] = [];
      this.#tracks = tracks;
      const before = { rejected: this.#rejected, remote: this.#remote };
      this.#rejected = text.rejected;
      const kept = { type, sdp };
      this.#remote =
        type === "answer" ? { current: kept } : { current: this.#remote.current, pending: kept };
      try {
        await this.#pc.setRemoteDescription({ type, sdp: text.sdp });
      } catch (error) {
        this.#rejected = before.rejected;
        this.#remote = before.remote;
        throw error;
      } finally {
        this.#tracks = undefined;
      }
      if (type === "answer") this.#local = { current: this.#local.pending };
      // An end that was told counts until other credentials come: most do not repeat it. RFC 8838 §14.
      const isRestart = carrierOf(before.remote.current)?.ice.ufrag !== carrierOf(kept)?.ice.ufrag;
      const hasEnd = parsed(kept).media.some(({ hasEndOfCandidates }) => hasEndOfCandidates);
      this.#hasRemoteEnd = hasEnd || (this.#hasRemoteEnd && !isRestart);
      for (const event of tracks) this.dispatchEvent(event);
      this.#settle();
    });
  }

  /** Resolves before a `.local` name is looked up: that takes werift 10 s where there is no answer. */
  async addIceCandidate(candidate: CandidateInit | null): Promise<void> {
    await this.#chain;
    this.#assertOpen();
    const description = this.remoteDescription;
    if (description === null) {
      throw new DOMException("There is no remote description yet.", "InvalidStateError");
    }
    // End-of-candidates before there is a pair makes werift's ICE fail at once, although the peer's checks arrive and
    // mDNS names are still being looked up (Firefox sends it within a millisecond). Without it, werift waits.
    if (candidate === null || candidate.candidate === "") {
      this.#hasRemoteEnd = true;
      this.#updateStates();
      return;
    }
    const mid = sectionOf(candidate, parsed(description));
    if (mid === undefined) return;
    const { usernameFragment } = candidate;
    const adding = this.#pc.addIceCandidate({
      candidate: candidate.candidate,
      ...mid,
      ...(typeof usernameFragment === "string" && { usernameFragment }),
    });
    if (candidate.candidate.includes(".local ")) adding.catch(() => {});
    else await adding;
  }

  addTransceiver(
    trackOrKind: EngineTrack | MediaKind,
    init: { readonly direction?: RTCRtpTransceiverDirection } = {},
  ): EngineTransceiver {
    this.#assertOpen();
    const { direction = "sendrecv" } = init;
    if (direction === "stopped") throw new TypeError(DIRECTIONS);
    const track =
      typeof trackOrKind === "string" ? trackOrKind : WeriftSendTrack.innerOf(trackOrKind);
    const inner = this.#pc.addTransceiver(track, { direction }) as InsideTransceiver;
    this.#mend();
    const transceiver = this.#transceiverOf(inner);
    if (typeof trackOrKind !== "string") transceiver.sender.adopt(trackOrKind);
    this.#checkNegotiation();
    return transceiver;
  }

  /** werift's own stops the sender for good (0.24): given a track again, it sends no sender reports any more. */
  removeTrack(sender: EngineSender): void {
    this.#assertOpen();
    const transceiver = this.getTransceivers().find((each) => each.sender === sender);
    if (transceiver === undefined) {
      throw new DOMException("The sender is none of this connection.", "InvalidAccessError");
    }
    if (transceiver.sender.track === null) return;
    transceiver.sender.replaceTrack(null).catch(() => {});
    if (transceiver.direction === "sendrecv") transceiver.direction = "recvonly";
    else if (transceiver.direction === "sendonly") transceiver.direction = "inactive";
  }

  createDataChannel(label: string, init: EngineChannelInit = {}): EngineChannel {
    this.#assertOpen();
    if (Buffer.byteLength(label) !== label.length) {
      this.#diagnose({
        code: "engine/channel-label-cut",
        message: {
          en: `werift counts the letters of the channel label “${label}” where bytes are wanted (RFC 8832 §5.1): the other side reads a part of it.`,
          ko: `werift가 채널 레이블 “${label}”의 길이를 바이트가 아니라 글자 수로 적으므로(RFC 8832 §5.1) 상대는 레이블의 일부만 읽습니다.`,
        },
      });
    }
    const channel = this.#pc.createDataChannel(label, { ...init });
    this.#mend();
    this.#checkNegotiation();
    return this.#channelOf(channel);
  }

  async getStats(): Promise<ReadonlyMap<string, unknown>> {
    return new Map(await this.#pc.getStats());
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#iceState = "closed";
    this.#connectionState = "closed";
    await Promise.all(this.#inside.dtlsTransports.map(sayGoodbye));
    // werift gives up requests without an end: what waits for theirs would wait on.
    try {
      await this.#sockets.close();
    } finally {
      await this.#pc.close();
    }
  }

  #listen(): void {
    const pass = (type: string): void =>
      this.#pc.addEventListener(type, () => {
        // W3C's close() fires no events.
        if (!this.#isClosed) this.dispatchEvent(new Event(type));
      });
    pass("signalingstatechange");
    pass("icegatheringstatechange");
    this.#pc.addEventListener("icegatheringstatechange", () => this.#gathered());
    this.#pc.addEventListener("icecandidate", (event: { candidate?: CandidateInit }) => {
      if (!this.#isClosed) this.#passCandidate(event.candidate);
    });
    this.#pc.addEventListener("track", (event: { transceiver: InsideTransceiver }) => {
      const { receiver } = this.#transceiverOf(event.transceiver);
      const streams = event.transceiver.receiver.remoteStreamIds ?? [];
      const passed = Object.assign(new Event("track"), {
        track: receiver.track,
        receiver,
        streams: streams.map((id) => ({ id })),
        transceiver: this.#transceiverOf(event.transceiver),
      });
      // werift tells of tracks before its signaling state changes; W3C's setRemoteDescription the other way round.
      if (this.#tracks === undefined) this.dispatchEvent(passed);
      else this.#tracks.push(passed);
    });
    this.#pc.addEventListener("datachannel", (event: { channel: WeriftDataChannel }) => {
      const channel = this.#channelOf(event.channel);
      this.dispatchEvent(Object.assign(new Event("datachannel"), { channel }));
    });
    // werift's own negotiationneeded fires once for each transceiver, and on the answerer right after its answer,
    // where nothing is needed: it is told from the calls of this class instead.
    const { router } = this.#inside;
    const route = router.routeRtp;
    router.routeRtp = (packet) => {
      if (router.ssrcTable[packet.header.ssrc] === undefined) this.#adopt(packet);
      route(packet);
    };
  }

  /** W3C: one operation after the other. */
  #enqueue<Result>(operation: () => Promise<Result>): Promise<Result> {
    const result = this.#chain.then(() => {
      this.#assertOpen();
      this.#mend();
      return operation();
    });
    this.#chain = result.catch(() => {});
    return result;
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new DOMException("The connection is closed.", "InvalidStateError");
  }

  /** Mends transports that are new. */
  #mend(): void {
    for (const transport of this.#inside.dtlsTransports) {
      if (this.#mended.has(transport)) continue;
      this.#mended.add(transport);
      mendTransport(transport, hasStun(this.#configuration));
      // Who listens to the transport hears of its state before that of the connection.
      this.#transportOf(transport);
      transport.iceTransport.onStateChange.subscribe((state) => {
        if (state === "checking") this.#checking.add(transport.iceTransport);
        this.#updateStates();
      });
      transport.onStateChange.subscribe(() => this.#updateStates());
    }
    const sctp = this.#inside.sctpTransport;
    if (sctp !== undefined && !this.#mended.has(sctp)) {
      this.#mended.add(sctp);
      mendSctp(sctp, () => this.#startedSctp.add(sctp));
    }
  }

  /** After a description has been applied. */
  #settle(): void {
    this.#mend();
    for (const { sender } of this.getTransceivers()) sender.applyCodec();
    this.#startLateSctp();
    this.#updateStates();
    if (this.#pc.signalingState === "stable") this.#hasAsked = false;
    this.#checkNegotiation();
  }

  /** werift starts SCTP with DTLS alone: a data channel that is added to a running call would never open. */
  #startLateSctp(): void {
    const sctp = this.#inside.sctpTransport;
    if (sctp === undefined || this.#startedSctp.has(sctp)) return;
    if (this.#pc.signalingState !== "stable" || sctp.dtlsTransport.state !== "connected") return;
    this.#inside.sctpManager.connectSctp().catch(() => {});
  }

  /**
   * Sections that the offer had made are none any more: their mids and places are free for those of the other side's offer.
   * werift 0.24 keeps them, and answers with the wrong mids. RFC 9429 §4.1.10.2.
   */
  #rolledBack(): void {
    this.#local = { current: this.#local.current };
    const media = this.#local.current === undefined ? [] : parsed(this.#local.current).media;
    const isKept = (mid: string | null | undefined): boolean =>
      media.some((section) => section.mid === mid);
    for (const transceiver of this.#inside.getTransceivers()) {
      if (isKept(transceiver.mid)) continue;
      transceiver.mid = null;
      transceiver.mLineIndex = undefined;
    }
    const sctp = this.#inside.sctpTransport;
    if (sctp !== undefined && !isKept(sctp.mid)) {
      sctp.mid = undefined;
      sctp.mLineIndex = undefined;
    }
  }

  /**
   * werift takes packets of an SSRC that `a=ssrc` names, and drops all others. Some endpoints name none: then the section's mid
   * in the packet, or the payload type, where it is that of one section alone, tells where it belongs. RFC 9143 §9.2.
   */
  #adopt(packet: RtpPacket): void {
    const { router } = this.#inside;
    const { ssrc, payloadType, extensions } = packet.header;
    const mid = extensions.find(
      ({ id }) => router.extIdUriMap[id] === "urn:ietf:params:rtp-hdrext:sdes:mid",
    );
    const receiving = this.getTransceivers().filter(
      ({ inner, currentDirection }) =>
        (currentDirection === "sendrecv" || currentDirection === "recvonly") &&
        inner.codecs.some((codec) => codec.payloadType === payloadType),
    );
    const named = receiving.find(
      (transceiver) => mid !== undefined && transceiver.mid === mid.payload.toString("utf8"),
    );
    const [only, ...others] = receiving;
    const { inner } = named ?? (others.length === 0 ? only : undefined) ?? {};
    if (inner === undefined) return;
    router.registerRtpReceiverBySsrc(inner, {
      codecs: inner.codecs,
      headerExtensions: inner.headerExtensions,
      encodings: [{ ssrc, payloadType }],
    });
  }

  #passCandidate(candidate: CandidateInit | undefined): void {
    if (candidate === undefined) {
      this.dispatchEvent(Object.assign(new Event("icecandidate"), { candidate: null }));
      return;
    }
    // With one transport, candidates belong to the section that carries it: the first that is not rejected. werift writes the
    // first one, rejected or not (0.24).
    const carrier = carrierOf(this.#local.pending ?? this.#local.current);
    this.#localCandidates.list.push(candidate.candidate);
    this.dispatchEvent(
      Object.assign(new Event("icecandidate"), {
        candidate: {
          candidate: candidate.candidate,
          sdpMid: carrier?.mid ?? candidate.sdpMid ?? null,
          sdpMLineIndex: carrier?.index ?? candidate.sdpMLineIndex ?? null,
          usernameFragment: candidate.usernameFragment ?? this.#localCandidates.ufrag ?? null,
        },
      }),
    );
  }

  /** W3C's localDescription: what was applied, and the candidates found since. */
  #withCandidates(applied: DescriptionInit): DescriptionInit {
    const { type, sdp } = applied;
    const carrier = carrierOf(applied);
    if (carrier === undefined) return { type, sdp };
    const gathered = addCandidates(sdp, carrier.index, this.#localCandidates.list);
    if (this.#pc.iceGatheringState !== "complete") return { type, sdp: stringify(gathered) };
    return { type, sdp: stringify(setAttribute(gathered, carrier.index, "end-of-candidates")) };
  }

  /** werift tells nobody when a server gave it nothing; W3C's fires `icecandidateerror`. */
  #gathered(): void {
    if (this.#isClosed || this.#pc.iceGatheringState !== "complete") return;
    this.#updateStates();
    const has = (type: string): boolean =>
      this.#localCandidates.list.some((candidate) => candidate.includes(` typ ${type}`));
    const { iceServers = [], iceTransportPolicy } = this.#configuration;
    const urls = iceServers.flatMap(({ urls }) => urls);
    const stun = urls.find((url) => isScheme(url, "stun"));
    const turn = urls.find((url) => isScheme(url, "turn"));
    if (stun !== undefined && iceTransportPolicy !== "relay" && !has("srflx")) {
      this.#fail(stun, { code: UNREACHABLE, reason: "The server gave no candidate." });
    }
    if (turn !== undefined && !has("relay")) {
      const unasked = {
        code: UNREACHABLE,
        reason: "It was not asked: it needs username and credential.",
      };
      this.#fail(
        turn,
        hasTurn(this.#configuration) ? turnFailure(this.#sockets.failures) : unasked,
      );
    }
    if (iceTransportPolicy === "relay" && turn === undefined) {
      this.#diagnose({
        code: "engine/relay-without-server",
        message: {
          en: "iceTransportPolicy is relay, but there is no TURN server with username and credential: there are no candidates.",
          ko: "iceTransportPolicy가 relay인데 username과 credential이 있는 TURN 서버가 없으므로 후보가 없습니다.",
        },
      });
    }
  }

  #fail(url: string, { code, reason }: StunError): void {
    const event = new Event("icecandidateerror");
    this.dispatchEvent(Object.assign(event, { url, errorCode: code, errorText: reason }));
  }

  /**
   * werift's ICE is `completed` when its own candidates are gathered, checked or not, and its connection `connected` only when
   * SCTP is. Here both follow from the transports, as W3C says.
   */
  #updateStates(): void {
    if (this.#isClosed) return;
    const transports = this.#inside.dtlsTransports;
    const ice = iceStateOf(transports.map((transport) => this.#iceStateOf(transport)));
    const connection = connectionStateOf(
      ice,
      transports.map(({ state }) => state),
    );
    const isIceNew = ice !== this.#iceState;
    const isConnectionNew = connection !== this.#connectionState;
    // A browser never leaves `connected` out.
    if (ice === "completed" && this.#iceState !== "connected" && isIceNew) {
      this.#iceState = "connected";
      this.dispatchEvent(new Event("iceconnectionstatechange"));
    }
    this.#iceState = ice;
    this.#connectionState = connection;
    if (isIceNew) this.dispatchEvent(new Event("iceconnectionstatechange"));
    if (isConnectionNew) this.dispatchEvent(new Event("connectionstatechange"));
  }

  #iceStateOf({ iceTransport }: InsideDtls): string {
    const { state, connection } = iceTransport;
    if (state === "failed" || state === "disconnected" || state === "closed") return state;
    if (connection.nominated !== undefined && (state === "connected" || state === "completed")) {
      const isOver = iceTransport.gatheringState === "complete" && this.#hasRemoteEnd;
      return isOver ? "completed" : "connected";
    }
    return this.#checking.has(iceTransport) ? "checking" : "new";
  }

  /** W3C, "update the negotiation-needed flag". */
  #checkNegotiation(): void {
    queueMicrotask(() => {
      if (this.#isClosed || this.#pc.signalingState !== "stable" || this.#hasAsked) return;
      if (!this.#isNegotiationNeeded()) return;
      this.#hasAsked = true;
      this.dispatchEvent(new Event("negotiationneeded"));
    });
  }

  /** W3C, "check if negotiation is needed". */
  #isNegotiationNeeded(): boolean {
    const { type } = this.#local.current ?? {};
    const local = this.#local.current === undefined ? [] : parsed(this.#local.current).media;
    const remote = this.#remote.current === undefined ? [] : parsed(this.#remote.current).media;
    const hasData = local.some(({ kind }) => kind === "application");
    if (this.#pc.sctp !== null && !hasData) return true;
    return this.getTransceivers().some(({ mid, direction }) => {
      const own = local.find((section) => section.mid === mid);
      const theirs = remote.find((section) => section.mid === mid);
      if (mid === null || own === undefined) return true;
      const seen = reversed(theirs?.direction ?? "inactive");
      if (type === "offer") return own.direction !== direction && seen !== direction;
      return own.direction !== common(direction, seen);
    });
  }

  #isRejected({ mLineIndex }: InsideTransceiver): boolean {
    return mLineIndex !== undefined && this.#rejected.has(mLineIndex);
  }

  #transceiverOf(inner: InsideTransceiver): WeriftTransceiver {
    const known = this.#transceivers.get(inner);
    if (known !== undefined) return known;
    const made = new WeriftTransceiver(
      inner,
      (transport) => this.#transportOf(transport),
      () => this.#checkNegotiation(),
    );
    this.#transceivers.set(inner, made);
    return made;
  }

  #channelOf(channel: WeriftDataChannel): WeriftChannel {
    const known = this.#channels.get(channel);
    if (known !== undefined) return known;
    const made = new WeriftChannel(channel, () => this.#inside.sctpTransport);
    this.#channels.set(channel, made);
    return made;
  }

  #transportOf(transport: InsideDtls): RecordableTransport {
    const known = this.#transports.get(transport);
    if (known !== undefined) return known;
    const made = new WeriftTransport(transport);
    this.#transports.set(transport, made);
    return made;
  }

  #diagnose(detail: EngineDiagnostic): void {
    this.dispatchEvent(Object.assign(new Event("diagnostic"), { detail }));
  }
}

const restartInterrupts: EngineDiagnostic = {
  code: "engine/ice-restart-interrupts",
  message: {
    en: "werift sends nothing from the offer of an ICE restart until a new pair works; the old one would still do (RFC 8445 §12.1).",
    ko: "werift는 ICE 재시작 offer를 만든 때부터 새 후보 쌍이 동작할 때까지 아무것도 보내지 않습니다. 표준은 그동안 이전 쌍을 쓰게 합니다(RFC 8445 §12.1).",
  },
};

/** W3C's current and pending description of one side. */
interface Descriptions {
  readonly current?: DescriptionInit | undefined;
  readonly pending?: DescriptionInit | undefined;
}

/** An applied description, read; each is asked for with every candidate. */
function parsed(applied: DescriptionInit): SessionDescription {
  const known = descriptions.get(applied);
  if (known !== undefined) return known;
  const made = readDescription(applied.sdp);
  descriptions.set(applied, made);
  return made;
}

const descriptions = new WeakMap<DescriptionInit, SessionDescription>();

/** The section whose transport is that of all: the first that is not rejected. */
function carrierOf(applied: DescriptionInit | undefined): MediaDescription | undefined {
  if (applied === undefined) return undefined;
  return parsed(applied).media.find(({ isRejected }) => !isRejected);
}

/** The direction as the other side sees it. */
function reversed(direction: string): string {
  if (direction === "sendonly") return "recvonly";
  return direction === "recvonly" ? "sendonly" : direction;
}

/** What two directions, seen from the same side, have in common. */
function common(one: string, other: string): string {
  const sends = [one, other].every((each) => each === "sendrecv" || each === "sendonly");
  const receives = [one, other].every((each) => each === "sendrecv" || each === "recvonly");
  if (sends) return receives ? "sendrecv" : "sendonly";
  return receives ? "recvonly" : "inactive";
}

/** W3C's RTCIceConnectionState of several transports. */
function iceStateOf(states: readonly string[]): string {
  const isAll = (...wanted: string[]): boolean => states.every((state) => wanted.includes(state));
  if (states.includes("failed")) return "failed";
  if (states.includes("disconnected")) return "disconnected";
  if (isAll("new", "closed")) return "new";
  if (states.includes("new") || states.includes("checking")) return "checking";
  return isAll("completed", "closed") ? "completed" : "connected";
}

/** W3C's RTCPeerConnectionState; `closed` as well when the other end has closed every transport. */
function connectionStateOf(ice: string, dtls: readonly string[]): string {
  if (dtls.length > 0 && dtls.every((state) => state === "closed")) return "closed";
  if (ice === "failed" || dtls.includes("failed")) return "failed";
  if (ice === "disconnected") return "disconnected";
  if (ice === "new" && dtls.every((state) => state === "new" || state === "closed")) return "new";
  const isUp = dtls.every((state) => state === "connected" || state === "closed");
  return isUp && (ice === "connected" || ice === "completed") ? "connected" : "connecting";
}

/**
 * The section that a candidate is for, as werift can take it; `undefined` for a candidate of no use. Pion writes an empty sdpMid
 * beside a right sdpMLineIndex, for which werift throws. A candidate with a ufrag of a bundled section that is not the tagged one
 * belongs to a transport that the bundle makes an end of.
 */
function sectionOf(
  { sdpMid, sdpMLineIndex, usernameFragment }: CandidateInit,
  { media, bundle }: SessionDescription,
): { readonly sdpMid: string } | { readonly sdpMLineIndex: number } | undefined {
  const isMidEmpty = sdpMid === undefined || sdpMid === null || sdpMid === "";
  const section = isMidEmpty
    ? media[sdpMLineIndex ?? 0]
    : media.find((candidate) => candidate.mid === sdpMid);
  if (section === undefined) {
    const place = isMidEmpty ? `sdpMLineIndex ${sdpMLineIndex}` : `sdpMid “${sdpMid}”`;
    throw new DOMException(`The remote description has no section of ${place}.`, "OperationError");
  }
  if (section.isRejected) return undefined;
  if (section.mid === undefined || section.mid === "") return { sdpMLineIndex: section.index };
  const tagged = bundle?.mids.includes(section.mid)
    ? media.find(({ mid }) => mid === bundle.mids[0])
    : undefined;
  const isOther =
    typeof usernameFragment === "string" &&
    tagged?.ice.ufrag !== undefined &&
    section.ice.ufrag !== tagged.ice.ufrag &&
    usernameFragment !== tagged.ice.ufrag;
  return isOther ? undefined : { sdpMid: section.mid };
}

function hasStun({ iceServers = [] }: EngineConfiguration): boolean {
  return iceServers.flatMap(({ urls }) => urls).some((url) => isScheme(url, "stun"));
}

function hasTurn({ iceServers = [] }: EngineConfiguration): boolean {
  return iceServers.some(
    ({ urls, username, credential }) =>
      [urls].flat().some((url) => isScheme(url, "turn")) && !!username && !!credential,
  );
}

/** `stun` finds stuns as well, `turn` turns. RFC 7064, RFC 7065. */
function isScheme(url: string, scheme: "stun" | "turn"): boolean {
  return url.trimStart().toLowerCase().startsWith(scheme);
}

function isLoopbackOnly(): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.every((address) => address.internal);
}
