import { setTimeout as sleep } from "node:timers/promises";
import { createPeer } from "../peer/peer.ts";
import { werift } from "../peer/werift.ts";
import type { Recorder } from "../trace/recorder.ts";
import { createRecorder } from "../trace/recorder.ts";
import { interrupted } from "./interrupted.ts";

/** What the demo call came to. */
export interface DemoResult {
  /** Milliseconds from alice's createOffer to both data channels open. */
  readonly connectedMs: number;
  readonly alice: DemoCount;
  readonly bob: DemoCount;
}

/** What one side received. */
export interface DemoCount {
  readonly messages: number;
  readonly audioPackets: number;
  readonly videoPackets: number;
}

/** A recorder for a demo call: one trace with both sides. */
export function demoRecorder(): Recorder {
  const now = (): number => performance.timeOrigin + performance.now();
  const id = `demo-${new Date(now()).toISOString().replaceAll(":", "-")}`;
  const peers = ["alice", "bob"].map((name) => ({
    id: name,
    name: name === "alice" ? "Alice" : "Bob",
    engine: werift.name,
  }));
  return createRecorder({ now, id, peers });
}

/**
 * A call between alice and bob over a real signaling server, `ws://…/rooms/…`: they join, alice offers, both trickle
 * candidates, talk over a data channel while audio and video run both ways, and hang up. Takes a few seconds.
 * Rejects with a `PeerError`; whatever happens, both sides are closed and the trace has its end.
 */
export async function demoCall(
  room: string,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<DemoResult> {
  const messages = { alice: 0, bob: 0 };
  const alice = createPeer({
    room,
    recorder,
    name: "alice",
    capacity: 2,
    channel: "chat",
    onMessage: () => messages.alice++,
  });
  const bob = createPeer({
    room,
    recorder,
    name: "bob",
    onMessage: (text) => {
      messages.bob++;
      bob.send(`You said: ${text}`);
    },
  });
  try {
    await alice.join();
    await Promise.race([Promise.all([alice.connect(), bob.connect()]), interrupted(signal)]);
    for (const line of conversation) {
      alice.send(line);
      // Ctrl-C makes the call short, not broken.
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
    const heard = { alice: await alice.packetsReceived(), bob: await bob.packetsReceived() };
    const count = (side: "alice" | "bob"): DemoCount => ({
      messages: messages[side],
      audioPackets: heard[side].audio,
      videoPackets: heard[side].video,
    });
    return { connectedMs: connectedMs(recorder), alice: count("alice"), bob: count("bob") };
  } finally {
    await alice.close();
    await bob.close();
    recorder.record({ kind: "end", reason: "closed" });
  }
}

const conversation = ["Hello, Bob!", "Do you hear me?", "And do you see me?", "Goodbye, Bob."];
const PAUSE_MS = 1000;

function connectedMs(recorder: Recorder): number {
  const { events } = recorder.trace;
  const start = events.find((event) => event.kind === "call" && event.method === "createOffer");
  const open = events.findLast(
    (event) => event.kind === "state" && event.machine === "channel" && event.to === "open",
  );
  return Math.round(((open?.t ?? 0) - (start?.t ?? 0)) * 10) / 10;
}
