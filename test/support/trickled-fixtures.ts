import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CandidateInit } from "../../lib/ice/candidate.ts";

/** One trickled candidate of the project's recordings. */
export interface TrickledFixture {
  /** `chromium-156.0.8078.79/av.offer`. */
  readonly name: string;
  /** As the endpoint handed it out; null is the end of candidates. */
  readonly init: CandidateInit | null;
}

const folder = join(import.meta.dirname, "../fixtures/sdp");

/** Every trickled candidate of the recordings, in the order it came. */
export const trickledFixtures: readonly TrickledFixture[] = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".candidates.jsonl"))
  .sort()
  .flatMap((path) =>
    readFileSync(join(folder, path), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => ({
        name: path.replace(/\.candidates\.jsonl$/, ""),
        init: JSON.parse(line) as CandidateInit | null,
      })),
  );
