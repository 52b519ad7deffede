import type { Message } from "../text.ts";

/** What libwebrtc's `SdpMungingType` tells apart, in words of ours. `unknown-modification` is every other change. */
export type MungingKind =
  | "unknown-modification"
  | "number-of-contents"
  | "ice-options"
  | "ice-pwd"
  | "ice-ufrag"
  | "ice-mode"
  | "dtls-setup"
  | "mid"
  | "payload-types"
  | "ssrcs"
  | "ice-options-renomination"
  | "direction"
  | "rtp-header-extension-removed"
  | "rtp-header-extension-added"
  | "rtp-header-extension-modified"
  | "audio-codecs-removed"
  | "audio-codecs-added"
  | "audio-codecs-reordered"
  | "audio-codecs-added-multiopus"
  | "audio-codecs-added-l16"
  | "audio-codecs-rtcp-fb-audio-nack"
  | "audio-codecs-fmtp-opus-fec"
  | "audio-codecs-fmtp-opus-cbr"
  | "audio-codecs-fmtp-opus-stereo"
  | "audio-codecs-fmtp-opus-dtx"
  | "audio-codecs-fmtp"
  | "audio-codecs-rtcp-fb"
  | "audio-codecs-rtcp-fb-rrtr"
  | "video-codecs-removed"
  | "video-codecs-added"
  | "video-codecs-reordered"
  | "video-codecs-legacy-simulcast"
  | "video-codecs-fmtp-h264-sps-pps-idr-in-keyframe"
  | "video-codecs-fmtp"
  | "video-codecs-rtcp-fb"
  | "video-codecs-added-with-raw-packetization"
  | "video-codecs-modified-with-raw-packetization";

/** What is known of a kind of change. */
export interface MungingFacts {
  /** The number in libwebrtc's `SdpMungingType` and in Chromium's statistics. */
  readonly number: number;
  /** What does the same without touching the text. */
  readonly instead: Message;
  /**
   * Whether the change takes something away or asks for it otherwise, so that it may still be made on the way
   * to the other side. RFC 9429 §5.4.
   */
  readonly reduces: boolean;
  /** The browsers whose `setLocalDescription` refused it: tried with Chromium 156 and Firefox 153. */
  readonly refusedBy?: readonly ("chromium" | "firefox")[];
}

const preferences: Message = {
  en: "Call setCodecPreferences on the transceiver.",
  ko: "트랜시버의 setCodecPreferences를 호출하십시오.",
};
const headerExtensions: Message = {
  en: "Call setHeaderExtensionsToNegotiate on the transceiver.",
  ko: "트랜시버의 setHeaderExtensionsToNegotiate를 호출하십시오.",
};
const receiverWish: Message = {
  en: "It is a wish of the receiving side: change the description after setLocalDescription, before it is sent, or the received one before setRemoteDescription.",
  ko: "수신 측의 요청입니다. setLocalDescription을 호출한 뒤 보내기 전에 바꾸거나, 받은 설명을 setRemoteDescription 전에 바꾸십시오.",
};
const nothing: Message = {
  en: "No API does this; leave it as it was created.",
  ko: "이를 위한 API는 없습니다. 만들어진 그대로 두십시오.",
};
const restartIce: Message = {
  en: "Call restartIce(): the next offer has new credentials, chosen by the browser.",
  ko: "restartIce()를 호출하십시오. 다음 offer에 브라우저가 고른 새 자격 증명이 담깁니다.",
};

/** The facts of every kind, in the order of libwebrtc's numbers. */
export const mungingKinds: Readonly<Record<MungingKind, MungingFacts>> = {
  "unknown-modification": { number: 1, reduces: false, instead: nothing },
  "number-of-contents": {
    number: 4,
    reduces: false,
    refusedBy: ["chromium", "firefox"],
    instead: {
      en: "Add a section with addTransceiver or createDataChannel, take one away with transceiver.stop().",
      ko: "섹션은 addTransceiver나 createDataChannel로 더하고 transceiver.stop()으로 없애십시오.",
    },
  },
  "ice-options": { number: 20, reduces: false, instead: nothing },
  "ice-pwd": { number: 21, reduces: false, instead: restartIce },
  "ice-ufrag": { number: 22, reduces: false, instead: restartIce },
  "ice-mode": { number: 23, reduces: false, refusedBy: ["firefox"], instead: nothing },
  "dtls-setup": {
    number: 24,
    reduces: false,
    instead: {
      en: "No API chooses the DTLS role; the answerer decides, and a received offer may be changed before setRemoteDescription.",
      ko: "DTLS 역할을 고르는 API는 없습니다. answerer가 정하며, 받은 offer는 setRemoteDescription 전에 바꿀 수 있습니다.",
    },
  },
  mid: { number: 25, reduces: false, refusedBy: ["firefox"], instead: nothing },
  "payload-types": { number: 26, reduces: false, instead: nothing },
  ssrcs: { number: 27, reduces: false, instead: nothing },
  "ice-options-renomination": { number: 28, reduces: false, instead: nothing },
  direction: {
    number: 29,
    reduces: true,
    instead: {
      en: "Set transceiver.direction before the description is created.",
      ko: "설명을 만들기 전에 transceiver.direction을 지정하십시오.",
    },
  },
  "rtp-header-extension-removed": { number: 40, reduces: true, instead: headerExtensions },
  "rtp-header-extension-added": { number: 41, reduces: false, instead: headerExtensions },
  "rtp-header-extension-modified": { number: 42, reduces: false, instead: nothing },
  "audio-codecs-removed": { number: 60, reduces: true, instead: preferences },
  "audio-codecs-added": { number: 61, reduces: false, instead: preferences },
  "audio-codecs-reordered": { number: 62, reduces: true, instead: preferences },
  "audio-codecs-added-multiopus": { number: 63, reduces: false, instead: nothing },
  "audio-codecs-added-l16": { number: 64, reduces: false, instead: nothing },
  "audio-codecs-rtcp-fb-audio-nack": { number: 65, reduces: false, instead: nothing },
  "audio-codecs-fmtp-opus-fec": { number: 66, reduces: true, instead: receiverWish },
  "audio-codecs-fmtp-opus-cbr": { number: 67, reduces: true, instead: receiverWish },
  "audio-codecs-fmtp-opus-stereo": { number: 68, reduces: true, instead: receiverWish },
  "audio-codecs-fmtp-opus-dtx": { number: 69, reduces: true, instead: receiverWish },
  "audio-codecs-fmtp": {
    number: 70,
    reduces: true,
    instead: {
      en: "Limit what is sent with RTCRtpSender.setParameters (maxBitrate); a wish of the receiving side may be written after setLocalDescription, before the description is sent.",
      ko: "보내는 쪽은 RTCRtpSender.setParameters(maxBitrate)로 제한하십시오. 수신 측의 요청은 setLocalDescription을 호출한 뒤 보내기 전에 적을 수 있습니다.",
    },
  },
  "audio-codecs-rtcp-fb": { number: 71, reduces: true, instead: nothing },
  "audio-codecs-rtcp-fb-rrtr": { number: 72, reduces: false, instead: nothing },
  "video-codecs-removed": { number: 80, reduces: true, instead: preferences },
  "video-codecs-added": { number: 81, reduces: false, instead: preferences },
  "video-codecs-reordered": { number: 82, reduces: true, instead: preferences },
  "video-codecs-legacy-simulcast": {
    number: 83,
    reduces: false,
    instead: {
      en: "Ask for simulcast with addTransceiver(track, { sendEncodings }).",
      ko: "addTransceiver(track, { sendEncodings })로 사이멀캐스트를 요청하십시오.",
    },
  },
  "video-codecs-fmtp-h264-sps-pps-idr-in-keyframe": {
    number: 84,
    reduces: false,
    instead: nothing,
  },
  "video-codecs-fmtp": {
    number: 85,
    reduces: true,
    instead: {
      en: "Choose a variant with setCodecPreferences; limit what is sent with RTCRtpSender.setParameters.",
      ko: "변형은 setCodecPreferences로 고르고, 보내는 쪽은 RTCRtpSender.setParameters로 제한하십시오.",
    },
  },
  "video-codecs-rtcp-fb": { number: 86, reduces: true, instead: nothing },
  "video-codecs-added-with-raw-packetization": { number: 87, reduces: false, instead: nothing },
  "video-codecs-modified-with-raw-packetization": { number: 88, reduces: false, instead: nothing },
};
