import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A new fingerprint or tls-id means a new DTLS association, which needs new ICE credentials. RFC 8842 §5, §6; RFC 9429 §5.8.3. */
export const newAssociation: Rule<"reoffer"> = defineRule({
  code: "reoffer/new-association",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(8842, "6", "MUST"),
  summary: {
    en: "When the fingerprint or the tls-id changes, the ICE credentials change too: a new DTLS association needs a new ICE session.",
    ko: "fingerprint나 tls-id가 바뀌면 ICE 자격 증명도 바뀌어야 합니다. 새 DTLS association에는 새 ICE 세션이 필요합니다.",
  },
  check({ pairs, report }) {
    const seen = new Set<Line>();
    for (const { previous, next } of pairs) {
      if (previous.port === 0 || next.port === 0 || previous.mid !== next.mid) continue;
      const isSameIce = previous.ice.ufrag === next.ice.ufrag && previous.ice.pwd === next.ice.pwd;
      if (!isSameIce || next.ice.ufrag === undefined) continue;
      const [fingerprint] = next.dtls.fingerprints;
      const [before] = previous.dtls.fingerprints;
      if (!fingerprint || !before || seen.has(fingerprint.line)) continue;
      const isKept = previous.dtls.fingerprints.some((old) =>
        next.dtls.fingerprints.some(
          (now) =>
            old.algorithm.toLowerCase() === now.algorithm.toLowerCase() &&
            old.value.toLowerCase() === now.value.toLowerCase(),
        ),
      );
      if (isKept && previous.dtls.tlsId === next.dtls.tlsId) continue;
      seen.add(fingerprint.line);
      report(
        fingerprint.line,
        {
          en: `Section ${next.index} has a new ${isKept ? "tls-id" : "fingerprint"} but the old ICE credentials (ufrag ${next.ice.ufrag}).`,
          ko: `섹션 ${next.index}의 ${isKept ? "tls-id" : "fingerprint"}가 바뀌었는데 ICE 자격 증명은 그대로입니다(ufrag ${next.ice.ufrag}).`,
        },
        {
          related: [
            {
              at: before.line,
              in: "previous",
              message: { en: "What it was.", ko: "이전 값입니다." },
            },
          ],
        },
      );
    }
  },
});
