import { describe, expect, it } from "vitest";
import { hasBrowser } from "../support/browser.ts";
import { chromium } from "./endpoints/browsers.ts";
import { werift, wrtc } from "./endpoints/node.ts";
import { runCells } from "./matrix.ts";

/** The cells that need nothing but `npm ci` and a Chromium. `npm run interop` has all of them. */
describe.each([werift, wrtc, chromium].filter((endpoint) => endpoint !== chromium || hasBrowser()))(
  "the peer and $title",
  (endpoint) => {
    it("connect whoever offers, and data, audio and video flow both ways", async () => {
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
    }, 120_000);
  },
);
