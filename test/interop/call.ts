import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PeerMedia, PeerOptions } from "../../lib/peer/options.ts";
import { createPeer } from "../../lib/peer/peer.ts";
import { startBareChannel } from "../../lib/signaling/bare-channel.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import type { AgentReport, Content, MediaKind } from "./agent.ts";
import { EndpointCrash } from "./agent.ts";
import { createBridge } from "./bridge.ts";
import type { Offerer, RunningEndpoint } from "./endpoint.ts";

/** What came of one call between our peer and an endpoint. */
export interface CallResult {
  readonly isConnected: boolean;
  /** From our peer's first step to connected, with its data channel open where there is one. */
  readonly connectedMs?: number;
  /** What arrived, at each end: messages, decoded media. */
  readonly flows: Readonly<Partial<Record<"data" | MediaKind, Flow>>>;
  /** Why it failed, in a sentence. */
  readonly reason?: string;
  /** Whether it was the endpoint's program that ended. */
  readonly isCrash?: boolean;
  readonly trace: Trace;
}

/** Whether one kind of content reached either end; absent for a way that it does not take. */
export interface Flow {
  readonly toEndpoint?: boolean;
  readonly toPeer?: boolean;
}

/** The kinds of media of a content. */
export function mediaOf(content: Content): readonly MediaKind[] {
  if (content === "all") return ["audio", "video"];
  return content === "data" ? [] : [content];
}

/** Whether a content has a data channel. */
export function hasData(content: Content): boolean {
  return content === "data" || content === "all";
}

/** So many video frames, or blocks of audio, count as flowing. */
const ENOUGH = 5;
/** Louder than any noise of a codec: the tone that each end sends is there. */
const AUDIBLE = 0.01;

/** One second of a tone in Opus, one packet a page. */
export const tone: string = join(import.meta.dirname, "../fixtures/media/tone.ogg");

/** Calls an endpoint with our peer, or lets it call us, and waits until everything flows both ways, `limitMs` at most. */
export async function callEndpoint(
  endpoint: RunningEndpoint,
  content: Content,
  offerer: Offerer,
  limitMs: number,
): Promise<CallResult> {
  const started = performance.now();
  const left = (): number => limitMs - (performance.now() - started);
  const ways = endpoint.ways?.(offerer) ?? ["toEndpoint", "toPeer"];
  let messages = 0;
  const media: readonly PeerMedia[] = mediaOf(content).map((kind) =>
    kind === "audio" ? { kind, source: tone } : { kind },
  );
  const carrier = {
    onmessage: null as ((text: string) => void) | null,
    send: (text: string): void => bridge.send(JSON.parse(text)),
  };
  const connecting = endpoint.agent.open(
    { media: mediaOf(content), hasData: hasData(content), ...endpoint.options },
    (candidate) => bridge.onCandidate(candidate),
  );
  const bridge = createBridge(connecting, (signal) => carrier.onmessage?.(JSON.stringify(signal)));
  const options: PeerOptions = {
    name: "peer",
    room: startBareChannel(carrier as never, { isCaller: offerer === "peer" }),
    media,
    channel: hasData(content) ? "lab" : false,
    timeoutMs: limitMs,
    onMessage: () => messages++,
    ...endpoint.peer,
  };
  const peer = createPeer(options);
  const result = (rest: Omit<CallResult, "trace">): CallResult => ({ ...rest, trace: peer.trace });
  try {
    const connection = await connecting;
    await peer.join();
    if (offerer === "endpoint") bridge.offer();
    await Promise.race([
      peer.connect(),
      bridge.refused,
      sleep(left()).then(() => Promise.reject(new Error(`not connected in ${limitMs} ms`))),
    ]);
    const connectedMs = connectedTime(peer.trace);
    if (hasData(content)) {
      peer.send("hello");
      await untilSaid(() => connection.say("hello"), left());
    }
    for (;;) {
      const report = await connection.report();
      const framesOf = (kind: MediaKind): number =>
        peer.received().reduce((sum, track) => sum + (track.kind === kind ? track.frames : 0), 0);
      const arrived = (atEndpoint: boolean, atPeer: boolean): Flow => ({
        ...(ways.includes("toEndpoint") && { toEndpoint: atEndpoint }),
        ...(ways.includes("echo") && { toEndpoint: atPeer }),
        ...((ways.includes("toPeer") || ways.includes("echo")) && { toPeer: atPeer }),
      });
      const flows: Record<string, Flow> = {};
      if (hasData(content)) flows["data"] = arrived(report.messages > 0, messages > 0);
      for (const kind of mediaOf(content))
        flows[kind] = arrived(isHeard(report, kind), framesOf(kind) >= ENOUGH);
      const isDone = Object.values(flows).every(
        ({ toEndpoint, toPeer }) => toEndpoint !== false && toPeer !== false,
      );
      const detour = isDone ? endpoint.detour?.(peer.trace) : undefined;
      if (detour !== undefined)
        return result({ isConnected: true, connectedMs, flows, reason: detour });
      if (isDone) return result({ isConnected: true, connectedMs, flows });
      if (left() < 0)
        return result({ isConnected: true, connectedMs, flows, reason: missing(flows, report) });
      await sleep(50);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isCrash = error instanceof EndpointCrash;
    return result({ isConnected: false, flows: {}, reason, isCrash });
  } finally {
    await Promise.race([
      Promise.allSettled([peer.close(), connecting.then((open) => open.close())]),
      sleep(2000),
    ]);
  }
}

/** The other end may know of the open channel a moment later. */
async function untilSaid(say: () => Promise<void>, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return await say();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(20);
    }
  }
}

function isHeard(report: AgentReport, kind: MediaKind): boolean {
  const { decoded, peak } = report[kind];
  return decoded >= ENOUGH && (peak === undefined || peak > AUDIBLE);
}

function missing(flows: CallResult["flows"], report: AgentReport): string {
  const ways = Object.entries(flows).flatMap(([name, { toEndpoint, toPeer }]) => [
    ...(toEndpoint !== false ? [] : [`no ${name} at the endpoint`]),
    ...(toPeer !== false ? [] : [`no ${name} at the peer`]),
  ]);
  return `${ways.join(", ")} (endpoint: ${JSON.stringify(report)})`;
}

/** From the first step of the connection to its last: connected, or the data channel open. */
function connectedTime({ events }: Trace): number {
  const first = events.find(
    (event) =>
      event.kind === "call" &&
      (event.method === "createOffer" || event.method === "setRemoteDescription"),
  );
  const last = events.findLast(
    (event) =>
      event.kind === "state" &&
      ((event.machine === "connection" && event.to === "connected") ||
        (event.machine === "channel" && event.to === "open")),
  );
  return Math.round((last?.t ?? 0) - (first?.t ?? 0));
}
