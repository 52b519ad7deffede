import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** One entry of an `a=remote-candidates` line. */
export interface RemoteCandidate {
  readonly component: number;
  readonly address: string;
  readonly port: number;
}

/**
 * `a=remote-candidates`: the remote candidates that ICE has chosen, one for each component. RFC 8839 §5.2.
 *
 *     a=remote-candidates:1 203.0.113.1 54400 2 203.0.113.1 54401
 */
export const remoteCandidates: Attribute<
  readonly RemoteCandidate[],
  "component" | "address" | "port"
> = defineAttribute({
  name: "remote-candidates",
  levels: ["media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.2"),
  read(scan) {
    const candidates: RemoteCandidate[] = [];
    do {
      candidates.push({
        component: scan.integer("component", 256),
        address: scan.word("address"),
        port: scan.integer("port", 65535),
      });
      // A broken entry may end without a step forward.
    } while (!scan.isBroken && scan.blank() && !scan.isDone);
    return candidates;
  },
  print: (candidates) =>
    candidates.map(({ component, address, port }) => `${component} ${address} ${port}`).join(" "),
  summary: (candidates) => {
    const list = candidates.map(({ address, port }) => `${address} port ${port}`).join(", ");
    return {
      en: `ICE has chosen the other side's candidate at ${list}. The controlling side writes it into an offer after ICE has completed.`,
      ko: `ICE가 선택한 상대 candidate는 ${candidates.map(({ address, port }) => `${address} 포트 ${port}`).join(", ")}입니다. ICE가 끝난 뒤 controlling 쪽이 offer에 적습니다.`,
    };
  },
  parts: {
    component: {
      name: { en: "component", ko: "component" },
      meaning: { en: "1 is RTP, 2 is RTCP.", ko: "1은 RTP, 2는 RTCP입니다." },
    },
    address: {
      name: { en: "address", ko: "주소" },
      meaning: { en: "The chosen address of the other side.", ko: "선택된 상대 주소입니다." },
    },
    port: {
      name: { en: "port", ko: "포트" },
      meaning: { en: "The chosen port of the other side.", ko: "선택된 상대 포트입니다." },
    },
  },
});
