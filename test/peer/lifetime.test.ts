import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { RoomMessage } from "../../lib/handshake/message.ts";
import { inProcess } from "../../lib/peer/in-process.ts";
import type { PeerOptions } from "../../lib/peer/options.ts";
import type { Peer } from "../../lib/peer/peer.ts";
import { createPeer } from "../../lib/peer/peer.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import type { JoinSignaling, Signaling } from "../../lib/signaling/client.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe("peers that are closed", () => {
  test("leave nothing behind, whatever they were about to do", async () => {
    const broken: unknown[] = [];
    const hear = (reason: unknown): void => void broken.push(reason);
    process.on("unhandledRejection", hear);
    closers.push(() => process.off("unhandledRejection", hear));
    // The first call of a process makes a certificate, and what else it keeps.
    await openAndClose(200);
    // A handshake of DTLS that is cut off sleeps to its end.
    const before = await resources({ fewest: 0 });
    for (let round = 0; round < 25; round++) await openAndClose(round * 3);
    expect(await resources({ fewest: before.length })).toEqual(before);
    expect(broken).toEqual([]);
  }, 30_000);

  test("end what they send", async () => {
    const { alice } = await call({ media: [] });
    const sending = alice.sendFile({ name: "long", bytes: new Uint8Array(5_000_000) });
    const refused = expect(sending).rejects.toThrow("closed before");
    await alice.close();
    await refused;
  });
});

describe("a peer that leaves", () => {
  test("ends a connect that waits", async () => {
    const room = seats();
    const peer = make({ room: room.join });
    const connecting = peer.connect();
    const refused = expect(connecting).rejects.toMatchObject({ code: "closed" });
    await vi.waitFor(() => expect(peer.state).toBe("joined"));
    await peer.leave();
    await refused;
    expect(peer.state).toBe("idle");
  });

  test("is not in the room when it leaves while it joins", async () => {
    const room = seats();
    const peer = make({ room: room.join });
    const joining = peer.join();
    await peer.leave();
    await joining;
    expect(room.taken()).toBe(0);
    expect(peer.state).toBe("idle");
  });

  test("takes no call any more", async () => {
    const room = seats();
    const peer = make({ room: room.join });
    await peer.join();
    room.hear({ type: "welcome", id: "1", name: "one" } as RoomMessage);
    expect(peer.members).toEqual(["1"]);
    const leaving = peer.leave();
    room.hear({ type: "welcome", id: "2", name: "two" } as RoomMessage);
    await leaving;
    expect(peer.members).toEqual([]);
  });
});

test("a member that comes again gets a connection of its own, and the earlier one ends", async () => {
  const room = seats();
  const peer = make({ room: room.join });
  await peer.join();
  for (let times = 0; times < 2; times++) {
    room.hear({ type: "welcome", id: "1", name: "one" } as RoomMessage);
  }
  await vi.waitFor(() => {
    const closed = peer.trace.events.filter((e) => e.kind === "call" && e.method === "close");
    expect(closed).toHaveLength(1);
  });
  expect(peer.members).toEqual(["1"]);
});

describe("media", () => {
  test("that is added before joining, is sent, and again after leaving", async () => {
    const room = seats();
    const peer = make({ room: room.join, media: ["audio"] });
    await peer.addMedia("video");
    for (let times = 0; times < 2; times++) {
      await peer.join();
      room.hear({ type: "welcome", id: "1", name: "one" } as RoomMessage);
      await vi.waitFor(() => expect(room.offers()).toHaveLength(times + 1), { timeout: 5000 });
      await peer.leave();
    }
    for (const offer of room.offers()) {
      const kinds = readDescription(offer).media.map(({ kind }) => kind);
      expect(kinds).toEqual(["audio", "video", "application"]);
    }
  });

  test("that is taken away before joining, is only received", async () => {
    const room = seats();
    const peer = make({ room: room.join, media: ["audio"] });
    peer.removeMedia("audio");
    expect(() => peer.removeMedia("audio")).toThrow(RangeError);
    await expect(peer.replaceMedia("audio", "pattern")).rejects.toThrow(RangeError);
    await peer.join();
    room.hear({ type: "welcome", id: "1", name: "one" } as RoomMessage);
    await vi.waitFor(() => expect(room.offers()).toHaveLength(1), { timeout: 5000 });
    expect(readDescription(room.offers()[0] ?? "").media[0]?.direction).toBe("recvonly");
  });

  test("that cannot be written is told once, and the call goes on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sdpscope-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "taken"), "");
    const saveTo = join(folder, "taken", "deeper");
    const { bob } = await call({ media: ["audio"] }, { saveTo });
    await vi.waitFor(() => expect(bob.received()[0]?.frames).toBeGreaterThan(10), {
      timeout: 5000,
    });
    const notes = bob.trace.events.flatMap((e) => (e.kind === "note" ? e.text : []));
    expect(notes.filter((text) => text.startsWith("not-saved: "))).toHaveLength(1);
    expect(bob.savedFiles).toEqual([]);
  });
});

function make(options: Omit<PeerOptions, "name">): Peer {
  const peer = createPeer({ media: [], name: "peer", ...options });
  closers.push(() => peer.close());
  return peer;
}

async function call(
  ofAlice: Partial<PeerOptions>,
  ofBob: Partial<PeerOptions> = {},
): Promise<{ alice: Peer; bob: Peer }> {
  const [caller, callee] = inProcess();
  const alice = createPeer({ name: "alice", room: caller, ...ofAlice });
  const bob = createPeer({ name: "bob", room: callee, media: [], ...ofBob });
  closers.push(() => Promise.all([alice.close(), bob.close()]));
  await Promise.all([alice.connect(), bob.connect()]);
  return { alice, bob };
}

/** Two peers that are closed after so many milliseconds, wherever they are by then. */
async function openAndClose(afterMs: number): Promise<void> {
  const [caller, callee] = inProcess();
  const peers = [
    createPeer({ name: "alice", room: caller }),
    createPeer({ name: "bob", room: callee }),
  ];
  const connecting = peers.map((peer) => peer.connect());
  const ended = Promise.allSettled(connecting);
  await new Promise((done) => setTimeout(done, afterMs));
  await Promise.all(peers.map((peer) => peer.close()));
  await ended;
}

/** What keeps this process alive: no more than the fewest that are expected, or what is left after 3 s. */
async function resources({ fewest }: { readonly fewest: number }): Promise<readonly string[]> {
  for (let times = 0; ; times++) {
    await new Promise((done) => setTimeout(done, 100));
    const names = process
      .getActiveResourcesInfo()
      .filter((name) => name !== "PipeWrap" && name !== "ProcessWrap");
    if (names.length <= fewest || times === 30) return names.toSorted();
  }
}

/** A room of our own: what its server says, and what it hears. */
function seats(): {
  join: JoinSignaling;
  hear: (message: RoomMessage) => void;
  taken: () => number;
  offers: () => readonly string[];
} {
  let taken = 0;
  let tell: (message: RoomMessage) => void = () => {};
  const offers: string[] = [];
  return {
    taken: () => taken,
    hear: (message) => tell(message),
    offers: () => offers,
    async join() {
      await new Promise((done) => setImmediate(done));
      taken++;
      return {
        id: "0",
        members: [],
        listen: (handlers: { message: (message: RoomMessage) => void }) => {
          tell = handlers.message;
        },
        send: (message: { type: string; data?: unknown }) => {
          if (message.type === "offer") offers.push((message.data as { sdp: string }).sdp);
        },
        close: async () => void taken--,
      } as unknown as Signaling;
    },
  };
}
