import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openChromium, openFirefox } from "../support/endpoints.ts";
import { collectVerdicts, type Sample } from "./collect.ts";
import {
  compareAnswers,
  comparePlaces,
  compareRefusals,
  compareRules,
  printAgreement,
} from "./compare.ts";

/**
 * Measures how often the library says of a damaged offer what the installed browsers do with it:
 *
 *     npm run verdicts -- --seed 1 --count 500 [--out file.jsonl] [--examples 3]
 *     npm run verdicts -- --from file.jsonl
 */
export async function main(programArguments: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...programArguments],
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "500" },
      out: { type: "string" },
      from: { type: "string" },
      examples: { type: "string", default: "3" },
    },
  });
  const samples =
    values.from === undefined
      ? await ask(Number(values.seed), Number(values.count))
      : readLines(values.from);
  if (values.out !== undefined) {
    writeFileSync(values.out, samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
  }
  const keys = Object.keys(samples[0] ?? {}).filter((name) => /^(?:chromium|firefox)/.test(name));
  const examples = Number(values.examples);
  console.log(printAgreement("all browsers and the rules", compareRules(samples, keys), examples));
  for (const browser of ["chromium", "firefox"] as const) {
    const key = keys.find((name) => name.startsWith(browser));
    if (key === undefined) continue;
    for (const [title, compare] of comparisons) {
      console.log(printAgreement(`${key}, ${title}`, compare(samples, browser, key), examples));
    }
  }
}

const comparisons = [
  ["refused or not", compareRefusals],
  ["at the same line", comparePlaces],
  ["the same answer", compareAnswers],
] as const;

async function ask(seed: number, count: number): Promise<readonly Sample[]> {
  const pages = [await openChromium(), await openFirefox()];
  try {
    return await collectVerdicts(pages, seed, count);
  } finally {
    for (const page of pages) await page.close();
  }
}

function readLines(path: string): readonly Sample[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Sample);
}
