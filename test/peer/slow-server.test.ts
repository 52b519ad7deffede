import { afterEach, expect, test, vi } from "vitest";
import { RTCPeerConnection } from "werift";
import { werift } from "../../lib/peer/werift.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

// Our DTLS client repeats its first flight after 50 ms: werift's fails at the second answer to it (0.24.4).
test("connects to a DTLS server that is slower than the repeats of the first flight", async () => {
  const server = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
  closers.push(() => server.close());
  server.createDataChannel("data");
  const offer = await server.createOffer();
  for (const { connection } of server.iceTransports) {
    delete connection.stunServer;
    const send = connection.send.bind(connection);
    connection.send = async (data) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await send(data);
    };
  }
  const client = werift.createConnection({});
  closers.push(() => client.close());
  server.onIceCandidate.subscribe((candidate) => {
    if (candidate !== undefined) client.addIceCandidate(candidate).catch(() => {});
  });
  client.addEventListener("icecandidate", (event) => {
    const { candidate } = event as RTCPeerConnectionIceEvent;
    if (candidate !== null) server.addIceCandidate(candidate).catch(() => {});
  });
  server.setLocalDescription(offer).catch(() => {});
  await client.setRemoteDescription({ type: "offer", sdp: offer.sdp });
  const answer = await client.createAnswer();
  await client.setLocalDescription(answer);
  await server.setRemoteDescription({ type: "answer", sdp: answer.sdp });
  await vi.waitFor(() => expect(client.connectionState).toBe("connected"), { timeout: 10_000 });
});
