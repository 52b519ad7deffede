import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recorder, TraceEvent, UnrecordedEvent } from "../../lib/doors/trace.ts";
import { createRecorder } from "../../lib/doors/trace.ts";
import type { InspectorServer } from "../../lib/serve/index.ts";
import { createInspectorServer } from "../../lib/serve/index.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage } from "../support/built-page.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";

const { events } = connectedTrace();

describe.runIf(hasBrowser())("the inspector beside its server", () => {
  let folder: string;
  let server: InspectorServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-live-"));
    await buildPage(join(folder, "page"));
    await writeFile(join(folder, "record.js"), "");
    server = await start(0);
    browser = await startBrowser({ viewport: { width: 1440, height: 900 } });
    page = await browser.context.newPage();
    await page.goto(server.url);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("waits for a session, then shows it as it happens, each event once", async () => {
    await expect.poll(() => page.locator(".card.open").count()).toBe(1);
    const played = session("first");
    const detach = server.attach(played.recorder);
    played.play(events.slice(0, 20));
    await expect.poll(() => page.textContent(".live b")).toBe("live");
    await expect.poll(() => shownEvents(page)).toBe(20);
    played.play(events.slice(20));
    await expect.poll(() => shownEvents(page)).toBe(events.length);
    detach();
  });

  it("stands still while paused and catches up afterwards", async () => {
    const played = session("second");
    const detach = server.attach(played.recorder);
    played.play(events.slice(0, 10));
    await expect.poll(() => shownEvents(page)).toBe(10);
    await page.keyboard.press("Space");
    played.play(events.slice(10, 30));
    await page.waitForFunction(() =>
      document.querySelector(".sessions .row.on .what")?.textContent?.includes("30"),
    );
    expect(await shownEvents(page)).toBe(10);
    await page.keyboard.press("Space");
    await expect.poll(() => shownEvents(page)).toBe(30);
    detach();
  });

  it("says that the server is gone, comes back by itself and has what it missed, once", async () => {
    const played = session("third");
    let detach = server.attach(played.recorder);
    played.play(events.slice(0, 10));
    await expect.poll(() => shownEvents(page)).toBe(10);
    const { port } = new URL(server.url);
    detach();
    await server.close();
    await expect.poll(() => page.textContent(".live b")).toBe("Reconnecting");
    played.play(events.slice(10, 25));
    server = await start(Number(port));
    detach = server.attach(played.recorder);
    await expect.poll(() => shownEvents(page), { timeout: 15_000 }).toBe(25);
    await expect.poll(() => page.textContent(".live b")).toBe("live");
    detach();
  });

  it("keeps a session that somebody looks at when another one starts", async () => {
    const played = session("fourth");
    const detach = server.attach(played.recorder);
    played.play(events.slice(0, 10));
    await expect.poll(() => page.textContent(".session b")).toBe("fourth");
    await page.keyboard.press("KeyJ");
    const other = session("fifth");
    const detachOther = server.attach(other.recorder);
    other.play(events.slice(0, 5));
    await page.waitForSelector(".sessions .row:has-text('fifth')");
    expect(await page.textContent(".session b")).toBe("fourth");
    await page.click(".sessions .row:has-text('fifth')");
    await expect.poll(() => page.textContent(".session b")).toBe("fifth");
    detach();
    detachOther();
  });

  it("follows the end of a session until somebody looks elsewhere, and again when told to", async () => {
    const played = session("sixth");
    const detach = server.attach(played.recorder);
    played.play(events.slice(0, 12));
    await page.click(".session");
    await page.click(".menu .row:has-text('sixth')");
    await expect.poll(() => shownEvents(page)).toBe(12);
    const atEnd = (): Promise<boolean> =>
      page.locator(".ladder .body").evaluate((body) => {
        return body.scrollTop + body.clientHeight >= body.scrollHeight - 2;
      });
    played.play(events.slice(12));
    await expect.poll(() => shownEvents(page)).toBe(events.length);
    await expect.poll(atEnd).toBe(true);
    await page.keyboard.press("KeyK");
    await page.keyboard.press("ArrowUp");
    for (let step = 0; step < 30; step++) await page.keyboard.press("KeyK");
    await expect.poll(atEnd).toBe(false);
    played.play(events.slice(-3));
    await expect.poll(() => shownEvents(page)).toBe(events.length + 3);
    expect(await atEnd()).toBe(false);
    await page.click(".follow");
    await expect.poll(atEnd).toBe(true);
    expect(await page.locator(".follow").count()).toBe(0);
    detach();
  });

  it("judges a session while it goes on", async () => {
    const played = session("seventh");
    const detach = server.attach(played.recorder);
    const early = earlyCandidateTrace().events;
    played.play(early.slice(0, 10));
    await page.click(".session");
    await page.click(".menu .row:has-text('seventh')");
    await expect.poll(() => shownEvents(page)).toBe(10);
    played.play(early.slice(10));
    await expect
      .poll(() => page.locator(".finding code").allInnerTexts(), { timeout: 15_000 })
      .toContain("session/candidate-before-description");
    detach();
  });

  it("is watched from another machine by the link with its token, which stays out of the address bar", async () => {
    const guarded = await start(0, "0.0.0.0");
    const guest = await browser.context.newPage();
    await guest.goto(guarded.url);
    expect(await guest.textContent("body")).toContain("asks for a token");
    await guest.goto(guarded.link());
    expect(guest.url()).toBe(guarded.url);
    await expect
      .poll(() => guest.locator(".card code").allTextContents())
      .toContain(`<script crossorigin src="${guarded.link("record.js")}"></script>`);
    const played = session("guarded");
    const detach = guarded.attach(played.recorder);
    played.play(events);
    await expect.poll(() => shownEvents(guest)).toBe(events.length);
    detach();
    await guest.close();
    await guarded.close();
  });

  async function start(port: number, host = "127.0.0.1"): Promise<InspectorServer> {
    return createInspectorServer({
      port,
      host,
      inspector: join(folder, "page"),
      recorder: join(folder, "record.js"),
      traces: await mkdtemp(join(folder, "traces-")),
    });
  }
});

/** A recorder whose clock the events themselves move. */
interface Played {
  readonly recorder: Recorder;
  play(list: readonly TraceEvent[]): void;
}

let started = Date.parse("2026-11-21T03:00:00.000Z");

/** A session that starts a second after the last one. */
function session(id: string): Played {
  started += 1000;
  const begin = started;
  let clock = 0;
  const recorder = createRecorder({
    id,
    now: () => begin + clock,
    peers: connectedTrace().header.peers,
  });
  return {
    recorder,
    play(list) {
      for (const { seq: _, t, ...event } of list) {
        clock = t;
        recorder.record(event as UnrecordedEvent);
      }
    },
  };
}

async function shownEvents(page: Page): Promise<number> {
  const text = (await page.textContent(".overview .label span")) ?? "";
  return Number(/(\d+) events?/.exec(text)?.[1] ?? 0);
}
