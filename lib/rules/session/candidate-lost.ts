import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Delivery } from "../../trace/join.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, Session } from "../session.ts";
import { cameUp, closedAt, describedAt } from "../session.ts";

/** What one side gathers, the other side is given. RFC 8838 §9. */
export const candidateLost: Rule<"session"> = defineRule({
  code: "session/candidate-lost",
  subject: "session",
  severity: "error",
  rfc: rfc(8838, "9"),
  summary: {
    en: "Every candidate that one side gathers is given to the connection at the other end.",
    ko: "한쪽이 수집한 candidate는 모두 상대 연결에 전달됩니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    const carried = candidateMessages(session);
    for (const connection of session.connections) {
      const other = session.otherEnd(connection);
      if (!other) {
        if (connection.gathered.length > 0) skip(connection, missing.otherEnd);
        continue;
      }
      // In a call that came up, what was not needed any more may be left out.
      if (cameUp(connection) || cameUp(other) || describedAt(other) === undefined) continue;
      const until = Math.min(other.end, closedAt(other) ?? other.end) - GRACE_MS;
      const had = keysOf(other, session);
      const sent = connection.gathered.filter(
        ({ candidate, t }) => candidate?.candidate && t < until,
      );
      const lost = sent.filter(({ candidate }) => !had.has(keyOf(candidate?.candidate ?? "")));
      if (lost.length === 0) continue;
      const where = whereLost(
        lost.map(({ candidate }) => candidate?.candidate ?? ""),
        connection,
        session,
        carried,
      );
      report(connection, {
        events: [...lost.map(({ seq }) => seq), ...where.events].sort((a, b) => a - b),
        // What was given and is not known here may be one of these, changed on the way.
        ...(other.given.some(({ init }) => init) && { confidence: "likely" as const }),
        // It shows when the last one is not given on either.
        t: lost.at(-1)?.t ?? 0,
        message: {
          en: `Candidates of ${connection.name} that were never given to ${other.name}: ${lost.length} of ${sent.length}. ${where.message.en}`,
          ko: `${connection.name}의 candidate ${sent.length}개 중 ${lost.length}개가 ${other.name}에 전달되지 않았습니다. ${where.message.ko}`,
        },
        advice: {
          en: "Set onicecandidate before setLocalDescription, send every candidate, and give each one that arrives to addIceCandidate of the right connection.",
          ko: "setLocalDescription 전에 onicecandidate를 등록하여 모든 candidate를 보내고, 도착한 것은 모두 해당 연결의 addIceCandidate에 넘기십시오.",
        },
      });
    }
  },
});

/** What is gathered this shortly before the end may still be on its way. Milliseconds. */
const GRACE_MS = 200;

/** Every candidate that a connection was given, whether it took it or not. */
function keysOf(connection: Connection, session: Session): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { init } of connection.given) if (init) keys.add(keyOf(init.candidate));
  for (const { side, sdp } of connection.applied) {
    if (side !== "remote" || !sdp?.includes("\na=candidate:")) continue;
    for (const { candidates } of session.read(sdp).description.media)
      for (const { line } of candidates) keys.add(keyOf(line.value));
  }
  return keys;
}

/** A server may change the address on the way: foundation, component, transport, port and type tell a candidate. */
function keyOf(text: string): string {
  const words = text.trim().split(" ");
  const foundation = words[0]?.slice(words[0].lastIndexOf(":") + 1);
  const type = words[words.indexOf("typ") + 1];
  return `${foundation} ${words[1]} ${words[2]?.toLowerCase()} ${words[5]} ${type}`;
}

function whereLost(
  lost: readonly string[],
  connection: Connection,
  session: Session,
  carried: ReadonlyMap<string, readonly Delivery[]>,
): { readonly message: Message; readonly events: readonly number[] } {
  const own = lost
    .flatMap((text) => carried.get(keyOf(text)) ?? [])
    .filter(
      ({ sent, received }) => sent?.peer === connection.peer || received?.peer !== connection.peer,
    );
  const arrived = own.filter(({ received }) => received);
  const sent = own.filter((each) => each.sent);
  if (arrived.length > 0) {
    return {
      events: arrived.flatMap(({ received }) => received?.seq ?? []),
      message: {
        en: `${arrived.length} of them arrived, and addIceCandidate was not called with them.`,
        ko: `그중 ${arrived.length}개는 도착했지만 addIceCandidate에 넘기지 않았습니다.`,
      },
    };
  }
  if (sent.length > 0) {
    return {
      events: sent.flatMap((each) => each.sent?.seq ?? []),
      message: {
        en: `${sent.length} of them were sent, and their arrival was not recorded.`,
        ko: `그중 ${sent.length}개를 보냈지만 도착은 기록되지 않았습니다.`,
      },
    };
  }
  return {
    events: [],
    message:
      session.deliveries.length > 0
        ? {
            en: "No message carried them: they were not sent.",
            ko: "candidate를 담은 메시지가 없으므로 보내지 않은 것입니다.",
          }
        : {
            en: "The recording has no signaling messages, so where they were lost is not known.",
            ko: "기록에 시그널링 메시지가 없어 어디서 사라졌는지 알 수 없습니다.",
          },
  };
}

/** The messages that carried a candidate, by its key. */
function candidateMessages(session: Session): ReadonlyMap<string, readonly Delivery[]> {
  const carried = new Map<string, Delivery[]>();
  for (const delivery of session.deliveries) {
    const { payload } = delivery;
    if (payload.kind !== "candidate" || !payload.candidate) continue;
    const key = keyOf(payload.candidate.candidate);
    const list = carried.get(key);
    if (list) list.push(delivery);
    else carried.set(key, [delivery]);
  }
  return carried;
}
