import type { Severity } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";

/** What can be wrong with an SDP fragment: its weight, its source and its sentence. */
export interface FragmentFault {
  readonly severity: Severity;
  readonly rfc: RfcRef;
  readonly message: (value: string, other: string) => Message;
}

/** The permanent codes of everything `parseFragment` reports beyond the candidates' own. */
export type FragmentFaultCode =
  | "fragment/candidate-after-end"
  | "fragment/credentials-incomplete"
  | "fragment/credentials-level"
  | "fragment/credentials-missing"
  | "fragment/credentials-unknown"
  | "fragment/duplicate-candidate"
  | "fragment/empty"
  | "fragment/line-syntax"
  | "fragment/line-unexpected"
  | "fragment/m-line-format"
  | "fragment/m-line-missing"
  | "fragment/mid-late"
  | "fragment/mid-missing"
  | "fragment/mid-repeated"
  | "fragment/mid-unknown";

const content = rfc(8840, "4.4", "MUST");
const grammar = rfc(8840, "9.2");

/** Every fault of a fragment, by its code. */
export const fragmentFaults: Readonly<Record<FragmentFaultCode, FragmentFault>> = {
  "fragment/candidate-after-end": fault("warning", rfc(8838, "13"), () => ({
    en: "A candidate stands after end-of-candidates of its section. Peers may ignore it.",
    ko: "섹션의 end-of-candidates 뒤에 candidate가 있습니다. 상대가 무시할 수 있습니다.",
  })),
  "fragment/credentials-incomplete": fault("error", content, (present, absent) => ({
    en: `There is a=${present} without a=${absent}: both are needed to know the ICE session.`,
    ko: `a=${present}만 있고 a=${absent}가 없습니다. ICE 세션을 알려면 둘 다 필요합니다.`,
  })),
  "fragment/credentials-level": fault("error", content, (here, there) => ({
    en: `The credentials stand at ${here} level, but in the description at ${there} level.`,
    ko: `자격 증명이 ${here} 레벨에 있지만 description에서는 ${there} 레벨에 있습니다.`,
  })),
  "fragment/credentials-missing": fault("error", content, () => ({
    en: "There is no a=ice-ufrag and a=ice-pwd: nobody knows which ICE session the candidates belong to.",
    ko: "a=ice-ufrag와 a=ice-pwd가 없습니다. candidate가 어느 ICE 세션에 속하는지 알 수 없습니다.",
  })),
  "fragment/credentials-unknown": fault("warning", rfc(8838, "9"), (ufrag, known) => ({
    en: `The ufrag "${ufrag}" is not the description's "${known}": an ICE restart, or candidates of an earlier session.`,
    ko: `ufrag "${ufrag}"은(는) description의 "${known}"과(와) 다릅니다. ICE 재시작이거나 이전 세션의 candidate입니다.`,
  })),
  "fragment/duplicate-candidate": fault("warning", content, (first) => ({
    en: `The same candidate (address, port, transport, component) stands on line ${first} too.`,
    ko: `같은 candidate(주소, port, transport, component)가 ${first}번째 줄에도 있습니다.`,
  })),
  "fragment/empty": fault("error", grammar, () => ({
    en: "The fragment is empty.",
    ko: "fragment가 비어 있습니다.",
  })),
  "fragment/line-syntax": fault("error", grammar, (line) => ({
    en: `"${line}" is not a line of SDP: one letter, "=" and a value.`,
    ko: `"${line}"은(는) SDP 줄이 아닙니다. 한 글자, "=", 값이어야 합니다.`,
  })),
  "fragment/line-unexpected": fault("warning", grammar, (type) => ({
    en: `A ${type}= line has no place in a fragment: it holds a= lines and pseudo m= lines only.`,
    ko: `${type}= 줄은 fragment에 올 수 없습니다. a= 줄과 유사 m= 줄만 담습니다.`,
  })),
  "fragment/m-line-format": fault("warning", content, (value) => ({
    en: `The pseudo media line "${value}" should name one format, 0, as in "m=audio 9 RTP/AVP 0".`,
    ko: `유사 m= 줄 "${value}"은(는) "m=audio 9 RTP/AVP 0"처럼 포맷 0 하나만 가져야 합니다.`,
  })),
  "fragment/m-line-missing": fault("error", content, (name) => ({
    en: `a=${name} stands before any m= line: candidates belong to a pseudo media section with its a=mid.`,
    ko: `a=${name}이(가) m= 줄보다 앞에 있습니다. candidate는 a=mid를 가진 유사 미디어 섹션 안에 있어야 합니다.`,
  })),
  "fragment/mid-late": fault("error", content, () => ({
    en: "a=mid stands after candidates of its section: it must come first, for readers that go line by line.",
    ko: "a=mid가 같은 섹션의 candidate 뒤에 있습니다. 한 줄씩 읽는 상대를 위해 먼저 와야 합니다.",
  })),
  "fragment/mid-missing": fault("error", content, () => ({
    en: "The section has no a=mid: nobody knows which media section its candidates belong to.",
    ko: "섹션에 a=mid가 없습니다. candidate가 어느 미디어 섹션에 속하는지 알 수 없습니다.",
  })),
  "fragment/mid-repeated": fault("warning", content, (mid) => ({
    en: `The mid "${mid}" has two sections in the fragment.`,
    ko: `mid "${mid}"의 섹션이 fragment에 두 개 있습니다.`,
  })),
  "fragment/mid-unknown": fault("error", content, (mid, known) => ({
    en: `The description has no section with mid "${mid}"; there are ${known}.`,
    ko: `description에 mid "${mid}"인 섹션이 없습니다. 있는 것: ${known}.`,
  })),
};

function fault(
  severity: Severity,
  reference: RfcRef,
  message: (value: string, other: string) => Message,
): FragmentFault {
  return { severity, rfc: reference, message };
}
