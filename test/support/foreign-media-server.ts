import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket } from "werift";
import { WebSocketServer } from "ws";

/**
 * A server-first media server written from the protocol's text alone: nothing of this package is in it. It sends one VP8 key
 * frame again and again. `says` replaces its messages, for what a server may say instead; it is silent for an empty one.
 */
export async function startForeignMediaServer(
  says: { first?: string; second?: string | ((times: number) => string | undefined) } = {},
) {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const connections: RTCPeerConnection[] = [];
  const timers: NodeJS.Timeout[] = [];
  const paths: string[] = [];
  const offers: { type: string; sdp: string }[] = [];
  const closes: number[] = [];

  sockets.on("connection", (socket, request) => {
    paths.push(request.url ?? "");
    socket.on("close", (code) => closes.push(code));
    socket.send(says.first ?? "VP8|-|-|");
    socket.on("message", async (data) => {
      const offer = JSON.parse(String(data)) as { type: "offer"; sdp: string };
      offers.push(offer);
      const second = typeof says.second === "function" ? says.second(offers.length) : says.second;
      if (second === "") return;
      if (second !== undefined) return socket.send(second);
      const pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
      connections.push(pc);
      await pc.setRemoteDescription(offer);
      const track = new MediaStreamTrack({ kind: "video" });
      const [transceiver] = pc.getTransceivers();
      if (transceiver === undefined) throw new Error("The offer has no section.");
      transceiver.direction = "sendonly";
      await transceiver.sender.replaceTrack(track);
      // Without a server werift asks one of its own choice: not from a test.
      for (const transport of pc.iceTransports) delete transport.connection.stunServer;
      let isAnswered = false;
      let answer: { type: string; sdp: string } | undefined;
      pc.onIceCandidate.subscribe((candidate) => {
        if (candidate === undefined || answer === undefined || isAnswered) return;
        isAnswered = true;
        const { candidate: line, sdpMLineIndex } = candidate;
        socket.send(
          `${JSON.stringify(answer)}|-|-|${JSON.stringify({ candidate: line, sdpMLineIndex })}`,
        );
      });
      const { type, sdp } = await pc.createAnswer();
      answer = { type, sdp };
      pc.setLocalDescription({ type, sdp }).catch(() => {});
      let sent = 0;
      timers.push(
        setInterval(() => {
          const header = new RtpHeader({
            sequenceNumber: sent & 0xffff,
            timestamp: sent * 3000,
            marker: true,
            payloadType: 0,
            ssrc: 1,
          });
          sent++;
          if (pc.connectionState === "connected") track.writeRtp(new RtpPacket(header, keyFrame));
        }, 33),
      );
    });
  });

  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    /** The paths that players asked for, their offers, and the codes with which they closed. */
    paths,
    offers,
    closes,
    async close() {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets.clients) socket.terminate();
      await Promise.all(connections.map((pc) => pc.close()));
      sockets.close();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

/** A VP8 key frame of one pixel behind the payload descriptor "start of partition 0". RFC 7741 §4.2. */
const keyFrame = Buffer.concat([
  Buffer.from([0x10]),
  Buffer.from("MAEAnQEqAQABAA7A/iWkAANwAAAAAA==", "base64"),
]);
