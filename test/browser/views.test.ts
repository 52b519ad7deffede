import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readTrace } from "../../lib/trace/file.ts";
import { axeViolations } from "../support/axe-violations.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage, servePage } from "../support/built-page.ts";

const fixtures = join(import.meta.dirname, "../fixtures");

/** What a view is called, and the keys that lead to it from a session that was just opened: `ok` unless told otherwise. */
const views: readonly (readonly [
  name: string,
  keys: readonly string[],
  shown: string,
  trace?: string,
])[] = [
  ["event", ["KeyJ", "Shift+Digit1"], ".drawer dl"],
  ["sdp", ["Shift+Digit2"], ".drawer [role=tree]"],
  ["offer and answer", ["Shift+Digit3"], ".drawer .sides"],
  ["munging", ["Shift+Digit4"], ".drawer article"],
  ["previous round", ["Shift+Digit5"], ".drawer .scroll"],
  ["codecs", ["Shift+Digit6"], ".drawer table"],
  ["candidates", ["Shift+Digit7"], ".drawer table"],
  ["pairs", ["Shift+Digit8"], ".drawer .matrix"],
  ["state", ["Shift+Digit9"], ".drawer .slot"],
  ["stack", ["KeyJ", "KeyJ", "Shift+Digit0"], ".drawer .nothing, .drawer table"],
  ["calls", ["Shift+Minus"], ".drawer table"],
  ["raw", ["KeyJ", "Shift+Equal"], ".drawer pre"],
  ["no statistics", ["KeyG"], ".drawer .nothing"],
  ["statistics", ["KeyG"], ".drawer [data-metric] td", "media"],
  ["table", ["Digit4"], "#table"],
  ["room", ["Digit5"], "#room .node"],
  ["keys", ["Shift+Slash"], "dialog[open]"],
  ["palette", ["Control+KeyK"], "dialog[open] [role=option]"],
  ["export", ["KeyE"], "dialog[open] form"],
  ["note", ["KeyJ", "KeyM"], "dialog[open] textarea"],
  ["notes and clock", ["KeyJ", "KeyB", "KeyH", "KeyH", "KeyH", "Digit4"], "#table .note"],
];

describe.runIf(hasBrowser())("every view of the inspector", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof servePage>>;
  let browser: TestBrowser;
  const pages: Page[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-views-"));
    await buildPage(join(folder, "page"));
    server = await servePage(join(folder, "page"));
    browser = await startBrowser({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });

  for (const theme of ["light", "dark"] as const) {
    for (const lang of ["en", "ko"] as const) {
      it(`is reached by keys and has nothing that axe finds, ${theme}, ${lang}`, async () => {
        const page = await open(lang, theme);
        await page.waitForSelector("main h1");
        expect(await axeViolations(page), "empty").toEqual([]);
        for (const [name, keys, shown, trace = "ok"] of views) {
          await load(page, trace);
          for (const key of keys) await page.keyboard.press(key);
          await page.waitForSelector(shown, { timeout: 10_000 });
          expect(await axeViolations(page), name).toEqual([]);
        }
      }, 180_000);

      it(`explains what is pasted, and axe finds nothing there, ${theme}, ${lang}`, async () => {
        const page = await open(lang, theme);
        await page.waitForSelector("main h1");
        await page.keyboard.press("KeyV");
        await page.waitForSelector("#paste textarea");
        expect(await axeViolations(page), "blank").toEqual([]);
        await paste(page, await description("offer"));
        await page.waitForSelector(".sdp[role=tree]");
        for (let line = 0; line < 12; line++) {
          await page.locator("[role=tree]").press("ArrowDown");
        }
        await page.waitForSelector(".side h3");
        expect(await axeViolations(page), "offer").toEqual([]);
        await paste(page, await description("answer"));
        await page.waitForSelector(".sides [aria-pressed=true]");
        expect(await axeViolations(page), "answer").toEqual([]);
      }, 60_000);
    }
  }

  it("reads a tree of lines by arrows: down explains, left folds, right unfolds", async () => {
    const page = await open("en", "dark");
    await load(page, "munged");
    await page.keyboard.press("Shift+Digit2");
    const tree = page.locator("[role=tree]");
    await tree.focus();
    await tree.press("ArrowDown");
    await expect.poll(() => page.textContent(".side h3")).toBe("v=0");
    const open_ = await page.locator("[role=treeitem][aria-level='2']").count();
    await tree.press("ArrowLeft");
    await tree.press("ArrowLeft");
    await expect.poll(() => page.locator("[role=treeitem][aria-expanded=false]").count()).toBe(1);
    expect(await page.locator("[role=treeitem][aria-level='2']").count()).toBeLessThan(open_);
    await tree.press("ArrowRight");
    await expect.poll(() => page.locator("[role=treeitem][aria-level='2']").count()).toBe(open_);
  });

  it("names the kind of a change between createOffer and setLocalDescription", async () => {
    const page = await open("en", "dark");
    await load(page, "munged");
    await page.keyboard.press("Shift+Digit4");
    await expect
      .poll(() => page.textContent(".drawer article.changed"))
      .toContain("audio-codecs-fmtp-opus-stereo");
  });

  it("judges a pasted text as what its reader says it is", async () => {
    const page = await open("en", "dark");
    await page.keyboard.press("KeyV");
    await page.waitForSelector("#paste textarea");
    await paste(page, (await description("offer")).replaceAll("a=setup:actpass", "a=setup:active"));
    const asOffer = page.getByRole("button", { name: "Offer", exact: true });
    await expect.poll(() => asOffer.getAttribute("aria-pressed")).toBe("false");
    await asOffer.press("Enter");
    await expect.poll(() => asOffer.getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => page.textContent("#paste")).toContain("DTLS role");
  });

  it("draws statistics on the axis of the lanes, which they follow in zoom, pan and cursor", async () => {
    const page = await open("en", "dark");
    await load(page, "media");
    await page.keyboard.press("KeyG");
    await page.waitForSelector("[data-metric='outbound-rtp/bytesSent'] td");
    const whole = await ticks(page, ".lanes");
    expect(await ticks(page, ".drawer")).toEqual(whole);
    for (const key of ["KeyW", "KeyW", "KeyD"]) await page.keyboard.press(key);
    await expect.poll(() => ticks(page, ".drawer")).not.toEqual(whole);
    expect(await ticks(page, ".drawer")).toEqual(await ticks(page, ".lanes"));
    const plot = await page.locator(".drawer .plot").first().boundingBox();
    const track = await page.locator(".lanes .axis .track").boundingBox();
    expect([plot?.x, plot?.width]).toEqual([track?.x, track?.width]);

    const x = (track?.x ?? 0) + 300;
    await page.mouse.move(x, (track?.y ?? 0) + 60);
    await expect.poll(() => lineAt(page, ".drawer .pointed")).toBeCloseTo(x, 0);
    await page.mouse.click(x + 100, (plot?.y ?? 0) + 20);
    await expect.poll(() => lineAt(page, ".lanes .cursor")).toBeCloseTo(x + 100, 0);
    expect(await lineAt(page, ".drawer .cursor")).toBeCloseTo(x + 100, 0);
    expect(await inkOf(page, ".drawer canvas")).toBeGreaterThan(500);
  });

  it("tells statistics by keyboard alone: each measurement's time and values", async () => {
    const page = await open("en", "dark");
    await load(page, "media");
    await page.keyboard.press("KeyG");
    await page.waitForSelector("[data-metric='outbound-rtp/bytesSent'] td");
    const slider = page.locator(".drawer [role=slider][aria-label='Time cursor']");
    for (let press = 0; press < 120; press++) {
      if (await slider.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    const video = page.locator("[data-metric='outbound-rtp/bytesSent'] tr", { hasText: "video" });
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const first = await slider.getAttribute("aria-valuetext");
    await expect.poll(() => video.locator(".at").textContent()).toMatch(/^1\.\d+ Mbit\/s$/);
    await page.keyboard.press("End");
    await expect.poll(() => slider.getAttribute("aria-valuetext")).not.toBe(first);
    await expect.poll(() => video.locator(".at").textContent()).toMatch(/^\d+(\.\d+)? kbit\/s$/);
    expect(await page.textContent(".lanes .cursor span")).toBe(
      await slider.getAttribute("aria-valuetext"),
    );
    // A line is switched off and on by the button that names it.
    await video.locator("button").focus();
    await page.keyboard.press("Enter");
    expect(await video.locator("button").getAttribute("aria-pressed")).toBe("false");
  });

  it("draws any other member, of the connection that is chosen, and takes graphs away", async () => {
    const page = await open("en", "dark");
    await load(page, "media");
    await page.keyboard.press("KeyG");
    await page.waitForSelector("[data-metric='outbound-rtp/bytesSent'] td");
    await page.selectOption(".drawer .pick select >> nth=0", { label: "Bob" });
    await page.waitForSelector("[data-metric='inbound-rtp/bytesReceived'] td");
    await page.selectOption(".drawer .add select", "inbound-rtp/totalFreezesDuration");
    await page.waitForSelector("[data-metric='inbound-rtp/totalFreezesDuration'] td");
    const count = await page.locator("[data-metric]").count();
    await page.locator("[data-metric] h3 button").first().click();
    await expect.poll(() => page.locator("[data-metric]").count()).toBe(count - 1);
    await page.click(".drawer .again");
    await expect.poll(() => page.locator("[data-metric]").count()).toBe(8);
  });

  it("runs any action from the palette, found by its name", async () => {
    const page = await open("en", "dark");
    await load(page, "ok");
    await page.keyboard.press("Control+KeyK");
    await page.waitForSelector("dialog[open] input");
    await page.keyboard.type("codecs");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getAttribute("#tab-codecs", "aria-selected")).toBe("true");
    expect(await page.locator("dialog").count()).toBe(0);
  });

  it("carries pasted texts in the fragment alone, and takes them back from it", async () => {
    const page = await open("en", "dark");
    await page.waitForSelector("main h1");
    await page.keyboard.press("KeyV");
    await page.waitForSelector("#paste textarea");
    await paste(page, await description("offer"));
    await paste(page, await description("answer"));
    await page.waitForSelector(".sides");
    await page.click("text=Copy link");
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#paste=[\w-]+$/);
    expect(new URL(page.url()).search).toBe("");
    const other = await open("en", "dark", page.url());
    await expect.poll(() => other.textContent("#paste h1")).toBe("Offer and answer");
    const damaged = await open("en", "dark", `${page.url().split("#", 1)[0]}#paste=AAAA`);
    await expect.poll(() => damaged.textContent("#paste [role=status]")).toContain("damaged");
  });

  it("shows what is pasted as text, whatever it holds", async () => {
    const page = await open("en", "dark");
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(error.message));
    await page.waitForSelector("main h1");
    await page.keyboard.press("KeyV");
    await page.waitForSelector("#paste textarea");
    const hostile = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=<img src=x onerror=alert(1)>\u202e\u0007\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=${"x".repeat(300_000)}\r\n`;
    await paste(page, hostile);
    await page.waitForSelector("[role=tree]");
    expect(await page.locator("#paste img").count()).toBe(0);
    const shown = (await page.textContent("[role=tree]")) ?? "";
    expect(shown).toContain("<img src=x onerror=alert(1)>");
    for (const hidden of ["\u202e", "\u0007"]) expect(shown).not.toContain(hidden);
    await page.locator("[role=tree]").press("End");
    await page.waitForSelector(".side h3");
    expect(failures).toEqual([]);
  });

  it("exports one file that opens from disk, without a network, within its budget", async () => {
    const page = await open("en", "dark");
    await load(page, "munged");
    const built = pathToFileURL(join(folder, "page", "page.js")).href;
    const { htmlPage }: typeof import("../../inspector/page.js") = await import(
      /* @vite-ignore */ built
    );
    expect(new Blob([await htmlPage()]).size).toBeLessThanOrEqual(600 * 1024);
    const path = join(folder, "out.html");
    await download(page, "html", path);
    const copy = await browser.context.newPage();
    pages.push(copy);
    const failures: string[] = [];
    copy.on("pageerror", (error) => failures.push(error.message));
    copy.on("console", (message) => {
      if (message.type() === "error") failures.push(message.text());
    });
    copy.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) failures.push(request.url());
    });
    await copy.goto(pathToFileURL(path).href);
    await expect.poll(() => copy.textContent("h1"), { timeout: 20_000 }).toBe("Never connected");
    await copy.waitForSelector(".findings[data-judged] .finding");
    await copy.keyboard.press("Shift+Digit2");
    await copy.waitForSelector("[role=tree]");
    expect(failures).toEqual([]);
  });

  it("exports the trace redacted unless told otherwise, under its name once, and the ladder as text and Mermaid", async () => {
    const page = await open("en", "dark");
    await load(page, "munged");
    const trace = join(folder, "trace");
    const original = await readFile(join(fixtures, "traces/munged.sdpscope.jsonl"), "utf8");
    const [pwd] = /(?<=a=ice-pwd:)[\w+/]+/.exec(original) ?? [""];
    await download(page, "trace", trace);
    expect(pwd.length).toBeGreaterThan(20);
    expect(await readFile(trace, "utf8")).not.toContain(pwd);
    expect(await download(page, "trace", trace, { isRedacted: false })).toBe(
      "munged.sdpscope.jsonl",
    );
    expect(await readFile(trace, "utf8")).toContain(pwd);
    const { trace: read, diagnostics } = readTrace(await readFile(trace, "utf8"));
    expect(diagnostics).toEqual([]);
    expect(read.events.length).toBeGreaterThan(40);
    const ladder = join(folder, "ladder");
    expect(await download(page, "mermaid", ladder)).toMatch(/^[^.]+\.ladder\.mmd$/);
    expect(await readFile(ladder, "utf8")).toMatch(/^sequenceDiagram/m);
    await download(page, "text", ladder);
    expect(await readFile(ladder, "utf8")).toContain("createOffer");
  });

  it("opens a dialog again in the moment after it was closed, before the browser tells that it was", async () => {
    const page = await open("en", "dark");
    await load(page, "ok");
    await page.keyboard.press("KeyE");
    await page.waitForSelector("dialog[open] form");
    await page.evaluate(async () => {
      const dialog = document.querySelector("dialog");
      const closed = new Promise((resolve) => dialog?.addEventListener("close", resolve));
      dialog?.close();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      window.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyE", key: "e" }));
      await closed;
    });
    await page.waitForSelector("dialog[open] form", { timeout: 5000 });
  });

  async function open(lang: "en" | "ko", theme: "light" | "dark", url = server.url): Promise<Page> {
    const page = await browser.context.newPage();
    pages.push(page);
    await page.addInitScript(
      ([language, scheme]) => {
        // Notes of one test would be there in the next.
        localStorage.clear();
        localStorage.setItem("sdpscope.lang", language);
        localStorage.setItem("sdpscope.theme", scheme);
      },
      [lang, theme] as const,
    );
    await page.goto(url);
    return page;
  }

  /** Opens a recorded trace on a page of its own state. */
  async function load(page: Page, name: string): Promise<void> {
    await page.goto(server.url);
    await page.waitForSelector("main h1");
    await page.setInputFiles(
      "input[type=file]",
      join(fixtures, "traces", `${name}.sdpscope.jsonl`),
    );
    await page.waitForSelector("#lanes canvas", { state: "attached" });
  }

  async function download(
    page: Page,
    kind: string,
    path: string,
    { isRedacted = true } = {},
  ): Promise<string> {
    await page.keyboard.press("KeyE");
    await page.check(`dialog[open] input[value=${kind}]`);
    const redaction = page.locator("dialog[open] input[role=switch]");
    expect(await redaction.isChecked()).toBe(true);
    if (!isRedacted) await redaction.uncheck();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.click("dialog[open] button[type=submit]"),
    ]);
    await file.saveAs(path);
    await page.keyboard.press("Escape");
    return file.suggestedFilename();
  }
});

/** The labels of an axis, each with its place on the page. */
function ticks(page: Page, within: string): Promise<string[]> {
  return page
    .locator(`${within} .axis .tick`)
    .evaluateAll((all) =>
      all.map((tick) => `${tick.textContent} ${tick.getBoundingClientRect().left.toFixed(1)}`),
    );
}

/** Where a vertical line stands; −1 when there is none. */
async function lineAt(page: Page, line: string): Promise<number> {
  const all = page.locator(line);
  return (await all.count()) === 0 ? -1 : ((await all.first().boundingBox())?.x ?? -1);
}

/** How many points of a canvas are painted. */
function inkOf(page: Page, canvas: string): Promise<number> {
  return page
    .locator(canvas)
    .first()
    .evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const context = (element as HTMLCanvasElement).getContext("2d");
      const { data } = context?.getImageData(0, 0, width, height) ?? { data: [] };
      let count = 0;
      for (let at = 3; at < data.length; at += 4) count += Number((data[at] ?? 0) > 0);
      return count;
    });
}

/** Pastes as the browser tells it: what the clipboard holds is not the page's business. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

function description(type: "offer" | "answer"): Promise<string> {
  return readFile(join(fixtures, "sdp/chromium-156.0.8078.79", `add-video-1.${type}.sdp`), "utf8");
}
