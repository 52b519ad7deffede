import { type BrowserPage, openChromium, openFirefox } from "../support/endpoints.ts";
import { browserCases, type Case, type Recorded } from "./cases.ts";
import { playCase } from "./w3c-endpoint.ts";

/** An endpoint that can play cases. */
export interface Endpoint {
  readonly version: string;
  readonly cases: readonly Case[];
  play(play: Case): Promise<readonly Recorded[]>;
  close(): Promise<void>;
}

/** Every endpoint the lab knows, by name. */
export const endpoints: Readonly<Record<string, () => Promise<Endpoint>>> = {
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
