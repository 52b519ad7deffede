import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import { payloadTypeTexts } from "../encoding.ts";
import { trimmed } from "../growing-list.ts";
import type { Scanner } from "../scanner.ts";

/** What an `m=` line says. RFC 8866 §5.14. */
export interface MediaLine {
  readonly kind: string;
  readonly port: number;
  /** The number after the slash; 1 when there is none. */
  readonly portCount: number;
  readonly protocol: string;
  readonly formats: readonly string[];
}

type Part = "kind" | "port" | "portCount" | "protocol" | "format";

/**
 * `m=` begins a media section. RFC 8866 §5.14.
 *
 *     m=video 9 UDP/TLS/RTP/SAVPF 96 97
 *             ^ port              ^ formats
 */
export const media: LineKind<MediaLine, Part> = defineLine({
  type: "m",
  levels: ["media"],
  multiplicity: "one",
  rfc: rfc(8866, "5.14"),
  read(scan) {
    const kind = scan.word("kind");
    const port = scan.integer("port", 65535);
    const portCount = scan.skip(SLASH) ? scan.integer("portCount", 65535) : 1;
    const protocol = scan.word("protocol");
    return { kind, port, portCount, protocol, formats: formats(scan) };
  },
  print({ kind, port, portCount, protocol, formats }) {
    const ports = portCount === 1 ? `${port}` : `${port}/${portCount}`;
    return [kind, ports, protocol, ...formats].join(" ");
  },
  summary({ kind, port, protocol, formats }, { media }) {
    if (port === 0 && !media?.isBundleOnly) {
      return {
        en: `A media section of the kind ${kind} that is rejected or stopped: port 0. It keeps its place, because sections are counted.`,
        ko: `거부되었거나 중지된 ${kind} 미디어 섹션입니다(포트 0). 섹션은 순서로 구별하므로 자리는 그대로 남습니다.`,
      };
    }
    const names = media?.codecs.map((codec) => codec.name) ?? [];
    const offered = [...new Set(names)].join(", ") || formats.join(" ");
    return {
      en: `A media section of the kind ${kind}, sent over ${protocol}, with these formats, the preferred one first: ${offered}.`,
      ko: `${protocol}로 전송되는 ${kind} 미디어 섹션입니다. format은 선호하는 순서대로 ${offered}입니다.`,
    };
  },
  parts: {
    kind: {
      name: { en: "media", ko: "미디어 종류" },
      meaning: {
        en: "audio, video, application (a data channel), image or text. An answer has the same at the same place.",
        ko: "audio, video, application(데이터 채널), image, text 중 하나입니다. answer의 같은 자리에는 같은 종류가 와야 합니다.",
      },
    },
    port: {
      name: { en: "port", ko: "포트" },
      meaning: (text, _value, { media }) => {
        if (text === "9") {
          return {
            en: "9 is a placeholder: the real ports stand in the candidates.",
            ko: "9는 자리만 채우는 값이며, 실제 포트는 candidate에 있습니다.",
          };
        }
        if (text !== "0")
          return { en: "The default port for this media.", ko: "이 미디어의 기본 포트입니다." };
        return media?.isBundleOnly
          ? {
              en: "0 with a=bundle-only: the section is used only if the answer bundles it.",
              ko: "a=bundle-only가 있는 0입니다. answer가 이 섹션을 BUNDLE에 넣을 때만 사용합니다.",
            }
          : {
              en: "0 rejects or stops this section.",
              ko: "0은 이 섹션을 거부하거나 중지한다는 뜻입니다.",
            };
      },
    },
    portCount: {
      name: { en: "number of ports", ko: "포트 수" },
      meaning: {
        en: "That many consecutive ports are meant. WebRTC does not use it.",
        ko: "연속한 포트를 이 수만큼 사용합니다. WebRTC에서는 쓰지 않습니다.",
      },
    },
    protocol: {
      name: { en: "protocol", ko: "프로토콜" },
      meaning: (text) =>
        protocols.get(text) ?? {
          en: "The transport and profile.",
          ko: "전송 프로토콜과 프로파일입니다.",
        },
    },
    format: {
      name: { en: "format", ko: "format" },
      meaning: (text, _value, { media }) => {
        const codec = media?.codecs.find(({ format }) => format === text);
        if (codec) {
          return {
            en: `Payload type ${text}: ${codec.name}/${codec.clockRate}.`,
            ko: `payload type ${text}: ${codec.name}/${codec.clockRate}.`,
          };
        }
        return text === "webrtc-datachannel"
          ? { en: "WebRTC data channels.", ko: "WebRTC 데이터 채널입니다." }
          : {
              en: "One of the formats of this section.",
              ko: "이 섹션의 format 가운데 하나입니다.",
            };
      },
    },
  },
});

function formats(scan: Scanner<Part>): readonly string[] {
  scan.blank();
  const found = [nextFormat(scan)];
  while (scan.blank() && !scan.isDone) found.push(nextFormat(scan));
  return trimmed(found);
}

/** A payload type is not cut off the line: its text is there once for all, and descriptions have hundreds of them. */
function nextFormat(scan: Scanner<Part>): string {
  const { text, at: start, end } = scan;
  let at = start;
  let payloadType = 0;
  for (; at < end && payloadType <= 127; at++) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    payloadType = payloadType * 10 + digit;
  }
  const known = payloadTypeTexts[payloadType];
  const isWhole = at === end || text.charCodeAt(at) === SPACE;
  // "08" is another format than "8".
  if (scan.record || !isWhole || known?.length !== at - start || scan.words > MOST_PAYLOAD_TYPES) {
    return scan.word("format");
  }
  scan.at = at;
  scan.words++;
  return known;
}

/** A line with more formats than there are payload types is none of RTP. */
const MOST_PAYLOAD_TYPES = 128;
const SPACE = 0x20;
const DIGIT_0 = 0x30;

const protocols: ReadonlyMap<string, { en: string; ko: string }> = new Map(
  Object.entries({
    "UDP/TLS/RTP/SAVPF": {
      en: "RTP with SRTP encryption keyed by DTLS, and early feedback: what WebRTC uses for audio and video.",
      ko: "DTLS로 키를 교환하는 SRTP 암호화와 조기 피드백을 쓰는 RTP로, WebRTC의 오디오와 비디오가 사용합니다.",
    },
    "UDP/DTLS/SCTP": {
      en: "SCTP over DTLS: what WebRTC uses for data channels.",
      ko: "DTLS 위의 SCTP로, WebRTC 데이터 채널이 사용합니다.",
    },
    "DTLS/SCTP": {
      en: "SCTP over DTLS in the syntax before RFC 8841.",
      ko: "RFC 8841 이전 문법으로 쓴, DTLS 위의 SCTP입니다.",
    },
    "RTP/AVP": {
      en: "Plain RTP without encryption; browsers refuse it.",
      ko: "암호화하지 않은 RTP로, 브라우저는 거부합니다.",
    },
  }),
);

const SLASH = 0x2f;
