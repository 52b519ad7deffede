import type { Severity } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc, specification } from "../rfc.ts";
import type { Message } from "../text.ts";

/** What can be wrong with one candidate: its weight, its source, what is demanded, and what to say. */
export interface CandidateFault {
  readonly severity: Severity;
  readonly rfc: RfcRef;
  readonly summary: Message;
  /** The sentence, with up to two values of the candidate in it. */
  readonly message: (value: string, other: string) => Message;
}

/** The permanent codes of everything `parseCandidate` reports. */
export type CandidateFaultCode =
  | "candidate/address-syntax"
  | "candidate/address-unusable"
  | "candidate/component-range"
  | "candidate/component-syntax"
  | "candidate/control-character"
  | "candidate/extension-duplicate"
  | "candidate/extension-unknown"
  | "candidate/extension-without-value"
  | "candidate/extra-blank"
  | "candidate/field-missing"
  | "candidate/foreign-text"
  | "candidate/foundation-empty"
  | "candidate/foundation-syntax"
  | "candidate/host-name"
  | "candidate/init-ufrag-differs"
  | "candidate/init-without-section"
  | "candidate/json-text"
  | "candidate/loopback"
  | "candidate/mdns-name"
  | "candidate/not-a-candidate"
  | "candidate/port-range"
  | "candidate/port-syntax"
  | "candidate/port-zero"
  | "candidate/prefix-case"
  | "candidate/priority-component"
  | "candidate/priority-range"
  | "candidate/priority-syntax"
  | "candidate/related-address-empty"
  | "candidate/related-address-missing"
  | "candidate/related-address-on-host"
  | "candidate/related-order"
  | "candidate/related-port-missing"
  | "candidate/related-port-syntax"
  | "candidate/several-lines"
  | "candidate/tcp-active-port"
  | "candidate/tcptype-missing"
  | "candidate/tcptype-on-udp"
  | "candidate/tcptype-unknown"
  | "candidate/trailing-blank"
  | "candidate/transport-ssltcp"
  | "candidate/transport-unknown"
  | "candidate/typ-missing"
  | "candidate/type-preference-range"
  | "candidate/type-unknown"
  | "candidate/zone-id";

const grammar = rfc(8839, "5.1");
const demanded = rfc(8839, "5.1", "MUST");
const forbidden = rfc(8839, "5.1", "MUST NOT");
const tcpGrammar = rfc(6544, "4.5");
const mdns = specification(
  "draft-ietf-mmusic-mdns-ice-candidates",
  "3.1.1",
  "https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-mdns-ice-candidates#section-3.1.1",
);
const onePerCall: Message = {
  en: "A candidate is one line.",
  ko: "candidate는 한 줄이어야 합니다.",
};
const fixedPart: Message = {
  en: "A candidate has foundation, component, transport, priority, address, port, typ and type, in this order.",
  ko: "candidate에는 foundation, component, transport, priority, address, port, typ, type이 이 순서로 있어야 합니다.",
};
const oneSpace: Message = {
  en: "Exactly one space separates the fields of a candidate.",
  ko: "candidate의 필드는 공백 하나로 구분해야 합니다.",
};
const knownTcpType: Message = {
  en: "A TCP candidate says tcptype active, passive or so.",
  ko: "TCP candidate에는 tcptype active, passive, so 중 하나가 있어야 합니다.",
};
const relatedForReflexive: Message = {
  en: "srflx, prflx and relay candidates have raddr and rport; hidden ones are 0.0.0.0 or ::.",
  ko: "srflx, prflx, relay candidate에는 raddr와 rport가 있어야 하며, 숨길 때는 0.0.0.0 또는 ::을 씁니다.",
};
const pairsAfterType: Message = {
  en: "After the type, raddr and rport and then extensions stand as pairs of a name and a value.",
  ko: "type 뒤에는 raddr, rport, 그다음 확장이 이름과 값의 쌍으로 와야 합니다.",
};

/** Every fault of a candidate, by its code. */
export const candidateFaults: Readonly<Record<CandidateFaultCode, CandidateFault>> = {
  "candidate/address-syntax": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: "The address is an IPv4 or IPv6 address or a name.",
      ko: "주소는 IPv4, IPv6 주소 또는 이름이어야 합니다.",
    },
    message: (address) => ({
      en: `"${address}" is neither an IP address nor a name.`,
      ko: `IP 주소도 이름도 아닙니다: "${address}".`,
    }),
  },
  "candidate/address-unusable": {
    severity: "warning",
    rfc: rfc(8445, "5.1.1.1"),
    summary: {
      en: "A candidate's address is one that a peer can send to.",
      ko: "candidate의 주소는 상대가 보낼 수 있는 주소여야 합니다.",
    },
    message: (address, scope) => ({
      en: `Nobody can send to ${address}: it is ${scope}.`,
      ko: `${address}(${scope})에는 아무도 보낼 수 없습니다.`,
    }),
  },
  "candidate/component-range": {
    severity: "error",
    rfc: grammar,
    summary: {
      en: "The component is between 1 and 256.",
      ko: "component는 1~256이어야 합니다.",
    },
    message: (component) => ({
      en: `Component ${component} is not between 1 and 256.`,
      ko: `component 값(${component})이 1~256 범위를 벗어났습니다.`,
    }),
  },
  "candidate/component-syntax": {
    severity: "error",
    rfc: grammar,
    summary: fixedPart,
    message: (component) => ({
      en: `The component "${component}" is not a number.`,
      ko: `component가 숫자가 아닙니다: "${component}".`,
    }),
  },
  "candidate/control-character": {
    severity: "error",
    rfc: grammar,
    summary: {
      en: "A candidate has no control characters.",
      ko: "candidate에는 제어 문자가 없어야 합니다.",
    },
    message: (code) => ({
      en: `The control character ${code} stands inside the candidate.`,
      ko: `candidate 안에 제어 문자(${code})가 있습니다.`,
    }),
  },
  "candidate/extension-duplicate": {
    severity: "warning",
    rfc: grammar,
    summary: pairsAfterType,
    message: (name) => ({
      en: `"${name}" appears twice. The first value is used.`,
      ko: `같은 이름("${name}")이 두 번 나옵니다. 첫 번째 값을 사용합니다.`,
    }),
  },
  "candidate/extension-unknown": {
    severity: "info",
    rfc: demanded,
    summary: {
      en: "Peers ignore extensions they do not know; a name nobody knows may be a slip of the pen.",
      ko: "상대는 모르는 확장을 무시합니다. 아무도 모르는 이름이라면 오타일 수 있습니다.",
    },
    message: (name) => ({
      en: `The extension "${name}" is known to no agent we know. It is ignored and kept.`,
      ko: `"${name}" 확장을 쓰는 구현은 알려져 있지 않습니다. 무시되며 그대로 보존됩니다.`,
    }),
  },
  "candidate/extension-without-value": {
    severity: "warning",
    rfc: grammar,
    summary: pairsAfterType,
    message: (name) => ({
      en: `The extension "${name}" has no value: after the type the words come in pairs.`,
      ko: `확장 "${name}"에 값이 없습니다. type 뒤의 단어는 이름과 값의 쌍이어야 합니다.`,
    }),
  },
  "candidate/extra-blank": {
    severity: "warning",
    rfc: grammar,
    summary: oneSpace,
    message: () => ({
      en: "Fields are separated by exactly one space.",
      ko: "필드는 정확히 공백 하나로 구분해야 합니다.",
    }),
  },
  "candidate/field-missing": {
    severity: "error",
    rfc: grammar,
    summary: fixedPart,
    message: (field) => ({
      en: `The candidate ends where its ${field} should stand.`,
      ko: `candidate가 ${field} 자리에서 끝납니다.`,
    }),
  },
  "candidate/foreign-text": {
    severity: "error",
    rfc: grammar,
    summary: {
      en: "Foundation and type are words; a text with quotes, braces or colons there is no candidate.",
      ko: "foundation과 type은 단어입니다. 그 자리에 따옴표, 괄호, 콜론이 있는 텍스트는 candidate가 아닙니다.",
    },
    message: (word, field) => ({
      en: `"${word}" cannot be a ${field}: something else than a candidate begins or ends in this text.`,
      ko: `${field} 자리에 올 수 없는 텍스트("${word}")가 있습니다. candidate가 아닌 다른 내용이 섞여 있습니다.`,
    }),
  },
  "candidate/foundation-empty": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: "The foundation has 1 to 32 characters.",
      ko: "foundation은 1~32자여야 합니다.",
    },
    message: () => ({
      en: "The foundation is empty. Some devices send it so, but a peer that splits at blanks reads every field one place off.",
      ko: "foundation이 비어 있습니다. 이렇게 보내는 기기가 있지만, 공백으로 나누어 읽는 상대는 모든 필드를 한 칸씩 밀려서 읽습니다.",
    }),
  },
  "candidate/foundation-syntax": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: `The foundation is 1 to 32 letters, digits, "+" or "/".`,
      ko: `foundation은 영문자, 숫자, "+", "/" 1~32자여야 합니다.`,
    },
    message: (foundation) => ({
      en: `The foundation "${foundation}" is not 1 to 32 letters, digits, "+" or "/".`,
      ko: `foundation이 영문자, 숫자, "+", "/" 1~32자가 아닙니다: "${foundation}".`,
    }),
  },
  "candidate/host-name": {
    severity: "warning",
    rfc: forbidden,
    summary: {
      en: "A candidate has an IP address or an mDNS name, no other host name.",
      ko: "candidate에는 IP 주소나 mDNS 이름만 쓸 수 있고 다른 호스트 이름은 쓸 수 없습니다.",
    },
    message: (name) => ({
      en: `"${name}" is a host name: agents are told to ignore such a candidate, and some browsers do.`,
      ko: `주소 자리에 호스트 이름("${name}")이 있습니다. 규격은 이런 candidate를 무시하라고 하며, 실제로 무시하는 브라우저가 있습니다.`,
    }),
  },
  "candidate/init-ufrag-differs": {
    severity: "warning",
    rfc: specification(
      "webrtc-pc",
      "4.8.1",
      "https://www.w3.org/TR/webrtc/#dom-rtcicecandidateinit-usernamefragment",
    ),
    summary: {
      en: "usernameFragment and the ufrag in the text name one ICE session.",
      ko: "usernameFragment와 텍스트의 ufrag는 같은 ICE 세션을 가리켜야 합니다.",
    },
    message: (member, text) => ({
      en: `usernameFragment is "${member}", but the candidate's own text says ufrag "${text}".`,
      ko: `usernameFragment는 "${member}"인데 candidate 텍스트의 ufrag는 "${text}"입니다.`,
    }),
  },
  "candidate/init-without-section": {
    severity: "error",
    rfc: specification(
      "webrtc-pc",
      "4.4.2",
      "https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addicecandidate",
    ),
    summary: {
      en: "An RTCIceCandidateInit names its section by sdpMid or sdpMLineIndex.",
      ko: "RTCIceCandidateInit은 sdpMid나 sdpMLineIndex로 섹션을 지정해야 합니다.",
    },
    message: () => ({
      en: "Neither sdpMid nor sdpMLineIndex is given: addIceCandidate rejects such a candidate with a TypeError.",
      ko: "sdpMid와 sdpMLineIndex가 모두 없습니다. addIceCandidate는 이런 candidate를 TypeError로 거부합니다.",
    }),
  },
  "candidate/json-text": {
    severity: "warning",
    rfc: specification(
      "webrtc-pc",
      "4.8.1",
      "https://www.w3.org/TR/webrtc/#dom-rtcicecandidate-tojson",
    ),
    summary: {
      en: "A candidate is given as its text or as an object, not as JSON text.",
      ko: "candidate는 JSON 텍스트가 아니라 candidate 텍스트나 객체로 전달해야 합니다.",
    },
    message: () => ({
      en: "This is the JSON text of a candidate, and is read as one; addIceCandidate needs JSON.parse first.",
      ko: "candidate의 JSON 텍스트이므로 그 안의 candidate를 읽었습니다. addIceCandidate에는 JSON.parse를 거쳐 전달해야 합니다.",
    }),
  },
  "candidate/loopback": {
    severity: "warning",
    rfc: rfc(8445, "5.1.1.1", "MUST NOT"),
    summary: {
      en: "Loopback addresses are no candidates.",
      ko: "루프백 주소는 candidate로 쓸 수 없습니다.",
    },
    message: (address) => ({
      en: `${address} is a loopback address: only this machine itself can reach it.`,
      ko: `루프백 주소(${address})입니다. 이 기기 자신만 접근할 수 있습니다.`,
    }),
  },
  "candidate/mdns-name": {
    severity: "warning",
    rfc: mdns,
    summary: {
      en: "An mDNS name is a version 4 UUID and .local.",
      ko: "mDNS 이름은 버전 4 UUID 뒤에 .local이 붙은 형태여야 합니다.",
    },
    message: (name) => ({
      en: `"${name}" is not a version 4 UUID and ".local": browsers resolve only such names.`,
      ko: `mDNS 이름 "${name}" 앞부분이 버전 4 UUID가 아닙니다. 브라우저는 버전 4 UUID 뒤에 ".local"이 붙은 이름만 주소로 바꿉니다.`,
    }),
  },
  "candidate/not-a-candidate": {
    severity: "error",
    rfc: grammar,
    summary: fixedPart,
    message: (text) => ({
      en: `"${text}" is not a candidate: a candidate starts with "candidate:" and has at least eight fields.`,
      ko: `candidate가 아닙니다: "${text}". candidate는 "candidate:"로 시작하고 필드가 여덟 개 이상이어야 합니다.`,
    }),
  },
  "candidate/port-range": {
    severity: "error",
    rfc: grammar,
    summary: { en: "The port is at most 65535.", ko: "port는 65535 이하여야 합니다." },
    message: (port) => ({
      en: `Port ${port} is above 65535.`,
      ko: `port 값(${port})이 65535보다 큽니다.`,
    }),
  },
  "candidate/port-syntax": {
    severity: "error",
    rfc: grammar,
    summary: fixedPart,
    message: (port) => ({
      en: `The port "${port}" is not a number.`,
      ko: `port가 숫자가 아닙니다: "${port}".`,
    }),
  },
  "candidate/port-zero": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: "A candidate's port is not 0; an active TCP candidate has 9.",
      ko: "candidate의 port는 0이 아니어야 하며, active TCP candidate는 9를 씁니다.",
    },
    message: () => ({
      en: "Nobody can send to port 0.",
      ko: "port 0에는 아무도 보낼 수 없습니다.",
    }),
  },
  "candidate/prefix-case": {
    severity: "warning",
    rfc: rfc(8866, "5"),
    summary: {
      en: "SDP is case-sensitive: a candidate begins with candidate:, in lower case.",
      ko: "SDP는 대소문자를 구분합니다. candidate는 소문자 candidate:로 시작해야 합니다.",
    },
    message: (found, wanted) => ({
      en: `"${found}" is not "${wanted}": names in SDP are case-sensitive, and other readers refuse the candidate.`,
      ko: `"${found}" 대신 "${wanted}"라고 써야 합니다. SDP의 이름은 대소문자를 구분하므로 다른 구현은 이 candidate를 거부합니다.`,
    }),
  },
  "candidate/priority-component": {
    severity: "info",
    rfc: rfc(8445, "5.1.2.1"),
    summary: {
      en: "The last byte of the priority is 256 less the component.",
      ko: "priority의 마지막 바이트는 256에서 component를 뺀 값입니다.",
    },
    message: (computed, actual) => ({
      en: `The priority was computed for component ${computed}, but the candidate is of component ${actual}.`,
      ko: `이 priority는 component ${computed}용으로 계산되었지만 candidate는 component ${actual}입니다.`,
    }),
  },
  "candidate/priority-range": {
    severity: "warning",
    rfc: rfc(8445, "5.1.2", "MUST"),
    summary: {
      en: "The priority is between 1 and 2147483647.",
      ko: "priority는 1~2147483647이어야 합니다.",
    },
    message: (priority) => ({
      en: `Priority ${priority} is not between 1 and 2147483647.`,
      ko: `priority 값(${priority})이 1~2147483647 범위를 벗어났습니다.`,
    }),
  },
  "candidate/priority-syntax": {
    severity: "error",
    rfc: grammar,
    summary: fixedPart,
    message: (priority) => ({
      en: `The priority "${priority}" is not a number of 1 to 10 digits.`,
      ko: `priority가 1~10자리 숫자가 아닙니다: "${priority}".`,
    }),
  },
  "candidate/related-address-empty": {
    severity: "warning",
    rfc: grammar,
    summary: relatedForReflexive,
    message: () => ({
      en: `"raddr" has no value. Write 0.0.0.0 or :: to hide the related address.`,
      ko: `"raddr"에 값이 없습니다. 관련 주소를 숨기려면 0.0.0.0 또는 ::을 쓰십시오.`,
    }),
  },
  "candidate/related-address-missing": {
    severity: "warning",
    rfc: demanded,
    summary: relatedForReflexive,
    message: (type) => ({
      en: `A ${type} candidate has raddr and rport; to hide them write "raddr 0.0.0.0 rport 9".`,
      ko: `${type} candidate에는 raddr와 rport가 있어야 합니다. 숨기려면 "raddr 0.0.0.0 rport 9"라고 쓰십시오.`,
    }),
  },
  "candidate/related-address-on-host": {
    severity: "warning",
    rfc: demanded,
    summary: {
      en: "A host candidate has no raddr and rport.",
      ko: "host candidate에는 raddr와 rport가 없어야 합니다.",
    },
    message: (name) => ({
      en: `A host candidate has no ${name}: it is its own base.`,
      ko: `host candidate에는 ${name} 항목이 없어야 합니다. 자신이 곧 base이기 때문입니다.`,
    }),
  },
  "candidate/related-order": {
    severity: "warning",
    rfc: grammar,
    summary: pairsAfterType,
    message: (name) => ({
      en: `"${name}" stands out of order: "raddr" and then "rport" come right after the type, before every extension.`,
      ko: `"${name}"의 순서가 어긋났습니다. "raddr", "rport"는 이 순서로 type 바로 뒤, 모든 확장 앞에 와야 합니다.`,
    }),
  },
  "candidate/related-port-missing": {
    severity: "warning",
    rfc: demanded,
    summary: relatedForReflexive,
    message: (type) => ({
      en: `The ${type} candidate has raddr but no rport.`,
      ko: `${type} candidate에 raddr는 있지만 rport가 없습니다.`,
    }),
  },
  "candidate/related-port-syntax": {
    severity: "warning",
    rfc: grammar,
    summary: relatedForReflexive,
    message: (port) => ({
      en: `The related port "${port}" is not a number between 0 and 65535.`,
      ko: `관련 port가 0~65535 사이의 숫자가 아닙니다: "${port}".`,
    }),
  },
  "candidate/several-lines": {
    severity: "error",
    rfc: grammar,
    summary: onePerCall,
    message: () => ({
      en: "A line break stands inside the candidate. Hand over one candidate at a time.",
      ko: "candidate 안에 줄바꿈이 있습니다. candidate는 한 번에 하나씩 전달해야 합니다.",
    }),
  },
  "candidate/tcp-active-port": {
    severity: "warning",
    rfc: tcpGrammar,
    summary: {
      en: "An active TCP candidate has port 9: nobody connects to it.",
      ko: "active TCP candidate의 port는 9입니다. 이쪽으로 연결할 상대가 없기 때문입니다.",
    },
    message: (port) => ({
      en: `An active TCP candidate has port 9, not ${port}: nobody connects to it.`,
      ko: `active TCP candidate의 port는 9여야 하는데 ${port}입니다. 이쪽으로 연결할 상대가 없기 때문입니다.`,
    }),
  },
  "candidate/tcptype-missing": {
    severity: "error",
    rfc: tcpGrammar,
    summary: knownTcpType,
    message: () => ({
      en: "A TCP candidate needs tcptype: without active, passive or so nobody knows who connects.",
      ko: "TCP candidate에는 tcptype이 필요합니다. active, passive, so 중 하나가 없으면 누가 연결을 여는지 알 수 없습니다.",
    }),
  },
  "candidate/tcptype-on-udp": {
    severity: "warning",
    rfc: tcpGrammar,
    summary: {
      en: "Only TCP candidates say tcptype.",
      ko: "tcptype은 TCP candidate에만 씁니다.",
    },
    message: (transport) => ({
      en: `tcptype stands on a ${transport} candidate, where it has no meaning.`,
      ko: `tcptype이 ${transport} candidate에 있습니다. 여기서는 의미가 없습니다.`,
    }),
  },
  "candidate/tcptype-unknown": {
    severity: "error",
    rfc: tcpGrammar,
    summary: knownTcpType,
    message: (value) => ({
      en: `tcptype "${value}" is none of active, passive and so.`,
      ko: `tcptype이 active, passive, so 중 어느 것도 아닙니다: "${value}".`,
    }),
  },
  "candidate/trailing-blank": {
    severity: "info",
    rfc: grammar,
    summary: oneSpace,
    message: () => ({
      en: "Blanks stand after the last field. Strict parsers read one more, empty field.",
      ko: "마지막 필드 뒤에 공백이 있습니다. 엄격한 파서는 빈 필드가 하나 더 있다고 읽습니다.",
    }),
  },
  "candidate/transport-ssltcp": {
    severity: "info",
    rfc: grammar,
    summary: {
      en: "The transport is udp or tcp.",
      ko: "transport는 udp 또는 tcp여야 합니다.",
    },
    message: () => ({
      en: `"ssltcp" is a libwebrtc extension: TCP that begins with a fake TLS handshake. Other agents ignore the candidate.`,
      ko: `"ssltcp"는 libwebrtc 확장으로, 가짜 TLS 핸드셰이크로 시작하는 TCP입니다. 다른 구현은 이 candidate를 무시합니다.`,
    }),
  },
  "candidate/transport-unknown": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: "The transport is udp or tcp.",
      ko: "transport는 udp 또는 tcp여야 합니다.",
    },
    message: (transport) => ({
      en: `"${transport}" is neither udp nor tcp. Peers ignore a candidate whose transport they do not know.`,
      ko: `transport가 udp도 tcp도 아닙니다: "${transport}". 상대는 모르는 transport의 candidate를 무시합니다.`,
    }),
  },
  "candidate/typ-missing": {
    severity: "error",
    rfc: grammar,
    summary: fixedPart,
    message: (found) => ({
      en: `"${found}" stands where "typ" should: a field before it is missing or one too many.`,
      ko: `"typ"이 있어야 할 자리에 다른 단어("${found}")가 있습니다. 앞의 필드가 빠졌거나 하나 더 있습니다.`,
    }),
  },
  "candidate/type-preference-range": {
    severity: "warning",
    rfc: rfc(8445, "5.1.2.1", "MUST"),
    summary: {
      en: "The type preference, the first byte of the priority, is at most 126.",
      ko: "priority의 첫 바이트인 type preference는 126 이하여야 합니다.",
    },
    message: (preference) => ({
      en: `The priority has type preference ${preference}; 126 is the most.`,
      ko: `priority의 type preference가 ${preference}입니다. 최댓값은 126입니다.`,
    }),
  },
  "candidate/type-unknown": {
    severity: "warning",
    rfc: grammar,
    summary: {
      en: "The type is host, srflx, prflx or relay.",
      ko: "type은 host, srflx, prflx, relay 중 하나여야 합니다.",
    },
    message: (type) => ({
      en: `The type "${type}" is none of host, srflx, prflx and relay. Peers ignore the candidate.`,
      ko: `type이 host, srflx, prflx, relay 중 어느 것도 아닙니다: "${type}". 상대는 이 candidate를 무시합니다.`,
    }),
  },
  "candidate/zone-id": {
    severity: "warning",
    rfc: rfc(4007, "11.2"),
    summary: {
      en: "An address on the wire has no zone.",
      ko: "주고받는 주소에는 zone이 없어야 합니다.",
    },
    message: (zone) => ({
      en: `The zone "%${zone}" means something on the sending machine only.`,
      ko: `zone("%${zone}")은 보내는 기기 안에서만 의미가 있습니다.`,
    }),
  },
};
