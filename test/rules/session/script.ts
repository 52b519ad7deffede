import type { CandidateInit, EventError, Machine, TraceEvent } from "../../../lib/trace/event.ts";
import type { Trace, TraceSource } from "../../../lib/trace/trace.ts";

/** Writes small traces for tests, in the order of time. */
export interface Script {
  readonly trace: Trace;
  at(name: string, pc?: string): ScriptedConnection;
  /** A message that arrives after two milliseconds; `undefined` as receiver when it is lost. */
  message(t: number, from: string, to: string | undefined, data: unknown, arrives?: unknown): void;
  add(t: number, event: Record<string, unknown>): void;
}

/** One connection in a script. */
export interface ScriptedConnection {
  create(t: number, configuration?: unknown): void;
  /** A call that ends after a millisecond. */
  call(t: number, method: string, argument?: unknown, outcome?: Outcome): void;
  state(t: number, machine: Machine, to: string, id?: string): void;
  gathered(t: number, candidate: string | null): void;
  gatheringError(t: number, code: number, url: string): void;
  add(t: number, event: Record<string, unknown>): void;
}

interface Outcome {
  readonly result?: unknown;
  readonly error?: EventError;
  /** The call never ends. */
  readonly isOpen?: boolean;
}

/** An empty script. */
export function script(source: TraceSource = { format: "recorder" }): Script {
  const events: { t: number; [name: string]: unknown }[] = [];
  const names = new Set<string>();
  let calls = 0;
  let messages = 0;
  const add = (t: number, event: Record<string, unknown>): void => {
    events.push({ t, ...event });
  };
  return {
    get trace(): Trace {
      const sorted = events.toSorted((a, b) => a.t - b.t);
      return {
        header: {
          sdpscope: 1,
          id: "script",
          startedAt: "2026-11-21T03:00:00.000Z",
          clock: "monotonic",
          source,
          peers: [...names].map((id) => ({ id, name: id })),
        },
        events: sorted.map(
          (event, index) => ({ seq: index + 1, ...event }) as unknown as TraceEvent,
        ),
      };
    },
    at(peer, pc = "pc1") {
      names.add(peer);
      const place = { peer, pc };
      return {
        add: (t, event) => add(t, { ...place, ...event }),
        create: (t, configuration = {}) => add(t, { ...place, kind: "create", configuration }),
        call(t, method, argument, { result, error, isOpen } = {}) {
          const call = ++calls;
          const given = argument === undefined ? [] : [argument];
          add(t, { ...place, kind: "call", call, method, arguments: given });
          if (isOpen) return;
          add(t + 1, {
            ...place,
            kind: "settle",
            call,
            ...(result !== undefined && { result }),
            ...(error && { error }),
          });
        },
        state: (t, machine, to, id) =>
          add(t, { ...place, kind: "state", machine, to, ...(id !== undefined && { id }) }),
        gathered: (t, candidate) =>
          add(t, {
            ...place,
            kind: "candidate",
            side: "local",
            candidate: candidate === null ? null : init(candidate),
          }),
        gatheringError: (t, code, url) =>
          add(t, {
            ...place,
            kind: "candidate",
            side: "local",
            candidate: null,
            error: { code, url },
          }),
      };
    },
    message(t, from, to, data, arrives = data) {
      const common = { kind: "signal", transport: "ws", type: "message", message: ++messages };
      add(t, { ...common, peer: from, direction: "out", data });
      if (to !== undefined) add(t + 2, { ...common, peer: to, direction: "in", data: arrives });
    },
    add,
  };
}

/** What differs from a call in which all goes well. */
export interface CallOptions {
  readonly offer?: string;
  /** What arrives of the offer. */
  readonly arrived?: string;
  readonly answer?: string;
  readonly configuration?: unknown;
  /** The candidates of both sides, and whether they are given on. */
  readonly aliceCandidates?: readonly string[];
  readonly bobCandidates?: readonly string[];
  readonly trickles?: boolean;
  /** How ICE goes: it comes up unless told otherwise. */
  readonly ice?: "connected" | "failed" | "new" | "checking";
  /** How the whole connection goes after ICE. */
  readonly connection?: "connected" | "failed" | "connecting";
  /** The recording's last moment, in milliseconds. */
  readonly end?: number;
}

/** A call between alice and bob, who offer and answer in the first 20 milliseconds. Returns the script to add to. */
export function call(options: CallOptions = {}): Script {
  const {
    offer = offerSdp,
    answer = answerSdp,
    ice = "connected",
    connection = "connected",
  } = options;
  const { arrived = offer, trickles = true, end = 5000, configuration = {} } = options;
  const {
    aliceCandidates = [host("192.168.0.2", 50_000)],
    bobCandidates = [host("192.168.0.3", 50_001)],
  } = options;
  const made = script();
  const alice = made.at("alice");
  const bob = made.at("bob");
  alice.create(0, configuration);
  bob.create(0, configuration);
  const offered = { type: "offer", sdp: offer };
  const received = { type: "offer", sdp: arrived };
  const answered = { type: "answer", sdp: answer };
  alice.call(1, "createOffer", undefined, { result: offered });
  alice.call(3, "setLocalDescription", offered);
  made.message(5, "alice", "bob", offered, received);
  bob.call(8, "setRemoteDescription", received);
  bob.call(10, "createAnswer", undefined, { result: answered });
  bob.call(12, "setLocalDescription", answered);
  made.message(14, "bob", "alice", answered);
  alice.call(17, "setRemoteDescription", answered);
  for (const [near, far, from, to, candidates] of [
    [alice, bob, "alice", "bob", aliceCandidates],
    [bob, alice, "bob", "alice", bobCandidates],
  ] as const) {
    near.state(19, "gathering", "gathering");
    for (const candidate of candidates) {
      near.gathered(20, candidate);
      if (!trickles) continue;
      made.message(21, from, to, { candidate: init(candidate) });
      far.call(24, "addIceCandidate", init(candidate));
    }
    near.gathered(30, null);
    near.state(30, "gathering", "complete");
    near.state(19.5, "signaling", "stable");
    if (ice === "new") continue;
    near.state(40, "ice", "checking");
    if (ice === "checking") continue;
    near.state(50, "ice", ice);
    near.state(ice === "failed" ? 51 : 60, "connection", ice === "failed" ? "failed" : connection);
  }
  made.add(end, { kind: "end", reason: "recorder-stopped" });
  return made;
}

/** A candidate as W3C writes it. */
export function init(candidate: string, sdpMid: string | null = "0"): CandidateInit {
  return { candidate, sdpMid, sdpMLineIndex: sdpMid === null ? null : 0 };
}

/** The text of a host candidate. */
export function host(address: string, port: number, foundation = 1): string {
  return `candidate:${foundation} 1 udp 2122260223 ${address} ${port} typ host`;
}

/** A refusal as an engine words it. */
export function refusal(message: string, name = "InvalidStateError"): Outcome {
  return { error: { name, message } };
}

/** A short description with one audio section. `peer` makes its credentials and its certificate. */
export function sdp(peer: "a" | "b" | "c", changes: Readonly<Record<string, string>> = {}): string {
  const lines = [
    "v=0",
    `o=- ${{ a: 111_111, b: 222_222, c: 333_333 }[peer]} 1 IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    "c=IN IP4 0.0.0.0",
    "a=mid:0",
    "a=sendrecv",
    "a=rtcp-mux",
    `a=ice-ufrag:ufr${peer}`,
    `a=ice-pwd:${peer.repeat(24)}`,
    "a=ice-options:trickle",
    `a=fingerprint:sha-256 ${Array(32).fill(`${peer.toUpperCase()}${peer.toUpperCase()}`).join(":")}`,
    `a=setup:${peer === "a" ? "actpass" : "active"}`,
    "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
    "a=rtpmap:111 opus/48000/2",
  ];
  let text = `${lines.join("\r\n")}\r\n`;
  for (const [from, to] of Object.entries(changes)) text = text.replaceAll(from, to);
  return text;
}

/** Alice's offer and bob's answer. */
export const offerSdp: string = sdp("a");
export const answerSdp: string = sdp("b");
