import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { startBrowser } from "../support/browser.ts";
import { buildPage, servePage } from "../support/built-page.ts";

/** One view of the inspector: the recorded session it shows, if any, and the keys that lead there. */
interface View {
  readonly name: string;
  readonly trace?: string;
  readonly keys?: readonly string[];
  /** The round of offer and answer that is chosen. */
  readonly round?: number;
  /** An SDP that is pasted at the end. */
  readonly pasted?: string;
  /** Views of the details are shown with more room for these. */
  readonly isTall?: boolean;
}

const details = (name: string, trace: string, ...keys: readonly string[]): View => ({
  name,
  trace,
  keys,
  isTall: true,
});

const views: readonly View[] = [
  { name: "empty" },
  { name: "lanes-and-ladder", trace: "early-candidate", keys: ["KeyN"] },
  { name: "lanes", trace: "ok", keys: ["Digit1"] },
  { name: "ladder", trace: "mesh-of-4", keys: ["Digit2", "KeyJ", "KeyJ"] },
  { name: "table", trace: "wrong-state", keys: ["Digit4", "KeyN"] },
  { name: "room", trace: "mesh-of-4", keys: ["Digit5"] },
  details("event", "early-candidate", "KeyN", "Shift+Digit1"),
  details("sdp", "ok", "Shift+Digit2"),
  details("offer-answer", "ok", "Shift+Digit3"),
  details("munging", "munged", "Shift+Digit4"),
  { ...details("previous-round", "ok", "Shift+Digit5"), round: 3 },
  details("codecs", "ok", "Shift+Digit6"),
  details("candidates", "ok", "Shift+Digit7"),
  details("pairs", "ok", "Shift+Digit8"),
  details("state", "ok", "Shift+Digit9"),
  details("stack", "munged", "KeyN", "Shift+Digit0"),
  details("calls", "bad-candidates", "Shift+Minus"),
  details("raw", "ok", "KeyJ", "KeyJ", "KeyJ", "Shift+Equal"),
  details("statistics", "media", "KeyG"),
  { name: "paste", keys: ["KeyV"], pasted: "av.offer.sdp" },
  { name: "compare", trace: "early-candidate", keys: ["KeyC"] },
  { name: "palette", trace: "ok", keys: ["Control+KeyK"] },
  { name: "keys", trace: "ok", keys: ["Shift+Slash"] },
  { name: "export", trace: "ok", keys: ["KeyE"] },
];

/** Wide and narrow, dark and light, in both languages: each of them in two of the four. */
const looks = [
  { theme: "dark", lang: "en", width: 1440, height: 900 },
  { theme: "light", lang: "ko", width: 1440, height: 900 },
  { theme: "light", lang: "en", width: 390, height: 900 },
  { theme: "dark", lang: "ko", width: 390, height: 900 },
] as const;

const root = join(import.meta.dirname, "../..");
const fixtures = join(root, "test/fixtures");

/**
 * `node test/lab/run.mjs pictures [FOLDER] [VIEW…]`: takes the pictures of docs/views.md, one for each view,
 * with its four looks side by side. They go to docs/images/views unless told otherwise.
 */
export async function main([folder, ...wanted]: readonly string[]): Promise<void> {
  const out = folder ?? join(root, "docs/images/views");
  const work = await mkdtemp(join(tmpdir(), "sdpscope-pictures-"));
  await mkdir(out, { recursive: true });
  await buildPage(join(work, "page"));
  const server = await servePage(join(work, "page"));
  const browser = await startBrowser();
  try {
    for (const view of views) {
      if (wanted.length > 0 && !wanted.includes(view.name)) continue;
      const shots: Buffer[] = [];
      for (const look of looks) shots.push(await shoot(browser.context, server.url, view, look));
      await writeFile(join(out, `${view.name}.webp`), await sideBySide(browser.context, shots));
      process.stdout.write(`${view.name}\n`);
    }
  } finally {
    await browser.close();
    await server.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function shoot(
  context: BrowserContext,
  url: string,
  view: View,
  { theme, lang, width, height }: (typeof looks)[number],
): Promise<Buffer> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.addInitScript((language) => {
    localStorage.clear();
    localStorage.setItem("sdpscope.lang", language);
  }, lang);
  await page.goto(url);
  await page.waitForSelector("main h1");
  const opened = view.name === "compare" ? ["ok", view.trace] : [view.trace];
  for (const trace of opened) {
    if (trace === undefined) continue;
    await page.setInputFiles(
      "input[type=file]",
      join(fixtures, "traces", `${trace}.sdpscope.jsonl`),
    );
    await page.waitForSelector(".findings[data-judged]", { state: "attached" });
    await page.waitForTimeout(500);
  }
  for (const key of view.keys ?? []) {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
  }
  if (view.round !== undefined) {
    await page
      .locator(".drawer select")
      .first()
      .selectOption({ index: view.round - 1 });
  }
  if (view.isTall === true) {
    if (width > 760) await raise(page);
    else await page.locator(".drawer").evaluate((drawer) => drawer.scrollIntoView());
  }
  if (view.pasted !== undefined) await paste(page, view.pasted);
  await page.waitForTimeout(700);
  const shot = await page.screenshot({ animations: "disabled" });
  await page.close();
  return shot;
}

/** Gives the details more of the page, as a reader does by their edge. */
async function raise(page: Page): Promise<void> {
  const grip = page.locator(".drawer .grip");
  for (let step = 0; step < 9; step++) await grip.press("ArrowUp");
}

async function paste(page: Page, name: string): Promise<void> {
  const sdp = await readFile(join(fixtures, "sdp/chromium-156.0.8078.79", name), "utf8");
  await page.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    sdp.replace("a=rtpmap:111 opus/48000/2\r\n", ""),
  );
  await page.waitForSelector(".sdp[role=tree]");
}

/** One picture of several. */
async function sideBySide(context: BrowserContext, shots: readonly Buffer[]): Promise<Buffer> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 2845, height: 715 });
  const pictures = shots
    .map((shot) => `<img src="data:image/png;base64,${shot.toString("base64")}">`)
    .join("");
  await page.setContent(
    `<style>body{margin:0;padding:20px;display:flex;gap:20px;background:#808890}img{height:675px}</style>${pictures}`,
  );
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  await page.close();
  return Buffer.from(data, "base64");
}
