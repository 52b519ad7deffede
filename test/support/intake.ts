import { createInspectorServer } from "../../lib/serve/server.ts";

/** Serves an intake until it is killed: `node test/lab/run.mjs ../support/intake <folder> <port>`. */
export async function main([traces, port]: readonly string[]): Promise<void> {
  const { url, token } = await createInspectorServer({ traces: traces ?? "", port: Number(port) });
  process.stdout.write(`${JSON.stringify({ url, token })}\n`);
  await new Promise(() => {});
}
