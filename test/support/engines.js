/**
 * `npm run test:engines`: the library's tests with each Node and werift that the package allows beside those of the lock
 * file. werift 0.25 wants Node 22 or newer, the lock file holds 0.24.4, the newest for Node 20. Each pair gets a copy of
 * the committed tree in a temporary folder of its own. Arguments are handed to vitest, such as `test/peer`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const pairs = [
  { node: "20.19.0", werift: "0.24.4" },
  { node: "22", werift: "0.25.2" },
  { node: "24", werift: "0.25.2" },
];

const tree = execFileSync("git", ["archive", "HEAD"], { maxBuffer: 2 ** 30 });
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "lib"];
let failures = 0;
for (const { node, werift } of pairs) {
  const name = `Node ${node} with werift ${werift}`;
  const folder = mkdtempSync(join(tmpdir(), "sdpscope-engines-"));
  /** @param {string} command @param {readonly string[]} args */
  const run = (command, args) => execFileSync(command, args, { cwd: folder, stdio: "inherit" });
  try {
    execFileSync("tar", ["-x"], { cwd: folder, input: tree });
    const quiet = ["--silent", "--no-audit", "--no-fund", "--prefer-offline"];
    run("npm", ["ci", ...quiet]);
    run("npm", ["install", "--no-save", ...quiet, `werift@${werift}`, `node@${node}`]);
    run("node_modules/.bin/node", [...vitest, ...process.argv.slice(2)]);
    console.log(`${name}: passed`);
  } catch (error) {
    failures++;
    console.log(`${name}: failed: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failures === 0 ? 0 : 1;
