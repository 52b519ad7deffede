import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { StunAddress } from "../ice/stun-attribute.ts";
import { stunLength } from "../ice/stun-message.ts";

/** A way to one STUN server, open. */
export interface StunTransport {
  /** Whether the way itself delivers; else requests have to be repeated. */
  readonly isReliable: boolean;
  readonly local: StunAddress;
  /** Why the server's certificate cannot be trusted, as OpenSSL calls it; absent when it can, and without TLS. */
  readonly untrusted?: string;
  /** Gets each message of the server; bytes that are no STUN reach `onEnd` as `not-stun` where they break a stream. */
  listen(onMessage: (bytes: Uint8Array) => void, onEnd: (code: string) => void): void;
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Where a server is, and how it is spoken to. */
export interface StunTarget extends StunAddress {
  readonly transport: "udp" | "tcp" | "tls";
  /** The name that the certificate has to be for; the address itself without. */
  readonly name?: string;
}

/**
 * Opens a way to a STUN server. TLS is opened whatever the certificate is worth: no secret goes over it, and a test says
 * more when it goes on. Rejects with the system's error, or with the signal's reason.
 */
export function openTransport(target: StunTarget, signal: AbortSignal): Promise<StunTransport> {
  return target.transport === "udp" ? openUdp(target, signal) : openStream(target, signal);
}

async function openUdp(target: StunTarget, signal: AbortSignal): Promise<StunTransport> {
  const socket = createSocket(isIP(target.address) === 6 ? "udp6" : "udp4");
  // A connected socket is told by the system when nothing listens there; a plain one waits in vain.
  socket.connect(target.port, target.address);
  try {
    await once(socket, "connect", { signal });
  } catch (error) {
    socket.close();
    throw error;
  }
  const { address, port } = socket.address();
  return {
    isReliable: false,
    local: { address, port },
    listen(onMessage, onEnd) {
      socket.on("message", onMessage);
      socket.on("error", (error) => onEnd(codeOf(error)));
    },
    // What the system says of an earlier packet comes as the error of the next one.
    send: (bytes) => socket.send(bytes, (error) => error && socket.emit("error", error)),
    close: () => socket.close(),
  };
}

async function openStream(target: StunTarget, signal: AbortSignal): Promise<StunTransport> {
  const { address, port, name, transport } = target;
  const isSecure = transport === "tls";
  const socket = isSecure
    ? connectTls({
        host: address,
        port,
        ...(name !== undefined && { servername: name }),
        rejectUnauthorized: false,
      })
    : connectTcp({ host: address, port });
  try {
    await once(socket, isSecure ? "secureConnect" : "connect", { signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const untrusted = "authorizationError" in socket && String(socket.authorizationError || "");
  return {
    isReliable: true,
    local: { address: socket.localAddress ?? "", port: socket.localPort ?? 0 },
    ...(untrusted && { untrusted }),
    listen: (onMessage, onEnd) => readStream(socket, onMessage, onEnd),
    send: (bytes) => void socket.write(bytes),
    close: () => void socket.destroy(),
  };
}

/** Over a stream, a message's own length says where it ends. RFC 8489 §6.2.2. */
function readStream(
  socket: Socket,
  onMessage: (bytes: Uint8Array) => void,
  onEnd: (code: string) => void,
): void {
  let waiting = new Uint8Array();
  socket.on("data", (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const length = stunLength(waiting);
      if (length === undefined) {
        socket.destroy();
        return onEnd("not-stun");
      }
      if (waiting.length < length) return;
      onMessage(waiting.slice(0, length));
      waiting = waiting.slice(length);
    }
  });
  socket.on("error", (error) => onEnd(codeOf(error)));
  socket.on("close", () => onEnd("ECONNRESET"));
}

/** The code of a system error, such as `ECONNREFUSED`; its name where it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
