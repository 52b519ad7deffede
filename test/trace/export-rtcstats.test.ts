import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Trace } from "../../lib/doors/trace.ts";
import {
  exportRtcstats,
  importTrace,
  mergeTraces,
  readTrace,
  timeline,
} from "../../lib/doors/trace.ts";
import { dumpSamples } from "../support/dump-samples.ts";

const folder = new URL("../fixtures/traces/", import.meta.url);
const recorded = readdirSync(folder).map((name): readonly [string, Trace] => [
  name,
  readTrace(readFileSync(new URL(name, folder), "utf8")).trace,
]);
const imported = dumpSamples()
  .filter(({ format }) => format === "webrtc-internals" || format === "rtcstats")
  .flatMap(({ name, text }) =>
    importTrace(text).traces.map((trace, index): readonly [string, Trace] => [
      `${name} ${index + 1}`,
      trace,
    ]),
  );

/** What each connection did, in its own order: states, calls with their ends, candidates. */
function connections(trace: Trace): readonly unknown[] {
  const { calls, candidates } = timeline(trace);
  const places = new Map<string, unknown[]>();
  const at = ({ peer, pc }: { peer?: string; pc?: string }): unknown[] => {
    const key = `${peer} ${pc}`;
    const list = places.get(key) ?? [];
    places.set(key, list);
    return list;
  };
  for (const event of trace.events) {
    if (event.kind === "create") at(event).push(["create"]);
    const isWritten = event.kind === "state" && event.id === undefined;
    if (isWritten && event.machine !== "channel" && event.machine !== "transceiver")
      at(event).push([event.machine, event.to]);
  }
  const known = new Set([
    "createOffer",
    "createAnswer",
    "setLocalDescription",
    "setRemoteDescription",
  ]);
  for (const call of calls)
    if (known.has(call.method))
      at(call).push([call.method, call.begin.arguments[0], call.settle?.result, call.error?.name]);
  for (const { peer, pc, side, init, refusal, gatheringError } of candidates)
    if (pc !== undefined)
      at({ ...(peer !== undefined && { peer }), pc }).push([
        side,
        init?.candidate,
        init?.sdpMid,
        refusal?.message,
        gatheringError?.code,
      ]);
  return [...places.values()].filter((list) => list.length > 0);
}

describe("an exported rtcstats dump", () => {
  test.each([...recorded, ...imported])(
    "of %s is read again as the same session",
    (_name, trace) => {
      const text = exportRtcstats(trace);
      const { traces, format } = importTrace(text);
      expect(format?.id).toBe("rtcstats");
      const again = traces.length === 1 ? (traces[0] as Trace) : mergeTraces(traces);
      const sort = (list: readonly unknown[]): readonly string[] =>
        list.map((one) => JSON.stringify(one)).sort();
      expect(sort(connections(again))).toEqual(sort(connections(trace)));
    },
  );

  test("has the first line, the metadata and the times of the format", () => {
    const { traces } = importTrace("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
    const [trace] = traces as [Trace];
    const events = [
      { seq: 1, t: 0.5, peer: "a", pc: "x", kind: "create", configuration: {} },
      { seq: 2, t: 12.75, peer: "a", pc: "x", kind: "state", machine: "ice", to: "checking" },
    ] as const;
    const header = { ...trace.header, startedAt: "2026-11-21T00:00:00.000Z", peers: [{ id: "a" }] };
    expect(exportRtcstats({ header, events }).split("\n")).toEqual([
      "RTCStatsDump",
      expect.stringMatching(/^\{"fileFormat":3,/),
      '["create","1-1",{},1795219200000.5]',
      '["oniceconnectionstatechange","1-1","checking",12.25]',
      "",
    ]);
  });
});
