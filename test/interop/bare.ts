import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { RTCPeerConnection } from "werift";
import { stunAddress } from "../../lib/ice/stun-attribute.ts";
import { parseStunMessage, printStunMessage } from "../../lib/ice/stun-message.ts";
import type { Content } from "./agent.ts";
import { weriftTrack } from "./agents/werift.ts";
import { createBridge } from "./bridge.ts";
import { hasData, mediaOf } from "./call.ts";
import type { Offerer, RunningEndpoint } from "./endpoint.ts";

/** What came of one call of a bare werift, used as its documentation does: what our peer is compared with. */
export interface BareResult {
  readonly connectedMs?: number;
  readonly reason?: string;
}

/**
 * Calls an endpoint with a bare werift, or lets it call. Without a STUN server werift asks one on the internet and waits:
 * it gets one on this machine.
 */
export async function callBare(
  endpoint: RunningEndpoint,
  content: Content,
  offerer: Offerer,
  limitMs: number,
): Promise<BareResult> {
  const stun = await startStun();
  const pc = new RTCPeerConnection({
    // werift asks the first STUN server of the list only.
    iceServers: [
      ...(endpoint.peer?.iceServers ?? []).map((server) => ({
        ...server,
        urls: String(server.urls),
      })),
      { urls: stun.url },
    ],
    ...(endpoint.peer?.iceTransportPolicy && {
      iceTransportPolicy: endpoint.peer.iceTransportPolicy,
    }),
  });
  const connecting = endpoint.agent.open(
    { media: mediaOf(content), hasData: hasData(content), ...endpoint.options },
    (candidate) => bridge.onCandidate(candidate),
  );
  let fail: (error: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => {});
  let isOpen = !hasData(content);
  let started = 0;
  const bridge = createBridge(connecting, (signal) => {
    if ("candidate" in signal) pc.addIceCandidate(signal.candidate as never).catch(() => {});
    else if (signal.sdp.type === "answer") pc.setRemoteDescription(signal.sdp).catch(fail);
    else answer(signal.sdp).catch(fail);
  });
  pc.onIceCandidate.subscribe((candidate) => {
    bridge.send({ candidate: candidate === undefined ? null : (candidate.toJSON() as never) });
  });
  const watch = (channel: {
    readyState: string;
    stateChanged: { subscribe(f: (s: string) => void): void };
  }) => {
    if (channel.readyState === "open") isOpen = true;
    channel.stateChanged.subscribe((state) => {
      if (state === "open") isOpen = true;
    });
  };
  pc.onDataChannel.subscribe((channel) => watch(channel as never));
  const answer = async (sdp: { type: "offer" | "answer"; sdp: string }): Promise<void> => {
    started = performance.now();
    await pc.setRemoteDescription(sdp);
    for (const transceiver of pc.getTransceivers()) {
      await transceiver.sender.replaceTrack(weriftTrack(transceiver.kind as "audio" | "video"));
      transceiver.setDirection("sendrecv");
    }
    if (hasData(content) && endpoint.peer?.answersWithChannel)
      watch(pc.createDataChannel("lab") as never);
    const made = await pc.createAnswer();
    bridge.send({ sdp: { type: "answer", sdp: made.sdp } });
    await pc.setLocalDescription(made);
  };
  const offer = async (): Promise<void> => {
    for (const kind of mediaOf(content)) pc.addTransceiver(weriftTrack(kind));
    if (hasData(content)) watch(pc.createDataChannel("lab") as never);
    started = performance.now();
    const made = await pc.createOffer();
    bridge.send({ sdp: { type: "offer", sdp: made.sdp } });
    await pc.setLocalDescription(made);
  };
  const isUp = async (): Promise<number> => {
    while (pc.connectionState !== "connected" || !isOpen) {
      if (pc.connectionState === "failed") throw new Error("connectionState failed");
      await sleep(1);
    }
    return Math.round(performance.now() - started);
  };
  try {
    await connecting;
    if (offerer === "peer") offer().catch(fail);
    else bridge.offer();
    const connectedMs = await Promise.race([
      isUp(),
      bridge.refused,
      broken,
      sleep(limitMs).then(() => Promise.reject(new Error(`not connected in ${limitMs} ms`))),
    ]);
    return { connectedMs };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await Promise.race([
      Promise.allSettled([pc.close(), connecting.then((open) => open.close())]),
      sleep(2000),
    ]);
    stun.close();
  }
}

/** A STUN server of a few lines, on this machine. */
async function startStun(): Promise<{ url: string; close(): void }> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, place) => {
    const request = parseStunMessage(bytes);
    if (request === undefined) return;
    const attributes = [stunAddress("XOR-MAPPED-ADDRESS", place, request.transactionId)];
    const response = printStunMessage({ ...request, class: "success", attributes });
    socket.send(response, place.port, place.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { url: `stun:127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}
