import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { RefusalKind } from "./refusal.ts";

/**
 * The sentences that Chromium's `setRemoteDescription` and `setLocalDescription` refuse with (libwebrtc: api/webrtc_sdp.cc,
 * pc/sdp_offer_answer.cc, pc/jsep_transport*.cc, pc/channel.cc), and what each means. The first that fits counts.
 */
export const chromiumRefusals: readonly RefusalKind[] = [
  kind("line-missing", /Expect line: [vost]=/, "sdp/line-missing", rfc(8866, "5"), {
    en: "The session part is read in the fixed order v, o, s, (i, u, e, p, c, b), t. At this line another letter had to come: it is missing, stands elsewhere, or is empty.",
    ko: "세션 부분은 v, o, s, (i, u, e, p, c, b), t 순서로 읽습니다. 이 줄에는 다른 글자가 와야 합니다. 그 줄이 없거나 다른 곳에 있거나 비어 있습니다.",
  }),
  kind("m-line-expected", /Expects m line\.$/, "sdp/line-order", rfc(8866, "5"), {
    en: "After the session part only a= lines may come up to the first m= line. This line is misplaced or broken.",
    ko: "세션 부분 뒤에는 첫 m= 줄까지 a= 줄만 올 수 있습니다. 이 줄의 자리가 잘못되었거나 형식이 깨졌습니다.",
  }),
  kind("line-form", /Invalid SDP line\.$/, "sdp/line-form", rfc(8866, "5"), {
    en: "Every line is a small letter, =, and a value that does not begin with a blank; the last line needs its line end.",
    ko: "모든 줄은 소문자 하나, =, 공백으로 시작하지 않는 값으로 이루어집니다. 마지막 줄에도 줄 끝이 있어야 합니다.",
  }),
  kind(
    "codec-without-name",
    /Failed to parse( \w+)? codecs correctly\.$/,
    "sdp/orphan-format",
    rfc(8866, "6.6"),
    {
      en: "An a=fmtp or a=rtcp-fb line speaks of a payload type that has no a=rtpmap, or that the m= line does not list. Remove such lines together with the codec.",
      ko: "a=fmtp나 a=rtcp-fb 줄이 a=rtpmap이 없거나 m= 줄에 없는 payload type을 가리킵니다. 코덱을 지울 때는 이런 줄도 함께 지우십시오.",
    },
  ),
  kind(
    "payload-type-conflict",
    /Duplicate .*payload type with conflicting/,
    "sdp/payload-type-repeated",
    rfc(8866, "6.6"),
    {
      en: "Two a=rtpmap lines give one payload type two meanings, or one gives a static payload type another codec.",
      ko: "a=rtpmap 두 줄이 한 payload type에 서로 다른 의미를 주거나, 정적 payload type에 다른 코덱을 지정합니다.",
    },
  ),
  kind("duplicate-msid", /Duplicate a=msid lines/, "sdp/msid-line", rfc(8830, "2"), {
    en: "Two media sections say the same stream and track. Each track belongs to one section.",
    ko: "두 미디어 섹션의 스트림과 트랙이 같습니다. 트랙 하나는 섹션 하나에만 속합니다.",
  }),
  kind("track-ids-differ", /Two different track IDs/, "sdp/msid-line", rfc(8830, "2"), {
    en: "All a=msid lines of a section name the same track.",
    ko: "한 섹션의 a=msid 줄은 모두 같은 트랙을 가리켜야 합니다.",
  }),
  kind(
    "msid-syntax",
    /(stream ID|track ID)( in msid|.*and optionally)/,
    "sdp/msid-line",
    rfc(8830, "2"),
    {
      en: "a=msid is a stream id and, optionally, a track id.",
      ko: "a=msid는 스트림 ID와 선택적인 트랙 ID로 이루어집니다.",
    },
  ),
  kind("field-count", /Expects (at least )?\d fields\.$/, "sdp/value-missing", rfc(8866, "5"), {
    en: "The line has too few or too many words for its syntax.",
    ko: "줄의 단어 수가 문법과 맞지 않습니다.",
  }),
  kind("port-invalid", /The port number is invalid$/, "sdp/value-malformed", rfc(8866, "5.14"), {
    en: "The port of an m= line is a number from 0 to 65535; a port count (/2) is not taken.",
    ko: "m= 줄의 port는 0~65535의 숫자입니다. port 개수(/2)는 받지 않습니다.",
  }),
  kind(
    "protocol-unsupported",
    /Unsupported protocol for media type$/,
    "sdp/protocol",
    rfc(9429, "5.1.2"),
    {
      en: "An audio or video section needs an RTP profile such as UDP/TLS/RTP/SAVPF.",
      ko: "audio나 video 섹션에는 UDP/TLS/RTP/SAVPF 같은 RTP 프로파일이 필요합니다.",
    },
  ),
  kind(
    "connection-address",
    /Failed to parse (the connection data|the address type|the network type)/,
    "sdp/connection-multicast",
    rfc(8866, "5.7"),
    {
      en: "A c= line says IN, IP4 or IP6, and a unicast address of that family; a slash (multicast) is not taken.",
      ko: "c= 줄은 IN, IP4 또는 IP6, 그에 맞는 유니캐스트 주소로 이루어집니다. 슬래시(멀티캐스트)는 받지 않습니다.",
    },
  ),
  kind("group-syntax", /Failed to parse group (tag|attribute)/, "sdp/group-tag", rfc(5888, "5"), {
    en: "a=group is a semantics word and mids, parted by single blanks.",
    ko: "a=group은 의미 단어와 mid를 공백 하나씩으로 나누어 적습니다.",
  }),
  kind(
    "fingerprint-repeated",
    /multiple fingerprint attributes at the same level/,
    "sdp/fingerprint-set",
    rfc(8122, "5.1"),
    {
      en: "The session part has two fingerprints. RFC 8122 allows it, Chromium does not: leave one.",
      ko: "세션 부분에 fingerprint가 둘입니다. RFC 8122는 허용하지만 Chromium은 받지 않으므로 하나만 남기십시오.",
    },
  ),
  kind(
    "fingerprint-invalid",
    /Failed to create fingerprint/,
    "sdp/fingerprint-hash",
    rfc(8122, "5"),
    {
      en: "The hash is unknown (sha-1, sha-224, sha-256, sha-384 and sha-512 are known) or the digest is not hexadecimal bytes with colons.",
      ko: "모르는 해시이거나(sha-1, sha-224, sha-256, sha-384, sha-512만 가능) 값이 콜론으로 나눈 16진수 바이트가 아닙니다.",
    },
  ),
  kind(
    "setup-invalid",
    /^a=setup\b.*Invalid attribute value\.$/,
    "sdp/value-malformed",
    rfc(4145, "4"),
    {
      en: "a=setup is active, passive, actpass or holdconn.",
      ko: "a=setup의 값은 active, passive, actpass, holdconn 가운데 하나입니다.",
    },
  ),
  kind(
    "extension-level",
    /a=extmap MUST be either all session level/,
    "sdp/extension-level",
    rfc(8285, "5"),
    {
      en: "a=extmap lines stand in the session part and in a section; only one of both is allowed.",
      ko: "a=extmap 줄이 세션 부분과 미디어 섹션에 모두 있습니다. 한쪽에만 있어야 합니다.",
    },
  ),
  kind("extension-id", /Extension ID is not in valid range/, "sdp/extension-id", rfc(8285, "5"), {
    en: "Ids of header extensions are 1 to 255.",
    ko: "헤더 확장의 ID는 1~255입니다.",
  }),
  kind("extension-uri", /URI contains invalid characters/, "sdp/value-malformed", rfc(8285, "5"), {
    en: "The URI of a header extension has no control characters, and every % stands before two hexadecimal digits.",
    ko: "헤더 확장의 URI에는 제어 문자를 쓸 수 없고, % 뒤에는 16진수 두 자리가 와야 합니다.",
  }),
  kind(
    "simulcast-syntax",
    /([Ss]imulcast line|Simulcast attribute)/,
    "sdp/simulcast-line",
    rfc(8853, "5.1"),
    {
      en: "a=simulcast is send or recv and a list of rids, each direction at most once, one line in a section.",
      ko: "a=simulcast는 send나 recv와 rid 목록으로 이루어지며, 방향마다 한 번, 섹션마다 한 줄입니다.",
    },
  ),
  kind("candidate-syntax", /^a=candidate\b/, "candidate/field-missing", rfc(8839, "5.1"), {
    en: "A candidate that cannot be read spoils the whole description. It is foundation, component, transport, priority, address, port, typ and type.",
    ko: "읽을 수 없는 candidate 하나 때문에 description 전체가 거부됩니다. foundation, component, transport, priority, address, port, typ, type 순서로 적습니다.",
  }),
  kind("bandwidth-invalid", /^b=/, "sdp/bandwidth-value", rfc(8866, "5.8"), {
    en: "b=AS and b=TIAS take a whole number that is not negative. To set no limit, leave the line out.",
    ko: "b=AS와 b=TIAS에는 음수가 아닌 정수를 씁니다. 제한하지 않으려면 줄을 빼십시오.",
  }),
  kind(
    "sctp-value",
    /^a=(sctp-port|max-message-size|sctp-init)\b/,
    "sdp/sctp-port",
    rfc(8841, "5.1"),
    {
      en: "sctp-port is 0 to 65535 and stands with the format webrtc-datachannel; max-message-size is a whole number.",
      ko: "sctp-port는 0~65535이며 포맷 webrtc-datachannel과 함께 씁니다. max-message-size는 정수입니다.",
    },
  ),
  kind("ssrc-value", /^a=ssrc/, "sdp/source-group", rfc(5576, "4.1"), {
    en: "a=ssrc is an SSRC from 0 to 4294967295 and attribute:value; a=ssrc-group lists different SSRCs.",
    ko: "a=ssrc는 0~4294967295의 SSRC와 속성:값으로, a=ssrc-group은 서로 다른 SSRC로 이루어집니다.",
  }),
  kind(
    "mid-syntax",
    /Illegal character found in the value of mid/,
    "sdp/value-malformed",
    rfc(5888, "4"),
    {
      en: "A mid is one token: no blanks, quotes, commas, slashes, colons or brackets.",
      ko: "mid는 토큰 하나입니다. 공백, 따옴표, 쉼표, 슬래시, 콜론, 괄호를 쓸 수 없습니다.",
    },
  ),
  kind(
    "rtpmap-syntax",
    /Expected format "<encoding name>|channels are supported/,
    "sdp/value-malformed",
    rfc(8866, "6.6"),
    {
      en: "a=rtpmap is a payload type and name/clock rate, for audio also the number of channels, at most 24.",
      ko: "a=rtpmap은 payload type과 이름/clock rate로 이루어지고, 오디오에는 채널 수(최대 24)가 붙습니다.",
    },
  ),
  kind(
    "value-missing",
    /Failed to get the value of attribute/,
    "sdp/value-missing",
    rfc(8866, "5.13"),
    {
      en: "The attribute stands without the value it needs.",
      ko: "속성에 필요한 값이 없습니다.",
    },
  ),
  kind(
    "value-invalid",
    /Invalid value: .*\.$|Invalid attribute value\.$|Expected format|Expected \w+ got/,
    "sdp/value-malformed",
    rfc(8866, "5.13"),
    {
      en: "A number was expected here.",
      ko: "숫자가 와야 할 자리입니다.",
    },
  ),
  kind("mid-missing", /media section is missing a MID/, "sdp/mid-missing", rfc(9429, "5.2.1"), {
    en: "Every media section needs a=mid.",
    ko: "모든 미디어 섹션에 a=mid가 있어야 합니다.",
  }),
  kind("mid-too-long", /MID attribute exceeds/, "sdp/mid-length", rfc(9143, "15"), {
    en: "A mid has at most 16 characters; three are recommended.",
    ko: "mid는 16자까지이며 3자 이하를 권장합니다.",
  }),
  kind("mid-repeated", /Duplicate a=mid value/, "sdp/mid-unique", rfc(5888, "4"), {
    en: "Two sections have the same mid. A section without a=mid gets the next number, which may be the mid of another one.",
    ko: "두 섹션의 mid가 같습니다. a=mid가 없는 섹션에는 번호가 차례로 붙으므로 다른 섹션의 mid와 겹칠 수 있습니다.",
  }),
  kind(
    "fingerprint-missing",
    /without DTLS fingerprint/,
    "sdp/fingerprint-missing",
    rfc(8842, "5.1"),
    {
      en: "A section that is not bundled behind another one has no a=fingerprint.",
      ko: "다른 섹션에 묶이지 않은 섹션에 a=fingerprint가 없습니다.",
    },
  ),
  kind(
    "ice-credentials-missing",
    /without ice-ufrag and ice-pwd/,
    "sdp/ice-credentials",
    rfc(8839, "5.4"),
    {
      en: "A section that is not bundled behind another one has no a=ice-ufrag or a=ice-pwd.",
      ko: "다른 섹션에 묶이지 않은 섹션에 a=ice-ufrag나 a=ice-pwd가 없습니다.",
    },
  ),
  kind(
    "bundle-extension-collision",
    /codec collision for header extension/,
    "sdp/bundle-extension-id",
    rfc(9143, "12"),
    {
      en: "Two bundled sections use one header extension id for different extensions. Give each extension one id in the whole group.",
      ko: "묶인 두 섹션이 같은 헤더 확장 ID를 서로 다른 확장에 씁니다. 그룹 전체에서 확장마다 ID 하나를 쓰십시오.",
    },
  ),
  kind(
    "bundle-payload-collision",
    /contains a codec collision/,
    "sdp/bundle-payload-type",
    rfc(9143, "9.1.1"),
    {
      en: "Two bundled sections use one payload type for different codecs.",
      ko: "묶인 두 섹션이 같은 payload type을 서로 다른 코덱에 씁니다.",
    },
  ),
  kind("bundle-mid-unknown", /matching no m= section/, "sdp/group-tag", rfc(9143, "7"), {
    en: "a=group:BUNDLE names a mid that no section has. Take it out, or give the section its mid.",
    ko: "a=group:BUNDLE에 어떤 섹션에도 없는 mid가 있습니다. 그룹에서 빼거나 섹션에 그 mid를 주십시오.",
  }),
  kind("bundle-mid-twice", /already in a BUNDLE group/, "sdp/group-tag", rfc(9143, "7.3.2"), {
    en: "A mid stands in two BUNDLE groups.",
    ko: "한 mid가 두 BUNDLE 그룹에 있습니다.",
  }),
  kind(
    "bundle-without-mux",
    /rtcp-mux must be enabled when BUNDLE/,
    "sdp/bundle-rtcp-mux",
    rfc(9143, "9.3"),
    {
      en: "Every bundled RTP section needs a=rtcp-mux.",
      ko: "BUNDLE에 속한 RTP 섹션에는 모두 a=rtcp-mux가 있어야 합니다.",
    },
  ),
  kind(
    "mux-required",
    /RTCP-MUX is not enabled when it is required/,
    "sdp/rtcp-mux-missing",
    rfc(9429, "5.8.3"),
    {
      en: 'With rtcpMuxPolicy "require", the default, every RTP section needs a=rtcp-mux.',
      ko: '기본값인 rtcpMuxPolicy "require"에서는 모든 RTP 섹션에 a=rtcp-mux가 있어야 합니다.',
    },
  ),
  kind("cryptex-inconsistent", /cryptex|Inconsistent bundle/, undefined, rfc(9335, "4"), {
    en: "a=cryptex stands in some sections of a bundle only; it is for all of them or none.",
    ko: "a=cryptex가 BUNDLE의 일부 섹션에만 있습니다. 모두에 있거나 하나도 없어야 합니다.",
  }),
  kind(
    "payload-type-range",
    /used an invalid payload type/,
    "sdp/payload-type-range",
    rfc(5761, "4"),
    {
      en: "With rtcp-mux payload types 64 to 95 are left to RTCP.",
      ko: "rtcp-mux에서는 payload type 64~95를 RTCP에 남겨 둡니다.",
    },
  ),
  kind("ssrc-group-count", /unexpected number of SSRCs/, "sdp/source-group", rfc(5576, "4.2"), {
    en: "FID and FEC-FR groups have two SSRCs, a SIM group at most three.",
    ko: "FID와 FEC-FR 그룹의 SSRC는 둘, SIM 그룹은 셋까지입니다.",
  }),
  kind("plan-b", /more than one track specified/, undefined, rfc(9429, "5.2.1"), {
    en: "A section has the SSRCs of several tracks, the old “Plan B”. Each track has a section of its own now.",
    ko: "한 섹션에 여러 트랙의 SSRC가 있습니다. 예전의 “Plan B”이며, 이제는 트랙마다 섹션을 따로 둡니다.",
  }),
  kind(
    "simulcast-extension",
    /negotiates simulcast but does not negotiate/,
    "sdp/simulcast-extension",
    rfc(8853, "5.5"),
    {
      en: "Simulcast by rid needs an a=extmap line for the rid header extension.",
      ko: "rid simulcast에는 rid 헤더 확장의 a=extmap 줄이 필요합니다.",
    },
  ),
  kind(
    "ice-credentials-invalid",
    /Invalid ICE parameters/,
    "sdp/ice-characters",
    rfc(8839, "5.4"),
    {
      en: "ice-ufrag has 4 to 256 and ice-pwd 22 to 256 letters, digits, + or /.",
      ko: "ice-ufrag는 4~256자, ice-pwd는 22~256자이며 영문자, 숫자, +, /만 씁니다.",
    },
  ),
  kind(
    "video-codecs",
    /Failed to set (remote|local) video description (send|recv) parameters/,
    "sdp/rtx-association",
    rfc(4588, "8.1"),
    {
      en: "The video codecs do not fit together: most often an rtx format is left whose apt names a codec that is gone, or has no apt, or only repair formats are left.",
      ko: "비디오 코덱 구성이 맞지 않습니다. 대개 rtx의 apt가 이미 지운 코덱을 가리키거나, apt가 없거나, 복구용 포맷만 남은 경우입니다.",
    },
  ),
  kind(
    "audio-codecs",
    /Failed to set (remote|local) audio description (send|recv) parameters/,
    "sdp/format-payload-type",
    rfc(8866, "6.6"),
    {
      en: "The audio codecs of the section do not fit together.",
      ko: "섹션의 오디오 코덱 구성이 맞지 않습니다.",
    },
  ),
  kind(
    "stream-refused",
    /Failed to add (remote|send) stream/,
    "sdp/source-group",
    rfc(5576, "4.2"),
    {
      en: "The SSRCs of the section do not fit: audio takes one, and every SSRC of a video group needs its a=ssrc lines.",
      ko: "섹션의 SSRC가 맞지 않습니다. 오디오는 하나만 받고, 비디오 그룹의 SSRC에는 모두 a=ssrc 줄이 있어야 합니다.",
    },
  ),
  kind(
    "m-line-order",
    /order of m-lines in (answer|subsequent offer)/,
    "answer/m-line-count",
    rfc(3264, "6"),
    {
      en: "The m= lines are not those of the other description in number, order or kind. Sections are never removed or moved; refuse one with port 0.",
      ko: "m= 줄의 수, 순서, 종류가 다른 description과 다릅니다. 섹션은 지우거나 옮기지 않고 port 0으로 거절합니다.",
    },
  ),
  kind(
    "direction-incompatible",
    /Incompatible (send|receive) direction/,
    "answer/direction",
    rfc(3264, "6.1"),
    {
      en: "The answered direction does not fit the offered one: sendonly is answered recvonly, recvonly is answered sendonly.",
      ko: "answer의 방향이 offer와 맞지 않습니다. sendonly에는 recvonly, recvonly에는 sendonly로 답합니다.",
    },
  ),
  kind(
    "setup-role",
    /setup attribute|[Aa]nswerer must be (passive|active)|Failed to set SSL role/,
    "answer/setup-role",
    rfc(8842, "5.3"),
    {
      en: "The DTLS roles do not fit: an offer says actpass, an answer active or passive, and the roles stay as they are later.",
      ko: "DTLS 역할이 맞지 않습니다. offer에는 actpass, answer에는 active나 passive를 쓰며, 이후에는 역할을 바꾸지 않습니다.",
    },
  ),
  kind(
    "answer-group",
    /BUNDLE group (was added in the answer|in answer contains)|MID in the answer has changed group/,
    "answer/group",
    rfc(9143, "7.3"),
    {
      en: "The BUNDLE group of the answer is not part of an offered one.",
      ko: "answer의 BUNDLE 그룹이 offer의 그룹에 속하지 않습니다.",
    },
  ),
  kind(
    "group-changed",
    /has changed group|already-established BUNDLE group/,
    "reoffer/group-membership",
    rfc(9143, "7.5.2"),
    {
      en: "A section cannot move between BUNDLE groups, nor leave one without being rejected.",
      ko: "섹션은 BUNDLE 그룹 사이를 옮길 수 없고, 거절되지 않고는 그룹에서 나올 수 없습니다.",
    },
  ),
  kind(
    "tagged-section",
    /should be rejected|BUNDLE-tag doesn't exist/,
    "sdp/bundle-tag",
    rfc(9143, "7.3.1"),
    {
      en: "The first section of a bundle is rejected while others of it are not.",
      ko: "BUNDLE의 첫 섹션은 거절되었는데 나머지는 그렇지 않습니다.",
    },
  ),
  kind(
    "wrong-state",
    /Called in wrong state|Failed to set .*: Called in/,
    undefined,
    rfc(9429, "3.2"),
    {
      en: "The description does not fit the signaling state: an answer needs an offer before it, and two offers at once need a rollback.",
      ko: "description이 signaling 상태와 맞지 않습니다. answer에는 먼저 offer가 있어야 하고, offer가 둘 겹치면 rollback이 필요합니다.",
    },
  ),
  kind(
    "munged",
    /SDP is modified in a non-acceptable way|does not match (the )?(previously generated|last created)/,
    undefined,
    rfc(9429, "5.4"),
    {
      en: "The description was changed between createOffer or createAnswer and setLocalDescription. Use the API (setCodecPreferences, setParameters …) or change the copy that is sent.",
      ko: "createOffer/createAnswer와 setLocalDescription 사이에 description이 바뀌었습니다. API(setCodecPreferences, setParameters 등)를 쓰거나 상대에게 보내는 사본을 바꾸십시오.",
    },
  ),
  kind("payload-type-unreadable", /^\s*$/, "sdp/format-payload-type", rfc(8866, "5.14"), {
    en: "Where Chromium names neither line nor reason, a payload type is outside 0–127.",
    ko: "Chromium이 줄도 이유도 말하지 않으면 payload type이 0~127 범위를 벗어난 것입니다.",
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
  return { code: `chromium/${name}`, pattern, ...(rule && { rule }), rfc: reference, meaning };
}
