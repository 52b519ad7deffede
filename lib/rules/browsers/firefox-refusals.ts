import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { RefusalKind } from "./refusal.ts";

/**
 * The sentences that Firefox's `setRemoteDescription` and `setLocalDescription` refuse with (sipcc's sdp_*.c, SipccSdp*.cpp,
 * JsepSessionImpl.cpp, SdpHelper.cpp), and what each means. The first that fits counts.
 */
export const firefoxRefusals: readonly RefusalKind[] = [
  kind("not-ascii", /non ASCII characters/, undefined, rfc(8866, "5"), {
    en: "Firefox takes descriptions of ASCII characters only; a byte order mark counts too.",
    ko: "Firefox는 ASCII 문자로 된 description만 받습니다. 바이트 순서 표시(BOM)도 안 됩니다.",
  }),
  kind("not-sdp", /not recognized as SDP text/, "sdp/not-sdp", rfc(8866, "5"), {
    en: "The first line is no SDP line at all. Is this a JSON object, or text with escaped line ends?",
    ko: "첫 줄이 SDP가 아닙니다. JSON 객체이거나 줄바꿈이 이스케이프된 텍스트는 아닌지 확인하십시오.",
  }),
  kind("first-line", /First line not v=/, "sdp/line-missing", rfc(8866, "5.1"), {
    en: "A description begins with v=0.",
    ko: "description은 v=0으로 시작합니다.",
  }),
  kind("version", /Invalid version/, "sdp/value-malformed", rfc(8866, "5.1"), {
    en: "The version is 0: v=0.",
    ko: "버전은 0입니다(v=0).",
  }),
  kind(
    "connection-missing",
    /c= connection line not specified|Missing c= line/,
    "sdp/connection-missing",
    rfc(8866, "5.7"),
    {
      en: "There is a c= line in the session part or in every media section, with IN and IP4 or IP6.",
      ko: "c= 줄은 세션 부분이나 모든 미디어 섹션에 IN과 IP4 또는 IP6으로 있어야 합니다.",
    },
  ),
  kind("connection-repeated", /c= line specified twice/, "sdp/line-repeated", rfc(8866, "5.7"), {
    en: "A section has one c= line.",
    ko: "한 섹션의 c= 줄은 하나입니다.",
  }),
  kind(
    "connection-address",
    /for c=|for mcast|ttl value|Invalid TTL|Num of addresses/,
    "sdp/connection-multicast",
    rfc(8866, "5.7"),
    {
      en: "A c= line says IN, IP4 or IP6, and an address.",
      ko: "c= 줄은 IN, IP4 또는 IP6, 주소로 이루어집니다.",
    },
  ),
  kind("origin-missing", /o= owner line not specified/, "sdp/line-missing", rfc(8866, "5.2"), {
    en: "The o= line is missing or came after the place where Firefox stopped reading (a blank or unknown line).",
    ko: "o= 줄이 없거나, Firefox가 읽기를 멈춘 곳(빈 줄이나 모르는 줄) 뒤에 있습니다.",
  }),
  kind("origin-invalid", /[Oo]wner/, "sdp/session-id-range", rfc(8866, "5.2"), {
    en: "o= has six words: a user name, two numbers below 2^63, IN, IP4 or IP6, and an address.",
    ko: "o=는 사용자 이름, 2^63 미만의 숫자 둘, IN, IP4 또는 IP6, 주소의 여섯 단어로 이루어집니다.",
  }),
  kind("time-missing", /t= timespec line not specified/, "sdp/line-missing", rfc(8866, "5.9"), {
    en: "The t= line is missing or came after the place where Firefox stopped reading (a blank or unknown line).",
    ko: "t= 줄이 없거나, Firefox가 읽기를 멈춘 곳(빈 줄이나 모르는 줄) 뒤에 있습니다.",
  }),
  kind("time-invalid", /Invalid timespec/, "sdp/value-malformed", rfc(8866, "5.9"), {
    en: "t= has two numbers: t=0 0.",
    ko: "t=에는 숫자 두 개를 씁니다(t=0 0).",
  }),
  kind("port-format", /Invalid port (format|count)/, "sdp/protocol", rfc(8866, "5.14"), {
    en: "The port or the protocol of the m= line is not known. RTP/AVPF and unknown protocols end here too: use UDP/TLS/RTP/SAVPF or UDP/DTLS/SCTP.",
    ko: "m= 줄의 port나 프로토콜을 알 수 없습니다. RTP/AVPF와 모르는 프로토콜도 여기서 거부됩니다. UDP/TLS/RTP/SAVPF나 UDP/DTLS/SCTP를 쓰십시오.",
  }),
  kind(
    "media-line",
    /m= media line|No (media type|transport protocol)/,
    "sdp/value-missing",
    rfc(8866, "5.14"),
    {
      en: "The m= line lacks a part: kind, port, protocol and, for data, webrtc-datachannel.",
      ko: "m= 줄에 빠진 부분이 있습니다. 종류, port, 프로토콜이 있어야 하고, 데이터에는 webrtc-datachannel도 필요합니다.",
    },
  ),
  kind("media-kind", /Unsupported media section type/, "sdp/value-malformed", rfc(9429, "5.1.2"), {
    en: "Firefox takes the kinds audio, video, application and image; any other refuses the whole description, even with port 0.",
    ko: "Firefox는 audio, video, application, image만 받습니다. 다른 종류가 있으면 port 0이라도 description 전체를 거부합니다.",
  }),
  kind("media-protocol", /Unsupported media transport type/, "sdp/protocol", rfc(9429, "5.1.2"), {
    en: "The protocol is none that WebRTC uses.",
    ko: "WebRTC에서 쓰지 않는 프로토콜입니다.",
  }),
  kind(
    "bandwidth-invalid",
    /No BW Value|No bandwidth type/,
    "sdp/value-malformed",
    rfc(8866, "5.8"),
    {
      en: "b=AS, b=CT and b=TIAS take a number from 0 to 4294967295.",
      ko: "b=AS, b=CT, b=TIAS에는 0~4294967295의 숫자를 씁니다.",
    },
  ),
  kind("attribute-empty", /No attribute type specified/, "sdp/attribute-empty", rfc(8866, "5.13"), {
    en: "An a= line needs a name.",
    ko: "a= 줄에는 이름이 있어야 합니다.",
  }),
  kind("key-line", /encryption (type|key)/, "sdp/key-line", rfc(8866, "5.12"), {
    en: "k= is obsolete; leave it out.",
    ko: "k=는 폐기되었으므로 빼십시오.",
  }),
  kind(
    "fingerprint-invalid",
    /Malformed fingerprint|fingerprint attribute$/,
    "sdp/fingerprint-hash",
    rfc(8122, "5"),
    {
      en: "A fingerprint is a hash name and bytes in capital hexadecimal digits with colons, without anything behind.",
      ko: "fingerprint는 해시 이름과 콜론으로 나눈 대문자 16진수 바이트로 이루어지며 뒤에 아무것도 없어야 합니다.",
    },
  ),
  kind(
    "fingerprint-missing",
    /no (supported )?fingerprint/,
    "sdp/fingerprint-missing",
    rfc(8842, "5.1"),
    {
      en: "Every section of an offer that is not rejected or bundle-only needs a fingerprint with a known hash, its own or the session's.",
      ko: "거절되거나 bundle-only가 아닌 offer의 모든 섹션에는 자기 것이든 세션의 것이든 알려진 해시의 fingerprint가 있어야 합니다.",
    },
  ),
  kind("setup-missing", /no setup attribute/, "sdp/setup-missing", rfc(8842, "5.1"), {
    en: "Every section of an offer that is not rejected or bundle-only needs a=setup:actpass, active or passive.",
    ko: "거절되거나 bundle-only가 아닌 offer의 모든 섹션에는 a=setup:actpass, active, passive 가운데 하나가 있어야 합니다.",
  }),
  kind(
    "setup-holdconn",
    /illegal setup attribute "holdconn"/,
    "sdp/setup-holdconn",
    rfc(8842, "5.1"),
    {
      en: "holdconn does not exist for DTLS.",
      ko: "DTLS에는 holdconn이 없습니다.",
    },
  ),
  kind(
    "answer-actpass",
    /illegal setup attribute "actpass"/,
    "answer/setup-role",
    rfc(8842, "5.3"),
    {
      en: "An answer chooses: a=setup:active or passive.",
      ko: "answer에서는 a=setup:active나 passive를 골라야 합니다.",
    },
  ),
  kind(
    "ice-credentials-missing",
    /no ice-(ufrag|pwd) attribute/,
    "sdp/ice-credentials",
    rfc(8839, "5.4"),
    {
      en: "Every section of an offer that is not rejected or bundle-only needs ICE credentials, also a bundled one.",
      ko: "거절되거나 bundle-only가 아닌 offer의 모든 섹션에는 묶여 있더라도 ICE 자격 증명이 있어야 합니다.",
    },
  ),
  kind(
    "ice-credentials-invalid",
    /ice-(ufrag|pwd) (is too short|contains invalid)/,
    "sdp/ice-characters",
    rfc(8839, "5.4"),
    {
      en: "ice-ufrag has 4 to 256 and ice-pwd 22 to 256 letters, digits, + or /.",
      ko: "ice-ufrag는 4~256자, ice-pwd는 22~256자이며 영문자, 숫자, +, /만 씁니다.",
    },
  ),
  kind("mux-required", /missing a=rtcp-mux/, "sdp/rtcp-mux-missing", rfc(9429, "5.8.3"), {
    en: "Every section with a feedback profile needs a=rtcp-mux.",
    ko: "피드백 프로파일을 쓰는 모든 섹션에 a=rtcp-mux가 있어야 합니다.",
  }),
  kind(
    "bundle-mid-unknown",
    /group attribute does not exist/,
    "sdp/group-tag",
    rfc(9143, "7.2.1"),
    {
      en: "The first mid of a=group:BUNDLE names no section. It may stand behind the line where Firefox stopped reading (a blank or unknown line).",
      ko: "a=group:BUNDLE의 첫 mid를 가진 섹션이 없습니다. Firefox가 읽기를 멈춘 줄(빈 줄이나 모르는 줄) 뒤에 있을 수도 있습니다.",
    },
  ),
  kind(
    "bundle-tag-disabled",
    /points at a disabled m-section/,
    "sdp/group-rejected",
    rfc(9143, "7.2.1"),
    {
      en: "The first mid of a=group:BUNDLE names a section with port 0. Take it out of the group.",
      ko: "a=group:BUNDLE의 첫 mid가 port 0인 섹션입니다. 그룹에서 빼십시오.",
    },
  ),
  kind(
    "bundle-mid-twice",
    /appears more than once in a BUNDLE/,
    "sdp/group-tag",
    rfc(9143, "7.3.2"),
    {
      en: "A mid stands twice in BUNDLE groups.",
      ko: "한 mid가 BUNDLE 그룹에 두 번 나옵니다.",
    },
  ),
  kind("mid-too-long", /mid length greater than 16/, "sdp/mid-length", rfc(9143, "15"), {
    en: "A mid has at most 16 characters; three are recommended.",
    ko: "mid는 16자까지이며 3자 이하를 권장합니다.",
  }),
  kind("extension-id", /invalid extension id/, "sdp/extension-id", rfc(8285, "4.2"), {
    en: "Firefox takes header extension ids from 1 to 14.",
    ko: "Firefox는 1~14의 헤더 확장 ID만 받습니다.",
  }),
  kind("extension-id-repeated", /duplicate extension id/, "sdp/extension-id", rfc(8285, "5"), {
    en: "An extension id stands once in a section.",
    ko: "확장 ID는 한 섹션에 한 번만 나옵니다.",
  }),
  kind("extension-remapped", /remap RTP extension id/, "reoffer/extension-id", rfc(8285, "7"), {
    en: "An extension id keeps its meaning for the whole session.",
    ko: "확장 ID의 의미는 세션 내내 바뀌지 않습니다.",
  }),
  kind(
    "payload-type-range",
    /audio\/video payload type|Payload type .* is not a 16-bit/,
    "sdp/payload-type-range",
    rfc(5761, "4"),
    {
      en: "Payload types are 0 to 127 without 1, 2, 19 and 64 to 95.",
      ko: "payload type은 1, 2, 19와 64~95를 뺀 0~127입니다.",
    },
  ),
  kind("simulcast-rid", /No rid attribute for/, "sdp/simulcast-rid", rfc(8853, "5.2"), {
    en: "Every rid in a=simulcast needs an a=rid line of the same direction.",
    ko: "a=simulcast의 rid마다 방향이 같은 a=rid 줄이 있어야 합니다.",
  }),
  kind(
    "rid-syntax",
    /^Rid |Missing rid|Invalid direction, must be|Type must be either|Already got a (send|recv)|Empty simulcast|Expected '='|Value too large|^Malformed|^Truncated/,
    "sdp/rid-line",
    rfc(8851, "10"),
    {
      en: "Firefox reads a=rid and a=simulcast strictly: ids of letters and digits, send or recv, key=value parameters, payload types up to 127.",
      ko: "Firefox는 a=rid와 a=simulcast를 엄격히 읽습니다. ID는 영문자와 숫자, 방향은 send나 recv, 파라미터는 키=값, payload type은 127까지입니다.",
    },
  ),
  kind(
    "imageattr-syntax",
    /Unknown type, must be|Multiple send or recv|Expected ['x\],y[]|Trailing characters/,
    "sdp/value-malformed",
    rfc(6236, "3.1"),
    {
      en: "a=imageattr cannot be read: a payload type or *, then send or recv with * or [x=…,y=…].",
      ko: "a=imageattr를 읽을 수 없습니다. payload type이나 *, 그다음 send나 recv와 * 또는 [x=…,y=…] 형식입니다.",
    },
  ),
  kind(
    "m-line-count",
    /different number of m-lines|fewer m-sections/,
    "answer/m-line-count",
    rfc(3264, "6"),
    {
      en: "Sections are never removed or added by an answer; refuse one with port 0.",
      ko: "answer에서 섹션을 지우거나 더할 수 없습니다. 거절하려면 port 0을 쓰십시오.",
    },
  ),
  kind(
    "media-kind-changed",
    /different media types at m-line|changes the media type/,
    "answer/media-kind",
    rfc(3264, "6"),
    {
      en: "The sections stand in the order of the other description.",
      ko: "섹션은 다른 description과 같은 순서여야 합니다.",
    },
  ),
  kind(
    "section-revived",
    /tried to enable an m-section/,
    "answer/rejected-section",
    rfc(3264, "8.2"),
    {
      en: "A section offered with port 0 is answered with port 0.",
      ko: "port 0으로 제안된 섹션에는 port 0으로 답합니다.",
    },
  ),
  kind(
    "direction-incompatible",
    /Answer tried to set (send|recv)/,
    "answer/direction",
    rfc(3264, "6.1"),
    {
      en: "The answered direction does not fit the offered one.",
      ko: "answer의 방향이 offer와 맞지 않습니다.",
    },
  ),
  kind("mid-changed", /Answer changes mid/, "answer/mid", rfc(5888, "9.1"), {
    en: "The answer repeats the mid of each section.",
    ko: "answer는 각 섹션의 mid를 그대로 되풀이합니다.",
  }),
  kind(
    "answer-extension",
    /Answer (adds extmap|has extmap|changed id for extmap|used an invalid id)/,
    "answer/extension",
    rfc(8285, "7"),
    {
      en: "An answer lists offered header extensions only, under the same ids.",
      ko: "answer에는 제안된 헤더 확장만 같은 ID로 적습니다.",
    },
  ),
  kind("ice-restart", /ICE restart/, "reoffer/ice-restart", rfc(8839, "4.4.1.1.1"), {
    en: "ICE credentials change in all sections together, and in an answer only when the offer restarted.",
    ko: "ICE 자격 증명은 모든 섹션에서 함께 바뀌며, answer에서는 offer가 재시작했을 때만 바뀝니다.",
  }),
  kind(
    "wrong-state",
    /[Cc]annot set (remote|local) (offer|answer) in state|Calling SetLocal/,
    undefined,
    rfc(9429, "3.2"),
    {
      en: "The description does not fit the signaling state.",
      ko: "description이 signaling 상태와 맞지 않습니다.",
    },
  ),
  kind(
    "munged",
    /(Changing|Adding) (the|your own)|Local descriptions must have|Running ICE in lite/,
    undefined,
    rfc(9429, "5.4"),
    {
      en: "The description was changed between createOffer or createAnswer and setLocalDescription in a way that Firefox does not take.",
      ko: "createOffer/createAnswer와 setLocalDescription 사이에 Firefox가 받지 않는 방식으로 description이 바뀌었습니다.",
    },
  ),
  kind(
    "text-cut",
    /End of line beyond end of buffer/,
    "sdp/last-line-end-missing",
    rfc(8866, "5"),
    {
      en: "The last line has no line end and is not read.",
      ko: "마지막 줄에 줄 끝이 없어 읽지 않습니다.",
    },
  ),
  kind("unknown-letter", /^\s*$/, "sdp/type-unknown", rfc(8866, "5"), {
    en: "Firefox stops at a line with an unknown letter and refuses the description without a reason.",
    ko: "Firefox는 모르는 글자로 시작하는 줄에서 멈추고 이유 없이 description을 거부합니다.",
  }),
  kind("other", /^/, undefined, rfc(9429, "5.8"), {
    en: "This sentence has no explanation here yet.",
    ko: "이 문장에는 아직 설명이 없습니다.",
  }),
];

function kind(
  name: string,
  pattern: RegExp,
  rule: RefusalKind["rule"],
  reference: RefusalKind["rfc"],
  meaning: Message,
): RefusalKind {
  return { code: `firefox/${name}`, pattern, ...(rule && { rule }), rfc: reference, meaning };
}
