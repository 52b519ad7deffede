import type { Case } from "./cases.ts";
import { recordedOffers } from "./offers.ts";

/** Recorded offers of the browsers, for servers and libraries to answer. */
export function browserOffers(): readonly Case[] {
  return ["chromium", "firefox"].flatMap((browser) =>
    recordedOffers([browser])
      .filter(({ name }) => /\/(?:avd|recvonly|simulcast)\.offer\.sdp$/.test(name))
      .map(({ name, sdp }) => ({
        name: `${/\/(\w+)\./.exec(name)?.[1]}-of-${browser}`,
        rounds: [{ offer: sdp }],
      })),
  );
}
