import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { TraceLog } from "../../lib/serve/trace-log.ts";
import type { TraceStore } from "../../lib/serve/trace-store.ts";
import { openTraceStore } from "../../lib/serve/trace-store.ts";
import { readTrace } from "../../lib/trace/file.ts";
import type { TraceHeader } from "../../lib/trace/trace.ts";

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const writeFileSync = (file: number, text: string): void => {
    fs.writeFileSync(file, disk.isFull ? text.slice(0, 10) : text);
    if (disk.isFull) throw new Error("ENOSPC: no space left on device, write");
  };
  return { ...fs, writeFileSync };
});
afterEach(() => {
  disk.isFull = false;
});

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

describe("a trace of long events", () => {
  it("stays in memory only as far as its last ones, and gives all", () => {
    const store = openTraceStore(folder);
    const log = store.open({ ...header, id: "large" });
    const text = "x".repeat(3_000_000);
    for (let seq = 1; seq <= 20; seq++) log.append({ seq, t: seq, kind: "note", text });
    // What memory does not hold is read from the file, a piece at a time.
    expect(log.after(0).length).toBeLessThan(3);
    expect(log.after(17).length).toBeLessThan(3);
    for (const seq of [0, 1, 10, 18, 19]) {
      expect(allAfter(log, seq)).toEqual(numbers(seq + 1, 20));
    }
    store.close();
  });
});

describe("the list of traces", () => {
  it("counts the events of files of former runs, however long a line is or where it is cut off", async () => {
    const into = join(folder, "former");
    const store = openTraceStore(into);
    const log = store.open({ ...header, id: "wide" });
    log.append({ seq: 1, t: 1, kind: "create", peer: "a", pc: "x" });
    log.append({ seq: 2, t: 2, kind: "note", text: `\u2028가\r${"나".repeat(300_000)}` });
    store.close();
    appendFileSync(join(into, "wide.sdpscope.jsonl"), '{"seq":3,"t":3,"kind":"al');
    writeFileSync(join(into, "empty.sdpscope.jsonl"), "");
    const list = await openTraceStore(into).list();
    expect(list).toContainEqual(
      expect.objectContaining({
        id: "wide",
        startedAt: header.startedAt,
        events: 2,
        state: "torn",
      }),
    );
    expect(list).toContainEqual(expect.objectContaining({ id: "empty", events: 0 }));
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

describe("a disk that is full for a while", () => {
  const textOf = (id: string) => readFileSync(join(folder, `${id}.sdpscope.jsonl`), "utf8");
  const numbersIn = (id: string) => {
    const { trace, diagnostics } = readTrace(textOf(id));
    return [trace.events.map((event) => event.seq), diagnostics];
  };

  it("gets, once there is room, what it could not take", () => {
    const store = openTraceStore(folder);
    const log = store.open({ ...header, id: "full" });
    append(log, 1, 1700);
    disk.isFull = true;
    append(log, 1701, 4900);
    expect([log.count, log.last, log.written]).toEqual([4900, 4900, 1700]);
    expect(allAfter(log, 0)).toEqual(numbers(1, 4900));
    disk.isFull = false;
    append(log, 4901, 4901);
    expect(log.written).toBe(4901);
    append(log, 4902, 9000);
    for (const seq of [0, 1699, 1700, 1701, 4900, 8999]) {
      expect(allAfter(log, seq)).toEqual(numbers(seq + 1, 9000));
    }
    store.close();
    expect(numbersIn("full")).toEqual([numbers(1, 9000), []]);
  });

  it("is told of once, and again when it is full another time", () => {
    const problems: string[] = [];
    const report = ({ en }: { readonly en: string }) => problems.push(en);
    const store = openTraceStore(folder, { report });
    const log = store.open({ ...header, id: "told" });
    for (const isFull of [false, true, true, false, true]) {
      disk.isFull = isFull;
      append(log, log.last + 1, log.last + 2);
    }
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("The trace told cannot be written: ENOSPC: no space left");
    disk.isFull = false;
    store.close();
    expect(numbersIn("told")).toEqual([numbers(1, 10), []]);
  });

  it("gets the header first, and the last events when the store closes", () => {
    disk.isFull = true;
    const store = openTraceStore(folder);
    append(store.open({ ...header, id: "from-the-start" }), 1, 3);
    disk.isFull = false;
    store.close();
    expect(numbersIn("from-the-start")).toEqual([numbers(1, 3), []]);
  });

  it("holds up no more than the latest 50,000 events", () => {
    const store = openTraceStore(folder);
    const log = store.open({ ...header, id: "long-full" });
    append(log, 1, 10);
    disk.isFull = true;
    append(log, 11, 53_000);
    disk.isFull = false;
    append(log, 53_001, 53_001);
    const first = log.after(10)[0]?.seq ?? 0;
    expect(53_001 - first).toBeGreaterThanOrEqual(50_000);
    expect(53_001 - first).toBeLessThan(52_000);
    store.close();
    expect(numbersIn("long-full")[0]).toEqual([...numbers(1, 10), ...numbers(first, 53_001)]);
  }, 60_000);
});
