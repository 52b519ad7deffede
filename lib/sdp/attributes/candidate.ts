import type { Candidate } from "../../ice/candidate.ts";
import { parseCandidate } from "../../ice/parse-candidate.ts";
import { printCandidate } from "../../ice/print-candidate.ts";
import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Scanner } from "../scanner.ts";

type Part =
  | "foundation"
  | "component"
  | "transport"
  | "priority"
  | "address"
  | "port"
  | "type"
  | "relatedAddress"
  | "relatedPort"
  | "extension";

/**
 * `a=candidate`: one address at which this side may be reached. RFC 8839 §5.1. Its grammar lives in `ice/`.
 *
 *     a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.1 rport 46154
 *                 ^ foundation                                     ^ type
 */
export const candidate: Attribute<Candidate, Part> = defineAttribute({
  name: "candidate",
  levels: ["media"],
  multiplicity: "many",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.1"),
  read(scan) {
    const start = scan.at;
    if (scan.text.length > MOST_CHARACTERS) {
      scan.at = scan.end;
      scan.malformed("extension", start + MOST_CHARACTERS);
      return {} as Candidate;
    }
    const { candidate } = parseCandidate(scan.text);
    if (scan.record) noteFields(scan);
    scan.at = scan.end;
    if (candidate === undefined) scan.malformed("type", start);
    return candidate as Candidate;
  },
  print: (value) => printCandidate(value).replace(/^(?:a=)?candidate:/, ""),
  diagnose: (source) =>
    source.length > MOST_CHARACTERS ? undefined : parseCandidate(source).diagnostics,
  summary(value) {
    const { transport, address, port, type, component } = value;
    const kind = kinds.get(type) ?? {
      en: `of the unknown type ${type}`,
      ko: `알 수 없는 type ${type}`,
    };
    const stream = component === 1 ? "" : ` (component ${component})`;
    return {
      en: `This side may be reached at ${address} port ${port} over ${transport.toUpperCase()}${stream}: an address ${kind.en}.`,
      ko: `이쪽은 ${transport.toUpperCase()}로 ${address} 포트 ${port}에서 연결될 수 있습니다${stream}. ${kind.ko}입니다.`,
    };
  },
  parts: {
    foundation: {
      name: { en: "foundation", ko: "foundation" },
      meaning: {
        en: "Candidates of the same type, base, protocol and server share it; their pairs are frozen and thawed together.",
        ko: "type, base, 프로토콜, 서버가 같은 candidate끼리 같은 값을 가지며, 이들의 pair는 함께 동결되고 해제됩니다.",
      },
    },
    component: {
      name: { en: "component", ko: "component" },
      meaning: (text) =>
        text === "2"
          ? { en: "RTCP on a port of its own.", ko: "별도 포트를 쓰는 RTCP입니다." }
          : {
              en: "RTP, and with rtcp-mux RTCP too; for data the only component.",
              ko: "RTP이며, rtcp-mux를 쓰면 RTCP도 포함합니다. 데이터에서는 유일한 component입니다.",
            },
    },
    transport: {
      name: { en: "transport", ko: "전송 프로토콜" },
      meaning: {
        en: "How packets travel: udp or tcp.",
        ko: "패킷을 나르는 방식으로, udp 또는 tcp입니다.",
      },
    },
    priority: {
      name: { en: "priority", ko: "우선순위" },
      meaning: {
        en: "Higher is tried earlier. Its top 8 bits stand for the type, the next 16 for the local preference.",
        ko: "값이 클수록 먼저 시도됩니다. 상위 8비트는 type, 다음 16비트는 local preference를 나타냅니다.",
      },
    },
    address: {
      name: { en: "address", ko: "주소" },
      meaning: (text) =>
        text.endsWith(".local")
          ? {
              en: "An mDNS name instead of an address: the browser hides the local address, and only hosts on the same link can resolve it.",
              ko: "주소 대신 쓰인 mDNS 이름입니다. 브라우저가 로컬 주소를 숨긴 것으로, 같은 링크의 호스트만 해석할 수 있습니다.",
            }
          : { en: "Where checks are sent to.", ko: "연결 검사를 보낼 주소입니다." },
    },
    port: {
      name: { en: "port", ko: "포트" },
      meaning: (text, value) =>
        text === "9" && value.tcpType === "active"
          ? {
              en: "9 stands for no port: an active TCP candidate only connects out.",
              ko: "9는 포트가 없다는 뜻입니다. active TCP candidate는 연결을 걸기만 합니다.",
            }
          : { en: "The port at that address.", ko: "그 주소의 포트입니다." },
    },
    type: {
      name: { en: "type", ko: "type" },
      meaning: (text) => {
        const kind = kinds.get(text);
        return kind
          ? { en: `An address ${kind.en}.`, ko: `${kind.ko}입니다.` }
          : {
              en: "A type that peers do not know and ignore.",
              ko: "상대가 알지 못해 무시하는 type입니다.",
            };
      },
    },
    relatedAddress: {
      name: { en: "related address", ko: "관련 주소" },
      meaning: {
        en: "For diagnosis only: the base of a reflexive candidate, the mapped address of a relayed one. 0.0.0.0 or :: hides it.",
        ko: "진단용입니다. reflexive candidate에서는 base, relay candidate에서는 매핑된 주소이며, 0.0.0.0 또는 ::는 숨겼다는 뜻입니다.",
      },
    },
    relatedPort: {
      name: { en: "related port", ko: "관련 포트" },
      meaning: { en: "The port of the related address.", ko: "관련 주소의 포트입니다." },
    },
    extension: {
      name: { en: "extension", ko: "확장" },
      meaning: (text) => extensions.get(text.slice(0, text.indexOf(" "))) ?? unknownExtension,
    },
  },
});

/** A candidate has some dozen words; a longer text than this is none, and is not read. */
const MOST_CHARACTERS = 4000;

const kinds: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    host: {
      en: "of one of its own network interfaces (host)",
      ko: "자기 네트워크 인터페이스의 주소(host)",
    },
    srflx: {
      en: "that a STUN server saw it come from, outside a NAT (srflx)",
      ko: "STUN 서버가 본, NAT 바깥쪽 주소(srflx)",
    },
    prflx: {
      en: "that the peer saw a check come from (prflx)",
      ko: "연결 검사 중 상대가 본 주소(prflx)",
    },
    relay: {
      en: "on a TURN server that relays for it (relay)",
      ko: "대신 중계하는 TURN 서버의 주소(relay)",
    },
  }),
);

const extensions: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    tcptype: {
      en: "Who opens the TCP connection: active connects, passive waits, so does both at once.",
      ko: "누가 TCP 연결을 여는지 나타냅니다. active는 연결을 걸고, passive는 기다리며, so는 동시에 합니다.",
    },
    ufrag: {
      en: "The ICE generation to which the candidate belongs, named by its ufrag.",
      ko: "이 candidate가 속한 ICE 세대를 ufrag로 나타냅니다.",
    },
    generation: {
      en: "libwebrtc's count of ICE restarts; others ignore it.",
      ko: "libwebrtc가 ICE 재시작 횟수를 센 값으로, 다른 구현은 무시합니다.",
    },
    "network-id": {
      en: "libwebrtc's number of the network interface.",
      ko: "libwebrtc가 네트워크 인터페이스에 붙인 번호입니다.",
    },
    "network-cost": {
      en: "libwebrtc's cost of the network, 0 to 999: cellular is dearer than Wi-Fi.",
      ko: "libwebrtc가 매긴 네트워크 비용(0~999)으로, 셀룰러가 Wi-Fi보다 비쌉니다.",
    },
  }),
);

const unknownExtension: Message = {
  en: "An extension that this library does not know; agents ignore what they do not know.",
  ko: "이 라이브러리가 알지 못하는 확장입니다. ICE 에이전트는 모르는 확장을 무시합니다.",
};

const fixedFields: readonly (Part | "typ")[] = [
  "foundation",
  "component",
  "transport",
  "priority",
  "address",
  "port",
  "typ",
  "type",
];

/** Names the fields of a candidate by their place; behind the type, words come in pairs. */
function noteFields(scan: Scanner<Part>): void {
  for (const field of fixedFields) {
    const start = nextWord(scan);
    if (start === scan.at) return;
    if (field !== "typ") scan.note(field, start);
  }
  for (;;) {
    const nameStart = nextWord(scan);
    if (nameStart === scan.at) return;
    const name = scan.text.slice(nameStart, scan.at);
    const start = nextWord(scan);
    if (name === "raddr") scan.note("relatedAddress", start);
    else if (name === "rport") scan.note("relatedPort", start);
    else scan.note("extension", nameStart);
  }
}

/** Steps over the next word, up to a blank, and returns where it began. */
function nextWord(scan: Scanner<Part>): number {
  while (scan.next === SPACE) scan.at++;
  const start = scan.at;
  while (!scan.isDone && scan.next !== SPACE) scan.at++;
  return start;
}

const SPACE = 0x20;
