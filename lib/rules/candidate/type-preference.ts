import type { Candidate } from "../../ice/candidate.ts";
import { decodePriority } from "../../ice/priority.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCandidate } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/**
 * One type, one type preference, and another for every other type. RFC 8445 §5.1.2.1. Agents give TCP candidates, and
 * relays by the way to their TURN server, preferences of their own, so that only like is compared with like.
 */
export const typePreference: Rule<"candidate"> = defineRule({
  code: "candidate/type-preference",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8445, "5.1.2.1", "MUST"),
  summary: {
    en: "Candidates of one type and transport have the same type preference, those of another type a different one.",
    ko: "type과 transport가 같은 candidate는 type preference도 같고, type이 다르면 달라야 합니다.",
  },
  check({ candidates, report }) {
    const byKind = new Map<string, MediaCandidate>();
    const byPreference = new Map<string, MediaCandidate>();
    for (const current of candidates) {
      const { line, candidate } = current;
      const { type, transport } = candidate;
      const preference = candidate.priority >>> 24;
      const same = firstOf(byKind, kindOf(candidate), current);
      const equal = firstOf(byPreference, `${transport.toLowerCase()} ${preference}`, current);
      const expected = same.candidate.priority >>> 24;
      if (expected !== preference)
        report(
          line,
          {
            en: `This ${type} candidate has type preference ${preference}, another one of the same type ${expected}.`,
            ko: `이 ${type} candidate의 type preference는 ${preference}인데 같은 type의 다른 candidate는 ${expected}입니다.`,
          },
          { related: [otherPlace(same)] },
        );
      else if (equal.candidate.type !== type)
        report(
          line,
          {
            en: `This ${type} candidate has type preference ${preference}, which a ${equal.candidate.type} candidate has too.`,
            ko: `이 ${type} candidate의 type preference(${preference})를 ${equal.candidate.type} candidate도 씁니다.`,
          },
          { related: [otherPlace(equal)] },
        );
    }
  },
});

function kindOf(candidate: Candidate): string {
  const { type, transport } = candidate;
  const way =
    type === "relay"
      ? decodePriority(candidate.priority, candidate).schemes[0]?.relayTransport
      : "";
  return `${type} ${transport.toLowerCase()} ${way ?? ""}`;
}

function firstOf(
  firsts: Map<string, MediaCandidate>,
  key: string,
  current: MediaCandidate,
): MediaCandidate {
  const first = firsts.get(key);
  if (first === undefined) firsts.set(key, current);
  return first ?? current;
}

function otherPlace({ line }: MediaCandidate) {
  return { at: line, message: { en: "The other one.", ko: "다른 candidate입니다." } };
}
