import { createHash, createHmac } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Diagnostic } from "../diagnostic.ts";
import { parseAddress } from "../ice/address.ts";
import type { ServerAddress } from "../ice/server-address.ts";
import { parseServerAddress } from "../ice/server-address.ts";
import type { StunAddress } from "../ice/stun-attribute.ts";
import {
  printStunAddress,
  readStunAddress,
  readStunError,
  readStunNumber,
  readStunText,
  stunNumber,
  stunText,
} from "../ice/stun-attribute.ts";
import type { StunAttribute, StunMessage, StunSigner } from "../ice/stun-message.ts";
import type { StunClient, StunResponse } from "./client.ts";
import { createStunClient, StunClientError } from "./client.ts";
import { serverDiagnostic, stunErrorDiagnostic } from "./server-fault.ts";
import type { StunTarget } from "./transport.ts";
import { codeOf, openTransport } from "./transport.ts";

/** How a server is tested. */
export interface ServerTestOptions {
  /** For TURN; without them the test shows whether the server answers and what it asks for. */
  readonly username?: string;
  readonly credential?: string;
  /** How long the test of one address may take, in milliseconds; 5000 unless told otherwise. */
  readonly timeoutMs?: number;
}

/** What one address of a server did. */
export interface ServerReport {
  readonly url: string;
  readonly transport: ServerAddress["transport"] | undefined;
  /** The address that was asked; absent when the URL or the name gave none. */
  readonly server?: StunAddress;
  /** Whether anything STUN came back. */
  readonly isReachable: boolean;
  /** Our own address and port, and how the server sees them: the server-reflexive candidate. */
  readonly local?: StunAddress;
  readonly mapped?: StunAddress;
  /** What a TURN server allocated: the relay candidate, and for how many seconds. It is given back at once. */
  readonly relayed?: StunAddress;
  readonly lifetime?: number;
  /** The server's other address, where it helps to find out how a NAT maps. RFC 5780 §7.4. */
  readonly other?: StunAddress;
  /** The software that the server says it is. */
  readonly software?: string;
  /** How long each step took, in milliseconds. */
  readonly steps: readonly { readonly name: ServerStep; readonly ms: number }[];
  /** The whole test, in milliseconds. */
  readonly ms: number;
  /** What is wrong; with no error among it, the server does what its URL promises. */
  readonly diagnostics: readonly Diagnostic[];
}

export type ServerStep = "resolve" | "connect" | "binding" | "allocate";

/**
 * Tests a STUN or TURN server, every address of its name by itself: whether it answers, how it sees us, and whether a TURN
 * server gives a relay. Never rejects: what is wrong is in the report. Takes `timeoutMs` at most, each address at the same time.
 */
export async function testServer(
  url: string,
  options: ServerTestOptions = {},
): Promise<readonly ServerReport[]> {
  const timeoutMs = options.timeoutMs ?? 5000;
  const started = performance.now();
  const since = (): number => Math.round((performance.now() - started) * 10) / 10;
  const server = parseServerAddress(url);
  const without = (diagnostic: Diagnostic): readonly ServerReport[] => [
    {
      url,
      transport: server?.transport,
      isReachable: false,
      steps: [],
      ms: since(),
      diagnostics: [diagnostic],
    },
  ];
  if (server === undefined) return without(serverDiagnostic("server/url", url));
  const { transport, host, port } = server;
  if (transport === "dtls") return without(serverDiagnostic("server/dtls"));

  const signal = AbortSignal.timeout(timeoutMs);
  const addresses = await resolve(host, signal).catch((error: unknown) => codeOf(error));
  if (typeof addresses === "string")
    return without(
      addresses === "TimeoutError"
        ? serverDiagnostic("server/no-answer", `the name server for ${host}`, String(timeoutMs))
        : serverDiagnostic("server/name", host, addresses),
    );
  const resolved = isIP(host) === 0 ? [{ name: "resolve" as const, ms: since() }] : [];
  return Promise.all(
    addresses.map(async (address) => {
      const target = { address, port, transport, ...(isIP(host) === 0 && { name: host }) };
      const { steps, ...found } = await testTarget(target, server, options, signal, timeoutMs);
      return { url, transport, ...found, steps: [...resolved, ...steps], ms: since() };
    }),
  );
}

async function resolve(host: string, signal: AbortSignal): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await Promise.race([lookup(host, { all: true }), aborted(signal)]);
  return found.map(({ address }) => address);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

type Found = Omit<ServerReport, "url" | "transport" | "ms">;

async function testTarget(
  target: StunTarget,
  { scheme }: ServerAddress,
  options: ServerTestOptions,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Found> {
  const server = { address: target.address, port: target.port };
  const steps: { name: ServerStep; ms: number }[] = [];
  const timed = async <Value>(name: ServerStep, work: Promise<Value>): Promise<Value | Fault> => {
    const from = performance.now();
    try {
      return await work;
    } catch (error) {
      return { fault: faultOf(error, target, timeoutMs) };
    } finally {
      steps.push({ name, ms: Math.round((performance.now() - from) * 10) / 10 });
    }
  };

  const transport = await timed("connect", openTransport(target, signal));
  if ("fault" in transport)
    return { server, isReachable: false, steps, diagnostics: [transport.fault] };
  const client = createStunClient(transport, signal);
  // Both at once: a TURN server may keep silent about binding requests, which must not cost the other's time.
  const isTurn = scheme.startsWith("turn");
  const [binding, allocation] = await Promise.all([
    timed("binding", client.request({ method: "binding" })),
    isTurn ? timed("allocate", allocate(client, options)) : undefined,
  ]);
  client.close();

  const asked = allocation ?? binding;
  const bound = "fault" in binding ? undefined : binding.message;
  const last = "fault" in asked ? bound : asked.message;
  const diagnostics: Diagnostic[] = [];
  if (transport.untrusted !== undefined)
    diagnostics.push(serverDiagnostic("server/certificate", transport.untrusted));
  if ("fault" in asked) diagnostics.push(asked.fault);
  else if ("diagnostics" in asked) diagnostics.push(...asked.diagnostics);
  else diagnostics.push(...errorOf(asked.message));
  const relayed = last && readStunAddress(last, "XOR-RELAYED-ADDRESS");
  if (relayed !== undefined && isHidden(relayed.address) && !isHidden(server.address))
    diagnostics.push(
      serverDiagnostic("server/private-relay", printStunAddress(relayed), printStunAddress(server)),
    );
  return {
    server,
    isReachable: last !== undefined,
    local: transport.local,
    ...defined("mapped", (bound && mappedOf(bound)) ?? (last && mappedOf(last))),
    ...defined("relayed", relayed),
    ...defined("lifetime", relayed && last && readStunNumber(last, "LIFETIME")),
    ...defined("other", bound && readStunAddress(bound, "OTHER-ADDRESS")),
    ...defined("software", last && readStunText(last, "SOFTWARE")),
    steps,
    diagnostics,
  };
}

interface Fault {
  readonly fault: Diagnostic;
}

interface Allocation {
  /** The server's last word. */
  readonly message: StunMessage;
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks for a relay of UDP, and gives it back. RFC 8656 §7.1, with the long-term credentials of RFC 8489 §9.2. */
async function allocate(client: StunClient, options: ServerTestOptions): Promise<Allocation> {
  // The protocol number stands in the highest byte: 17 is UDP.
  const wanted = [stunNumber("REQUESTED-TRANSPORT", 17 << 24)];
  const ask = (proof?: Proof): Promise<StunResponse> =>
    client.request(
      { method: "allocate", attributes: [...wanted, ...(proof?.attributes ?? [])] },
      proof?.sign,
    );
  const done = ({ message }: StunResponse, diagnostics: readonly Diagnostic[]): Allocation => ({
    message,
    diagnostics,
  });

  // The first answer tells what to sign with.
  let response = await ask();
  let proof: Proof | undefined;
  if (codeIn(response) === 401) {
    const { username } = options;
    const realm = readStunText(response.message, "REALM") ?? "";
    if (username === undefined)
      return done(response, [serverDiagnostic("server/credentials-missing", realm)]);
    proof = prove(response, username, options.credential ?? "");
    response = await ask(proof);
    if (codeIn(response) === 438) {
      proof = prove(response, username, options.credential ?? "");
      response = await ask(proof);
    }
    if (codeIn(response) === 401)
      return done(response, [serverDiagnostic("server/credentials-refused", username, realm)]);
  }
  if (response.message.class === "error") return done(response, errorOf(response.message));
  const attributes = [stunNumber("LIFETIME", 0), ...(proof?.attributes ?? [])];
  await client.request({ method: "refresh", attributes }, proof?.sign).catch(() => {});
  const isForged = proof !== undefined && response.isSigned !== true;
  return done(response, isForged ? [serverDiagnostic("server/signature")] : []);
}

/** What a request carries so that the server knows the client. */
interface Proof {
  readonly attributes: readonly StunAttribute[];
  readonly sign: StunSigner;
}

/** The key is the MD5 of user name, realm and password, all in Unicode's composed form. RFC 8489 §9.2.2. */
function prove({ message }: StunResponse, username: string, password: string): Proof {
  const realm = readStunText(message, "REALM") ?? "";
  const nonce = readStunText(message, "NONCE") ?? "";
  const key = createHash("md5")
    .update([username, realm, password].map((part) => part.normalize("NFC")).join(":"))
    .digest();
  return {
    attributes: [
      stunText("USERNAME", username.normalize("NFC")),
      stunText("REALM", realm),
      stunText("NONCE", nonce),
    ],
    sign: (bytes) => createHmac("sha1", key).update(bytes).digest(),
  };
}

function codeIn({ message }: StunResponse): number | undefined {
  return message.class === "error" ? readStunError(message)?.code : undefined;
}

function errorOf(message: StunMessage): readonly Diagnostic[] {
  if (message.class !== "error") return [];
  const error = readStunError(message) ?? { code: 500, reason: "" };
  const alternate = readStunAddress(message, "ALTERNATE-SERVER");
  if (error.code !== 300 || alternate === undefined) return [stunErrorDiagnostic(error)];
  return [serverDiagnostic("server/alternate", printStunAddress(alternate))];
}

function faultOf(error: unknown, target: StunTarget, timeoutMs: number): Diagnostic {
  const place = `${printStunAddress(target)} (${target.transport.toUpperCase()})`;
  const code = error instanceof StunClientError ? error.code : codeOf(error);
  switch (code) {
    case "timeout":
    case "ABORT_ERR":
    case "TimeoutError":
      return serverDiagnostic("server/no-answer", place, String(timeoutMs));
    case "ECONNREFUSED":
      return serverDiagnostic("server/refused", place);
    case "not-stun":
      return serverDiagnostic("server/not-stun", place);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
    case "EACCES":
    case "EPERM":
      return serverDiagnostic("server/unreachable", place, code);
    default:
      return target.transport === "tls"
        ? serverDiagnostic("server/tls", place, code)
        : serverDiagnostic("server/unreachable", place, code);
  }
}

/** Some servers still know only the plain attribute of RFC 3489. */
function mappedOf(message: StunMessage): StunAddress | undefined {
  return (
    readStunAddress(message, "XOR-MAPPED-ADDRESS") ?? readStunAddress(message, "MAPPED-ADDRESS")
  );
}

/** Whether an address means something else, or nothing, outside its own network. */
function isHidden(address: string): boolean {
  const scope = parseAddress(address)?.scope;
  return scope === "private" || scope === "loopback" || scope === "cgnat" || scope === "link-local";
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: Value });
}
