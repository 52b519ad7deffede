import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription, Connection, Session } from "../session.ts";
import { connectedEvent, iceConnectedEvent, isApplied, statesOf } from "../session.ts";

/** After ICE, DTLS comes up with the certificates that the descriptions announce. RFC 8122 §6.2. */
export const dtlsFailed: Rule<"session"> = defineRule({
  code: "session/dtls-failed",
  subject: "session",
  severity: "error",
  rfc: rfc(8122, "6.2", "MUST"),
  summary: {
    en: "The certificate of the other side is the one whose fingerprint its description has; otherwise DTLS fails though ICE is connected.",
    ko: "상대의 인증서는 description에 적힌 지문의 것이어야 합니다. 아니면 ICE가 연결되어도 DTLS가 실패합니다.",
  },
  explainedBy: ["session/description-changed", "session/new-peer", "answer/setup-role"],
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      if (connection.states.length === 0) {
        if (connection.applied.length > 0) skip(connection, missing.states);
        continue;
      }
      const ice = iceConnectedEvent(connection);
      const dtls = statesOf(connection, "dtls").find(({ to }) => to === "failed");
      const failed =
        dtls ??
        statesOf(connection, "connection").find(
          ({ to, seq }) => to === "failed" && ice && seq > ice.seq,
        );
      if (!failed || (connectedEvent(connection)?.seq ?? Number.POSITIVE_INFINITY) < failed.seq)
        continue;
      if (!dtls && statesOf(connection, "ice").some(({ to }) => to === "failed")) continue;
      const proof = mismatch(connection, session);
      report(connection, {
        events: [...(ice ? [ice.seq] : []), ...(proof?.events ?? []), failed.seq].sort(
          (a, b) => a - b,
        ),
        t: failed.t,
        confidence: proof || dtls ? "certain" : "likely",
        message: {
          en: `ICE of ${connection.name} connected, but DTLS failed${ice ? ` ${Math.max(0, failed.t - ice.t).toFixed(1)} ms later` : ""}. ${(proof ?? unproved).message.en}`,
          ko: `${connection.name}의 ICE는 연결되었지만${ice ? ` ${Math.max(0, failed.t - ice.t).toFixed(1)} ms 뒤` : ""} DTLS가 실패했습니다. ${(proof ?? unproved).message.ko}`,
        },
        advice: {
          en: "Hand the descriptions over unchanged and to the right connection: the fingerprint has to be that of the certificate the other side uses now.",
          ko: "description을 바꾸지 말고 올바른 연결에 넘기십시오. 지문은 상대가 지금 사용하는 인증서의 것이어야 합니다.",
        },
      });
    }
  },
});

const unproved: { readonly message: Message } = {
  message: {
    en: "The other side's certificate does not have the announced fingerprint, or both sides have the same DTLS role.",
    ko: "상대 인증서가 알려진 지문과 다르거나, 양쪽의 DTLS 역할이 같습니다.",
  },
};

/** The proof by both ends: what one side announced, and what the other was told. */
function mismatch(
  connection: Connection,
  session: Session,
): { readonly message: Message; readonly events: readonly number[] } | undefined {
  const other = session.otherEnd(connection);
  if (!other) return undefined;
  return mismatchOf(other, connection, session) ?? mismatchOf(connection, other, session);
}

function mismatchOf(from: Connection, to: Connection, session: Session) {
  const told = lastOf(to, "remote");
  const real = lastOf(from, "local");
  if (!told?.sdp || !real?.sdp) return undefined;
  const announced = printsOf(told.sdp, session);
  const own = printsOf(real.sdp, session);
  if (announced.length === 0 || own.length === 0) return undefined;
  if (own.some((each) => announced.includes(each))) return undefined;
  return {
    events: [real.seq, told.seq],
    message: {
      en: `The certificate of ${from.name} is ${short(own[0])}, but ${to.name} was told ${short(announced[0])}: the description was changed on the way, is an old one, or belongs to another connection.`,
      ko: `${from.name}의 인증서는 ${short(own[0])}인데 ${to.name}에는 ${short(announced[0])}로 전달되었습니다. description이 중간에 바뀌었거나, 오래된 것이거나, 다른 연결의 것입니다.`,
    },
  };
}

function lastOf(
  { applied }: Connection,
  side: AppliedDescription["side"],
): AppliedDescription | undefined {
  return applied.findLast(
    (each) => each.side === side && isApplied(each) && each.sdp !== undefined,
  );
}

function printsOf(sdp: string, session: Session): readonly string[] {
  const { media } = session.read(sdp).description;
  return media.flatMap(({ dtls }) => dtls.fingerprints.map(({ value }) => value.toUpperCase()));
}

function short(fingerprint: string | undefined): string {
  return `${(fingerprint ?? "").slice(0, 11)}…`;
}
