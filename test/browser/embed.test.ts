import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Frame, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EmbeddedInspector, mountInspector } from "../../lib/embed/mount-inspector.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { buildPage } from "../support/built-page.ts";

const root = join(import.meta.dirname, "../..");
const trace = (name: string): Promise<string> =>
  readFile(join(root, `test/fixtures/traces/${name}.sdpscope.jsonl`), "utf8");

/** Rules of a page that would break any other one that they reach. */
const hostileStyle = `
  html { font: 40px serif !important; color: red !important; }
  iframe { display: none !important; width: 1px !important; transform: rotate(90deg) !important; opacity: 0 !important; border: 9px solid red !important; }
  body *, h1, main, table, canvas, button, dialog { font-size: 40px !important; letter-spacing: 9px !important; text-transform: uppercase !important; }
  #one, #two { height: 600px; width: 900px; font-size: 40px; }
`;

const hostPage = `<!doctype html><title>host</title><style>${hostileStyle}</style><div id="one"></div><div id="two"></div><script type="module" src="/host.js"></script>`;

const hostScript = `import * as door from "/dist/lib/embed/index.js";
Object.assign(globalThis, door, { inspectors: [] });`;

/** What the host page's own script knows. */
interface Host {
  readonly mountInspector: typeof mountInspector;
  readonly inspectors: EmbeddedInspector[];
}

/** The door as it stands in the package: beside it, in its place, the module with the page. */
async function buildDoor(dist: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "page-stays-outside",
        enforce: "pre",
        resolveId: (id) => (id.endsWith("/inspector/page.js") ? { id, external: true } : null),
      },
    ],
    build: {
      outDir: join(dist, "lib/embed"),
      minify: false,
      lib: {
        entry: join(root, "lib/embed/index.ts"),
        formats: ["es"],
        fileName: () => "index.js",
      },
    },
  });
}

/** The package as it is published, served without a bundler; `/strict` under a policy that lets no inline script run. */
async function serve(folder: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const types: Readonly<Record<string, string>> = {
    ".js": "text/javascript",
    ".html": "text/html",
  };
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/" || pathname === "/strict") {
      response.writeHead(200, {
        "content-type": "text/html",
        ...(pathname === "/strict" && {
          "content-security-policy": "default-src 'self'; style-src 'unsafe-inline'",
        }),
      });
      response.end(hostPage);
      return;
    }
    readFile(join(folder, pathname)).then(
      (body) => {
        const type = types[extname(pathname)] ?? "application/octet-stream";
        response.writeHead(200, { "content-type": type });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe.runIf(hasBrowser())("an inspector in somebody else's page", () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: TestBrowser;
  let page: Page;
  let failures: string[];
  let inspectorPage: (recording?: string, options?: object) => Promise<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-embed-"));
    const dist = join(folder, "dist");
    await mkdir(dist);
    await buildDoor(dist);
    await buildPage(join(dist, "inspector"));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    const door = pathToFileURL(join(dist, "lib/embed/index.js")).href;
    ({ inspectorPage } = await import(/* @vite-ignore */ door));
    await writeFile(join(folder, "host.js"), hostScript);
    await writeFile(join(folder, "page.html"), await inspectorPage());
    site = await serve(folder);
    browser = await startBrowser({ viewport: { width: 1000, height: 1300 } });
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    failures = [];
    page = await browser.context.newPage();
    page.on("pageerror", (error) => failures.push(error.message));
  });

  afterEach(async () => {
    await page.close();
    expect(failures).toEqual([]);
  });

  async function open(path = "/"): Promise<void> {
    await page.goto(site.url + path);
    await page.waitForFunction("globalThis.inspectors !== undefined");
  }

  /** Mounts an inspector and gives the outcome of `ready`: nothing, or the error's code. */
  function mount(id: string, options: object): Promise<string | undefined> {
    return page.evaluate(
      async ([selector, given]) => {
        const host = globalThis as unknown as Host;
        const element = document.querySelector(selector);
        if (!element) throw new Error(`There is no ${selector}.`);
        const inspector = host.mountInspector(element, given);
        host.inspectors.push(inspector);
        return inspector.ready.then(
          () => undefined,
          (error) => String(error.code),
        );
      },
      [id, options] as const,
    );
  }

  async function frameOf(id: string): Promise<Frame> {
    const frame = await (await page.waitForSelector(`${id} iframe`)).contentFrame();
    if (!frame) throw new Error(`There is no frame in ${id}.`);
    return frame;
  }

  it("stands twice on a page with hostile styles, each with its own session, as large as its element", async () => {
    await open();
    const sheets = await page.evaluate(() => document.styleSheets.length);
    expect(await mount("#one", { trace: await trace("ok"), theme: "dark" })).toBeUndefined();
    const second = { trace: await trace("early-candidate"), language: "ko", theme: "light" };
    expect(await mount("#two", second)).toBeUndefined();
    const [one, two] = [await frameOf("#one"), await frameOf("#two")];
    await expect.poll(() => one.textContent("h1")).toBe("Connected, then closed");
    await expect.poll(() => two.textContent("html")).toContain("연결");
    expect(await one.getAttribute("html", "data-theme")).toBe("dark");
    expect(await two.getAttribute("html", "data-theme")).toBe("light");
    expect(await two.getAttribute("html", "lang")).toBe("ko");
    expect(await page.locator("#one iframe").boundingBox()).toMatchObject({
      width: 900,
      height: 600,
    });
    const inside = await one.$eval("h1", (element) => {
      const { letterSpacing, textTransform, color } = getComputedStyle(element);
      return { letterSpacing, textTransform, color };
    });
    expect(inside.letterSpacing).not.toBe("9px");
    expect(inside.textTransform).toBe("none");
    expect(inside.color).not.toBe("rgb(255, 0, 0)");
    // Nothing of the inspector came into the page itself.
    expect(await page.evaluate(() => document.styleSheets.length)).toBe(sheets);
    expect(await page.title()).toBe("host");
    // A key goes to the inspector that has the focus, and to no other.
    await one.locator("main").press("Shift+Slash");
    await one.waitForSelector("dialog[open]");
    expect(await two.locator("dialog[open]").count()).toBe(0);
  });

  it("works in its own worker, and reaches neither the page around it nor the network", async () => {
    await open();
    await mount("#one", { trace: await trace("ok") });
    const frame = await frameOf("#one");
    await expect.poll(() => page.workers().length).toBe(1);
    const reached = await frame.evaluate(async (url) => {
      const tries = [
        () => String(window.parent.document),
        () => String(window.localStorage),
        () => fetch(url).then(String),
      ];
      const reach = async (attempt: () => unknown): Promise<boolean> => {
        try {
          await attempt();
          return true;
        } catch {
          return false;
        }
      };
      return Promise.all(tries.map(reach));
    }, site.url);
    expect(reached).toEqual([false, false, false]);
  });

  it("shows another recording, refuses what is none, and changes its language and theme", async () => {
    await open();
    expect(await mount("#one", { trace: "nothing of the kind" })).toBe("refused");
    const frame = await frameOf("#one");
    const texts = [await trace("ok"), await trace("munged")] as const;
    const outcomes = await page.evaluate(async ([good, other]) => {
      const [inspector] = (globalThis as unknown as Host).inspectors;
      if (!inspector) return [];
      const told = (opened: Promise<void>) =>
        opened.then(
          () => "opened",
          (error) => `${error.name} ${error.code}: ${error.message}`,
        );
      return Promise.all([
        told(inspector.open(good)),
        told(inspector.open("v")),
        told(inspector.open(new Blob([other]))),
      ]);
    }, texts);
    expect(outcomes).toEqual(["opened", expect.stringMatching(/^EmbedError refused: /), "opened"]);
    await expect.poll(() => frame.textContent("h1")).toBe("Never connected");
    await page.evaluate(() =>
      (globalThis as unknown as Host).inspectors[0]?.set({ language: "ko", theme: "dark" }),
    );
    await expect.poll(() => frame.getAttribute("html", "lang")).toBe("ko");
    expect(await frame.getAttribute("html", "data-theme")).toBe("dark");
  });

  it("shows its session again when it is moved in the page", async () => {
    await open();
    await mount("#one", { trace: await trace("ok") });
    await page.evaluate(() => {
      const frame = document.querySelector("#one iframe");
      if (frame) document.querySelector("#two")?.append(frame);
    });
    const frame = await frameOf("#two");
    await expect.poll(() => frame.textContent("h1").catch(() => "")).toBe("Connected, then closed");
  });

  it("leaves nothing behind when it is destroyed", async () => {
    await open();
    const listeners = async (): Promise<number> => {
      const session = await page.context().newCDPSession(page);
      const { result } = await session.send("Runtime.evaluate", { expression: "window" });
      const found = await session.send("DOMDebugger.getEventListeners", {
        objectId: result.objectId ?? "",
      });
      return found.listeners.filter(({ type }) => type === "message").length;
    };
    const before = await listeners();
    await mount("#one", { trace: await trace("ok") });
    await expect.poll(() => page.workers().length).toBe(1);
    expect(await listeners()).toBe(before + 1);
    const after = await page.evaluate(() => {
      const [inspector] = (globalThis as unknown as Host).inspectors;
      inspector?.destroy();
      inspector?.destroy();
      return inspector?.open("{}").catch((error) => String(error.code));
    });
    expect(after).toBe("destroyed");
    expect(await page.evaluate(() => document.querySelector("#one")?.childNodes.length)).toBe(0);
    expect(await listeners()).toBe(before);
    await expect.poll(() => page.workers().length).toBe(0);
    expect(page.frames()).toHaveLength(1);
  });

  it("can be destroyed before it is there", async () => {
    await open();
    const outcome = await page.evaluate(() => {
      const host = globalThis as unknown as Host;
      const inspector = host.mountInspector(document.body, { trace: "{}" });
      inspector.destroy();
      return inspector.ready.catch((error) => String(error.code));
    });
    expect(outcome).toBe("destroyed");
    await page.waitForTimeout(300);
    expect(page.frames()).toHaveLength(1);
  });

  it("comes from a file under a policy without inline script, and says why it cannot come otherwise", async () => {
    await open("/strict");
    const given = { trace: await trace("ok"), page: "/page.html" };
    expect(await mount("#one", given)).toBeUndefined();
    await expect
      .poll(async () => (await frameOf("#one")).textContent("h1"))
      .toBe("Connected, then closed");
    expect(await mount("#two", { trace: await trace("ok") })).toBe("blocked");
  });

  it("listens to nobody when it carries a session of its own", async () => {
    const path = join(folder, "report.html");
    await writeFile(
      path,
      await inspectorPage(await trace("munged"), { language: "ko", theme: "dark" }),
    );
    await open();
    const outcome = mount("#one", { trace: await trace("ok"), page: "/report.html" });
    const frame = await frameOf("#one");
    await expect.poll(() => frame.getAttribute("html", "lang").catch(() => "")).toBe("ko");
    expect(await outcome).toBe("blocked");
  });

  it("opens from disk as a report with the session in it, without a network", async () => {
    const path = join(folder, "disk.html");
    await writeFile(
      path,
      await inspectorPage(await trace("munged"), { language: "ko", theme: "dark" }),
    );
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    await page.waitForSelector(".findings[data-judged] .finding");
    expect(await page.getAttribute("html", "lang")).toBe("ko");
    expect(await page.getAttribute("html", "data-theme")).toBe("dark");
    await expect.poll(() => page.workers().length).toBe(1);
    expect(requests.filter((url) => !/^(?:file|blob|data):/.test(url))).toEqual([]);
  });

  it("refuses what is no element", async () => {
    await open();
    const told = await page.evaluate(() => {
      const host = globalThis as unknown as Host;
      try {
        host.mountInspector(null as unknown as Element);
        return "";
      } catch (error) {
        return String(error);
      }
    });
    expect(told).toBe("TypeError: mountInspector takes an element; got null.");
  });
});
