import type { Trace, TraceEvent } from "../../lib/doors/trace.ts";

/** A link of a made-up room: `a-b`, or `a-` where the other end was not recorded; with the states that both ends reach. */
export interface MadeLink {
  readonly ends: string;
  readonly states?: readonly string[];
}

/**
 * A room of made-up connections: each link begins at its own moment and goes through its states, one every 100 ms, at both
 * ends alike. With `signals` a server carries one message for each end.
 */
export function roomTrace(
  links: readonly MadeLink[],
  options: { readonly signals?: boolean } = {},
): Trace {
  const events: Omit<TraceEvent, "seq">[] = [];
  const peers = new Set<string>();
  const counts = new Map<string, number>();
  for (const [index, { ends, states = ["connecting", "connected"] }] of links.entries()) {
    const names = ends.split("-").filter((name) => name !== "");
    const text = (name: string): string =>
      `candidate:${index} 1 udp 2113937151 192.0.2.${index % 250} ${5000 + name.length} typ host generation ${name}`;
    for (const name of names) {
      peers.add(name);
      const number = (counts.get(name) ?? 0) + 1;
      counts.set(name, number);
      const place = { peer: name, pc: `pc${number}` };
      const start = index * 10;
      events.push({ t: start, ...place, kind: "create" } as TraceEvent);
      for (const other of names) {
        const side = other === name ? "local" : "remote";
        const candidate = { candidate: text(other), sdpMid: "0" };
        events.push({ t: start + 1, ...place, kind: "candidate", side, candidate } as TraceEvent);
      }
      let from = "new";
      for (const [step, to] of states.entries()) {
        const t = start + 100 * (step + 1);
        events.push({ t, ...place, kind: "state", machine: "connection", from, to } as TraceEvent);
        from = to;
      }
      if (options.signals) {
        const signal = { direction: "out", transport: "ws", type: "hello", data: {} };
        events.push({ t: start + 2, peer: name, kind: "signal", ...signal } as TraceEvent);
      }
    }
  }
  events.sort((a, b) => a.t - b.t);
  return {
    header: {
      sdpscope: 1,
      id: "room",
      startedAt: "2026-11-21T00:00:00.000Z",
      clock: "monotonic",
      source: { format: "recorder" },
      peers: [...peers].map((id) => ({ id })),
    },
    events: events.map((event, index) => ({ ...event, seq: index + 1 }) as TraceEvent),
  };
}
