import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** What test/lab/capabilities.ts records of one browser, as far as it is used here. */
export interface CapabilityFixture {
  readonly version: string;
  readonly offers: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, { readonly sdp: string } | { readonly error: string }>>;
  readonly declared: {
    readonly extensions: Readonly<Record<string, readonly { readonly uri: string }[]>>;
  };
}

/** The recording of one browser in test/fixtures/capabilities. */
export function readFixture(browser: "chromium" | "firefox"): CapabilityFixture {
  return read(browser) as CapabilityFixture;
}

/** The offers that both browsers answered, by name. */
export function readProbes(): Readonly<Record<string, string>> {
  return read("probes") as Record<string, string>;
}

function read(name: string): unknown {
  const file = resolve(import.meta.dirname, `../fixtures/capabilities/${name}.json`);
  return JSON.parse(readFileSync(file, "utf8"));
}
