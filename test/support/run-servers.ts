import { servers } from "../../lib/cli/commands/servers.ts";
import { runCommandLine } from "../../lib/cli/run.ts";

/** Runs `sdpscope servers` from the sources, for a host of the NAT lab: `node test/lab/run.mjs ../support/run-servers …`. */
export async function main(args: readonly string[]): Promise<void> {
  await runCommandLine(
    ["servers", ...args],
    { version: "0", commands: [servers], fallback: "servers" },
    {
      out: (line) => process.stdout.write(`${line}\n`),
      write: (text) => process.stdout.write(text),
      err: (line) => process.stderr.write(`${line}\n`),
      input: async () => "",
      env: {},
      isColour: false,
      signal: new AbortController().signal,
    },
  );
}
