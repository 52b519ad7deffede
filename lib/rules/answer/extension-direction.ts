import { rfc } from "../../rfc.ts";
import type { Direction } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answered extension has a direction that fits the offered one. RFC 8285 §7. */
export const extensionDirection: Rule<"answer"> = defineRule({
  code: "answer/extension-direction",
  subject: "answer",
  severity: "warning",
  rfc: rfc(8285, "7", "MUST"),
  summary: {
    en: "An extension offered sendonly is answered recvonly or inactive, recvonly is answered sendonly or inactive.",
    ko: "sendonly로 제안된 확장에는 recvonly나 inactive로, recvonly로 제안된 확장에는 sendonly나 inactive로 답합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const { uri, line, direction = "sendrecv" } of answer.extensions) {
        const known = offer.extensions.find((each) => each.uri === uri);
        if (!known || fits(known.direction ?? "sendrecv", direction)) continue;
        report(
          line,
          {
            en: `${uri} was offered ${known.direction ?? "sendrecv"}, but is answered ${direction}.`,
            ko: `${uri}은(는) ${known.direction ?? "sendrecv"}로 제안되었는데 answer에서는 ${direction}입니다.`,
          },
          {
            related: [
              {
                at: known.line,
                in: "offer",
                message: { en: "The offered direction.", ko: "offer의 방향입니다." },
              },
            ],
          },
        );
      }
    }
  },
});

function fits(offered: Direction, answered: Direction): boolean {
  const sends = answered === "sendrecv" || answered === "sendonly";
  const receives = answered === "sendrecv" || answered === "recvonly";
  const mayReceive = offered === "sendrecv" || offered === "sendonly";
  const maySend = offered === "sendrecv" || offered === "recvonly";
  return (!sends || maySend) && (!receives || mayReceive);
}
