import type { Capabilities } from "../capabilities.ts";

/** What Chromium 156.0.8078.79 can do, recorded from its own offers and answers. Generated; do not edit. */
export const chromium: Capabilities = {
  product: "chromium",
  version: "156.0.8078.79",
  policy: "libwebrtc",
  audio: {
    codecs: [
      {
        payloadType: 111,
        name: "opus",
        clockRate: 48000,
        channels: 2,
        fmtp: "minptime=10;useinbandfec=1",
        feedback: ["transport-cc"],
      },
      {
        payloadType: 63,
        name: "red",
        clockRate: 48000,
        channels: 2,
        fmtp: "111/111",
      },
      {
        payloadType: 9,
        name: "G722",
        clockRate: 8000,
      },
      {
        payloadType: 0,
        name: "PCMU",
        clockRate: 8000,
      },
      {
        payloadType: 8,
        name: "PCMA",
        clockRate: 8000,
      },
      {
        payloadType: 13,
        name: "CN",
        clockRate: 8000,
      },
      {
        payloadType: 110,
        name: "telephone-event",
        clockRate: 48000,
      },
      {
        payloadType: 126,
        name: "telephone-event",
        clockRate: 8000,
      },
    ],
    extensions: [
      {
        uri: "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
      },
      {
        uri: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:sdes:mid",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
      },
      {
        uri: "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/generic-frame-descriptor-00",
      },
    ],
  },
  video: {
    codecs: [
      {
        payloadType: 96,
        name: "VP8",
        clockRate: 90000,
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 97,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=96",
      },
      {
        payloadType: 98,
        name: "VP9",
        clockRate: 90000,
        fmtp: "profile-id=0",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 99,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=98",
      },
      {
        payloadType: 100,
        name: "VP9",
        clockRate: 90000,
        fmtp: "profile-id=2",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 101,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=100",
      },
      {
        payloadType: 35,
        name: "VP9",
        clockRate: 90000,
        fmtp: "profile-id=1",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
        use: "recvonly",
      },
      {
        payloadType: 36,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=35",
        use: "recvonly",
      },
      {
        payloadType: 37,
        name: "VP9",
        clockRate: 90000,
        fmtp: "profile-id=3",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
        use: "recvonly",
      },
      {
        payloadType: 38,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=37",
        use: "recvonly",
      },
      {
        payloadType: 102,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 103,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=102",
      },
      {
        payloadType: 104,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 107,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=104",
      },
      {
        payloadType: 108,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 109,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=108",
      },
      {
        payloadType: 114,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 115,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=114",
      },
      {
        payloadType: 116,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 117,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=116",
      },
      {
        payloadType: 39,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=4d001f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 40,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=39",
      },
      {
        payloadType: 41,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=f4001f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
        use: "recvonly",
      },
      {
        payloadType: 42,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=41",
        use: "recvonly",
      },
      {
        payloadType: 43,
        name: "H264",
        clockRate: 90000,
        fmtp: "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=f4001f",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
        use: "recvonly",
      },
      {
        payloadType: 44,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=43",
        use: "recvonly",
      },
      {
        payloadType: 45,
        name: "AV1",
        clockRate: 90000,
        fmtp: "level-idx=5;profile=0;tier=0",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
      },
      {
        payloadType: 46,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=45",
      },
      {
        payloadType: 47,
        name: "AV1",
        clockRate: 90000,
        fmtp: "level-idx=5;profile=1;tier=0",
        feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
        use: "recvonly",
      },
      {
        payloadType: 48,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=47",
        use: "recvonly",
      },
      {
        payloadType: 118,
        name: "red",
        clockRate: 90000,
      },
      {
        payloadType: 119,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=118",
      },
      {
        payloadType: 120,
        name: "ulpfec",
        clockRate: 90000,
      },
      {
        payloadType: 49,
        name: "flexfec-03",
        clockRate: 90000,
        fmtp: "repair-window=10000000",
        feedback: ["goog-remb", "transport-cc"],
        use: "recvonly",
      },
    ],
    extensions: [
      {
        uri: "urn:ietf:params:rtp-hdrext:toffset",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
      },
      {
        uri: "urn:3gpp:video-orientation",
      },
      {
        uri: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/video-timing",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/color-space",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:sdes:mid",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/corruption-detection",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/generic-frame-descriptor-00",
      },
      {
        uri: "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00",
      },
    ],
  },
  data: {
    sctpPort: 5000,
    maxMessageSize: 262144,
  },
  iceOptions: ["trickle"],
  habits: {
    extensionOrder: "own",
    extensionDirection: "ignored",
    formatOrder: "offer",
    repeatedFormat: "last",
    namesSections: true,
    assumesSctpPort: true,
    bundleOrder: "sections",
  },
};
