import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { build } from "vite";
import { startBrowser } from "../support/browser.ts";
import type { Impairment } from "./impair.ts";
import { createImpairedNetwork } from "./impair.ts";

const folder = resolve(import.meta.dirname, "../fixtures/traces");

/**
 * Records sessions in Chromium with the project's own recorder, most of them broken in one way:
 * `node test/lab/run.mjs traces [scenario …]` writes `test/fixtures/traces/<scenario>.sdpscope.jsonl`.
 * Scenarios over a bad network are recorded when they are named:
 * `unshare --map-root-user --net node test/lab/run.mjs traces lossy`.
 */
export async function main(names: readonly string[]): Promise<void> {
  const script = await bundle();
  const site = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? script : '<!doctype html><title>lab</title><script src="page.js"></script>',
    );
  });
  await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  // A browser that finds no network when it starts loads no page.
  const network = names.includes(LOSSY) ? createImpairedNetwork() : undefined;
  const browser = await startBrowser({ permissions: ["camera", "microphone"] });
  mkdirSync(folder, { recursive: true });
  try {
    const page = await browser.context.newPage();
    await page.exposeFunction("impair", (impairment: Impairment) => {
      network?.set(impairment);
    });
    await page.goto(origin);
    const known: readonly string[] = await page.evaluate("scenarioNames");
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new RangeError(`No scenario ${unknown}; there are ${known.join(", ")}.`);
    const usual = known.filter((name) => name !== LOSSY);
    for (const name of names.length > 0 ? names : usual) {
      await page.goto(origin);
      const trace: string = await page.evaluate(`runScenario(${JSON.stringify(name)})`);
      writeFileSync(join(folder, `${name}.sdpscope.jsonl`), trace);
      console.log(`${name}: ${trace.split("\n").length - 2} events, ${trace.length} characters`);
    }
  } finally {
    await browser.close();
    site.close();
    network?.close();
  }
}

/** The scenario over a bad network. */
const LOSSY = "lossy";

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, "trace-page.ts"), formats: ["iife"], name: "lab" },
    },
  });
  const [built] = Array.isArray(result) ? result : [result];
  if (!built || !("output" in built)) throw new Error("Nothing was built.");
  const [chunk] = built.output;
  return chunk.code;
}
