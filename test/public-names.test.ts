import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as root from "../lib/index.ts";

/** Every name that the package exports. A change here is a change for users: it belongs into CHANGELOG.md. */
describe("the public names", () => {
  it("of the package's main door are these", () => {
    expect(Object.keys(root).sort()).toMatchSnapshot();
  });

  it("have one door file for every entry of package.json", async () => {
    const manifest: { exports: Record<string, string> } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.url), "utf8"),
    );
    const doors = Object.entries(manifest.exports).filter(([name]) => name !== "./package.json");
    for (const [name, target] of doors) {
      const source = target.replace("./dist/", "../").replace(/\.js$/, ".ts");
      const door: Record<string, unknown> = await import(/* @vite-ignore */ source);
      expect(Object.keys(door).length, name).toBeGreaterThan(0);
    }
    // All doors together are all of the package, its engine included.
  }, 60_000);
});
