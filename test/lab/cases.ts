/** One thing worth recording, as data, so that every endpoint plays the same play. */
export interface Case {
  readonly name: string;
  readonly configuration?: RTCConfiguration;
  /** Each round is one offer and its answer, on the same two peers. */
  readonly rounds: readonly Round[];
}

/** What happens before an offer, and how it is answered. */
export interface Round {
  /** An offer that another endpoint made; then nothing is added, and only the answer is asked for. */
  readonly offer?: string;
  readonly add?: readonly Media[];
  /** Number of data channels to open. */
  readonly data?: number;
  /** New direction of an existing transceiver of the offerer, by its index. */
  readonly change?: Readonly<Record<number, RTCRtpTransceiverDirection | "stopped">>;
  readonly iceRestart?: boolean;
  /** The peer that answered before makes this offer. */
  readonly fromAnswerer?: boolean;
  readonly answer?: AnswerPlan;
  /** Descriptions are taken after gathering has ended, candidates inside. */
  readonly gathered?: boolean;
}

/** One media section to offer; with a sending direction it has a track. */
export interface Media {
  readonly kind: "audio" | "video";
  readonly direction: RTCRtpTransceiverDirection;
  /** Encoding names (`VP8`), in the order preferred. */
  readonly codecs?: readonly string[];
  /** Restriction identifiers of a simulcast offer. */
  readonly rids?: readonly string[];
  readonly withoutTrack?: boolean;
}

/** How the answerer deals with the transceivers of an offer; without a plan it sends on all of them. */
export interface AnswerPlan {
  readonly direction?: RTCRtpTransceiverDirection;
  /** Encoding names left in the answer, by kind. */
  readonly codecs?: { readonly audio?: readonly string[]; readonly video?: readonly string[] };
  /** Indexes of transceivers that are stopped before answering. */
  readonly stop?: readonly number[];
}

/** What came of one round. */
export interface Recorded {
  readonly offer: string;
  readonly answer: string;
  /** `RTCIceCandidateInit` as JSON gave it, null for the end of candidates. */
  readonly offerCandidates: readonly unknown[];
  readonly answerCandidates: readonly unknown[];
}

const audio: Media = { kind: "audio", direction: "sendrecv" };
const video: Media = { kind: "video", direction: "sendrecv" };
const both = [audio, video];

/** What browsers are asked to play. */
export const browserCases: readonly Case[] = [
  { name: "audio", rounds: [{ add: [audio] }] },
  { name: "video", rounds: [{ add: [video] }] },
  { name: "av", rounds: [{ add: both }] },
  { name: "data", rounds: [{ data: 1 }] },
  { name: "avd", rounds: [{ add: both, data: 1 }] },
  { name: "avd-gathered", rounds: [{ add: both, data: 1, gathered: true }] },
  {
    name: "avd-max-bundle",
    configuration: { bundlePolicy: "max-bundle" },
    rounds: [{ add: both, data: 1 }],
  },
  {
    name: "avd-max-compat-gathered",
    configuration: { bundlePolicy: "max-compat" },
    rounds: [{ add: both, data: 1, gathered: true }],
  },
  {
    name: "recvonly",
    rounds: [
      {
        add: [
          { kind: "audio", direction: "recvonly" },
          { kind: "video", direction: "recvonly" },
        ],
      },
    ],
  },
  {
    name: "sendonly",
    rounds: [
      {
        add: [
          { kind: "audio", direction: "sendonly" },
          { kind: "video", direction: "sendonly" },
        ],
        answer: { direction: "recvonly" },
      },
    ],
  },
  {
    name: "without-tracks",
    rounds: [{ add: both.map((media) => ({ ...media, withoutTrack: true })) }],
  },
  {
    name: "simulcast",
    rounds: [
      {
        add: [
          { kind: "audio", direction: "sendonly" },
          { kind: "video", direction: "sendonly", rids: ["q", "h", "f"] },
        ],
        answer: { direction: "recvonly" },
      },
    ],
  },
  { name: "two-videos", rounds: [{ add: [video, video] }] },
  {
    name: "five-sections",
    rounds: [
      {
        add: [
          audio,
          { kind: "video", direction: "sendonly" },
          { kind: "video", direction: "recvonly" },
          { kind: "video", direction: "inactive" },
        ],
        data: 2,
      },
    ],
  },
  {
    name: "ice-restart",
    rounds: [{ add: [audio], data: 1 }, { iceRestart: true }],
  },
  {
    name: "stopped",
    rounds: [{ add: both }, { change: { 1: "stopped" } }, { add: [video] }],
  },
  {
    name: "hold",
    rounds: [
      { add: [audio] },
      { change: { 0: "sendonly" } },
      { change: { 0: "inactive" } },
      { change: { 0: "sendrecv" } },
    ],
  },
  { name: "add-video", rounds: [{ add: [audio] }, { add: [video] }] },
  { name: "data-then-media", rounds: [{ data: 1 }, { add: both }] },
  {
    name: "answerer-reoffers",
    rounds: [{ add: [audio] }, { fromAnswerer: true, add: [video] }],
  },
  { name: "answer-stops-first", rounds: [{ add: both, answer: { stop: [0] } }] },
  { name: "answer-stops-video", rounds: [{ add: both, answer: { stop: [1] } }] },
  {
    name: "answer-vp8-opus",
    rounds: [{ add: both, answer: { codecs: { audio: ["opus"], video: ["VP8"] } } }],
  },
  {
    name: "answer-vp9-rtx",
    rounds: [{ add: both, answer: { codecs: { video: ["VP9", "rtx"] } } }],
  },
  { name: "answer-av1", rounds: [{ add: both, answer: { codecs: { video: ["AV1"] } } }] },
  { name: "answer-h264", rounds: [{ add: both, answer: { codecs: { video: ["H264"] } } }] },
  {
    name: "offer-h264-rtx",
    rounds: [{ add: [{ ...video, codecs: ["H264", "rtx"] }] }],
  },
  {
    name: "offer-vp8-pcmu",
    rounds: [
      {
        add: [
          { ...audio, codecs: ["PCMU"] },
          { ...video, codecs: ["VP8"] },
        ],
      },
    ],
  },
  {
    name: "offer-red-ulpfec",
    rounds: [
      {
        add: [
          { ...audio, codecs: ["red", "opus"] },
          { ...video, codecs: ["VP8", "rtx", "red", "ulpfec"] },
        ],
      },
    ],
  },
];

/** What browsers are asked to play with a TURN server. */
export function relayCase(server: RTCIceServer): Case {
  return {
    name: "avd-relay",
    configuration: { iceServers: [server], bundlePolicy: "max-bundle" },
    rounds: [{ add: both, data: 1, gathered: true }],
  };
}

/** What servers and libraries are asked to play: most of them know no more than this. */
export const plainCases: readonly Case[] = [
  { name: "audio", rounds: [{ add: [audio] }] },
  { name: "video", rounds: [{ add: [video] }] },
  { name: "av", rounds: [{ add: both }] },
  { name: "data", rounds: [{ data: 1 }] },
  { name: "avd-gathered", rounds: [{ add: both, data: 1, gathered: true }] },
  {
    name: "recvonly",
    rounds: [
      {
        add: [
          { kind: "audio", direction: "recvonly" },
          { kind: "video", direction: "recvonly" },
        ],
      },
    ],
  },
  { name: "two-videos", rounds: [{ add: [video, video] }] },
];
