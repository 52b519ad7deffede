import type { Trace, TraceEvent } from "../../lib/doors/trace.ts";

/** Events without their numbers: the sample numbers them in order of time. */
type Unnumbered = TraceEvent extends infer E
  ? E extends TraceEvent
    ? Omit<E, "seq">
    : never
  : never;

/** Two peers that connect over a room: trickled candidates, DTLS, a data channel, a clean close. */
export function connectedTrace(): Trace {
  const script = new Script();
  negotiate(script, { isEarly: false });
  for (const [peer, t] of [
    ["alice", 58],
    ["bob", 56.5],
  ] as const) {
    const at = { peer, pc: "1" };
    script.add({ ...at, t, kind: "state", machine: "ice", from: "new", to: "checking" });
    script.add({
      ...at,
      t: t + 0.2,
      kind: "state",
      machine: "connection",
      from: "new",
      to: "connecting",
    });
    script.add({
      ...at,
      t: t + 9,
      kind: "pair",
      local: host(peer),
      remote: host(otherThan(peer)),
      state: "succeeded",
      nominated: true,
      selected: true,
    });
    script.add({
      ...at,
      t: t + 9.1,
      kind: "state",
      machine: "ice",
      from: "checking",
      to: "connected",
    });
    script.add({
      ...at,
      t: t + 9.4,
      kind: "state",
      machine: "dtls",
      from: "new",
      to: "connecting",
    });
    script.add({
      ...at,
      t: t + 31,
      kind: "state",
      machine: "dtls",
      from: "connecting",
      to: "connected",
    });
    script.add({
      ...at,
      t: t + 31.3,
      kind: "state",
      machine: "connection",
      from: "connecting",
      to: "connected",
    });
    script.add({
      ...at,
      t: t + 36,
      kind: "state",
      machine: "channel",
      id: "chat",
      from: "connecting",
      to: "open",
    });
    script.add({
      ...at,
      t: t + 33,
      kind: "track",
      track: { id: `${otherThan(peer)}-audio`, kind: "audio" },
      mid: "0",
      streams: ["s"],
    });
    for (let second = 1; second <= 4; second++) {
      script.add({
        ...at,
        t: t + 1000 * second,
        kind: "stats",
        report: { T01: { type: "transport", bytesSent: 1200 * second } },
      });
    }
    script.add({
      ...at,
      t: t + 4200,
      kind: "state",
      machine: "connection",
      from: "connected",
      to: "closed",
    });
    script.add({
      ...at,
      t: t + 4200.1,
      kind: "state",
      machine: "signaling",
      from: "stable",
      to: "closed",
    });
    script.add({
      ...at,
      t: t + 4200.2,
      kind: "state",
      machine: "ice",
      from: "connected",
      to: "closed",
    });
    script.add({ ...at, t: t + 4201, kind: "end", reason: "closed" });
  }
  script.add({
    peer: "alice",
    pc: "1",
    t: 7.9,
    kind: "channel",
    id: "chat",
    label: "chat",
    side: "local",
  });
  script.add({
    peer: "bob",
    pc: "1",
    t: 92,
    kind: "channel",
    id: "chat",
    label: "chat",
    side: "remote",
  });
  return script.trace("room-41");
}

/** The same call, but bob gives candidates on before he has the offer: all are refused and ICE never starts. */
export function earlyCandidateTrace(): Trace {
  const script = new Script();
  negotiate(script, { isEarly: true });
  script.add({
    peer: "bob",
    pc: "1",
    t: 2842,
    kind: "candidate",
    side: "local",
    candidate: null,
    error: { url: "turn:198.51.100.9:3478", code: 701, text: "TURN allocate request timed out." },
  });
  script.add({
    peer: "bob",
    pc: "1",
    t: 2842.5,
    kind: "state",
    machine: "gathering",
    from: "gathering",
    to: "complete",
  });
  script.add({ t: 4120, peer: "alice", kind: "alive" });
  return script.trace("room-42");
}

/** A trace of many events of every kind, for tests of bounds. Times are whole milliseconds. */
export function longTrace(count: number): Trace {
  const script = new Script();
  negotiate(script, { isEarly: false });
  for (let index = 0; index < count; index++) {
    script.add({
      peer: "alice",
      pc: "1",
      t: 100 + index,
      kind: "candidate",
      side: "local",
      candidate: init(host("alice", 1024 + (index % 60000))),
    });
  }
  return script.trace("long");
}

class Script {
  readonly #events: Unnumbered[] = [];

  add(event: Unnumbered): void {
    this.#events.push(event);
  }

  trace(id: string): Trace {
    const events = this.#events
      .toSorted((a, b) => a.t - b.t)
      .map((event, index) => ({ seq: index + 1, ...event }) as TraceEvent);
    return {
      header: {
        sdpscope: 1,
        id,
        startedAt: "2026-11-21T03:00:00.000Z",
        clock: "monotonic",
        source: { format: "recorder", agent: "sdpscope 0.1.0" },
        peers: [
          { id: "alice", name: "alice", engine: "Chromium 156" },
          { id: "bob", name: "bob", engine: "werift 0.24.4" },
        ],
      },
      events,
    };
  }
}

function negotiate(script: Script, { isEarly }: { readonly isEarly: boolean }): void {
  const alice = { peer: "alice", pc: "1" };
  const bob = { peer: "bob", pc: "1" };
  let calls = 0;
  const call = (
    at: { peer: string; pc: string },
    t: number,
    duration: number,
    method: string,
    given: readonly unknown[],
    outcome: { result?: unknown; error?: { name: string; message: string } } = {},
  ): void => {
    const number = ++calls;
    script.add({ ...at, t, kind: "call", call: number, method, arguments: given });
    script.add({ ...at, t: t + duration, kind: "settle", call: number, ...outcome });
  };
  script.add({ ...alice, t: 6.1, kind: "create", configuration: { iceServers: [] } });
  script.add({
    peer: "alice",
    t: 1.2,
    kind: "signal",
    direction: "out",
    transport: "ws",
    type: "join",
    data: { room: "42" },
  });
  script.add({
    peer: "alice",
    t: 2.4,
    kind: "signal",
    direction: "in",
    transport: "ws",
    type: "joined",
    data: { type: "joined", id: "m1", members: [], capacity: 2 },
  });
  script.add({
    peer: "alice",
    t: 5.8,
    kind: "signal",
    direction: "in",
    transport: "ws",
    type: "welcome",
    data: { type: "welcome", id: "m2", name: "bob" },
  });
  script.add({ ...alice, t: 7.4, kind: "negotiation-needed" });
  const offer = { type: "offer", sdp: offerSdp };
  const answer = { type: "answer", sdp: answerSdp };
  call(alice, 8.2, 3.4, "createOffer", [], { result: offer });
  call(alice, 12, 2.8, "setLocalDescription", [offer]);
  script.add({
    ...alice,
    t: 14.7,
    kind: "state",
    machine: "signaling",
    from: "stable",
    to: "have-local-offer",
  });
  script.add({
    ...alice,
    t: 15.1,
    kind: "state",
    machine: "gathering",
    from: "new",
    to: "gathering",
  });
  signal(script, "alice", 15.4, 21.3, 12, "offer", offer);
  script.add({ ...bob, t: 21.6, kind: "create", configuration: {} });
  const candidates = [
    [16.2, 23.4, host("alice")],
    [17, 24.1, "candidate:3388485749 1 tcp 1518280447 192.168.0.12 9 typ host tcptype active"],
    [
      18.9,
      24.9,
      "candidate:1677722095 1 udp 1686052607 203.0.113.7 51044 typ srflx raddr 192.168.0.12 rport 51044",
    ],
    [
      20.7,
      26,
      "candidate:842163049 1 udp 41819902 198.51.100.9 49170 typ relay raddr 203.0.113.7 rport 51044",
    ],
  ] as const;
  for (const [index, [sent, received, text]] of candidates.entries()) {
    script.add({
      ...alice,
      t: sent - 0.2,
      kind: "candidate",
      side: "local",
      candidate: init(text),
    });
    signal(script, "alice", sent, received, 13 + index, "candidate", init(text));
    const at = isEarly ? received + 0.1 : 46 + index * 0.4;
    if (isEarly) {
      call(bob, at, 0.2, "addIceCandidate", [init(text)], { error: refusal });
    } else {
      call(bob, at, 0.3, "addIceCandidate", [init(text)]);
      script.add({ ...bob, t: at + 0.3, kind: "candidate", side: "remote", candidate: init(text) });
    }
  }
  script.add({
    ...alice,
    t: 22.2,
    kind: "state",
    machine: "gathering",
    from: "gathering",
    to: "complete",
  });
  call(bob, 29.6, 2.8, "setRemoteDescription", [offer]);
  script.add({
    ...bob,
    t: 32.3,
    kind: "state",
    machine: "signaling",
    from: "stable",
    to: "have-remote-offer",
  });
  call(bob, 33, 2.2, "createAnswer", [], { result: answer });
  call(bob, 35.6, 3.8, "setLocalDescription", [answer]);
  script.add({
    ...bob,
    t: 39.3,
    kind: "state",
    machine: "signaling",
    from: "have-remote-offer",
    to: "stable",
  });
  script.add({
    ...bob,
    t: 39.5,
    kind: "state",
    machine: "gathering",
    from: "new",
    to: "gathering",
  });
  signal(script, "bob", 39.8, 45.5, 24, "answer", answer);
  call(alice, 45.8, 2.9, "setRemoteDescription", [answer]);
  script.add({
    ...alice,
    t: 48.6,
    kind: "state",
    machine: "signaling",
    from: "have-local-offer",
    to: "stable",
  });
  if (isEarly) return;
  const text = host("bob");
  script.add({ ...bob, t: 40.6, kind: "candidate", side: "local", candidate: init(text) });
  signal(script, "bob", 40.9, 47.2, 25, "candidate", init(text));
  call(alice, 49, 0.4, "addIceCandidate", [init(text)]);
  script.add({ ...alice, t: 49.4, kind: "candidate", side: "remote", candidate: init(text) });
  script.add({
    ...bob,
    t: 44,
    kind: "state",
    machine: "gathering",
    from: "gathering",
    to: "complete",
  });
}

function signal(
  script: Script,
  peer: string,
  sent: number,
  received: number,
  message: number,
  type: string,
  data: unknown,
): void {
  const common = { kind: "signal", transport: "ws", message, type } as const;
  script.add({
    ...common,
    peer,
    t: sent,
    direction: "out",
    data: { type, to: "m", message, data },
  });
  script.add({
    ...common,
    peer: otherThan(peer),
    t: received,
    direction: "in",
    data: { type, from: "m", message, data },
  });
}

const refusal = {
  name: "InvalidStateError",
  message: "The remote description was null",
};

function otherThan(peer: string): string {
  return peer === "alice" ? "bob" : "alice";
}

function host(peer: string, port = 51044): string {
  const address = peer === "alice" ? "192.168.0.12" : "192.168.0.31";
  return `candidate:2912463401 1 udp 2122260223 ${address} ${port} typ host`;
}

function init(candidate: string): { candidate: string; sdpMid: string; sdpMLineIndex: number } {
  return { candidate, sdpMid: "0", sdpMLineIndex: 0 };
}

const fingerprint =
  "a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";

const offerSdp = `${[
  "v=0",
  "o=- 4611732193862418215 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0 1",
  "a=extmap-allow-mixed",
  "a=msid-semantic: WMS *",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
  "c=IN IP4 0.0.0.0",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=ice-ufrag:hQ7x",
  "a=ice-pwd:mT2vYpKzR8sWc1LgN5bD0eFa",
  "a=ice-options:trickle",
  fingerprint,
  "a=setup:actpass",
  "a=mid:0",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=sendrecv",
  "a=msid:s alice-audio",
  "a=rtcp-mux",
  "a=rtcp-rsize",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:63 red/48000/2",
  "a=fmtp:63 111/111",
  "a=rtpmap:9 G722/8000",
  "a=rtpmap:0 PCMU/8000",
  "a=rtpmap:8 PCMA/8000",
  "a=rtpmap:13 CN/8000",
  "a=rtpmap:110 telephone-event/48000",
  "a=rtpmap:126 telephone-event/8000",
  "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 45 46",
  "c=IN IP4 0.0.0.0",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=ice-ufrag:hQ7x",
  "a=ice-pwd:mT2vYpKzR8sWc1LgN5bD0eFa",
  "a=ice-options:trickle",
  fingerprint,
  "a=setup:actpass",
  "a=mid:1",
  "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=sendrecv",
  "a=msid:s alice-video",
  "a=rtcp-mux",
  "a=rtcp-rsize",
  "a=rtpmap:96 VP8/90000",
  "a=rtcp-fb:96 nack",
  "a=rtcp-fb:96 nack pli",
  "a=rtpmap:97 rtx/90000",
  "a=fmtp:97 apt=96",
  "a=rtpmap:102 H264/90000",
  "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640032",
  "a=rtpmap:103 rtx/90000",
  "a=fmtp:103 apt=102",
  "a=rtpmap:45 AV1/90000",
  "a=rtpmap:46 rtx/90000",
  "a=fmtp:46 apt=45",
].join("\r\n")}\r\n`;

const answerSdp = `${[
  "v=0",
  "o=- 7712403317721130211 0 IN IP4 0.0.0.0",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0 1",
  "a=msid-semantic: WMS *",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 110",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:k3Wd",
  "a=ice-pwd:9fXq2LmZt0RrY7uBvC5hE1aS",
  "a=ice-options:trickle",
  fingerprint.replace("7B:8B", "2C:94"),
  "a=setup:active",
  "a=mid:0",
  "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=sendrecv",
  "a=rtcp-mux",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10",
  "a=rtpmap:110 telephone-event/48000",
  "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:k3Wd",
  "a=ice-pwd:9fXq2LmZt0RrY7uBvC5hE1aS",
  "a=ice-options:trickle",
  fingerprint.replace("7B:8B", "2C:94"),
  "a=setup:active",
  "a=mid:1",
  "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=sendrecv",
  "a=rtcp-mux",
  "a=rtpmap:96 VP8/90000",
  "a=rtcp-fb:96 nack",
  "a=rtcp-fb:96 nack pli",
  "a=rtpmap:97 rtx/90000",
  "a=fmtp:97 apt=96",
].join("\r\n")}\r\n`;
