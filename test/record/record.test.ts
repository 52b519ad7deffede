import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { record } from "../../lib/record/record.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection that does what a test tells it, with W3C's shape. */
class FakeConnection extends EventTarget {
  signalingState = "stable";
  iceGatheringState = "new";
  iceConnectionState = "new";
  connectionState = "new";
  sctp: { transport: FakeTransport } | null = null;
  stats: Record<string, object> = {};
  closed = 0;

  async createOffer(): Promise<{ type: string; sdp: string }> {
    return { type: "offer", sdp: "v=0\r\n" };
  }

  async setRemoteDescription(): Promise<void> {
    throw new DOMException("Called in wrong state: stable", "InvalidStateError");
  }

  async addIceCandidate(_candidate?: unknown): Promise<void> {}

  localDescription: { type: string; sdp: string } | null = null;

  async setLocalDescription(_description?: object): Promise<void> {
    this.localDescription = { type: "offer", sdp: "v=0\r\n" };
  }

  createDataChannel(label: string): FakeChannel {
    this.sctp = { transport: new FakeTransport() };
    return new FakeChannel(label);
  }

  addTrack(): never {
    throw new TypeError("no track");
  }

  setConfiguration(_configuration: unknown): void {}

  async getStats(): Promise<Map<string, object>> {
    return new Map(Object.entries(this.stats));
  }

  /** As W3C says: no event tells of one's own close. */
  close(): void {
    this.closed++;
    this.signalingState = "closed";
    this.connectionState = "closed";
    this.iceConnectionState = "closed";
  }

  fire(type: string, fields: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
}

class FakeTransport extends EventTarget {
  state = "new";
  iceTransport = Object.assign(new EventTarget(), {
    pair: null as object | null,
    getSelectedCandidatePair(): null {
      return this.pair as null;
    },
  });
}

class FakeChannel extends EventTarget {
  readyState = "connecting";
  readonly id = null;
  readonly label: string;
  constructor(label: string) {
    super();
    this.label = label;
  }
}

function recorded(configuration?: unknown) {
  const connection = new FakeConnection();
  const recorder = createRecorder({ now: () => Date.now() });
  const recording = record(connection, {
    recorder,
    peer: "alice",
    ...(configuration !== undefined && { configuration }),
  });
  const events = () =>
    recorder.trace.events.map(({ seq, t, peer, pc, ...rest }: TraceEvent) => rest);
  return { connection, recorder, recording, events };
}

describe("a recorded connection", () => {
  test("tells the description that the engine made of no argument, and nothing for a rollback", async () => {
    const { connection, events } = recorded();
    await connection.setLocalDescription();
    await connection.setLocalDescription({ type: "rollback" });
    expect(events().filter(({ kind }) => kind === "settle")).toEqual([
      { kind: "settle", call: 1, result: { type: "offer", sdp: "v=0\r\n" } },
      { kind: "settle", call: 2 },
    ]);
  });

  test("keeps credentials of ICE servers to itself", () => {
    const { connection, recorder, events } = recorded({
      iceServers: [{ urls: "turn:turn.example", username: "u", credential: "secret" }],
      iceTransportPolicy: "relay",
    });
    connection.setConfiguration({
      iceServers: [{ urls: "turn:turn.example", credential: "secret" }],
    });
    expect(events()[0]).toEqual({
      kind: "create",
      configuration: {
        iceServers: [{ urls: "turn:turn.example", username: "u", credential: "(removed)" }],
        iceTransportPolicy: "relay",
      },
    });
    expect(JSON.stringify(recorder.trace)).not.toContain("secret");
  });

  test("shows calls with arguments and result, and gives the caller what it would have got", async () => {
    const { connection, events } = recorded();
    expect(await connection.createOffer()).toEqual({ type: "offer", sdp: "v=0\r\n" });
    expect(events().slice(1)).toEqual([
      { kind: "call", call: 1, method: "createOffer", arguments: [] },
      { kind: "settle", call: 1, result: { type: "offer", sdp: "v=0\r\n" } },
    ]);
  });

  test("leaves a rejection that nobody handles unhandled, and reports it once", async () => {
    const { connection } = recorded();
    const reported: unknown[] = [];
    vi.useRealTimers();
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", (reason) => reported.push(reason));
    try {
      connection.setRemoteDescription();
      await new Promise((resolve) => setImmediate(resolve));
      expect(reported.map(String)).toEqual([expect.stringContaining("wrong state")]);
      connection.setRemoteDescription().catch(() => {});
      await new Promise((resolve) => setImmediate(resolve));
      expect(reported).toHaveLength(1);
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const listener of listeners) process.on("unhandledRejection", listener);
    }
  });

  test("has the result and the error of the legacy forms, which go to callbacks", () => {
    const { connection, events } = recorded();
    const legacy = connection as unknown as Record<string, (...given: unknown[]) => unknown>;
    const heard: unknown[] = [];
    const prototype = FakeConnection.prototype as unknown as Record<string, unknown>;
    const { createOffer } = prototype;
    // A script that comes later, such as an old shim, replaces the method for every connection.
    prototype["createOffer"] = (success: (offer: object) => void, failure: (e: Error) => void) => {
      success({ type: "offer", sdp: "v=0\r\n" });
      failure(new TypeError("a second word"));
    };
    try {
      legacy["createOffer"]?.(
        (offer: unknown) => heard.push(offer),
        () => heard.push("failed"),
      );
    } finally {
      prototype["createOffer"] = createOffer;
    }
    expect(heard).toEqual([{ type: "offer", sdp: "v=0\r\n" }, "failed"]);
    expect(events().filter(({ kind }) => kind === "settle")).toEqual([
      { kind: "settle", call: 1, result: { type: "offer", sdp: "v=0\r\n" } },
    ]);
  });

  test("has methods that look like its own, and lets an argument fail by itself", async () => {
    const { connection, events } = recorded();
    expect(connection.setLocalDescription.name).toBe("setLocalDescription");
    expect(connection.addIceCandidate.length).toBe(1);
    expect(Object.keys(connection)).not.toContain("createOffer");
    await connection.addIceCandidate({
      get candidate() {
        throw new Error("not now");
      },
    });
    expect(events().slice(1)).toMatchObject([
      { method: "addIceCandidate", arguments: [{ candidate: "(not read)" }] },
      { kind: "settle" },
    ]);
  });

  test("shows errors, rejected and thrown, and lets them through", async () => {
    const { connection, events } = recorded();
    await expect(connection.setRemoteDescription()).rejects.toThrow("wrong state");
    expect(() => connection.addTrack()).toThrow(TypeError);
    expect(events().filter((event) => event.kind === "settle")).toEqual([
      {
        kind: "settle",
        call: 1,
        error: { name: "InvalidStateError", message: "Called in wrong state: stable" },
      },
      { kind: "settle", call: 2, error: { name: "TypeError", message: "no track" } },
    ]);
  });

  test("shows each state change once, with where it came from", () => {
    const { connection, events } = recorded();
    connection.iceConnectionState = "checking";
    connection.fire("iceconnectionstatechange");
    connection.fire("iceconnectionstatechange");
    connection.iceConnectionState = "connected";
    connection.fire("iceconnectionstatechange");
    expect(events().slice(1)).toEqual([
      { kind: "state", machine: "ice", from: "new", to: "checking" },
      { kind: "state", machine: "ice", from: "checking", to: "connected" },
    ]);
  });

  test("shows candidates of both sides, their end, and gathering errors", () => {
    const { connection, events } = recorded();
    const local = { candidate: "candidate:1 1 udp 1 10.0.0.1 9 typ host", sdpMid: "0" };
    connection.fire("icecandidate", {
      candidate: { ...local, foundation: "1", toJSON: () => local },
    });
    connection.fire("icecandidate", { candidate: null });
    connection.fire("icecandidateerror", { url: "stun:x", errorCode: 701, errorText: "no answer" });
    connection.addIceCandidate(local);
    connection.addIceCandidate();
    expect(events().filter((event) => event.kind === "candidate")).toEqual([
      { kind: "candidate", side: "local", candidate: local },
      { kind: "candidate", side: "local", candidate: null },
      {
        kind: "candidate",
        side: "local",
        candidate: null,
        error: { url: "stun:x", code: 701, text: "no answer" },
      },
      { kind: "candidate", side: "remote", candidate: local },
      { kind: "candidate", side: "remote", candidate: null },
    ]);
  });

  test("follows DTLS and the selected pair of transports that appear later", () => {
    const { connection, events } = recorded();
    connection.createDataChannel("chat");
    connection.iceConnectionState = "checking";
    connection.fire("iceconnectionstatechange");
    const transport = connection.sctp?.transport as FakeTransport;
    transport.state = "connecting";
    transport.dispatchEvent(new Event("statechange"));
    transport.iceTransport.pair = { local: { candidate: "L" }, remote: { candidate: "R" } };
    transport.iceTransport.dispatchEvent(new Event("selectedcandidatepairchange"));
    transport.iceTransport.dispatchEvent(new Event("selectedcandidatepairchange"));
    const found = events().filter(({ kind }) => kind === "state" || kind === "pair");
    expect(found).toEqual([
      { kind: "state", machine: "ice", from: "new", to: "checking" },
      { kind: "state", machine: "dtls", id: "1", from: "new", to: "connecting" },
      {
        kind: "pair",
        local: "L",
        remote: "R",
        state: "succeeded",
        nominated: true,
        selected: true,
      },
    ]);
  });

  test("follows transports of an engine that tells of no checks", () => {
    const { connection, events } = recorded();
    connection.createDataChannel("chat");
    const transport = connection.sctp?.transport as FakeTransport;
    transport.state = "connected";
    transport.iceTransport.pair = { local: { candidate: "L" }, remote: { candidate: "R" } };
    connection.iceConnectionState = "connected";
    connection.fire("iceconnectionstatechange");
    const found = events().filter(({ kind }) => kind === "state" || kind === "pair");
    expect(found).toMatchObject([
      { machine: "ice", from: "new", to: "connected" },
      { machine: "dtls", id: "1", from: "new", to: "connected" },
      { kind: "pair", local: "L", remote: "R" },
    ]);
  });

  test("shows calls of senders and transceivers, whichever way the page came by them", async () => {
    const part = () => ({
      mid: null,
      sender: { transport: null, replaceTrack: async () => {} },
      stop() {},
    });
    const [added, listed, heard] = [part(), part(), part()];
    const connection = Object.assign(new FakeConnection(), {
      addTransceiver: () => added,
      getSenders: () => [listed.sender],
      getTransceivers: () => [listed],
    });
    const recorder = createRecorder({ now: () => 0 });
    record(connection, { recorder, peer: "alice", statsIntervalMs: 0 });
    connection.addTransceiver();
    connection.fire("track", { track: { id: "t", kind: "audio" }, transceiver: heard });
    for (const { sender } of [added, listed, heard]) await sender.replaceTrack();
    heard.stop();
    const calls = recorder.trace.events.flatMap((event) => ("method" in event ? event.method : []));
    expect(calls).toEqual([
      "addTransceiver",
      "replaceTrack",
      "replaceTrack",
      "replaceTrack",
      "stop",
    ]);
  });

  test("shows calls of the senders that a connection has by the time it is asked for them", async () => {
    const senders: { transport: null; replaceTrack(): Promise<void> }[] = [];
    const connection = Object.assign(new FakeConnection(), { getSenders: () => senders });
    const recorder = createRecorder({ now: () => 0 });
    record(connection, { recorder, peer: "alice", statsIntervalMs: 0 });
    senders.push({ transport: null, replaceTrack: async () => {} });
    const [sender] = connection.getSenders();
    expect(connection.getSenders()[0]).toBe(sender);
    await sender?.replaceTrack();
    expect(recorder.trace.events.map(({ kind }) => kind)).toEqual(["create", "call", "settle"]);
  });

  test("follows data channels of both sides and tracks", () => {
    const { connection, events } = recorded();
    const own = connection.createDataChannel("chat");
    const theirs = new FakeChannel("files");
    theirs.readyState = "open";
    connection.fire("datachannel", { channel: theirs });
    own.readyState = "open";
    own.dispatchEvent(new Event("open"));
    connection.fire("track", {
      track: { id: "t", kind: "audio", enabled: true },
      streams: [{ id: "s" }],
      transceiver: { mid: "0" },
    });
    expect(events().slice(3)).toEqual([
      { kind: "channel", id: "1", label: "chat", side: "local" },
      { kind: "channel", id: "2", label: "files", side: "remote" },
      { kind: "state", machine: "channel", id: "2", from: "connecting", to: "open" },
      { kind: "state", machine: "channel", id: "1", from: "connecting", to: "open" },
      { kind: "track", track: { id: "t", kind: "audio" }, mid: "0", streams: ["s"] },
    ]);
  });

  test("shows once a second the statistics that changed, and those that are gone as null", async () => {
    const { connection, events } = recorded();
    connection.stats = { a: { id: "a", timestamp: 1, bytes: 1 }, b: { id: "b", timestamp: 1 } };
    await vi.advanceTimersByTimeAsync(1000);
    connection.stats = { a: { id: "a", timestamp: 2, bytes: 2 }, b: { id: "b", timestamp: 2 } };
    await vi.advanceTimersByTimeAsync(1000);
    connection.stats = { a: { id: "a", timestamp: 3, bytes: 2 } };
    await vi.advanceTimersByTimeAsync(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(events().slice(1)).toEqual([
      {
        kind: "stats",
        report: { a: { id: "a", timestamp: 1, bytes: 1 }, b: { id: "b", timestamp: 1 } },
      },
      { kind: "stats", report: { a: { id: "a", timestamp: 2, bytes: 2 } } },
      { kind: "stats", report: { b: null } },
    ]);
  });

  test("says that it is alive while a connected connection is silent", async () => {
    const { connection, events } = recorded();
    await vi.advanceTimersByTimeAsync(3000);
    expect(events()).toHaveLength(1);
    connection.connectionState = "connected";
    connection.fire("connectionstatechange");
    await vi.advanceTimersByTimeAsync(3000);
    expect(events().map((event) => event.kind)).toEqual(["create", "state", "alive", "alive"]);
  });

  test("ends with the connection, whose last states it shows although no event tells of them", () => {
    const { connection, events } = recorded();
    connection.close();
    expect(events().slice(-5)).toEqual([
      { kind: "settle", call: 1 },
      { kind: "state", machine: "signaling", from: "stable", to: "closed" },
      { kind: "state", machine: "ice", from: "new", to: "closed" },
      { kind: "state", machine: "connection", from: "new", to: "closed" },
      { kind: "end", reason: "closed" },
    ]);
    expect(connection.closed).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves the connection as it was when the recording stops", async () => {
    const { connection, recording, events } = recorded();
    recording.stop();
    recording.stop();
    await connection.createOffer();
    connection.fire("negotiationneeded");
    expect(events().map((event) => event.kind)).toEqual(["create", "end"]);
    expect(Object.hasOwn(connection, "createOffer")).toBe(false);
  });

  test("names several connections of one peer", () => {
    const recorder = createRecorder({ now: () => 0 });
    const names = ["alice", "alice", "bob"].map(
      (peer) => record(new FakeConnection(), { recorder, peer, statsIntervalMs: 0 }).pc,
    );
    expect(names).toEqual(["pc1", "pc2", "pc1"]);
  });
});
