import { describe, expect, it } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { matchServerCodecs } from "../../lib/offer-answer/server-codecs.ts";
import { readFixture } from "../support/capability-fixture.ts";

const offer = readFixture("chromium").offers["recvonly"] ?? "";

const formats = (text: string, choice: Parameters<typeof matchServerCodecs>[1]) =>
  [
    ...filterCodecs(text, matchServerCodecs(text, choice))
      .toString()
      .matchAll(/^m=(?:audio|video) .*SAVPF (.*)\r$/gm),
  ].map((match) => match[1]);

describe("matchServerCodecs", () => {
  it("cuts the offer to the announced codec of each kind, without companions", () => {
    expect(formats(offer, { video: "VP8", audio: "opus" })).toEqual(["111", "96"]);
    expect(formats(offer, { audio: "PCMU" })[0]).toBe("0");
  });

  it("leaves a kind alone that was not announced", () => {
    const [audio, video] = formats(offer, { video: "VP9" });
    expect(audio).toBe("111 63 9 0 8 13 110 126");
    expect(video).toBe("98");
  });

  it.each([
    ["H264", "108"],
    [{ name: "H264", fmtp: "packetization-mode=0" }, "114"],
    [{ name: "H264", fmtp: "profile-level-id=42" }, "108"],
    [{ name: "H264", fmtp: "profile-level-id=42001f" }, "102"],
    [{ name: "H264", fmtp: "profile-level-id=4d0028;packetization-mode=0" }, "39"],
    ["AV1", "45"],
    [{ name: "VP9", fmtp: "profile-id=2" }, "100"],
  ])("chooses the best variant of %j: %s", (video, expected) => {
    expect(formats(offer, { video })[1]).toBe(expected);
  });

  it("gives a reason for every dropped format", () => {
    const { kept, dropped } = matchServerCodecs(offer, { video: "H264" });
    expect(kept.map(({ reason }) => reason.en)).toEqual([
      "The server announced H264; payload type 108 is its best variant here.",
    ]);
    const reasons = new Map(dropped.map(({ format, reason }) => [format, reason.en]));
    expect(reasons.get("96")).toBe("VP8/90000 is not H264.");
    expect(reasons.get("109")).toBe("The server announced H264 alone, not rtx/90000 beside it.");
    expect(reasons.get("102")).toMatch(
      /^It fits too, but payload type 108 .* is the better variant\.$/,
    );
  });

  it("leaves the text as it was when nothing fits, and lists what the offer has", () => {
    const selection = matchServerCodecs(offer, { video: "H265", audio: "opus" });
    expect(filterCodecs(offer, selection).toString()).toBe(offer);
    const [finding] = selection.diagnostics;
    expect(finding).toMatchObject({ code: "server-codec/not-offered", severity: "error" });
    expect(finding?.message.en).toMatch(
      /^The server announced H265, but the video section \(mid 1\) offers only VP8\/90000 \(96\), /,
    );
    expect(finding?.related?.[0]?.message.en).toBe("VP8/90000 is not H265.");
    expect(offer.slice(finding?.span?.start, finding?.span?.end)).toMatch(/^m=video /);
  });

  it("says so when the offer has no section of the kind", () => {
    const audioOnly = offer.slice(0, offer.indexOf("m=video"));
    expect(matchServerCodecs(audioOnly, { video: "VP8" }).diagnostics).toMatchObject([
      { code: "server-codec/kind-not-offered" },
    ]);
  });
});
