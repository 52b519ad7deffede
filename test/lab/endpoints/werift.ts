import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as werift from "werift";
import { browserOffers } from "../browser-offers.ts";
import { type Case, plainCases } from "../cases.ts";
import { startCoturn } from "../coturn.ts";
import type { Endpoint } from "../endpoint.ts";
import { playCase } from "../w3c-endpoint.ts";

const { version } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../node_modules/werift/package.json"), "utf8"),
) as { version: string };

/** What a werift peer negotiates when its owner sets it up for interoperation with browsers. */
const rich: Partial<werift.PeerConfig> = {
  codecs: {
    audio: [werift.useOPUS(), werift.usePCMU()],
    video: [werift.useVP8(), werift.useH264(), werift.useVP9(), werift.useAV1X()],
  },
  headerExtensions: {
    audio: [werift.useSdesMid(), werift.useAbsSendTime()],
    video: [
      werift.useSdesMid(),
      werift.useSdesRTPStreamId(),
      werift.useRepairedRtpStreamId(),
      werift.useTransportWideCC(),
    ],
  },
};

const cases: readonly Case[] = [
  ...plainCases,
  ...browserOffers(),
  {
    name: "av-rich",
    configuration: rich as unknown as RTCConfiguration,
    rounds: [
      {
        add: [
          { kind: "audio", direction: "sendrecv" },
          { kind: "video", direction: "sendrecv" },
        ],
      },
    ],
  },
  {
    name: "ice-restart",
    rounds: [{ add: [{ kind: "audio", direction: "sendrecv" }], data: 1 }, { iceRestart: true }],
  },
];

/** werift, in this process: the engine of the headless peer. */
export async function openWerift(): Promise<Endpoint> {
  const coturn = await startCoturn();
  class Peer extends werift.RTCPeerConnection {
    constructor(configuration: Partial<werift.PeerConfig> = {}) {
      // With no server given werift asks one on the internet, and waits 5 s for it.
      super({ iceServers: [{ urls: coturn.stun }], ...configuration });
    }
  }
  Object.assign(globalThis, {
    RTCPeerConnection: Peer,
    MediaStream: werift.MediaStream,
    labTrack: (kind: "audio" | "video") => new werift.MediaStreamTrack({ kind }),
  });
  return { version, cases, play: (play) => playCase(play), close: async () => coturn.stop() };
}
