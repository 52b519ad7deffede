import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import type { InspectorServer, InspectorServerOptions } from "../../lib/serve/server.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";

const secret = "an-access-token-of-a-test";
const intake = "an-intake-token-of-a-test";

describe("a server that other machines reach", () => {
  let folder: string;
  let server: InspectorServer;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "sdpscope-access-"));
    writeFileSync(join(folder, "index.html"), "<!doctype html><title>the page</title>");
    writeFileSync(join(folder, "record.js"), "// the recorder");
    server = await start({ host: "0.0.0.0" });
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(options: InspectorServerOptions): Promise<InspectorServer> {
    return createInspectorServer({
      inspector: folder,
      recorder: join(folder, "record.js"),
      traces: join(folder, "traces"),
      token: intake,
      accessToken: secret,
      ...options,
    });
  }

  it.each([
    "",
    "traces",
    "traces/any.sdpscope.jsonl",
    "record.js",
    "assets/index.js",
    `?access=${intake}`,
    `traces?token=${intake}`,
    "?access=",
    "traces?access=wrong",
  ])("gives nothing for /%s", async (path) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(401);
    expect(await response.text()).toMatch(/asks for a token[\s\S]*토큰이 필요합니다/);
  });

  it("makes no channel and opens no socket without the token", async () => {
    expect((await fetch(`${server.url}channels`, { method: "POST" })).status).toBe(401);
    for (const path of ["feed", "rooms/any", `rooms/any?token=${secret}`, `feed?token=${intake}`]) {
      expect(await opens(server.url + path), path).toBe("Unexpected server response: 401");
    }
    expect(await opens(`${server.url}intake?token=${secret}`)).toContain("401");
  });

  it("gives a browser that comes with the token a cookie, and its address without it", async () => {
    expect(server.link()).toBe(`${server.url}?access=${secret}`);
    const first = await fetch(`${server.link()}&event=7`, { redirect: "manual" });
    expect([first.status, first.headers.get("location")]).toEqual([303, "./?event=7"]);
    const [cookie = "", ...attributes] = (first.headers.get("set-cookie") ?? "").split("; ");
    expect(attributes).toEqual(["Path=/", "HttpOnly", "SameSite=Lax"]);
    const with_ = { headers: { cookie: `other=1; ${cookie}; last=2` } };
    expect(await (await fetch(server.url, with_)).text()).toContain("the page");
    expect(await (await fetch(`${server.url}traces`, with_)).json()).toEqual([]);
    expect(await opens(`${server.url}feed`, with_)).toBe("open");
    const forged = { headers: { cookie: `${cookie}x; x${cookie}` } };
    expect((await fetch(`${server.url}traces`, forged)).status).toBe(401);
  });

  it("gives a program what it asks for by its link", async () => {
    expect(await (await fetch(server.link("traces"))).json()).toEqual([]);
    expect(await opens(server.link("feed"))).toBe("open");
    expect(await opens(server.link("rooms/any?name=bob"))).toBe("open");
  });

  it("gives the recorder to a page by the intake's token alone, which opens nothing else", async () => {
    expect(server.link("record.js")).toBe(`${server.url}record.js?token=${intake}`);
    expect(await (await fetch(server.link("record.js"))).text()).toContain("the recorder");
    expect(await opens(`${server.url}intake?token=${intake}`)).toBe("open");
    const seen = await fetch(`${server.url}record.js?access=${secret}`, { method: "HEAD" });
    expect(seen.headers.get("content-location")).toBe(`/record.js?token=${intake}`);
  });

  it("keeps the token it made up in the folder of the traces, for its owner alone", async () => {
    const options = { host: "0.0.0.0", inspector: folder, traces: join(folder, "kept") };
    const first = await createInspectorServer(options);
    const { search } = new URL(first.link());
    await first.close();
    const file = join(folder, "kept", ".access-token");
    expect(`?access=${readFileSync(file, "utf8").trim()}`).toBe(search);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await createInspectorServer(options);
    expect(new URL(second.link()).search).toBe(search);
    await second.close();
  });

  it.each(["", "a b", "a;b", "a\n"])("does not start with the access token %j", async (token) => {
    await expect(start({ host: "0.0.0.0", accessToken: token })).rejects.toThrow(RangeError);
  });

  it("does not start with an empty token for the intake, or on an empty address", async () => {
    await expect(start({ token: "" })).rejects.toThrow(RangeError);
    await expect(start({ host: "" })).rejects.toMatchObject({ code: "address" });
  });

  it("knows the host it was given in the way a request has it", async () => {
    const mapped = await start({ host: "::ffff:127.0.0.1" });
    const response = await fetch(mapped.link("traces"));
    expect(response.url).toContain("//[::ffff:7f00:1]:");
    expect(response.status).toBe(200);
    await mapped.close();
  });

  it("lets go of a socket that it refused, though the other end keeps its own open", async () => {
    const refused = await start({});
    const port = Number(new URL(refused.url).port);
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const key = Buffer.alloc(16).toString("base64");
    const lines = ["GET /intake HTTP/1.1", `Host: 127.0.0.1:${port}`, "Connection: Upgrade"];
    lines.push("Upgrade: websocket", "Sec-WebSocket-Version: 13", `Sec-WebSocket-Key: ${key}`);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toContain("401 Unauthorized");
    await refused.close();
    socket.destroy();
  });

  it("asks for none where only this machine reaches it", async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      const local = await start({ host });
      expect(local.link("traces")).toBe(`${local.url}traces`);
      expect((await fetch(local.link())).status).toBe(200);
      expect(await opens(`${local.url}rooms/any`)).toBe("open");
      await local.close();
    }
  });
});

/** `open`, or why a socket did not. */
function opens(url: string, options: WebSocket.ClientOptions = {}): Promise<string> {
  const socket = new WebSocket(url.replace("http", "ws"), options);
  return new Promise((resolve) => {
    socket.once("open", () => {
      resolve("open");
      socket.close();
    });
    socket.once("error", ({ message }) => resolve(message));
  });
}
