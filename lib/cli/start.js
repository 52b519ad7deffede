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
  // An editor's temporary file may go while it is looked at.
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(`${path}/${name}`)));
}

/**
 * @param {readonly string[]} command
 * @returns {Promise<void>}
 */
function build(command) {
  // The address has to stand alone on the standard output: what a build says goes to the other one.
  const child = spawn(process.execPath, command, { cwd: pathOf("."), stdio: ["ignore", 2, 2] });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      if (code !== 0) {
        process.stderr.write(`sdpscope: the build failed: node ${command.join(" ")}\n`);
        process.exit(2);
      }
      resolve();
    });
  });
}

const parts = [
  {
    // Types are checked by `npm run check` and written by `npm run build`; here somebody waits.
    command: [
      "node_modules/typescript/bin/tsc",
      ...["-p", "lib", "--noCheck", "--isolatedDeclarations", "false"],
      ...["--declaration", "false", "--declarationMap", "false"],
    ],
    sources: ["lib", "package.json"],
    built: "dist/lib/cli/main.js",
  },
  {
    command: ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"],
    sources: ["lib", "inspector", "vite.config.ts"],
    built: "dist/inspector/index.html",
  },
  {
    command: ["lib/record/bundle.js"],
    sources: ["lib/record", "lib/trace"],
    built: "dist/record/record.js",
  },
];
const stale = parts.filter(({ sources, built }) => {
  if (!existsSync(pathOf(built))) return true;
  return sources.some((source) => changedAt(pathOf(source)) > changedAt(pathOf(built)));
});
if (stale.some(({ command: [tool = ""] }) => !existsSync(pathOf(tool)))) {
  process.stderr.write("sdpscope: What builds it is not installed yet. Run: npm install\n");
  process.exit(2);
}
if (stale.length > 0) process.stderr.write("Building what is missing …\n");
await Promise.all(stale.map(({ command }) => build(command)));

process.argv.splice(2, 0, "demo");
await import(new URL("dist/lib/cli/main.js", root).href);
