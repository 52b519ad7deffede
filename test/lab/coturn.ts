import { networkInterfaces } from "node:os";
import { startTurnServer } from "../support/turn-server.ts";

/** A STUN and TURN server of this machine. */
export interface Coturn {
  readonly server: RTCIceServer & { readonly urls: string };
  /** The same server's STUN address, as in `stun:192.0.2.2:13478`. */
  readonly stun: string;
  stop(): Promise<void>;
}

/** Starts Debian's coturn on the first outer address of this machine, and waits until it answers. */
export async function startCoturn(): Promise<Coturn> {
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === "IPv4" && !found.internal)?.address;
  const { address, port, username, credential, stop } = await startTurnServer({
    addresses: [outer ?? "127.0.0.1"],
  });
  return {
    server: { urls: `turn:${address}:${port}`, username, credential },
    stun: `stun:${address}:${port}`,
    stop,
  };
}
