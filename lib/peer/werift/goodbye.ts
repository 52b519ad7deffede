import type { InsideDtls } from "./inside.ts";

/**
 * Tells the other end that this one closes: a DTLS alert `close_notify` (RFC 8446 §6.1, RFC 9147). werift sends none, and a
 * browser at the other end takes half a minute to find out by itself. Resolves when it is sent; never rejects.
 */
export async function sayGoodbye(transport: InsideDtls): Promise<void> {
  const socket = transport.dtls as DtlsSocket | undefined;
  // A handshake that is under way is not repeated any more.
  if (socket !== undefined) socket.dtls.flight = Number.POSITIVE_INFINITY;
  if (transport.state !== "connected" || socket === undefined) return;
  const { cipher } = socket;
  const encrypt = cipher.encryptPacket;
  // It sends application data only: what goes through here once is made an alert.
  cipher.encryptPacket = (packet) => {
    packet.recordLayerHeader.contentType = ALERT;
    return encrypt.call(cipher, packet);
  };
  try {
    const sending = socket.send(Buffer.from([WARNING, CLOSE_NOTIFY]));
    cipher.encryptPacket = encrypt;
    await sending;
    // A socket of Node sends in a later turn, and not at all when it is closed before.
    await new Promise((resolve) => setImmediate(resolve));
  } catch {
    cipher.encryptPacket = encrypt;
  }
}

const ALERT = 21;
const WARNING = 1;
const CLOSE_NOTIFY = 0;

interface DtlsSocket {
  readonly dtls: { flight: number };
  readonly cipher: {
    encryptPacket(packet: DtlsPacket): unknown;
  };
  send(data: Buffer): Promise<void>;
}

interface DtlsPacket {
  readonly recordLayerHeader: { contentType: number };
}
