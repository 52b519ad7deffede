import { createSocket } from "node:dgram";
import { once, setMaxListeners } from "node:events";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Diagnostic } from "../diagnostic.ts";
import type { NatMapping } from "../ice/predict.ts";
import type { StunAddress } from "../ice/stun-attribute.ts";
import { printStunAddress, readStunAddress } from "../ice/stun-attribute.ts";
import type { StunClient } from "./client.ts";
import { createStunClient } from "./client.ts";
import { serverDiagnostic } from "./server-fault.ts";

/** How one socket was seen by several servers. */
export interface MappingReport {
  /** Undefined when the servers cannot tell: fewer than two addresses answered. */
  readonly mapping: NatMapping | undefined;
  readonly seen: readonly { readonly server: StunAddress; readonly mapped: StunAddress }[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds out how the NAT here maps: asks every server from one UDP socket how it sees it. Two servers, or one with an
 * OTHER-ADDRESS of RFC 5780, suffice. Servers that do not answer in `timeoutMs` (2000 unless told otherwise) are left out;
 * IPv6 ones always.
 */
export async function testMapping(
  servers: readonly StunAddress[],
  options: { readonly timeoutMs?: number } = {},
): Promise<MappingReport> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? 2000);
  const socket = createSocket("udp4");
  socket.bind(0);
  await once(socket, "listening");
  const local = socket.address().port;
  // One listener of each for every server that is asked.
  setMaxListeners(0, socket, signal);
  const seen = new Map<string, { server: StunAddress; mapped: StunAddress }>();
  const clients = new Map<string, StunClient>();

  const ask = async (server: StunAddress): Promise<void> => {
    const key = printStunAddress(server);
    if (clients.has(key) || isIP(server.address) !== 4) return;
    const client = createStunClient(
      {
        isReliable: false,
        local: { address: "0.0.0.0", port: local },
        listen: (onMessage) => {
          // One socket serves all clients: each knows its own transactions.
          socket.on("message", onMessage);
        },
        send: (bytes) => socket.send(bytes, server.port, server.address),
        close: () => {},
      },
      signal,
    );
    clients.set(key, client);
    const { message } = await client.request({ method: "binding" });
    const mapped = readStunAddress(message, "XOR-MAPPED-ADDRESS");
    if (mapped !== undefined) seen.set(key, { server, mapped });
    const other = readStunAddress(message, "OTHER-ADDRESS");
    // RFC 5780 §4.3: the other address with the same port, or with the other one. One answer is enough.
    if (other !== undefined)
      await Promise.any([ask({ address: other.address, port: server.port }), ask(other)]);
  };
  socket.on("error", () => {});
  await Promise.allSettled(servers.map(ask));
  for (const client of clients.values()) client.close();
  socket.close();

  return judge([...seen.values()], local);
}

function judge(seen: MappingReport["seen"], local: number): MappingReport {
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).map(({ address }) => address),
    ),
  );
  const isOwn = ({ address, port }: StunAddress): boolean => own.has(address) && port === local;
  const behind = seen.filter(({ mapped }) => !isOwn(mapped));
  const first = behind[0];
  if (first === undefined)
    return { mapping: seen.length > 0 ? "none" : undefined, seen, diagnostics: [] };
  const differing = behind.find(
    ({ mapped }) => printStunAddress(mapped) !== printStunAddress(first.mapped),
  );
  if (differing !== undefined) {
    const finding = serverDiagnostic(
      "server/mapping",
      printStunAddress(first.mapped),
      printStunAddress(differing.mapped),
    );
    return { mapping: "endpoint-dependent", seen, diagnostics: [finding] };
  }
  // Two ports of one address do not show what another address would see.
  const isProven = behind.some(({ server }) => server.address !== first.server.address);
  return { mapping: isProven ? "endpoint-independent" : undefined, seen, diagnostics: [] };
}
