import type { Severity } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";

/** What can be wrong with an SDP fragment: its weight, its source, what is demanded, and what to say. */
export interface FragmentFault {
  readonly severity: Severity;
  readonly rfc: RfcRef;
  readonly summary: Message;
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
  "fragment/candidate-after-end": {
    severity: "warning",
    rfc: rfc(8838, "13"),
    summary: {
      en: "No candidates follow end-of-candidates of their generation.",
      ko: "end-of-candidates 뒤에는 같은 세대의 candidate가 오지 않습니다.",
    },
    message: () => ({
      en: "A candidate stands after end-of-candidates of its section. Peers may ignore it.",
      ko: "섹션의 end-of-candidates 뒤에 candidate가 있습니다. 상대가 무시할 수 있습니다.",
    }),
  },
  "fragment/credentials-incomplete": {
    severity: "error",
    rfc: content,
    summary: {
      en: "ice-ufrag and ice-pwd stand together.",
      ko: "ice-ufrag와 ice-pwd는 함께 있어야 합니다.",
    },
    message: (present, absent) => ({
      en: `There is a=${present} without a=${absent}: both are needed to know the ICE session.`,
      ko: `a=${present}만 있고 a=${absent}가 없습니다. ICE 세션을 알려면 둘 다 필요합니다.`,
    }),
  },
  "fragment/credentials-level": {
    severity: "error",
    rfc: content,
    summary: {
      en: "The credentials stand at the level the description has them at.",
      ko: "자격 증명은 description과 같은 레벨에 있어야 합니다.",
    },
    message: (here, there) => ({
      en: `The credentials stand at ${here} level, but in the description at ${there} level.`,
      ko: `자격 증명이 ${here} 레벨에 있지만 description에서는 ${there} 레벨에 있습니다.`,
    }),
  },
  "fragment/credentials-missing": {
    severity: "error",
    rfc: content,
    summary: {
      en: "A fragment always has ice-ufrag and ice-pwd.",
      ko: "fragment에는 항상 ice-ufrag와 ice-pwd가 있어야 합니다.",
    },
    message: () => ({
      en: "There is no a=ice-ufrag and a=ice-pwd: nobody knows which ICE session the candidates belong to.",
      ko: "a=ice-ufrag와 a=ice-pwd가 없습니다. candidate가 어느 ICE 세션에 속하는지 알 수 없습니다.",
    }),
  },
  "fragment/credentials-unknown": {
    severity: "warning",
    rfc: rfc(8838, "9"),
    summary: {
      en: "The credentials are those of the description, unless ICE restarts.",
      ko: "ICE 재시작이 아니면 자격 증명은 description과 같아야 합니다.",
    },
    message: (ufrag, known) => ({
      en: `The ufrag "${ufrag}" is not the description's "${known}": an ICE restart, or candidates of an earlier session.`,
      ko: `fragment의 ufrag는 "${ufrag}"인데 description의 ufrag는 "${known}"입니다. ICE 재시작이거나 이전 세션의 candidate입니다.`,
    }),
  },
  "fragment/duplicate-candidate": {
    severity: "warning",
    rfc: content,
    summary: {
      en: "A candidate stands once: same address, port, transport and component are the same candidate.",
      ko: "candidate는 한 번만 적습니다. 주소, port, transport, component가 같으면 같은 candidate입니다.",
    },
    message: (first) => ({
      en: `The same candidate (address, port, transport, component) stands on line ${first} too.`,
      ko: `같은 candidate(주소, port, transport, component)가 ${first}번째 줄에도 있습니다.`,
    }),
  },
  "fragment/empty": {
    severity: "error",
    rfc: grammar,
    summary: {
      en: "A fragment has at least its credentials.",
      ko: "fragment에는 적어도 자격 증명이 있어야 합니다.",
    },
    message: () => ({
      en: "The fragment is empty.",
      ko: "fragment가 비어 있습니다.",
    }),
  },
  "fragment/line-syntax": {
    severity: "error",
    rfc: grammar,
    summary: {
      en: 'Every line is one letter, "=" and a value.',
      ko: '모든 줄은 한 글자, "=", 값으로 이루어집니다.',
    },
    message: (line) => ({
      en: `"${line}" is not a line of SDP: one letter, "=" and a value.`,
      ko: `SDP 줄이 아닙니다: "${line}". 한 글자, "=", 값이어야 합니다.`,
    }),
  },
  "fragment/line-unexpected": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: "A fragment holds a= lines and pseudo m= lines only.",
      ko: "fragment에는 a= 줄과 유사 m= 줄만 담습니다.",
    },
    message: (type) => ({
      en: `A ${type}= line has no place in a fragment: it holds a= lines and pseudo m= lines only.`,
      ko: `${type}= 줄은 fragment에 올 수 없습니다. a= 줄과 유사 m= 줄만 담습니다.`,
    }),
  },
  "fragment/m-line-format": {
    severity: "warning",
    rfc: content,
    summary: {
      en: "A pseudo m= line names one format, 0.",
      ko: "유사 m= 줄의 포맷은 0 하나입니다.",
    },
    message: (value) => ({
      en: `The pseudo media line "${value}" should name one format, 0, as in "m=audio 9 RTP/AVP 0".`,
      ko: `유사 m= 줄은 "m=audio 9 RTP/AVP 0"처럼 포맷 0 하나만 가져야 하는데 "${value}"입니다.`,
    }),
  },
  "fragment/m-line-missing": {
    severity: "error",
    rfc: content,
    summary: {
      en: "Candidates stand in a pseudo media section.",
      ko: "candidate는 유사 미디어 섹션 안에 있어야 합니다.",
    },
    message: (name) => ({
      en: `a=${name} stands before any m= line: candidates belong to a pseudo media section with its a=mid.`,
      ko: `a=${name} 줄이 m= 줄보다 앞에 있습니다. candidate는 a=mid를 가진 유사 미디어 섹션 안에 있어야 합니다.`,
    }),
  },
  "fragment/mid-late": {
    severity: "error",
    rfc: content,
    summary: {
      en: "a=mid stands before the candidates of its section.",
      ko: "a=mid는 같은 섹션의 candidate보다 앞에 있어야 합니다.",
    },
    message: () => ({
      en: "a=mid stands after candidates of its section: it must come first, for readers that go line by line.",
      ko: "a=mid가 같은 섹션의 candidate 뒤에 있습니다. 한 줄씩 읽는 상대를 위해 먼저 와야 합니다.",
    }),
  },
  "fragment/mid-missing": {
    severity: "error",
    rfc: content,
    summary: {
      en: "Every pseudo media section has its a=mid.",
      ko: "모든 유사 미디어 섹션에는 a=mid가 있어야 합니다.",
    },
    message: () => ({
      en: "The section has no a=mid: nobody knows which media section its candidates belong to.",
      ko: "섹션에 a=mid가 없습니다. candidate가 어느 미디어 섹션에 속하는지 알 수 없습니다.",
    }),
  },
  "fragment/mid-repeated": {
    severity: "warning",
    rfc: content,
    summary: {
      en: "A mid has one section in a fragment.",
      ko: "fragment에서 mid마다 섹션은 하나입니다.",
    },
    message: (mid) => ({
      en: `The mid "${mid}" has two sections in the fragment.`,
      ko: `mid "${mid}"의 섹션이 fragment에 두 개 있습니다.`,
    }),
  },
  "fragment/mid-unknown": {
    severity: "error",
    rfc: content,
    summary: {
      en: "The mids are those of the description.",
      ko: "mid는 description에 있는 것이어야 합니다.",
    },
    message: (mid, known) => ({
      en: `The description has no section with mid "${mid}"; there are ${known}.`,
      ko: `description에 mid "${mid}"인 섹션이 없습니다. 있는 것: ${known}.`,
    }),
  },
};
