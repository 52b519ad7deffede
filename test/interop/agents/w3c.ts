import type { AgentOptions, AgentReport, Candidate, Description, MediaKind } from "../agent.ts";

/** Where an agent runs: what W3C leaves to the platform. */
export interface Platform {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  /** A track that goes on by itself: a tone, or a moving picture. */
  createTrack(kind: MediaKind): MediaStreamTrack | Promise<MediaStreamTrack>;
  /** A stream around a track, where the platform has streams. */
  createStream?(track: MediaStreamTrack): MediaStream;
  /** Decodes a remote track, and says how much came out. */
  watch(track: MediaStreamTrack, pc: RTCPeerConnection): () => Promise<AgentReport["audio"]>;
}

/** The methods of an agent, as they are called over the wire: by name, with the connection's id first. */
export type AgentMethods = Readonly<Record<string, (id: number, value: never) => unknown>>;

/**
 * An agent on W3C's RTCPeerConnection. It is sent to browsers as text, so it uses nothing of this file.
 * `emit` gets every candidate of a connection.
 */
export function w3cAgent(
  platform: Platform,
  emit: (id: number, candidate: Candidate) => void,
): AgentMethods {
  interface Connection {
    readonly pc: RTCPeerConnection;
    readonly options: AgentOptions;
    readonly counters: Map<string, () => Promise<AgentReport["audio"]>>;
    channel: RTCDataChannel | undefined;
    messages: number;
  }
  const connections = new Map<number, Connection>();
  const of = (id: number): Connection => {
    const found = connections.get(id);
    if (found === undefined) throw new Error(`There is no connection ${id}.`);
    return found;
  };
  const watchChannel = (connection: Connection, channel: RTCDataChannel): void => {
    connection.channel = channel;
    channel.onmessage = () => connection.messages++;
  };
  const plain = (description: RTCSessionDescriptionInit): Description => ({
    type: description.type as Description["type"],
    sdp: description.sdp ?? "",
  });
  const sendable = async (
    kind: MediaKind,
  ): Promise<{ track: MediaStreamTrack; streams: MediaStream[] }> => {
    const track = await platform.createTrack(kind);
    const stream = platform.createStream?.(track);
    return { track, streams: stream ? [stream] : [] };
  };

  return {
    open(id, options: AgentOptions) {
      const { iceServers = [], iceTransportPolicy = "all" } = options;
      const pc = new platform.RTCPeerConnection({
        iceServers: iceServers.map((server) => ({ ...server })),
        iceTransportPolicy,
      });
      const connection: Connection = {
        pc,
        options,
        counters: new Map(),
        channel: undefined,
        messages: 0,
      };
      connections.set(id, connection);
      pc.onicecandidate = ({ candidate }) => {
        emit(
          id,
          candidate && {
            candidate: candidate.candidate,
            sdpMid: candidate.sdpMid,
            sdpMLineIndex: candidate.sdpMLineIndex,
            usernameFragment: candidate.usernameFragment ?? null,
          },
        );
      };
      pc.ondatachannel = ({ channel }) => watchChannel(connection, channel);
      pc.ontrack = ({ track }) => connection.counters.set(track.kind, platform.watch(track, pc));
    },
    async offer(id) {
      const connection = of(id);
      const { pc, options } = connection;
      for (const kind of options.media) {
        const { track, streams } = await sendable(kind);
        pc.addTransceiver(track, { direction: "sendrecv", streams });
      }
      if (options.hasData) watchChannel(connection, pc.createDataChannel("lab"));
      const offer = await pc.createOffer();
      await pc.setLocalDescription(offer);
      return plain(offer);
    },
    async answer(id, offer: Description) {
      const { pc } = of(id);
      await pc.setRemoteDescription(offer);
      for (const transceiver of pc.getTransceivers?.() ?? []) {
        const { track } = await sendable(transceiver.receiver.track.kind as MediaKind);
        await transceiver.sender.replaceTrack(track);
        transceiver.direction = "sendrecv";
      }
      const answer = await pc.createAnswer();
      await pc.setLocalDescription(answer);
      return plain(answer);
    },
    async accept(id, answer: Description) {
      await of(id).pc.setRemoteDescription(answer);
    },
    async candidate(id, candidate: Candidate) {
      // Not every engine takes the null that W3C allows.
      if (candidate !== null) await of(id).pc.addIceCandidate(candidate as RTCIceCandidateInit);
    },
    say(id, text: string) {
      const { channel } = of(id);
      if (channel?.readyState !== "open") throw new Error("The data channel is not open.");
      channel.send(text);
    },
    async report(id) {
      const { pc, messages, counters } = of(id);
      const nothing = async (): Promise<AgentReport["audio"]> => ({ decoded: 0 });
      const audio = await (counters.get("audio") ?? nothing)();
      const video = await (counters.get("video") ?? nothing)();
      return { connection: pc.connectionState, messages, audio, video } satisfies AgentReport;
    },
    close(id) {
      of(id).pc.close();
      connections.delete(id);
    },
  };
}
