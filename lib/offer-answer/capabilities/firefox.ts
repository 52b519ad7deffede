import type { Capabilities } from "../capabilities.ts";

/** What Firefox 153.7.0 can do, recorded from its own offers and answers. Generated; do not edit. */
export const firefox: Capabilities = {
  product: "firefox",
  version: "153.7.0",
  policy: "rfc",
  audio: {
    codecs: [
      {
        payloadType: 109,
        name: "opus",
        clockRate: 48000,
        channels: 2,
        fmtp: "maxplaybackrate=48000;stereo=1;useinbandfec=1",
        feedback: ["transport-cc"],
      },
      {
        payloadType: 9,
        name: "G722",
        clockRate: 8000,
        feedback: ["transport-cc"],
      },
      {
        payloadType: 0,
        name: "PCMU",
        clockRate: 8000,
        feedback: ["transport-cc"],
      },
      {
        payloadType: 8,
        name: "PCMA",
        clockRate: 8000,
        feedback: ["transport-cc"],
      },
      {
        payloadType: 101,
        name: "telephone-event",
        clockRate: 8000,
        fmtp: "0-15",
      },
    ],
    extensions: [
      {
        uri: "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:csrc-audio-level",
        direction: "recvonly",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:sdes:mid",
      },
      {
        uri: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
      },
    ],
  },
  video: {
    codecs: [
      {
        payloadType: 120,
        name: "VP8",
        clockRate: 90000,
        fmtp: "max-fs=12288;max-fr=60",
        feedback: ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"],
      },
      {
        payloadType: 124,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=120",
      },
      {
        payloadType: 121,
        name: "VP9",
        clockRate: 90000,
        fmtp: "max-fs=12288;max-fr=60",
        feedback: ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"],
      },
      {
        payloadType: 125,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=121",
      },
      {
        payloadType: 99,
        name: "AV1",
        clockRate: 90000,
        feedback: ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"],
      },
      {
        payloadType: 100,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=99",
      },
      {
        payloadType: 123,
        name: "ulpfec",
        clockRate: 90000,
        feedback: ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"],
      },
      {
        payloadType: 122,
        name: "red",
        clockRate: 90000,
        feedback: ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"],
      },
      {
        payloadType: 119,
        name: "rtx",
        clockRate: 90000,
        fmtp: "apt=122",
      },
    ],
    extensions: [
      {
        uri: "urn:ietf:params:rtp-hdrext:sdes:mid",
      },
      {
        uri: "urn:ietf:params:rtp-hdrext:toffset",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
      },
      {
        uri: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
      },
      {
        uri: "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
        direction: "recvonly",
      },
    ],
  },
  data: {
    sctpPort: 5000,
    maxMessageSize: 1073741823,
  },
  iceOptions: ["trickle"],
  habits: {
    extensionOrder: "offer",
    extensionDirection: "own",
    formatOrder: "grouped",
    repeatedFormat: "first",
    ignoredParameters: ["profile-id"],
    fecNeedsRed: true,
    namesSections: true,
    maxFormats: 30,
    bundleOrder: "group",
    refusesBundleOnlyTag: true,
    echoesBundleTags: true,
    answersEachSetup: true,
  },
};
