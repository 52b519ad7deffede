import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Opus. RFC 7587. Always `opus/48000/2`, whatever is really sent. */
export const opus: CodecRule = defineCodecRule({
  names: ["opus"],
  kind: "audio",
  role: "media",
  rfc: rfc(7587, "7"),
  clockRates: [48000],
  meaning: {
    en: "Opus audio, always written opus/48000/2; every parameter is a wish of the receiver or a hint of the sender.",
    ko: "Opus 오디오이며 항상 opus/48000/2로 씁니다. 파라미터는 모두 수신 측의 요청이거나 송신 측의 예고입니다.",
  },
  parameters: [
    {
      name: "stereo",
      meaning: {
        en: "1: this side would like to receive stereo.",
        ko: "1이면 이쪽이 스테레오 수신을 선호합니다.",
      },
    },
    {
      name: "sprop-stereo",
      meaning: {
        en: "1: this side will probably send stereo.",
        ko: "1이면 이쪽이 스테레오로 보낼 가능성이 높습니다.",
      },
    },
    {
      name: "maxplaybackrate",
      meaning: {
        en: "The highest sampling rate this side can play, in hertz.",
        ko: "이쪽이 재생할 수 있는 최대 샘플링 레이트(Hz)입니다.",
      },
    },
    {
      name: "sprop-maxcapturerate",
      meaning: {
        en: "The highest sampling rate this side will capture, in hertz.",
        ko: "이쪽이 캡처할 최대 샘플링 레이트(Hz)입니다.",
      },
    },
    {
      name: "maxaveragebitrate",
      meaning: {
        en: "The highest average bit rate this side wants to receive, in bit/s.",
        ko: "이쪽이 받고 싶은 최대 평균 비트레이트(bit/s)입니다.",
      },
    },
    {
      name: "minptime",
      meaning: {
        en: "The shortest packet this side wants to receive, in milliseconds.",
        ko: "이쪽이 받고 싶은 가장 짧은 패킷 길이(ms)입니다.",
      },
    },
    {
      name: "maxptime",
      meaning: {
        en: "The longest packet this side wants to receive, in milliseconds.",
        ko: "이쪽이 받고 싶은 가장 긴 패킷 길이(ms)입니다.",
      },
    },
    {
      name: "ptime",
      meaning: {
        en: "The packet length this side would like, in milliseconds.",
        ko: "이쪽이 원하는 패킷 길이(ms)입니다.",
      },
    },
    {
      name: "cbr",
      meaning: {
        en: "1: this side wants to receive a constant bit rate.",
        ko: "1이면 이쪽이 고정 비트레이트 수신을 원합니다.",
      },
    },
    {
      name: "useinbandfec",
      meaning: {
        en: "1: this side can use the forward error correction inside Opus packets.",
        ko: "1이면 이쪽이 Opus 패킷 안의 순방향 오류 정정을 사용할 수 있습니다.",
      },
    },
    {
      name: "usedtx",
      meaning: {
        en: "1: this side would like nothing to be sent during silence.",
        ko: "1이면 이쪽이 무음 구간에는 전송하지 않기를 원합니다.",
      },
    },
  ],
});
