import { rfc } from "../../rfc.ts";
import type { SessionDescription } from "../../sdp/description.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Session } from "../session.ts";

/** A remote description is another peer's. RFC 3264 §4. */
export const ownDescription: Rule<"session"> = defineRule({
  code: "session/own-description",
  subject: "session",
  severity: "error",
  rfc: rfc(3264, "4"),
  summary: {
    en: "A remote description was made by another peer: its ICE credentials and fingerprint are not one's own.",
    ko: "원격 description은 다른 쪽이 만든 것입니다. ICE 자격 증명과 지문이 자신의 것과 다릅니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const own = new Map<string, number>();
      const texts = [
        ...connection.made,
        ...connection.applied.filter(({ side }) => side === "local"),
      ];
      for (const { sdp, seq } of texts) {
        const identity = identityOf(sdp, session);
        if (identity !== undefined && !own.has(identity)) own.set(identity, seq);
      }
      const echo = connection.applied.find(
        ({ side, sdp }) => side === "remote" && own.has(identityOf(sdp, session) ?? ""),
      );
      if (!echo) continue;
      const original = own.get(identityOf(echo.sdp, session) ?? "") as number;
      report(connection, {
        events: [original, echo.seq],
        t: echo.t,
        message: {
          en: `${connection.name} was given its own ${echo.type} as the remote one: it has the same ICE credentials and fingerprint.`,
          ko: `${connection.name}에 자신의 ${echo.type}이(가) 원격 description으로 넘어왔습니다. ICE 자격 증명과 지문이 같습니다.`,
        },
        advice: {
          en: "Leave the sender out when the signaling server passes messages on.",
          ko: "시그널링 서버가 메시지를 전달할 때 보낸 사람은 제외하십시오.",
        },
      });
    }
  },
});

function identityOf(sdp: string | undefined, session: Session): string | undefined {
  if (sdp === undefined) return undefined;
  const { media }: SessionDescription = session.read(sdp).description;
  const section = media.find(({ ice, dtls }) => ice.ufrag && dtls.fingerprints.length > 0);
  return section && `${section.ice.ufrag} ${section.dtls.fingerprints[0]?.value.toUpperCase()}`;
}
