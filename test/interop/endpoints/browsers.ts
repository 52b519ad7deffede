import { chromePath } from "../../support/browser.ts";
import { firefoxPath, openChromium, openFirefox } from "../../support/endpoints.ts";
import type { Endpoint } from "../endpoint.ts";
import { defineEndpoint } from "../endpoint.ts";
import { openPage } from "../page.ts";

export const chromium: Endpoint = defineEndpoint({
  name: "chromium",
  title: "Chromium",
  install: "apt-get install chromium",
  missing: () => (chromePath === undefined ? "no Chromium; CHROME_PATH may name one" : undefined),
  async open() {
    const agent = await openPage(await openChromium());
    return { version: agent.version, agent, close: () => agent.close() };
  },
});

export const firefox: Endpoint = defineEndpoint({
  name: "firefox",
  title: "Firefox ESR",
  install: "apt-get install firefox-esr",
  missing: () =>
    firefoxPath() === undefined ? "no Firefox; FIREFOX_PATH may name one" : undefined,
  async open() {
    const agent = await openPage(await openFirefox());
    return { version: agent.version, agent, close: () => agent.close() };
  },
});
