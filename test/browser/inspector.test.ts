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
    await expect.poll(() => page.locator(".lanes .fold").count()).toBeGreaterThan(0);
    // The bars stand where they should: what lies under a point of the canvas is selected there.
    await page.mouse.click(...(await pointAt(page, "signaling", 30)));
    await expect.poll(() => page.textContent(".drawer h3")).toContain("have-local-offer");
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
    const lost = events.filter(({ peer, t }) => !(peer === "alice" && t > 44));
    await open(page, { header, events: lost });
    await page.locator(".ladder .body").evaluate((body) => {
      body.scrollTop = 240;
    });
    await expect.poll(() => page.locator("g.arrow.lost path.cross").count()).toBe(2);
  });

  it("draws missing events as a gap in the ladder and says how many they are", async () => {
    const { header, events } = connectedTrace();
    await open(page, { header, events: events.filter(({ seq }) => seq < 8 || seq > 20) });
    await expect.poll(() => page.textContent(".band.missing")).toContain("13 events are missing");
    expect(await page.locator(".overview rect.gap").count()).toBe(1);
  });

  it("is driven by keys alone: findings, arrows, zoom, views, tabs, help", async () => {
    await open(page, earlyCandidateTrace());
    await page.waitForSelector(".findings[data-judged] .finding");
    await page.keyboard.press("KeyN");
    await expect.poll(() => page.textContent(".drawer h3")).toContain("candidate arrived");
    expect(await page.textContent(".finding.on .code")).toContain(
      "session/candidate-before-description",
    );
    await page.keyboard.press("BracketLeft");
    await expect.poll(() => page.textContent(".drawer h3")).toBe("send candidate");
    await page.keyboard.press("KeyW");
    await expect.poll(() => page.locator(".brush.whole").count()).toBe(0);
    await page.keyboard.press("Digit4");
    await expect.poll(() => page.locator("#table tr.on").count()).toBe(1);
    await page.keyboard.press("KeyJ");
    await expect.poll(() => page.locator("#table tr.on").count()).toBe(1);
    await page.keyboard.press("Digit1");
    await expect.poll(() => page.locator("#ladder").count()).toBe(0);
    await page.keyboard.press("Digit3");
    await expect.poll(() => page.locator("#lanes, #ladder").count()).toBe(2);
    await page.keyboard.press("Shift+Slash");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
  });

  it("shows one selection in lanes, ladder, rail and details", async () => {
    await open(page, earlyCandidateTrace());
    await page.click(".ladder .row:has-text('offer received')");
    await expect.poll(() => page.textContent(".axis .label")).toContain("at 21.3 ms");
    expect(await page.textContent(".cursor span")).toBe("21.3 ms");
    await expect.poll(() => page.locator("g.arrow.on").count()).toBe(1);
    await expect.poll(() => page.textContent(".drawer h3")).toBe("offer received");
  });

  it("lists findings with why, how to mend them and their events, and what was not judged", async () => {
    await open(page, earlyCandidateTrace());
    const first = page.locator(".finding").first();
    await first.waitFor();
    expect(await first.textContent()).toContain("Fix");
    await first.locator(".evidence button").nth(1).click();
    await expect.poll(() => page.locator(".evidence .sel").count()).toBe(1);
    await expect.poll(() => page.textContent(".drawer h3")).toContain("candidate arrived");
    await page.click(".silent summary");
    expect(await page.locator(".silent li").count()).toBeGreaterThan(0);
  });

  it("opens each sample by its number and finds what its name says", async () => {
    const codes = [
      "session/candidate-before-description",
      "session/no-relay-candidate",
      "session/dtls-failed",
      "session/wrong-state",
      "session/no-common-codec",
      "session/new-peer",
    ];
    for (const [index, code] of codes.entries()) {
      await page.goto(server.url);
      await page.waitForSelector(".sample");
      await page.keyboard.press(`Digit${index + 1}`);
      await expect.poll(() => page.locator(".finding code").allInnerTexts()).toContain(code);
    }
  });

  it("searches, filters and steps through what it found in the table", async () => {
    await open(page, earlyCandidateTrace());
    await page.keyboard.press("Slash");
    await page.keyboard.type("kind:candidate peer:alice");
    await expect.poll(() => page.textContent(".search .count")).toContain("4 matches");
    await expect.poll(() => page.locator("#table tbody tr[aria-rowindex]").count()).toBe(4);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#table tr.on").count()).toBe(1);
  });

  it("says what is wrong with a file that is no trace", async () => {
    const path = join(folder, "page.html");
    await writeFile(path, "<html><script>alert(1)</script>");
    await page.setInputFiles("input[type=file]", path);
    await expect
      .poll(() => page.textContent("[role=alert]"))
      .toContain("page.html is of no known format.");
  });

  it("changes language and theme at once, and remembers both", async () => {
    await open(page, earlyCandidateTrace());
    await page.click("button[lang=ko]");
    await expect.poll(() => page.textContent("h1")).toBe("연결되지 않았습니다");
    const dark = await background(page);
    await page.keyboard.press("KeyT");
    await expect.poll(() => background(page)).not.toBe(dark);
    await page.reload();
    await expect.poll(() => page.textContent("h1")).toBe("연결되지 않은 이유를 찾아보세요");
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
    await page.waitForSelector(".ladder .row");
    expect(await page.locator("*").count()).toBeLessThan(1500);
    await page.keyboard.press("Digit4");
    await page.waitForSelector("#table tr[aria-rowindex]");
    expect(await page.locator("*").count()).toBeLessThan(1500);
    await page.keyboard.press("KeyK");
    await expect
      .poll(() => page.getAttribute("#table tr.on", "aria-rowindex"))
      .toBe(await page.getAttribute("#table table", "aria-rowcount"));
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
    await on.waitForSelector("#lanes canvas", { state: "attached" });
  }

  /** A point of a lane's bars at a share (in hundredths) of their width. */
  async function pointAt(on: Page, lane: string, share: number): Promise<[number, number]> {
    const label = await on.locator(".lane", { hasText: lane }).first().boundingBox();
    const canvas = await on.locator("#lanes canvas").boundingBox();
    if (!label || !canvas) throw new Error("The lanes are not there.");
    return [canvas.x + (canvas.width * share) / 100, label.y + label.height / 2];
  }
});

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}
