import type { Address } from "../../ice/address.ts";
import { parseAddress, sharesPrefix } from "../../ice/address.ts";
import type { Candidate } from "../../ice/candidate.ts";
import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp, describedAt, statesOf } from "../session.ts";
import { ownCandidates, peerCandidates } from "../session-candidates.ts";

/** At least one candidate of the other side is an address that can be reached. RFC 8445 §5.1.1.1. */
export const unreachableAddress: Rule<"session"> = defineRule({
  code: "session/unreachable-address",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "5.1.1.1"),
  summary: {
    en: "The other side announces an address that can be reached from here, not only loopback, link-local, docker or foreign private ones.",
    ko: "상대는 이쪽에서 닿을 수 있는 주소를 알립니다. loopback, link-local, docker, 다른 사설망 주소만으로는 안 됩니다.",
  },
  check({ session, report }) {
    for (const connection of session.connections) {
      if (cameUp(connection) || describedAt(connection) === undefined) continue;
      const theirs = peerCandidates(connection, session);
      if (theirs.length === 0) continue;
      // ICE that still checks may find a way; ICE that has failed or gave up has not.
      const failed = statesOf(connection, "ice").find(({ to }) => to === "failed");
      if (!failed) continue;
      const own = ownCandidates(connection, session).flatMap(
        ({ address }) => parseAddress(address) ?? [],
      );
      const faults = theirs.map((candidate) => faultOf(candidate, own));
      const [first] = faults;
      if (!first || faults.some((fault) => fault === undefined)) continue;
      report(connection, {
        events: [
          ...connection.given
            .filter(({ init }) => init)
            .slice(0, 20)
            .map(({ seq }) => seq),
          failed.seq,
        ],
        t: failed.t,
        confidence: "likely",
        message: {
          en: `None of the ${theirs.length} addresses that ${connection.name} was given can be reached from elsewhere: ${first.en}`,
          ko: `${connection.name}이(가) 받은 주소 ${theirs.length}개 중 밖에서 닿을 수 있는 것이 없습니다. ${first.ko}`,
        },
        advice: {
          en: "Let the other side announce its public address (announcedAddress of mediasoup, nat1to1 of Pion, nat_1_1_mapping of Janus), or let it use STUN or TURN.",
          ko: "상대가 공인 주소를 알리게 하거나(mediasoup의 announcedAddress, Pion의 nat1to1, Janus의 nat_1_1_mapping) STUN이나 TURN을 쓰게 하십시오.",
        },
      });
    }
  },
});

/** Why nobody elsewhere reaches a candidate; `undefined` when somebody may. */
function faultOf({ address: text }: Candidate, own: readonly Address[]): Message | undefined {
  const address = parseAddress(text);
  switch (address?.scope) {
    case undefined:
      return { en: `${text} is no address.`, ko: `${text}은(는) 주소가 아닙니다.` };
    case "loopback":
      return own.some(({ scope }) => scope === "loopback")
        ? undefined
        : {
            en: `${text} is the loopback address of the other machine.`,
            ko: `${text}은(는) 상대 기기 자신의 loopback 주소입니다.`,
          };
    case "unspecified":
      return { en: `${text} is no address to send to.`, ko: `${text}로는 보낼 수 없습니다.` };
    case "link-local":
      return own.some(({ scope }) => scope === "link-local")
        ? undefined
        : {
            en: `${text} holds on the other machine's link alone.`,
            ko: `${text}은(는) 상대 기기의 링크 안에서만 유효합니다.`,
          };
    case "private":
    case "cgnat":
    case "unique-local":
      if (own.some((each) => sharesPrefix(each, address, prefixOf(address)))) return undefined;
      return isDocker(address)
        ? {
            en: `${text} is of docker's own network (172.17.0.0/16).`,
            ko: `${text}은(는) docker 내부 네트워크(172.17.0.0/16) 주소입니다.`,
          }
        : {
            en: `${text} is of a private network that this side is not in.`,
            ko: `${text}은(는) 이쪽이 속하지 않은 사설망의 주소입니다.`,
          };
    default:
      return undefined;
  }
}

function prefixOf({ family, groups }: Address): number {
  if (family === "IPv6") return 64;
  return groups?.[0] === 192 ? 24 : 16;
}

function isDocker({ groups }: Address): boolean {
  return groups?.[0] === 172 && groups[1] === 17;
}
