import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { freePort } from "./turn-server.ts";

/** A Janus of this machine, with a session over its WebSocket API. */
export interface Janus {
  /** Attaches a plugin, such as `janus.plugin.echotest`; the listener hears of all its events. */
  attach(plugin: string, listener?: (message: JanusMessage) => void): Promise<JanusHandle>;
  stop(): Promise<void>;
}

/** One attached plugin. */
export interface JanusHandle {
  /** Sends a message to the plugin and resolves with its answer; rejects with Janus's or the plugin's error. */
  ask(body: object, jsep?: object): Promise<JanusMessage>;
  /** Passes a candidate on; null for the end of them. */
  trickle(candidate: object | null): Promise<void>;
  detach(): Promise<void>;
}

/** What Janus says, as far as it is read here. */
export interface JanusMessage {
  readonly janus: string;
  readonly transaction?: string;
  readonly sender?: number;
  readonly data?: { readonly id: number };
  readonly jsep?: { readonly type: "offer" | "answer"; readonly sdp: string };
  readonly error?: { readonly reason: string };
  readonly plugindata?: { readonly data: Readonly<Record<string, unknown>> };
  readonly type?: string;
  readonly receiving?: boolean;
  readonly candidate?: { readonly candidate?: string };
}

/** Starts Debian's Janus with its WebSocket API alone. `plugins` are the texts of configuration files, by name. */
export async function startJanus(plugins: Readonly<Record<string, string>> = {}): Promise<Janus> {
  const folder = mkdtempSync(join(tmpdir(), "sdpscope-janus-"));
  const port = await freePort();
  const files: Readonly<Record<string, string>> = {
    // Debian's Janus 1.1.2 sometimes crashes while it loads a transport that has no configuration.
    "janus.jcfg": `general: { configs_folder = "${folder}", debug_level = 2 }
     plugins: { disable = "libjanus_sip.so,libjanus_lua.so,libjanus_duktape.so" }
     transports: { disable = "libjanus_http.so,libjanus_rabbitmq.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so" }\n`,
    "janus.transport.websockets.jcfg": `general: { ws = true, ws_port = ${port}, ws_ip = "127.0.0.1" }\n`,
    ...plugins,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const janus = spawn("janus", ["-F", folder], { stdio: "ignore" });
  const socket = await openSocket(port);
  const waiting = new Map<string, (message: JanusMessage) => void>();
  const listeners = new Map<number, (message: JanusMessage) => void>();
  socket.on("message", (bytes) => {
    const message = JSON.parse(String(bytes)) as JanusMessage;
    // The answer of a plugin comes in an event behind the acknowledgement.
    if (message.janus === "ack") return waiting.get(`${message.transaction} ack`)?.(message);
    waiting.get(message.transaction ?? "")?.(message);
    if (message.sender !== undefined) listeners.get(message.sender)?.(message);
  });
  let count = 0;
  const request = (fields: object, endsWith: "answer" | "ack" = "answer"): Promise<JanusMessage> =>
    new Promise((resolve, reject) => {
      const transaction = `t${count++}`;
      const keys = [transaction, `${transaction} ack`] as const;
      const settle = (message: JanusMessage): void => {
        clearTimeout(timer);
        for (const key of keys) waiting.delete(key);
        const failure = message.error?.reason ?? message.plugindata?.data["error"];
        if (failure !== undefined) reject(new Error(`Janus: ${failure}`));
        else resolve(message);
      };
      const timer = setTimeout(
        () => settle({ janus: "", error: { reason: "no answer in 10 s" } }),
        10_000,
      );
      waiting.set(keys[0], settle);
      if (endsWith === "ack") waiting.set(keys[1], settle);
      socket.send(JSON.stringify({ ...fields, transaction }));
    });
  const session_id = (await request({ janus: "create" })).data?.id;

  return {
    async attach(plugin, listener) {
      const handle_id = (await request({ janus: "attach", session_id, plugin })).data?.id ?? 0;
      const address = { session_id, handle_id };
      if (listener !== undefined) listeners.set(handle_id, listener);
      return {
        ask: (body, jsep) => request({ janus: "message", ...address, body, ...(jsep && { jsep }) }),
        async trickle(candidate) {
          const given = candidate ?? { completed: true };
          await request({ janus: "trickle", ...address, candidate: given }, "ack");
        },
        async detach() {
          listeners.delete(handle_id);
          await request({ janus: "detach", ...address });
        },
      };
    },
    async stop() {
      socket.terminate();
      const gone = once(janus, "exit");
      janus.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openSocket(port: number): Promise<WebSocket> {
  for (let tries = 0; ; tries++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, "janus-protocol");
    try {
      await once(socket, "open");
      return socket;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
