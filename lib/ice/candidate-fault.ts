import type { Severity } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc, specification } from "../rfc.ts";
import type { Message } from "../text.ts";

/** What can be wrong with the text of one candidate: its weight, its source and its sentence. */
export interface CandidateFault {
  readonly severity: Severity;
  readonly rfc: RfcRef;
  /** The sentence, with up to two values of the candidate in it. */
  readonly message: (value: string, other: string) => Message;
}

/** The permanent codes of everything `parseCandidate` reports. */
export type CandidateFaultCode =
  | "candidate/not-a-candidate"
  | "candidate/several-lines"
  | "candidate/field-missing"
  | "candidate/typ-missing"
  | "candidate/foundation-empty"
  | "candidate/foundation-syntax"
  | "candidate/component-syntax"
  | "candidate/component-range"
  | "candidate/transport-unknown"
  | "candidate/transport-ssltcp"
  | "candidate/priority-syntax"
  | "candidate/priority-range"
  | "candidate/port-syntax"
  | "candidate/port-range"
  | "candidate/type-unknown"
  | "candidate/related-address-empty"
  | "candidate/related-port-syntax"
  | "candidate/related-order"
  | "candidate/extension-without-value"
  | "candidate/extension-duplicate"
  | "candidate/tcptype-missing"
  | "candidate/tcptype-unknown"
  | "candidate/tcptype-on-udp"
  | "candidate/trailing-blank"
  | "candidate/extra-blank"
  | "candidate/control-character"
  | "candidate/init-without-section"
  | "candidate/init-ufrag-differs";

const grammar = rfc(8839, "5.1");
const tcpGrammar = rfc(6544, "4.5");

/** Every fault of a candidate's text, by its code. */
export const candidateFaults: Readonly<Record<CandidateFaultCode, CandidateFault>> = {
  "candidate/not-a-candidate": fault("error", grammar, (text) => ({
    en: `"${text}" is not a candidate: a candidate starts with "candidate:" and has at least eight fields.`,
    ko: `"${text}"은(는) candidate가 아닙니다. candidate는 "candidate:"로 시작하고 필드가 여덟 개 이상이어야 합니다.`,
  })),
  "candidate/several-lines": fault("error", grammar, () => ({
    en: "A line break stands inside the candidate. Hand over one candidate at a time.",
    ko: "candidate 안에 줄바꿈이 있습니다. candidate는 한 번에 하나씩 전달해야 합니다.",
  })),
  "candidate/field-missing": fault("error", grammar, (field) => ({
    en: `The candidate ends where its ${field} should stand.`,
    ko: `candidate가 ${field} 자리에서 끝납니다.`,
  })),
  "candidate/typ-missing": fault("error", grammar, (found) => ({
    en: `"${found}" stands where "typ" should: a field before it is missing or one too many.`,
    ko: `"typ"이 있어야 할 자리에 "${found}"이(가) 있습니다. 앞의 필드가 빠졌거나 하나 더 있습니다.`,
  })),
  "candidate/foundation-empty": fault("warning", grammar, () => ({
    en: "The foundation is empty. Some devices send it so, but a peer that splits at blanks reads every field one place off.",
    ko: "foundation이 비어 있습니다. 이렇게 보내는 기기가 있지만, 공백으로 나누어 읽는 상대는 모든 필드를 한 칸씩 밀려서 읽습니다.",
  })),
  "candidate/foundation-syntax": fault("warning", grammar, (foundation) => ({
    en: `The foundation "${foundation}" is not 1 to 32 letters, digits, "+" or "/".`,
    ko: `foundation "${foundation}"은(는) 영문자, 숫자, "+", "/" 1~32자가 아닙니다.`,
  })),
  "candidate/component-syntax": fault("error", grammar, (component) => ({
    en: `The component "${component}" is not a number.`,
    ko: `component "${component}"은(는) 숫자가 아닙니다.`,
  })),
  "candidate/component-range": fault("error", grammar, (component) => ({
    en: `Component ${component} is not between 1 and 256.`,
    ko: `component ${component}은(는) 1~256 범위를 벗어났습니다.`,
  })),
  "candidate/transport-unknown": fault("warning", grammar, (transport) => ({
    en: `"${transport}" is neither udp nor tcp. Peers ignore a candidate whose transport they do not know.`,
    ko: `"${transport}"은(는) udp도 tcp도 아닙니다. 상대는 모르는 transport의 candidate를 무시합니다.`,
  })),
  "candidate/transport-ssltcp": fault("info", rfc(6544, "4.5"), () => ({
    en: `"ssltcp" is a libwebrtc extension: TCP that begins with a fake TLS handshake. Other agents ignore the candidate.`,
    ko: `"ssltcp"는 libwebrtc 확장으로, 가짜 TLS 핸드셰이크로 시작하는 TCP입니다. 다른 구현은 이 candidate를 무시합니다.`,
  })),
  "candidate/priority-syntax": fault("error", grammar, (priority) => ({
    en: `The priority "${priority}" is not a number of 1 to 10 digits.`,
    ko: `priority "${priority}"은(는) 1~10자리 숫자가 아닙니다.`,
  })),
  "candidate/priority-range": fault("warning", rfc(8445, "5.1.2", "MUST"), (priority) => ({
    en: `Priority ${priority} is not between 1 and 2147483647.`,
    ko: `priority ${priority}은(는) 1~2147483647 범위를 벗어났습니다.`,
  })),
  "candidate/port-syntax": fault("error", grammar, (port) => ({
    en: `The port "${port}" is not a number.`,
    ko: `port "${port}"은(는) 숫자가 아닙니다.`,
  })),
  "candidate/port-range": fault("error", grammar, (port) => ({
    en: `Port ${port} is above 65535.`,
    ko: `port ${port}은(는) 65535보다 큽니다.`,
  })),
  "candidate/type-unknown": fault("warning", grammar, (type) => ({
    en: `The type "${type}" is none of host, srflx, prflx and relay. Peers ignore the candidate.`,
    ko: `type "${type}"은(는) host, srflx, prflx, relay 중 어느 것도 아닙니다. 상대는 이 candidate를 무시합니다.`,
  })),
  "candidate/related-address-empty": fault("warning", grammar, () => ({
    en: `"raddr" has no value. Write 0.0.0.0 or :: to hide the related address.`,
    ko: `"raddr"에 값이 없습니다. 관련 주소를 숨기려면 0.0.0.0 또는 ::을 쓰십시오.`,
  })),
  "candidate/related-port-syntax": fault("warning", grammar, (port) => ({
    en: `The related port "${port}" is not a number between 0 and 65535.`,
    ko: `관련 port "${port}"은(는) 0~65535 사이의 숫자가 아닙니다.`,
  })),
  "candidate/related-order": fault("warning", grammar, (name) => ({
    en: `"${name}" stands out of order: "raddr" and then "rport" come right after the type, before every extension.`,
    ko: `"${name}"의 순서가 어긋났습니다. "raddr", "rport"는 이 순서로 type 바로 뒤, 모든 확장 앞에 와야 합니다.`,
  })),
  "candidate/extension-without-value": fault("warning", grammar, (name) => ({
    en: `The extension "${name}" has no value: after the type the words come in pairs.`,
    ko: `확장 "${name}"에 값이 없습니다. type 뒤의 단어는 이름과 값의 쌍이어야 합니다.`,
  })),
  "candidate/extension-duplicate": fault("warning", grammar, (name) => ({
    en: `"${name}" appears twice. The first value is used.`,
    ko: `"${name}"이(가) 두 번 나옵니다. 첫 번째 값을 사용합니다.`,
  })),
  "candidate/tcptype-missing": fault("error", tcpGrammar, () => ({
    en: "A TCP candidate needs tcptype: without active, passive or so nobody knows who connects.",
    ko: "TCP candidate에는 tcptype이 필요합니다. active, passive, so 중 하나가 없으면 누가 연결을 여는지 알 수 없습니다.",
  })),
  "candidate/tcptype-unknown": fault("error", tcpGrammar, (value) => ({
    en: `tcptype "${value}" is none of active, passive and so.`,
    ko: `tcptype "${value}"은(는) active, passive, so 중 어느 것도 아닙니다.`,
  })),
  "candidate/tcptype-on-udp": fault("warning", tcpGrammar, (transport) => ({
    en: `tcptype stands on a ${transport} candidate, where it has no meaning.`,
    ko: `tcptype이 ${transport} candidate에 있습니다. 여기서는 의미가 없습니다.`,
  })),
  "candidate/trailing-blank": fault("info", grammar, () => ({
    en: "Blanks stand after the last field. Strict parsers read one more, empty field.",
    ko: "마지막 필드 뒤에 공백이 있습니다. 엄격한 파서는 빈 필드가 하나 더 있다고 읽습니다.",
  })),
  "candidate/extra-blank": fault("warning", grammar, () => ({
    en: "Fields are separated by exactly one space.",
    ko: "필드는 정확히 공백 하나로 구분해야 합니다.",
  })),
  "candidate/control-character": fault("error", grammar, (code) => ({
    en: `The control character ${code} stands inside the candidate.`,
    ko: `candidate 안에 제어 문자 ${code}이(가) 있습니다.`,
  })),
  "candidate/init-without-section": fault(
    "error",
    specification(
      "webrtc-pc",
      "4.4.2",
      "https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addicecandidate",
    ),
    () => ({
      en: "Neither sdpMid nor sdpMLineIndex is given: addIceCandidate rejects such a candidate with a TypeError.",
      ko: "sdpMid와 sdpMLineIndex가 모두 없습니다. addIceCandidate는 이런 candidate를 TypeError로 거부합니다.",
    }),
  ),
  "candidate/init-ufrag-differs": fault(
    "warning",
    specification(
      "webrtc-pc",
      "4.8.1",
      "https://www.w3.org/TR/webrtc/#dom-rtcicecandidateinit-usernamefragment",
    ),
    (member, text) => ({
      en: `usernameFragment is "${member}", but the candidate's own text says ufrag "${text}".`,
      ko: `usernameFragment는 "${member}"인데 candidate 텍스트의 ufrag는 "${text}"입니다.`,
    }),
  ),
};

function fault(
  severity: Severity,
  reference: RfcRef,
  message: (value: string, other: string) => Message,
): CandidateFault {
  return { severity, rfc: reference, message };
}
