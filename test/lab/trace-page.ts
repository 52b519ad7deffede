/**
 * What runs in the page of `test/lab/traces.ts`: two peers over a signaling channel in memory, and what goes wrong between them.
 * Each scenario gives its trace as a text.
 */
import { record } from "../../lib/record/record.ts";
import { writeTrace } from "../../lib/trace/file.ts";
import type { Recorder } from "../../lib/trace/recorder.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";
import type { Impairment } from "./impair.ts";

declare global {
  /** Sets what the network does from now on; the program that opens the page gives it. */
  function impair(impairment: Impairment): Promise<void>;
}

type Name = "alice" | "bob";
type Message = RTCSessionDescriptionInit | { candidate: RTCIceCandidateInit };

interface Lab {
  readonly recorder: Recorder;
  /** `statsIntervalMs` as `record` takes it; most scenarios are about signaling and do without. */
  connect(
    name: Name,
    configuration?: RTCConfiguration,
    statsIntervalMs?: number,
  ): RTCPeerConnection;
  /** Records a message at both ends; what `carry` makes of it arrives, nothing when it is lost. */
  send<T extends Message>(from: Name, message: T, carry?: (message: T) => T): Promise<T>;
  /** Trickles the candidates of one side to the connection of the other. */
  trickle(from: Name, near: RTCPeerConnection, far: () => RTCPeerConnection): void;
  offer(near: RTCPeerConnection, from?: Name): Promise<RTCSessionDescriptionInit>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function createLab(id: string): Lab {
  const now = (): number => performance.timeOrigin + performance.now();
  const engine = `Chromium ${/Chrome\/(\d+)/.exec(navigator.userAgent)?.[1] ?? ""}`;
  const recorder = createRecorder({
    now,
    id,
    peers: [
      { id: "alice", name: "Alice", engine },
      { id: "bob", name: "Bob", engine },
    ],
  });
  let number = 0;
  const other = { alice: "bob", bob: "alice" } as const;
  const lab: Lab = {
    recorder,
    connect(name, configuration, statsIntervalMs = 0) {
      const pc = new RTCPeerConnection(configuration);
      record(pc, {
        recorder,
        peer: name,
        stacks: true,
        statsIntervalMs,
        ...(configuration && { configuration }),
      });
      return pc;
    },
    async send(from, message, carry = (given) => given) {
      const common = {
        kind: "signal",
        transport: "memory",
        message: ++number,
        type: "type" in message ? message.type : "candidate",
      } as const;
      const sent = JSON.parse(JSON.stringify(message));
      recorder.record({ ...common, peer: from, direction: "out", data: sent });
      await wait(3);
      const received = carry(sent);
      recorder.record({ ...common, peer: other[from], direction: "in", data: received });
      return received;
    },
    trickle(from, near, far) {
      near.addEventListener("icecandidate", async ({ candidate }) => {
        if (!candidate) return;
        const { candidate: arrived } = await lab.send(from, { candidate: candidate.toJSON() });
        await far()
          .addIceCandidate(arrived)
          .catch(() => {});
      });
    },
    async offer(near, from = "alice") {
      await near.setLocalDescription(await near.createOffer());
      return lab.send(from, plain(near.localDescription));
    },
  };
  return lab;
}

function plain(description: RTCSessionDescription | null): RTCSessionDescriptionInit {
  if (!description) throw new Error("There is no description.");
  return { type: description.type, sdp: description.sdp };
}

async function answer(lab: Lab, far: RTCPeerConnection, offer: RTCSessionDescriptionInit) {
  await far.setRemoteDescription(offer);
  await far.setLocalDescription(await far.createAnswer());
  return lab.send("bob", plain(far.localDescription));
}

function pair(lab: Lab, configuration?: RTCConfiguration) {
  const a = lab.connect("alice", configuration);
  const b = lab.connect("bob", configuration);
  return { a, b };
}

/** Gives candidates on when the other side can take them. */
function trickleBoth(lab: Lab, a: RTCPeerConnection, b: RTCPeerConnection): void {
  lab.trickle("alice", a, () => b);
  lab.trickle("bob", b, () => a);
}

/** Sound and picture without devices. */
async function camera(): Promise<MediaStream> {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  setInterval(() => context?.fillRect(0, 0, Math.random() * 300, 100), 50);
  const audio = new AudioContext();
  const oscillator = audio.createOscillator();
  const destination = audio.createMediaStreamDestination();
  oscillator.connect(destination);
  oscillator.start();
  return new MediaStream([
    ...destination.stream.getAudioTracks(),
    ...canvas.captureStream().getVideoTracks(),
  ]);
}

/** As `camera`, with a picture of noise that is hard to compress, and a sound that is heard. */
async function busyCamera(): Promise<MediaStream> {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const context = canvas.getContext("2d");
  const paint = (): void => {
    for (let index = 0; context && index < 300; index++) {
      context.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
      context.fillRect(Math.random() * 640, Math.random() * 360, 24, 24);
    }
  };
  setInterval(paint, 40);
  const audio = new AudioContext();
  await audio.resume();
  const oscillator = audio.createOscillator();
  const destination = audio.createMediaStreamDestination();
  oscillator.connect(destination);
  oscillator.start();
  return new MediaStream([
    ...destination.stream.getAudioTracks(),
    ...canvas.captureStream(25).getVideoTracks(),
  ]);
}

/** What nobody plays is not decoded. */
function play(track: MediaStreamTrack): void {
  const player = document.createElement(track.kind === "audio" ? "audio" : "video");
  player.srcObject = new MediaStream([track]);
  document.body.append(player);
  player.play().catch(() => {});
}

const scenarios: Readonly<Record<string, (lab: Lab) => Promise<void>>> = {
  /** A call with audio, video and data that restarts ICE and adds a track later: nothing is wrong with it. */
  async ok(lab) {
    const { a, b } = pair(lab);
    trickleBoth(lab, a, b);
    const stream = await camera();
    for (const track of stream.getTracks()) a.addTrack(track, stream);
    a.createDataChannel("chat");
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(1000);
    await a.setLocalDescription(await a.createOffer({ iceRestart: true }));
    const restart = await lab.send("alice", plain(a.localDescription));
    await a.setRemoteDescription(await answer(lab, b, restart));
    await wait(1000);
    a.addTransceiver("audio", { direction: "sendonly" });
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(500);
    a.close();
    b.close();
  },
  /**
   * Sound and a busy picture from alice to bob, with the statistics of both: alice's picture gets little bandwidth after
   * 4 seconds, ICE restarts after 7, and the picture stands still from 10 to 13.
   */
  async media(lab) {
    const a = lab.connect("alice", undefined, 1000);
    const b = lab.connect("bob", undefined, 1000);
    trickleBoth(lab, a, b);
    const stream = await busyCamera();
    for (const track of stream.getTracks()) a.addTrack(track, stream);
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(4000);
    const [, video] = a.getSenders();
    const parameters = video?.getParameters();
    for (const encoding of parameters?.encodings ?? []) encoding.maxBitrate = 150_000;
    if (parameters) await video?.setParameters(parameters);
    await wait(3000);
    await a.setLocalDescription(await a.createOffer({ iceRestart: true }));
    const restart = await lab.send("alice", plain(a.localDescription));
    await a.setRemoteDescription(await answer(lab, b, restart));
    await wait(3000);
    for (const track of stream.getVideoTracks()) track.enabled = false;
    await wait(3000);
    for (const track of stream.getVideoTracks()) track.enabled = true;
    await wait(2000);
    a.close();
    b.close();
  },
  /**
   * Sound and a busy picture from alice to bob over a network that loses a quarter from 9 to 17 seconds, nearly everything
   * for 4 more, and has a full queue of half a second from 25 to 37.
   */
  async lossy(lab) {
    await impair({});
    const a = lab.connect("alice", undefined, 1000);
    const b = lab.connect("bob", undefined, 1000);
    trickleBoth(lab, a, b);
    b.addEventListener("track", ({ track }) => play(track));
    const stream = await busyCamera();
    for (const track of stream.getTracks()) a.addTrack(track, stream);
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(9000);
    await impair({ lostPercent: 25 });
    await wait(8000);
    await impair({ lostPercent: 80 });
    await wait(4000);
    await impair({});
    await wait(4000);
    await impair({ kilobits: 1000, queueMs: 500 });
    await wait(12_000);
    a.close();
    b.close();
  },
  /** Both sides offer at once; the polite one gives way, as the specification's perfect negotiation has it. */
  async "ok-glare"(lab) {
    const { a, b } = pair(lab);
    trickleBoth(lab, a, b);
    const stream = await camera();
    for (const pc of [a, b]) for (const track of stream.getTracks()) pc.addTrack(track, stream);
    await b.setLocalDescription(await b.createOffer());
    const lost = lab.send("bob", plain(b.localDescription));
    const offered = await lab.offer(a);
    await lost;
    await a.setRemoteDescription(await answer(lab, b, offered));
    await wait(1000);
    a.close();
    b.close();
  },
  /** Candidates are given on before the description: all are refused, and nobody gives bob's on. */
  async "early-candidate"(lab) {
    const { a, b } = pair(lab);
    lab.trickle("alice", a, () => b);
    a.addTransceiver("audio");
    await a.setLocalDescription(await a.createOffer());
    await wait(1000);
    const offered = await lab.send("alice", {
      type: "offer",
      sdp:
        a.currentLocalDescription?.sdp ??
        a.pendingLocalDescription?.sdp.replace(/^a=candidate.*\r\n/gm, "") ??
        "",
    } as RTCSessionDescriptionInit);
    await a.setRemoteDescription(await answer(lab, b, offered));
    await wait(2500);
  },
  /** The answer is applied twice, then an offer without fingerprints and with a line that is none. */
  async "wrong-state"(lab) {
    const { a, b } = pair(lab);
    a.addTransceiver("video");
    const offered = await lab.offer(a);
    const answered = await answer(lab, b, offered);
    await a.setRemoteDescription(answered);
    await a.setRemoteDescription(answered).catch(() => {});
    const broken = `${(offered.sdp ?? "").replace(/^a=fingerprint.*\r\n/gm, "")}\r\n`;
    await a.setRemoteDescription({ type: "offer", sdp: broken }).catch(() => {});
    await wait(1500);
  },
  /** The offer is munged, and on its way every video codec becomes H263; then an answer has its sections swapped. */
  async munged(lab) {
    const { a, b } = pair(lab);
    a.addTransceiver("audio");
    a.addTransceiver("video");
    const made = await a.createOffer();
    const stereo = (made.sdp ?? "").replace("useinbandfec=1", "useinbandfec=1;stereo=1");
    await a.setLocalDescription({ type: "offer", sdp: stereo });
    const offered = await lab.send("alice", { type: "offer", sdp: stereo } as const, ({ sdp }) => ({
      type: "offer",
      sdp: sdp.replace(/a=rtpmap:(\d+) (VP8|VP9|H264|AV1|H265)\/90000/g, "a=rtpmap:$1 H263/90000"),
    }));
    await a.setRemoteDescription(await answer(lab, b, offered)).catch(() => {});
    await wait(1500);
  },
  async "swapped-sections"(lab) {
    const { a, b } = pair(lab);
    a.addTransceiver("audio");
    a.addTransceiver("video");
    await b.setRemoteDescription(await lab.offer(a));
    await b.setLocalDescription(await b.createAnswer());
    const [session = "", audio = "", video = ""] =
      plain(b.localDescription).sdp?.split(/(?=^m=)/m) ?? [];
    const swapped = await lab.send("bob", {
      type: "answer",
      sdp: session + video + audio,
    } as const);
    await a.setRemoteDescription(swapped).catch(() => {});
    await wait(1500);
  },
  /** Only relays are wanted, and the TURN server does not answer. */
  async "relay-unreachable"(lab) {
    const { a, b } = pair(lab, {
      iceServers: [
        { urls: "turn:127.0.0.1:9?transport=udp", username: "u", credential: "p" },
        { urls: "stun:127.0.0.1:9" },
      ],
      iceTransportPolicy: "relay",
    });
    trickleBoth(lab, a, b);
    a.createDataChannel("x");
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(13_000);
  },
  /** A fingerprint is changed on the way: ICE connects, DTLS refuses. */
  async "fingerprint-mismatch"(lab) {
    const { a, b } = pair(lab);
    trickleBoth(lab, a, b);
    a.createDataChannel("x");
    await a.setLocalDescription(await a.createOffer());
    const offered = await lab.send("alice", plain(a.localDescription), ({ sdp = "", type }) => ({
      type,
      sdp: sdp.replace(/(a=fingerprint:sha-256 )(..)/, (_, start, byte) =>
        byte === "00" ? `${start}01` : `${start}00`,
      ),
    }));
    await a.setRemoteDescription(await answer(lab, b, offered));
    await wait(3000);
  },
  /** Bob's page is loaded anew: the second answer comes from another connection. */
  async reload(lab) {
    const { a, b } = pair(lab);
    trickleBoth(lab, a, b);
    a.createDataChannel("x");
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(1000);
    b.close();
    const b2 = lab.connect("bob");
    a.addTransceiver("audio");
    const second = await answer(lab, b2, await lab.offer(a));
    await a.setRemoteDescription(second).catch(() => {});
    await wait(3000);
  },
  /** Nobody answers. */
  async unanswered(lab) {
    const a = lab.connect("alice");
    a.createDataChannel("x");
    await lab.offer(a);
    await wait(11_000);
  },
  /** Candidates without sdpMid, for a section that is not there, and a text that is none. */
  async "bad-candidates"(lab) {
    const { a, b } = pair(lab);
    const mangle: readonly ((init: RTCIceCandidateInit) => RTCIceCandidateInit)[] = [
      ({ candidate = "" }) => ({ candidate }),
      ({ candidate = "" }) => ({ candidate, sdpMid: "7" }),
      () => ({ candidate: "candidate:nonsense", sdpMid: "0" }),
    ];
    let count = 0;
    a.addEventListener("icecandidate", async ({ candidate }) => {
      if (!candidate) return;
      const init = mangle[count++ % mangle.length]?.(candidate.toJSON()) ?? {};
      await wait(200);
      const { candidate: arrived } = await lab.send("alice", { candidate: init });
      await b.addIceCandidate(arrived).catch(() => {});
    });
    a.addTransceiver("audio");
    await a.setRemoteDescription(await answer(lab, b, await lab.offer(a)));
    await wait(3000);
  },
};

async function run(name: string): Promise<string> {
  const scenario = scenarios[name];
  if (!scenario) throw new RangeError(`No scenario ${name}.`);
  const lab = createLab(name);
  await scenario(lab);
  lab.recorder.record({ kind: "end", reason: "recorder-stopped" });
  return writeTrace(lab.recorder.trace);
}

/** In a task of its own: stacks begin in the scenario then, not in the program that drives the page. */
function runAlone(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    setTimeout(() => run(name).then(resolve, reject));
  });
}

Object.assign(window, { runScenario: runAlone, scenarioNames: Object.keys(scenarios) });
