import type { Endpoint } from "../endpoint.ts";
import { openBrowsers } from "./browser.ts";
import { openWerift } from "./werift.ts";

/** Every endpoint the lab knows, by name. */
export const endpoints: Readonly<Record<string, () => Promise<Endpoint>>> = {
  ...openBrowsers,
  werift: openWerift,
};
