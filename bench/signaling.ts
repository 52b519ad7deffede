import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RoomMessage } from "../lib/handshake/message.ts";
import type { Signaling } from "../lib/signaling/client.ts";
import { connectSignaling } from "../lib/signaling/client.ts";
import { createSignalingServer } from "../lib/signaling/server.ts";

/**
 * Measures the signaling server under load: 2,000 rooms of two clients. In each, one offers, the other answers, and both
 * send 10 candidates, over real sockets of this machine. The server is one process, the clients another. First the calls
 * begin over ten seconds, as they do in the field; then all of them at once. Every message is checked: nothing lost,
 * nothing twice, nothing out of order, nothing changed. Delay is from `send` at one client to the message at the other.
 */

const ROOMS = 2000;
const CANDIDATES = 10;
const SPREAD_MS = 10_000;

/** Of the size that browsers' descriptions have: audio, video and data. */
const sdp = `v=0\r\n${"a=rtpmap:111 opus/48000/2\r\n".repeat(220)}`;
const line =
  "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.1 rport 46154 generation 0";

if (process.send === undefined) await measure();
else if (process.argv[2] === "server") await serve();
else await call();

async function measure(): Promise<void> {
  const server = child("server");
  const [{ url, rss }] = (await once(server, "message")) as [{ url: string } & Use];
  const clients = child("clients", url);
  const report = async (): Promise<Phase> => ((await once(clients, "message")) as [Phase])[0];
  const use = async (): Promise<Use> => {
    server.send("use");
    return ((await once(server, "message")) as [Use])[0];
  };
  await report();
  let before = await use();
  const perClient = (before.rss - rss) / (2 * ROOMS) / 1024;
  console.log(
    `signaling: ${ROOMS} rooms, ${2 * ROOMS} clients, ${availableParallelism()} cores; ${perClient.toFixed(1)} KiB of the server's memory per client`,
  );
  for (const name of [`calls begin over ${SPREAD_MS / 1000} s`, "all calls at once"]) {
    clients.send("go");
    const { messages, faults, ms, delays } = await report();
    const [middle, p99, most] = delays;
    const after = await use();
    const busy = ((after.cpuMs - before.cpuMs) / messages) * 1000;
    before = after;
    console.log(
      `  ${name}: ${messages} messages relayed in ${(ms / 1000).toFixed(2)} s, ${faults} lost or out of order; delay median ${middle} ms, p99 ${p99} ms, at most ${most} ms; the server works ${busy.toFixed(0)} µs for a message`,
    );
    if (faults > 0) process.exitCode = 1;
  }
  clients.disconnect();
  server.disconnect();
}

/** What the server takes: memory in bytes, processor time so far in milliseconds. */
interface Use {
  readonly rss: number;
  readonly cpuMs: number;
}

interface Phase {
  readonly messages: number;
  readonly faults: number;
  readonly ms: number;
  /** Median, 99th percentile, maximum; milliseconds. */
  readonly delays: readonly string[];
}

function child(...roles: string[]): ReturnType<typeof fork> {
  return fork(fileURLToPath(import.meta.url), roles, { execArgv: ["--expose-gc"] });
}

async function serve(): Promise<void> {
  const server = createSignalingServer({ maxRooms: ROOMS });
  const use = (): Use => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    return { rss: process.memoryUsage().rss, cpuMs: (user + system) / 1000 };
  };
  const before = use();
  const url = await server.listen();
  process.send?.({ url, ...before });
  process.on("message", () => process.send?.(use()));
  process.on("disconnect", () => process.exit());
}

async function call(): Promise<void> {
  const url = process.argv[3] ?? "";
  const rooms: Seats[] = [];
  // A few at a time: a machine's queue of new connections is short.
  for (let first = 0; first < ROOMS; first += 50) {
    const made = Array.from({ length: 50 }, (_, n) => joinTwo(`${url}/rooms/${first + n}`));
    rooms.push(...(await Promise.all(made)));
  }
  process.send?.({});
  process.on("disconnect", () => process.exit());
  for (const spread of [SPREAD_MS, 0]) {
    await once(process, "message");
    process.send?.(await phase(rooms, spread));
  }
}

type Seats = readonly [Seat, Seat];

/** One client, what it shall hear next from the other, and whom it tells when all came. */
interface Seat {
  readonly signaling: Signaling;
  expected: number;
  heard(message: RoomMessage, at: number): void;
}

async function joinTwo(url: string): Promise<Seats> {
  const join = async (): Promise<Seat> => {
    const seat: Seat = {
      signaling: await connectSignaling(url, { capacity: 2, timeoutMs: 60_000 }),
      expected: 0,
      heard: () => {},
    };
    seat.signaling.listen({
      message: (message) => seat.heard(message, performance.now()),
      closed: (reason) => {
        throw new Error(`The server closed a connection: ${reason}`);
      },
    });
    return seat;
  };
  return [await join(), await join()];
}

async function phase(rooms: readonly Seats[], spread: number): Promise<Phase> {
  const delays: number[] = [];
  let faults = 0;
  const start = performance.now();
  const runs = rooms.map(async (seats, index) => {
    if (spread > 0) await sleep((index / rooms.length) * spread);
    const result = await exchange(seats, delays);
    faults += result;
  });
  await Promise.all(runs);
  const ms = performance.now() - start;
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(
      1,
    );
  return { messages: delays.length, faults, ms, delays: [at(0.5), at(0.99), at(1)] };
}

/** One call; returns how many messages were missing, changed or out of order. */
async function exchange([caller, callee]: Seats, delays: number[]): Promise<number> {
  const script = (type: "offer" | "answer") =>
    Array.from({ length: CANDIDATES + 1 }, (_, n) =>
      n === 0
        ? ({ type, data: { type, sdp } } as const)
        : ({ type: "candidate", data: { candidate: `${line} ${n}`, sdpMid: "0" } } as const),
    );
  const offers = script("offer");
  const answers = script("answer");
  const sentAt = new Map<string, number>();
  let faults = 0;

  const say = (from: Seat, to: Seat, messages: typeof offers): void => {
    for (const { type, data } of messages) {
      const at = performance.now();
      const number = from.signaling.send({ type, to: to.signaling.id, data });
      sentAt.set(`${from.signaling.id}:${number}`, at);
    }
  };
  const hear = (seat: Seat, messages: typeof offers, first: () => void): Promise<void> =>
    new Promise((resolve) => {
      let next = 0;
      const patience = setTimeout(() => {
        faults += messages.length - next;
        resolve();
      }, 60_000);
      seat.heard = (message, at) => {
        if (!("from" in message)) return;
        const wanted = messages[next];
        next++;
        const isSame =
          message.type === wanted?.type &&
          JSON.stringify(message.data) === JSON.stringify(wanted.data) &&
          message.message === seat.expected + next;
        if (!isSame) faults++;
        delays.push(at - (sentAt.get(`${message.from}:${message.message}`) ?? Number.NaN));
        if (next === 1) first();
        if (next !== messages.length) return;
        clearTimeout(patience);
        seat.expected += next;
        resolve();
      };
    });
  const all = [
    hear(callee, offers, () => say(callee, caller, answers)),
    hear(caller, answers, () => {}),
  ];
  say(caller, callee, offers);
  await Promise.all(all);
  return faults;
}
