import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe-violations.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage, servePage } from "../support/built-page.ts";

const fixtures = join(import.meta.dirname, "../fixtures/traces");

describe.runIf(hasBrowser())("the inspector", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof servePage>>;
  let browser: TestBrowser;
  const pages: Page[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-compare-"));
    await buildPage(join(folder, "page"));
    server = await servePage(join(folder, "page"));
    browser = await startBrowser({ viewport: { width: 1440, height: 900 } });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });

  it.each([
    ["light", "en", 1440],
    ["dark", "ko", 390],
    ["dark", "en", 390],
    ["light", "ko", 1440],
  ] as const)(
    "compares two sessions by keys alone, and axe finds nothing, %s, %s, %i wide",
    async (theme, lang, width) => {
      const page = await open(theme, lang, width, ["ok", "early-candidate"]);
      await page.keyboard.press("KeyC");
      await page.waitForSelector("#compare .sentence");
      expect(await page.textContent("#compare .sentence")).toContain(
        lang === "en" ? "addIceCandidate is refused" : "addIceCandidate 호출이",
      );
      expect(await page.locator("#compare table").count()).toBe(2);
      expect(await axeViolations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);

      // A milestone's time leads to its event in its session, the one that is not shown included.
      const time = page.locator("#compare tbody tr").first().locator("button.time").first();
      await time.focus();
      await page.keyboard.press("Enter");
      await page.waitForSelector("#lanes canvas", { state: "attached" });
      await expect.poll(() => page.title()).toContain("ok");
      await expect
        .poll(() => page.locator(".drawer [aria-selected=true]").textContent())
        .toBeTruthy();

      await page.keyboard.press("KeyC");
      await page.waitForSelector("#compare .sentence");
      await page.keyboard.press("Escape");
      expect(await page.locator("#compare").count()).toBe(0);
    },
    60_000,
  );

  it("counts from a chosen milestone, and swaps the sessions", async () => {
    const page = await open("dark", "en", 1440, ["ok", "early-candidate"]);
    await page.keyboard.press("KeyC");
    const align = page.locator("#compare .bar select");
    await align.selectOption("offer-sent");
    const row = page.locator("#compare tbody tr", { hasText: "offer sent" }).first();
    await expect
      .poll(() => row.locator("button.time").allTextContents())
      .toEqual([expect.stringMatching(/^\s*0 ms\s*$/), expect.stringMatching(/^\s*0 ms\s*$/)]);
    const left = page.locator("#compare .head select").first();
    const before = await left.inputValue();
    await page.locator("#compare .bar button.line").click();
    await expect.poll(() => left.inputValue()).not.toBe(before);
  });

  it("draws the room at the cursor; a connection is chosen by keys", async () => {
    for (const [theme, lang, width] of [
      ["light", "en", 1440],
      ["dark", "ko", 390],
    ] as const) {
      const page = await open(theme, lang, width, ["mesh-of-4"]);
      await page.keyboard.press("Digit5");
      await page.waitForSelector("#room .node");
      expect(await page.locator("#room .node").count()).toBe(4);
      expect(await page.locator("#room svg .edge").count()).toBe(6);
      expect(await axeViolations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);

      const slider = page.locator("#room input[type=range]");
      await slider.focus();
      await page.keyboard.press("Home");
      await expect.poll(() => page.locator("#room svg .tone-ok").count()).toBe(0);
      const up = page.locator("#room svg .tone-ok");
      for (let step = 0; step < 100 && (await up.count()) === 0; step++) {
        await page.keyboard.press("ArrowRight");
      }
      await expect.poll(() => up.count()).toBeGreaterThan(0);

      const first = page.locator("#room .list button").first();
      await first.focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => first.getAttribute("aria-pressed")).toBe("true");
      expect(await page.locator("#room svg .edge.on").count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);
    }
  }, 90_000);

  async function open(
    theme: "light" | "dark",
    lang: "en" | "ko",
    width: number,
    names: readonly string[],
  ): Promise<Page> {
    const page = await browser.context.newPage();
    pages.push(page);
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
    await page.addInitScript(
      ([theme, lang]) => {
        localStorage.setItem("sdpscope.theme", theme);
        localStorage.setItem("sdpscope.lang", lang);
      },
      [theme, lang] as const,
    );
    await page.goto(server.url);
    await page.waitForSelector("main h1");
    await page.setInputFiles(
      "input[type=file]",
      names.map((name) => join(fixtures, `${name}.sdpscope.jsonl`)),
    );
    await page.waitForSelector("#lanes canvas", { state: "attached" });
    return page;
  }

  /** By how much the page is wider than the window. */
  async function overflow(page: Page): Promise<number> {
    return page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }
});
