import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import { engineWords } from "../engine-words.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription, Connection, Session } from "../session.ts";
import { closedAt, originOf } from "../session.ts";

/** An offer gets its answer. RFC 3264 §4. */
export const offerUnanswered: Rule<"session"> = defineRule({
  code: "session/offer-unanswered",
  subject: "session",
  severity: "error",
  rfc: rfc(3264, "4"),
  summary: {
    en: "An offer that was applied and sent is answered; until then the connection stays in have-local-offer.",
    ko: "적용하고 보낸 offer에는 answer가 옵니다. 그때까지 연결은 have-local-offer 상태에 머뭅니다.",
  },
  explainedBy: [
    "session/description-refused",
    "answer/m-line-count",
    "answer/media-kind",
    "session/answer-not-applied",
  ],
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const round = connection.rounds.at(-1);
      if (round?.offer.side !== "local" || round.answer || round.isRolledBack) continue;
      const { offer } = round;
      const end = Math.min(connection.end, closedAt(connection) ?? connection.end);
      const waited = end - offer.t;
      if (waited < POSSIBLE_MS || !session.hasClock) {
        skip(connection, endedEarly(waited));
        continue;
      }
      const last = lastSeen(offer, connection, session);
      report(connection, {
        events: [offer.seq, ...last.events],
        t: offer.t,
        confidence: waited >= CERTAIN_MS ? "certain" : "likely",
        message: {
          en: `The offer of ${connection.name} was never answered: ${(waited / 1000).toFixed(1)} s later it still waited in have-local-offer. ${last.message.en}`,
          ko: `${connection.name}의 offer에 answer가 오지 않았습니다. ${(waited / 1000).toFixed(1)}초 뒤에도 have-local-offer 상태였습니다. ${last.message.ko}`,
        },
        advice: last.advice,
      });
    }
  },
});

/** From here on an answer is missing for sure; before, somebody may still be asked. Milliseconds. */
const CERTAIN_MS = 10_000;
const POSSIBLE_MS = 2000;

interface LastSeen {
  readonly message: Message;
  readonly advice: Message;
  readonly events: readonly number[];
}

/** How far the offer, or its answer, came. */
function lastSeen(offer: AppliedDescription, connection: Connection, session: Session): LastSeen {
  const refused = connection.rounds.at(-1)?.refused.at(-1);
  if (refused) {
    return {
      events: [refused.seq],
      message: {
        en: `An answer came, but setRemoteDescription refused it: "${engineWords(refused.error)}".`,
        ko: `answer가 왔지만 setRemoteDescription이 거부했습니다. "${engineWords(refused.error)}"`,
      },
      advice: {
        en: "Mend what the refusal names, and handle the rejection of setRemoteDescription.",
        ko: "거부 사유를 고치고 setRemoteDescription의 거부를 처리하십시오.",
      },
    };
  }
  const other = session.otherEnd(connection);
  const given = other?.applied.find(
    ({ side, type, sdp }) => side === "remote" && type === "offer" && isSame(sdp, offer.sdp),
  );
  if (other && given?.error) {
    return {
      events: [given.seq],
      message: {
        en: `${other.name} received it, but setRemoteDescription refused it: "${engineWords(given.error)}".`,
        ko: `${other.name}이(가) 받았지만 setRemoteDescription이 거부했습니다. "${engineWords(given.error)}"`,
      },
      advice: {
        en: "Mend what the refusal names, and tell the offerer when an offer cannot be taken.",
        ko: "거부 사유를 고치고, offer를 받을 수 없을 때 offerer에게 알리십시오.",
      },
    };
  }
  const answer =
    given &&
    other?.applied.find(
      ({ side, type, seq, error }) =>
        side === "local" && type === "answer" && seq > given.seq && !error,
    );
  if (other && answer) return lostOnTheWay(answer, other.name, session);
  if (other && given) {
    return {
      events: [given.seq],
      message: {
        en: `${other.name} applied it, and never applied an answer of its own.`,
        ko: `${other.name}이(가) offer를 적용했지만 자신의 answer는 적용하지 않았습니다.`,
      },
      advice: {
        en: "After setRemoteDescription(offer), call setLocalDescription() and send localDescription back.",
        ko: "setRemoteDescription(offer) 후에 setLocalDescription()을 호출하고 localDescription을 보내십시오.",
      },
    };
  }
  return lostOnTheWay(offer, connection.name, session);
}

function lostOnTheWay(what: AppliedDescription, name: string, session: Session): LastSeen {
  const deliveries = what.sdp === undefined ? [] : session.messagesWith(what.type, what.sdp);
  const sent = deliveries.find((each) => each.sent)?.sent;
  const received = deliveries.find((each) => each.received)?.received;
  const hasMessages = session.deliveries.length > 0;
  const advice: Message = {
    en: "Check that the message is addressed to the right member, that the other side listens before it joins, and send again after a timeout.",
    ko: "메시지가 올바른 상대에게 가는지, 상대가 입장하기 전에 수신 핸들러를 등록했는지 확인하고, 제한 시간이 지나면 다시 보내십시오.",
  };
  if (received) {
    return {
      events: [received.seq],
      message: {
        en: `The ${what.type} arrived at ${received.peer ?? "the other side"}, where nothing was done with it.`,
        ko: `${what.type}은(는) ${received.peer ?? "상대"}에 도착했지만 처리되지 않았습니다.`,
      },
      advice: {
        en: "Look at the receiving side's message handler: it has to call setRemoteDescription with what arrives.",
        ko: "받는 쪽의 메시지 핸들러를 확인하십시오. 도착한 description으로 setRemoteDescription을 호출해야 합니다.",
      },
    };
  }
  if (sent) {
    const isLost = deliveries.some(({ outcome }) => outcome === "lost");
    return {
      events: [sent.seq],
      message: isLost
        ? {
            en: `The ${what.type} was sent by ${name} and never arrived.`,
            ko: `${name}이(가) ${what.type}을(를) 보냈지만 도착하지 않았습니다.`,
          }
        : {
            en: `The ${what.type} was sent by ${name}; whether it arrived was not recorded.`,
            ko: `${name}이(가) ${what.type}을(를) 보냈습니다. 도착했는지는 기록되지 않았습니다.`,
          },
      advice,
    };
  }
  return {
    events: [],
    message: hasMessages
      ? {
          en: `No message with the ${what.type} was recorded: ${name} did not send it, or sent it over a channel that was not recorded.`,
          ko: `${what.type}을(를) 담은 메시지가 기록되지 않았습니다. ${name}이(가) 보내지 않았거나 기록되지 않은 채널로 보냈습니다.`,
        }
      : {
          en: "The recording has no signaling messages, so how far it came is not known.",
          ko: "기록에 시그널링 메시지가 없어 어디까지 전달되었는지 알 수 없습니다.",
        },
    advice,
  };
}

/** The same but for the candidates, which join a description after it was applied. */
function isSame(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || originOf(a) === originOf(b);
}
