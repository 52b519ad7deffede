import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Media uses `UDP/TLS/RTP/SAVPF`, data `UDP/DTLS/SCTP` or `TCP/DTLS/SCTP`. RFC 9429 §5.1.2. */
export const protocol: Rule<"description"> = defineRule({
  code: "sdp/protocol",
  subject: "description",
  severity: "warning",
  rfc: rfc(9429, "5.1.2"),
  summary: {
    en: "Media sections use an RTP profile, UDP/TLS/RTP/SAVPF by preference; data sections UDP/DTLS/SCTP or TCP/DTLS/SCTP.",
    ko: "미디어 섹션은 RTP 프로파일(권장: UDP/TLS/RTP/SAVPF)을, 데이터 섹션은 UDP/DTLS/SCTP 또는 TCP/DTLS/SCTP를 씁니다.",
  },
  check({ description, report }) {
    for (const { kind, protocol, line, isRejected } of description.media) {
      if (isRejected) continue;
      const place = partOf(line, protocol, 2);
      if ((kind === "audio" || kind === "video") && !rtpProfiles.has(protocol))
        report(place, {
          en: `"${protocol}" is no profile that WebRTC takes for ${kind}: use UDP/TLS/RTP/SAVPF.`,
          ko: `"${protocol}"은(는) WebRTC가 ${kind}에 받는 프로파일이 아닙니다. UDP/TLS/RTP/SAVPF를 쓰십시오.`,
        });
      else if (kind === "application" && !dataProtocols.has(protocol))
        report(place, {
          en: `"${protocol}" carries no data channels: use UDP/DTLS/SCTP.`,
          ko: `"${protocol}"로는 데이터 채널을 쓸 수 없습니다. UDP/DTLS/SCTP를 쓰십시오.`,
        });
    }
  },
});

const rtpProfiles = new Set([
  "UDP/TLS/RTP/SAVPF",
  "UDP/TLS/RTP/SAVP",
  "TCP/DTLS/RTP/SAVPF",
  "TCP/DTLS/RTP/SAVP",
  "RTP/SAVPF",
  "RTP/SAVP",
  "RTP/AVPF",
  "RTP/AVP",
]);
const dataProtocols = new Set(["UDP/DTLS/SCTP", "TCP/DTLS/SCTP", "DTLS/SCTP"]);
