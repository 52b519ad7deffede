import type { Diagnostic } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { Sdp } from "../sdp/document.ts";
import type { Reading } from "./reading.ts";
import { createReading } from "./reading.ts";
import type { Report, Rule } from "./rule.ts";
import { createReport } from "./rule.ts";

/**
 * Judges an offer as WHIP wants it (RFC 9725 §4.2, §4.4): media goes one way, one MediaStream, one track a kind, all in one bundle.
 * What holds for every offer is for `lint` to judge.
 */
export function checkWhipOffer(offer: Sdp): readonly Diagnostic[] {
  return judge(offer, [
    [direction, (reading, report) => checkDirections(reading, report, ["sendonly", "sendrecv"])],
    [oneStream, checkStreams],
    [oneTrack, checkTracks],
    [bundle, checkBundle],
    [rtcpMux, checkRtcpMux],
  ]);
}

/** Judges a WHIP server's answer (RFC 9725 §4.2, §4.3.2, §4.4.1): it receives, in one bundle, and holds every candidate of the server. */
export function checkWhipAnswer(answer: Sdp): readonly Diagnostic[] {
  return judge(answer, [
    [direction, (reading, report) => checkDirections(reading, report, ["recvonly"])],
    [bundle, checkBundle],
    [rtcpMux, checkRtcpMux],
    [allCandidates, checkCandidates],
  ]);
}

type WhipRule = Pick<Rule, "code" | "severity" | "rfc">;
type Check = (reading: Reading, report: Report) => void;

function judge(sdp: Sdp, checks: readonly (readonly [WhipRule, Check])[]): readonly Diagnostic[] {
  const reading = createReading(sdp);
  const found: Diagnostic[] = [];
  for (const [rule, check] of checks) check(reading, createReport(rule, reading.document, found));
  return found.sort((a, b) => (a.span?.start ?? -1) - (b.span?.start ?? -1));
}

const direction: WhipRule = {
  code: "whip/direction",
  severity: "error",
  rfc: rfc(9725, "4.2", "MUST"),
};
const oneStream: WhipRule = {
  code: "whip/media-stream",
  severity: "error",
  rfc: rfc(9725, "4.4.2"),
};
const oneTrack: WhipRule = {
  code: "whip/track-count",
  severity: "error",
  rfc: rfc(9725, "4.4.2", "MUST NOT"),
};
const bundle: WhipRule = {
  code: "whip/bundle",
  severity: "error",
  rfc: rfc(9725, "4.4.1", "MUST"),
};
const rtcpMux: WhipRule = {
  code: "whip/rtcp-mux",
  severity: "error",
  rfc: rfc(9725, "4.4.1", "MUST"),
};
const allCandidates: WhipRule = {
  code: "whip/answer-candidates",
  severity: "warning",
  rfc: rfc(9725, "4.3.2"),
};

function activeRtp({ description }: Reading): readonly MediaDescription[] {
  return description.media.filter((media) => media.isRtp && !media.isRejected);
}

function checkDirections(reading: Reading, report: Report, allowed: readonly string[]): void {
  for (const media of activeRtp(reading)) {
    if (allowed.includes(media.direction)) continue;
    report(media.line, {
      en: `The ${media.kind} section is ${media.direction}; in WHIP it is ${allowed.join(" or ")}.`,
      ko: `${media.kind} 섹션이 ${media.direction}입니다. WHIP에서는 ${allowed.join(" 또는 ")}이어야 합니다.`,
    });
  }
}

function checkStreams(reading: Reading, report: Report): void {
  const named = activeRtp(reading).flatMap((media) =>
    media.msids.map(({ line, stream }) => ({ line, stream })),
  );
  const [first] = named;
  for (const { line, stream } of named) {
    if (first === undefined || stream === first.stream) continue;
    report(
      line,
      {
        en: `The track belongs to MediaStream "${stream}", another one to "${first.stream}"; a WHIP session has one.`,
        ko: `이 트랙은 MediaStream "${stream}"에 속하고 다른 트랙은 "${first.stream}"에 속합니다. WHIP 세션에는 MediaStream이 하나만 있습니다.`,
      },
      {
        related: [
          { at: first.line, message: { en: "The first one.", ko: "첫 번째 MediaStream입니다." } },
        ],
      },
    );
  }
}

function checkTracks(reading: Reading, report: Report): void {
  const first = new Map<string, MediaDescription>();
  for (const media of activeRtp(reading)) {
    const before = first.get(media.kind);
    if (before === undefined) {
      first.set(media.kind, media);
      continue;
    }
    report(
      media.line,
      {
        en: `There is a second ${media.kind} section; a WHIP session has one at most.`,
        ko: `${media.kind} 섹션이 두 개입니다. WHIP 세션에는 최대 하나만 있습니다.`,
      },
      { related: [{ at: before.line, message: { en: "The first one.", ko: "첫 번째입니다." } }] },
    );
  }
}

function checkBundle(reading: Reading, report: Report): void {
  const { bundle: group, media } = reading.description;
  for (const section of media) {
    if (section.isRejected) continue;
    if (section.mid !== undefined && group?.mids.includes(section.mid)) continue;
    report(section.line, {
      en: `The ${section.kind} section is in no a=group:BUNDLE; WHIP needs one transport for all.`,
      ko: `${section.kind} 섹션이 a=group:BUNDLE에 없습니다. WHIP에서는 모두 하나의 전송을 씁니다.`,
    });
  }
}

function checkRtcpMux(reading: Reading, report: Report): void {
  for (const media of activeRtp(reading)) {
    if (media.hasRtcpMux) continue;
    report(media.line, {
      en: `The ${media.kind} section has no a=rtcp-mux, which WHIP requires.`,
      ko: `${media.kind} 섹션에 WHIP가 요구하는 a=rtcp-mux가 없습니다.`,
    });
  }
}

/** The tagged section's candidates serve the whole bundle, so one section with candidates is enough. */
function checkCandidates(reading: Reading, report: Report): void {
  const { media } = reading.description;
  const first = media.find((section) => !section.isRejected);
  if (first === undefined || media.some(({ candidates }) => candidates.length > 0)) return;
  report(first.line, {
    en: "The answer has no candidates: a WHIP server cannot trickle its own, so it puts them all into the answer.",
    ko: "answer에 candidate가 없습니다. WHIP 서버는 자신의 candidate를 trickle할 수 없으므로 모두 answer에 넣어야 합니다.",
  });
}
