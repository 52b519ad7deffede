import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { dumpSamples } from "../support/dump-samples.ts";
import { importFault } from "../support/import-check.ts";
import { chanceFrom, mutate } from "../support/mutate.ts";

/**
 * Imports every sample cut off at 200 places and damaged in 2,000 ways, and prints what did not hold:
 *
 *     node test/lab/run.mjs import-damage [file …]
 */
export function main(files: readonly string[]): void {
  const samples = [
    ...dumpSamples(),
    ...files.map((name) => {
      const bytes = readFileSync(name);
      return { name, text: (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8") };
    }),
  ];
  let faults = 0;
  for (const { name, text } of samples) {
    const began = performance.now();
    const chance = chanceFrom(1);
    const broken = [
      ...Array.from({ length: 200 }, (_, at) =>
        text.slice(0, Math.floor((text.length * at) / 200)),
      ),
      ...Array.from({ length: 2000 }, () => () => mutate(text, chance)),
    ];
    for (const one of broken) {
      const input = typeof one === "string" ? one : one();
      const fault = importFault(input);
      if (fault === undefined) continue;
      faults++;
      if (faults <= 5) console.log(`${name}: ${fault}`);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${name}: ${broken.length} broken texts in ${seconds} s`);
  }
  console.log(`${faults} faults`);
  if (faults > 0) process.exitCode = 1;
}
