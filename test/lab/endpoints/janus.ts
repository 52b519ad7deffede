import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { browserOffers } from "../browser-offers.ts";
import type { Case, Recorded } from "../cases.ts";
import { debianVersion } from "../debian.ts";
import type { Endpoint } from "../endpoint.ts";
import { recordedOffers } from "../offers.ts";
import { playCase } from "../w3c-endpoint.ts";
import { openWerift } from "./werift.ts";

const port = 18_188;

/** Janus's media streams that nothing feeds; a watcher gets an offer all the same. */
const streams = {
  "streaming-av": `type = "rtp", id = 1, audio = true, audioport = 15002, audiopt = 111, audiocodec = "opus",
    video = true, videoport = 15004, videopt = 100, videocodec = "vp8"`,
  "streaming-data": `type = "rtp", id = 2, audio = false, video = false, data = true, dataport = 15008`,
};

/** Janus, as Debian packs it: its echo test answers offers, its streaming plugin makes them for werift. */
export async function openJanus(): Promise<Endpoint> {
  const folder = mkdtempSync(join(tmpdir(), "sdpscope-janus-"));
  configure(folder);
  const janus = spawn("janus", ["-F", folder], { stdio: "ignore" });
  const session = await connect();
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
        const answer = await session.ask(
          "janus.plugin.echotest",
          { audio: true, video: true, data: true },
          { type: "offer", sdp: offered },
        );
        return [{ offer: offered, answer, offerCandidates: [], answerCandidates: [] }];
      }
      const id = Object.keys(streams).indexOf(play.name) + 1;
      const offer = await session.ask("janus.plugin.streaming", { request: "watch", id });
      return playCase({ name: play.name, rounds: [{ offer, answer: { direction: "recvonly" } }] });
    },
    close: async () => {
      session.close();
      await werift.close();
      const gone = once(janus, "exit");
      janus.kill();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

function configure(folder: string): void {
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write(
    "janus.jcfg",
    `general: { configs_folder = "${folder}", debug_level = 2 }
     plugins: { disable = "libjanus_sip.so,libjanus_lua.so,libjanus_duktape.so" }\n`,
  );
  write(
    "janus.transport.websockets.jcfg",
    `general: { ws = true, ws_port = ${port}, ws_ip = "127.0.0.1" }\n`,
  );
  write(
    "janus.plugin.streaming.jcfg",
    Object.entries(streams)
      .map(([name, fields]) => `${name}: { ${fields} }\n`)
      .join(""),
  );
}

interface Message {
  readonly janus: string;
  readonly transaction?: string;
  readonly data?: { readonly id: number };
  readonly jsep?: { readonly sdp: string };
  readonly error?: { readonly reason: string };
  readonly plugindata?: unknown;
}

/** A session over Janus's WebSocket API; `ask` attaches a plugin and returns the description it gives. */
async function connect() {
  const socket = await openSocket();
  const waiting = new Map<string, (message: Message) => void>();
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as Message;
    // The description comes in an event behind the acknowledgement.
    if (message.janus === "ack") return;
    waiting.get(message.transaction ?? "")?.(message);
  });
  let count = 0;
  const request = (fields: object): Promise<Message> =>
    new Promise((resolve, reject) => {
      const transaction = String(count++);
      const timer = setTimeout(() => reject(new Error("Janus did not answer in 10 s.")), 10_000);
      waiting.set(transaction, (message) => {
        clearTimeout(timer);
        if (message.error) reject(new Error(message.error.reason));
        else resolve(message);
      });
      socket.send(JSON.stringify({ ...fields, transaction }));
    });
  const session_id = (await request({ janus: "create" })).data?.id;
  return {
    ask: async (plugin: string, body: object, jsep?: object): Promise<string> => {
      const handle_id = (await request({ janus: "attach", session_id, plugin })).data?.id;
      const reply = await request({
        janus: "message",
        session_id,
        handle_id,
        body,
        ...(jsep && { jsep }),
      });
      if (!reply.jsep) throw new Error(`No description: ${JSON.stringify(reply.plugindata)}`);
      return reply.jsep.sdp;
    },
    close: () => socket.close(),
  };
}

async function openSocket(): Promise<WebSocket> {
  for (let tries = 0; ; tries++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, "janus-protocol");
    try {
      await once(socket, "open");
      return socket;
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
