import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { RefusalKind } from "./refusal.ts";

/** The sentences with which other engines (Pion, werift) refuse a description, and what each means. */
export const engineRefusals: readonly RefusalKind[] = [
  kind(
    "pion-fingerprint-missing",
    /called with no fingerprint/,
    "sdp/fingerprint-missing",
    rfc(8842, "5.1"),
    {
      en: "Pion wants an a=fingerprint in the session part or in a section.",
      ko: "Pion은 세션 부분이나 섹션에 a=fingerprint를 요구합니다.",
    },
  ),
  kind(
    "pion-fingerprints-differ",
    /multiple conflicting fingerprint/,
    "sdp/fingerprint-set",
    rfc(8122, "5.1"),
    {
      en: "Pion wants the same fingerprint in every section.",
      ko: "Pion은 모든 섹션의 fingerprint가 같기를 요구합니다.",
    },
  ),
  kind(
    "pion-fingerprint-invalid",
    /called with an invalid fingerprint/,
    "sdp/fingerprint-hash",
    rfc(8122, "5"),
    {
      en: "A fingerprint is a hash name, one blank, and the digest.",
      ko: "fingerprint는 해시 이름, 공백 하나, 값으로 이루어집니다.",
    },
  ),
  kind(
    "pion-ice-missing",
    /called with no ice-(ufrag|pwd)/,
    "sdp/ice-credentials",
    rfc(8839, "5.4"),
    {
      en: "Pion wants a=ice-ufrag and a=ice-pwd in the session part or in a section.",
      ko: "Pion은 세션 부분이나 섹션에 a=ice-ufrag와 a=ice-pwd를 요구합니다.",
    },
  ),
  kind(
    "pion-ice-differs",
    /multiple conflicting ice-(ufrag|pwd)/,
    "sdp/ice-credentials",
    rfc(8839, "5.4"),
    {
      en: "Pion wants the same ICE credentials in every section.",
      ko: "Pion은 모든 섹션의 ICE 자격 증명이 같기를 요구합니다.",
    },
  ),
  kind("werift-codecs", /negotiate codecs failed/, "answer/common-format", rfc(3264, "6.1"), {
    en: "werift knows none of the codecs that a section offers. It compares names only; add a codec to its configuration or to the offer.",
    ko: "werift가 섹션에서 제안된 코덱을 하나도 모릅니다. 이름만 비교하므로 werift 설정이나 offer에 코덱을 추가하십시오.",
  }),
  kind(
    "werift-fingerprint",
    /remote fingerprint (not exist|value is empty)|no supported remote fingerprint/,
    "sdp/fingerprint-missing",
    rfc(8842, "5.1"),
    {
      en: "werift wants an a=fingerprint with a hash it knows for every section.",
      ko: "werift는 모든 섹션에 자기가 아는 해시의 a=fingerprint를 요구합니다.",
    },
  ),
  kind(
    "werift-ice",
    /Remote username or password is missing/,
    "sdp/ice-credentials",
    rfc(8839, "5.4"),
    {
      en: "werift has no a=ice-ufrag or a=ice-pwd of the peer.",
      ko: "werift에 상대의 a=ice-ufrag나 a=ice-pwd가 없습니다.",
    },
  ),
  kind("werift-sctp-port", /sctpRemotePort not exist/, "sdp/sctp-port", rfc(8841, "5.1"), {
    en: "werift wants a=sctp-port in the data section.",
    ko: "werift는 데이터 섹션에 a=sctp-port를 요구합니다.",
  }),
];

function kind(
  name: string,
  pattern: RegExp,
  rule: RefusalKind["rule"],
  reference: RefusalKind["rfc"],
  meaning: Message,
): RefusalKind {
  return { code: `engine/${name}`, pattern, ...(rule && { rule }), rfc: reference, meaning };
}
