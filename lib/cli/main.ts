#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { commands } from "./commands/catalog.ts";
import { runCommandLine } from "./run.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
) as { version: string };

// The first Ctrl-C ends a command cleanly that asks for it, one that comes much later ends it at once. In between they are
// the same one: a terminal sends it to npm and to us, and npm passes it on to us again, which must not meet us half gone.
const SAME_INTERRUPT_MS = 1000;
const interrupt = new AbortController();
let interruptedAt = 0;
let isHeard = false;
function hearInterrupts(): AbortSignal {
  if (isHeard) return interrupt.signal;
  isHeard = true;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (!interrupt.signal.aborted) interruptedAt = performance.now();
      else if (performance.now() - interruptedAt > SAME_INTERRUPT_MS) process.exit(130);
      interrupt.abort();
    });
  }
  return interrupt.signal;
}
// A reader that has seen enough, as in `sdpscope … | head`, is no error, and what was found stays found.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
}

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  { version, commands, fallback: "serve" },
  {
    out: (line) => process.stdout.write(`${line}\n`),
    write: (text) => process.stdout.write(text),
    err: (line) => process.stderr.write(`${line}\n`),
    input: () => buffer(process.stdin),
    env: process.env,
    isColour: process.stdout.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb",
    get signal() {
      return hearInterrupts();
    },
    columns: process.stdout.columns,
    isInputTerminal: process.stdin.isTTY,
  },
);
if (interrupt.signal.aborted) await setTimeout(SAME_INTERRUPT_MS / 4);
