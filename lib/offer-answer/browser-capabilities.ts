import { chromium } from "./capabilities/chromium.ts";
import { firefox } from "./capabilities/firefox.ts";
import type { Capabilities } from "./capabilities.ts";

/**
 * What a browser can do, recorded from the real one; `version` tells which. `negotiate` with it gives the answer
 * that the browser would give without local tracks. Throws `RangeError` for a browser that was not recorded.
 */
export function browserCapabilities(browser: "chromium" | "firefox"): Capabilities {
  const found = { chromium, firefox }[browser];
  if (!found) {
    throw new RangeError(`There are capabilities of chromium and firefox, not of ${browser}.`);
  }
  return found;
}
