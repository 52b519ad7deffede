import { parseAddress } from "../../ice/address.ts";
import { rfc } from "../../rfc.ts";
import { isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** The default destination is one of the candidates, or a placeholder. RFC 8839 §4.2.5. */
export const defaultDestination: Rule<"description"> = defineRule({
  code: "sdp/default-destination",
  subject: "description",
  severity: "info",
  rfc: rfc(8839, "4.2.5"),
  summary: {
    en: "The address of c= and the port of m= are those of a candidate, unless they are placeholders (0.0.0.0 or :: with port 9) or a name.",
    ko: "c=의 주소와 m=의 port는 자리표시(0.0.0.0 또는 ::, port 9)나 이름이 아니라면 candidate 중 하나의 것이어야 합니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      const { connection, port, candidates } = media;
      if (!connection || !isActive(media) || candidates.length === 0 || port === 0) continue;
      const address = connection.address.split("/", 1)[0] ?? "";
      const isPlaceholder = (address === "0.0.0.0" || address === "::") && port === 9;
      if (isPlaceholder || !parseAddress(address)) continue;
      if (
        candidates.some(({ candidate }) => candidate.address === address && candidate.port === port)
      )
        continue;
      report(
        connection.line,
        {
          en: `The default destination ${address} port ${port} is none of the candidates: an agent that reads RFC 8839 strictly answers with ice-mismatch.`,
          ko: `기본 목적지 ${address} port ${port}이(가) candidate에 없습니다. RFC 8839를 엄격히 따르는 상대는 ice-mismatch로 답합니다.`,
        },
        { related: [{ at: media.line, message: { en: "The port.", ko: "port입니다." } }] },
      );
    }
  },
});
