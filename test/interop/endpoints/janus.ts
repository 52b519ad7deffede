import { debianVersion } from "../../lab/debian.ts";
import type { Janus, JanusHandle, JanusMessage } from "../../support/janus.ts";
import { startJanus } from "../../support/janus.ts";
import type {
  Agent,
  AgentConnection,
  AgentOptions,
  AgentReport,
  Candidate,
  Description,
} from "../agent.ts";
import type { Endpoint } from "../endpoint.ts";
import { defineEndpoint } from "../endpoint.ts";
import { missingDebian, missingModule } from "../installed.ts";
import { openNodeAgent } from "./node.ts";

const ROOM = 1234;

/**
 * Janus forwards, it neither decodes nor makes media. Its echo test answers and sends back what it gets; its video room
 * offers what a publisher, here libwebrtc, sends.
 */
export const janus: Endpoint = defineEndpoint({
  name: "janus",
  title: "Janus",
  install: "apt-get install janus",
  missing: () => missingDebian("janus") ?? missingModule("@roamhq/wrtc"),
  async open() {
    const server = await startJanus({
      "janus.plugin.videoroom.jcfg": `room-${ROOM}: { publishers = 6, audiocodec = "opus", videocodec = "vp8" }\n`,
    });
    const publisher = await publish(server);
    const agent: Agent = {
      version: debianVersion("janus"),
      open: (options, onCandidate) => connect(server, publisher, options, onCandidate),
      async close() {
        await publisher.close();
        await server.stop();
      },
    };
    return {
      version: agent.version,
      agent,
      hasNoDecoder: true,
      // Janus opens no channel of its own, and passes data on to those who have opened one.
      peer: { answersWithChannel: true },
      ways: (offerer) => (offerer === "peer" ? ["echo"] : ["toPeer"]),
      close: () => agent.close(),
    };
  },
});

interface Publisher {
  /** Its id in the room. */
  readonly feed: number;
  /** The mid of each of its streams. */
  readonly mids: Readonly<Record<string, string>>;
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

/** libwebrtc in the video room: audio, video and data for whoever subscribes. */
async function publish(server: Janus): Promise<Publisher> {
  const wrtc = await openNodeAgent("wrtc");
  const handle = await server.attach("janus.plugin.videoroom");
  const connection = await wrtc.open({ media: ["audio", "video"], hasData: true }, (candidate) => {
    handle.trickle(candidate).catch(() => {});
  });
  const joined = await handle.ask({ request: "join", ptype: "publisher", room: ROOM });
  const offer = await connection.offer();
  const { jsep } = await handle.ask({ request: "publish" }, offer);
  if (jsep === undefined) throw new Error("Janus gave no answer to the publisher.");
  await connection.accept(jsep as Description);
  const mids: Record<string, string> = {};
  for (const section of offer.sdp.split("\r\nm=").slice(1)) {
    const mid = /\r\na=mid:(\S+)/.exec(section)?.[1];
    if (mid !== undefined) mids[section.split(" ", 1)[0] ?? ""] = mid;
  }
  return {
    feed: Number(joined.plugindata?.data["id"]),
    mids,
    say: (text) => connection.say(text),
    close: () => wrtc.close(),
  };
}

/** One connection to Janus: to the echo test when it is offered to, to the video room when it shall offer. */
async function connect(
  server: Janus,
  publisher: Publisher,
  { media, hasData }: AgentOptions,
  onCandidate: (candidate: Candidate) => void,
): Promise<AgentConnection> {
  const receiving = new Map<string, boolean>();
  let state = "new";
  let handle: JanusHandle | undefined;
  let talking: NodeJS.Timeout | undefined;
  const listen = (message: JanusMessage): void => {
    if (message.janus === "webrtcup") state = "connected";
    if (message.janus === "media") receiving.set(message.type ?? "", message.receiving === true);
    if (message.janus === "trickle" && message.candidate?.candidate !== undefined)
      onCandidate({ sdpMLineIndex: 0, ...message.candidate } as Candidate);
  };
  const attach = async (plugin: string): Promise<JanusHandle> => {
    handle = await server.attach(plugin, listen);
    return handle;
  };
  const described = ({ jsep }: JanusMessage): Description => {
    if (jsep === undefined) throw new Error("Janus gave no description.");
    return { type: jsep.type, sdp: jsep.sdp };
  };
  return {
    async answer(offer) {
      const echo = await attach("janus.plugin.echotest");
      return described(await echo.ask({ audio: true, video: true, data: true }, offer));
    },
    async offer() {
      const room = await attach("janus.plugin.videoroom");
      const kinds = [...media, ...(hasData ? ["application"] : [])];
      const streams = kinds.map((kind) => ({ feed: publisher.feed, mid: publisher.mids[kind] }));
      return described(
        await room.ask({ request: "join", ptype: "subscriber", room: ROOM, streams }),
      );
    },
    async accept(answer) {
      await handle?.ask({ request: "start" }, answer);
      if (hasData) talking = setInterval(() => publisher.say("hello").catch(() => {}), 20);
    },
    async addCandidate(candidate) {
      await handle?.trickle(candidate);
    },
    // The echo test says nothing by itself; in the room the publisher talks.
    say: async () => {},
    async report() {
      const media = (kind: string): AgentReport["audio"] => ({
        decoded: receiving.get(kind) ? 5 : 0,
      });
      return { connection: state, messages: 0, audio: media("audio"), video: media("video") };
    },
    async close() {
      clearInterval(talking);
      await handle?.detach();
    },
  };
}
