import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { inProcess } from "../../lib/peer/in-process.ts";
import type { PeerOptions } from "../../lib/peer/options.ts";
import type { Peer } from "../../lib/peer/peer.ts";
import { createPeer, PeerError } from "../../lib/peer/peer.ts";
import { werift } from "../../lib/peer/werift.ts";
import type { JoinSignaling } from "../../lib/signaling/client.ts";
import { connectSignaling } from "../../lib/signaling/client.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";

/** A call that cannot be ends, in time, with a code and a reason that its trace has too. */

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function peer(options: Partial<PeerOptions> & Pick<PeerOptions, "room">): Peer {
  const made = createPeer({ name: "alice", media: [], ...options });
  closers.push(() => made.close());
  return made;
}

async function room(): Promise<string> {
  const server = createSignalingServer();
  closers.push(() => server.close());
  return `${await server.listen()}/rooms/failures`;
}

async function failure(connecting: Promise<void>): Promise<PeerError> {
  const error: unknown = await connecting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PeerError);
  return error as PeerError;
}

function notes(events: readonly TraceEvent[]): string[] {
  return events.flatMap((event) => (event.kind === "note" ? [event.text] : []));
}

/** What of a join's messages arrives at the other end: those that `passes` lets through. */
function filtered(
  join: JoinSignaling,
  passes: (type: string, data: unknown) => unknown,
): JoinSignaling {
  return async (options) => {
    const seat = await join(options);
    return {
      ...seat,
      send: (message) => {
        const data = passes(message.type, message.data);
        return data === undefined ? 0 : seat.send({ ...message, data });
      },
    };
  };
}

const sdpOf = (data: unknown): { readonly type: string; readonly sdp: string } => data as never;

describe("a peer ends with", () => {
  test("alone, when nobody comes", async () => {
    const alice = peer({ room: await room(), aloneTimeoutMs: 50 });
    const { code, message } = await failure(alice.connect());
    expect([code, message]).toEqual(["alone", "Nobody else came within 50 ms."]);
    expect(alice.state).toBe("failed");
    expect(notes(alice.trace.events)).toContain(`alone: ${message}`);
  });

  test("alone, when who is there does not call", async () => {
    const address = await room();
    const deaf = await connectSignaling(address, { name: "deaf" });
    closers.push(() => deaf.close());
    const alice = peer({ room: address, aloneTimeoutMs: 50 });
    expect((await failure(alice.connect())).code).toBe("alone");
  });

  test("timeout, when the other end does not answer", async () => {
    const [caller, callee] = inProcess();
    const alice = peer({ room: caller, timeoutMs: 1000 });
    const bob = peer({ name: "bob", room: filtered(callee, () => undefined) });
    bob.connect().catch(() => {});
    const { code, message } = await failure(alice.connect());
    expect(code).toBe("timeout");
    expect(message).toBe(
      "The connection did not come up within 1000 ms. The other end did not answer.",
    );
    expect(notes(alice.trace.events)).toContain(`timeout: ${message}`);
    await vi.waitFor(() => expect(alice.members).toEqual([]));
  });

  test("timeout, when no candidate of the other end arrives", async () => {
    const [caller, callee] = inProcess();
    const mute = (join: JoinSignaling): JoinSignaling =>
      filtered(join, (type, data) => {
        if (type === "candidate") return undefined;
        if (type === "bye") return null;
        const { sdp, ...rest } = sdpOf(data);
        return { ...rest, sdp: sdp.replaceAll(/a=candidate.*\r\n/g, "") };
      });
    const options = { timeoutMs: 200 };
    const alice = peer({ ...options, room: mute(caller) });
    const bob = peer({ ...options, name: "bob", room: mute(callee) });
    bob.connect().catch(() => {});
    const { code, message } = await failure(alice.connect());
    expect(code).toBe("timeout");
    expect(message).toContain("The other end sent no candidate that can be used.");
  });

  test("timeout and how the pairs did, when no pair works", async () => {
    const [caller, callee] = inProcess();
    // Addresses for documentation, where nobody is. RFC 5737.
    const astray = (join: JoinSignaling): JoinSignaling =>
      filtered(join, (type, data) => {
        if (type !== "candidate") return data ?? null;
        const init = data as { candidate: string } | null;
        if (init === null || init.candidate.includes(":")) return null;
        return { ...init, candidate: init.candidate.replace(/\d+\.\d+\.\d+\.\d+/, "192.0.2.77") };
      });
    const alice = peer({ room: astray(caller), timeoutMs: 500 });
    const bob = peer({ name: "bob", room: astray(callee), timeoutMs: 500 });
    bob.connect().catch(() => {});
    const { code, message } = await failure(alice.connect());
    expect(code).toBe("timeout");
    expect(message).toMatch(/did not come up within 500 ms\. (None of|The other end sent)/);
  });

  test("timeout, for relay only without a TURN server, and never a word of its addresses", async () => {
    const [caller, callee] = inProcess();
    const options = { iceTransportPolicy: "relay", timeoutMs: 200 } as const;
    const alice = peer({ ...options, room: caller });
    peer({ ...options, name: "bob", room: callee })
      .connect()
      .catch(() => {});
    const { message } = await failure(alice.connect());
    expect(message).toContain("There is no candidate of this end.");
    expect(notes(alice.trace.events).join("\n")).toContain("engine/relay-without-server");
    expect(JSON.stringify(alice.trace.events)).not.toContain("typ host");
  });

  test("codec-not-offered, when a server announces what the engine lacks", async () => {
    const [caller, callee] = inProcess();
    const alice = peer({ room: caller, media: ["video"], serverCodecs: { video: "H265" } });
    peer({ name: "bob", room: callee })
      .connect()
      .catch(() => {});
    const { code, message } = await failure(alice.connect());
    expect(code).toBe("codec-not-offered");
    expect(message).toContain("H265");
  });

  test("bad-message, when the offer is none", async () => {
    const [caller, callee] = inProcess();
    const alice = peer({ room: filtered(caller, () => ({ type: "offer" })) });
    const bob = peer({ name: "bob", room: callee });
    alice.connect().catch(() => {});
    expect((await failure(bob.connect())).code).toMatch(/bad-message|alone|timeout|closed/);
  });

  test("engine-error, when the engine makes no connection", async () => {
    const [caller] = inProcess();
    const engine = {
      ...werift,
      createConnection: () => {
        throw new RangeError("Too many connections.");
      },
    };
    const { code, message } = await failure(peer({ room: caller, engine }).connect());
    expect([code, message]).toEqual(["engine-error", "Too many connections."]);
  });

  test("aborted, at whatever time", async () => {
    const controller = new AbortController();
    const alice = peer({ room: await room(), signal: controller.signal });
    const connecting = failure(alice.connect());
    await vi.waitFor(() => expect(alice.state).toBe("joined"));
    controller.abort(new Error("enough"));
    expect(await connecting).toMatchObject({
      code: "aborted",
      message: "The peer was aborted: enough",
    });
    expect(alice.state).toBe("closed");
    expect(notes(alice.trace.events)).toContain("aborted: The peer was aborted: enough");
    const late = peer({ room: await room(), signal: controller.signal });
    expect((await failure(late.connect())).code).toBe("aborted");
  });

  test("closed, after it was closed", async () => {
    const alice = peer({ room: await room() });
    await alice.close();
    expect((await failure(alice.connect())).code).toBe("closed");
    await expect(alice.join()).rejects.toMatchObject({ code: "closed" });
  });
});

describe("a peer is not made", () => {
  test.each([
    [{ codecs: { video: ["H266"] } }, /has no video codec H266; it has VP8\/90000/],
    [{ codecs: { audio: [""] } }, /needs a name/],
  ])("with %j", (options, message) => {
    expect(() => createPeer({ name: "a", room: "ws://127.0.0.1:9/rooms/a", ...options })).toThrow(
      message,
    );
  });

  test("to connect with a source that is none", async () => {
    const video = { kind: "video", source: join(import.meta.dirname, "failures.test.ts") } as const;
    const alice = peer({ room: await room(), media: [video] });
    await expect(alice.connect()).rejects.toThrow(/no IVF file/);
  });
});

test("a program ends by itself when its peers are closed", async () => {
  const program = join(import.meta.dirname, "../support/close-and-end.js");
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 25_000 });
  expect(JSON.parse(stdout)).toEqual({ connected: true, left: [] });
}, 30_000);
