import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Trace, TraceEvent } from "../../lib/doors/trace.ts";
import { writeTrace } from "../../lib/doors/trace.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage, servePage } from "../support/built-page.ts";
import { crowdedTrace } from "../support/crowded-trace.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";
import { sdpFixture } from "../support/sdp-fixtures.ts";

/** A task that takes longer is a page that hangs; how smooth it is, bench/inspector.ts measures. Milliseconds. */
const LONGEST_TASK = 4000;

const markup = "<img src=x onerror='globalThis.owned=1'><script>globalThis.owned=1</script>";
const controls = "\u0000\u0007\u001b[31m\u202e\u2066evil\u2069\ufeff\u200b\r\nx";

describe.runIf(hasBrowser())("the inspector and hostile traces", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof servePage>>;
  let browser: TestBrowser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-hostile-"));
    await buildPage(join(folder, "page"));
    server = await servePage(join(folder, "page"));
    browser = await startBrowser({ viewport: { width: 1280, height: 800 } });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(server.url);
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { longTasks: tasks });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ entryTypes: ["longtask"] });
    });
  });

  afterEach(async () => {
    const longest = await page.evaluate(() =>
      Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
    );
    expect(longest).toBeLessThan(LONGEST_TASK);
    expect(await page.evaluate(() => "owned" in globalThis)).toBe(false);
    expect(await page.locator("img").count()).toBe(0);
    await page.close();
    expect(complaints).toEqual([]);
  });

  it("runs no script that a trace brings in any of its fields", async () => {
    await open(page, everywhere(markup));
    await visitAll(page);
    expect(await page.textContent("body")).toContain("<img src=x");
  });

  it("shows control characters and turned writing instead of obeying them", async () => {
    await open(page, everywhere(controls));
    await visitAll(page);
    const text = (await page.textContent("body")) ?? "";
    expect(text).toContain("␛");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are not there is what is tested
    expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
  });

  it("stays at hand with lines of a megabyte in every field", async () => {
    await open(page, everywhere("x".repeat(1024 * 1024)));
    await visitAll(page);
    expect(await page.textContent("h1")).not.toBe("");
  });

  it("draws a session of four hundred connections without an element for each", async () => {
    await open(page, crowd(20_000, 400));
    await page.waitForSelector(".ladder .row");
    expect(await page.locator("*").count()).toBeLessThan(3500);
    await visitAll(page);
  });

  it("keeps up with a hundred thousand events while keys are pressed", async () => {
    await open(page, crowd(100_000, 6));
    for (const key of ["KeyW", "KeyD", "KeyD", "KeyS", "KeyJ", "KeyJ", "KeyK", "KeyP", "KeyN"]) {
      await page.keyboard.press(key);
    }
    await visitAll(page);
    await page.keyboard.press("Digit4");
    await page.keyboard.press("Slash");
    await page.keyboard.type("kind:call method:setremote");
    await expect.poll(() => page.textContent(".search .count")).toMatch(/\d+ matches/);
  });

  it("reads events that contradict themselves: times that jump, numbers that repeat, ends without beginnings", async () => {
    const { header } = connectedTrace();
    const at = { peer: "alice", pc: "1" };
    const events = [
      { seq: 5, t: 1e15, ...at, kind: "settle", call: 99, error: { name: "E", message: "m" } },
      { seq: 5, t: -1e9, ...at, kind: "call", call: 99, method: "x", arguments: [] },
      { seq: 3, t: 0, ...at, kind: "state", machine: "ice", from: "a", to: "b" },
      {
        seq: 9_000_000_000_000,
        t: 1,
        ...at,
        kind: "state",
        machine: "constructor",
        to: "__proto__",
      },
      { seq: 1, t: 2, peer: "__proto__", pc: "constructor", kind: "toString" },
      { seq: 2, t: 3, ...at, kind: "candidate", side: "remote", candidate: null },
    ] as unknown as TraceEvent[];
    await open(page, { header, events });
    await visitAll(page);
    expect(await page.textContent("h1")).not.toBe("");
  });

  async function open(on: Page, trace: Trace): Promise<void> {
    const path = join(folder, "hostile.sdpscope.jsonl");
    await writeFile(path, writeTrace(trace));
    await on.setInputFiles("input[type=file]", path);
    await on.waitForSelector("#lanes canvas", { state: "attached" });
    await on.waitForSelector("[data-judged]");
  }

  function crowd(events: number, peers: number): Trace {
    const sdp = {
      offer: sdpFixture("chromium-156.0.8078.79/av.offer"),
      answer: sdpFixture("chromium-156.0.8078.79/av.answer"),
    };
    return crowdedTrace(events, sdp, peers);
  }
});

/** Every view and every tab, with an event selected, in both languages. */
async function visitAll(page: Page): Promise<void> {
  for (const view of ["Digit4", "Digit2", "Digit1", "Digit3"]) {
    await page.keyboard.press(view);
    await page.keyboard.press("KeyJ");
    await page.waitForTimeout(50);
  }
  for (let tab = 1; tab <= 9; tab++) {
    await page.keyboard.press(`Shift+Digit${tab}`);
    await page.keyboard.press("KeyJ");
    await page.waitForTimeout(80);
  }
  await page.mouse.move(700, 200);
}

/** A session whose every text is the given one, beside what makes it a session. */
function everywhere(text: string): Trace {
  const { header, events } = earlyCandidateTrace();
  const last = events.at(-1)?.seq ?? 0;
  const at = { peer: text, pc: text };
  const more = [
    { ...at, kind: "create", configuration: { [text]: text } },
    {
      ...at,
      kind: "call",
      call: 9001,
      method: text,
      arguments: [text, { [text]: text }],
      stack: text,
    },
    { ...at, kind: "settle", call: 9001, error: { name: text, message: text } },
    { ...at, kind: "state", machine: "ice", from: text, to: text },
    { ...at, kind: "state", machine: text, id: text, to: text },
    { ...at, kind: "candidate", side: "local", candidate: { candidate: text, sdpMid: text } },
    { ...at, kind: "pair", local: text, remote: text, state: text, selected: true },
    {
      peer: text,
      kind: "signal",
      direction: "out",
      transport: text,
      type: text,
      message: text,
      data: text,
    },
    {
      peer: "alice",
      kind: "signal",
      direction: "out",
      transport: "ws",
      type: "offer",
      data: { type: "offer", sdp: `v=0\r\n${text}\r\nm=${text}\r\na=${text}\r\n` },
    },
    { ...at, kind: "track", track: { id: text, kind: text }, mid: text, streams: [text] },
    { ...at, kind: "channel", id: text, label: text, side: "local" },
    { ...at, kind: "note", text },
    { ...at, kind: text, [text]: text },
  ].map((event, index) => ({ seq: last + 1 + index, t: 4200 + index, ...event }));
  return {
    header: { ...header, id: text.slice(0, 200), peers: [{ id: text, name: text, engine: text }] },
    events: [...events, ...(more as unknown as TraceEvent[])],
  };
}
