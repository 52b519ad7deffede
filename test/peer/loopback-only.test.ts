import type { NetworkInterfaceInfo } from "node:os";
import { expect, test, vi } from "vitest";
import { werift } from "../../lib/peer/werift.ts";

const interfaces = vi.hoisted(() => ({ now: {} as Record<string, NetworkInterfaceInfo[]> }));
vi.mock("node:os", async (original) => ({
  ...(await original<typeof import("node:os")>()),
  networkInterfaces: () => interfaces.now,
}));

const lo = { address: "127.0.0.1", internal: true } as NetworkInterfaceInfo;
const eth = { address: "192.0.2.2", internal: false } as NetworkInterfaceInfo;

test.each([
  ["alone on a machine without a network, gathers the loopback address", { lo: [lo] }, true],
  ["with a network, leaves the loopback address out", { lo: [lo], eth0: [eth] }, false],
])("%s", async (_name, now, expected) => {
  interfaces.now = now;
  const connection = werift.createConnection({});
  connection.createDataChannel("data");
  await connection.setLocalDescription(await connection.createOffer());
  await vi.waitFor(() => expect(connection.iceGatheringState).toBe("complete"));
  const lines = connection.localDescription?.sdp.split("\r\n") ?? [];
  await connection.close();
  const isLoopback = (line: string) =>
    line.startsWith("a=candidate:") && line.includes(" 127.0.0.1 ");
  expect(lines.some(isLoopback)).toBe(expected);
});
