import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription, Connection, Session } from "../session.ts";
import { isApplied } from "../session.ts";

/** A description is applied in a signaling state that expects it. RFC 9429 §3.2. */
export const wrongState: Rule<"session"> = defineRule({
  code: "session/wrong-state",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "3.2"),
  summary: {
    en: "An answer is applied while an offer waits for it, and an offer while none waits.",
    ko: "answer는 기다리는 offer가 있을 때, offer는 기다리는 offer가 없을 때 적용합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) {
      return skip(undefined, missing.calls);
    }
    for (const connection of session.connections) {
      const wrong = connection.applied.filter((row) => row.error && !fits(row));
      for (const row of wrong.slice(0, MOST_TOLD)) {
        const reason = reasonOf(row, connection, session);
        const method = row.call.method;
        report(connection, {
          events: [row.seq, ...reason.events].sort((a, b) => a - b),
          t: row.t,
          confidence: reason.confidence,
          message: {
            en: `${connection.name} called ${method}(${row.type}) in the state ${row.stateBefore}. ${reason.message.en}`,
            ko: `${connection.name}이(가) ${row.stateBefore} 상태에서 ${method}(${row.type})를 호출했습니다. ${reason.message.ko}`,
          },
          advice: reason.advice,
        });
      }
    }
  },
});

/** So many calls of one connection are told; what goes on so is one habit. */
const MOST_TOLD = 20;

/** Whether the signaling state allows the description. */
function fits({ side, type, stateBefore }: AppliedDescription): boolean {
  const other = side === "local" ? "remote" : "local";
  switch (type) {
    case "offer":
      // A remote offer takes back a local one; engines without that refuse, and so do answers that wait.
      return stateBefore === "stable" || stateBefore === `have-${side}-offer`;
    case "answer":
    case "pranswer":
      return stateBefore === `have-${other}-offer` || stateBefore === `have-${side}-pranswer`;
    case "rollback":
      return stateBefore !== "stable";
    default:
      return type satisfies never;
  }
}

interface Reason {
  readonly message: Message;
  readonly advice: Message;
  readonly events: readonly number[];
  readonly confidence: "certain" | "likely";
}

function reasonOf(row: AppliedDescription, connection: Connection, session: Session): Reason {
  if (row.type === "offer") return collision(row, connection);
  const earlier = connection.applied.slice(0, connection.applied.indexOf(row));
  const same = earlier.findLast(
    (each) => each.side === row.side && isApplied(each) && each.sdp === row.sdp,
  );
  if (same && row.type === "answer") {
    return {
      events: [same.seq],
      confidence: "certain",
      message: {
        en: `The same answer had been applied ${Math.max(0, Math.round(row.t - same.t))} ms before: it was delivered or handled twice.`,
        ko: `${Math.max(0, Math.round(row.t - same.t))} ms 전에 같은 answer를 이미 적용했습니다. 두 번 전달되었거나 두 번 처리된 것입니다.`,
      },
      advice: {
        en: "Apply each answer once: number the messages, ignore those that were handled, and register the message handler only once.",
        ko: "answer는 한 번만 적용하십시오. 메시지에 번호를 붙여 이미 처리한 것은 무시하고, 메시지 핸들러를 한 번만 등록하십시오.",
      },
    };
  }
  const owner = row.side === "remote" ? answeredBy(row, connection, session) : undefined;
  if (owner) {
    return {
      events: [],
      confidence: "likely",
      message: {
        en: `The answer belongs to the offer of ${owner.name}: it was given to the wrong connection.`,
        ko: `이 answer는 ${owner.name}의 offer에 대한 것입니다. 다른 연결에 넘겨졌습니다.`,
      },
      advice: {
        en: "Address messages to one connection: keep connections by the other member's id and send that id with every message.",
        ko: "메시지를 연결마다 구분하십시오. 상대의 ID로 연결을 관리하고 모든 메시지에 그 ID를 함께 보내십시오.",
      },
    };
  }
  const rolledBack = connection.rounds.findLast(
    ({ isRolledBack, offer }) => isRolledBack && offer.t <= row.t && offer.side !== row.side,
  );
  if (rolledBack) {
    return {
      events: [rolledBack.offer.seq],
      confidence: "likely",
      message: {
        en: "The offer that it answers had been rolled back because both sides offered at once.",
        ko: "양쪽이 동시에 offer를 보내 이 answer가 답하는 offer는 이미 취소(rollback)된 상태였습니다.",
      },
      advice: {
        en: "Use the perfect negotiation pattern: the impolite side ignores the other's offer, the polite one gives up its own, and answers to offers that were given up are ignored.",
        ko: "perfect negotiation 패턴을 사용하십시오. impolite 쪽은 상대의 offer를 무시하고 polite 쪽은 자신의 offer를 포기하며, 포기한 offer에 대한 answer는 무시합니다.",
      },
    };
  }
  const hadOffer = connection.rounds.some(
    ({ offer }) => offer.side !== row.side && offer.t <= row.t,
  );
  return {
    events: [],
    confidence: "certain",
    message: hadOffer
      ? {
          en: "Its offer had been answered already.",
          ko: "이 연결의 offer는 이미 응답을 받았습니다.",
        }
      : {
          en: `This connection has ${row.side === "remote" ? "never made an offer" : "no offer to answer"}.`,
          ko: `이 연결에는 ${row.side === "remote" ? "보낸 offer가 없습니다" : "답할 offer가 없습니다"}.`,
        },
    advice: {
      en: "Apply an answer only to the connection that waits for it: look at signalingState, and after a reload make new connections on both sides.",
      ko: "answer는 그것을 기다리는 연결에만 적용하십시오. signalingState를 확인하고, 페이지를 새로 고친 뒤에는 양쪽 모두 연결을 새로 만드십시오.",
    },
  };
}

function collision(row: AppliedDescription, connection: Connection): Reason {
  const open = connection.rounds.findLast(({ offer }) => offer.t <= row.t && offer.seq < row.seq);
  return {
    events: open ? [open.offer.seq] : [],
    confidence: "certain",
    message: {
      en: "Another offer was still waiting for its answer.",
      ko: "다른 offer가 아직 answer를 기다리고 있었습니다.",
    },
    advice: {
      en: "Wait for the answer before the next offer, or use the perfect negotiation pattern, in which one side takes its offer back.",
      ko: "다음 offer 전에 answer를 기다리거나, 한쪽이 offer를 취소하는 perfect negotiation 패턴을 사용하십시오.",
    },
  };
}

/** Another connection whose waiting offer has the mids and kinds of this answer, and whose other end made it. */
function answeredBy(
  row: AppliedDescription,
  connection: Connection,
  session: Session,
): Connection | undefined {
  const own = session.connectionsOf(connection.peer);
  return own
    .slice(-REACH)
    .find(
      (each) =>
        each !== connection &&
        each.rounds.some(
          ({ offer, answer }) =>
            offer.side === "local" &&
            offer.t <= row.t &&
            (answer === undefined ? isSameShape(offer, row, session) : answer.sdp === row.sdp),
        ),
    );
}

/** So many connections of the peer are looked at, the last ones. */
const REACH = 50;

function isSameShape(
  offer: AppliedDescription,
  answer: AppliedDescription,
  session: Session,
): boolean {
  if (offer.sdp === undefined || answer.sdp === undefined) return false;
  const shape = (sdp: string): string =>
    session
      .read(sdp)
      .description.media.map(({ kind, mid }) => `${kind} ${mid}`)
      .join();
  return shape(offer.sdp) === shape(answer.sdp);
}
