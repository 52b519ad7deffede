import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { IceServer } from "../../lib/peer/engine.ts";
import type { PeerOptions } from "../../lib/peer/options.ts";
import { createPeer } from "../../lib/peer/peer.ts";
import { werift } from "../../lib/peer/werift.ts";
import { diagnoseSession } from "../../lib/rules/diagnose-session.ts";
import type { MessageCarrier } from "../../lib/signaling/bare-channel.ts";
import { startBareChannel } from "../../lib/signaling/bare-channel.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import type { TurnServer } from "../support/turn-server.ts";
import { freePort, hasCoturn, startTurnServer } from "../support/turn-server.ts";

// Each waits for servers of its own most of the time.
describe.skipIf(!hasCoturn()).concurrent("the peer and its STUN and TURN servers", () => {
  let coturn: TurnServer;
  let account: Pick<IceServer, "username" | "credential">;
  beforeAll(async () => {
    coturn = await startTurnServer();
    account = { username: coturn.username, credential: coturn.credential };
  });
  afterAll(() => coturn?.stop());

  it("has a reflexive candidate of a STUN server", async () => {
    const { trace } = await call({ iceServers: [{ urls: `stun:127.0.0.1:${coturn.port}` }] });
    expect(typesOf(trace)).toContain("srflx");
    expect(codesOf(trace)).not.toContain("session/no-reflexive-candidate");
  });

  it.each(["", "?transport=tcp"])("connects over relays alone: turn:…%s", async (query) => {
    const urls = `turn:127.0.0.1:${coturn.port}${query}`;
    const { trace, error } = await call({
      iceServers: [{ urls, ...account }],
      iceTransportPolicy: "relay",
    });
    expect(error).toBeUndefined();
    expect(new Set(typesOf(trace))).toEqual(new Set(["relay"]));
  });

  it("connects without a relay when its password is wrong, and says so", async () => {
    const urls = `turn:127.0.0.1:${coturn.port}`;
    const { trace, error } = await call({
      iceServers: [{ urls, username: "lab", credential: "no" }],
      untilGathered: true,
    });
    expect(error).toBeUndefined();
    expect(typesOf(trace)).toContain("host");
    expect(typesOf(trace)).not.toContain("relay");
    expect(errorsOf(trace)).toEqual([{ url: urls, code: 401, text: "Unauthorized" }]);
    expect(relayFinding(trace)).toContain("401. The username is unknown or the password is wrong");
  }, 30_000);

  it("says that the server's quota is used up", async () => {
    const strict = await startTurnServer({ options: ["--user-quota=1"] });
    const urls = `turn:127.0.0.1:${strict.port}`;
    const { username, credential } = strict;
    const other = werift.createConnection({ iceServers: [{ urls, username, credential }] });
    try {
      other.createDataChannel("data");
      await other.setLocalDescription(await other.createOffer());
      await vi.waitFor(() => expect(other.localDescription?.sdp).toContain(" typ relay"), 5000);
      const { trace, error } = await call({
        iceServers: [{ urls, username, credential }],
        untilGathered: true,
      });
      expect(error).toBeUndefined();
      expect(errorsOf(trace).map(({ code }) => code)).toEqual([486]);
      expect(relayFinding(trace)).toContain("486.");
    } finally {
      await other.close();
      await strict.stop();
    }
  }, 30_000);

  it("has no candidate at all when it needs a relay and its password is wrong", async () => {
    const urls = `turn:127.0.0.1:${coturn.port}`;
    const { trace, error } = await call({
      iceServers: [{ urls, username: "lab", credential: "no" }],
      iceTransportPolicy: "relay",
      timeoutMs: 8000,
    });
    expect(error).toMatch(/timeout|failed|candidate/);
    expect(typesOf(trace)).toEqual([]);
    expect(codesOf(trace)).toContain("session/no-relay-candidate");
  }, 40_000);

  it("does not wait for a server that is silent, and says that it gave nothing", async () => {
    const silent = createSocket("udp4").bind(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address();
    const { trace, error } = await call({
      iceServers: [
        { urls: `stun:127.0.0.1:${port}` },
        { urls: `turn:127.0.0.1:${port}`, ...account },
      ],
      untilGathered: true,
    });
    silent.close();
    expect(error).toBeUndefined();
    expect(new Set(typesOf(trace))).toEqual(new Set(["host"]));
    expect(codesOf(trace)).toContain("session/no-relay-candidate");
  }, 60_000);

  it.each(["udp", "tcp"])(
    "connects without a server that is not there, over %s",
    async (transport) => {
      const urls = `turn:127.0.0.1:${await freePort()}?transport=${transport}`;
      const { trace, error } = await call({
        iceServers: [{ urls, ...account }],
        untilGathered: true,
      });
      expect(error).toBeUndefined();
      expect(new Set(typesOf(trace))).toEqual(new Set(["host"]));
      expect(codesOf(trace)).toContain("session/no-relay-candidate");
    },
    60_000,
  );
});

interface CallOptions extends Pick<PeerOptions, "iceServers" | "iceTransportPolicy" | "timeoutMs"> {
  /** Whether the call goes on until the first end has heard of all its servers. */
  readonly untilGathered?: boolean;
}

/** A call of two peers with the same servers; the trace of who offers, and why it could not connect. */
async function call({
  untilGathered = false,
  ...options
}: CallOptions): Promise<{ trace: Trace; error: string | undefined }> {
  const [left, right] = carriers();
  const common = { media: [], timeoutMs: 15_000, ...options } as const;
  const caller = createPeer({
    ...common,
    name: "caller",
    room: startBareChannel(left, { isCaller: true }),
  });
  const callee = createPeer({
    ...common,
    name: "callee",
    room: startBareChannel(right, { isCaller: false }),
  });
  const error = await Promise.all([caller.connect(), callee.connect()]).then(
    () => undefined,
    (reason: Error) => reason.message,
  );
  while (untilGathered && !hasGathered(caller.trace))
    await new Promise((done) => setTimeout(done, 50));
  await Promise.all([caller.close(), callee.close()]);
  return { trace: caller.trace, error };
}

/** Two ends of one channel, in this process. */
function carriers(): readonly [MessageCarrier, MessageCarrier] {
  type End = MessageCarrier & { onmessage: ((text: string) => void) | null };
  const ends: End[] = [];
  for (const other of [1, 0])
    ends.push({
      onmessage: null,
      send: (text) => void setImmediate(() => ends[other]?.onmessage?.(text)),
    });
  return ends as unknown as readonly [MessageCarrier, MessageCarrier];
}

function hasGathered({ events }: Trace): boolean {
  return events.some(
    (event) => event.kind === "state" && event.machine === "gathering" && event.to === "complete",
  );
}

/** The types of the candidates that an end gathered. */
function typesOf({ events }: Trace): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind !== "candidate" || event.side !== "local" || event.candidate === null) return [];
    return / typ (\w+)/.exec(event.candidate?.candidate ?? "")?.[1] ?? [];
  });
}

/** What icecandidateerror told. */
function errorsOf({ events }: Trace) {
  return events.flatMap((event) => (event.kind === "candidate" ? (event.error ?? []) : []));
}

/** What is said about relays. */
function relayFinding(trace: Trace): string | undefined {
  const { findings } = diagnoseSession(trace);
  return findings.find(({ code }) => code === "session/no-relay-candidate")?.message.en;
}

function codesOf(trace: Trace): readonly string[] {
  return diagnoseSession(trace).findings.map(({ code }) => code);
}
