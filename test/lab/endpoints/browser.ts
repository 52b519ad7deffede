import { type BrowserPage, openChromium, openFirefox } from "../../support/endpoints.ts";
import { browserCases } from "../cases.ts";
import type { Endpoint } from "../endpoint.ts";
import { playCase } from "../w3c-endpoint.ts";

/** The browsers installed here. */
export const openBrowsers: Readonly<Record<string, () => Promise<Endpoint>>> = {
  chromium: async () => ofPage(await openChromium()),
  firefox: async () => ofPage(await openFirefox()),
};

function ofPage(page: BrowserPage): Endpoint {
  return {
    version: page.version,
    cases: browserCases,
    play: (play) => page.evaluate(playCase, play),
    close: () => page.close(),
  };
}
