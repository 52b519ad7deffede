import { describe, expect, test } from "vitest";
import { recordSocket } from "../../lib/record/record-socket.ts";
import { createSignalReader } from "../../lib/record/signal.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

class FakeSocket extends EventTarget {
  readonly sent: unknown[] = [];
  send(data: unknown): void {
    this.sent.push(data);
  }
  receive(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

function recorded(maxLength?: number) {
  const socket = new FakeSocket();
  const recorder = createRecorder({ now: () => 0 });
  const stop = recordSocket(socket, {
    recorder,
    peer: "alice",
    ...(maxLength !== undefined && { maxLength }),
  });
  return { socket, stop, events: recorder.trace.events };
}

describe("a recorded socket", () => {
  test("shows what it sends and receives, and still sends it", () => {
    const { socket, events } = recorded();
    socket.send('{"type":"offer","sdp":"v=0"}');
    socket.receive("ready");
    socket.receive(new ArrayBuffer(3));
    expect(socket.sent).toEqual(['{"type":"offer","sdp":"v=0"}']);
    expect(events).toMatchObject([
      { direction: "out", transport: "ws", type: "offer", data: { type: "offer", sdp: "v=0" } },
      { direction: "in", type: "message", data: "ready" },
      { direction: "in", type: "binary", data: { byteLength: 3 } },
    ]);
  });

  test("shows no message that it refused to send, and lets the error through", () => {
    const socket = new FakeSocket();
    socket.send = () => {
      throw new DOMException("Still in CONNECTING state.", "InvalidStateError");
    };
    const recorder = createRecorder({ now: () => 0 });
    recordSocket(socket, { recorder, peer: "alice" });
    expect(() => socket.send("early")).toThrow("Still in CONNECTING state.");
    expect(recorder.trace.events).toEqual([]);
  });

  test("shows how long a Blob is", () => {
    const { socket, events } = recorded();
    socket.send(new Blob(["four"]));
    expect(events).toMatchObject([{ type: "binary", data: { byteLength: 4 } }]);
  });

  test("cuts long messages and says by how much", () => {
    const { socket, events } = recorded(20);
    socket.send(`{"type":"offer","sdp":"${"x".repeat(100)}"}`);
    expect(events[0]).toMatchObject({
      type: "offer",
      data: '{"type":"offer","sdp',
      cut: 105,
    });
  });

  test("shows how it closed", () => {
    const { socket, events } = recorded();
    socket.dispatchEvent(
      Object.assign(new Event("close"), { code: 1001, reason: "server-closed" }),
    );
    expect(events).toMatchObject([
      { kind: "note", text: "The signaling socket closed: 1001 server-closed" },
    ]);
  });

  test("works as before once the recording stopped", () => {
    const { socket, stop, events } = recorded();
    stop();
    socket.send("x");
    socket.receive("y");
    expect(events).toEqual([]);
    expect(Object.hasOwn(socket, "send")).toBe(false);
  });
});

describe("a signal reader", () => {
  test("gives a room's message one name at both ends", () => {
    const alice = createSignalReader();
    const bob = createSignalReader();
    alice("in", '{"type":"joined","id":"m1","members":[],"capacity":2}');
    const sent = alice("out", '{"type":"offer","to":"m2","message":7,"data":{}}');
    const received = bob("in", '{"type":"offer","to":"m2","message":7,"data":{},"from":"m1"}');
    expect([sent.message, received.message]).toEqual(["m1:7", "m1:7"]);
  });

  test.each([
    ['{"sdp":{"type":"answer","sdp":"v=0"}}', "answer"],
    ['{"sdp":"v=0"}', "description"],
    ['{"candidate":null}', "candidate"],
    ['{"candidate":{"candidate":"candidate:1"}}', "candidate"],
    ['{"candidate":"candidate:1","sdpMLineIndex":0}', "candidate"],
    ['{"hello":1}', "message"],
    ["[1]", "message"],
    ["H264|-|-|opus", "announcement"],
    ['{"type":"answer","sdp":"v=0"}|-|-|{"candidate":"candidate:1"}', "answer"],
    ["Error: no such stream", "message"],
  ])("%s is a message of type %s", (text, type) => {
    expect(createSignalReader()("in", text).type).toBe(type);
  });
});
