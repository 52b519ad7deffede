import { describe, expect, test } from "vitest";
import { promptLedger } from "../../lib/record/ledger.ts";
import { recordRequests } from "../../lib/record/record-requests.ts";
import { carriesSignaling, createSignalReader, holdsSignaling } from "../../lib/record/signal.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const offer = { type: "offer", sdp: "v=0\r\n" };

describe("requests of a page", () => {
  test("are shown as far as they carry signaling, and answered as ever", async () => {
    const answers = ['{"result":{"type":"answer","sdp":"v=0"}}', '{"weather":"fine"}'];
    const fetch = async () => new Response(answers.shift());
    class Source extends EventTarget {}
    const window = { fetch, EventSource: Source } as {
      fetch: typeof fetch;
      EventSource: typeof Source;
    };
    const recorder = createRecorder({ now: () => Date.now() });
    const leave = recordRequests(window, { ledger: promptLedger(recorder), peer: "web" });
    const call = window.fetch as unknown as (url: string, init: object) => Promise<Response>;
    const first = await call("/offer", { method: "POST", body: JSON.stringify(offer) });
    expect(await first.json()).toEqual({ result: { type: "answer", sdp: "v=0" } });
    expect(await (await call("/weather", { body: "now" })).text()).toBe('{"weather":"fine"}');
    const source = new window.EventSource();
    for (const data of ['{"candidate":"candidate:1"}', "tick"]) {
      source.dispatchEvent(new MessageEvent("message", { data }));
    }
    expect(recorder.trace.events).toMatchObject([
      { direction: "out", transport: "http", type: "offer", data: offer },
      { direction: "in", transport: "http", type: "answer" },
      { direction: "in", transport: "sse", type: "candidate" },
    ]);
    leave();
    expect(window).toEqual({ fetch, EventSource: Source });
  });
});

describe("answers that a page's own mock gives", () => {
  test("come as ever where they cannot be watched, or not be written down", async () => {
    const cyclic: Record<string, unknown> = { type: "answer", sdp: "v=0" };
    cyclic["self"] = cyclic;
    const frozen = Object.freeze({ status: 200, json: async () => offer });
    const answers: object[] = [frozen, { status: 200, json: async () => cyclic }];
    const window = { fetch: async () => answers.shift() as typeof frozen };
    const recorder = createRecorder({ now: () => 0 });
    recordRequests(window, { ledger: promptLedger(recorder), peer: "web" });
    expect(await window.fetch()).toBe(frozen);
    expect(await (await window.fetch()).json()).toBe(cyclic);
  });
});

describe("an answer that is read as JSON", () => {
  /** How many rows of the answer were looked at before the page had it. */
  async function rowsReadOf(rows: number, rest: object) {
    let looked = 0;
    const row = { toJSON: () => looked++ };
    const answer = { ...rest, rows: Array.from({ length: rows }, () => row) };
    const window = { fetch: async () => ({ status: 200, json: async () => answer }) };
    const recorder = createRecorder({ now: () => 0 });
    recordRequests(window, { ledger: promptLedger(recorder), peer: "web" });
    expect(await (await window.fetch()).json()).toBe(answer);
    return { looked, events: recorder.trace.events };
  }

  test("is not printed where it carries no signaling", async () => {
    expect(await rowsReadOf(500, {})).toEqual({ looked: 0, events: [] });
    expect(await rowsReadOf(100_000, {})).toEqual({ looked: 0, events: [] });
  });

  test("is printed where it does, as far as it may be kept", async () => {
    const small = await rowsReadOf(5, offer);
    expect(small).toMatchObject({ looked: 5, events: [{ direction: "in", type: "offer" }] });
    const large = await rowsReadOf(2_000_000, offer);
    expect(large.events).toEqual([]);
    expect(large.looked).toBeLessThan(1024 * 1024);
  });
});

describe("signaling in a large answer", () => {
  test("is found beside a level that is too wide", () => {
    const wide = Array.from({ length: 5000 }, () => ({}));
    expect(holdsSignaling([wide, wide, offer])).toBe(true);
    expect(holdsSignaling([wide, wide])).toBe(false);
  });
});

describe("the end of recording requests", () => {
  test("leaves what was put over them, unrecorded, and adds nothing", async () => {
    class Source extends EventTarget {}
    class Other extends EventTarget {}
    const window: Record<string, unknown> = {
      fetch: async () => new Response("{}"),
      EventSource: Source,
    };
    const recorder = createRecorder({ now: () => 0 });
    const leave = recordRequests(window, { ledger: promptLedger(recorder), peer: "web" });
    const recorded = window["fetch"] as (...given: unknown[]) => Promise<unknown>;
    const shim = (...given: unknown[]) => recorded(...given);
    window["fetch"] = shim;
    window["EventSource"] = Other;
    leave();
    expect(window).toEqual({ fetch: shim, EventSource: Other });
    await shim("/offer", { body: JSON.stringify(offer) });
    expect(recorder.trace.events).toEqual([]);
    const bare = {};
    recordRequests(bare, { ledger: promptLedger(recorder), peer: "web" })();
    expect(bare).toEqual({});
    expect(Object.keys(bare)).toEqual([]);
  });
});

describe("requests that carried signaling and failed", () => {
  test("are told, and fail as ever", async () => {
    const outcomes = [
      async () => new Response("no such room", { status: 404 }),
      async () => {
        throw new TypeError("Failed to fetch");
      },
      async () => new Response("", { status: 500 }),
    ];
    const window = { fetch: (..._given: unknown[]) => outcomes.shift()?.() };
    const recorder = createRecorder({ now: () => 0 });
    recordRequests(window, { ledger: promptLedger(recorder), peer: "web" });
    const body = JSON.stringify(offer);
    expect((await window.fetch("/room", { body }))?.status).toBe(404);
    await expect(window.fetch("/room", { body })).rejects.toThrow("Failed to fetch");
    await window.fetch("/room", { body: "no signaling" });
    const texts = recorder.trace.events.flatMap((event) =>
      event.kind === "note" ? [event.text] : [],
    );
    expect(texts).toEqual([
      "A request that carried signaling was answered 404.",
      "A request that carried signaling was not answered.",
    ]);
  });
});

describe("signaling inside of something else", () => {
  test.each([
    ["socket.io", `42["signal",${JSON.stringify(offer)}]`],
    [
      "socket.io with namespace and number",
      `42/room,7["signal",{"to":"x","data":${JSON.stringify(offer)}}]`,
    ],
    ["nested JSON", JSON.stringify({ event: "rtc", payload: { inner: [offer] } })],
    ["JSON as a text in JSON", JSON.stringify({ body: JSON.stringify(offer) })],
  ])("is found: %s", (_name, text) => {
    expect(createSignalReader()("out", text).type).toBe("offer");
    expect(carriesSignaling(text)).toBe(true);
  });

  test.each(["2", '42["chat","hello"]', '{"a":[1,2,{"b":null}]}', "42", "plain"])(
    "is not seen where there is none: %s",
    (text) => expect(carriesSignaling(text)).toBe(false),
  );
});
