import { describe, expect, it } from "vitest";
import { diagnoseSession } from "../../../lib/rules/diagnose-session.ts";
import type { Finding } from "../../../lib/rules/finding.ts";
import { longestStretch } from "../../../lib/rules/stretch.ts";
import type { Trace } from "../../../lib/trace/trace.ts";
import { recordedTrace } from "../../support/recorded-trace.ts";
import { measured, total } from "./measured.ts";
import type { Script } from "./script.ts";
import { call, script } from "./script.ts";

const codes = [
  "audio-concealed",
  "bandwidth-collapsed",
  "jitter-buffer-delay",
  "packet-loss",
  "quality-limited",
  "round-trip-time",
  "video-frozen",
].map((name) => `session/${name}`);

function qualityOf(trace: Trace): readonly Finding[] {
  return diagnoseSession(trace).findings.filter(({ code }) => codes.includes(code));
}

function reasonsOf(made: Script, name: string): readonly string[] {
  return diagnoseSession(made.trace)
    .notEvaluated.filter(({ code }) => code === `session/${name}`)
    .map(({ reason }) => reason.en);
}

describe("a call of Chromium over a network that lost, then delayed", () => {
  const trace = recordedTrace("lossy");
  const found = qualityOf(trace);
  const of = (name: string): readonly Finding[] =>
    found.filter(({ code }) => code === `session/${name}`);

  it("has a finding of each kind, and no other finding", () => {
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(codes));
    expect(diagnoseSession(trace).findings).toHaveLength(found.length);
  });

  it("finds the loss when it was, once, as the receiver measured it", () => {
    const [loss, ...others] = of("packet-loss");
    expect(others).toEqual([]);
    expect(loss?.peer).toBe("bob");
    expect(loss?.t).toBeGreaterThan(9000);
    expect(loss?.t).toBeLessThan(12_000);
    expect(loss?.message.en).toMatch(
      /^\d+ % of the packets of audio \(mid 0\) and 1 more stream to Bob were lost for 1\d\.\d s\.$/,
    );
    expect(loss?.message.ko).toMatch(/오는 audio \(mid 0\) 외 1개 스트림 패킷의 \d+ %가/);
  });

  it("tells that what was made up comes of that loss", () => {
    expect(of("audio-concealed")[0]?.message.en).toMatch(
      /was made up .* \d+ % of the packets were lost\.$/,
    );
  });

  it("finds the full queue by the round trip, told of one end alone", () => {
    const [far, ...others] = of("round-trip-time");
    expect(others).toEqual([]);
    expect(far?.severity).toBe("warning");
    expect(far?.t).toBeGreaterThan(25_000);
    expect(far?.message.en).toMatch(/took 1\d{3} ms on average/);
  });

  it("points to reports of the time it tells of", () => {
    const times = new Map(trace.events.map((event) => [event.seq, event] as const));
    for (const { events, t } of found) {
      expect(events.map((seq) => times.get(seq)?.kind)).toEqual(["stats", "stats"]);
      expect(times.get(events[0] ?? 0)?.t).toBe(t);
    }
  });
});

describe("a call of Chromium in which the page itself sends little", () => {
  it("has no finding", () => {
    expect(qualityOf(recordedTrace("media"))).toEqual([]);
  });
});

describe("packet loss", () => {
  const outgoing = (fractionLost: number) => () => ({
    RI1: { type: "remote-inbound-rtp", kind: "video", localId: "OT1", fractionLost },
    OT1: { type: "outbound-rtp", kind: "video", mid: "1", bytesSent: 1 },
  });

  it("is told of what was sent where the other side alone reports it", () => {
    const [loss] = qualityOf(measured("alice", outgoing(0.2)).trace);
    expect(loss?.message.en).toBe(
      "20 % of the packets of video (mid 1) that alice sent were lost for 19.0 s, as the other side reported by RTCP.",
    );
    expect(loss?.severity).toBe("warning");
  });

  it("is worth a word from 2 %, and a warning from 10 % on", () => {
    expect(qualityOf(measured("alice", outgoing(0.02)).trace)).toEqual([]);
    expect(qualityOf(measured("alice", outgoing(0.03)).trace)[0]?.severity).toBe("info");
    expect(qualityOf(measured("alice", outgoing(0.1)).trace)[0]?.severity).toBe("warning");
  });
});

describe("a jitter buffer", () => {
  const buffering = (aimed: number) => (second: number) => ({
    IT1: {
      type: "inbound-rtp",
      kind: "audio",
      jitterBufferDelay: 0.5 * second,
      jitterBufferTargetDelay: aimed * second,
      jitterBufferMinimumDelay: 0.04 * second,
      jitterBufferEmittedCount: second,
    },
  });

  it("that the application made long is no fault of the network", () => {
    const [wanted] = qualityOf(measured("bob", buffering(0.5)).trace);
    expect(wanted?.severity).toBe("info");
    expect(wanted?.message.en).toMatch(/The network alone would have needed 40 ms/);
    const [late] = qualityOf(measured("bob", buffering(0.04)).trace);
    expect(late?.severity).toBe("warning");
    expect(late?.message.en).toMatch(/The packets come at uneven times/);
  });
});

describe("limited quality", () => {
  const limited = (targetBitrate: (second: number) => number) => (second: number) => ({
    OT1: {
      type: "outbound-rtp",
      kind: "video",
      qualityLimitationReason: "bandwidth",
      targetBitrate: targetBitrate(second),
    },
    CP1: { type: "candidate-pair", nominated: true, availableOutgoingBitrate: 1_000_000 },
  });

  it("is the network's where the encoder's target moves, or uses what there is", () => {
    const moves = measured(
      "alice",
      limited((second) => 400_000 - 15_000 * second),
    );
    expect(qualityOf(moves.trace)[0]?.message.en).toMatch(
      /The bandwidth limited video of alice for 19\.0 s\. For the whole connection 1000 kbit\/s/,
    );
    expect(
      qualityOf(
        measured(
          "alice",
          limited(() => 800_000),
        ).trace,
      ),
    ).toHaveLength(1);
  });

  it("is the application's where the target stays far below", () => {
    expect(
      qualityOf(
        measured(
          "alice",
          limited(() => 300_000),
        ).trace,
      ),
    ).toEqual([]);
  });
});

describe("video that stands still", () => {
  /** 30 frames a second for ten seconds, none from then on; the receiver asks for a key frame once in two seconds. */
  const still = (bytesUntil: number) => (second: number) => ({
    IT1: {
      type: "inbound-rtp",
      kind: "video",
      mid: "1",
      framesDecoded: total(second, 0, 10, 30),
      bytesReceived: total(second, 0, bytesUntil, 100_000),
      nackCount: 0,
      pliCount: Math.floor(total(second, 10, 20, 0.5)),
    },
  });

  it("is told of where its packets arrive", () => {
    const [frozen] = qualityOf(measured("bob", still(20)).trace);
    expect(frozen?.message.en).toMatch(
      /^At bob video \(mid 1\) stood still, or nearly so, for 9\.0 s/,
    );
  });

  it("counts what was asked for since the last report before, where a report left the stream out", () => {
    const rare = (second: number) => (second > 10 && second % 5 !== 0 ? {} : still(20)(second));
    expect(qualityOf(measured("bob", rare).trace)[0]?.message.en).toMatch(
      /key frame \(PLI\) 5 times/,
    );
  });

  it("is no finding where reports of the other side stand between those of this one", () => {
    const made = measured("bob", (second) => ({
      IT1: {
        type: "inbound-rtp",
        kind: "video",
        framesDecoded: 30 * second,
        bytesReceived: 100_000 * second,
        nackCount: second,
        pliCount: 0,
      },
    }));
    for (let second = 1; second <= 20; second++) {
      for (const ms of [100, 200, 300, 500, 700]) {
        const sent = { type: "remote-outbound-rtp", kind: "video", packetsSent: 100 * second };
        const report = { [`RO${ms}`]: sent };
        made.at("bob").add(second * 1000 + ms, { kind: "stats", report });
      }
    }
    expect(qualityOf(made.trace)).toEqual([]);
  });

  it("is no finding where the sender has stopped, though the receiver asked for more", () => {
    expect(qualityOf(measured("bob", still(10)).trace)).toEqual([]);
  });
});

describe("what cannot be judged", () => {
  it("is told where there are no statistics", () => {
    for (const code of codes) {
      const [reason] = diagnoseSession(call().trace).notEvaluated.filter(
        (each) => each.code === code,
      );
      expect(reason?.reason.en).toBe("The recording has no getStats reports.");
      expect(reason?.reason.ko).toBe("기록에 getStats 보고서가 없습니다.");
    }
  });

  it("is told where they cover too little time", () => {
    const made = call();
    made.at("bob").add(1000, { kind: "stats", report: {} });
    made.at("bob").add(3000, { kind: "stats", report: {} });
    expect(reasonsOf(made, "packet-loss")).toEqual([
      "The recording has no getStats reports.",
      "The getStats reports cover 2000 ms: too little to judge the media.",
    ]);
  });

  it("is told where the engine does not count it", () => {
    const made = measured("bob", (second) => ({
      IT1: { type: "inbound-rtp", kind: "audio", packetsReceived: second, packetsLost: 0 },
    }));
    expect(reasonsOf(made, "audio-concealed")).toContain(
      "The getStats reports have no concealedSamples in inbound-rtp.",
    );
    expect(reasonsOf(made, "packet-loss")).toEqual(["The recording has no getStats reports."]);
  });
});

describe("statistics that no engine gives", () => {
  it("are judged in time that grows with their number, each object in one report or thousands of them", () => {
    const made = script();
    const alice = made.at("alice");
    for (let index = 0; index < 20_000; index++) {
      const stream = { type: "inbound-rtp", kind: "audio", packetsReceived: 1, packetsLost: 1 };
      const report = { [`IT${index % 10_000}`]: stream, all: { ...stream, packetsLost: index } };
      alice.add(index, { kind: "stats", report });
    }
    expect(qualityOf(made.trace).map(({ code }) => code)).toEqual(["session/packet-loss"]);
  });
});

describe("a stretch", () => {
  const isBad = (value: number): boolean => value > 10;
  /** One value a second. */
  const at = (...values: readonly number[]) =>
    longestStretch({ t: values.map((_, second) => second * 1000), values }, isBad);

  it.each([
    ["six bad values in a row", [0, 11, 12, 13, 14, 15, 16, 0], [1000, 6000]],
    ["one good value within", [11, 11, 11, 0, 11, 11, 11], [0, 6000]],
    ["an unknown value within", [11, 11, 11, Number.NaN, 11, 11, 11], [0, 6000]],
    [
      "the longer one of two",
      [11, 11, 11, 11, 11, 11, 0, 0, 11, 11, 11, 11, 11, 11, 11],
      [8000, 14_000],
    ],
  ] as const)("is %s", (_, values, [start, end]) => {
    expect(at(...values)).toMatchObject({ start, end });
  });

  it.each([
    ["one bad value, however bad", [0, 0, 1e9, 0, 0, 0, 0, 0]],
    ["too short a time", [0, 11, 11, 11, 11, 11, 0]],
    ["two good values within", [11, 11, 11, 0, 0, 11, 11, 11]],
    ["every other value", [11, 0, 11, 0, 11, 0, 11, 0, 11]],
    ["nothing at all", []],
  ] as const)("is not %s", (_, values) => {
    expect(at(...values)).toBeUndefined();
  });

  it("has the mean of all its values", () => {
    expect(at(20, 20, 20, 0, 20, 20, 20, 0, 0)?.mean).toBeCloseTo(120 / 7);
  });

  it("does not reach over a gap", () => {
    const t = [0, 1000, 2000, 60_000, 61_000, 62_000];
    expect(longestStretch({ t, values: t.map(() => 11) }, isBad)).toBeUndefined();
  });
});
