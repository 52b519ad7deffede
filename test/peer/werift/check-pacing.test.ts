import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Candidate, classes, Message, methods, RTCPeerConnection } from "werift";
import type { InsideDtls, InsideIce } from "../../../lib/peer/werift/inside.ts";
import { mendTransport } from "../../../lib/peer/werift/mending.ts";

type Ice = InsideDtls["iceTransport"]["connection"];

const closers: (() => unknown)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.useRealTimers();
});

test("a candidate is checked in the turn in which it comes, and its answer ends the checking", async () => {
  const { ice, asked, answer } = agent();
  const connecting = ice.connect();
  await turn();
  expect(asked).toEqual([]);
  await ice.addRemoteCandidate(remote(6001));
  await turn();
  expect(asked).toEqual([6001]);
  answer(6001);
  await connecting;
  expect(ice.state).toBe("connected");
});

test("no two checks begin within 20 ms, and the better pair goes first", async () => {
  const { ice, asked } = agent();
  ice.connect().catch(() => {});
  await ice.addRemoteCandidate(remote(6001, 1));
  await turn();
  await ice.addRemoteCandidate(remote(6002, 2));
  await ice.addRemoteCandidate(remote(6003, 3));
  await turn();
  expect(asked).toEqual([6001]);
  await vi.advanceTimersByTimeAsync(19);
  expect(asked).toEqual([6001]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual([6001, 6003]);
  await vi.advanceTimersByTimeAsync(20);
  expect(asked).toEqual([6001, 6003, 6002]);
});

test("nothing is checked any more once a pair is nominated", async () => {
  const { ice, asked, answer } = agent();
  const connecting = ice.connect();
  await ice.addRemoteCandidate(remote(6001));
  await turn();
  answer(6001);
  await connecting;
  await ice.addRemoteCandidate(remote(6002));
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([6001]);
});

test("a restart while no pair is there begins anew, and its end is its own", async () => {
  const { ice, asked, answer } = agent();
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
  };
  ice.connect().then(end, end);
  await turn();
  await ice.restart();
  prepare(ice);
  const connecting = ice.connect();
  await ice.addRemoteCandidate(remote(6001));
  await turn();
  expect(asked).toEqual([6001]);
  answer(6001);
  await connecting;
  await turn();
  expect(hasEnded).toBe(false);
});

test("closing ends what waits for a pair, and what waits for its next check", async () => {
  const waiting = agent();
  const connecting = waiting.ice.connect();
  const refused = expect(connecting).rejects.toThrow();
  await turn();
  await waiting.ice.close();
  await refused;

  const checking = agent();
  checking.ice.connect().catch(() => {});
  await checking.ice.addRemoteCandidate(remote(6001));
  await turn();
  await checking.ice.close();
  expect(vi.getTimerCount()).toBe(0);
});

test("a check that is under way goes again when one of the other end comes from there", async () => {
  const { ice, protocol } = agent();
  ice.connect().catch(() => {});
  await ice.addRemoteCandidate(remote(6001));
  await turn();
  const theirs = (): Message =>
    new Message(methods.BINDING, classes.REQUEST)
      .setAttribute("USERNAME", "ours:theirs")
      .setAttribute("PRIORITY", 1);
  const hear = (port: number): void =>
    (ice as unknown as InsideIce).checkIncoming(theirs(), ["192.0.2.1", port], protocol as never);
  hear(6002);
  expect(protocol.sendStun).not.toHaveBeenCalled();
  hear(6001);
  const again = ["request to 6001", ["192.0.2.1", 6001]];
  expect(protocol.sendStun.mock.calls).toEqual([again]);
  // Two ends that both do it, and get no answer, would never stop.
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockReturnValue(now);
  closers.push(() => clock.mockRestore());
  hear(6001);
  expect(protocol.sendStun.mock.calls).toEqual([again]);
  clock.mockReturnValue(now + 20);
  hear(6001);
  expect(protocol.sendStun.mock.calls).toEqual([again, again]);
});

/** werift's ICE agent, mended, with one local candidate; what it asks, by port, and a way to answer. */
function agent() {
  const pc = new RTCPeerConnection({ iceServers: [] });
  closers.push(() => pc.close());
  pc.createDataChannel("data");
  const [transport] = pc.dtlsTransports;
  if (transport === undefined) throw new Error("werift made no transport.");
  mendTransport(transport, false);
  const ice = transport.iceTransport.connection;
  ice.iceControlling = true;
  const asked: number[] = [];
  const answers = new Map<number, (answer: unknown) => void>();
  const protocol = {
    type: "stun",
    localCandidate: remote(5000),
    request: (_request: unknown, address: readonly [string, number]) => {
      asked.push(address[1]);
      const port = String(address[1]);
      protocol.transactions[port] = { request: `request to ${port}`, addr: address };
      return new Promise((resolve) => answers.set(address[1], resolve));
    },
    transactions: {} as Record<string, unknown>,
    sendStun: vi.fn(async (_request: unknown, _address: unknown) => {}),
    close: async () => {},
  };
  (ice as unknown as { protocols: unknown[] }).protocols.push(protocol);
  prepare(ice);
  const answer = (port: number): void =>
    answers.get(port)?.([{ toJSON: () => ({}) }, ["192.0.2.1", port]]);
  return { ice, protocol, asked, answer };
}

/** As after the descriptions of both ends. */
function prepare(ice: Ice): void {
  (ice as unknown as { localCandidatesStart: boolean }).localCandidatesStart = true;
  ice.setRemoteParams({ iceLite: false, usernameFragment: "abcd", password: "p".repeat(22) });
}

function remote(port: number, priority = 1): Candidate {
  return new Candidate("1", 1, "udp", priority, "192.0.2.1", port, "host");
}

async function turn(): Promise<void> {
  await new Promise((done) => setImmediate(done));
}
