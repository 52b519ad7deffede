import type { CandidateClass } from "../../ice/classify.ts";
import { classifyCandidate } from "../../ice/classify.ts";
import type { MediaCandidate } from "../../sdp/description.ts";
import { readDescription } from "../../sdp/read-description.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsSdp, receivedSdp } from "../received-sdp.ts";

/** What a candidate has to be; what is not given may be anything. */
export interface CandidateExpectation {
  readonly type?: CandidateClass["type"];
  readonly transport?: CandidateClass["transport"];
  readonly scope?: CandidateClass["scope"];
  readonly family?: NonNullable<CandidateClass["family"]>;
  readonly address?: string;
  readonly port?: number;
  readonly component?: number;
}

/** `expect(sdp).toHaveCandidate({ type: "relay" })`: a section has a candidate like that. */
export function toHaveCandidate(
  this: MatcherState,
  received: unknown,
  expected: CandidateExpectation = {},
): MatcherResult {
  const sdp = receivedSdp(received);
  if (sdp === undefined) return misuse(this, needsSdp("toHaveCandidate", received));
  const candidates = readDescription(sdp).media.flatMap((media) => media.candidates);
  const found = candidates.find((candidate) => isLike(candidate, expected));
  return {
    pass: found !== undefined,
    message: () =>
      found === undefined
        ? `Expected a candidate with ${JSON.stringify(expected)}, but there ${listed(candidates)}`
        : `Expected no candidate with ${JSON.stringify(expected)}, but there is:\n\n  ${found.line.source}`,
  };
}

function isLike({ candidate }: MediaCandidate, expected: CandidateExpectation): boolean {
  const { type, transport, scope, family } = classifyCandidate(candidate);
  const { address, port, component } = candidate;
  const actual: CandidateExpectation = {
    type,
    transport,
    scope,
    address,
    port,
    component,
    ...(family && { family }),
  };
  const names = Object.keys(expected) as (keyof CandidateExpectation)[];
  return names.every((name) => expected[name] === undefined || expected[name] === actual[name]);
}

function listed(candidates: readonly MediaCandidate[]): string {
  if (candidates.length === 0) {
    return "is none: a trickling peer sends its candidates apart from the description.";
  }
  return `are only:\n\n${candidates.map(({ line }) => `  ${line.source}`).join("\n")}`;
}
