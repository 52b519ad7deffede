import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Case, Recorded } from "./cases.ts";
import { endpoints } from "./endpoints/catalog.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures/sdp");

/**
 * Records the descriptions of real endpoints: `node test/lab/run.mjs record [endpoint …]`.
 * Every endpoint gets a folder of its name and version, which is written anew.
 */
export async function main(names: readonly string[]): Promise<void> {
  const wanted = names.length > 0 ? names : Object.keys(endpoints);
  for (const name of wanted) {
    const open = endpoints[name];
    if (!open)
      throw new RangeError(`No endpoint ${name}; there are ${Object.keys(endpoints).join(", ")}.`);
    const endpoint = await open();
    const folder = join(fixtures, `${name}-${endpoint.version}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    try {
      for (const play of endpoint.cases) {
        try {
          save(folder, play, await endpoint.play(play));
        } catch (error) {
          console.log(`${name}: ${play.name} was not recorded: ${error}`);
        }
      }
    } finally {
      await endpoint.close();
    }
    console.log(`${name} ${endpoint.version}: written to ${folder}`);
  }
}

function save(folder: string, play: Case, rounds: readonly Recorded[]): void {
  for (const [index, round] of rounds.entries()) {
    const name = rounds.length === 1 ? play.name : `${play.name}-${index + 1}`;
    writeFileSync(join(folder, `${name}.offer.sdp`), round.offer);
    writeFileSync(join(folder, `${name}.answer.sdp`), round.answer);
    for (const [kind, candidates] of [
      ["offer", round.offerCandidates],
      ["answer", round.answerCandidates],
    ] as const) {
      if (candidates.length === 0) continue;
      const lines = candidates.map((candidate) => `${JSON.stringify(candidate)}\n`);
      writeFileSync(join(folder, `${name}.${kind}.candidates.jsonl`), lines.join(""));
    }
  }
}
