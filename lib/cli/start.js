/**
 * `npm start` in a checkout: builds what is missing or older than its sources, then runs the demo.
 * Plain JavaScript, because it runs before anything is built.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** @param {string} path */
const pathOf = (path) => fileURLToPath(new URL(path, root));

/**
 * When a file, or the newest file of a folder, was changed, in milliseconds.
 * @param {string} path
 * @returns {number}
 */
function changedAt(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(`${path}/${name}`)));
}

/**
 * @param {string} script
 * @returns {Promise<void>}
 */
function build(script) {
  const npm = spawn("npm", ["run", "--silent", script], {
    cwd: fileURLToPath(root),
    // The address has to stand alone on the standard output: what a build says goes to the other one.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  return new Promise((resolve) => {
    npm.on("close", (code) => {
      if (code !== 0) {
        process.stderr.write(`sdpscope: npm run ${script} failed.\n`);
        process.exit(2);
      }
      resolve();
    });
  });
}

const parts = [
  { script: "build:lib", sources: ["lib", "package.json"], built: "dist/lib/cli/main.js" },
  {
    script: "build:inspector",
    sources: ["lib", "inspector", "vite.config.ts"],
    built: "dist/inspector/index.html",
  },
  {
    script: "build:record",
    sources: ["lib/record", "lib/trace"],
    built: "dist/record/record.js",
  },
];
const stale = parts.filter(({ sources, built }) => {
  if (!existsSync(pathOf(built))) return true;
  return sources.some((source) => changedAt(pathOf(source)) > changedAt(pathOf(built)));
});
await Promise.all(stale.map(({ script }) => build(script)));

process.argv.splice(2, 0, "demo");
await import(new URL("dist/lib/cli/main.js", root).href);
