import type { RfcRef } from "../rfc.ts";
import type { Message } from "../text.ts";

/**
 * How two codecs are compared, because the world does not agree:
 * `rfc` as the payload format's own RFC says; `libwebrtc` as Chromium, Safari and everything built on libwebrtc do;
 * `ignore-level` like `rfc`, but two variants that differ only in level, tier or other limits are the same codec.
 */
export type MatchPolicy = "rfc" | "libwebrtc" | "ignore-level";

/**
 * What a codec does in its section: `media` carries sound or picture by itself; the others accompany media:
 * `retransmission` (rtx), `redundancy` (RED), `fec`, `events` (telephone-event), `comfort-noise` (CN).
 */
export type CodecRole =
  | "media"
  | "retransmission"
  | "redundancy"
  | "fec"
  | "events"
  | "comfort-noise";

/** Everything `sdpscope` knows about one codec or one family of codecs. */
export interface CodecRule {
  /** The encoding names it speaks for, in their registered case. */
  readonly names: readonly string[];
  readonly kind: "audio" | "video" | "both";
  readonly role: CodecRole;
  /** What the codec is, in one sentence. */
  readonly meaning: Message;
  /** The payload format. */
  readonly rfc: RfcRef;
  /** The clock rates the payload format allows; absent when it allows any. */
  readonly clockRates?: readonly number[];
  readonly parameters: readonly ParameterRule[];
  /** The payload types that the format parameters refer to, as text: RTX by `apt`, RED by its list. */
  readonly references?: (fmtp: string) => readonly string[];
  /** The format parameters with the payload types they refer to renamed. Needed where `references` is. */
  readonly renameReferences?: (fmtp: string, rename: (payloadType: string) => string) => string;
  /** How good a choice this variant is among those of the same name, higher is better; where nothing else decides. */
  readonly preference?: (fmtp: string | undefined) => number;
  /** The format parameters to answer with, given one's own and the offered ones of a match. One's own when absent. */
  readonly answer?: (
    own: string | undefined,
    offered: string | undefined,
    policy: MatchPolicy,
  ) => string | undefined;
}

/** What one format parameter of a codec means, and whether it tells variants of the codec apart. */
export interface ParameterRule {
  readonly name: string;
  readonly meaning: Message;
  /** The value that holds when the parameter is missing. */
  readonly absent?: string | Readonly<Record<MatchPolicy, string>>;
  /**
   * Compares two values, written or inferred. Only parameters that have it can keep two codecs from matching;
   * the others are declarations or limits.
   */
  readonly compare?: (a: string, b: string, policy: MatchPolicy) => ParameterComparison;
  /** Whether a codec's value is what a pattern asks for, where a pattern may say less than a description; else `compare`. */
  readonly fits?: (value: string, wanted: string, policy: MatchPolicy) => ParameterComparison;
}

/** What comparing one parameter brought. */
export interface ParameterComparison {
  readonly matches: boolean;
  /** 0 for the same, up to 30 for the least alike that still match. */
  readonly distance?: number;
  /** A sentence, such as `Both are Constrained Baseline.`; absent where there is nothing to say. */
  readonly reason?: Message;
}

/** Declares a codec. The catalog lists it. */
export function defineCodecRule(rule: CodecRule): CodecRule {
  return rule;
}

/** The value of a parameter that holds when it is missing from the text. */
export function inferredValue(parameter: ParameterRule, policy: MatchPolicy): string | undefined {
  const { absent } = parameter;
  return typeof absent === "object" ? absent[policy] : absent;
}

/** A comparison of values that have to be the same text, in any case, under every policy. */
export function sameValue(
  name: string,
): (a: string, b: string, policy: MatchPolicy) => ParameterComparison {
  return (a, b) => {
    const matches = a.toLowerCase() === b.toLowerCase();
    return matches
      ? { matches }
      : {
          matches,
          reason: {
            en: `${name} differs: ${a} and ${b}.`,
            ko: `${name} 값이 다릅니다: ${a}, ${b}.`,
          },
        };
  };
}
