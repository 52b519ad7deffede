import { parseAddress } from "../../ice/address.ts";
import { rfc } from "../../rfc.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A slash in `c=` belongs to multicast: IPv4 needs a TTL, IPv6 has none. RFC 8866 §5.7. */
export const connectionMulticast: Rule<"description"> = defineRule({
  code: "sdp/connection-multicast",
  subject: "description",
  severity: "error",
  rfc: rfc(8866, "5.7", "MUST"),
  summary: {
    en: "Only multicast addresses have a slash in c=: IPv4 multicast needs its TTL, IPv6 multicast must not have one, unicast has neither.",
    ko: "c=의 슬래시는 멀티캐스트 주소에만 씁니다. IPv4 멀티캐스트에는 TTL이 필요하고 IPv6 멀티캐스트에는 없어야 하며, 유니캐스트에는 둘 다 없습니다.",
  },
  check({ document, lines, report }) {
    for (const section of sectionsOf(document)) {
      for (const line of lines(section, "c")) {
        // The placeholder that almost every section has.
        if (line.source === "c=IN IP4 0.0.0.0") continue;
        const [, addressType = "", text = ""] = line.value.split(" ");
        const [address = "", ...slashes] = text.split("/");
        const place = partOf(line, text, 2);
        const parsed = parseAddress(address);
        if (!parsed) continue;
        if (parsed.family !== (addressType === "IP6" ? "IPv6" : "IPv4"))
          report(place, {
            en: `${address} is an ${parsed.family} address, but the line says ${addressType}.`,
            ko: `${address}은(는) ${parsed.family} 주소인데 줄에는 ${addressType}로 적혀 있습니다.`,
          });
        const isMulticast = parsed.scope === "multicast";
        if (!isMulticast && slashes.length > 0)
          report(place, {
            en: `"${text}" has a slash, but ${address} is no multicast address. Chromium refuses every address with a slash.`,
            ko: `"${text}"에 슬래시가 있지만 ${address}은(는) 멀티캐스트 주소가 아닙니다. Chromium은 슬래시가 있는 주소를 모두 거부합니다.`,
          });
        if (isMulticast && parsed.family === "IPv4" && slashes.length === 0)
          report(place, {
            en: `The IPv4 multicast address ${address} needs a TTL, such as ${address}/127.`,
            ko: `IPv4 멀티캐스트 주소 ${address}에는 ${address}/127처럼 TTL이 필요합니다.`,
          });
        if (isMulticast && parsed.family === "IPv6" && slashes.length > 1)
          report(place, {
            en: `An IPv6 multicast address has no TTL: at most a number of addresses may follow ${address}.`,
            ko: `IPv6 멀티캐스트 주소에는 TTL이 없습니다. ${address} 뒤에는 주소 개수만 올 수 있습니다.`,
          });
      }
    }
  },
});
