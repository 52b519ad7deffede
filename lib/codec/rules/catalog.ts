import type { CodecRule } from "../rule.ts";
import { av1 } from "./av1.ts";
import { comfortNoise } from "./comfort-noise.ts";
import { flexfec } from "./flexfec.ts";
import { g711 } from "./g711.ts";
import { g722 } from "./g722.ts";
import { h264 } from "./h264.ts";
import { h265 } from "./h265.ts";
import { multiopus } from "./multiopus.ts";
import { opus } from "./opus.ts";
import { red } from "./red.ts";
import { rtx } from "./rtx.ts";
import { telephoneEvent } from "./telephone-event.ts";
import { ulpfec } from "./ulpfec.ts";
import { vp8 } from "./vp8.ts";
import { vp9 } from "./vp9.ts";

/** Every codec that has a rule, sorted by file name. */
export const codecRules: readonly CodecRule[] = [
  av1,
  comfortNoise,
  flexfec,
  g711,
  g722,
  h264,
  h265,
  multiopus,
  opus,
  red,
  rtx,
  telephoneEvent,
  ulpfec,
  vp8,
  vp9,
];

/** The rule for an encoding name in any case; undefined for a codec that `sdpscope` does not know. */
export function codecRuleFor(name: string): CodecRule | undefined {
  return byName.get(name) ?? byName.get(name.toLowerCase());
}

const byName: ReadonlyMap<string, CodecRule> = new Map(
  codecRules.flatMap((rule) =>
    rule.names.flatMap((name) => [
      // In its registered case a name is found at once, and that is how nearly everybody writes it.
      [name, rule] as const,
      [name.toLowerCase(), rule] as const,
    ]),
  ),
);
