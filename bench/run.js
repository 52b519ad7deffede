/** `npm run bench` runs every measurement, `npm run bench handshake` that one. Each file measures and prints by itself. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const folder = new URL("./", import.meta.url);
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;
for (const name of wanted) {
  if (!all.includes(name)) {
    process.stderr.write(`There is no measurement ${name}; there are ${all.join(", ")}.\n`);
    process.exit(2);
  }
  await runnerImport(fileURLToPath(new URL(`${name}.ts`, folder)), { configFile: false, logLevel: "error" });
}
