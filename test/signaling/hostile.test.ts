import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ClientOptions } from "ws";
import { WebSocket } from "ws";
import type { SignalingServerOptions } from "../../lib/signaling/server.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { RoomMember } from "../support/room-member.ts";
import { joinRoom } from "../support/room-member.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A room with two members who mind their own business. */
async function roomWithTwo(options: SignalingServerOptions = {}) {
  const server = createSignalingServer(options);
  closers.push(() => server.close());
  const address = await server.listen();
  const url = `${address}/rooms/demo`;
  const alice = await joinRoom(url, { capacity: 8, ...token });
  closers.push(() => alice.signaling.close());
  const bob = await joinRoom(url, token);
  closers.push(() => bob.signaling.close());
  expect(await alice.next()).toMatchObject({ type: "welcome" });
  return { address, url, alice, bob };
}

const token = { token: "right" };

/** What the two hear is what they say to each other, all of it and in order, while somebody else does as they please. */
async function talk({ alice, bob }: { alice: RoomMember; bob: RoomMember }, times = 20) {
  for (let n = 0; n < times; n++) {
    alice.signaling.send({ type: "candidate", to: bob.signaling.id, data: { n } });
  }
  const heard: unknown[] = [];
  while (heard.length < times) {
    const message = await bob.next();
    if (message?.type === "candidate") heard.push(message.data);
    else expect(["welcome", "left"]).toContain(message?.type);
  }
  expect(heard).toEqual(Array.from({ length: times }, (_, n) => ({ n })));
}

/** A client that keeps to no rule; `heard` has the texts it got, `closed` WebSocket's code and reason. */
async function intruder(url: string, options: ClientOptions = {}) {
  const socket = new WebSocket(url, options);
  closers.push(() => socket.terminate());
  const heard: Record<string, unknown>[] = [];
  socket.on("message", (data) => heard.push(JSON.parse(String(data)) as Record<string, unknown>));
  socket.on("error", () => {});
  const closed = once(socket, "close").then(([code, reason]) => [code, String(reason)] as const);
  await once(socket, "open");
  return { socket, heard, closed, codes: () => heard.flatMap(({ code }) => code ?? []) };
}

describe("a room's other members are not disturbed by a client that", () => {
  test("sends what is no message", async () => {
    const two = await roomWithTwo({ room: { maxMessageLength: 1000 } });
    const { socket, codes } = await intruder(two.url);
    socket.send("hello");
    socket.send(Buffer.from([1, 2, 3]));
    socket.send('{"type":"dance","to":"m1"}');
    socket.send('{"type":"offer","to":"m77"}');
    socket.send(`{"type":"offer","to":"m1","data":"${"x".repeat(1000)}"}`);
    await talk(two);
    await vi.waitFor(() =>
      expect(codes()).toEqual([
        "not-json",
        "not-json",
        "unknown-type",
        "no-such-member",
        "too-large",
      ]),
    );
  });

  test("sends a message beyond every measure: it is cut off", async () => {
    const two = await roomWithTwo({ maxMessageBytes: 10_000 });
    const { socket, closed } = await intruder(two.url);
    socket.send("x".repeat(10_001));
    expect(await closed).toEqual([1009, ""]);
    await talk(two);
  });

  test("floods: it is told once each time, and has to go when it does not stop", async () => {
    const two = await roomWithTwo({ room: { messagesPerSecond: 50, burst: 60, maxRefusals: 10 } });
    const { socket, closed, codes } = await intruder(two.url);
    for (let n = 0; n < 1000; n++) socket.send('{"type":"candidate","to":"m1","data":null}');
    expect(await closed).toEqual([1008, "too-fast"]);
    expect(new Set(codes())).toEqual(new Set(["too-fast"]));
    expect(codes().length).toBeLessThan(20);
    // Alice heard what was within the measure, and that the third is gone.
    const heard: unknown[] = [];
    do heard.push((await two.alice.next())?.type);
    while (heard.at(-1) !== "left");
    expect(heard.filter((type) => type === "candidate").length).toBeLessThan(100);
    await talk(two);
  });

  test("reads nothing: what waits for it is bounded, and it has to go", async () => {
    const two = await roomWithTwo({ maxBufferedBytes: 200_000 });
    const slow = await intruder(two.url);
    expect(await two.bob.next()).toMatchObject({ type: "welcome", id: "m3" });
    await vi.waitFor(() => expect(slow.heard).toHaveLength(1));
    slow.socket.pause();
    const data = "x".repeat(100_000);
    // What a connection's own buffers take is the system's; behind that there is the server's limit.
    const left = (async () => {
      for (;;) if ((await two.alice.next())?.type === "left") return;
    })();
    let isGone = false;
    left.then(() => (isGone = true));
    for (let n = 0; n < 390 && !isGone; n++) {
      two.alice.signaling.send({ type: "offer", to: "m3", data });
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await left;
    await talk(two);
    slow.socket.resume();
    expect((await slow.closed)[1]).toMatch(/^(too-slow|)$/);
  });

  // ws answers so many pings and no more.
  test("pings and reads no pong: it has to go", async () => {
    const two = await roomWithTwo({ maxBufferedBytes: 50_000, heartbeatMs: 600_000 });
    const { socket } = await intruder(two.url);
    expect(await two.bob.next()).toMatchObject({ type: "welcome", id: "m3" });
    socket.pause();
    const payload = Buffer.alloc(125);
    const isLeft = two.alice.next().then(async (first) => [first, await two.alice.next()]);
    let isOver = false;
    isLeft.then(() => (isOver = true));
    while (!isOver) {
      for (let n = 0; n < 20_000; n++) socket.ping(payload);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await isLeft)[1]).toEqual({ type: "left", id: "m3" });
    await talk(two);
  }, 30_000);

  test("is half open: the heartbeat finds out", async () => {
    const two = await roomWithTwo({ heartbeatMs: 40 });
    const { closed } = await intruder(two.url, { autoPong: false });
    expect(await two.bob.next()).toMatchObject({ type: "welcome", id: "m3" });
    expect(await two.bob.next()).toEqual({ type: "left", id: "m3" });
    expect((await closed)[0]).toBe(1006);
    await talk(two);
  });

  test("has the wrong token", async () => {
    const two = await roomWithTwo({ authorize: ({ token }) => token === "right" });
    const { heard, closed } = await intruder(`${two.url}?token=wrong`);
    expect(await closed).toEqual([1008, "bad-token"]);
    expect(heard).toEqual([
      { type: "refused", code: "bad-token", message: "The token is wrong or spent." },
    ]);
    await talk(two);
  });

  test("talks before it is known: nothing of it is read until then, and nothing is lost", async () => {
    let admit = (): void => {};
    const asked = new Promise<boolean>((resolve) => (admit = () => resolve(true)));
    const two = await roomWithTwo({ authorize: ({ token }) => token === "right" || asked });
    const { socket, heard } = await intruder(two.url);
    for (let n = 0; n < 50; n++) {
      socket.send(JSON.stringify({ type: "candidate", to: "m1", data: { n } }));
    }
    await talk(two);
    expect(heard).toEqual([]);
    admit();
    expect(await two.alice.next()).toMatchObject({ type: "welcome", id: "m3" });
    for (let n = 0; n < 50; n++) {
      expect(await two.alice.next()).toMatchObject({ from: "m3", data: { n } });
    }
  });

  test("is one too many for the room", async () => {
    const two = await roomWithTwo({ room: { capacity: 2 } });
    const third = await intruder(`${two.address}/rooms/other?capacity=1`);
    const fourth = await intruder(`${two.address}/rooms/other`);
    expect(await fourth.closed).toEqual([1008, "room-full"]);
    expect(third.socket.readyState).toBe(WebSocket.OPEN);
    await talk(two);
  });

  test("breaks the protocol of WebSocket", async () => {
    const two = await roomWithTwo();
    const raw = await rawUpgrade(two.url);
    expect(await two.bob.next()).toMatchObject({ type: "welcome", id: "m3" });
    raw.write(Buffer.alloc(2000, 0xff));
    expect(await two.bob.next()).toEqual({ type: "left", id: "m3" });
    await talk(two);
  });

  test("tears its connection", async () => {
    const two = await roomWithTwo();
    const raw = await rawUpgrade(two.url);
    expect(await two.bob.next()).toMatchObject({ type: "welcome", id: "m3" });
    raw.resetAndDestroy();
    expect(await two.bob.next()).toEqual({ type: "left", id: "m3" });
    await talk(two);
  });
});

describe("the server", () => {
  test.each([
    [
      "a page of another site",
      "/rooms/demo",
      { origin: "https://evil.example" },
      403,
      "bad-origin",
    ],
    ["a room without a name", "/rooms/", {}, 400, "bad-request"],
    ["an unknown path", "/elsewhere", {}, 404, "not-found"],
    ["one client too many", "/rooms/demo", {}, 503, "server-full"],
  ])("answers %s with a status and a code", async (_name, path, options, status, code) => {
    const { address } = await roomWithTwo({ maxClients: 2 });
    const socket = new WebSocket(`${address}${path}`, options);
    socket.on("error", () => {});
    const [, response] = await once(socket, "unexpected-response");
    expect(response.statusCode).toBe(status);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    expect(body).toEqual({ type: "refused", code, message: expect.any(String) });
  });

  test.each([
    "GET // HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST //channels HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
    "POST /channels HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{}",
    "GET // HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "GET http://[ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "GET /rooms/demo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "no HTTP at all\r\n\r\n",
  ])("outlives %j", async (text) => {
    const two = await roomWithTwo();
    const { hostname, port } = new URL(two.address);
    const socket = connect(Number(port), hostname);
    closers.push(() => socket.destroy());
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.end(text);
    socket.resume();
    await once(socket, "close");
    await talk(two);
  });

  test("opens no more rooms than it may", async () => {
    const two = await roomWithTwo({ maxRooms: 1 });
    const { closed } = await intruder(`${two.address}/rooms/second`);
    expect(await closed).toEqual([1008, "room-full"]);
    await talk(two);
  });
});

async function rawUpgrade(url: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  closers.push(() => socket.destroy());
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16, 7).toString("base64")}\r\n\r\n`,
  );
  await once(socket, "data");
  return socket;
}
