import { describe, expect, it } from "vitest";
import type { Codec } from "../../lib/codec/codec.ts";
import { fitsPattern, matchCodec } from "../../lib/codec/match.ts";
import type { MatchPolicy } from "../../lib/codec/rule.ts";

const h264 = (fmtp?: string): Codec => video("H264", fmtp);
const video = (name: string, fmtp?: string): Codec => ({
  name,
  clockRate: 90000,
  ...(fmtp !== undefined && { fmtp }),
});
const audio = (name: string, clockRate: number, channels?: number): Codec => ({
  name,
  clockRate,
  ...(channels !== undefined && { channels }),
});

describe("matchCodec", () => {
  it.each<[string, Codec, Codec, readonly MatchPolicy[]]>([
    [
      "names in any case",
      audio("OPUS", 48000, 2),
      audio("opus", 48000, 2),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    ["other names", video("VP8"), video("VP9"), []],
    [
      "absent channels are one",
      audio("PCMU", 8000),
      audio("PCMU", 8000, 1),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    ["other channel counts", audio("opus", 48000, 2), audio("opus", 48000, 1), []],
    [
      "other audio clock rates",
      audio("telephone-event", 8000),
      audio("telephone-event", 48000),
      [],
    ],
    [
      "other video clock rates, at which libwebrtc does not look",
      { name: "VP8", clockRate: 48000 },
      video("VP8"),
      ["libwebrtc"],
    ],
    [
      "VP8 limits say nothing of identity",
      video("VP8", "max-fs=12288;max-fr=60"),
      video("VP8"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    [
      "VP9 without profile is profile 0",
      video("VP9"),
      video("VP9", "profile-id=0"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    ["VP9 profiles", video("VP9", "profile-id=0"), video("VP9", "profile-id=2"), []],
    [
      "AV1 defaults",
      video("AV1"),
      video("AV1", "level-idx=5;profile=0;tier=0"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    ["AV1 levels", video("AV1", "level-idx=8"), video("AV1"), ["rfc", "libwebrtc", "ignore-level"]],
    ["AV1 tiers", video("AV1", "tier=1"), video("AV1"), ["rfc", "libwebrtc", "ignore-level"]],
    [
      "AV1 profiles, each side's own by its specification",
      video("AV1", "profile=1"),
      video("AV1"),
      ["rfc"],
    ],
    [
      "H.265 levels",
      video("H265", "level-id=120"),
      video("H265"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    ["H.265 profiles", video("H265", "profile-id=2"), video("H265"), []],
    ["H.265 tiers", video("H265", "tier-flag=1"), video("H265"), ["ignore-level"]],
    ["H.265 transmission modes", video("H265", "tx-mode=MRST"), video("H265", "tx-mode=srst"), []],
    [
      "H.264 without parameters on both sides",
      h264(),
      h264(),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    [
      "H.264 absent profile is Baseline in the RFC",
      h264(),
      h264("profile-level-id=42001f"),
      ["rfc", "ignore-level"],
    ],
    [
      "H.264 absent profile is Constrained Baseline in libwebrtc",
      h264(),
      h264("profile-level-id=42e01f"),
      ["libwebrtc"],
    ],
    [
      "H.264 packetization modes",
      h264("profile-level-id=42e01f;packetization-mode=1"),
      h264("profile-level-id=42e01f"),
      [],
    ],
    [
      "H.264 absent mode is 0",
      h264("profile-level-id=42e01f;packetization-mode=0"),
      h264("profile-level-id=42e01f"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    [
      "H.264 levels",
      h264("profile-level-id=42e01f"),
      h264("profile-level-id=42e034"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    [
      "H.264 one profile in two notations (42e0, 4d80)",
      h264("profile-level-id=42e01f"),
      h264("profile-level-id=4d801f"),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    [
      "H.264 Constrained Baseline and Baseline",
      h264("profile-level-id=42e01f"),
      h264("profile-level-id=42001f"),
      [],
    ],
    [
      "H.264 High and Constrained High",
      h264("profile-level-id=64001f"),
      h264("profile-level-id=640c1f"),
      [],
    ],
    [
      "H.264 level 6, which libwebrtc does not know",
      h264("profile-level-id=42e03c"),
      h264("profile-level-id=42e03c"),
      ["rfc", "ignore-level"],
    ],
    [
      "H.264 High 10, which libwebrtc does not know",
      h264("profile-level-id=6e001f"),
      h264("profile-level-id=6e001f"),
      ["rfc", "ignore-level"],
    ],
    [
      "H.264 malformed profile-level-id",
      h264("profile-level-id=42e0"),
      h264("profile-level-id=42e0"),
      [],
    ],
    [
      "static against dynamic payload type",
      { ...audio("PCMU", 8000), payloadType: 0 },
      { ...audio("PCMU", 8000), payloadType: 100 },
      ["rfc", "ignore-level"],
    ],
    [
      "dynamic payload types",
      { ...video("VP8"), payloadType: 96 },
      { ...video("VP8"), payloadType: 120 },
      ["rfc", "libwebrtc", "ignore-level"],
    ],
    [
      "unknown codecs by name, rate and channels",
      audio("speex", 16000),
      audio("SPEEX", 16000),
      ["rfc", "libwebrtc", "ignore-level"],
    ],
  ])("%s", (_, a, b, matching) => {
    for (const policy of ["rfc", "libwebrtc", "ignore-level"] as const) {
      const wanted = matching.includes(policy);
      expect(matchCodec(a, b, policy).matches, policy).toBe(wanted);
      expect(matchCodec(b, a, policy).matches, `${policy}, the other way round`).toBe(wanted);
    }
  });

  it("says why not, with the values", () => {
    const left = h264("profile-level-id=640c1f;packetization-mode=1");
    const { score, reason } = matchCodec(left, h264("profile-level-id=42e01f"));
    expect(score).toBe(0);
    expect(reason.en).toBe(
      "The profiles differ: 640c1f (Constrained High) and 42e01f (Constrained Baseline). packetization-mode differs: 1 and 0 (absent means 0).",
    );
    expect(reason.ko).toContain("프로파일이 다릅니다");
  });

  it("scores a closer level higher", () => {
    const wanted = h264("profile-level-id=42e01f");
    const exact = matchCodec(wanted, h264("profile-level-id=42e01f")).score;
    const near = matchCodec(wanted, h264("profile-level-id=42e020")).score;
    const far = matchCodec(wanted, h264("profile-level-id=42e034")).score;
    expect([exact, near > far, exact > near, far > 0]).toEqual([100, true, true, true]);
    expect(matchCodec(wanted, h264("profile-level-id=42e034"), "ignore-level").score).toBe(100);
  });
});

describe("fitsPattern", () => {
  const offered = h264("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");

  it.each([
    ["H264", true],
    ["h264/90000", true],
    ["H264/8000", false],
    ["VP8", false],
    [{ name: "H264", fmtp: "packetization-mode=1" }, true],
    [{ name: "H264", fmtp: "packetization-mode=0" }, false],
    [{ name: "H264", fmtp: "profile-level-id=42e034" }, true],
    [{ name: "H264", fmtp: "profile-level-id=64001f" }, false],
    [{ name: "H264", fmtp: "profile-level-id=42" }, true],
    [{ name: "H264", fmtp: "profile-level-id=42E0" }, true],
    [{ name: "H264", fmtp: "profile-level-id=64" }, false],
    [{ name: "H264", fmtp: "level-asymmetry-allowed=1" }, true],
    [{ name: "H264", fmtp: "max-fs=99" }, false],
  ])("%j: %s", (pattern, matches) => {
    expect(fitsPattern(offered, pattern).matches).toBe(matches);
  });

  it("takes what a missing parameter means", () => {
    expect(fitsPattern(h264(), { name: "H264", fmtp: "packetization-mode=0" }).matches).toBe(true);
    expect(fitsPattern(video("VP9"), { name: "VP9", fmtp: "profile-id=0" }).matches).toBe(true);
  });

  it.each([["" as const], ["a/b/c/d"], ["opus/-1"], ["opus/48000/x"]])(
    "throws on %j",
    (pattern) => {
      expect(() => fitsPattern(offered, pattern)).toThrow(/codec pattern/);
    },
  );
});
