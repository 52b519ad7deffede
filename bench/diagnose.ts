import { readdirSync, readFileSync } from "node:fs";
import { diagnoseSession } from "../lib/rules/diagnose-session.ts";
import type { TraceEvent } from "../lib/trace/event.ts";
import { readTrace } from "../lib/trace/file.ts";
import type { Trace } from "../lib/trace/trace.ts";

/** Measures the diagnosis of long sessions, in processor time: the best of some rounds counts. */

const folder = new URL("../../../test/fixtures/traces/", import.meta.url);
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .map((name) => readTrace(readFileSync(new URL(name, folder), "utf8")).trace);
const call = readTrace(readFileSync(new URL("ok.sdpscope.jsonl", folder), "utf8")).trace;

for (const count of [1000, 10_000, 100_000]) {
  measure(`${count} events: one call and its statistics`, withStatistics(call, count));
}
measure("100000 events: recorded sessions after one another", inSequence(recorded, 100_000));
measure("100000 events: candidates that are gathered and given", withCandidates(call, 100_000));

function measure(what: string, trace: Trace): void {
  let best = Number.POSITIVE_INFINITY;
  let findings = 0;
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage();
    findings = diagnoseSession(trace).findings.length;
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  console.log(`${what}: ${best.toFixed(0)} ms, ${findings} findings`);
}

/** A call whose `getStats` is recorded for so long that there are that many events. */
function withStatistics(trace: Trace, count: number): Trace {
  const body = trace.events.filter(({ kind }) => kind !== "end");
  const added = Array.from({ length: Math.max(0, count - body.length) }, (_, index) => {
    const peer = index % 2 === 0 ? "alice" : "bob";
    const entry = (id: string, type: string) => ({
      [id]: {
        id,
        type,
        kind: "video",
        packetsSent: index,
        bytesSent: 1000 * index,
        bytesReceived: 1,
      },
    });
    const report = { ...entry("OT1", "outbound-rtp"), ...entry("P1", "candidate-pair") };
    return { peer, pc: "pc1", kind: "stats", t: 3000 + index, report } as const;
  });
  return numbered(trace, [...body, ...added]);
}

/** Sessions one after the other, each with connections of its own, until there are that many events. */
function inSequence(traces: readonly Trace[], count: number): Trace {
  const events: Unnumbered[] = [];
  let start = 0;
  let calls = 0;
  for (let round = 0; events.length < count; round++) {
    const trace = traces[round % traces.length] as Trace;
    let last = 0;
    let most = 0;
    for (const event of trace.events) {
      const numberOfCall = "call" in event ? { call: event.call + calls } : {};
      if ("call" in event) most = Math.max(most, event.call);
      const pc = event.pc === undefined ? {} : { pc: `${event.pc}-${round}` };
      events.push({ ...event, ...numberOfCall, ...pc, t: event.t + start } as Unnumbered);
      last = Math.max(last, event.t);
    }
    start += last;
    calls += most;
  }
  return numbered(traces[0] as Trace, events.slice(0, count));
}

function withCandidates(trace: Trace, count: number): Trace {
  const body = trace.events.filter(({ kind }) => kind !== "end");
  const added = Array.from({ length: Math.max(0, count - body.length) }, (_, index) => {
    const port = 1024 + (index % 60_000);
    const candidate = `candidate:${index} 1 udp 2122260223 192.0.2.${index % 250} ${port} typ host`;
    const init = { candidate, sdpMid: "0", sdpMLineIndex: 0 };
    const common = { peer: "alice", pc: "pc1", t: 3000 + index } as const;
    return index % 2 === 0
      ? ({ ...common, kind: "candidate", side: "local", candidate: init } as const)
      : ({
          ...common,
          kind: "call",
          call: 1_000_000 + index,
          method: "addIceCandidate",
          arguments: [init],
        } as const);
  });
  return numbered(trace, [...body, ...added]);
}

type Unnumbered = TraceEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, "seq">
    : never
  : never;

function numbered({ header }: Trace, events: readonly Unnumbered[]): Trace {
  return {
    header,
    events: events.map((event, index) => ({ ...event, seq: index + 1 }) as TraceEvent),
  };
}
