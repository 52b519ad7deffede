import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { SignalingOptions } from "../../lib/signaling/client.ts";
import { connectSignaling, SignalingError } from "../../lib/signaling/client.ts";
import { isLoopbackOrigin } from "../../lib/signaling/origin.ts";
import type { SignalingServerOptions } from "../../lib/signaling/server.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { RoomMember } from "../support/room-member.ts";
import { joinRoom } from "../support/room-member.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(options: SignalingServerOptions = {}): Promise<string> {
  const server = createSignalingServer(options);
  closers.push(() => server.close());
  return server.listen();
}

async function member(url: string, options: SignalingOptions = {}): Promise<RoomMember> {
  const joined = await joinRoom(url, options);
  closers.push(() => joined.signaling.close());
  return joined;
}

describe("signaling", () => {
  test("joins two members and carries their messages in order, numbered by the sender", async () => {
    const url = await serve();
    const alice = await member(`${url}/rooms/demo`, { name: "alice", capacity: 2 });
    expect(alice.signaling).toMatchObject({ id: "m1", members: [], capacity: 2 });
    const bob = await member(`${url}/rooms/demo`, { name: "bob" });
    expect(bob.signaling).toMatchObject({ id: "m2", members: [{ id: "m1", name: "alice" }] });
    expect(await alice.next()).toEqual({ type: "welcome", id: "m2", name: "bob" });
    const offer = { type: "offer", sdp: "v=0\r\n한글\r\n" };
    expect(alice.signaling.send({ type: "offer", to: "m2", data: offer })).toBe(1);
    expect(alice.signaling.send({ type: "candidate", to: "m2", data: null })).toBe(2);
    expect(await bob.next()).toEqual({
      type: "offer",
      to: "m2",
      from: "m1",
      message: 1,
      data: offer,
    });
    expect(await bob.next()).toEqual({
      type: "candidate",
      to: "m2",
      from: "m1",
      message: 2,
      data: null,
    });
    await bob.signaling.close();
    expect(await alice.next()).toEqual({ type: "left", id: "m2" });
  });

  test("keeps rooms apart and forgets an empty one", async () => {
    const url = await serve();
    const one = await member(`${url}/rooms/one`, { capacity: 1 });
    await member(`${url}/rooms/two`, { capacity: 1 });
    await one.signaling.close();
    const again = await member(`${url}/rooms/one`, { capacity: 5 });
    expect(again.signaling).toMatchObject({ id: "m1", capacity: 5 });
  });

  test("refuses one member too many with a reason", async () => {
    const url = await serve();
    await member(`${url}/rooms/demo`, { capacity: 1 });
    const refused = connectSignaling(`${url}/rooms/demo`, {});
    await expect(refused).rejects.toMatchObject({
      name: "SignalingError",
      code: "room-full",
      message: "The room is full: it holds 1 member.",
    });
  });

  test("asks about tokens", async () => {
    const url = await serve({
      authorize: async ({ room, name, token }) =>
        room === "demo" && name === "alice" && token === "s",
    });
    await member(`${url}/rooms/demo`, { name: "alice", token: "s" });
    await expect(connectSignaling(`${url}/rooms/demo`, { name: "alice" })).rejects.toMatchObject({
      code: "bad-token",
    });
  });

  test("tells a member what was wrong with its message and keeps it", async () => {
    const url = await serve();
    const alice = await member(`${url}/rooms/demo`);
    alice.signaling.send({ type: "bye", to: "m7" });
    expect(await alice.next()).toMatchObject({ type: "refused", code: "no-such-member" });
    alice.signaling.send({ type: "bye", to: "m1", data: "x".repeat(300_000) });
    expect(await alice.next()).toMatchObject({ type: "refused", code: "too-large" });
    alice.signaling.send({ type: "bye", to: "m1" });
    expect(await alice.next()).toMatchObject({ type: "bye", from: "m1", message: 3 });
  });

  test("cuts off a message beyond every measure, and the others hear that its sender left", async () => {
    const url = await serve();
    const alice = await member(`${url}/rooms/demo`);
    const bob = await member(`${url}/rooms/demo`);
    expect(await alice.next()).toMatchObject({ type: "welcome" });
    bob.signaling.send({ type: "bye", to: "m1", data: "x".repeat(2_000_000) });
    expect(await bob.next()).toEqual({ type: "closed", reason: expect.any(String) });
    expect(await alice.next()).toEqual({ type: "left", id: "m2" });
  });

  test("notices a member that answers no ping", async () => {
    const url = await serve({ heartbeatMs: 30 });
    const alice = await member(`${url}/rooms/demo`, { name: "alice" });
    const silent = new WebSocket(`${url}/rooms/demo?name=silent`, { autoPong: false });
    closers.push(async () => silent.terminate());
    expect(await alice.next()).toMatchObject({ type: "welcome", name: "silent" });
    expect(await alice.next()).toEqual({ type: "left", id: "m2" });
  });

  test("tells members that the server closes", async () => {
    const server = createSignalingServer();
    const alice = await member(`${await server.listen()}/rooms/demo`);
    await server.close();
    expect(await alice.next()).toEqual({ type: "closed", reason: "server-closed" });
  });

  test("says when nobody listens at the address", async () => {
    const server = createSignalingServer();
    const url = await server.listen();
    await server.close();
    await expect(connectSignaling(`${url}/rooms/demo`)).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("cannot be reached"),
    });
  });

  test("gives up on an address that never answers", async () => {
    const deaf = createServer();
    deaf.on("upgrade", () => {});
    await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
    closers.push(async () => {
      deaf.close();
      deaf.closeAllConnections();
    });
    const { port } = deaf.address() as AddressInfo;
    const joining = connectSignaling(`ws://127.0.0.1:${port}/rooms/demo`, { timeoutMs: 30 });
    await expect(joining).rejects.toBeInstanceOf(SignalingError);
    await expect(joining).rejects.toMatchObject({ code: "timeout" });
  });

  test.each([
    ["/rooms/", 400],
    ["/rooms/%ff", 400],
    ["/rooms/demo?capacity=none", 400],
    ["/rooms/demo?capacity=0", 400],
    ["/elsewhere", 404],
  ])("answers %s with status %i", async (path, status) => {
    const url = await serve();
    expect(await statusOf(`${url}${path}`)).toBe(status);
  });

  test("lets pages of other sites stand outside", async () => {
    const url = await serve();
    expect(await statusOf(`${url}/rooms/demo`, "https://evil.example")).toBe(403);
    expect(await statusOf(`${url}/rooms/demo`, "http://localhost:5173")).toBe(101);
  });

  test("shares an HTTP server with others, and leaves their paths alone", async () => {
    const http = createServer();
    const server = createSignalingServer();
    const left: string[] = [];
    http.on("upgrade", (request, socket, head) => {
      if (server.upgrade(request, socket, head)) return;
      left.push(request.url ?? "");
      socket.destroy();
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    closers.push(async () => http.close());
    closers.push(() => server.close());
    const { port } = http.address() as AddressInfo;
    const alice = await member(`ws://127.0.0.1:${port}/rooms/demo`);
    expect(alice.signaling.id).toBe("m1");
    await expect(connectSignaling(`ws://127.0.0.1:${port}/feed`)).rejects.toMatchObject({
      code: "unreachable",
    });
    expect(left).toEqual(["/feed"]);
  });
});

test.each([
  ["http://localhost:3000", true],
  ["https://app.localhost", true],
  ["http://127.0.0.1", true],
  ["http://[::1]:8080", true],
  ["http://localhost.evil.example", false],
  ["http://127.0.0.1.evil.example", false],
  ["http://192.168.0.1", false],
  ["null", false],
  ["", false],
])("the origin %j is of this machine: %s", (origin, expected) => {
  expect(isLoopbackOrigin(origin)).toBe(expected);
});

function statusOf(url: string, origin?: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, origin === undefined ? {} : { origin });
    socket.on("error", () => {});
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => {
      resolve(101);
      socket.terminate();
    });
  });
}
