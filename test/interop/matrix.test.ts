import { describe, expect, it } from "vitest";
import { chromium } from "./endpoints/browsers.ts";
import { werift, wrtc } from "./endpoints/node.ts";
import { runCells } from "./matrix.ts";

/** The cells that need nothing but `npm ci` and a Chromium. `npm run interop` has all of them. */
describe.each([werift, wrtc, chromium])("the peer and $title", (endpoint) => {
  const missing = endpoint.missing();
  if (missing !== undefined) {
    const advice = `The cells of ${endpoint.title} need it (${missing}): ${endpoint.install}`;
    if (process.env["REQUIRE_ENDPOINTS"] === "1") throw new Error(advice);
    process.stderr.write(`Left out: ${advice}\n`);
  }

  it.skipIf(missing !== undefined)(
    "connect whoever offers, and data, audio and video flow both ways",
    async () => {
      const outcomes: Record<string, string> = {};
      for await (const { offerer, content, outcome, reason } of runCells(endpoint))
        outcomes[`${offerer} offers ${content}`] = reason ?? outcome;
      expect(outcomes).toEqual({
        "peer offers data": "works",
        "peer offers audio": "works",
        "peer offers video": "works",
        "peer offers all": "works",
        "endpoint offers data": "works",
        "endpoint offers audio": "works",
        "endpoint offers video": "works",
        "endpoint offers all": "works",
      });
    },
    200_000,
  );
});
