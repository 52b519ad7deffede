import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RecordableWindow } from "../../lib/record/record-all.ts";
import { recordAll } from "../../lib/record/record-all.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakeConnection extends EventTarget {
  signalingState = "stable";
  iceGatheringState = "new";
  iceConnectionState = "new";
  connectionState = "new";
  constructor(given?: { refuse?: boolean }) {
    super();
    if (given?.refuse) throw new TypeError("refused");
  }
  static generateCertificate(): string {
    return "certificate";
  }
  async createOffer(): Promise<object> {
    return { type: "offer", sdp: "v=0\r\n" };
  }
}

class FakeSocket extends EventTarget {
  static sockets: FakeSocket[] = [];
  static readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.sockets.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {}
}

function page() {
  FakeSocket.sockets = [];
  const window = {
    RTCPeerConnection: FakeConnection as typeof FakeConnection,
    WebSocket: FakeSocket as typeof FakeSocket,
    navigator: { userAgent: "Mozilla/5.0 … Chrome/156.0.8078.79 Safari/537.36" },
    document: { title: "My call" },
  };
  const recording = recordAll(window as unknown as RecordableWindow, {
    url: "ws://127.0.0.1:1/intake?token=t",
    peer: "alice",
  });
  return {
    window,
    recording,
    /** What has been recorded so far. */
    get events() {
      return recording.recorder.trace.events;
    },
  };
}

describe("a recorded page", () => {
  test("names its trace, its peer and its browser", () => {
    const { header } = page().recording.recorder;
    expect(header.id).toMatch(/^alice-[0-9a-z]{4}-\d{4}-\d\d-\d\dT/);
    expect(header.peers).toEqual([{ id: "alice", name: "My call", engine: "Chrome 156" }]);
  });

  test.each([
    ["철수", /^page-[0-9a-z]{4}-\d{4}-/],
    ["", /^page-[0-9a-z]{4}-\d{4}-/],
    ["김 kim-1", /^kim1-[0-9a-z]{4}-\d{4}-/],
    ["a".repeat(500), /^a{64}-[0-9a-z]{4}-\d{4}-/],
  ])("has an id that may be a file's name, whatever its peer is called", (peer, id) => {
    const window = { WebSocket: FakeSocket } as unknown as RecordableWindow;
    const recording = recordAll(window, { url: "ws://127.0.0.1:1/", peer });
    expect(recording.recorder.header.id).toMatch(id);
    expect(recording.recorder.header.peers).toMatchObject([{ id: peer }]);
    recording.stop();
  });

  test("has traces of the same first name in one tab, and of another in another tab", () => {
    const ids = (storage: object) =>
      [1, 2].map(() => {
        const window = { WebSocket: FakeSocket, ...storage } as unknown as RecordableWindow;
        const recording = recordAll(window, { url: "ws://127.0.0.1:1/" });
        recording.stop();
        vi.advanceTimersByTime(1000);
        return recording.recorder.header.id;
      });
    const tab = () => {
      const items = new Map<string, string>();
      const getItem = (key: string) => items.get(key) ?? null;
      return { sessionStorage: { getItem, setItem: items.set.bind(items) } };
    };
    const firstNames = (list: readonly string[]) => new Set(list.map((id) => id.slice(0, 9)));
    const one = ids(tab());
    expect(new Set(one).size).toBe(2);
    expect(firstNames(one).size).toBe(1);
    expect(firstNames([...one, ...ids(tab())]).size).toBe(2);
    // A page may keep nothing, or not even ask.
    const locked = {
      get getItem(): never {
        throw new Error("SecurityError");
      },
    };
    expect(firstNames(ids({ sessionStorage: locked })).size).toBe(2);
    expect(firstNames(ids({})).size).toBe(2);
    expect(firstNames(ids({ sessionStorage: { getItem: () => "../x", setItem() {} } })).size).toBe(
      2,
    );
  });

  test("has classes that are still its own in every respect", () => {
    const { window } = page();
    const connection = new window.RTCPeerConnection();
    expect(connection).toBeInstanceOf(window.RTCPeerConnection);
    expect(connection).toBeInstanceOf(FakeConnection);
    expect(window.RTCPeerConnection.generateCertificate()).toBe("certificate");
    expect(window.WebSocket.OPEN).toBe(1);
    class Mine extends window.RTCPeerConnection {}
    expect(new Mine()).toBeInstanceOf(Mine);
  });

  test("shows each connection, with its configuration, and each socket", async () => {
    const recorded = page();
    const { window } = recorded;
    const make = window.RTCPeerConnection as unknown as new (
      configuration: object,
    ) => FakeConnection;
    const connection = new make({ iceServers: [{ urls: "turn:x", credential: "secret" }] });
    await connection.createOffer();
    new window.WebSocket("ws://signaling").send('{"type":"offer"}');
    expect(recorded.events).toMatchObject([
      {
        kind: "create",
        peer: "alice",
        pc: "pc1",
        configuration: { iceServers: [{ urls: "turn:x", credential: "(removed)" }] },
      },
      { kind: "call", method: "createOffer" },
      { kind: "settle" },
      { kind: "signal", direction: "out", type: "offer" },
    ]);
  });

  test("has the time of each call, although its events are put together later", () => {
    const recorded = page();
    const connection = new recorded.window.RTCPeerConnection();
    vi.advanceTimersByTime(40);
    connection.createOffer();
    vi.advanceTimersByTime(4000);
    const [create, call] = recorded.events;
    expect((call?.t ?? 0) - (create?.t ?? 0)).toBeCloseTo(40, 0);
    expect(recorded.events.map(({ seq }) => seq)).toEqual(recorded.events.map((_, at) => at + 1));
  });

  test("shows a connection that could not be made, and lets the error through", () => {
    const recorded = page();
    const make = recorded.window.RTCPeerConnection as unknown as new (given: object) => object;
    const given = { iceServers: [{ urls: "turn:x", credential: "secret" }], refuse: true };
    expect(() => new make(given)).toThrow(new TypeError("refused"));
    new recorded.window.RTCPeerConnection();
    expect(recorded.events).toMatchObject([
      {
        kind: "call",
        pc: "pc1",
        method: "constructor",
        arguments: [{ iceServers: [{ urls: "turn:x", credential: "(removed)" }], refuse: true }],
        stack: expect.stringContaining("record-all.test.ts"),
      },
      { kind: "settle", error: { name: "TypeError", message: "refused" } },
      { kind: "end", pc: "pc1" },
      { kind: "create", pc: "pc2" },
    ]);
  });

  test("does not record the way its own trace goes", () => {
    const recorded = page();
    const [intake] = FakeSocket.sockets;
    intake?.dispatchEvent(new Event("open"));
    expect(intake?.sent).toHaveLength(1);
    expect(recorded.events).toEqual([]);
    recorded.recording.stop();
  });

  test("is alone with its trace when the intake refused it, and says why", () => {
    const { recording } = page();
    const [intake] = FakeSocket.sockets;
    expect([recording.isAlone, recording.refusal]).toEqual([false, undefined]);
    const message = "Another recording has the id x.";
    const data = JSON.stringify({ type: "refused", code: "id-taken", message });
    intake?.dispatchEvent(new MessageEvent("message", { data }));
    intake?.dispatchEvent(new Event("close"));
    vi.advanceTimersByTime(60_000);
    expect([recording.isAlone, recording.refusal]).toEqual([true, message]);
    expect(FakeSocket.sockets).toHaveLength(1);
    recording.stop();
  });

  test("gets its own classes back, and the trace its end", () => {
    const recorded = page();
    const { window, recording } = recorded;
    recording.stop();
    recording.stop();
    expect(window.RTCPeerConnection).toBe(FakeConnection);
    expect(window.WebSocket).toBe(FakeSocket);
    expect(recorded.events).toMatchObject([{ kind: "end", reason: "recorder-stopped" }]);
  });

  test("asks no connection for statistics once its recording was stopped", async () => {
    const recorded = page();
    const asked: string[] = [];
    const make = (name: string) =>
      Object.assign(new recorded.window.RTCPeerConnection(), {
        getStats: async () => void asked.push(name),
      });
    const [open, closed] = [make("open"), make("closed")];
    await vi.advanceTimersByTimeAsync(1500);
    expect(asked).toEqual(["open", "closed"]);
    closed.signalingState = "closed";
    await vi.advanceTimersByTimeAsync(1000);
    recorded.recording.stop();
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(10_000);
    await open.createOffer();
    expect(asked).toEqual([]);
    expect(recorded.events.filter(({ kind }) => kind === "end")).toMatchObject([
      { pc: "pc2", reason: "closed" },
      { pc: "pc1", reason: "recorder-stopped" },
      { reason: "recorder-stopped" },
    ]);
    expect(recorded.events.at(-1)).not.toHaveProperty("pc");
  });

  test("keeps what a shim put in the place of its classes, which records no more, and gets no field that it had not", () => {
    const { window, recording } = page();
    const { RTCPeerConnection, WebSocket } = window;
    class Shim extends RTCPeerConnection {}
    class SocketShim extends WebSocket {}
    window.RTCPeerConnection = Shim;
    window.WebSocket = SocketShim;
    recording.stop();
    expect(window.RTCPeerConnection).toBe(Shim);
    expect(window.WebSocket).toBe(SocketShim);
    expect(Object.keys(window)).toEqual([
      "RTCPeerConnection",
      "WebSocket",
      "navigator",
      "document",
    ]);
    new window.RTCPeerConnection();
    new window.WebSocket("ws://signaling").send("x");
    expect(recording.recorder.trace.events).toMatchObject([{ kind: "end" }]);
    expect(FakeConnection.prototype.constructor).toBe(FakeConnection);
  });
});
