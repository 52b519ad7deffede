import type { Trace, TraceEvent } from "../../lib/doors/trace.ts";

/**
 * A trace of `count` events as a long conference would record it: `peers` peers in a ring, each with a connection to the next;
 * they negotiate anew every now and then with the given descriptions, trickle candidates, move through all states, and
 * report statistics between. The same every time.
 */
export function crowdedTrace(
  count: number,
  sdp: { readonly offer: string; readonly answer: string },
  peers = 6,
): Trace {
  const names = Array.from({ length: peers }, (_, index) => `peer-${index + 1}`);
  const events: TraceEvent[] = [];
  let t = 0;
  let call = 0;
  let message = 0;
  const isFull = (): boolean => events.length >= count;
  const add = (event: object): void => {
    if (isFull()) return;
    t += 0.7;
    events.push({ seq: events.length + 1, t: Math.round(t * 100) / 100, ...event } as TraceEvent);
  };
  const calls = (at: object, method: string, args: readonly unknown[], result?: unknown): void => {
    const id = ++call;
    add({ kind: "call", ...at, call: id, method, arguments: args });
    add({ kind: "settle", ...at, call: id, ...(result !== undefined && { result }) });
  };
  const states = (at: object, machine: string, path: readonly string[]): void => {
    for (let index = 1; index < path.length; index++) {
      add({ kind: "state", ...at, machine, from: path[index - 1], to: path[index] });
    }
  };
  const send = (from: string, to: string, type: string, data: unknown): void => {
    const id = ++message;
    const wire = { transport: "ws", message: id, type, data };
    add({ kind: "signal", peer: from, direction: "out", ...wire });
    t += 4;
    add({ kind: "signal", peer: to, direction: "in", ...wire });
  };

  for (let round = 0; !isFull(); round++) {
    const [a, b] = [names[round % peers] ?? "", names[(round + 1) % peers] ?? ""];
    const [alice, bob] = [
      { peer: a, pc: `${round % peers}a` },
      { peer: b, pc: `${round % peers}b` },
    ];
    const numbered = (text: string): string =>
      text.replace(/^o=- (\d+) \d+/m, (_, id) => `o=- ${id} ${round + 2}`);
    const offer = { type: "offer", sdp: numbered(sdp.offer) };
    const answer = { type: "answer", sdp: numbered(sdp.answer) };
    if (round < peers) for (const at of [alice, bob]) add({ kind: "create", ...at });
    calls(alice, "createOffer", [], offer);
    calls(alice, "setLocalDescription", [offer]);
    states(alice, "signaling", ["stable", "have-local-offer"]);
    send(a, b, "offer", offer);
    calls(bob, "setRemoteDescription", [offer]);
    states(bob, "signaling", ["stable", "have-remote-offer"]);
    calls(bob, "createAnswer", [], answer);
    calls(bob, "setLocalDescription", [answer]);
    states(bob, "signaling", ["have-remote-offer", "stable"]);
    send(b, a, "answer", answer);
    calls(alice, "setRemoteDescription", [answer]);
    states(alice, "signaling", ["have-local-offer", "stable"]);
    for (let index = 0; index < 6; index++) {
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const type = ["host", "srflx", "relay"][index % 3];
        const init = {
          candidate: `candidate:${round}${index} 1 udp ${2113937151 - index} 192.0.2.${(round % 250) + 1} ${40000 + ((round * 6 + index) % 20000)} typ ${type}`,
          sdpMid: "0",
          sdpMLineIndex: 0,
        };
        add({ kind: "candidate", ...from, side: "local", candidate: init });
        send(from.peer, to.peer, "candidate", init);
        calls(to, "addIceCandidate", [init]);
        add({ kind: "candidate", ...to, side: "remote", candidate: init });
      }
    }
    if (round < peers) {
      for (const at of [alice, bob]) {
        states(at, "ice", ["new", "checking", "connected"]);
        states(at, "connection", ["new", "connecting", "connected"]);
      }
    }
    for (let second = 0; second < 120 && !isFull(); second++) {
      for (const at of [alice, bob]) {
        t += 400;
        add({
          kind: "stats",
          ...at,
          report: { T01: { type: "transport", bytesSent: 1000 * events.length } },
        });
        if (second % 10 === 9) states(at, "ice", ["connected", "disconnected", "connected"]);
      }
    }
  }
  return {
    header: {
      sdpscope: 1,
      id: `crowd-${count}`,
      startedAt: "2026-11-21T03:00:00.000Z",
      clock: "monotonic",
      source: { format: "sdpscope" },
      peers: names.map((id) => ({ id })),
    },
    events,
  };
}
