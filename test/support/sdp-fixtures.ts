import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One recorded description of the project's fixtures. */
export interface SdpFixture {
  /** `chromium-156.0.8078.79/av.offer`. */
  readonly name: string;
  readonly text: string;
}

const folder = join(import.meta.dirname, "../fixtures/sdp");

/** Every recorded description, in the order of their names. */
export const sdpFixtures: readonly SdpFixture[] = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".sdp"))
  .sort()
  .map((path) => ({
    name: path.replace(/\.sdp$/, ""),
    text: readFileSync(join(folder, path), "utf8"),
  }));

/** The fixture of a name; throws when the recordings have none. */
export function sdpFixture(name: string): string {
  const found = sdpFixtures.find((fixture) => fixture.name.endsWith(name));
  if (!found) throw new RangeError(`There is no fixture ${name}.`);
  return found.text;
}
