import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Trace } from "../../lib/doors/trace.ts";
import { writeTrace } from "../../lib/doors/trace.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage, servePage } from "../support/built-page.ts";
import { connectedTrace, earlyCandidateTrace, longTrace } from "../support/sample-trace.ts";

/** JavaScript that is loaded before anything is drawn, gzipped. */
const FIRST_PAINT_BUDGET = 70 * 1024;

describe.runIf(hasBrowser())("the inspector in a real browser", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof servePage>>;
  let browser: TestBrowser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-page-"));
    await buildPage(join(folder, "page"));
    server = await servePage(join(folder, "page"));
    browser = await startBrowser({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
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
    page.on("console", (message) => {
      if (/Content Security Policy|Refused/.test(message.text())) complaints.push(message.text());
    });
    await page.goto(server.url);
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  it("opens a dropped trace under a policy without inline script or style", async () => {
    await open(page, earlyCandidateTrace());
    await expect.poll(() => page.textContent("h1")).toBe("Never connected");
    expect(await page.locator(".fold").count()).toBeGreaterThan(0);
    // Every bar stands where it should: positions come by script, which the policy has to leave alone.
    const box = await page.locator(".slice", { hasText: "have-local-offer" }).first().boundingBox();
    expect(box?.width).toBeGreaterThan(100);
  });

  it("joins send and receive in the ladder and crosses what was refused", async () => {
    await open(page, earlyCandidateTrace());
    await expect.poll(() => page.locator("g.arrow.received").count()).toBe(6);
    expect(await page.locator("g.arrow.refused path.cross").count()).toBe(4);
    expect(await page.locator(".column").allInnerTexts()).toEqual([
      expect.stringContaining("alice"),
      expect.stringContaining("signaling server"),
      expect.stringContaining("bob"),
    ]);
  });

  it("ends an arrow that never lands in a cross half way", async () => {
    const { header, events } = connectedTrace();
    const lost = events.filter(
      (event) => !(event.kind === "signal" && event.direction === "in" && event.type === "answer"),
    );
    await open(page, { header, events: lost });
    await page.locator(".body").evaluate((body) => {
      body.scrollTop = 400;
    });
    await expect.poll(() => page.locator("g.arrow.lost path.cross").count()).toBe(1);
  });

  it("is driven by keys alone: problems, arrows, zoom, tabs, help", async () => {
    await open(page, earlyCandidateTrace());
    await page.keyboard.press("KeyN");
    await expect.poll(() => page.textContent(".drawer h3")).toContain("candidate arrived");
    await page.keyboard.press("BracketLeft");
    await expect.poll(() => page.textContent(".drawer h3")).toBe("send candidate");
    await page.keyboard.press("KeyW");
    await expect.poll(() => page.locator(".brush.whole").count()).toBe(0);
    await page.keyboard.press("Digit3");
    await expect.poll(() => page.locator(".drawer table tbody tr").count()).toBe(9);
    await page.keyboard.press("Shift+Slash");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
  });

  it("shows one selection in lanes, ladder, rail and details", async () => {
    await open(page, earlyCandidateTrace());
    await page.click(".ladder .row:has-text('offer received')");
    await expect.poll(() => page.textContent(".axis .label")).toBe("at 21.3 ms");
    expect(await page.textContent(".cursor span")).toBe("21.3 ms");
    expect(await page.locator("g.arrow.on").count()).toBe(1);
    await expect.poll(() => page.textContent(".drawer h3")).toBe("offer received");
  });

  it("shows what the answer dropped, and explains a line with its RFC", async () => {
    await open(page, earlyCandidateTrace());
    await page.click(".line.changed:has-text('a=setup:actpass') >> nth=0");
    await expect.poll(() => page.locator("aside.side a").textContent()).toMatch(/^RFC \d+ §/);
    expect(await page.locator(".line.dropped s", { hasText: "red/48000" }).count()).toBe(1);
  });

  it("searches, filters and steps through what it found", async () => {
    await open(page, earlyCandidateTrace());
    await page.keyboard.press("Slash");
    await page.keyboard.type("kind:candidate peer:alice");
    await expect.poll(() => page.textContent(".search .count")).toBe("4 matches");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".drawer tr.on").count()).toBe(1);
  });

  it("says what is wrong with a file that is no trace", async () => {
    const path = join(folder, "page.html");
    await writeFile(path, "<html><script>alert(1)</script>");
    await page.setInputFiles("input[type=file]", path);
    await expect
      .poll(() => page.textContent("[role=alert]"))
      .toContain("page.html is not an sdpscope trace.");
  });

  it("changes language and theme at once, and remembers both", async () => {
    await open(page, earlyCandidateTrace());
    await page.click("button[lang=ko]");
    await expect.poll(() => page.textContent("h1")).toBe("연결되지 않았습니다");
    const dark = await background(page);
    await page.keyboard.press("KeyT");
    await expect.poll(() => background(page)).not.toBe(dark);
    await page.reload();
    await expect.poll(() => page.textContent("h1")).toBe("피어들이 실제로 한 일을 보십시오");
    expect(await background(page)).not.toBe(dark);
    await page.evaluate(() => localStorage.clear());
  });

  it("fits a phone without scrolling sideways, in both languages", async () => {
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await open(page, connectedTrace());
      await page.waitForSelector(".bottom a");
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      await page.click("button[lang=ko]");
      const korean = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(korean).toBeLessThanOrEqual(0);
      await page.click("button[lang=en]");
    }
    await page.evaluate(() => localStorage.clear());
  });

  it("draws no more than the window holds of a long trace", async () => {
    await open(page, longTrace(20_000));
    await expect.poll(() => page.locator(".lane .mark").count()).toBeGreaterThan(1);
    expect(await page.locator("*").count()).toBeLessThan(4000);
  });

  it("loads at most its budget of script before the first paint", async () => {
    const html = await readFile(join(folder, "page", "index.html"), "utf8");
    const assets = join(folder, "page", "assets");
    let size = 0;
    for (const name of await readdir(assets)) {
      if (name.endsWith(".js") && html.includes(name))
        size += gzipSync(await readFile(join(assets, name))).length;
    }
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(FIRST_PAINT_BUDGET);
  });

  async function open(on: Page, trace: Trace): Promise<void> {
    const path = join(folder, `${trace.header.id}.sdpscope.jsonl`);
    await writeFile(path, writeTrace(trace));
    await on.setInputFiles("input[type=file]", path);
    await on.waitForSelector("h1");
    await on.waitForSelector("#lanes");
  }
});

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}
