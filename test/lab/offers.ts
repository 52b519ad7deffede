import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const fixtures = resolve(import.meta.dirname, "../fixtures/sdp");

/** A recorded offer: the name of its file below `test/fixtures/sdp`, and its text. */
export interface RecordedOffer {
  readonly name: string;
  readonly sdp: string;
}

/** Every recorded offer of these endpoints, of all endpoints without names, in the order of the alphabet. */
export function recordedOffers(endpoints: readonly string[] = []): readonly RecordedOffer[] {
  return readdirSync(fixtures)
    .filter((folder) => endpoints.length === 0 || endpoints.includes(folder.replace(/-.*/, "")))
    .sort()
    .flatMap((folder) =>
      readdirSync(join(fixtures, folder))
        .filter((file) => file.endsWith(".offer.sdp"))
        .sort()
        .map((file) => ({
          name: `${folder}/${file}`,
          sdp: readFileSync(join(fixtures, folder, file), "utf8"),
        })),
    );
}
