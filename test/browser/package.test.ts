import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { servePage } from "../support/built-page.ts";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const doors = Object.keys(manifest.exports).filter((door) => door !== "./package.json");

/** The doors that run in a browser, too. */
const browserDoors = [
  ".",
  "./sdp",
  "./codec",
  "./ice",
  "./rules",
  "./trace",
  "./handshake",
  "./record",
];

const specifier = (door: string): string => join(manifest.name, door);

/** What a user does with the package; prints one line of JSON. The same text runs in Node and in a browser. */
const program = (offer: string): string => `
import { parse, stringify, readDescription, setDirection, diff, explain, toSdpTransform } from "sdpscope/sdp";
import { filterCodecs, matchServerCodecs } from "sdpscope/codec";
import { parseCandidate, classifyCandidate } from "sdpscope/ice";
import { lint } from "sdpscope/rules";
import { createRecorder, timeline, writeTrace, readTrace } from "sdpscope/trace";

const offer = ${JSON.stringify(offer)};
const filtered = filterCodecs(offer, ["VP8"]);
const recorder = createRecorder({ now: () => 0 });
export const result = JSON.stringify({
  same: stringify(parse(offer)) === offer,
  kinds: readDescription(offer).media.map(({ kind }) => kind),
  codecs: [...new Set(readDescription(filtered).media.flatMap(({ kind, codecs }) => kind === "video" ? codecs.map(({ name }) => name) : []))],
  changed: diff(offer, setDirection(offer, 0, "inactive")).length,
  chosen: matchServerCodecs(offer, { video: "VP8" }).kept.length > 0,
  explained: explain("a=mid:0").summary.ko,
  foreign: toSdpTransform(offer).media.length,
  type: classifyCandidate(parseCandidate("candidate:1 1 udp 2122260223 10.0.0.2 5000 typ host").candidate).type,
  findings: lint(offer).length,
  recorded: typeof recorder,
});
console.log(result);
`;

describe("the packed package", () => {
  let work: string;
  let installed: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), "sdpscope-package-"));
    const packed = join(work, "packed");
    await mkdir(packed);
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [compiler, "-p", "lib", "--outDir", join(packed, "dist")], {
      cwd: root,
    });
    for (const file of ["package.json", "README.md", "LICENSE", "CHANGELOG.md"]) {
      await cp(join(root, file), join(packed, file));
    }
    await run("npm", ["pack", "--ignore-scripts", "--pack-destination", work], { cwd: packed });
    const modules = join(work, "consumer/node_modules");
    await mkdir(modules, { recursive: true });
    await run("tar", [
      "-xzf",
      join(work, `${manifest.name}-${manifest.version}.tgz`),
      "-C",
      modules,
    ]);
    installed = join(modules, manifest.name);
    await run("mv", [join(modules, "package"), installed]);
    // Its dependencies, and vitest, which the door of the matchers is for.
    for (const name of [...Object.keys(manifest.dependencies), "vitest", "@types/node"]) {
      await mkdir(join(modules, name, ".."), { recursive: true });
      await symlink(join(root, "node_modules", name), join(modules, name));
    }
    await writeFile(join(work, "consumer/package.json"), '{ "type": "module" }');
  }, 240_000);

  afterAll(() => rm(work, { recursive: true, force: true }));

  it("has nothing that publint would tell its users of", async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it("opens every door in Node", async () => {
    const script = doors
      // The matchers need vitest running around them.
      .filter((door) => door !== "./vitest")
      .map((door) => `console.log(Object.keys(await import("${specifier(door)}")).length > 0);`);
    await writeFile(join(work, "consumer/doors.js"), script.join("\n"));
    const { stdout } = await run(process.execPath, ["doors.js"], { cwd: join(work, "consumer") });
    expect(stdout.trim().split("\n")).toEqual(script.map(() => "true"));
  });

  it.each(["NodeNext", "Bundler"])(
    "has types that a strict program compiles with, resolved as %s",
    async (resolution) => {
      const consumer = join(work, "consumer");
      const lines = doors.map(
        (door, at) => `import * as door${at} from "${specifier(door)}";\nconsole.log(door${at});`,
      );
      await writeFile(join(consumer, "types.ts"), lines.join("\n"));
      const options = {
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        target: "ES2022",
        lib: ["ES2023", "DOM", "DOM.Iterable"],
        types: ["node"],
        module: resolution === "Bundler" ? "ESNext" : "NodeNext",
        moduleResolution: resolution,
        skipLibCheck: true,
      };
      await writeFile(
        join(consumer, "tsconfig.json"),
        JSON.stringify({ compilerOptions: options, files: ["types.ts"] }),
      );
      const compiler = join(root, "node_modules/typescript/bin/tsc");
      const { stdout } = await run(process.execPath, [compiler], { cwd: consumer });
      expect(stdout).toBe("");
    },
  );

  describe.skipIf(!hasBrowser())("bundled for a browser", () => {
    let browser: TestBrowser;
    let site: Awaited<ReturnType<typeof servePage>>;

    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    it("does in Chromium what it does in Node, and asks for no module of Node", async () => {
      const consumer = join(work, "consumer");
      const page = await browser.context.newPage();
      const offer = await page.evaluate(async () => {
        const connection = new RTCPeerConnection();
        connection.addTransceiver("audio");
        connection.addTransceiver("video");
        connection.createDataChannel("chat");
        return (await connection.createOffer()).sdp ?? "";
      });
      const all = browserDoors.map(
        (door, at) => `import * as door${at} from "${specifier(door)}";`,
      );
      const held = `globalThis.doors = [${browserDoors.map((_, at) => `Object.keys(door${at}).length`)}];`;
      await writeFile(
        join(consumer, "main.js"),
        `${all.join("\n")}\n${program(offer)}\n${held}\nglobalThis.result = result;`,
      );
      await writeFile(
        join(consumer, "index.html"),
        '<!doctype html><title>consumer</title><script type="module" src="./main.js"></script>',
      );
      const { stdout } = await run(process.execPath, ["main.js"], { cwd: consumer });
      const vite = join(root, "node_modules/vite/bin/vite.js");
      const built = await run(process.execPath, [vite, "build", "--configLoader", "native"], {
        cwd: consumer,
        env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
      });
      expect(built.stdout + built.stderr).not.toMatch(/externalized for browser|node:/);

      site = await servePage(join(consumer, "dist"));
      const failures: string[] = [];
      page.on("pageerror", (error) => failures.push(error.message));
      await page.goto(site.url);
      await page.waitForFunction("globalThis.result !== undefined", undefined, { timeout: 20_000 });
      expect(failures).toEqual([]);
      const inBrowser = await page.evaluate<string>("globalThis.result");
      expect(inBrowser).toBe(stdout.trim());
      expect(await page.evaluate<number[]>("globalThis.doors")).not.toContain(0);
      expect(JSON.parse(inBrowser)).toMatchObject({
        same: true,
        kinds: ["audio", "video", "application"],
        changed: 1,
        chosen: true,
        foreign: 3,
        type: "host",
        findings: 0,
      });
      expect(JSON.parse(inBrowser).codecs).toContain("VP8");
      expect(JSON.parse(inBrowser).codecs).not.toContain("H264");
    });
  });
});
