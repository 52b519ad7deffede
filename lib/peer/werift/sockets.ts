import { AsyncLocalStorage } from "node:async_hooks";
import type { Socket } from "node:net";
import { TcpTransport, TlsTransport, UdpTransport } from "werift";

/**
 * The sockets that a connection's gathering opens. werift forgets that of a TURN server that does not answer: the socket stays
 * open for ever, and its timers for as long as it would have asked.
 */
export class Sockets {
  readonly #open = new Set<Watched>();
  #isClosed = false;
  #failures: unknown[] = [];

  /** Why the last gathering got nothing from a server: errors of werift and of the system. */
  get failures(): readonly unknown[] {
    return this.#failures;
  }

  /** Runs a gathering; what it opens, then or later, belongs to these. */
  watch<Result>(gather: () => Result): Result {
    watchTransports();
    this.#failures = [];
    return gathering.run(this, gather);
  }

  /** Closes all of them, with every request that still waits for an answer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#open].map(close));
  }

  fail(error: unknown): void {
    this.#failures.push(error);
  }

  /** One that was opened; at once closed again where nobody is there any more. */
  add(transport: OpenTransport): void {
    const watched: Watched = { transport, requests: new Map() };
    const { send } = transport;
    transport.send = (data, address) => {
      if (isRequest(data)) watched.requests.set(data.toString("hex", 4, 20), { data, address });
      if (watched.requests.size > MAX_REQUESTS) {
        const [oldest] = watched.requests.keys();
        if (oldest !== undefined) watched.requests.delete(oldest);
      }
      return send(data, address);
    };
    this.#open.add(watched);
    if (this.#isClosed) void close(watched);
  }
}

/** Tells the gathering that runs of something that did not work. */
export function noteFailure(error: unknown): void {
  gathering.getStore()?.fail(error);
}

/** What of werift's transports is used. */
interface OpenTransport {
  send(data: Buffer, address?: Address): Promise<void>;
  onData: (data: Buffer, address: Address) => void;
  readonly closed?: boolean;
  /** Of TCP and TLS. */
  readonly stream?: Stream;
  close(): unknown;
}

interface Stream {
  readonly client: Socket;
  closed: boolean;
  connect(): void;
}

type Address = Parameters<UdpTransport["onData"]>[1];

interface Watched {
  readonly transport: OpenTransport;
  /** The last STUN requests, by transaction id. */
  readonly requests: Map<string, { readonly data: Buffer; readonly address: Address | undefined }>;
}

const MAX_REQUESTS = 16;

const gathering = new AsyncLocalStorage<Sockets>();
let isWatching = false;

/** werift opens its sockets with `init` of these classes, deep inside; nothing else tells of them. */
function watchTransports(): void {
  if (isWatching) return;
  isWatching = true;
  for (const transports of [UdpTransport, TcpTransport, TlsTransport] as unknown as Opener[]) {
    const init = transports.init;
    transports.init = async (...given) => {
      const sockets = gathering.getStore();
      const transport = await init.apply(transports, given).catch((error: unknown) => {
        sockets?.fail(error);
        throw error;
      });
      if (transport.stream !== undefined) mendStream(transport.stream);
      sockets?.add(transport);
      return transport;
    };
  }
}

interface Opener {
  init(...given: unknown[]): Promise<OpenTransport>;
}

/**
 * werift lets its packets to a TURN server wait for each other (Nagle), each time for the 40 ms that the server's system waits
 * with its acknowledgement: two or three times in every connection over TCP or TLS. And when the server ends the stream,
 * 0.24 connects again, to a server that knows nothing of its allocation (RFC 8656 §3.2): where nobody listens any more,
 * the program ends with an unhandled rejection.
 */
function mendStream(stream: Stream): void {
  stream.client.setNoDelay(true);
  stream.client.once("close", () => {
    stream.closed = true;
  });
  stream.connect = () => {};
}

async function close({ transport, requests }: Watched): Promise<void> {
  for (const { data, address } of requests.values()) {
    if (address !== undefined) transport.onData(refusalOf(data), address);
  }
  if (transport.closed !== true) await transport.close();
}

/** A STUN request has a type of class 00 and the magic cookie. RFC 8489 §5. */
function isRequest(data: Buffer): boolean {
  return (
    data.length >= 20 && (data.readUInt16BE(0) & 0x0110) === 0 && data.readUInt32BE(4) === COOKIE
  );
}

/** An answer to a request that ends its transaction: the error 500. RFC 8489 §14.8. */
function refusalOf(request: Buffer): Buffer {
  const refusal = Buffer.alloc(28);
  refusal.writeUInt16BE(request.readUInt16BE(0) | 0x0110, 0);
  refusal.writeUInt16BE(8, 2);
  request.copy(refusal, 4, 4, 20);
  refusal.writeUInt16BE(ERROR_CODE, 20);
  refusal.writeUInt16BE(4, 22);
  refusal.writeUInt8(5, 26);
  return refusal;
}

const COOKIE = 0x2112a442;
const ERROR_CODE = 0x0009;
