import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnoseSession } from "../../lib/rules/diagnose-session.ts";
import type { Finding } from "../../lib/rules/finding.ts";
import { formatDiagnosis } from "../../lib/rules/format-diagnosis.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { readDescriptionInit, readPayload } from "../../lib/trace/payload.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import { chanceFrom, mutate } from "../support/mutate.ts";
import { connectedTrace } from "../support/sample-trace.ts";
import { answerSdp, call, offerSdp, script } from "./session/script.ts";

const folder = new URL("../fixtures/traces/", import.meta.url);
const recorded = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".sdpscope.jsonl"))
    .map((name) => {
      const { trace } = readTrace(readFileSync(new URL(name, folder), "utf8"));
      return [name.slice(0, name.indexOf(".")), trace] as const;
    }),
);

function fixture(name: string): Trace {
  const trace = recorded.get(name);
  if (!trace) throw new Error(`There is no recording ${name}.`);
  return trace;
}

/** A finding in short: what, whose, how sure, and of what it is the consequence. */
function short({ code, severity, confidence, peer, consequenceOf }: Finding): string {
  const because = consequenceOf === undefined ? "" : ` < ${consequenceOf}`;
  return `${severity} ${confidence} ${code} ${peer}${because}`;
}

/** What Chromium 156 was recorded doing, and the cause that has to come first. */
const failures: Readonly<Record<string, { first: string; others: readonly string[] }>> = {
  "early-candidate": {
    first: "error certain session/candidate-before-description bob",
    others: [
      "error certain session/ice-never-started alice < session/candidate-before-description",
      "error certain session/ice-never-started bob < session/candidate-before-description",
      "error certain session/candidate-lost bob",
    ],
  },
  "wrong-state": {
    first: "error certain session/wrong-state alice",
    others: [
      "error certain session/description-refused alice",
      "error certain sdp/fingerprint-missing alice",
      "error possible session/ice-never-started alice < session/candidate-lost",
    ],
  },
  munged: {
    first: "error certain session/description-changed bob",
    others: [
      "error likely session/no-common-codec bob < session/description-changed",
      "warning certain session/section-rejected bob < session/description-changed",
      "warning certain session/munging alice",
    ],
  },
  "swapped-sections": {
    first: "error certain session/description-changed alice",
    others: [
      "error certain answer/media-kind alice",
      "error certain answer/mid alice < answer/media-kind",
      "error certain session/description-refused alice < session/description-changed",
    ],
  },
  "relay-unreachable": {
    first: "error certain session/no-relay-candidate alice",
    others: [
      "error certain session/no-local-candidate bob < session/no-relay-candidate",
      "error certain session/ice-never-started bob < session/no-relay-candidate",
      "warning certain session/slow-gathering alice < session/no-relay-candidate",
    ],
  },
  "fingerprint-mismatch": {
    first: "error certain session/description-changed bob",
    others: [
      "error certain session/dtls-failed alice < session/description-changed",
      "error certain session/dtls-failed bob < session/description-changed",
    ],
  },
  reload: { first: "error certain session/new-peer alice", others: [] },
  unanswered: { first: "error certain session/offer-unanswered alice", others: [] },
};

describe("recorded failures", () => {
  it.each(Object.entries(failures))(
    "%s: names the cause first, and what follows from it",
    (name, { first, others }) => {
      const told = diagnoseSession(fixture(name)).findings.map(short);
      expect(told[0]).toBe(first);
      expect(told).toEqual(expect.arrayContaining([...others]));
    },
  );

  it("proves a changed fingerprint by both ends", () => {
    const found = diagnoseSession(fixture("fingerprint-mismatch")).findings;
    const dtls = found.find(({ code }) => code === "session/dtls-failed");
    expect(dtls?.message.en).toMatch(
      /DTLS failed [\d.]+ ms later\. The certificate of Alice is \S+, but Bob was told 00:/,
    );
    expect(dtls?.message.ko).toMatch(/Alice의 인증서는 \S+인데 Bob에는 00:/);
  });

  it("tells each way in which a candidate is wrong", () => {
    expect(diagnoseSession(fixture("bad-candidates")).findings.map(short)).toEqual(
      expect.arrayContaining([
        "error certain session/candidate-without-section bob",
        "error certain session/candidate-unknown-section bob",
        "error certain session/candidate-refused bob",
        "error certain session/candidate-lost bob",
        "error certain session/ice-never-started alice < session/candidate-without-section",
      ]),
    );
  });

  it("tells one cause once, with every event that shows it", () => {
    const [changed] = diagnoseSession(fixture("early-candidate")).findings;
    expect(changed?.events).toHaveLength(4);
    const codes = diagnoseSession(fixture("swapped-sections")).findings.map(
      ({ code, peer, pc }) => `${code} ${peer} ${pc}`,
    );
    expect(codes).toEqual([...new Set(codes)]);
  });
});

describe("sessions in which all went well", { timeout: 60_000 }, () => {
  const clean: readonly (readonly [string, Trace])[] = [
    ["a call of Chromium with restart and renegotiation", fixture("ok")],
    ["both offered at once, and one gave way", fixture("ok-glare")],
    ["a mesh of four", fixture("mesh-of-4")],
    ["the sample call", connectedTrace()],
    ["a script", call().trace],
  ];

  it.each(clean)("%s: has no findings", (_, trace) => {
    expect(diagnoseSession(trace).findings.map(short)).toEqual([]);
  });

  it.each(clean)("%s: has none at any moment while it is recorded", (_, { header, events }) => {
    const step = Math.max(1, Math.floor(events.length / 60));
    for (let length = 0; length <= events.length; length += step) {
      const { findings } = diagnoseSession({ header, events: events.slice(0, length) });
      expect(findings.map(short), `after ${length} events`).toEqual([]);
    }
  });
});

describe("every finding", () => {
  const findings = [...recorded].flatMap(([name, trace]) =>
    diagnoseSession(trace).findings.map((finding) => ({ name, trace, finding })),
  );

  it("says in both languages what is wrong and how to mend it", () => {
    for (const { finding } of findings) {
      expect(finding.message.en, finding.code).toMatch(/[.)"”]$/);
      for (const sentence of [finding.message, finding.advice]) {
        expect(sentence?.en, finding.code).toMatch(/^\S.+\S$/);
        expect(sentence?.ko, finding.code).toMatch(/[가-힣]/);
        expect(`${sentence?.en} ${sentence?.ko}`).not.toMatch(/undefined|NaN|\[object/);
        expect(finding.message.ko, finding.code).not.toMatch(
          /[A-Za-z가-힣](이\(가\)|은\(는\)|을\(를\))/,
        );
      }
    }
  });

  it("has events of the trace, in order, and the section of a specification", () => {
    for (const { trace, finding } of findings) {
      const known = new Set(trace.events.map(({ seq }) => seq));
      expect(finding.events.length, finding.code).toBeGreaterThan(0);
      expect(finding.events.every((seq) => known.has(seq))).toBe(true);
      expect(finding.events).toEqual([...finding.events].sort((a, b) => a - b));
      expect(finding.rfc?.url).toMatch(/^https:\/\//);
    }
  });

  it("points into the text of the event that it names", () => {
    const placed = findings.filter(({ finding }) => finding.span);
    expect(placed.length).toBeGreaterThan(3);
    for (const { trace, finding } of placed) {
      const event = trace.events.find(({ seq }) => seq === finding.texts?.judged);
      const text = event && textIn(event);
      expect(finding.span?.end).toBeLessThanOrEqual(text?.length ?? -1);
      const line = text?.slice(0, finding.span?.start).split("\n").length;
      expect(finding.position?.line).toBe(line);
    }
  });

  it("comes by severity, then causes before consequences, then by confidence, then by time", () => {
    const weigh = ({ severity, consequenceOf, confidence, t }: Finding): number[] => [
      ["error", "warning", "info"].indexOf(severity),
      consequenceOf === undefined ? 0 : 1,
      ["certain", "likely", "possible"].indexOf(confidence),
      t,
    ];
    for (const trace of recorded.values()) {
      const weights = diagnoseSession(trace).findings.map(weigh);
      const sorted = weights.toSorted((a, b) => {
        const at = a.findIndex((value, index) => value !== b[index]);
        return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
      });
      expect(weights).toEqual(sorted);
    }
  });

  it("is a consequence only of what was found too", () => {
    for (const trace of recorded.values()) {
      const { findings: found } = diagnoseSession(trace);
      const codes = new Set(found.map(({ code }) => code));
      for (const { consequenceOf } of found)
        if (consequenceOf !== undefined) expect(codes).toContain(consequenceOf);
    }
  });
});

describe("what was not evaluated", () => {
  it("is listed with the reason, so that silence is not taken for health", () => {
    const { findings, notEvaluated } = diagnoseSession(call({ ice: "new", end: 300 }).trace);
    expect(findings.map(({ code }) => code)).not.toContain("session/ice-never-started");
    expect(notEvaluated).toContainEqual({
      code: "session/ice-never-started",
      peer: "alice",
      pc: "pc1",
      reason: {
        en: expect.stringMatching(/ends 2\d\d ms after both descriptions.*too early/),
        ko: expect.stringMatching(/\d ms 뒤에 기록이 끝나/),
      },
    });
  });

  it("names what the recording lacks: calls, statistics, the other side, a clock", () => {
    const empty = diagnoseSession(script().trace).notEvaluated.map(({ reason }) => reason.en);
    expect(empty).toContain("The recording has no API calls.");
    expect(empty).toContain("The recording has no getStats reports.");
    const oneSide = diagnoseSession(fixture("unanswered")).notEvaluated;
    expect(oneSide).toContainEqual(
      expect.objectContaining({
        code: "session/candidate-lost",
        reason: expect.objectContaining({ en: "Only one side was recorded." }),
      }),
    );
    const { header, events } = call({ ice: "new" }).trace;
    const coarse = diagnoseSession({ header: { ...header, clock: "second" }, events });
    expect(coarse.notEvaluated.map(({ code }) => code)).toContain("session/ice-never-started");
    expect(coarse.findings.map(({ code }) => code)).not.toContain("session/ice-never-started");
  });

  it("takes a source's limits: without results nothing is said of what never started", () => {
    const made = script({ format: "other", limits: ["no-results", "no-states"] });
    const alice = made.at("alice");
    alice.call(1, "setLocalDescription", { type: "offer", sdp: offerSdp }, { isOpen: true });
    alice.call(2, "setRemoteDescription", { type: "answer", sdp: answerSdp }, { isOpen: true });
    made.add(9000, { kind: "alive" });
    const { findings, notEvaluated } = diagnoseSession(made.trace);
    expect(findings.map(short)).toEqual([]);
    expect(notEvaluated.map(({ code }) => code)).toContain("session/ice-never-started");
  });
});

describe("the descriptions of a session", () => {
  const broken = offerSdp.replace("a=rtpmap:111 opus/48000/2\r\n", "");
  const lintCodes = (trace: Trace): string[] =>
    diagnoseSession(trace)
      .findings.filter(({ code }) => !code.startsWith("session/"))
      .map(short);

  it("weigh as errors when the engine refused them", () => {
    const made = script();
    const error = { name: "OperationError", message: "Failed." };
    made.at("bob").call(1, "setRemoteDescription", { type: "offer", sdp: broken }, { error });
    expect(lintCodes(made.trace)).toContain("error certain sdp/rtpmap-missing bob");
  });

  it("weigh less when the engine took them, and say nothing of what is only untidy", () => {
    expect(lintCodes(call({ offer: broken }).trace)).toEqual([
      "warning possible sdp/rtpmap-missing alice",
      "warning possible answer/common-format bob",
    ]);
  });

  it("are judged from messages alone when nothing else was recorded", () => {
    const made = script();
    made.message(1, "alice", "bob", { type: "offer", sdp: offerSdp });
    made.message(5, "bob", "alice", {
      type: "answer",
      sdp: answerSdp.replace("a=setup:active", "a=setup:actpass"),
    });
    expect(lintCodes(made.trace)).toContain("error likely answer/setup-role undefined");
  });
});

describe("options", () => {
  it("leave rules out by their codes", () => {
    const trace = fixture("early-candidate");
    const ignore = ["session/candidate-before-description", "session/not-decodable"];
    const { findings, notEvaluated } = diagnoseSession(trace, { ignore });
    const codes = [...findings, ...notEvaluated].map(({ code }) => code);
    expect(codes.filter((code) => ignore.includes(code))).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe("formatDiagnosis", () => {
  it("prints the line, how sure it is, whose it is, when, and how to mend it", () => {
    const trace = fixture("wrong-state");
    const diagnosis = diagnoseSession(trace);
    const text = formatDiagnosis(trace, diagnosis);
    expect(text).toMatch(/^error session\/wrong-state {2}Alice called setRemoteDescription/);
    expect(text).toContain("  certain · Alice pc1 · ");
    expect(text).toContain("  follows from session/candidate-lost");
    expect(text).toMatch(/\n {2}fix: Apply each answer once/);
    expect(text).toMatch(/ \| m=video 9 .*\n +\| \^+/);
    expect(text).toContain("Not evaluated:\n  The recording has no getStats reports.");
    expect(formatDiagnosis(trace, diagnosis, { lang: "ko" })).toMatch(/해결: answer는 한 번만/);
    expect(formatDiagnosis(trace, { findings: [], notEvaluated: [] })).toBe("");
  });
});

describe("hostile traces", { timeout: 60_000 }, () => {
  const inputs = Number(process.env["FUZZ_INPUTS"] ?? 200);

  it("never throw, however their text was damaged", () => {
    const texts = ["early-candidate", "fingerprint-mismatch", "relay-unreachable"].map((name) =>
      writeTrace(fixture(name)),
    );
    const chance = chanceFrom(20261121);
    for (let input = 0; input < inputs; input++) {
      const text = mutate(texts[input % texts.length] as string, chance);
      const { trace } = readTrace(text);
      formatDiagnosis(trace, diagnoseSession(trace));
    }
  });

  it("never throw, whatever stands in their fields", () => {
    const junk: readonly unknown[] = [
      null,
      undefined,
      0,
      -1,
      Number.NaN,
      1e308,
      "",
      "\ud800",
      "__proto__",
      [],
      [[]],
      {},
      true,
      { type: "offer", sdp: "m=" },
      { candidate: "candidate:" },
      { type: "answer", sdp: 7 },
    ];
    const chance = chanceFrom(7);
    const names = [...recorded.keys()];
    for (let input = 0; input < inputs; input++) {
      const trace = structuredClone(fixture(names[input % names.length] as string)) as unknown;
      for (let change = 0; change < 8; change++) damage(trace, junk, chance);
      diagnoseSession(trace as Trace);
    }
    for (const value of [
      undefined,
      null,
      7,
      {},
      { events: null },
      { header: null, events: [null] },
    ])
      expect(diagnoseSession(value as never).findings).toEqual([]);
  });

  it("take megabyte lines and thousands of connections", () => {
    const long = `${offerSdp}a=x:${"y ".repeat(500_000)}\r\n`;
    expect(() => diagnoseSession(call({ offer: long }).trace)).not.toThrow();
    const made = script();
    for (let index = 0; index < 2000; index++) {
      const alice = made.at("alice", `pc${index}`);
      alice.create(index);
      const text = offerSdp.replace("111111", `${index}11111`);
      alice.call(index, "setLocalDescription", { type: "offer", sdp: text });
    }
    made.add(60_000, { kind: "alive" });
    const { findings, notEvaluated } = diagnoseSession(made.trace);
    expect(findings.filter(({ code }) => code === "session/offer-unanswered")).toHaveLength(2000);
    expect(notEvaluated.length).toBeGreaterThan(0);
  });
});

/** Puts something else in a random place of a value. */
function damage(value: unknown, junk: readonly unknown[], chance: (below: number) => number): void {
  let at = value as Record<string, unknown>;
  for (let depth = chance(6); depth > 0; depth--) {
    const keys = Object.keys(at);
    const next = at[keys[chance(keys.length)] ?? ""];
    if (typeof next !== "object" || next === null) break;
    at = next as Record<string, unknown>;
  }
  const keys = Object.keys(at);
  const key = keys[chance(keys.length)];
  if (key !== undefined && at !== value) at[key] = junk[chance(junk.length)];
}

function textIn(event: TraceEvent): string | undefined {
  switch (event.kind) {
    case "call":
      return readDescriptionInit(event.arguments[0])?.sdp;
    case "settle":
      return readDescriptionInit(event.result)?.sdp;
    case "signal": {
      const payload = readPayload(event.data);
      return payload.kind === "description" ? payload.description.sdp : undefined;
    }
    default:
      return undefined;
  }
}
