import { filterCodecs } from "../offer-answer/filter-codecs.ts";
import { matchServerCodecs } from "../offer-answer/server-codecs.ts";
import type { Sdp, SdpDocument } from "../sdp/document.ts";
import { removeAttribute } from "../sdp/edit/remove-attribute.ts";
import { setDirection } from "../sdp/edit/set-direction.ts";
import { readDescription } from "../sdp/read-description.ts";
import type { Message } from "../text.ts";
import type { Announcement } from "./server-first.ts";
import { announcedCodecs } from "./server-first.ts";

/** An offer with exactly the announced codecs, or why it cannot be had. */
export type FittedOffer = { readonly offer: SdpDocument } | { readonly error: Message };

/**
 * Rewrites a player's offer for a server that announced its codecs: in each section of an announced kind only that codec
 * stays, in one variant; each section receives only; and nothing says `a=extmap-allow-mixed`. All else stays as it was.
 */
export function fitPlayerOffer(offer: Sdp, announcement: Announcement): FittedOffer {
  const fitted = fitOffer(offer, announcement);
  if ("error" in fitted) return fitted;
  let result = fitted.offer;
  for (const { index, isRejected } of readDescription(result).media) {
    result = removeAttribute(result, index, MIXED);
    if (!isRejected) result = setDirection(result, index, "recvonly");
  }
  return { offer: removeAttribute(result, -1, MIXED) };
}

/**
 * An offer as a server takes it that sends the announced codecs and nothing else: of the announced kinds only these stay,
 * whatever the player left in it.
 */
export function fitOffer(offer: Sdp, announcement: Announcement): FittedOffer {
  const selection = matchServerCodecs(offer, announcedCodecs(announcement));
  const fault = selection.diagnostics.find(({ severity }) => severity === "error");
  if (fault !== undefined) return { error: fault.message };
  return { offer: filterCodecs(offer, selection) };
}

const MIXED = "extmap-allow-mixed";
