import { MessageChannel } from "node:worker_threads";
import { describe, expect, test, vi } from "vitest";
import type { RoomMessage } from "../../lib/handshake/message.ts";
import type { MessageCarrier } from "../../lib/signaling/bare-channel.ts";
import { startBareChannel } from "../../lib/signaling/bare-channel.ts";
import type { SignalingSocket } from "../../lib/signaling/web-socket.ts";

const offer = { type: "offer", sdp: "v=0\r\n" };

/** Two carriers in one process: what one sends the other gets, later. */
function carriers(): readonly [MessageCarrier, MessageCarrier] {
  const make = (): MessageCarrier & { other?: MessageCarrier } => ({
    onmessage: null,
    send(text) {
      const to = this.other?.onmessage as ((message: unknown) => void) | null | undefined;
      queueMicrotask(() => to?.({ data: text }));
    },
  });
  const [one, two] = [make(), make()];
  one.other = two;
  two.other = one;
  return [one, two];
}

async function join(carrier: MessageCarrier, isCaller: boolean, listenAt?: Promise<void>) {
  const heard: (RoomMessage | string)[] = [];
  const sockets: [SignalingSocket, unknown][] = [];
  const signaling = await startBareChannel(carrier, { isCaller })({
    name: "ann",
    onSocket: (socket, transport) => sockets.push([socket, transport]),
  });
  await listenAt;
  signaling.listen({
    message: (message) => heard.push(message),
    closed: (reason) => heard.push(reason),
  });
  return { signaling, heard, sockets };
}

describe("a bare channel", () => {
  test("starts the caller at once, and the callee at the first message", async () => {
    const [one, two] = carriers();
    const callee = await join(two, false);
    expect(callee.signaling.members).toEqual([{ id: "other", name: "other" }]);
    expect(callee.heard).toEqual([]);
    const caller = await join(one, true);
    expect(caller.heard).toEqual([{ type: "welcome", id: "other", name: "other" }]);
    caller.signaling.send({ type: "offer", to: "other", data: offer });
    caller.signaling.send({ type: "candidate", to: "other", data: null });
    await vi.waitFor(() =>
      expect(callee.heard).toEqual([
        { type: "offer", data: offer, from: "other", to: "self" },
        { type: "candidate", data: null, from: "other", to: "self" },
      ]),
    );
  });

  test("has only its two kinds of messages on the wire", async () => {
    const sent: string[] = [];
    const carrier: MessageCarrier = { onmessage: null, send: (text) => sent.push(text) };
    const { signaling } = await join(carrier, true);
    signaling.send({ type: "offer", to: "other", data: offer });
    signaling.send({ type: "candidate", to: "other", data: { candidate: "c" } });
    signaling.send({ type: "candidate", to: "other" });
    signaling.send({ type: "bye", to: "other" });
    expect(sent).toEqual([
      JSON.stringify({ sdp: offer }),
      '{"candidate":{"candidate":"c"}}',
      '{"candidate":null}',
    ]);
  });

  test("loses nothing that comes before somebody listens, and takes texts as well as events", async () => {
    const carrier: MessageCarrier = { onmessage: null, send: () => {} };
    const joining = startBareChannel(carrier, { isCaller: false });
    const give = (message: unknown): void =>
      (carrier.onmessage as ((message: unknown) => void) | null)?.(message);
    give({ data: JSON.stringify({ sdp: offer }) });
    const heard: unknown[] = [];
    const recorded: unknown[] = [];
    const signaling = await joining({
      name: "bob",
      onSocket: (socket) => socket.addEventListener("message", ({ data }) => recorded.push(data)),
    });
    give('{"candidate":null}');
    signaling.listen({ message: ({ type }) => heard.push(type), closed: () => {} });
    expect(heard).toEqual(["offer", "candidate"]);
    expect(recorded).toHaveLength(2);
  });

  test("leaves out what is none of its messages", async () => {
    const carrier: MessageCarrier = { onmessage: null, send: () => {} };
    const { heard } = await join(carrier, false);
    const give = carrier.onmessage as unknown as (message: unknown) => void;
    for (const odd of ["hello", { data: "[]" }, { data: new ArrayBuffer(2) }, null, 7, {}])
      give(odd);
    expect(heard).toEqual([]);
  });

  test("waits until its carrier is open, and says when that fails", async () => {
    const listeners: Record<string, (event: object) => void> = {};
    const carrier = {
      readyState: 0,
      onmessage: null,
      send: vi.fn(),
      addEventListener: (type: string, listener: (event: object) => void) => {
        listeners[type] = listener;
      },
    };
    const joining = join(carrier, true);
    carrier.readyState = 1;
    listeners["open"]?.({});
    const { signaling, heard } = await joining;
    signaling.send({ type: "offer", to: "other", data: offer });
    expect(carrier.send).toHaveBeenCalledOnce();
    listeners["close"]?.({ code: 1001, reason: "gone" });
    expect(heard.at(-1)).toBe("gone");
    signaling.send({ type: "offer", to: "other", data: offer });
    expect(carrier.send).toHaveBeenCalledOnce();

    carrier.readyState = 0;
    const failing = join(carrier, true);
    listeners["close"]?.({ code: 1006 });
    await expect(failing).rejects.toMatchObject({ name: "SignalingError", code: "unreachable" });
  });

  test("runs over a MessagePort too", async () => {
    const { port1, port2 } = new MessageChannel();
    const over = (port: typeof port1): MessageCarrier => {
      const carrier: MessageCarrier = { onmessage: null, send: (text) => port.postMessage(text) };
      port.on("message", (text) => (carrier.onmessage as ((text: string) => void) | null)?.(text));
      return carrier;
    };
    const callee = await join(over(port2), false);
    const caller = await join(over(port1), true);
    caller.signaling.send({ type: "offer", to: "other", data: offer });
    await vi.waitFor(() => expect(callee.heard).toHaveLength(1));
    port1.close();
  });
});
