// A WebRTC agent on one host of the NAT lab: werift, or Chromium through Playwright. Speaks JSON lines on its standard streams:
//   in   { "start": { iceServers, iceTransportPolicy }, "offer"?: description }   { "answer": description }
//        { "wait": milliseconds }
//   out  { "ready": true }  { "description": … }  { "pair": the selected pair, or null when none came in time }
import { createInterface } from "node:readline";

const [kind] = process.argv.slice(2);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const agent = await (kind === "chromium" ? chromiumAgent() : weriftAgent());
say({ ready: true });

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.start) say({ description: await agent.start(message.start, message.offer) });
  if (message.answer) await agent.accept(message.answer);
  if (message.wait) say({ pair: await agent.pair(message.wait) });
}
await agent.close();
process.exit(0);

async function weriftAgent() {
  const { RTCPeerConnection } = await import("werift");
  let pc;
  return {
    async start(configuration, offer) {
      await pc?.close();
      pc = new RTCPeerConnection(configuration);
      if (offer) await pc.setRemoteDescription(offer);
      else pc.createDataChannel("lab");
      // Gathers first: a relay that comes after the checks began is not paired (werift 0.24).
      await pc.setLocalDescription(offer ? await pc.createAnswer() : await pc.createOffer());
      return { type: pc.localDescription.type, sdp: pc.localDescription.sdp };
    },
    accept: (answer) => pc.setRemoteDescription(answer),
    async pair(timeoutMs) {
      const end = Date.now() + timeoutMs;
      while (Date.now() < end) {
        const nominated = pc.iceTransports[0]?.connection?.nominated;
        if (pc.connectionState === "connected" && nominated)
          return {
            local: described(nominated.localCandidate),
            remote: described(nominated.remoteCandidate),
          };
        await new Promise((done) => setTimeout(done, 50));
      }
      return null;
    },
    close: () => pc?.close(),
  };
}

function described(candidate) {
  return { type: candidate.type, address: candidate.host, port: candidate.port };
}

async function chromiumAgent() {
  const { chromium } = await import("playwright-core");
  const { existsSync } = await import("node:fs");
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-features=WebRtcHideLocalIpsWithMdns"],
  });
  const page = await browser.newPage();
  return {
    start: (configuration, offer) =>
      page.evaluate(
        async ([given, remote]) => {
          globalThis.pc?.close();
          const pc = new RTCPeerConnection(given);
          globalThis.pc = pc;
          // Chromium's controlled end stays with the pair on which data came last: there has to be some.
          const talk = (channel) => {
            setInterval(() => channel.readyState === "open" && channel.send("lab"), 100);
          };
          pc.ondatachannel = ({ channel }) => talk(channel);
          const gathered = new Promise((done) => {
            pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done();
          });
          if (remote) await pc.setRemoteDescription(remote);
          else talk(pc.createDataChannel("lab"));
          await pc.setLocalDescription();
          await gathered;
          return { type: pc.localDescription.type, sdp: pc.localDescription.sdp };
        },
        [configuration, offer],
      ),
    accept: (answer) => page.evaluate((remote) => globalThis.pc.setRemoteDescription(remote), answer),
    pair: (timeoutMs) =>
      page.evaluate(async (limit) => {
        const end = Date.now() + limit;
        let last;
        let since = Date.now();
        while (Date.now() < end) {
          const stats = await globalThis.pc.getStats();
          const transport = [...stats.values()].find((each) => each.type === "transport");
          const pair = stats.get(transport?.selectedCandidatePairId);
          if (pair?.id !== last) since = Date.now();
          last = pair?.id;
          // Chromium takes the first pair that answers, and better ones as they come.
          if (globalThis.pc.connectionState === "connected" && pair && Date.now() - since > 1500) {
            const end = (id) => {
              const { candidateType, address, port } = stats.get(id);
              return { type: candidateType, address, port };
            };
            return { local: end(pair.localCandidateId), remote: end(pair.remoteCandidateId) };
          }
          await new Promise((done) => setTimeout(done, 50));
        }
        return null;
      }, timeoutMs),
    close: () => browser.close(),
  };
}
