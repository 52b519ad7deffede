import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { TraceLog, TraceStore } from "../../lib/serve/trace-store.ts";
import { openTraceStore } from "../../lib/serve/trace-store.ts";
import type { TraceHeader } from "../../lib/trace/trace.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

const header: TraceHeader = {
  sdpscope: 1,
  id: "long",
  startedAt: "2026-01-01T00:00:00.000Z",
  clock: "monotonic",
  source: { format: "sdpscope" },
  peers: [{ id: "a" }],
};

const append = (log: TraceLog, from: number, to: number): void => {
  for (let seq = from; seq <= to; seq++) {
    log.append({ seq, t: seq, peer: "a", kind: "state", machine: "ice", to: `state ${seq}` });
  }
};

/** Every event behind the one of that `seq`, asked for as a page does that comes late. */
const allAfter = (log: TraceLog, seq: number): number[] => {
  const found: number[] = [];
  for (let last = seq; ; last = found.at(-1) ?? last) {
    const events = log.after(last);
    if (events.length === 0) return found;
    found.push(...events.map((event) => event.seq));
  }
};

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("a trace longer than what stays in memory", () => {
  let store: TraceStore;

  it.each([0, 1, 499, 500, 501, 4321, 4999])("gives all events behind number %i", (seq) => {
    store ??= openTraceStore(folder);
    const log = store.take(header);
    append(log, log.last + 1, 5000);
    expect(allAfter(log, seq)).toEqual(numbers(seq + 1, 5000));
  });

  it("gives them, too, when a later run goes on with its file", () => {
    store.close();
    const later = openTraceStore(folder);
    const log = later.take(header);
    append(log, 5001, 5200);
    expect(allAfter(log, 0)).toEqual(numbers(1, 5200));
    later.close();
  });

  it("is in the list with its number of events, read from its file", async () => {
    const reader = openTraceStore(folder);
    expect(await reader.list()).toMatchObject([{ id: "long", events: 5200, state: "ended" }]);
    reader.close();
  });
});

describe("a store that is closed", () => {
  it("writes nothing into the file that got the number of its own", () => {
    const store = openTraceStore(folder);
    const log = store.open({ ...header, id: "closed" });
    append(log, 1, 1000);
    store.close();
    const path = join(folder, "another.txt");
    const others = [path, path, path].map((one) => openSync(one, "a+"));
    append(log, 1001, 1002);
    expect([log.last, log.after(0), log.after(999)]).toEqual([1000, [], []]);
    store.close();
    for (const other of others) closeSync(other);
    expect(readFileSync(path, "utf8")).toBe("");
  });
});
