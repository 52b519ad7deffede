import { type BrowserPage, openChromium, openFirefox } from "../../support/endpoints.ts";
import { browserCases, relayCase } from "../cases.ts";
import { startCoturn } from "../coturn.ts";
import type { Endpoint } from "../endpoint.ts";
import { playCase } from "../w3c-endpoint.ts";

/** The browsers installed here. */
export const openBrowsers: Readonly<Record<string, () => Promise<Endpoint>>> = {
  chromium: async () => ofPage(await openChromium()),
  firefox: async () => ofPage(await openFirefox()),
};

async function ofPage(page: BrowserPage): Promise<Endpoint> {
  const coturn = await startCoturn();
  return {
    version: page.version,
    cases: [...browserCases, relayCase(coturn.server)],
    play: (play) => page.evaluate(playCase, play),
    close: async () => {
      await coturn.stop();
      await page.close();
    },
  };
}
