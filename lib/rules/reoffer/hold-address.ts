import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Hold is said by the direction, not by `c=0.0.0.0`. RFC 3264 §8.4, RFC 8839 §4.4.1.1.1. */
export const holdAddress: Rule<"reoffer"> = defineRule({
  code: "reoffer/hold-address",
  subject: "reoffer",
  severity: "warning",
  rfc: rfc(8839, "4.4.1.1.1", "MUST NOT"),
  summary: {
    en: "A stream is put on hold by its direction: an address of 0.0.0.0 restarts ICE.",
    ko: "보류는 방향 속성으로 나타냅니다. 주소를 0.0.0.0으로 바꾸면 ICE가 재시작됩니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      const before = previous.connection?.address;
      const after = next.connection;
      if (!after || before === undefined || next.isRejected || next.port === 9 || next.port === 0)
        continue;
      if (isAny(before) || !isAny(after.address)) continue;
      report(
        after.line,
        {
          en: `Section ${next.index} changes its address from ${before} to ${after.address}. That is the old way to hold; with ICE it means a restart. Use a=sendonly or a=inactive.`,
          ko: `섹션 ${next.index}의 주소가 ${before}에서 ${after.address}(으)로 바뀝니다. 예전 보류 방식이며 ICE에서는 재시작을 뜻합니다. a=sendonly나 a=inactive를 쓰십시오.`,
        },
        {
          related: previous.connection
            ? [
                {
                  at: previous.connection.line,
                  in: "previous",
                  message: { en: "The address before.", ko: "이전 주소입니다." },
                },
              ]
            : [],
        },
      );
    }
  },
});

function isAny(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}
