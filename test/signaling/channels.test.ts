import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createInspectorServer } from "../../lib/serve/server.ts";
import type { ChannelClient, ChannelClientOptions } from "../../lib/signaling/channel-client.ts";
import { connectChannel } from "../../lib/signaling/channel-client.ts";
import type { SignalingServerOptions } from "../../lib/signaling/server.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(options: SignalingServerOptions = {}): Promise<string> {
  const server = createSignalingServer(options);
  closers.push(() => server.close());
  return (await server.listen()).replace("ws", "http");
}

async function enter(url: string, options: ChannelClientOptions = {}) {
  const client: ChannelClient = await connectChannel(url, options);
  closers.push(() => client.close());
  const heard: string[] = [];
  client.onmessage = ({ data }) => heard.push(data);
  return { client, heard };
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method: "POST", body: text, headers });
  const fields = (await response.json()) as Record<string, string>;
  return { status: response.status, headers: response.headers, fields };
}

/** Opens a socket as any program would; what it hears and how it ends. */
async function open(address: string) {
  const socket = new WebSocket(address.replace("http", "ws"));
  closers.push(() => socket.terminate());
  const heard: unknown[] = [];
  socket.on("message", (data) => heard.push(JSON.parse(String(data))));
  socket.on("error", () => {});
  const closed = once(socket, "close").then(([code, reason]) => [code, String(reason)]);
  await once(socket, "open");
  return { socket, heard, closed };
}

describe("token channels", () => {
  test("work as they stand on the wire: a token, a socket, messages up by POST and down the socket", async () => {
    const url = await serve();
    const ann = await post(`${url}/channels`, { client: "ann" });
    expect(ann).toMatchObject({
      status: 201,
      fields: { id: expect.stringMatching(/^.{22}$/), token: expect.stringMatching(/^.{22}$/) },
    });
    const { id, token } = ann.fields;
    const bob = await post(`${url}/channels`, { client: "bob", channel: id });
    expect(bob).toMatchObject({ status: 201, fields: { id } });
    expect(bob.fields["token"]).not.toBe(token);

    const message = { sdp: { type: "offer", sdp: "v=0\r\n한글\r\n" } };
    const messages = `${url}/channels/${id}/messages`;
    const annSends = (body: unknown) => post(messages, body, { authorization: `Bearer ${token}` });
    // Bob's socket is not open yet: the message waits for it.
    expect(await annSends(message)).toMatchObject({ status: 202, fields: { clients: 1 } });
    const down = await open(`${url}/channels/${id}?token=${bob.fields["token"]}`);
    await vi.waitFor(() => expect(down.heard).toEqual([message]));
    await annSends({ candidate: null });
    await vi.waitFor(() => expect(down.heard).toEqual([message, { candidate: null }]));
  });

  test("refuse a wrong token, a spent one and none", async () => {
    const url = await serve();
    const { fields } = await post(`${url}/channels`, { client: "ann" });
    const address = `${url}/channels/${fields["id"]}`;
    const wrong = await open(`${address}?token=wrong`);
    expect(await wrong.closed).toEqual([1008, "bad-token"]);
    expect(wrong.heard).toEqual([
      { type: "refused", code: "bad-token", message: expect.any(String) },
    ]);
    const first = await open(`${address}?token=${fields["token"]}`);
    const second = await open(`${address}?token=${fields["token"]}`);
    expect(await second.closed).toEqual([1008, "spent-token"]);
    expect(first.socket.readyState).toBe(WebSocket.OPEN);
    const elsewhere = await open(`${url}/channels/none?token=${fields["token"]}`);
    expect(await elsewhere.closed).toEqual([1008, "bad-token"]);
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: "Basic x" }]) {
      expect(await post(`${address}/messages`, {}, headers)).toMatchObject({
        status: 401,
        fields: { type: "refused", code: "bad-token" },
      });
    }
    first.socket.close();
    await first.closed;
    const authorization = `bearer ${fields["token"]}`;
    await vi.waitFor(async () =>
      expect((await post(`${address}/messages`, {}, { authorization })).status).toBe(401),
    );
  });

  test("refuse what is no request of theirs, with a status and a code", async () => {
    const url = await serve({
      maxChannels: 2,
      channel: { maxMessageLength: 100 },
      authorizeChannel: ({ client, authorization }) =>
        client !== "eve" || authorization === "Bearer app",
    });
    const channels = `${url}/channels`;
    const refused = (status: number, code: string) => ({
      status,
      fields: { type: "refused", code },
    });
    expect(await post(channels, "hello")).toMatchObject(refused(400, "bad-request"));
    expect(await post(channels, {})).toMatchObject(refused(400, "bad-request"));
    expect(await post(channels, { client: "" })).toMatchObject(refused(400, "bad-request"));
    expect(await post(channels, { client: "x".repeat(65) })).toMatchObject(
      refused(400, "bad-request"),
    );
    expect(await post(channels, { client: "ann", channel: 7 })).toMatchObject(
      refused(400, "bad-request"),
    );
    expect(await post(channels, { client: "ann", channel: "none" })).toMatchObject(
      refused(404, "no-such-channel"),
    );
    expect(await post(channels, { client: "eve" })).toMatchObject(refused(403, "not-allowed"));
    const eve = await post(channels, { client: "eve" }, { authorization: "Bearer app" });
    expect(eve.status).toBe(201);
    const { id: channel, token } = eve.fields;
    expect(
      await post(channels, { client: "eve", channel }, { authorization: "Bearer app" }),
    ).toMatchObject(refused(409, "client-taken"));
    expect((await post(channels, { client: "bob", channel })).status).toBe(201);
    expect(await post(channels, { client: "cid", channel })).toMatchObject(
      refused(409, "channel-full"),
    );
    expect((await post(channels, { client: "cid" })).status).toBe(201);
    expect(await post(channels, { client: "dan" })).toMatchObject(
      refused(503, "too-many-channels"),
    );
    const say = (body: string) =>
      post(`${channels}/${channel}/messages`, body, { authorization: `Bearer ${token}` });
    expect(await say("hello")).toMatchObject(refused(400, "not-json"));
    expect(await say(`{"x":"${"x".repeat(100)}"}`)).toMatchObject(refused(413, "too-large"));
    expect(await say("x".repeat(2_000_000))).toMatchObject(refused(413, "too-large"));
    const got = await fetch(channels);
    expect([got.status, await got.json()]).toMatchObject([405, { code: "bad-request" }]);
    expect((await fetch(`${url}/other`)).status).toBe(426);
  });

  test("refuse a flood", async () => {
    const url = await serve({ channel: { messagesPerSecond: 1, burst: 3 } });
    const { client } = await enter(url);
    const codes: string[] = [];
    client.refused = ({ code }) => codes.push(code);
    for (let n = 0; n < 5; n++) client.send("{}");
    await client.flushed();
    expect(codes).toEqual(["too-fast", "too-fast"]);
  });

  test("let go of who speaks up its socket instead of posting", async () => {
    const url = await serve();
    const { fields } = await post(`${url}/channels`, { client: "ann" });
    const ann = await open(`${url}/channels/${fields["id"]}?token=${fields["token"]}`);
    ann.socket.send("{}");
    expect(await ann.closed).toEqual([1008, "post-only"]);
  });

  test("answer pages of this machine, and no others", async () => {
    const url = await serve();
    const mine = { origin: "http://localhost:5173" };
    const asked = await fetch(`${url}/channels`, { method: "OPTIONS", headers: mine });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
    const { status, headers } = await post(`${url}/channels`, { client: "ann" }, mine);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([201, mine.origin]);
    const foreign = { origin: "https://evil.example" };
    const refused = await post(`${url}/channels`, { client: "eve" }, foreign);
    expect(refused).toMatchObject({ status: 403, fields: { code: "bad-origin" } });
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("are on the inspector's port, too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sdpscope-channels-"));
    const inspector = await createInspectorServer({ traces: folder });
    closers.push(
      () => rm(folder, { recursive: true }),
      () => inspector.close(),
    );
    const ann = await enter(inspector.url, { client: "ann" });
    const bob = await enter(inspector.url, { client: "bob", channel: ann.client.id });
    ann.client.send('{"candidate":null}');
    await vi.waitFor(() => expect(bob.heard).toEqual(['{"candidate":null}']));
  });

  test("forget a channel when its last client has gone", async () => {
    const url = await serve({ maxChannels: 1 });
    const { client } = await enter(url);
    client.close();
    await vi.waitFor(async () =>
      expect((await post(`${url}/channels`, { client: "bob" })).status).toBe(201),
    );
  });
});

describe("a channel's client", () => {
  test("enters, and carries messages in order", async () => {
    const url = await serve();
    const ann = await enter(url, { client: "ann" });
    const bob = await enter(url, { channel: ann.client.id });
    for (let n = 0; n < 50; n++) ann.client.send(JSON.stringify({ n }));
    await vi.waitFor(() => expect(bob.heard).toHaveLength(50));
    expect(bob.heard).toEqual(Array.from({ length: 50 }, (_, n) => JSON.stringify({ n })));
    expect(ann.heard).toEqual([]);
  });

  test("posts what it was given before it closes", async () => {
    const url = await serve();
    const ann = await enter(url);
    const bob = await enter(url, { channel: ann.client.id });
    ann.client.send('{"last":true}');
    ann.client.close();
    await vi.waitFor(() => expect(bob.heard).toEqual(['{"last":true}']));
  });

  test("says why it cannot enter", async () => {
    const url = await serve({
      authorizeChannel: ({ authorization }) => authorization === "Bearer app",
    });
    await expect(connectChannel(url)).rejects.toMatchObject({
      name: "ChannelError",
      code: "not-allowed",
    });
    await expect(
      connectChannel(url, { channel: "none", authorization: "Bearer app" }),
    ).rejects.toMatchObject({ code: "no-such-channel" });
    await closers.pop()?.();
    await expect(connectChannel(url)).rejects.toMatchObject({ code: "unreachable" });
  });
});
