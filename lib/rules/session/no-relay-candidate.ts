import { explainStunError } from "../../ice/stun-error.ts";
import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { CandidateEvent } from "../../trace/event.ts";
import { iceServersOf } from "../ice-servers.ts";
import { endedEarly } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp } from "../session.ts";
import { ownCandidates } from "../session-candidates.ts";
import { gatheringOf } from "../session-gathering.ts";

/** A TURN server that is configured gives a relay candidate. RFC 8445 §5.1.1.2. */
export const noRelayCandidate: Rule<"session"> = defineRule({
  code: "session/no-relay-candidate",
  subject: "session",
  severity: "warning",
  rfc: rfc(8445, "5.1.1.2"),
  summary: {
    en: "A configured TURN server gives a relay candidate.",
    ko: "설정한 TURN 서버에서는 relay candidate가 나옵니다.",
  },
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      const servers = iceServersOf(connection);
      if (!servers || servers.turn.length === 0) continue;
      if (ownCandidates(connection, session).some(({ type }) => type === "relay")) continue;
      const gathering = gatheringOf(connection);
      if (!gathering) continue;
      if (gathering.complete === undefined && gathering.elapsed < WAIT_MS) {
        skip(connection, endedEarly(gathering.elapsed));
        continue;
      }
      const isFatal = servers.isRelayOnly && !cameUp(connection);
      const shown = servers.turn.slice(0, 3).join(", ");
      const why = reasonOf(gathering.errors);
      const state: Message =
        gathering.complete === undefined
          ? {
              en: `gathering has gone on for ${(gathering.elapsed / 1000).toFixed(1)} s`,
              ko: `${(gathering.elapsed / 1000).toFixed(1)}초째 수집 중입니다`,
            }
          : {
              en: `gathering ended after ${(gathering.elapsed / 1000).toFixed(1)} s`,
              ko: `수집이 ${(gathering.elapsed / 1000).toFixed(1)}초 만에 끝났습니다`,
            };
      report(connection, {
        events: [
          servers.seq,
          gathering.seq,
          ...gathering.errors.slice(0, 20).map(({ seq }) => seq),
        ],
        t: gathering.begin,
        ...(isFatal && { severity: "error" as const }),
        message: {
          en: `${connection.name} got no relay candidate from ${shown}: ${state.en}.${isFatal ? ' With iceTransportPolicy "relay" it has nothing else.' : ""} ${why.en}`,
          ko: `${connection.name}이(가) ${shown}에서 relay candidate를 얻지 못했습니다. ${state.ko}.${isFatal ? ' iceTransportPolicy가 "relay"이므로 다른 candidate도 없습니다.' : ""} ${why.ko}`,
        },
        advice: {
          en: "Test the TURN server from this network: address, port and transport (offer turns: on 443 over TCP too), and a username and credential that have not run out.",
          ko: "이 네트워크에서 TURN 서버를 시험하십시오. 주소, port, transport(443 TCP의 turns:도 추가)와 유효 기간이 지나지 않은 username, credential을 확인하십시오.",
        },
      });
    }
  },
});

/** A server that answers does so long before. Milliseconds. */
const WAIT_MS = 5000;

function reasonOf(errors: readonly CandidateEvent[]): Message {
  const told = new Map<string, Message>();
  for (const { error } of errors) {
    if (!error || told.size >= 3) continue;
    const { code, url = "", text = "" } = error;
    // 401 alone is how the server asks for credentials; an error event of it means they were not taken.
    const meaning = explainStunError(code)?.meaning ?? unregistered(code, text);
    told.set(`${url} ${code}`, {
      en: `${url === "" ? "" : `${url}: `}${code}. ${meaning.en}`,
      ko: `${url === "" ? "" : `${url}: `}${code}. ${meaning.ko}`,
    });
  }
  if (told.size === 0) {
    return {
      en: "No gathering error was reported: the server does not answer at all, as behind a firewall, or at a wrong address.",
      ko: "수집 오류도 보고되지 않았습니다. 방화벽이나 잘못된 주소 때문에 서버가 전혀 응답하지 않는 것으로 보입니다.",
    };
  }
  return {
    en: [...told.values()].map(({ en }) => en).join(" "),
    ko: [...told.values()].map(({ ko }) => ko).join(" "),
  };
}

function unregistered(code: number, text: string): Message {
  // webrtc-pc: 701 says that no address of the server could be reached.
  if (code === 701) {
    return {
      en: `The server could not be reached${text === "" ? "" : ` ("${text}")`}: wrong name or port, or a firewall in between.`,
      ko: `서버에 연결할 수 없습니다${text === "" ? "" : `("${text}")`}. 이름이나 port가 틀렸거나 방화벽이 막고 있습니다.`,
    };
  }
  return {
    en: text === "" ? "The server refused." : `"${text}"`,
    ko: text === "" ? "서버가 거부했습니다." : `"${text}"`,
  };
}
