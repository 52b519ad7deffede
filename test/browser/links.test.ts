import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage } from "../support/built-page.ts";
import { earlyCandidateTrace } from "../support/sample-trace.ts";

const fixture = join(import.meta.dirname, "../fixtures/traces/munged.sdpscope.jsonl");

describe.runIf(hasBrowser())("links, notes and times, by keys alone", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof createInspectorServer>>;
  let browser: TestBrowser;
  const pages: Page[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-links-"));
    await buildPage(join(folder, "page"));
    server = await createInspectorServer({
      port: 0,
      inspector: join(folder, "page"),
      traces: join(folder, "traces"),
    });
    const { header, events } = earlyCandidateTrace();
    let clock = 0;
    const start = Date.parse(header.startedAt);
    const recorder = createRecorder({
      id: "served",
      now: () => start + clock,
      peers: header.peers,
    });
    server.attach(recorder);
    for (const { seq: _, t, ...event } of events) {
      clock = t;
      recorder.record(event);
    }
    browser = await startBrowser({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
    await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });

  it("copies a link that shows the same event, time, view and tab of a served trace elsewhere", async () => {
    const page = await open(server.url);
    await page.waitForSelector("#lanes canvas", { state: "attached" });
    for (let step = 0; step < 9; step++) await page.keyboard.press("KeyJ");
    await page.keyboard.press("KeyW");
    await page.keyboard.press("Digit2");
    await page.keyboard.press("Shift+Equal");
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.keyboard.press("KeyL");
    await expect.poll(() => page.textContent(".notice")).toContain("link was copied");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/#trace=served&event=9&range=-?[\d.]+_[\d.]+&view=ladder&tab=raw$/);
    const range = await timeInView(page);
    const other = await open(link);
    await expect.poll(() => other.textContent(".raw h3")).toContain("Event 9");
    await expect.poll(() => timeInView(other)).toEqual(range);
    expect(await other.locator("#lanes").count()).toBe(0);
    expect(requests.filter((url) => url.includes("served&"))).toEqual([]);
  }, 60_000);

  it("says so when a link leads to an event or a trace that is not here", async () => {
    const page = await open(`${server.url}#trace=served&event=99999`);
    await expect
      .poll(() => page.textContent("[role=alert]"), { timeout: 10_000 })
      .toContain("event 99999");
    const other = await open(`${server.url}#trace=nowhere&event=2`);
    await expect
      .poll(() => other.textContent("[role=alert]"), { timeout: 10_000 })
      .toContain("the trace nowhere, which is not here");
  }, 60_000);

  it("writes, changes and removes notes, and keeps those of a served trace across a reload", async () => {
    const page = await open(server.url);
    await page.waitForSelector("#lanes canvas", { state: "attached" });
    await page.keyboard.press("KeyM");
    await expect.poll(() => page.textContent(".notice")).toContain("Select an event first");
    for (let step = 0; step < 3; step++) await page.keyboard.press("KeyJ");
    await page.keyboard.press("KeyB");
    await expect.poll(() => page.locator("#lanes .pin").count()).toBe(1);
    await page.keyboard.press("KeyJ");
    await note(page, "한글 메모 <b>");
    await expect.poll(() => page.textContent(".notes ul")).toContain("한글 메모 <b>");
    expect(await page.locator("#ladder .note").count()).toBe(2);
    await page.reload();
    await expect.poll(() => page.textContent(".notes ul")).toContain("한글 메모 <b>");
    expect(await page.textContent(".notes")).toContain("kept in this browser");
    await page.keyboard.press("Digit4");
    // By the palette to the note, which opens for editing; emptied it is a bookmark, removed it is gone.
    await page.keyboard.press("Control+KeyK");
    await page.waitForSelector("dialog[open] input");
    await page.keyboard.type("메모");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#table .note").count()).toBe(2);
    await page.keyboard.press("KeyM");
    await page.waitForSelector("dialog[open] textarea");
    expect(await page.inputValue("dialog[open] textarea")).toBe("한글 메모 <b>");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Remove");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#table .note").count()).toBe(1);
    await page.keyboard.press("KeyK");
    await page.keyboard.press("KeyB");
    await expect.poll(() => page.locator(".notes").count()).toBe(0);
  }, 60_000);

  it("takes notes along: the exported trace is one that the command line reads, the page shows them from disk", async () => {
    const page = await open(server.url);
    await page.setInputFiles("input[type=file]", fixture);
    await expect.poll(() => page.title()).toContain("munged");
    for (let step = 0; step < 5; step++) await page.keyboard.press("KeyJ");
    const recorded = await readFile(fixture, "utf8");
    const address = /candidate:\S+ \d \w+ \d+ (\d+\.\d+\.\d+\.\d+)/.exec(recorded)?.[1] ?? "";
    expect(address).not.toBe("");
    const eventCount = recorded.trim().split("\n").length - 1;
    await note(page, `asks ${address}`);
    await expect.poll(() => page.locator(".notes li").count()).toBe(1);
    const [trace, html] = [join(folder, "noted.sdpscope.jsonl"), join(folder, "noted.html")];
    await download(page, "trace", trace);
    await download(page, "html", html);
    const text = await readFile(trace, "utf8");
    const { trace: read, diagnostics } = readTrace(text);
    expect(diagnostics).toEqual([]);
    // Masked as the candidates' address is, by the same mask.
    expect(text.includes(`asks ${address}"`)).toBe(false);
    expect(read.events[5]).toMatchObject({ seq: 6, kind: "note", by: "reader" });
    let ladder = "";
    const line = (text: string): void => {
      ladder += `${text}\n`;
    };
    await runCommandLine(
      ["ladder", trace],
      { version: "0", commands, fallback: "serve" },
      {
        out: line,
        write: line,
        err: line,
        input: async () => "",
        env: {},
        isColour: false,
        signal: new AbortController().signal,
      },
    );
    expect(ladder).toContain("asks ");
    const copy = await open(pathToFileURL(html).href);
    await expect.poll(() => copy.textContent(".notes ul"), { timeout: 20_000 }).toContain("asks ");
    expect(await copy.textContent(".notes .at")).toContain("#5");
    expect(await copy.textContent(".overview .label")).toContain(`${eventCount} events`);
    // A link into the page from disk, with the id that its trace has there.
    await copy.keyboard.press("KeyJ");
    await copy.keyboard.press("KeyJ");
    await copy.keyboard.press("KeyL");
    await expect.poll(() => copy.url()).toContain("event=2");
    const again = await open(copy.url());
    await expect.poll(() => again.locator(".ladder .row.on").count(), { timeout: 20_000 }).toBe(1);
  }, 90_000);

  it("writes times in four ways, by one key, and remembers the last", async () => {
    const page = await open(server.url);
    await page.waitForSelector("#lanes canvas", { state: "attached" });
    await page.keyboard.press("Digit4");
    for (let step = 0; step < 3; step++) await page.keyboard.press("KeyJ");
    const cells = (): Promise<string[]> =>
      page.locator("#table tbody tr:not(.space) td:nth-child(2)").allInnerTexts();
    await expect.poll(async () => (await cells())[0]).toMatch(/^[\d.]+$/);
    await page.keyboard.press("KeyH");
    await expect.poll(async () => (await cells())[0]).toBe("0");
    await page.keyboard.press("KeyH");
    await expect.poll(async () => (await cells())[2]).toBe("0");
    expect((await cells())[5]).toMatch(/^\+/);
    await page.keyboard.press("KeyH");
    await expect.poll(async () => (await cells())[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    expect(await page.textContent("#table .time-style")).toMatch(/UTC[+−]\d\d:\d\d/);
    await page.reload();
    await page.waitForSelector(".ladder, #table");
    await page.keyboard.press("Digit2");
    await expect.poll(() => page.textContent(".ladder .time")).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    await page.keyboard.press("KeyH");
    await expect.poll(() => page.textContent(".ladder .time")).toMatch(/^\+[\d.]+$/);
  }, 60_000);

  async function open(url: string): Promise<Page> {
    const page = await browser.context.newPage();
    pages.push(page);
    await page.addInitScript(() => localStorage.setItem("sdpscope.lang", "en"));
    await page.goto(url);
    return page;
  }

  async function note(page: Page, text: string): Promise<void> {
    await page.keyboard.press("KeyM");
    await page.waitForSelector("dialog[open] textarea");
    await page.keyboard.insertText(text);
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
  }

  async function download(page: Page, kind: string, path: string): Promise<void> {
    await page.keyboard.press("KeyE");
    await page.check(`dialog[open] input[value=${kind}]`);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.click("dialog[open] button[type=submit]"),
    ]);
    await file.saveAs(path);
    await page.keyboard.press("Escape");
  }
});

/** The ends of the time in view. */
function timeInView(page: Page): Promise<(string | null)[]> {
  return Promise.all(
    ["start", "end"].map((end) => page.getAttribute(`.overview .handle.${end}`, "aria-valuetext")),
  );
}
