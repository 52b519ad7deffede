import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { diagnoseSession } from "../../lib/rules/diagnose-session.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";
import "../../lib/vitest/index.ts";

const fixtures = new URL("../fixtures/sdp/chromium-156.0.8078.79/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), "utf8");
const offer = fixture("av.offer.sdp");
const answer = fixture("av.answer.sdp");
const gathered = fixture("avd-gathered.offer.sdp");

describe("toPassRules", () => {
  test("passes for a recorded offer, as text, document or description", () => {
    expect(offer).toPassRules({ type: "offer" });
    expect(parse(offer)).toPassRules();
    expect({ type: "offer", sdp: offer }).toPassRules({ severity: "warning" });
  });

  test("fails with the rule and the offending line", () => {
    const broken = offer.replace("a=rtpmap:111 opus/48000/2\r\n", "");
    expect(broken).not.toPassRules();
    expect(() => expect(broken).toPassRules()).toThrow(/error sdp\/rtpmap-missing[\s\S]*m=audio/);
    expect(() => expect(offer).not.toPassRules()).toThrow("it breaks none");
  });

  test("says what it takes, negated or not", () => {
    expect(() => expect(12).toPassRules()).toThrow("toPassRules takes an SDP text");
    expect(() => expect(null).not.toPassRules()).toThrow("it was given null");
  });
});

describe("toAnswer", () => {
  test("passes for a recorded answer to its offer", () => {
    expect(answer).toAnswer(offer);
    expect({ type: "answer", sdp: answer }).toAnswer({ sdp: offer });
  });

  test("fails with what does not fit, and where in the offer", () => {
    const wrong = answer.replaceAll("a=setup:active", "a=setup:actpass");
    expect(wrong).not.toAnswer(offer);
    expect(() => expect(wrong).toAnswer(offer)).toThrow(
      /answer\/setup[\s\S]*a=setup:actpass[\s\S]*offer \d+:\d+/,
    );
    expect(() => expect(answer).toAnswer(undefined as never)).toThrow("toAnswer's offer takes");
  });
});

describe("toHaveCodec", () => {
  test("finds a codec by name, by rate and by parameters", () => {
    expect(offer).toHaveCodec("vp8");
    expect(offer).toHaveCodec("opus/48000/2", { at: "0" });
    expect(offer).toHaveCodec({
      name: "H264",
      fmtp: "profile-level-id=42e01f;packetization-mode=1",
    });
    expect(offer).not.toHaveCodec("opus", { at: "1" });
    expect(filterCodecs(offer, ["VP8"])).not.toHaveCodec("VP9");
  });

  test("fails with the codecs there are, and the reason for those of that name", () => {
    const pattern = { name: "H264", fmtp: "profile-level-id=f4001f;packetization-mode=0" };
    const only = filterCodecs(offer, [{ name: "H264", fmtp: "profile-level-id=42e01f" }]);
    expect(() => expect(only).toHaveCodec("AV1")).toThrow(/video, mid 1\n {4}\d+ H264\/90000/);
    expect(() => expect(only).toHaveCodec(pattern)).toThrow(/H264\/90000 .*: .*profile/);
    expect(() => expect(offer).not.toHaveCodec("VP8")).toThrow("a=rtpmap:96 VP8/90000");
  });

  test("names the sections there are when asked for another", () => {
    expect(() => expect(offer).toHaveCodec("VP8", { at: "7" })).toThrow('there are "0", "1".');
  });
});

describe("toHaveCandidate", () => {
  test("finds a candidate by what it is", () => {
    expect(gathered).toHaveCandidate();
    expect(gathered).toHaveCandidate({ type: "host", transport: "udp", component: 1 });
    expect(gathered).not.toHaveCandidate({ type: "relay" });
  });

  test("fails with the candidates there are", () => {
    expect(() => expect(gathered).toHaveCandidate({ type: "relay" })).toThrow(
      /with \{"type":"relay"\}, but there are only:\n\n {2}a=candidate:/,
    );
    expect(() => expect(offer).toHaveCandidate()).toThrow("is none: a trickling peer");
    expect(() => expect(gathered).not.toHaveCandidate()).toThrow("a=candidate:");
  });
});

describe("toChangeOnly", () => {
  const stereo = (sdp: string): string => sdp.replace("minptime=10", "minptime=10;stereo=1");

  test("passes when what changed is allowed", () => {
    expect(stereo).toChangeOnly(offer, { attributes: ["fmtp"] });
    expect(stereo).toChangeOnly(offer, { attributes: ["fmtp"], at: "0" });
    expect(stereo).toChangeOnly(offer, { attributes: ["fmtp"], at: [0, 1] });
    expect((sdp: string) => sdp.replace("s=-", "s=call")).toChangeOnly(offer, {
      lines: ["s"],
      at: -1,
    });
  });

  test("waits for a transform that takes its time", async () => {
    await expect(async (sdp: string) => stereo(sdp)).toChangeOnly(offer, { attributes: ["fmtp"] });
    await expect(async () =>
      expect(async (sdp: string) => stereo(sdp)).toChangeOnly(offer, { attributes: ["rtpmap"] }),
    ).rejects.toThrow("it also changed");
  });

  test("shows what else was changed, line by line", () => {
    const greedy = (sdp: string): string => stereo(sdp).replace("a=rtcp-rsize\r\n", "");
    expect(greedy).not.toChangeOnly(offer, { attributes: ["fmtp"] });
    expect(() => expect(greedy).toChangeOnly(offer, { attributes: ["fmtp"] })).toThrow(
      /it also changed:\n\n {2}- +\d+ {2}a=rtcp-rsize$/,
    );
    expect(() => expect(stereo).toChangeOnly(offer, { attributes: ["fmtp"], at: "1" })).toThrow(
      /- +\d+ {2}a=fmtp:111 minptime=10;useinbandfec=1\n {2}\+ +\d+ {2}a=fmtp:111 minptime=10;stereo=1/,
    );
  });

  test("sees a changed line end, a lost section and a transform that does nothing", () => {
    const allowed = { attributes: ["fmtp"] };
    expect((sdp: string) => sdp.replace("\r\n", "\n")).not.toChangeOnly(offer, allowed);
    expect((sdp: string) => sdp.slice(0, sdp.indexOf("m=video"))).not.toChangeOnly(offer, allowed);
    expect(() => expect((sdp: string) => sdp).toChangeOnly(offer, allowed)).toThrow(
      "it changed nothing",
    );
    expect(() => expect(() => undefined).toChangeOnly(offer, allowed)).toThrow("gave no SDP");
  });
});

describe("toConnect and toHaveNoFindings", () => {
  const recorded = (name: string) =>
    readTrace(
      readFileSync(new URL(`../fixtures/traces/${name}.sdpscope.jsonl`, import.meta.url), "utf8"),
    ).trace;

  test("pass for a call that came up, as a trace or what has one", () => {
    expect(recorded("ok")).toConnect();
    expect({ trace: recorded("ok-glare") }).toConnect();
    expect(recorded("ok")).toHaveNoFindings();
  });

  test("fail with the states that were reached, and with the cause first", () => {
    const trace = recorded("early-candidate");
    expect(trace).not.toConnect();
    expect(() => expect(trace).toConnect()).toThrow(
      /Alice: signaling stable, ice new, connection new[\s\S]*error session\/candidate-before-description/,
    );
    expect(() => expect(trace).toHaveNoFindings()).toThrow(
      /session\/candidate-before-description[\s\S]*fix: Keep the candidates/,
    );
    expect(() => expect(recorded("ok")).not.toConnect()).toThrow("but all did");
    expect(() => expect(recorded("ok")).not.toHaveNoFindings()).toThrow("it has none");
  });

  test("take a severity and codes to leave out", () => {
    const trace = recorded("munged");
    expect(trace).not.toHaveNoFindings({ severity: "error" });
    const { findings } = diagnoseSession(trace);
    const ignore = findings.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
    expect(trace).toHaveNoFindings({ severity: "error", ignore });
    expect(trace).not.toHaveNoFindings({ ignore });
  });

  test("name the finding that a recorded failure has", () => {
    const trace = recorded("early-candidate");
    expect(trace).toHaveFinding("session/candidate-before-description");
    expect(trace).not.toHaveFinding("session/dtls-failed");
    expect(() => expect(trace).toHaveFinding("session/dtls-failed")).toThrow(
      /it has:[\s\S]*session\/candidate-before-description/,
    );
    expect(() => expect(trace).not.toHaveFinding("session/candidate-before-description")).toThrow(
      "Expected the session not to have",
    );
    expect(() => expect(trace).not.toHaveFinding("session/no-such")).toThrow("There is no rule");
    expect(() => expect("v=0").toHaveFinding("session/dtls-failed")).toThrow("takes a trace");
  });

  test("do not pass for a recording in which nothing happened, and say what they take", () => {
    expect(createRecorder({ now: () => 0 })).not.toConnect();
    expect(() => expect(createRecorder({ now: () => 0 })).toConnect()).toThrow(
      "no connection in the trace applied a description",
    );
    expect(() => expect("v=0").toConnect()).toThrow("toConnect takes a trace");
    expect(() => expect(null).not.toHaveNoFindings()).toThrow("it was given null");
  });
});
