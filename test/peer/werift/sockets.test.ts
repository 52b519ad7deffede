import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { TcpTransport } from "werift";
import { Sockets } from "../../../lib/peer/werift/sockets.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test("packets over TCP go at once", async () => {
  const noDelay = vi.spyOn(Socket.prototype, "setNoDelay");
  closers.push(() => noDelay.mockRestore());
  await connected();
  expect(noDelay).toHaveBeenCalledWith(true);
});

test("a stream that the server has ended is over, and is not opened again", async () => {
  const { server, accepted, transport } = await connected();
  let opened = 0;
  server.on("connection", () => opened++);
  accepted.end();
  await vi.waitFor(() => expect(transport.closed).toBe(true), { timeout: 5000 });
  await new Promise((done) => setTimeout(done, 50));
  expect(opened).toBe(0);
});

async function connected(): Promise<{
  server: ReturnType<typeof createServer>;
  accepted: Socket;
  transport: TcpTransport;
}> {
  const server = createServer().listen(0, "127.0.0.1");
  closers.push(() => server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const accepting = once(server, "connection");
  const sockets = new Sockets();
  closers.push(() => sockets.close());
  const transport = await sockets.watch(() => TcpTransport.init(["127.0.0.1", port]));
  const [accepted] = (await accepting) as [Socket];
  closers.push(() => accepted.destroy());
  return { server, accepted, transport };
}
