import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { StunError } from "../../lib/ice/stun-attribute.ts";
import { stunAddress, stunError, stunText } from "../../lib/ice/stun-attribute.ts";
import type { StunMessage } from "../../lib/ice/stun-message.ts";
import { parseStunMessage, printStunMessage } from "../../lib/ice/stun-message.ts";
import { testMapping } from "../../lib/stun/test-mapping.ts";
import type { ServerReport, ServerTestOptions } from "../../lib/stun/test-server.ts";
import { testServer } from "../../lib/stun/test-server.ts";
import type { TurnServer } from "../support/turn-server.ts";
import { freePort, hasCoturn, startTurnServer } from "../support/turn-server.ts";

async function test(url: string, options?: ServerTestOptions): Promise<ServerReport> {
  const reports = await testServer(url, options);
  const [report] = reports;
  if (report === undefined || reports.length > 1) throw new Error("One report was expected.");
  return report;
}

const codesOf = ({ diagnostics }: ServerReport): string[] => diagnostics.map(({ code }) => code);

describe.skipIf(!hasCoturn())("a real coturn", () => {
  let coturn: TurnServer;
  let account: ServerTestOptions;
  beforeAll(async () => {
    coturn = await startTurnServer();
    account = { username: coturn.username, credential: coturn.credential };
  });
  afterAll(() => coturn?.stop());

  it("as STUN server shows us our own address, where there is no NAT", async () => {
    const report = await test(`stun:127.0.0.1:${coturn.port}`);
    expect(report).toMatchObject({ isReachable: true, transport: "udp", diagnostics: [] });
    expect(report.mapped).toEqual(report.local);
    expect(report.software).toContain("Coturn");
    expect(report.steps.map(({ name }) => name)).toEqual(["connect", "binding"]);
  });

  it.each(["", "?transport=udp", "?transport=tcp"])("gives a relay: turn:…%s", async (query) => {
    const report = await test(`turn:127.0.0.1:${coturn.port}${query}`, account);
    expect(report).toMatchObject({ isReachable: true, lifetime: 600, diagnostics: [] });
    expect(report.relayed).toMatchObject({ address: "127.0.0.1" });
    expect(report.mapped).toEqual(report.local);
  });

  it("gives a relay over TLS, and its certificate is not trusted", async () => {
    const report = await test(`turns:127.0.0.1:${coturn.tlsPort}`, account);
    expect(report).toMatchObject({ transport: "tls", isReachable: true });
    expect(report.relayed).toMatchObject({ address: "127.0.0.1" });
    expect(codesOf(report)).toEqual(["server/certificate"]);
    expect(report.diagnostics[0]?.message.en).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it("keeps no allocation behind a test", async () => {
    const strict = await startTurnServer({ options: ["--user-quota=1"] });
    try {
      const url = `turn:127.0.0.1:${strict.port}`;
      expect((await test(url, account)).relayed).toBeDefined();
      // coturn gives a quota back with some delay; without being told to, it would only after 600 s.
      let report = await test(url, account);
      while (report.relayed === undefined) {
        expect(report.diagnostics[0]?.message.en).toContain("486 Allocation Quota Reached");
        await sleep(100);
        report = await test(url, account);
      }
    } finally {
      await strict.stop();
    }
  });

  it.each([
    ["a wrong password", { username: "lab", credential: "wrong" }, "server/credentials-refused"],
    ["an unknown user", { username: "nobody", credential: "x" }, "server/credentials-refused"],
    ["no credentials", {}, "server/credentials-missing"],
  ])("refuses %s, and is still reachable", async (_what, options, code) => {
    const report = await test(`turn:127.0.0.1:${coturn.port}?transport=tcp`, options);
    expect(codesOf(report)).toEqual([code]);
    expect(report.diagnostics[0]?.message.en).toContain("lab.test");
    expect(report).toMatchObject({ isReachable: true });
    expect(report.relayed).toBeUndefined();
  });

  it("shows by its two addresses that there is no NAT", async () => {
    const { mapping, seen } = await testMapping([{ address: "127.0.0.1", port: coturn.port }]);
    expect(mapping).toBe("none");
    expect(seen.map(({ server }) => server.address)).toEqual(["127.0.0.1", "127.0.0.2"]);
  });

  it("tests every address of a name", async () => {
    const reports = await testServer(`stun:localhost:${coturn.port}`);
    expect(reports.map(({ server }) => server?.address)).toContain("127.0.0.1");
    expect(reports[0]?.steps[0]?.name).toBe("resolve");
  });
});

describe("a server that is not there", () => {
  it.each(["udp", "tcp"])("refuses over %s, and nothing is waited for", async (transport) => {
    const port = await freePort();
    const report = await test(`turn:127.0.0.1:${port}?transport=${transport}`, {
      timeoutMs: 60_000,
    });
    expect(codesOf(report)).toEqual(["server/refused"]);
    expect(report.isReachable).toBe(false);
  });

  it("that is silent is waited for as long as told, and no longer", async () => {
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    const url = `turn:127.0.0.1:${socket.address().port}`;
    const report = await test(url, { timeoutMs: 700 });
    socket.close();
    expect(codesOf(report)).toEqual(["server/no-answer"]);
    expect(report.diagnostics[0]?.message.en).toContain("in 700 ms");
  });

  it("that takes a connection and is silent is waited for no longer either", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const report = await test(`turns:127.0.0.1:${port}`, { timeoutMs: 300 });
    server.close();
    expect(codesOf(report)).toEqual(["server/no-answer"]);
  });

  it("whose name has no address", async () => {
    const report = await test("stun:nowhere.invalid");
    expect(codesOf(report)).toEqual(["server/name"]);
  });

  it("that speaks something else", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const plain = await test(`turn:127.0.0.1:${port}?transport=tcp`);
    const secure = await test(`turns:127.0.0.1:${port}`);
    server.close();
    expect(codesOf(plain)).toEqual(["server/not-stun"]);
    expect(codesOf(secure)).toEqual(["server/tls"]);
  });

  it.each([
    ["http://example.org", "server/url"],
    ["turns:turn.example.org?transport=udp", "server/dtls"],
  ])("%s is not tested", async (url, code) => {
    expect(codesOf(await test(url))).toEqual([code]);
  });
});

describe("a server that answers with an error", () => {
  let close = (): void => {};
  afterEach(() => close());

  /** A UDP server that answers each request as told. */
  async function answering(
    answer: (request: StunMessage) => Partial<StunMessage>,
  ): Promise<string> {
    const socket = createSocket("udp4");
    socket.on("message", (bytes, { address, port }) => {
      const request = parseStunMessage(bytes);
      if (request === undefined) return;
      const response: StunMessage = {
        ...request,
        class: "success",
        attributes: [],
        ...answer(request),
      };
      socket.send(printStunMessage(response), port, address);
    });
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    close = () => socket.close();
    return `127.0.0.1:${socket.address().port}`;
  }

  it.each<[number, string]>([
    [403, "The server answers 403 Forbidden: The server's rules forbid it"],
    [420, "420 Unknown Attribute"],
    [437, "437 Allocation Mismatch"],
    [441, "441 Wrong Credentials"],
    [442, "442 Unsupported Transport Protocol"],
    [486, "486 Allocation Quota Reached"],
    [508, "508 Insufficient Capacity"],
    [599, "The server itself failed."],
  ])("explains %i", async (code, words) => {
    const place = await answering(() => refusal({ code, reason: "" }));
    const report = await test(`turn:${place}`, { username: "u", credential: "c" });
    expect(codesOf(report)).toEqual(["server/error-response"]);
    expect(report.diagnostics[0]?.message.en).toContain(words);
    expect(report.diagnostics[0]?.message.ko).toContain(String(code));
    expect(report.isReachable).toBe(true);
  });

  it("gets a new signature for a stale nonce, once", async () => {
    const nonces: string[] = [];
    const place = await answering(({ method, attributes }) => {
      if (method !== "allocate") return {};
      const nonce = attributes.find(({ type }) => type === 0x15);
      nonces.push(nonce === undefined ? "" : Buffer.from(nonce.value).toString());
      return refusal({ code: nonces.length === 1 ? 401 : 438, reason: "" }, `n${nonces.length}`);
    });
    const report = await test(`turn:${place}`, { username: "u", credential: "c" });
    expect(nonces).toEqual(["", "n1", "n2"]);
    expect(report.diagnostics[0]?.message.en).toContain("438 Stale Nonce");
  });

  it("names the server that it sends its clients to", async () => {
    const place = await answering(({ transactionId }) => ({
      class: "error",
      attributes: [
        stunError({ code: 300, reason: "Try Alternate" }),
        stunAddress("ALTERNATE-SERVER", { address: "192.0.2.9", port: 3478 }, transactionId),
      ],
    }));
    const report = await test(`turn:${place}`, { username: "u", credential: "c" });
    expect(codesOf(report)).toEqual(["server/alternate"]);
    expect(report.diagnostics[0]?.message.en).toContain("192.0.2.9:3478");
  });

  it("distrusts an answer that is not signed", async () => {
    let count = 0;
    const place = await answering(({ method, transactionId }) => {
      if (method === "allocate" && count++ === 0) return refusal({ code: 401, reason: "" });
      const relayed = { address: "127.0.0.1", port: 50000 };
      return { attributes: [stunAddress("XOR-RELAYED-ADDRESS", relayed, transactionId)] };
    });
    const report = await test(`turn:${place}`, { username: "u", credential: "c" });
    expect(codesOf(report)).toEqual(["server/signature"]);
  });

  it("is told to map symmetrically when two servers see one socket differently", async () => {
    const seen = (port: number) => (request: StunMessage) => ({
      attributes: [
        stunAddress("XOR-MAPPED-ADDRESS", { address: "198.51.100.7", port }, request.transactionId),
      ],
    });
    const first = await answering(seen(4001));
    const closeFirst = close;
    const second = await answering(seen(4002));
    const closeSecond = close;
    close = () => {
      closeFirst();
      closeSecond();
    };
    const report = await testMapping(
      [first, second].map((place) => ({
        address: "127.0.0.1",
        port: Number(place.split(":")[1]),
      })),
    );
    expect(report.mapping).toBe("endpoint-dependent");
    expect(report.diagnostics[0]?.message.en).toContain(
      "198.51.100.7:4001 and as 198.51.100.7:4002",
    );
  });
});

function refusal(error: StunError, nonce = "n"): Partial<StunMessage> {
  const attributes = [stunError(error), stunText("REALM", "r"), stunText("NONCE", nonce)];
  return { class: "error", attributes };
}
