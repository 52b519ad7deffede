import type { Tone } from "../../lib/index.ts";

/** A recorded failure that comes with the page; loaded when somebody opens it. */
export interface Sample {
  readonly id:
    | "early-candidate"
    | "relay-unreachable"
    | "fingerprint-mismatch"
    | "wrong-state"
    | "munged"
    | "reload";
  /** The recording, beside the page. */
  readonly url: string;
  /** What went wrong, as an engine or a description puts it. */
  readonly clue: string;
  /** Its lanes as a small drawing: bars from and to, in hundredths of the width, and crosses. */
  readonly lanes: readonly {
    readonly bars: readonly (readonly [tone: Tone, from: number, to: number])[];
    readonly crosses?: readonly number[];
  }[];
}

/** Six failures to learn from, recorded with Chromium. */
export const samples: readonly Sample[] = [
  {
    id: "early-candidate",
    url: new URL("../../test/fixtures/traces/early-candidate.sdpscope.jsonl", import.meta.url).href,
    clue: "addIceCandidate → InvalidStateError",
    lanes: [
      {
        bars: [
          ["idle", 0, 15],
          ["progress", 16, 49],
          ["ok", 50, 98],
        ],
      },
      { bars: [["progress", 46, 64]], crosses: [24, 29, 34, 40] },
      {
        bars: [
          ["idle", 0, 45],
          ["failed", 46, 98],
        ],
      },
    ],
  },
  {
    id: "relay-unreachable",
    url: new URL("../../test/fixtures/traces/relay-unreachable.sdpscope.jsonl", import.meta.url)
      .href,
    clue: "iceTransportPolicy: relay, 0 candidates",
    lanes: [
      {
        bars: [
          ["idle", 0, 14],
          ["waiting", 15, 98],
        ],
      },
      { bars: [["progress", 15, 40]], crosses: [78] },
      {
        bars: [
          ["idle", 0, 40],
          ["failed", 41, 98],
        ],
      },
    ],
  },
  {
    id: "fingerprint-mismatch",
    url: new URL("../../test/fixtures/traces/fingerprint-mismatch.sdpscope.jsonl", import.meta.url)
      .href,
    clue: "a=fingerprint, DTLS → failed",
    lanes: [
      {
        bars: [
          ["idle", 0, 12],
          ["progress", 13, 30],
          ["ok", 31, 98],
        ],
      },
      {
        bars: [
          ["progress", 31, 46],
          ["ok", 47, 98],
        ],
      },
      {
        bars: [
          ["idle", 0, 46],
          ["progress", 47, 66],
          ["failed", 67, 98],
        ],
        crosses: [66],
      },
    ],
  },
  {
    id: "wrong-state",
    url: new URL("../../test/fixtures/traces/wrong-state.sdpscope.jsonl", import.meta.url).href,
    clue: "setRemoteDescription → InvalidStateError",
    lanes: [
      {
        bars: [
          ["idle", 0, 15],
          ["progress", 16, 52],
        ],
        crosses: [56],
      },
      { bars: [["idle", 0, 60]], crosses: [66] },
      {
        bars: [
          ["idle", 0, 66],
          ["failed", 67, 98],
        ],
      },
    ],
  },
  {
    id: "munged",
    url: new URL("../../test/fixtures/traces/munged.sdpscope.jsonl", import.meta.url).href,
    clue: "createOffer ≠ setLocalDescription",
    lanes: [
      {
        bars: [
          ["ok", 0, 22],
          ["progress", 23, 46],
          ["waiting", 47, 70],
        ],
      },
      { bars: [["ok", 0, 22]], crosses: [27, 52] },
      {
        bars: [
          ["idle", 0, 34],
          ["failed", 35, 98],
        ],
      },
    ],
  },
  {
    id: "reload",
    url: new URL("../../test/fixtures/traces/reload.sdpscope.jsonl", import.meta.url).href,
    clue: "pc1 → pc2",
    lanes: [
      {
        bars: [
          ["ok", 0, 40],
          ["waiting", 41, 72],
          ["failed", 73, 98],
        ],
      },
      {
        bars: [
          ["ok", 0, 38],
          ["ended", 39, 44],
        ],
      },
      { bars: [["progress", 52, 98]], crosses: [62] },
    ],
  },
];
