import { describe, expect, it } from "vitest";
import { withParticles } from "../lib/text.ts";

describe("withParticles", () => {
  it.each([
    // syllables, with and without a final consonant
    ["값이(가) 없습니다", "값이 없습니다"],
    ["주소이(가) 없습니다", "주소가 없습니다"],
    ["길(으)로 보냅니다", "길로 보냅니다"],
    ["값(으)로 바꿉니다", "값으로 바꿉니다"],
    // digits as they are read
    ["96은(는)", "96은"],
    ["VP8은(는)", "VP8은"],
    ["VP9은(는)", "VP9는"],
    ["opus/48000/2을(를)", "opus/48000/2를"],
    ["H264과(와) H265과(와)", "H264와 H265와"],
    ["1(으)로", "1로"],
    ["10(으)로", "10으로"],
    // Latin words and abbreviations as they are pronounced
    ["candidate이(가)", "candidate가"],
    ["rtpmap을(를)", "rtpmap을"],
    ["a=bundle은(는)", "a=bundle은"],
    ["SDP이(가)", "SDP가"],
    ["URL이(가)", "URL이"],
    ["RTP/SAVPF을(를)", "RTP/SAVPF를"],
    ["section은(는)", "section은"],
    // quotes and brackets stand between
    ["“audio”이(가)", "“audio”가"],
    ["96 (VP8)은(는)", "96 (VP8)은"],
    ["`mid`을(를)", "`mid`를"],
    ["108 (level-…42e01f)이(가)", "108 (level-…42e01f)이"],
    ["후보(candidate)은(는)", "후보(candidate)는"],
    ["00:25:22…(으)로", "00:25:22…로"],
  ])("reads %s as %s", (given, wanted) => {
    expect(withParticles(given)).toBe(wanted);
  });

  it("keeps both forms behind a character without a sound, and at the beginning", () => {
    expect(withParticles("*이(가) 있습니다")).toBe("*이(가) 있습니다");
    expect(withParticles("이(가)")).toBe("이(가)");
  });

  it("leaves other brackets alone", () => {
    expect(withParticles("주소(IPv4)가 아닙니다")).toBe("주소(IPv4)가 아닙니다");
  });
});
