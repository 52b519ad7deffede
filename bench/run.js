/**
 * `npm run bench` runs every measurement, `npm run bench handshake` that one. Each file measures and prints by itself.
 * They run as the package does: compiled by tsc, module by module. A bundler's module runner would slow the library
 * and not what it is compared with.
 */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const folder = new URL("./", import.meta.url);
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;
const unknown = wanted.find((name) => !all.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no measurement ${unknown}; there are ${all.join(", ")}.\n`);
  process.exit(2);
}
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "-p", fileURLToPath(folder)], { stdio: "inherit" });
for (const name of wanted) await import(new URL(`dist/bench/${name}.js`, folder).href);
