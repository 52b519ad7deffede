import { specification } from "../../rfc.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** An mDNS name stands in no `c=` line: 0.0.0.0 and port 9 do. draft-ietf-mmusic-mdns-ice-candidates §3.1.2.4. */
export const mdnsConnection: Rule<"description"> = defineRule({
  code: "sdp/mdns-connection",
  subject: "description",
  severity: "warning",
  rfc: specification(
    "draft-ietf-mmusic-mdns-ice-candidates",
    "3.1.2.4",
    "https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-mdns-ice-candidates#section-3.1.2.4",
    "MUST",
  ),
  summary: {
    en: "A c= line has no .local name: with hidden candidates it is 0.0.0.0 and the port is 9.",
    ko: "c= 줄에는 .local 이름을 쓰지 않습니다. 숨긴 candidate에서는 0.0.0.0과 port 9를 씁니다.",
  },
  check({ document, lines, report }) {
    for (const section of sectionsOf(document)) {
      for (const line of lines(section, "c")) {
        const address = line.value.split(" ")[2] ?? "";
        if (!address.toLowerCase().endsWith(".local")) continue;
        report(
          partOf(line, address, 2),
          {
            en: `${address} is an mDNS name, which cannot be resolved outside its own network.`,
            ko: `${address}은(는) mDNS 이름이라 자기 네트워크 밖에서는 찾을 수 없습니다.`,
          },
          {
            fix: fixOf(
              { en: "Write c=IN IP4 0.0.0.0.", ko: "c=IN IP4 0.0.0.0으로 씁니다." },
              replacement(document, line, "c=IN IP4 0.0.0.0"),
            ),
          },
        );
      }
    }
  },
});
