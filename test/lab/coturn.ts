import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { networkInterfaces } from "node:os";

/** A STUN and TURN server of this machine. */
export interface Coturn {
  readonly server: RTCIceServer & { readonly urls: string };
  /** The same server's STUN address, as in `stun:192.0.2.2:13478`. */
  readonly stun: string;
  stop(): void;
}

const port = 13_478;

/** Starts Debian's coturn on the first outer address of this machine, and waits until it answers. */
export async function startCoturn(): Promise<Coturn> {
  const address =
    Object.values(networkInterfaces())
      .flat()
      .find((found) => found?.family === "IPv4" && !found.internal)?.address ?? "127.0.0.1";
  const coturn = spawn(
    "turnserver",
    // biome-ignore format: one option a pair
    ["-n", "-L", address, "-p", String(port), "-u", "lab:secret", "-r", "lab", "-a", "--no-tls", "--no-dtls", "--no-cli", "--log-file", "stdout"],
    { stdio: "ignore" },
  );
  await answers(address);
  return {
    server: { urls: `turn:${address}:${port}`, username: "lab", credential: "secret" },
    stun: `stun:${address}:${port}`,
    stop: () => coturn.kill(),
  };
}

/** Sends STUN binding requests until one is answered. RFC 8489 §6.1. */
async function answers(address: string): Promise<void> {
  const socket = createSocket("udp4");
  const request = Buffer.from(`000100002112a442${"73647073636f70652d6c6162".slice(0, 24)}`, "hex");
  const timer = setInterval(() => socket.send(request, port, address), 100);
  try {
    await once(socket, "message", { signal: AbortSignal.timeout(10_000) });
  } finally {
    clearInterval(timer);
    socket.close();
  }
}
