import { startJanus } from "../../support/janus.ts";
import { browserOffers } from "../browser-offers.ts";
import type { Case, Recorded } from "../cases.ts";
import { debianVersion } from "../debian.ts";
import type { Endpoint } from "../endpoint.ts";
import { recordedOffers } from "../offers.ts";
import { playCase } from "../w3c-endpoint.ts";
import { openWerift } from "./werift.ts";

/** Janus's media streams that nothing feeds; a watcher gets an offer all the same. */
const streams = {
  "streaming-av": `type = "rtp", id = 1, audio = true, audioport = 15002, audiopt = 111, audiocodec = "opus",
    video = true, videoport = 15004, videopt = 100, videocodec = "vp8"`,
  "streaming-data": `type = "rtp", id = 2, audio = false, video = false, data = true, dataport = 15008`,
};

/** Janus, as Debian packs it: its echo test answers offers, its streaming plugin makes them for werift. */
export async function openJanus(): Promise<Endpoint> {
  const janus = await startJanus({
    "janus.plugin.streaming.jcfg": Object.entries(streams)
      .map(([name, fields]) => `${name}: { ${fields} }\n`)
      .join(""),
  });
  const ask = async (plugin: string, body: object, jsep?: object): Promise<string> => {
    const handle = await janus.attach(plugin);
    const reply = await handle.ask(body, jsep);
    if (!reply.jsep) throw new Error(`No description: ${JSON.stringify(reply.plugindata)}`);
    return reply.jsep.sdp;
  };
  const werift = await openWerift();
  return {
    version: debianVersion("janus"),
    cases: [
      ...browserOffers(),
      ...recordedOffers(["werift"])
        .filter(({ name }) => name.endsWith("/av-rich.offer.sdp"))
        .map(({ sdp }) => ({ name: "av-of-werift", rounds: [{ offer: sdp }] })),
      ...Object.keys(streams).map((name) => ({ name, rounds: [{}] })),
    ],
    play: async (play: Case): Promise<Recorded[]> => {
      const offered = play.rounds[0]?.offer;
      if (offered !== undefined) {
        const answer = await ask(
          "janus.plugin.echotest",
          { audio: true, video: true, data: true },
          { type: "offer", sdp: offered },
        );
        return [{ offer: offered, answer, offerCandidates: [], answerCandidates: [] }];
      }
      const id = Object.keys(streams).indexOf(play.name) + 1;
      const offer = await ask("janus.plugin.streaming", { request: "watch", id });
      return playCase({ name: play.name, rounds: [{ offer, answer: { direction: "recvonly" } }] });
    },
    close: async () => {
      await werift.close();
      await janus.stop();
    },
  };
}
