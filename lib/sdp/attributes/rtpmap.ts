import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=rtpmap` line says: which codec a payload type means. RFC 8866 §6.6. */
export interface Rtpmap {
  /** As written. */
  readonly payloadType: string;
  readonly encodingName: string;
  /** In hertz. */
  readonly clockRate: number;
  /** What stands after the second slash: for audio the number of channels. */
  readonly parameters?: string;
}

type Part = "payloadType" | "encodingName" | "clockRate" | "parameters";

/**
 * `a=rtpmap`. RFC 8866 §6.6.
 *
 *     a=rtpmap:111 opus/48000/2
 *              ^ payload type  ^ channels
 */
export const rtpmap: Attribute<Rtpmap, Part> = defineAttribute({
  name: "rtpmap",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.6"),
  read(scan) {
    const payloadType = scan.word("payloadType");
    scan.blank();
    const encodingName = scan.until(SLASH, "encodingName");
    scan.skip(SLASH);
    const clockRate = scan.integer("clockRate");
    if (!scan.skip(SLASH)) return { payloadType, encodingName, clockRate };
    return { payloadType, encodingName, clockRate, parameters: scan.word("parameters") };
  },
  print({ payloadType, encodingName, clockRate, parameters }) {
    const text = `${payloadType} ${encodingName}/${clockRate}`;
    return parameters === undefined ? text : `${text}/${parameters}`;
  },
  summary({ payloadType, encodingName, clockRate, parameters }) {
    const channels = parameters === undefined ? "" : parameters;
    return {
      en: `In this section, RTP payload type ${payloadType} means the codec ${encodingName} with a clock of ${clockRate} Hz${channels && ` and ${channels} channel${channels === "1" ? "" : "s"}`}.`,
      ko: `이 섹션에서 RTP payload type ${payloadType}은(는) 클럭 ${clockRate} Hz${channels && `, 채널 ${channels}개`}의 ${encodingName} 코덱을 뜻합니다.`,
    };
  },
  parts: {
    payloadType: {
      name: { en: "payload type", ko: "payload type" },
      meaning: (text) => ({
        en: `The number ${text} that RTP packets of this codec carry; fmtp, rtcp-fb and the m= line refer to it.`,
        ko: `이 코덱의 RTP 패킷에 실리는 번호 ${text}입니다. fmtp, rtcp-fb, m= 줄이 이 번호를 가리킵니다.`,
      }),
    },
    encodingName: {
      name: { en: "encoding name", ko: "인코딩 이름" },
      meaning: (text) => ({
        en: `The name under which ${text} is registered; upper and lower case mean the same.`,
        ko: `${text}의 등록된 이름입니다. 대소문자는 구별하지 않습니다.`,
      }),
    },
    clockRate: {
      name: { en: "clock rate", ko: "클럭 속도" },
      meaning: (text) => ({
        en: `RTP timestamps count ${text} steps a second.`,
        ko: `RTP 타임스탬프는 1초에 ${text}만큼 증가합니다.`,
      }),
    },
    parameters: {
      name: { en: "encoding parameters", ko: "인코딩 매개변수" },
      meaning: (text) => ({
        en: `For audio the number of channels: ${text}. Without it there is one channel.`,
        ko: `오디오에서는 채널 수(${text})입니다. 생략하면 1채널입니다.`,
      }),
    },
  },
});

/**
 * Reads what stands behind the payload type and one blank, when it has the usual form: `VP8/90000`, `opus/48000/2`.
 * `undefined` for every other text, which then takes the way of the grammar; both ways read alike.
 * A name that is the likely one is given as that text, so that it is held once.
 */
export function scanRtpmap(
  payloadType: string,
  source: string,
  at: number,
  likelyName: string | undefined,
): Rtpmap | undefined {
  const slash = source.indexOf("/", at);
  if (slash <= at || source.charCodeAt(at) === SPACE) return undefined;
  const name = source.slice(at, slash);
  const encodingName = name === likelyName ? likelyName : name;
  const { length } = source;
  let end = slash + 1;
  let clockRate = 0;
  for (; end < length; end++) {
    const digit = source.charCodeAt(end) - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    clockRate = clockRate * 10 + digit;
  }
  if (end === slash + 1 || clockRate > HIGHEST_RATE) return undefined;
  if (end === length) return { payloadType, encodingName, clockRate };
  if (source.charCodeAt(end) !== SLASH || source.indexOf(" ", end) >= 0) return undefined;
  const parameters = source.slice(end + 1);
  return parameters === "" ? undefined : { payloadType, encodingName, clockRate, parameters };
}

const HIGHEST_RATE = 999_999_999;
const SPACE = 0x20;
const DIGIT_0 = 0x30;
const SLASH = 0x2f;
