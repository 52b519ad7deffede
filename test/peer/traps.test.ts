import { createSocket, Socket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, test, vi } from "vitest";
import { methods, RTCPeerConnection, TurnProtocol } from "werift";
import type {
  EngineChannel,
  EngineConfiguration,
  EngineConnection,
  EngineReceiveTrack,
} from "../../lib/peer/engine.ts";
import { patternClip } from "../../lib/peer/media/pattern.ts";
import { createPlayer } from "../../lib/peer/media/player.ts";
import type { InsideDtls } from "../../lib/peer/werift/inside.ts";
import { mendSctp, mendTransport } from "../../lib/peer/werift/mending.ts";
import type { TurnClient } from "../../lib/peer/werift/turn-client.ts";
import { mendTurnClient } from "../../lib/peer/werift/turn-client.ts";
import { werift } from "../../lib/peer/werift.ts";
import { checkAnswer } from "../../lib/rules/check-answer.ts";
import { checkReoffer } from "../../lib/rules/check-reoffer.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";

/** What werift does wrong, and what comes of it here: each test fails when its work-around is taken away (0.24.4). */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function connect(configuration: EngineConfiguration = {}): EngineConnection {
  const connection = werift.createConnection(configuration);
  closers.push(() => connection.close());
  return connection;
}

/** Candidates go from one to the other as they come, those that overtake their description as soon as it is applied. */
function trickle(alice: EngineConnection, bob: EngineConnection): void {
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    from.addEventListener("icecandidate", (event) => {
      const { candidate } = event as RTCPeerConnectionIceEvent;
      vi.waitFor(() => to.addIceCandidate(candidate), { interval: 5 }).catch(() => {});
    });
  }
}

/** One exchange; `change` is what happens to the offer on its way. */
async function exchange(
  alice: EngineConnection,
  bob: EngineConnection,
  { change = (sdp: string) => sdp, iceRestart = false } = {},
): Promise<{ readonly offer: string; readonly answer: string }> {
  const offer = await alice.createOffer({ iceRestart });
  await alice.setLocalDescription(offer);
  const changed = change(offer.sdp);
  await bob.setRemoteDescription({ type: "offer", sdp: changed });
  const answer = await bob.createAnswer();
  await bob.setLocalDescription(answer);
  await alice.setRemoteDescription(answer);
  return { offer: changed, answer: answer.sdp };
}

async function up(...connections: readonly EngineConnection[]): Promise<void> {
  await vi.waitFor(
    () => {
      for (const { connectionState } of connections) expect(connectionState).toBe("connected");
    },
    { timeout: 8000, interval: 10 },
  );
}

async function open(channel: EngineChannel): Promise<void> {
  await vi.waitFor(() => expect(channel.readyState).toBe("open"), { timeout: 5000 });
}

/** Errors of an answer, as this package's own rules see them. */
function faults(offer: string, answer: string): readonly string[] {
  return checkAnswer(offer, answer)
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code}: ${message.en}`);
}

/** An address of this machine that sockets bound to any of its addresses can reach. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  return outer?.address ?? "127.0.0.1";
}

/** A server that hears everything and says nothing. */
async function silentServer(): Promise<string> {
  const socket = createSocket("udp4").bind(0);
  closers.push(() => socket.close());
  await once(socket, "listening");
  return `stun:${ownAddress()}:${(socket.address() as AddressInfo).port}`;
}

function diagnostics(connection: EngineConnection): string[] {
  const codes: string[] = [];
  connection.addEventListener("diagnostic", (event) => {
    codes.push((event as Event & { detail: { code: string } }).detail.code);
  });
  return codes;
}

function states(connection: EngineConnection): string[] {
  const seen: string[] = [];
  const see = (name: "iceConnectionState" | "connectionState"): void => {
    connection.addEventListener(`${name.toLowerCase()}change`, () => {
      seen.push(`${name} ${connection[name]}`);
    });
  };
  see("iceConnectionState");
  see("connectionState");
  return seen;
}

describe("end-of-candidates", () => {
  test("before any candidate is no end of checking, in a description either", async () => {
    const alice = connect();
    const bob = connect();
    alice.createDataChannel("data");
    const seen = states(bob);
    const offer = await alice.createOffer();
    await bob.setRemoteDescription({ type: "offer", sdp: `${offer.sdp}a=end-of-candidates\r\n` });
    await bob.setLocalDescription(await bob.createAnswer());
    await vi.waitFor(() => expect(seen).toContain("iceConnectionState checking"), {
      timeout: 5000,
    });
    await alice.setLocalDescription(offer);
    await alice.setRemoteDescription(bob.localDescription ?? { type: "answer", sdp: "" });
    trickle(alice, bob);
    await vi.waitFor(() => expect(alice.iceGatheringState).toBe("complete"), { timeout: 5000 });
    for (const { candidate } of readDescription(alice.localDescription?.sdp ?? "").media[0]
      ?.candidates ?? []) {
      await bob.addIceCandidate({ candidate: `candidate:${printed(candidate)}`, sdpMid: "0" });
    }
    await up(alice, bob);
    expect(seen).not.toContain("iceConnectionState failed");
  });
});

describe("a bundle", () => {
  test("has the ICE credentials of its first section, whatever the others have", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    alice.createDataChannel("data");
    // As aiortc writes it: every section with credentials of its own.
    const change = (sdp: string): string => {
      const at = sdp.indexOf("m=application");
      const rest = sdp
        .slice(at)
        .replace(/a=ice-ufrag:.*/, "a=ice-ufrag:othr")
        .replace(/a=ice-pwd:.*/, "a=ice-pwd:0123456789abcdefghijkl");
      return sdp.slice(0, at) + rest;
    };
    await exchange(alice, bob, { change });
    await up(alice, bob);
  });

  test("is not joined by sections that the offer keeps out of it", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    alice.createDataChannel("data");
    const change = (sdp: string): string => sdp.replace(/a=group:BUNDLE.*\r\n/, "");
    const { offer, answer } = await exchange(alice, bob, { change });
    expect(readDescription(answer).bundle).toBeUndefined();
    expect(readDescription(answer).media.map(({ isRejected }) => isRejected)).toEqual([
      false,
      true,
    ]);
    expect(faults(offer, answer)).toEqual([]);
    await up(bob);
  });

  test("takes a section that has no port of its own", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    alice.addTransceiver(werift.createTrack("video"));
    const kinds: string[] = [];
    bob.addEventListener("track", (event) => {
      kinds.push((event as Event & { track: EngineReceiveTrack }).track.kind);
    });
    const change = (sdp: string): string =>
      sdp.replace(/m=video 9 (.*)\r\n/, "m=video 0 $1\r\na=bundle-only\r\n");
    const { offer, answer } = await exchange(alice, bob, { change });
    expect(kinds).toEqual(["audio", "video"]);
    expect(faults(offer, answer)).toEqual([]);
  });
});

describe("an offer that can be answered in part", () => {
  const unknown = (sdp: string): string =>
    sdp
      .replace(/m=audio (\d+) (\S+) .*/, "m=audio $1 $2 107")
      .replaceAll(/a=(rtpmap|fmtp):(?!.*90000).*\r\n/g, "")
      .replace(/(m=audio .*\r\n)/, "$1a=rtpmap:107 CODEC2/8000\r\n");

  test("has the rest of it answered", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    const channel = alice.createDataChannel("data");
    const { offer, answer } = await exchange(alice, bob, { change: unknown });
    const { media, bundle } = readDescription(answer);
    expect(media.map(({ kind, isRejected }) => [kind, isRejected])).toEqual([
      ["audio", true],
      ["application", false],
    ]);
    expect(media[0]?.formats).toEqual(["107"]);
    expect(bundle?.mids).toEqual([media[1]?.mid]);
    expect(faults(offer, answer)).toEqual([]);
    await up(alice, bob);
    await open(channel);
    // What was rejected stays where it was.
    bob.addTransceiver(werift.createTrack("video"));
    const next = await bob.createOffer();
    expect(readDescription(next.sdp).media.map(({ isRejected }) => isRejected)).toEqual([
      true,
      false,
      false,
    ]);
    expect(
      checkReoffer(bob.localDescription?.sdp ?? "", next.sdp).filter(
        ({ severity }) => severity === "error",
      ),
    ).toEqual([]);
  });

  test.each([
    ["text", "m=text 9 UDP/TLS/RTP/SAVPF 98\r\na=mid:t\r\na=rtpmap:98 t140/1000\r\n"],
    ["a section that is rejected already", "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\na=mid:t\r\n"],
    ["a file over MSRP", "m=message 9 TCP/MSRP *\r\na=mid:t\r\n"],
  ])("may have %s in it", async (_name, section) => {
    const alice = connect();
    const bob = connect();
    alice.createDataChannel("data");
    const { sdp } = await alice.createOffer();
    await bob.setRemoteDescription({ type: "offer", sdp: sdp + section });
    const { sdp: answer } = await bob.createAnswer();
    expect(readDescription(answer).media.map(({ kind, port }) => [kind, port])).toEqual([
      ["application", 9],
      [/m=(\w+)/.exec(section)?.[1], 0],
    ]);
    expect(faults(sdp + section, answer)).toEqual([]);
  });

  test("has its old form of a data section answered in that form", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const channel = alice.createDataChannel("data");
    const offer = await alice.createOffer();
    await alice.setLocalDescription(offer);
    const old = offer.sdp
      .replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")
      .replace("a=sctp-port:5000", "a=sctpmap:5000 webrtc-datachannel 65535");
    await bob.setRemoteDescription({ type: "offer", sdp: old });
    const answer = await bob.createAnswer();
    expect(answer.sdp).toContain(" DTLS/SCTP 5000\r\n");
    expect(faults(old, answer.sdp)).toEqual([]);
    await bob.setLocalDescription(answer);
    await alice.setRemoteDescription(answer);
    await open(channel);
  });

  test("has simulcast answered by one stream", async () => {
    const bob = connect();
    const alice = connect();
    alice.addTransceiver(werift.createTrack("video"));
    const { sdp } = await alice.createOffer();
    const simulcast = `${sdp}a=rid:h send\r\na=rid:l send\r\na=simulcast:send h;l\r\n`;
    await bob.setRemoteDescription({ type: "offer", sdp: simulcast });
    const answer = (await bob.createAnswer()).sdp;
    expect(readDescription(answer).media[0]?.simulcast).toBeUndefined();
    expect(faults(simulcast, answer)).toEqual([]);
  });

  test("keeps a section on hold open", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const transceiver = alice.addTransceiver(werift.createTrack("audio"));
    await exchange(alice, bob);
    await up(alice, bob);
    transceiver.direction = "inactive";
    const { offer, answer } = await exchange(alice, bob);
    for (const sdp of [offer, answer]) {
      const { media, bundle } = readDescription(sdp);
      expect([media[0]?.direction, media[0]?.port, bundle?.mids]).toEqual(["inactive", 9, ["0"]]);
    }
  });
});

describe("a section on hold", () => {
  test("makes no difference to an ICE restart", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const channel = alice.createDataChannel("data");
    const transceiver = alice.addTransceiver(werift.createTrack("audio"));
    await exchange(alice, bob);
    await open(channel);
    transceiver.direction = "inactive";
    await exchange(alice, bob);
    const before = readDescription(bob.localDescription?.sdp ?? "").media[0]?.ice.ufrag;
    const { answer } = await exchange(alice, bob, { iceRestart: true });
    expect(readDescription(answer).media[0]?.ice.ufrag).not.toBe(before);
    await up(alice, bob);
    const heard: unknown[] = [];
    bob.addEventListener("datachannel", () => {});
    alice.createDataChannel("second").addEventListener("open", () => heard.push("open"));
    await vi.waitFor(() => expect(heard).toEqual(["open"]), { timeout: 5000 });
  });
});

describe("gathering", () => {
  test("is waited for by nobody: an answerer checks while a dead server is still being asked", async () => {
    const iceServers = [{ urls: await silentServer() }];
    const alice = connect({ iceServers });
    const bob = connect({ iceServers });
    trickle(alice, bob);
    alice.createDataChannel("data");
    await exchange(alice, bob);
    await up(alice, bob);
    expect([alice.iceGatheringState, bob.iceGatheringState]).toEqual(["gathering", "gathering"]);
  });

  test("says which server gave nothing", async () => {
    const url = await silentServer();
    const alice = connect({ iceServers: [{ urls: url }] });
    const errors: unknown[] = [];
    alice.addEventListener("icecandidateerror", (event) => {
      const { url, errorCode } = event as RTCPeerConnectionIceErrorEvent;
      errors.push([url, errorCode]);
    });
    alice.createDataChannel("data");
    await alice.setLocalDescription(await alice.createOffer());
    await vi.waitFor(() => expect(errors).toEqual([[url, 701]]), { timeout: 10_000 });
  }, 15_000);

  test.each([
    ["without a server", {}],
    ["with a STUN server", { iceServers: [{ urls: "stun:127.0.0.1:9" }] }],
    ["without a password", { iceServers: [{ urls: "turn:127.0.0.1:9" }] }],
  ])("for relay only %s tells no address, and says why", async (_name, configuration) => {
    const alice = connect({ ...configuration, iceTransportPolicy: "relay" });
    const codes = diagnostics(alice);
    alice.createDataChannel("data");
    await alice.setLocalDescription(await alice.createOffer());
    await vi.waitFor(() => expect(alice.iceGatheringState).toBe("complete"), { timeout: 5000 });
    expect(alice.localDescription?.sdp).not.toContain("a=candidate");
    const hasTurn =
      "iceServers" in configuration && configuration.iceServers[0]?.urls.startsWith("turn");
    if (!hasTurn) expect(codes).toEqual(["engine/relay-without-server"]);
  });

  test("pairs an address of a TURN server that comes late", async () => {
    const transport = bareTransport();
    mendTransport(transport, false);
    const { connection } = transport.iceTransport;
    const candidate = candidateOf("relay", 5000);
    const protocol = { type: "turn", localCandidate: candidate, close: async () => {} };
    await connection.addRemoteCandidate(candidateOf("host", 6000));
    (connection as unknown as { protocols: unknown[] }).protocols.push(protocol);
    connection.onIceCandidate.execute(candidate);
    expect(connection.checkList.map((pair) => pair.protocol)).toEqual([protocol]);
  });
});

describe("a connection that was closed", () => {
  test("stays closed when its gathering ends after that", async () => {
    const transport = bareTransport();
    mendTransport(transport, false);
    const { connection } = transport.iceTransport;
    await connection.close();
    (connection as unknown as { setState(state: string): void }).setState("completed");
    expect(connection.state).toBe("closed");
  });
});

test("a relay's refresh keeps no program alive, comes in time, and ends with it", async () => {
  mendTurnClient();
  const transport = { type: "udp", send: async () => {}, close: async () => {}, onData: () => {} };
  const turn = new TurnProtocol(["127.0.0.1", 9], "a", "b", 600, transport as never);
  const asked: number[] = [];
  (turn as unknown as TurnClient).requestWithRetry = async (request) => {
    asked.push(request.messageMethod);
    const attribute = (name: string): unknown => (name === "LIFETIME" ? 600 : ["192.0.2.1", 5000]);
    return [{ getAttributeValue: attribute }, undefined] as never;
  };
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await turn.connectionMade();
  expect(timers()).toBe(before);
  vi.useFakeTimers();
  (turn as unknown as TurnClient).refresh(600);
  await vi.advanceTimersByTimeAsync(1_001_000);
  await turn.close();
  await vi.advanceTimersByTimeAsync(1_000_000);
  vi.useRealTimers();
  expect(asked).toEqual([methods.ALLOCATE, methods.REFRESH, methods.REFRESH]);
});

describe("a candidate with an mDNS name", () => {
  test("keeps nobody waiting", async () => {
    const alice = connect();
    const bob = connect();
    alice.createDataChannel("data");
    await bob.setRemoteDescription(await alice.createOffer());
    const candidate = "candidate:1 1 udp 2130706431 00000000-nobody.local 5000 typ host";
    await bob.addIceCandidate({ candidate, sdpMid: "0" });
  });
});

describe("DTLS", () => {
  test("reads a ClientHello that was there before ICE was", async () => {
    const transport = bareTransport();
    mendTransport(transport, false);
    const { connection } = transport.iceTransport;
    const hello = Buffer.from([22, 254, 253, 0]);
    connection.onData.execute(hello);
    connection.onData.execute(Buffer.from([128, 96]));
    const heard: Buffer[] = [];
    connection.onData.subscribe((data) => heard.push(data));
    setState(transport, "connecting");
    await Promise.resolve();
    expect(heard).toEqual([hello]);
  });

  test("begins at once as client, and only once", async () => {
    const transport = bareTransport();
    mendTransport(transport, false);
    transport.role = "client";
    const connecting = vi.fn(() => Promise.resolve());
    const client = { connect: connecting, transport: { send: async () => {} } };
    transport.dtls = client as never;
    setState(transport, "connecting");
    await Promise.resolve();
    expect(connecting).toHaveBeenCalledTimes(1);
    await client.connect();
    expect(connecting).toHaveBeenCalledTimes(1);
    setState(transport, "failed");
  });

  test("repeats its first flight until the server is heard", async () => {
    const transport = bareTransport();
    mendTransport(transport, false);
    transport.role = "client";
    vi.useFakeTimers();
    const sent: Buffer[] = [];
    const socket = { send: async (data: Buffer) => void sent.push(data) };
    const hello = Buffer.from("hello");
    const connecting = async (): Promise<void> => socket.send(hello);
    transport.dtls = { connect: connecting, transport: socket } as never;
    setState(transport, "connecting");
    await vi.advanceTimersByTimeAsync(30);
    expect(sent).toEqual([hello, hello]);
    transport.iceTransport.connection.onData.execute(Buffer.from([22]));
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    expect(sent).toEqual([hello, hello]);
  });

  test("takes each message once when every one comes again", async () => {
    // As libwebrtc repeats its flights after 50 ms, when an answer is on its way already.
    const emit = Socket.prototype.emit;
    const spy = vi.spyOn(Socket.prototype, "emit").mockImplementation(function (
      this: Socket,
      ...args: unknown[]
    ) {
      const [event, data] = args;
      const isHandshake = event === "message" && Buffer.isBuffer(data) && data[0] === 22;
      if (isHandshake) setTimeout(() => Reflect.apply(emit, this, args), 3);
      return Reflect.apply(emit, this, args);
    });
    closers.push(() => spy.mockRestore());
    for (let round = 0; round < 6; round++) {
      const alice = connect();
      const bob = connect();
      trickle(alice, bob);
      const channel = alice.createDataChannel("data");
      await exchange(alice, bob);
      await up(alice, bob);
      await open(channel);
    }
  });

  test("tells the other end that this one closes", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.createDataChannel("data");
    await exchange(alice, bob);
    await up(alice, bob);
    await alice.close();
    await vi.waitFor(() => expect(bob.connectionState).toBe("closed"), { timeout: 5000 });
  });
});

describe("states", () => {
  test("are W3C's: ICE never completed before it checked, connected with DTLS", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const seen = states(alice);
    alice.createDataChannel("data");
    const channelStates: string[] = [];
    alice.addEventListener("connectionstatechange", () => {
      channelStates.push(alice.sctp?.transport?.state ?? "none");
    });
    // Its own candidates are all there before anything is checked: no state of ICE's.
    const offer = await alice.createOffer();
    await alice.setLocalDescription(offer);
    await vi.waitFor(() => expect(alice.iceGatheringState).toBe("complete"), { timeout: 5000 });
    expect(seen).toEqual([]);
    await bob.setRemoteDescription(offer);
    const answer = await bob.createAnswer();
    await bob.setLocalDescription(answer);
    await alice.setRemoteDescription(answer);
    await up(alice, bob);
    expect(seen.filter((state) => state !== "iceConnectionState completed")).toEqual([
      "iceConnectionState checking",
      "connectionState connecting",
      "iceConnectionState connected",
      "connectionState connected",
    ]);
    expect(channelStates.at(-1)).toBe("connected");
  });
});

describe("a second exchange", () => {
  test("may come while the first is still connecting", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const channel = alice.createDataChannel("data");
    await exchange(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    await exchange(alice, bob);
    await up(alice, bob);
    await open(channel);
  });

  test("may bring the first data channel", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    await exchange(alice, bob);
    await up(alice, bob);
    const channel = alice.createDataChannel("late");
    await exchange(alice, bob);
    await open(channel);
  });

  test("may be an offer of both at once: who gives way takes the other's sections", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    alice.addTransceiver(werift.createTrack("audio"));
    alice.createDataChannel("data");
    bob.addTransceiver(werift.createTrack("video"));
    const channel = bob.createDataChannel("data");
    await bob.setLocalDescription(await bob.createOffer());
    const { offer, answer } = await exchange(alice, bob);
    expect(faults(offer, answer)).toEqual([]);
    expect(bob.localDescription?.type).toBe("answer");
    await up(alice, bob);
    await open(channel);
    // What was offered in vain is offered again, in a place of its own.
    const second = await exchange(bob, alice);
    expect(faults(second.offer, second.answer)).toEqual([]);
    const sections = readDescription(second.offer).media.map(({ kind, mid }) => [kind, mid]);
    expect(sections.map(([kind]) => kind)).toEqual(["audio", "application", "video"]);
    expect(new Set(sections.map(([, mid]) => mid)).size).toBe(3);
  });
});

describe("media", () => {
  test("arrives when no a=ssrc line announces it", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const player = createPlayer(patternClip("audio"), werift.createTrack("audio"));
    closers.push(() => player.stop());
    alice.addTransceiver(player.track, { direction: "sendonly" });
    let packets = 0;
    bob.addEventListener("track", (event) => {
      (event as Event & { track: EngineReceiveTrack }).track.onPacket(() => packets++);
    });
    await exchange(alice, bob, { change: (sdp) => sdp.replaceAll(/a=ssrc.*\r\n/g, "") });
    await up(alice, bob);
    player.start();
    await vi.waitFor(() => expect(packets).toBeGreaterThan(3), { timeout: 5000 });
  });

  test("goes on without a gap when the track is replaced, and from a sender that had none", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const players = [0, 1].map(() =>
      createPlayer(patternClip("audio"), werift.createTrack("audio")),
    );
    for (const player of players) closers.push(() => player.stop());
    const [first, second] = players as [(typeof players)[0], (typeof players)[0]];
    const { sender } = alice.addTransceiver(first.track);
    const numbers: number[] = [];
    bob.addEventListener("track", (event) => {
      const { track } = event as Event & { track: EngineReceiveTrack };
      track.onPacket(({ sequenceNumber }) => numbers.push(sequenceNumber));
    });
    await exchange(alice, bob);
    await up(alice, bob);
    first.start();
    await vi.waitFor(() => expect(numbers.length).toBeGreaterThan(5), { timeout: 5000 });
    await sender.replaceTrack(null);
    first.stop();
    await sender.replaceTrack(second.track);
    const before = numbers.length;
    second.start();
    await vi.waitFor(() => expect(numbers.length).toBeGreaterThan(before + 5), { timeout: 5000 });
    const steps = numbers.slice(1).map((number, at) => (number - (numbers[at] ?? 0)) & 0xffff);
    expect(new Set(steps)).toEqual(new Set([1]));
  });

  test("can be sent again by a sender whose track was removed", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const transceiver = alice.addTransceiver(werift.createTrack("audio"));
    await exchange(alice, bob);
    alice.removeTrack(transceiver.sender);
    expect(transceiver.direction).toBe("recvonly");
    await exchange(alice, bob);
    transceiver.direction = "sendrecv";
    const player = createPlayer(patternClip("audio"), werift.createTrack("audio"));
    closers.push(() => player.stop());
    await transceiver.sender.replaceTrack(player.track);
    const { offer } = await exchange(alice, bob);
    expect(readDescription(offer).media.map(({ direction }) => direction)).toEqual(["sendrecv"]);
    await up(alice, bob);
    player.start();
    // With sender reports, which the other end needs for its clock. RFC 3550 §6.4.1.
    await vi.waitFor(
      async () => {
        const types = [...(await bob.getStats()).values()].map(
          (entry) => (entry as { type: string }).type,
        );
        expect(types).toContain("remote-outbound-rtp");
      },
      { timeout: 5000, interval: 100 },
    );
  }, 10_000);

  test("of a new transceiver gets a section of its own kind, not one on hold", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const audio = alice.addTransceiver("audio", { direction: "recvonly" });
    await exchange(alice, bob);
    audio.direction = "inactive";
    await exchange(alice, bob);
    alice.addTransceiver(werift.createTrack("video"));
    const { offer } = await exchange(alice, bob);
    expect(readDescription(offer).media.map(({ kind }) => kind)).toEqual(["audio", "video"]);
  });
});

describe("a data channel", () => {
  test("carries messages without content", async () => {
    const alice = connect();
    const bob = connect();
    trickle(alice, bob);
    const channel = alice.createDataChannel("data");
    const heard: unknown[] = [];
    bob.addEventListener("datachannel", (event) => {
      const made = (event as Event & { channel: EngineChannel }).channel;
      made.addEventListener("message", (message) => heard.push((message as MessageEvent).data));
    });
    await exchange(alice, bob);
    await open(channel);
    channel.send("");
    channel.send(new Uint8Array());
    channel.send("end");
    await vi.waitFor(() => expect(heard).toHaveLength(3), { timeout: 5000 });
    expect(heard[0]).toBe("");
    expect((heard[1] as ArrayBuffer).byteLength).toBe(0);
  });

  test("gets its number by the DTLS role", async () => {
    const sctp = {
      dtlsTransport: { role: "client" },
      dataChannelId: undefined,
    } as never as Parameters<typeof mendSctp>[0];
    // The ICE role says 1.
    sctp.start = async () => {
      sctp.dataChannelId = 1;
    };
    mendSctp(sctp, () => {});
    await sctp.start(5000);
    expect(sctp.dataChannelId).toBe(0);
  });

  test("with a label that werift cuts is named", () => {
    const alice = connect();
    const codes = diagnostics(alice);
    alice.createDataChannel("plain");
    alice.createDataChannel("채팅");
    expect(codes).toEqual(["engine/channel-label-cut"]);
  });
});

/** A transport of werift as it is made, of a connection that does nothing. */
function bareTransport(): InsideDtls {
  const pc = new RTCPeerConnection({ iceServers: [] });
  closers.push(() => pc.close());
  pc.createDataChannel("data");
  const [transport] = pc.dtlsTransports;
  if (transport === undefined) throw new Error("werift made no transport.");
  return transport;
}

function setState(transport: InsideDtls, state: string): void {
  (transport as unknown as { setState(state: string): void }).setState(state);
}

type IceCandidate = Parameters<
  InsideDtls["iceTransport"]["connection"]["onIceCandidate"]["execute"]
>[0];

function candidateOf(type: string, port: number): IceCandidate {
  return {
    foundation: "1",
    component: 1,
    transport: "udp",
    priority: 1,
    host: "192.0.2.1",
    port,
    type,
    canPairWith: () => true,
  } as unknown as IceCandidate;
}

function printed({
  foundation,
  component,
  transport,
  priority,
  address,
  port,
  type,
}: NonNullable<
  ReturnType<typeof readDescription>["media"][number]["candidates"][number]
>["candidate"]): string {
  return `${foundation} ${component} ${transport} ${priority} ${address} ${port} typ ${type}`;
}
