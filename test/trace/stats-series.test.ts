import { describe, expect, it } from "vitest";
import type { TraceEvent } from "../../lib/trace/event.ts";
import type { StatsConnection } from "../../lib/trace/stats-connections.ts";
import { statsConnections } from "../../lib/trace/stats-connections.ts";
import { metricOfMember, statsMetrics } from "../../lib/trace/stats-metrics.ts";
import { difference, statsNumber } from "../../lib/trace/stats-number.ts";
import { statsSeries } from "../../lib/trace/stats-series.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import { recordedTrace } from "../support/recorded-trace.ts";

describe("the statistics of a recorded call", () => {
  const [alice, bob] = statsConnections(recordedTrace("media"));

  it("are told by connection, with the metrics that have numbers, the most wanted first", () => {
    expect(alice).toMatchObject({ peer: "alice", pc: "pc1" });
    expect(alice?.metrics.slice(0, 3).map(({ id }) => id)).toEqual([
      "outbound-rtp/bytesSent",
      "remote-inbound-rtp/fractionLost",
      "remote-inbound-rtp/roundTripTime",
    ]);
    expect(bob?.metrics.map(({ id }) => id)).toContain("inbound-rtp/totalFreezesDuration");
    expect(bob?.metrics.map(({ id }) => id)).not.toContain("inbound-rtp/ssrc");
  });

  it("give what one side sends and the other receives as the same bitrate", () => {
    const sent = curves(alice, "outbound-rtp/bytesSent");
    const received = curves(bob, "inbound-rtp/bytesReceived");
    expect(sent.map(({ object }) => [object.kind, object.mid])).toEqual([
      ["audio", "0"],
      ["video", "1"],
    ]);
    for (const [index, { values }] of sent.entries()) {
      for (const [place, value] of values.entries()) {
        expect(received[index]?.values[place]).toBeGreaterThan(value * 0.9);
        expect(received[index]?.values[place]).toBeLessThan(value * 1.1);
      }
    }
  });

  it("show the limit that was put on the picture after 4 seconds", () => {
    const [, video] = curves(alice, "outbound-rtp/bytesSent");
    expect(Math.max(...(video?.values ?? []).slice(0, 3))).toBeGreaterThan(1_000_000);
    expect(Math.max(...(video?.values ?? []).slice(5))).toBeLessThan(250_000);
  });

  it("give what the other side reports the mid of its stream", () => {
    const mids = curves(alice, "remote-inbound-rtp/roundTripTime").map(({ object }) => object.mid);
    expect(mids.toSorted()).toEqual(["0", "1"]);
  });

  it("tell of a pair while it is the selected one: ICE restarted after 7 seconds", () => {
    const [before, after] = curves(alice, "candidate-pair/currentRoundTripTime");
    expect(before?.object.candidateTypes).toEqual(["host", "host"]);
    expect(before?.values.at(-1)).toBeNaN();
    expect(after?.t[0]).toBeGreaterThanOrEqual(before?.t.at(-2) ?? Infinity);
  });
});

describe("a counter", () => {
  it("is a rate over the time between two reports", () => {
    expect(rates([0, 1000, 3000], [0, 1000, 2000])).toEqual([8000, 16_000]);
  });

  it("is measured by the engine's clock, as long as that is possible", () => {
    expect(rates([0, 1000], [0, 1100], { timestamps: [5000, 6000] })).toEqual([8000]);
    expect(rates([0, 1000], [0, 1000], { timestamps: [5000, 5000] })).toEqual([8000]);
    expect(rates([0, 1000], [0, 1000], { timestamps: [6000, 5000] })).toEqual([8000]);
    expect(rates([0, 1000], [0, 1000], { timestamps: [0, 9e15] })).toEqual([8000]);
  });

  it("that goes back began anew: the line breaks, and goes on from there", () => {
    expect(rates([5000, 6000, 100, 1100], [0, 1000, 2000, 3000])).toEqual([8000, NaN, 8000]);
  });

  it("that is left out of a report has not changed", () => {
    expect(rates([0, 1000, undefined, 2000], [0, 1000, 2000, 3000])).toEqual([8000, 0, 8000]);
  });

  it("goes on through reports of the other side that came at times of their own", () => {
    const heard = { type: "remote-inbound-rtp", fractionLost: 0 };
    const events = stats([0, undefined, 1000, undefined, 2000], [0, 700, 1000, 1700, 2000]);
    const mixed = events.map((event, index) =>
      index % 2 === 0 ? event : ({ ...event, report: { RI: heard } } as TraceEvent),
    );
    expect(values(mixed)).toEqual([8000, 8000]);
  });

  it("has a gap where nothing was recorded for long", () => {
    const times = [0, 1000, 2000, 3000, 60_000, 61_000];
    expect(rates([0, 1000, 2000, 3000, 4000, 5000], times)).toEqual([8000, 8000, 8000, NaN, 8000]);
  });

  it("has a gap where events are missing in the trace, and what is left out after it is not known", () => {
    const events = stats([0, 1000, undefined, 2000, 3000], [0, 1000, 2000, 3000, 4000]);
    const torn = events.map((event, index) =>
      index < 2 ? event : { ...event, seq: event.seq + 7 },
    );
    expect(values(torn)).toEqual([8000, NaN, 8000]);
  });

  it("ends where its object is gone, and begins anew when it comes back", () => {
    expect(rates([0, 1000, null, 2000, 3000], [0, 1000, 2000, 3000, 4000])).toEqual([
      8000,
      NaN,
      8000,
    ]);
  });

  it("is exact beyond 2^53, written as a text", () => {
    const counted = ["18446744073709550615", "18446744073709551615", "18446744073709551616n"];
    expect(rates(counted, [0, 1000, 2000])).toEqual([8000, 8]);
    expect(difference(2n ** 70n, 2n ** 70n - 3n)).toBe(3);
  });

  it.each([
    ["not a number", [0, Number.NaN, 1000, 2000]],
    ["infinite", [0, Number.POSITIVE_INFINITY, 1000, 2000]],
    ["markup", [0, "<img src=x onerror=alert(1)>", 1000, 2000]],
    ["an object", [0, { valueOf: 7 }, 1000, 2000]],
    ["a list", [0, [1], 1000, 2000]],
    ["too large a step", [-1.7e308, 1.7e308, 1000, 2000]],
  ])("breaks the line where it is %s", (_, counted) => {
    const found = rates(counted, [0, 1000, 2000, 3000]);
    expect(found.at(-1)).toBe(8000);
    expect(found.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true);
    expect(found.filter((value) => !Number.isNaN(value))).toEqual([8000]);
  });
});

describe("packets lost", () => {
  const id = "inbound-rtp/packetsLost/packetsReceived";
  const lost = (numbers: readonly (readonly [lost: number, received: number])[]): number[] =>
    values(
      numbers.map(([packetsLost, packetsReceived], index) =>
        report(index + 1, index * 1000, { type: "inbound-rtp", packetsLost, packetsReceived }),
      ),
      id,
    );

  it("are a share of what was expected", () => {
    expect(
      lost([
        [0, 0],
        [10, 90],
      ]),
    ).toEqual([0.1]);
  });

  it("are 0 where duplicates made the loss negative, as RFC 3550 §6.4.1 has it", () => {
    expect(
      lost([
        [5, 0],
        [3, 100],
      ]),
    ).toEqual([0]);
  });

  it("are unknown where nothing was expected, or the stream began anew", () => {
    expect(
      lost([
        [0, 0],
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([0.5]);
    expect(
      lost([
        [5, 100],
        [6, 199],
        [0, 20],
        [0, 120],
      ]),
    ).toEqual([0.01, Number.NaN, 0]);
  });
});

describe("a recorded report", () => {
  it("of any shape is read without harm", () => {
    const hostile = JSON.parse(
      '{"__proto__":{"type":"outbound-rtp","bytesSent":1},"constructor":7,"a":null,"b":[],"c":{"type":9},"":{"type":"","n":1},"d":{"type":"__proto__","n":1}}',
    );
    const events = [1, 2].map(
      (seq): TraceEvent => ({ seq, t: seq, kind: "stats", report: hostile }),
    );
    const [connection] = statsConnections(traceOf(events));
    for (const metric of connection?.metrics ?? []) {
      if (connection) expect(() => statsSeries(connection, metric)).not.toThrow();
    }
    expect(connection?.objects.map(({ id }) => id)).toContain("__proto__");
  });

  it("of very many objects and members is read in time that grows with its size", () => {
    const report = (n: number) =>
      Object.fromEntries(
        Array.from({ length: 8000 }, (_, index) => [
          `s${index}`,
          { type: "media-source", mediaSourceId: `s${index}`, [`m${index}`]: n, frames: n },
        ]),
      );
    const events = [1, 2].map(
      (seq): TraceEvent => ({ seq, t: seq, kind: "stats", report: report(seq) }),
    );
    const [connection] = statsConnections(traceOf(events));
    expect(connection?.objects).toHaveLength(8000);
    expect(connection?.metrics.length).toBeLessThanOrEqual(200);
    expect(curves(connection, "media-source/frames")).toHaveLength(8000);
  });

  it("does not make a number of a name in digits", () => {
    expect(statsNumber("12")).toBe(12);
    expect(statsNumber("1e3")).toBeUndefined();
    expect(statsNumber("9".repeat(1_000_000))).toBeUndefined();
    const entry = { type: "inbound-rtp", mid: "0", rid: "1", jitter: "0.25" };
    const [connection] = statsConnections(traceOf([report(1, 0, entry), report(2, 1, entry)]));
    expect(connection?.metrics.map(({ id }) => id)).toEqual(["inbound-rtp/jitter"]);
    expect(values([report(1, 0, entry)], "inbound-rtp/jitter")).toEqual([250]);
  });

  it("of no connection gives nothing", () => {
    expect(statsConnections(recordedTrace("ok"))).toEqual([]);
  });
});

describe("metrics", () => {
  it("have ids of their own, and names in both languages", () => {
    expect(new Set(statsMetrics.map(({ id }) => id)).size).toBe(statsMetrics.length);
    for (const { name } of statsMetrics) expect(name?.en && name.ko).toBeTruthy();
  });

  it.each([
    ["framesEncoded", "rate", "1/s"],
    ["headerBytesSent", "rate", "byte/s"],
    ["totalFreezesDuration", "rate", "ratio"],
    ["frameWidth", "gauge", ""],
    ["roundTripTime", "gauge", "ms"],
  ])("draw the member %s as a %s", (member, kind, unit) => {
    expect(metricOfMember("x", member)).toMatchObject({ unit, formula: { kind } });
  });

  it.each(["ssrc", "port", "timestamp", "lastPacketSentTimestamp"])("leave %s out", (member) => {
    expect(metricOfMember("x", member)).toBeUndefined();
  });
});

function curves(connection: StatsConnection | undefined, id: string) {
  const metric = connection?.metrics.find((one) => one.id === id);
  if (!connection || !metric) throw new Error(`There is no ${id}.`);
  return statsSeries(connection, metric);
}

function rates(
  counted: readonly unknown[],
  times: readonly number[],
  { timestamps }: { timestamps?: readonly number[] } = {},
): number[] {
  return values(stats(counted, times, timestamps));
}

/** The values of the only series. */
function values(events: readonly TraceEvent[], id = "outbound-rtp/bytesSent"): number[] {
  const [connection] = statsConnections(traceOf(events));
  return [...(curves(connection, id)[0]?.values ?? [])];
}

/** Reports of one stream; `undefined` leaves it out, `null` says that it is gone. */
function stats(
  counted: readonly unknown[],
  times: readonly number[],
  timestamps?: readonly number[],
): TraceEvent[] {
  return counted.map((bytesSent, index) => {
    const timestamp = timestamps?.[index];
    return report(
      index + 1,
      times[index] ?? 0,
      bytesSent === undefined
        ? undefined
        : bytesSent === null
          ? null
          : {
              type: "outbound-rtp",
              bytesSent,
              ...(timestamp !== undefined && { timestamp }),
            },
    );
  });
}

function report(seq: number, t: number, entry: unknown): TraceEvent {
  const entries = entry === undefined ? { other: { type: "transport" } } : { s: entry };
  return { seq, t, peer: "a", pc: "pc1", kind: "stats", report: entries };
}

function traceOf(events: readonly TraceEvent[]): Trace {
  return {
    header: {
      sdpscope: 1,
      id: "t",
      startedAt: "2026-11-21T00:00:00.000Z",
      clock: "monotonic",
      source: { format: "recorder" },
      peers: [],
    },
    events,
  };
}
