import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, Session } from "../session.ts";
import { describedAt, iceConnectedEvent, isApplied, statesOf } from "../session.ts";

/** ICE leaves `new` once both descriptions are there. RFC 8445 §6.1.2. */
export const iceNeverStarted: Rule<"session"> = defineRule({
  code: "session/ice-never-started",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "6.1.2"),
  summary: {
    en: "With both descriptions applied, ICE starts checking; without candidates to check it stays new for ever and never fails.",
    ko: "양쪽 description이 적용되면 ICE가 검사를 시작합니다. 검사할 candidate가 없으면 계속 new에 머물고 failed도 되지 않습니다.",
  },
  explainedBy: [
    "session/candidate-before-description",
    "session/candidate-without-section",
    "session/candidate-unknown-section",
    "session/candidate-refused",
    "session/relay-without-turn",
    "session/no-relay-candidate",
    "session/no-local-candidate",
    "session/candidate-lost",
    "session/no-trickle",
    "session/no-remote-candidate",
    "session/section-rejected",
    "session/description-changed",
    "session/description-refused",
    "session/wrong-state",
  ],
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      const described = describedAt(connection);
      if (described === undefined) {
        if (connection.applied.length > 0 && session.limits.has("no-results"))
          skip(connection, missing.results);
        continue;
      }
      if (session.limits.has("no-states")) {
        skip(connection, missing.states);
        continue;
      }
      const ice = statesOf(connection, "ice").filter(({ to }) => to !== "closed");
      if (ice.some(({ to }) => to !== "new") || iceConnectedEvent(connection)) continue;
      if (connection.states.length === 0) {
        skip(connection, missing.states);
        continue;
      }
      const waited = connection.end - described;
      if (waited < POSSIBLE_MS || !session.hasClock) {
        skip(connection, {
          en: `The recording ends ${Math.max(0, Math.round(waited))} ms after both descriptions were applied: too early to tell whether ICE starts.`,
          ko: `양쪽 description이 적용되고 ${Math.max(0, Math.round(waited))} ms 뒤에 기록이 끝나, ICE가 시작되는지 알 수 없습니다.`,
        });
        continue;
      }
      const reason = reasonOf(connection, session);
      const both = connection.applied.filter(isApplied).slice(0, 2);
      report(connection, {
        events: both.map(({ seq }) => seq),
        t: described,
        confidence: waited >= CERTAIN_MS ? "certain" : "possible",
        message: {
          en: `ICE of ${connection.name} never started: iceConnectionState was still new ${seconds(waited)} s after both descriptions were applied, and no failed will come. ${reason.en}`,
          ko: `${connection.name}의 ICE가 시작되지 않았습니다. 양쪽 description이 적용되고 ${seconds(waited)}초가 지나도 iceConnectionState가 new이며, failed도 되지 않습니다. ${reason.ko}`,
        },
        advice: {
          en: "Do not wait for failed: set a timer of a few seconds after both descriptions are applied, and look at which side has no candidates.",
          ko: "failed를 기다리지 마십시오. 양쪽 description을 적용한 뒤 몇 초짜리 타이머를 두고, 어느 쪽에 candidate가 없는지 확인하십시오.",
        },
      });
    }
  },
});

/** From here on it is possible, from there on certain, that ICE does not start. Milliseconds. */
const POSSIBLE_MS = 500;
const CERTAIN_MS = 2000;

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function reasonOf(connection: Connection, session: Session): Message {
  const { gathered, given, applied } = connection;
  const remote = applied.findLast((each) => each.side === "remote" && isApplied(each));
  const described = remote?.sdp === undefined ? undefined : session.read(remote.sdp).description;
  if (
    described &&
    described.media.length > 0 &&
    described.media.every(({ isRejected }) => isRejected)
  ) {
    return {
      en: "The other side rejected every media section, so there is nothing to connect.",
      ko: "상대가 모든 미디어 섹션을 거절하여 연결할 것이 없습니다.",
    };
  }
  const inText = described?.media.reduce((sum, { candidates }) => sum + candidates.length, 0) ?? 0;
  const accepted = given.filter(({ init, isAccepted }) => init && isAccepted).length;
  const refused = given.filter(({ init, error }) => init && error).length;
  const own = gathered.filter(
    ({ candidate }) => candidate !== null && candidate.candidate !== "",
  ).length;
  if (accepted + inText === 0) {
    if (refused > 0) {
      return {
        en: `It has no remote candidate: addIceCandidate refused all ${refused}.`,
        ko: `원격 candidate가 없습니다. addIceCandidate가 ${refused}개를 모두 거부했습니다.`,
      };
    }
    return own === 0
      ? {
          en: "Neither side has a candidate: nothing was gathered and none was received.",
          ko: "양쪽 모두 candidate가 없습니다. 수집된 것도 받은 것도 없습니다.",
        }
      : {
          en: `It has no remote candidate: none is in the remote description and addIceCandidate was never called (${own} of its own were gathered).`,
          ko: `원격 candidate가 없습니다. 원격 description에도 없고 addIceCandidate도 호출되지 않았습니다(자신의 candidate는 ${own}개).`,
        };
  }
  if (own === 0) {
    return {
      en: `It gathered no candidate of its own (${accepted + inText} came from the other side).`,
      ko: `자신의 candidate가 하나도 수집되지 않았습니다(상대 candidate는 ${accepted + inText}개).`,
    };
  }
  return {
    en: `Candidates: ${own} of its own, ${accepted + inText} of the other side.`,
    ko: `자신의 candidate ${own}개와 상대 candidate ${accepted + inText}개가 있었습니다.`,
  };
}
