import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real coturn on this machine, for one test file. */
export interface TurnServer {
  /** The address of its plain port, for UDP and TCP. */
  readonly address: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly username: string;
  readonly credential: string;
  stop(): Promise<void>;
}

/** How a coturn is started. */
export interface TurnServerOptions {
  /** Where it listens; 127.0.0.1 and 127.0.0.2 unless told otherwise: with two it tells clients its other address. */
  readonly addresses?: readonly string[];
  /** More of coturn's options, such as `--user-quota=1`. */
  readonly options?: readonly string[];
}

/** Where Debian's coturn is; undefined when it is not installed. */
export const coturnPath: string | undefined = [
  "/usr/bin/turnserver",
  "/usr/local/bin/turnserver",
].find(existsSync);

/**
 * Whether tests with a real coturn can run. Where there is none this says once how to get it, and with
 * `REQUIRE_ENDPOINTS=1` it throws instead.
 */
export function hasCoturn(): boolean {
  if (coturnPath !== undefined) return true;
  const advice = "Tests with a TURN server need coturn (Debian: apt-get install coturn).";
  if (process.env["REQUIRE_ENDPOINTS"] === "1") throw new Error(advice);
  process.stderr.write(`Left out: ${advice}\n`);
  return false;
}

/** Starts coturn on free ports, with the certificate of `test/fixtures/tls`, and waits until it answers. */
export async function startTurnServer(options: TurnServerOptions = {}): Promise<TurnServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await start(options);
    } catch (error) {
      // A port that was free may be taken by the time that coturn asks for it.
      if (tries === 3) throw error;
    }
  }
}

async function start(options: TurnServerOptions): Promise<TurnServer> {
  if (coturnPath === undefined) throw new Error("There is no coturn on this machine.");
  const addresses = options.addresses ?? ["127.0.0.1", "127.0.0.2"];
  const [address = "127.0.0.1"] = addresses;
  const port = await freePort(address);
  const tlsPort = await freePort(address);
  const folder = mkdtempSync(join(tmpdir(), "sdpscope-turn-"));
  const tls = join(import.meta.dirname, "../fixtures/tls/localhost");
  const coturn = spawn(
    coturnPath,
    [
      "-n",
      ...addresses.map((each) => `--listening-ip=${each}`),
      `--relay-ip=${address}`,
      `--listening-port=${port}`,
      `--tls-listening-port=${tlsPort}`,
      "--lt-cred-mech",
      "--user=lab:secret",
      "--realm=lab.test",
      "--allow-loopback-peers",
      `--cert=${tls}.cert.pem`,
      `--pkey=${tls}.key.pem`,
      "--no-dtls",
      "--no-cli",
      "--simple-log",
      `--log-file=${join(folder, "turn.log")}`,
      `--pidfile=${join(folder, "turn.pid")}`,
      `--userdb=${join(folder, "turn.db")}`,
      ...(options.options ?? []),
    ],
    { stdio: "ignore" },
  );
  const stop = async (): Promise<void> => {
    if (coturn.exitCode === null && coturn.signalCode === null) {
      const gone = once(coturn, "exit");
      coturn.kill("SIGKILL");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([
      answers(address, port),
      once(coturn, "exit").then(() => Promise.reject(new Error("coturn ended at once."))),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, port, tlsPort, username: "lab", credential: "secret", stop };
}

/** A port of this machine that nothing listens on. */
export async function freePort(address = "127.0.0.1"): Promise<number> {
  const server = createServer();
  server.listen(0, address);
  await once(server, "listening");
  const place = server.address();
  server.close();
  await once(server, "close");
  if (place === null || typeof place === "string") throw new Error("No port was given.");
  return place.port;
}

/** Sends STUN binding requests until one is answered. RFC 8489 §6.1. */
async function answers(address: string, port: number): Promise<void> {
  const socket = createSocket("udp4");
  const request = Buffer.from("000100002112a442736470732d636f70652d3031", "hex");
  const timer = setInterval(() => socket.send(request, port, address), 50);
  try {
    await once(socket, "message", { signal: AbortSignal.timeout(10_000) });
  } finally {
    clearInterval(timer);
    socket.close();
  }
}
