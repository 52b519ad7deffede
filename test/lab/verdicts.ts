import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openChromium, openFirefox } from "../support/endpoints.ts";
import { collectVerdicts } from "./collect.ts";

/** Damages offers, asks the installed browsers: `npm run verdicts -- --seed 1 --count 500 [--out file.jsonl]`. */
export async function main(programArguments: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...programArguments],
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "500" },
      out: { type: "string" },
    },
  });
  const pages = [await openChromium(), await openFirefox()];
  try {
    const samples = await collectVerdicts(pages, Number(values.seed), Number(values.count));
    if (values.out !== undefined) {
      writeFileSync(values.out, samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
    }
  } finally {
    for (const page of pages) await page.close();
  }
}
