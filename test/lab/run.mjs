// Runs one of the lab's TypeScript programs: node test/lab/run.mjs <program> [arguments]
// Vite reads TypeScript on every Node version that the project supports, so nothing is built first.
import { resolve } from "node:path";
import { runnerImport } from "vite";

const [program, ...programArguments] = process.argv.slice(2);
const { module } = await runnerImport(resolve(import.meta.dirname, `${program}.ts`), {
  configFile: false,
  logLevel: "error",
});
await module.main(programArguments);
// Engines leave sockets and timers behind.
process.exit();
