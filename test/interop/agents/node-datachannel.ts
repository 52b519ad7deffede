import { createRequire } from "node:module";
import type * as NodeDataChannel from "node-datachannel";
import type { AgentOptions, AgentReport, Candidate, Description, MediaKind } from "../agent.ts";
import { moduleVersion } from "../installed.ts";
import type { AgentMethods } from "./w3c.ts";
import { mediaPackets } from "./werift.ts";

/**
 * An agent on libdatachannel in Node. Its W3C classes have no media (`addTransceiver` throws), its own ones carry RTP: it has
 * neither encoder nor decoder, so what is counted are whole frames.
 */
export function nodeDataChannelAgent(
  emit: (id: number, candidate: Candidate) => void,
): AgentMethods {
  const { PeerConnection, Audio, Video } = createRequire(import.meta.url)(
    "node-datachannel",
  ) as typeof NodeDataChannel;
  interface Connection {
    readonly pc: NodeDataChannel.PeerConnection;
    readonly options: AgentOptions;
    readonly decoded: Record<MediaKind, number>;
    readonly timers: NodeJS.Timeout[];
    readonly described: Promise<Description>;
    channel: NodeDataChannel.DataChannel | undefined;
    messages: number;
  }
  const connections = new Map<number, Connection>();
  const of = (id: number): Connection => {
    const found = connections.get(id);
    if (found === undefined) throw new Error(`There is no connection ${id}.`);
    return found;
  };
  const watchChannel = (connection: Connection, channel: NodeDataChannel.DataChannel): void => {
    connection.channel = channel;
    channel.onMessage(() => connection.messages++);
  };
  const addTrack = (connection: Connection, kind: MediaKind, mid: string, type: number): void => {
    const { pc, decoded, timers } = connection;
    const media = kind === "audio" ? new Audio(mid, "SendRecv") : new Video(mid, "SendRecv");
    if (media instanceof Audio) media.addOpusCodec(type);
    else media.addVP8Codec(type);
    const ssrc = kind === "audio" ? 1001 : 1002;
    media.addSSRC(ssrc, "lab", "lab", kind);
    const track = pc.addTrack(media);
    track.onMessage((packet) => {
      const second = packet[1] ?? 0;
      // RTCP comes the same way. RFC 5761 §4.
      if (second >= 192 && second <= 223) return;
      if (kind === "audio" || (second & 0x80) !== 0) decoded[kind]++;
    });
    const { payload, every, step } = mediaPackets[kind];
    let count = 0;
    timers.push(
      setInterval(() => {
        if (!track.isOpen()) return;
        const header = Buffer.alloc(12);
        header[0] = 0x80;
        header[1] = 0x80 | type;
        header.writeUInt16BE(count & 0xffff, 2);
        header.writeUInt32BE((count * step) >>> 0, 4);
        header.writeUInt32BE(ssrc, 8);
        count++;
        track.sendMessageBinary(Buffer.concat([header, payload]));
      }, every),
    );
  };

  return {
    open(id, options: AgentOptions) {
      const pc = new PeerConnection(`lab-${id}`, { iceServers: [], disableAutoNegotiation: true });
      const described = new Promise<Description>((resolve) => {
        pc.onLocalDescription((sdp, type) =>
          resolve({ sdp, type: type === "offer" ? "offer" : "answer" }),
        );
      });
      const connection: Connection = {
        pc,
        options,
        decoded: { audio: 0, video: 0 },
        timers: [],
        described,
        channel: undefined,
        messages: 0,
      };
      connections.set(id, connection);
      pc.onLocalCandidate((candidate, mid) => {
        const line = candidate.startsWith("a=") ? candidate.slice(2) : candidate;
        emit(id, { candidate: line, sdpMid: mid });
      });
      pc.onDataChannel((channel) => watchChannel(connection, channel));
    },
    offer(id) {
      const connection = of(id);
      const { pc, options, described } = connection;
      for (const kind of options.media)
        addTrack(connection, kind, kind, kind === "audio" ? 111 : 96);
      if (options.hasData) watchChannel(connection, pc.createDataChannel("lab"));
      pc.setLocalDescription("offer");
      return described;
    },
    answer(id, { sdp }: Description) {
      const connection = of(id);
      const { pc, described } = connection;
      // A track with the mid of a section answers it.
      for (const section of sdp.split("\r\nm=").slice(1)) {
        const kind = section.split(" ", 1)[0];
        const mid = /\r\na=mid:(\S+)/.exec(section)?.[1] ?? "";
        const codec = kind === "audio" ? /a=rtpmap:(\d+) opus\//i : /a=rtpmap:(\d+) VP8\//i;
        const type = Number(codec.exec(section)?.[1] ?? 0);
        if (kind === "audio" || kind === "video") addTrack(connection, kind, mid, type);
      }
      pc.setRemoteDescription(sdp, "offer");
      pc.setLocalDescription("answer");
      return described;
    },
    accept(id, { sdp }: Description) {
      of(id).pc.setRemoteDescription(sdp, "answer");
    },
    candidate(id, candidate: Candidate) {
      if (candidate !== null)
        of(id).pc.addRemoteCandidate(candidate.candidate, candidate.sdpMid ?? "0");
    },
    say(id, text: string) {
      const { channel } = of(id);
      if (channel?.isOpen() !== true) throw new Error("The data channel is not open.");
      channel.sendMessage(text);
    },
    report(id) {
      const { pc, messages, decoded } = of(id);
      return {
        connection: pc.state(),
        messages,
        audio: { decoded: decoded.audio },
        video: { decoded: decoded.video },
      } satisfies AgentReport;
    },
    close(id) {
      const { pc, timers } = of(id);
      for (const timer of timers) clearInterval(timer);
      pc.close();
      connections.delete(id);
    },
  };
}

/** The version of the npm package. */
export function nodeDataChannelVersion(): string {
  return moduleVersion("node-datachannel");
}
