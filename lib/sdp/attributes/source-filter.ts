import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { words } from "../fields.ts";

/** What an `a=source-filter` line says. RFC 4570 §3. */
export interface SourceFilter {
  readonly mode: "incl" | "excl";
  readonly netType: string;
  readonly addressType: string;
  readonly destination: string;
  readonly sources: readonly string[];
}

type Part = "mode" | "netType" | "addressType" | "destination" | "source";

/**
 * `a=source-filter`: from whom packets are wanted. RFC 4570 §3.
 *
 *     a=source-filter: incl IN IP4 239.5.2.31 10.1.15.5
 */
export const sourceFilter: Attribute<SourceFilter, Part> = defineAttribute({
  name: "source-filter",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "IDENTICAL",
  rfc: rfc(4570, "3"),
  read: (scan) => ({
    mode: scan.oneOf(filterModes, "mode"),
    netType: scan.word("netType"),
    addressType: scan.word("addressType"),
    destination: scan.word("destination"),
    sources: words(scan, "source"),
  }),
  print: ({ mode, netType, addressType, destination, sources }) =>
    ` ${[mode, netType, addressType, destination, ...sources].join(" ")}`,
  summary: ({ mode, destination, sources }) =>
    mode === "excl"
      ? {
          en: `Packets to ${destination} are refused from ${sources.join(", ")} and taken from all others.`,
          ko: `${destination}(으)로 오는 패킷 중 ${sources.join(", ")}에서 보낸 것은 거부하고 나머지는 받습니다.`,
        }
      : {
          en: `Packets to ${destination} are taken only from ${sources.join(", ")}.`,
          ko: `${destination}(으)로 오는 패킷은 ${sources.join(", ")}에서 보낸 것만 받습니다.`,
        },
  parts: {
    mode: {
      name: { en: "mode", ko: "방식" },
      meaning: {
        en: "incl: only these sources; excl: all but these.",
        ko: "incl은 이 소스만 받고, excl은 이 소스만 거부합니다.",
      },
    },
    netType: {
      name: { en: "network type", ko: "네트워크 종류" },
      meaning: { en: "IN: the Internet.", ko: "IN은 인터넷입니다." },
    },
    addressType: {
      name: { en: "address type", ko: "주소 종류" },
      meaning: {
        en: "IP4, IP6, or * for names that resolve to either.",
        ko: "IP4, IP6 또는 둘 다를 뜻하는 *입니다.",
      },
    },
    destination: {
      name: { en: "destination", ko: "목적지" },
      meaning: {
        en: "The address the packets go to, most often a multicast group; * for any.",
        ko: "패킷의 목적지 주소로, 대개 멀티캐스트 그룹입니다. *는 모두를 뜻합니다.",
      },
    },
    source: {
      name: { en: "source", ko: "소스" },
      meaning: { en: "An address the packets come from.", ko: "패킷을 보내는 주소입니다." },
    },
  },
});

const filterModes = ["incl", "excl"] as const;
