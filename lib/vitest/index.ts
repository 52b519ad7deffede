/**
 * Importing this file, once, in a test or a setup file, teaches vitest's `expect` the matchers.
 * @module
 */
import { expect } from "vitest";
import type { CodecPattern } from "../codec/codec.ts";
import type { Sdp } from "../sdp/document.ts";
import { matchers } from "./matchers/catalog.ts";
import type { AllowedChange } from "./matchers/to-change-only.ts";
import type { CandidateExpectation } from "./matchers/to-have-candidate.ts";
import type { HaveCodecOptions } from "./matchers/to-have-codec.ts";
import type { NoFindingsOptions } from "./matchers/to-have-no-findings.ts";
import type { PassRulesOptions } from "./matchers/to-pass-rules.ts";

export type {
  AllowedChange,
  CandidateExpectation,
  HaveCodecOptions,
  NoFindingsOptions,
  PassRulesOptions,
};
export { matchers };

expect.extend(matchers);

/** The matchers, as `expect` shows them. Descriptions are texts, documents of `parse`, or `{ type, sdp }`. */
export interface SdpMatchers<R> {
  /** The answer fits its offer: `checkAnswer` finds no error. */
  toAnswer(offer: Sdp | { readonly sdp: string }): R;
  /**
   * The received function changes something in the SDP, and nothing but what is named.
   * When it is asynchronous, `await` the expectation.
   */
  toChangeOnly(sdp: Sdp | { readonly sdp: string }, allowed: AllowedChange): R;
  /** Every connection of the trace that applied a description came up. A recorder or a peer may stand for its trace. */
  toConnect(): R;
  /** A section has a candidate like that. */
  toHaveCandidate(expected?: CandidateExpectation): R;
  /** A section offers a codec that fits the pattern. */
  toHaveCodec(pattern: CodecPattern, options?: HaveCodecOptions): R;
  /** `diagnoseSession` finds this in the trace: a code such as `session/candidate-lost`. */
  toHaveFinding(code: string): R;
  /** `diagnoseSession` finds nothing in the trace, or nothing as severe as `severity`. */
  toHaveNoFindings(options?: NoFindingsOptions): R;
  /** `lint` finds no error, or nothing as severe as `severity`. */
  toPassRules(options?: PassRulesOptions): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the type parameter has to be written as vitest declares it
  interface Matchers<T = any> extends SdpMatchers<T> {}
}
