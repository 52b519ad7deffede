import { describe, expect, it } from "vitest";
import { diagnoseSession } from "../../../lib/rules/diagnose-session.ts";
import { sessionRules } from "../../../lib/rules/session/catalog.ts";
import type { Trace } from "../../../lib/trace/trace.ts";
import { measured, total } from "./measured.ts";
import type { Script } from "./script.ts";
import { answerSdp, call, host, init, offerSdp, refusal, script, sdp } from "./script.ts";

/** For each rule a session that breaks it, and one that nearly does. */
interface Case {
  readonly breaks: () => Script;
  /** What the English sentence has to say. */
  readonly says: RegExp;
  readonly severity?: "error" | "warning" | "info";
  readonly nearly: () => Script;
}

const turn = { iceServers: [{ urls: "turn:turn.example.org:3478" }] };
const stun = { iceServers: [{ urls: "stun:stun.example.org" }] };

/** Alice alone, with an offer that waits. */
function alone(until = 12_000): Script {
  const made = script();
  const alice = made.at("alice");
  alice.create(0);
  alice.call(1, "createOffer", undefined, { result: { type: "offer", sdp: offerSdp } });
  alice.call(3, "setLocalDescription", { type: "offer", sdp: offerSdp });
  alice.state(4, "signaling", "have-local-offer");
  made.add(until, { kind: "alive" });
  return made;
}

function withBoth(
  change: (made: Script) => void,
  options: Parameters<typeof call>[0] = {},
): Script {
  const made = call(options);
  change(made);
  return made;
}

function inboundVideo(frames: number): Script {
  return withBoth((made) => {
    for (const t of [1000, 2500, 4500]) {
      const entry = { type: "inbound-rtp", kind: "video", bytesReceived: t, framesDecoded: frames };
      made.at("bob").add(t, { kind: "stats", report: { IT1: entry } });
    }
  });
}

function outbound(mediaSourceId: string | undefined): Script {
  return withBoth((made) => {
    for (const t of [1000, 2500, 4500]) {
      const entry = { type: "outbound-rtp", kind: "audio", bytesSent: 0, mediaSourceId };
      made.at("alice").add(t, { kind: "stats", report: { OT1: entry } });
    }
  });
}

/** Sound of which some is made up from second 5 to 13; the silent part of that is nothing bad. */
function concealing(second: number, samples: number, silent: number) {
  return {
    IT1: {
      ...audio,
      totalSamplesReceived: 48_000 * second,
      concealedSamples: total(second, 5, 13, samples),
      silentConcealedSamples: total(second, 5, 13, silent),
      packetsReceived: 50 * second,
      packetsLost: 0,
    },
  };
}

/** The estimated bandwidth falls after 10 seconds; so many bits a second are sent then. */
function collapsing(second: number, bits: number) {
  const availableOutgoingBitrate = second <= 10 ? 2_000_000 : 300_000;
  const bytesSent = total(second, 0, 10, 100_000) + total(second, 10, 20, bits / 8);
  return {
    CP1: { type: "candidate-pair", nominated: true, availableOutgoingBitrate, bytesSent },
  };
}

function buffering(second: number, from: number, to: number) {
  const jitterBufferEmittedCount = 48_000 * second;
  const jitterBufferDelay =
    0.05 * jitterBufferEmittedCount + total(second, from, to, 0.45 * 48_000);
  return { IT1: { ...audio, jitterBufferDelay, jitterBufferEmittedCount } };
}

function losing(second: number, from: number, to: number) {
  const packetsLost = total(second, from, to, 10);
  return { IT1: { ...audio, packetsReceived: 50 * second, packetsLost } };
}

/** A limit from second 5 to 18, with much more bandwidth than is used. */
function limited(second: number, reason: string, targetBitrate: number) {
  const qualityLimitationReason = second > 5 && second < 19 ? reason : "none";
  return {
    OT1: { type: "outbound-rtp", kind: "video", mid: "1", qualityLimitationReason, targetBitrate },
    CP1: { type: "candidate-pair", nominated: true, availableOutgoingBitrate: 3_000_000 },
  };
}

/** Half a second for each answer, after so many seconds the last one. */
function answering(second: number, until: number) {
  const responsesReceived = total(second, 0, until, 1);
  return {
    CP1: {
      type: "candidate-pair",
      nominated: true,
      currentRoundTripTime: 0.5,
      totalRoundTripTime: 0.5 * responsesReceived,
      responsesReceived,
    },
  };
}

/** Packets arrive; from second 6 on no frame is decoded. So many key frames are asked for in each second. */
function freezing(second: number, pictures: number) {
  return {
    IT1: {
      type: "inbound-rtp",
      kind: "video",
      mid: "1",
      bytesReceived: 60_000 * second,
      framesDecoded: total(second, 0, 6, 25),
      nackCount: 0,
      pliCount: total(second, 6, 20, pictures),
    },
  };
}

const audio = { type: "inbound-rtp", kind: "audio", mid: "0" };

const video = sdp("a", {
  "m=audio 9 UDP/TLS/RTP/SAVPF 111": "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "a=rtpmap:111 opus/48000/2": "a=rtpmap:96 VP8/90000",
});

const cases: Readonly<Record<string, Case>> = {
  "answer-not-applied": {
    breaks: () => {
      const made = script();
      const bob = made.at("bob");
      bob.call(1, "setRemoteDescription", { type: "offer", sdp: offerSdp });
      bob.call(3, "createAnswer", undefined, { result: { type: "answer", sdp: answerSdp } });
      made.add(4000, { kind: "alive" });
      return made;
    },
    says: /bob created an answer and never called setLocalDescription/,
    nearly: () => call(),
  },
  "audio-concealed": {
    breaks: () => measured("bob", (second) => concealing(second, 12_000, 0)),
    says: /25 % of what bob played of audio \(mid 0\) was made up for 7\.0 s.*Only 0\.0 % of the packets were lost: the packets came too late/,
    nearly: () => measured("bob", (second) => concealing(second, 12_000, 12_000)),
  },
  "bandwidth-collapsed": {
    breaks: () => measured("alice", (second) => collapsing(second, 280_000)),
    says: /that alice can send with fell from 2000 kbit\/s to 300 kbit\/s on average and stayed there for 9\.0 s/,
    nearly: () => measured("alice", (second) => collapsing(second, 40_000)),
  },
  "call-after-close": {
    breaks: () =>
      withBoth((made) => {
        made.at("bob").call(3000, "close");
        made
          .at("bob")
          .call(3500, "addIceCandidate", init(host("192.168.0.9", 9)), refusal("closed"));
      }),
    says: /addIceCandidate was called on bob 500 ms after it was closed: "closed"/,
    nearly: () => withBoth((made) => made.at("bob").call(3000, "close")),
  },
  "candidate-before-description": {
    breaks: () =>
      withBoth(
        (made) =>
          made
            .at("bob")
            .call(6, "addIceCandidate", init(host("192.168.0.2", 1)), refusal("remote is null")),
        { trickles: false },
      ),
    says: /came to bob before the remote description: 1 of 1, up to 3 ms early\..*"remote is null".*lost/,
    nearly: () =>
      withBoth((made) => {
        // Of an offer that both sides gave up.
        const stale = { ...init(host("192.168.0.2", 1)), usernameFragment: "gone" };
        made.at("bob").call(6, "addIceCandidate", stale, refusal("remote is null"));
      }),
  },
  "candidate-lost": {
    breaks: () => call({ trickles: false, ice: "new" }),
    says: /Candidates of alice that were never given to bob: 1 of 1\. No message carried them/,
    nearly: () => call({ trickles: false }),
  },
  "candidate-refused": {
    breaks: () =>
      withBoth((made) =>
        made.at("bob").call(100, "addIceCandidate", init("candidate:nonsense"), refusal("Error")),
      ),
    says: /addIceCandidate of bob refused 1 candidate: "Error"\. The candidate/,
    nearly: () =>
      withBoth((made) => made.at("bob").call(100, "addIceCandidate", init(host("192.168.0.2", 7)))),
  },
  "candidate-unknown-section": {
    breaks: () =>
      withBoth((made) =>
        made
          .at("bob")
          .call(100, "addIceCandidate", init(host("192.168.0.2", 7), "9"), refusal("Error")),
      ),
    says: /1 candidate of bob named sdpMid "9", but the remote description has mid 0/,
    nearly: () =>
      withBoth((made) => made.at("bob").call(100, "addIceCandidate", init(host("192.168.0.2", 7)))),
  },
  "candidate-without-section": {
    breaks: () =>
      withBoth((made) =>
        made
          .at("bob")
          .call(100, "addIceCandidate", init(host("192.168.0.2", 7), null), refusal("no mid")),
      ),
    says: /1 candidate of bob had neither sdpMid nor sdpMLineIndex.*"no mid"/,
    nearly: () => withBoth((made) => made.at("bob").call(100, "addIceCandidate", null)),
  },
  "channel-not-negotiated": {
    breaks: () => withBoth((made) => made.at("alice").call(0.5, "createDataChannel", "chat")),
    says: /data channel of alice was never negotiated: no description has an m=application section/,
    nearly: () =>
      withBoth((made) => made.at("alice").call(0.5, "createDataChannel", "chat"), {
        offer: `${offerSdp}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:1\r\n`,
      }),
  },
  "channel-not-open": {
    breaks: () =>
      withBoth(
        (made) =>
          made.at("alice").add(2, { kind: "channel", id: "1", label: "chat", side: "local" }),
        { end: 9000 },
      ),
    says: /data channel "chat" of alice was not open 8\.9 s after/,
    nearly: () =>
      withBoth(
        (made) => {
          made.at("alice").add(2, { kind: "channel", id: "1", label: "chat", side: "local" });
          made.at("alice").state(90, "channel", "open", "1");
        },
        { end: 9000 },
      ),
  },
  "closed-early": {
    breaks: () =>
      withBoth((made) => {
        made.at("alice").state(3000, "ice", "disconnected");
        made.at("alice").call(3400, "close");
      }),
    says: /alice was closed 400 ms after ICE became disconnected/,
    nearly: () =>
      withBoth((made) => {
        made.at("bob").call(2900, "close");
        made.at("alice").state(3000, "ice", "disconnected");
        made.at("alice").call(3400, "close");
      }),
  },
  "connection-lost": {
    breaks: () =>
      withBoth((made) => {
        made.at("alice").state(3000, "ice", "disconnected");
        made.at("alice").state(4000, "ice", "failed");
      }),
    says: /connection of alice was up and was lost: ICE became disconnected and then failed/,
    nearly: () =>
      withBoth((made) => {
        made.at("bob").call(2900, "close");
        made.at("alice").state(3000, "ice", "disconnected");
        made.at("alice").state(4000, "ice", "failed");
      }),
  },
  "description-changed": {
    breaks: () => call({ arrived: offerSdp.replace("a=sendrecv", "a=sendonly"), ice: "new" }),
    says: /offer that bob was given is not the one that alice applied.*sendonly.*arrived changed/,
    nearly: () =>
      // The candidates that were gathered meanwhile and another line end change nothing.
      call({ arrived: `${offerSdp.replaceAll("\r\n", "\n")}a=${host("192.168.0.2", 50_000)}\n` }),
  },
  "description-refused": {
    breaks: () =>
      withBoth((made) =>
        made
          .at("alice")
          .call(
            2000,
            "setRemoteDescription",
            { type: "offer", sdp: "v=0\r\n" },
            refusal("Failed to parse SessionDescription. v=0 Invalid SDP line.", "OperationError"),
          ),
      ),
    says: /setRemoteDescription\(offer\) of alice was refused\./,
    nearly: () => call(),
  },
  "description-repeated": {
    breaks: () =>
      withBoth((made) =>
        made.at("bob").call(2000, "setRemoteDescription", { type: "offer", sdp: offerSdp }),
      ),
    says: /bob applied the same offer more than once/,
    severity: "warning",
    nearly: () => call(),
  },
  "dtls-failed": {
    breaks: () =>
      call({
        connection: "failed",
        arrived: offerSdp.replace("a=fingerprint:sha-256 AA", "a=fingerprint:sha-256 00"),
      }),
    says: /DTLS failed 10\.0 ms later\. The certificate of alice is AA:AA:AA:AA….*bob was told 00:AA/,
    nearly: () => call({ ice: "failed" }),
  },
  "dtls-slow": {
    breaks: () => call({ connection: "connecting", end: 12_000 }),
    says: /ICE of alice was connected, but DTLS had not come up 11\.\d s later/,
    nearly: () => call({ connection: "connecting", end: 3000 }),
  },
  "empty-offer": {
    breaks: () => {
      const made = script();
      made.at("alice").call(1, "setLocalDescription", {
        type: "offer",
        sdp: "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n",
      });
      return made;
    },
    says: /alice offered nothing/,
    nearly: () => call(),
  },
  "ice-failed": {
    breaks: () =>
      call({ ice: "failed", bobCandidates: ["candidate:1 1 udp 2122260223 fd00::3 5 typ host"] }),
    says: /ICE of alice failed.*Candidates: 1 of its own, 1 of the other side\. None of them can be paired: .*IPv4.*IPv6/,
    nearly: () => withBoth((made) => made.at("alice").state(4000, "ice", "failed")),
  },
  "ice-flapping": {
    breaks: () =>
      withBoth((made) => {
        for (const t of [1000, 2000, 3000]) {
          made.at("alice").state(t, "ice", "disconnected");
          made.at("alice").state(t + 500, "ice", "connected");
        }
      }),
    says: /ICE of alice was disconnected 3 times within a minute/,
    nearly: () =>
      withBoth(
        (made) => {
          for (const t of [1000, 50_000, 99_000]) {
            made.at("alice").state(t, "ice", "disconnected");
            made.at("alice").state(t + 500, "ice", "connected");
          }
        },
        { end: 120_000 },
      ),
  },
  "ice-never-started": {
    breaks: () => call({ ice: "new" }),
    says: /ICE of bob never started: iceConnectionState was still new 5\.0 s after/,
    nearly: () => call({ ice: "new", end: 400 }),
  },
  "ice-slow": {
    breaks: () => call({ ice: "checking", end: 15_000 }),
    says: /ICE of alice was checking for 15\.0 s and had no result/,
    nearly: () => call({ ice: "checking", end: 5000 }),
  },
  "jitter-buffer-delay": {
    breaks: () => measured("bob", (second) => buffering(second, 5, 13)),
    says: /held up audio \(mid 0\) for 500 ms on average over 7\.0 s\. The packets come at uneven times/,
    nearly: () => measured("bob", (second) => buffering(second, 5, 8)),
  },
  "many-ice-servers": {
    breaks: () =>
      call({
        configuration: { iceServers: [{ urls: [1, 2, 3, 4, 5].map((n) => `stun:s${n}.example`) }] },
      }),
    says: /alice has 5 STUN and TURN URLs/,
    severity: "info",
    nearly: () => call({ configuration: stun }),
  },
  "many-sections": {
    breaks: () => {
      const section = offerSdp.slice(offerSdp.indexOf("m="));
      const many = `${offerSdp}${section.replace("m=audio 9", "m=audio 0").repeat(24)}`;
      return call({ offer: many, answer: answerSdp });
    },
    says: /offer of alice has 25 media sections, and 24 of them carry nothing/,
    nearly: () => call(),
  },
  munging: {
    breaks: () =>
      withBoth((made) => {
        const alice = made.at("alice");
        alice.call(2000, "createOffer", undefined, { result: { type: "offer", sdp: offerSdp } });
        const munged = offerSdp.replace("a=sendrecv", "a=recvonly");
        alice.call(2002, "setLocalDescription", { type: "offer", sdp: munged });
      }),
    says: /alice changed the offer between createOffer and setLocalDescription \(mid 0\): direction was changed from sendrecv to recvonly/,
    severity: "warning",
    nearly: () => call(),
  },
  "negotiation-loop": {
    breaks: () =>
      withBoth((made) => {
        for (const t of [1000, 1500, 2000])
          made.at("alice").call(t, "setLocalDescription", {
            type: "offer",
            sdp: offerSdp.replace(" 1 IN", ` ${t} IN`),
          });
      }),
    says: /alice offered the same 3 times in \d\.\d s/,
    nearly: () =>
      withBoth((made) => {
        for (const t of [1000, 1500, 2000])
          made.at("alice").call(t, "setLocalDescription", {
            type: "offer",
            sdp: offerSdp.replace("ufra", `ufra${t}`),
          });
      }),
  },
  "negotiation-missing": {
    breaks: () =>
      withBoth((made) => made.at("alice").add(1000, { kind: "negotiation-needed" }), { end: 9000 }),
    says: /alice needed a negotiation, and within 8\.0 s nobody offered/,
    nearly: () => withBoth((made) => made.at("alice").add(0.5, { kind: "negotiation-needed" })),
  },
  "new-peer": {
    breaks: () =>
      withBoth((made) => {
        const alice = made.at("alice");
        const next = offerSdp.replace(" 1 IN", " 2 IN");
        alice.call(2000, "setLocalDescription", { type: "offer", sdp: next });
        alice.call(2010, "setRemoteDescription", { type: "answer", sdp: sdp("c") });
      }),
    says: /answer that alice was given comes from a new connection: its certificate is not that of the answer before/,
    nearly: () =>
      withBoth((made) => {
        const alice = made.at("alice");
        const next = offerSdp.replace(" 1 IN", " 2 IN");
        alice.call(2000, "setLocalDescription", { type: "offer", sdp: next });
        const again = answerSdp.replace(" 1 IN", " 2 IN");
        alice.call(2010, "setRemoteDescription", { type: "answer", sdp: again });
      }),
  },
  "no-common-codec": {
    breaks: () =>
      call({
        offer: video,
        answer: sdp("b", {
          "m=audio 9 UDP/TLS/RTP/SAVPF 111": "m=video 0 UDP/TLS/RTP/SAVPF 97",
          "a=rtpmap:111 opus/48000/2": "a=rtpmap:97 ulpfec/90000",
        }),
      }),
    says: /No common video codec in section 0: offered were VP8\/90000/,
    nearly: () =>
      // Rejected though it has the codec: for another reason.
      call({
        offer: video,
        answer: sdp("b", {
          "m=audio 9 UDP/TLS/RTP/SAVPF 111": "m=video 0 UDP/TLS/RTP/SAVPF 96",
          "a=rtpmap:111 opus/48000/2": "a=rtpmap:96 VP8/90000",
        }),
      }),
  },
  "no-local-candidate": {
    breaks: () => call({ ice: "new", aliceCandidates: [], bobCandidates: [] }),
    says: /alice gathered no candidate and gathering is complete/,
    nearly: () => call({ ice: "new" }),
  },
  "no-reflexive-candidate": {
    breaks: () => call({ ice: "failed", configuration: stun }),
    says: /alice has only addresses of its own network: stun:stun\.example\.org did not answer/,
    nearly: () =>
      call({
        ice: "failed",
        configuration: stun,
        aliceCandidates: [host("8.8.8.8", 1)],
        bobCandidates: [host("1.1.1.1", 1)],
      }),
  },
  "no-relay-candidate": {
    breaks: () =>
      withBoth((made) => made.at("alice").gatheringError(25, 701, "turn:turn.example.org:3478"), {
        configuration: turn,
      }),
    says: /alice got no relay candidate from turn:turn\.example\.org:3478: gathering ended.*701\. /,
    severity: "warning",
    nearly: () => {
      const relay =
        "candidate:2 1 udp 41885439 203.0.113.9 5000 typ relay raddr 198.51.100.2 rport 4000";
      return call({ configuration: turn, aliceCandidates: [relay], bobCandidates: [relay] });
    },
  },
  "no-remote-candidate": {
    breaks: () => call({ ice: "new", trickles: false }),
    says: /bob has no candidate of the other side: none in the remote description/,
    nearly: () => call({ ice: "new" }),
  },
  "no-trickle": {
    breaks: () =>
      call({
        ice: "new",
        trickles: false,
        offer: offerSdp.replace("a=ice-options:trickle\r\n", ""),
      }),
    says: /offer that bob was given has no candidates and does not promise any/,
    nearly: () => call({ ice: "new", trickles: false }),
  },
  "no-turn-server": {
    breaks: () => call({ ice: "failed", configuration: stun }),
    says: /ICE of alice failed, and no TURN server is configured/,
    severity: "warning",
    nearly: () => call({ configuration: stun }),
  },
  "nobody-sends": {
    breaks: () =>
      call({
        offer: offerSdp.replace("a=sendrecv", "a=recvonly"),
        answer: answerSdp.replace("a=sendrecv", "a=inactive"),
      }),
    says: /Nobody sends in section 0 \(audio\): it was offered recvonly and answered inactive/,
    nearly: () =>
      call({
        offer: offerSdp.replace("a=sendrecv", "a=inactive"),
        answer: answerSdp.replace("a=sendrecv", "a=inactive"),
      }),
  },
  "not-decodable": {
    breaks: () => inboundVideo(0),
    says: /Video arrives at bob \(4500 bytes in 3\.5 s\), and no frame was decoded/,
    nearly: () => inboundVideo(3),
  },
  "nothing-sent": {
    breaks: () => outbound("SA1"),
    says: /alice is connected and has a source of audio, but sent nothing in 3\.5 s/,
    nearly: () => outbound(undefined),
  },
  "offer-not-applied": {
    breaks: () => {
      const made = script();
      made
        .at("alice")
        .call(1, "createOffer", undefined, { result: { type: "offer", sdp: offerSdp } });
      made.message(3, "alice", "bob", { type: "offer", sdp: offerSdp });
      return made;
    },
    says: /alice sent its offer without setLocalDescription/,
    nearly: () => {
      const made = script();
      made
        .at("alice")
        .call(1, "createOffer", undefined, { result: { type: "offer", sdp: offerSdp } });
      return made;
    },
  },
  "offer-unanswered": {
    breaks: () => alone(),
    says: /offer of alice was never answered: 12\.0 s later it still waited/,
    nearly: () => alone(1500),
  },
  "one-sided": {
    breaks: () => {
      const made = call({ ice: "checking", end: 9000 });
      made.at("alice").state(50, "ice", "connected");
      made.at("alice").state(60, "connection", "connected");
      return made;
    },
    says: /alice has been connected for 8\.9 s, and bob is not/,
    nearly: () => call({ end: 9000 }),
  },
  "own-description": {
    breaks: () => {
      const made = alone(1500);
      made.at("alice").call(10, "setRemoteDescription", { type: "answer", sdp: offerSdp });
      return made;
    },
    says: /alice was given its own answer as the remote one/,
    nearly: () => call(),
  },
  "packet-loss": {
    breaks: () => measured("bob", (second) => losing(second, 5, 13)),
    says: /17 % of the packets of audio \(mid 0\) to bob were lost for 7\.0 s/,
    nearly: () => measured("bob", (second) => losing(second, 5, 8)),
  },
  "quality-limited": {
    breaks: () => measured("alice", (second) => limited(second, "cpu", 125_000)),
    says: /The processor limited video \(mid 1\) of alice for 12\.0 s/,
    nearly: () => measured("alice", (second) => limited(second, "bandwidth", 125_000)),
  },
  "relay-without-turn": {
    breaks: () => call({ configuration: { ...stun, iceTransportPolicy: "relay" } }),
    says: /alice may use relays only .* and no TURN server is configured/,
    nearly: () => call({ configuration: { ...turn, iceTransportPolicy: "relay" } }),
  },
  "round-trip-time": {
    breaks: () => measured("alice", (second) => answering(second, second)),
    says: /The round trip from alice took 500 ms on average for 18\.0 s\. With capture/,
    // The one slow answer is told again and again until there is another.
    nearly: () => measured("alice", (second) => answering(second, 1)),
  },
  "section-rejected": {
    breaks: () => call({ answer: answerSdp.replace("m=audio 9", "m=audio 0") }),
    says: /Section 0 \(audio, mid 0\) was offered and rejected with port 0/,
    nearly: () =>
      call({
        offer: offerSdp.replace("m=audio 9", "m=audio 0"),
        answer: answerSdp.replace("m=audio 9", "m=audio 0"),
      }),
  },
  "slow-gathering": {
    breaks: () => {
      const made = script();
      made.at("alice").state(0, "gathering", "gathering");
      made.at("alice").state(12_000, "gathering", "complete");
      return made;
    },
    says: /Gathering of alice took 12\.0 s/,
    nearly: () => call(),
  },
  "slow-signaling": {
    breaks: () =>
      withBoth((made) => {
        const candidate = { candidate: init(host("192.168.0.9", 9)) };
        const common = {
          kind: "signal",
          transport: "ws",
          type: "candidate",
          message: 900,
          data: candidate,
        };
        made.add(1000, { ...common, peer: "alice", direction: "out" });
        made.add(3500, { ...common, peer: "bob", direction: "in" });
      }),
    says: /1 of 5 signaling messages took more than a second, the slowest 2\.5 s/,
    nearly: () => call(),
  },
  "unreachable-address": {
    breaks: () =>
      call({ ice: "failed", bobCandidates: [host("172.17.0.2", 1), host("127.0.0.1", 2)] }),
    says: /None of the 2 addresses that alice was given can be reached.*docker/,
    nearly: () =>
      call({ ice: "failed", bobCandidates: [host("172.17.0.2", 1), host("192.168.0.3", 2)] }),
  },
  "video-frozen": {
    breaks: () => measured("bob", (second) => freezing(second, 1)),
    says: /At bob video \(mid 1\) stood still, or nearly so, for 13\.0 s: 0 frames were decoded\. .*\(NACK\) 0 times and for a key frame \(PLI\) 13 times/,
    // A picture in which nothing moves: the receiver misses nothing.
    nearly: () => measured("bob", (second) => freezing(second, 0)),
  },
  "wrong-state": {
    breaks: () =>
      withBoth((made) =>
        made
          .at("alice")
          .call(
            500,
            "setRemoteDescription",
            { type: "answer", sdp: answerSdp },
            refusal("wrong state"),
          ),
      ),
    says: /alice called setRemoteDescription\(answer\) in the state stable\. The same answer had been applied 483 ms before/,
    nearly: () =>
      withBoth((made) => {
        // The same answer to a second offer is no duplicate.
        const alice = made.at("alice");
        alice.call(500, "setLocalDescription", { type: "offer", sdp: offerSdp });
        alice.call(510, "setRemoteDescription", { type: "answer", sdp: answerSdp });
      }),
  },
};

function findingsOf(made: Script, code: string) {
  return diagnoseSession(made.trace as Trace).findings.filter((finding) => finding.code === code);
}

describe("every rule about a session", () => {
  it("has a session that breaks it and one that nearly does", () => {
    expect(Object.keys(cases).map((name) => `session/${name}`)).toEqual(
      sessionRules.map(({ code }) => code),
    );
  });

  it.each(Object.entries(cases))(
    "%s: finds what is wrong, says it with its values, and points to events",
    (name, { breaks, says, severity }) => {
      const code = `session/${name}`;
      const made = breaks();
      const [finding] = findingsOf(made, code);
      expect(finding?.message.en).toMatch(says);
      if (severity) expect(finding?.severity).toBe(severity);
      const known = new Set(made.trace.events.map(({ seq }) => seq));
      expect(finding?.events.length).toBeGreaterThan(0);
      expect(finding?.events.filter((seq) => !known.has(seq))).toEqual([]);
    },
  );

  it.each(Object.entries(cases))("%s: is silent where it only looks alike", (name, { nearly }) => {
    expect(findingsOf(nearly(), `session/${name}`)).toEqual([]);
  });
});

describe("a call in which all goes well", () => {
  it("has no findings", () => {
    expect(diagnoseSession(call().trace).findings).toEqual([]);
  });
});
