import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { JSHandle, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as Ice from "../../lib/doors/ice.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";
import { servePage } from "../support/built-page.ts";

const root = join(import.meta.dirname, "../..");
const srflx =
  "candidate:842163049 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag 4E1i network-cost 999";

describe.skipIf(!hasBrowser())("sdpscope/ice, built, in Chromium", () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof servePage>>;
  let browser: TestBrowser;
  let page: Page;
  let ice: JSHandle<typeof Ice>;
  const failures: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-ice-"));
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    // The modules alone: types are the checker's business.
    const modulesOnly = ["--noCheck", "--isolatedDeclarations", "false", "--declaration", "false"];
    await promisify(execFile)(
      process.execPath,
      [compiler, "-p", "lib", ...modulesOnly, "--declarationMap", "false", "--outDir", folder],
      { cwd: root },
    );
    await writeFile(join(folder, "index.html"), "<!doctype html><title>ice</title>");
    const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const door = `/${relative("dist", exports["./ice"])}`;
    site = await servePage(folder);
    browser = await startBrowser();
    page = await browser.context.newPage();
    page.on("pageerror", (error) => failures.push(error.message));
    page.on("requestfailed", (request) => failures.push(request.url()));
    await page.goto(site.url);
    // As text: the test runner rewrites an import() that it sees.
    ice = (await page.evaluateHandle(`import("${door}")`)) as JSHandle<typeof Ice>;
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("reads, classifies, pairs, predicts and prints", async () => {
    const result = await page.evaluate(
      ({ ice, text }) => {
        const { candidate, diagnostics } = ice.parseCandidate(`a=${text}\r\n`);
        if (candidate === undefined) throw new Error("Not read.");
        const host = ice.parseCandidate("1 1 udp 2122260223 10.0.0.2 5000 typ host").candidate;
        if (host === undefined) throw new Error("Not read.");
        const { type, scope, summary } = ice.classifyCandidate(candidate);
        const { pairs } = ice.formPairs([host], [candidate], "controlling");
        return {
          codes: diagnostics.map(({ code }) => code),
          type,
          scope,
          korean: summary.ko,
          priorities: pairs.map(({ priority }) => String(priority)),
          // The browser's NAT would have to let in an address that it was never told.
          outcome: ice.predictConnection({ candidates: [host] }, { candidates: [candidate] })
            .outcome,
          checks: ice
            .createCheckList(ice.formPairs([host], [candidate], "controlling"), {
              role: "controlling",
            })
            .handle({ type: "timer", now: 0 })
            .map((output) => output.type),
          printed: ice.printCandidate(candidate),
          fault: ice.parseCandidate("candidate:1 x").diagnostics[0]?.code,
        };
      },
      { ice, text: srflx },
    );
    expect(failures).toEqual([]);
    expect(result).toEqual({
      codes: [],
      type: "srflx",
      scope: "public",
      korean: expect.stringContaining("STUN 서버가 본 주소"),
      priorities: ["7205793488602807807"],
      outcome: "fails",
      checks: ["pair", "check"],
      printed: `a=${srflx}\r\n`,
      fault: "candidate/component-syntax",
    });
  });

  it("reads every candidate that the browser itself gathers", async () => {
    const unread = await page.evaluate(async ({ parseCandidate, printCandidate }) => {
      const connection = new RTCPeerConnection();
      connection.createDataChannel("x");
      const texts: string[] = [];
      const done = new Promise<void>((resolve) => {
        connection.onicecandidate = ({ candidate }) => {
          if (candidate === null) resolve();
          else texts.push(candidate.candidate);
        };
      });
      await connection.setLocalDescription();
      await done;
      connection.close();
      return texts.filter((text) => {
        const { candidate, endOfCandidates } = parseCandidate(text);
        return candidate === undefined
          ? endOfCandidates !== true
          : printCandidate(candidate) !== text;
      });
    }, ice);
    expect(unread).toEqual([]);
  });
});
