import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { HeaderExtension } from "../description.ts";
import { directions } from "../fields.ts";

type Part = "id" | "direction" | "uri" | "attributes";

export const extmap: Attribute<Omit<HeaderExtension, "line">, Part> = defineAttribute({
  name: "extmap",
  levels: ["session", "media"],
  multiplicity: "per-key",
  mux: "SPECIAL",
  rfc: rfc(8285, "5"),
  read(scan) {
    const id = scan.integer("id", 4351);
    const direction = scan.skip(SLASH) ? scan.oneOf(directions, "direction") : undefined;
    const uri = scan.word("uri");
    const attributes = scan.optionalRest("attributes");
    if (attributes !== undefined) {
      return direction === undefined ? { id, uri, attributes } : { id, direction, uri, attributes };
    }
    return direction === undefined ? { id, uri } : { id, direction, uri };
  },
  print({ id, direction, uri, attributes }) {
    const text = direction === undefined ? `${id} ${uri}` : `${id}/${direction} ${uri}`;
    return attributes === undefined ? text : `${text} ${attributes}`;
  },
  summary({ id, direction, uri }) {
    const { en, ko } = extensions.get(uri) ?? unknown;
    const way = direction === undefined ? "" : ` (${direction})`;
    return {
      en: `RTP header extension ${id}${way}: ${en} (${uri}).`,
      ko: `RTP 헤더 확장 ${id}번${way}(${uri})입니다. ${ko}.`,
    };
  },
  parts: {
    id: {
      name: { en: "id", ko: "id" },
      meaning: {
        en: "The number under which packets carry the extension; in a BUNDLE group one number means one extension. 1 to 14 fit the short header.",
        ko: "패킷에 실리는 확장 번호입니다. 한 BUNDLE 그룹에서 같은 번호는 같은 확장을 뜻합니다. 짧은 헤더에는 1~14만 쓸 수 있습니다.",
      },
    },
    direction: {
      name: { en: "direction", ko: "방향" },
      meaning: {
        en: "In which direction the extension is used; without it, wherever media flows.",
        ko: "확장을 사용하는 방향입니다. 생략하면 미디어가 흐르는 모든 방향에 씁니다.",
      },
    },
    uri: {
      name: { en: "URI", ko: "URI" },
      meaning(text) {
        const { en, ko } = extensions.get(text) ?? unknown;
        return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, ko: `${ko}.` };
      },
    },
    attributes: {
      name: { en: "extension attributes", ko: "확장 속성" },
      meaning: {
        en: "Parameters of this extension, as its own specification defines them.",
        ko: "이 확장의 규격이 정한 매개변수입니다.",
      },
    },
  },
});

const SLASH = 0x2f;

const experiments = "http://www.webrtc.org/experiments/rtp-hdrext/";
const registered = "urn:ietf:params:rtp-hdrext:";

const extensions: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    [`${registered}ssrc-audio-level`]: {
      en: "how loud the audio of each packet is, so that a server finds who speaks without decoding",
      ko: "패킷별 음량을 실어, 서버가 디코딩하지 않고도 말하는 사람을 찾게 합니다",
    },
    [`${registered}csrc-audio-level`]: {
      en: "how loud each contributor to mixed audio is",
      ko: "믹싱된 오디오에서 참가자별 음량을 알립니다",
    },
    [`${registered}toffset`]: {
      en: "when the packet was really sent, relative to its timestamp",
      ko: "타임스탬프를 기준으로 패킷이 실제로 전송된 시각을 알립니다",
    },
    [`${registered}sdes:mid`]: {
      en: "the mid, so that a bundled packet finds its section",
      ko: "mid를 실어, BUNDLE된 패킷이 자기 섹션을 찾게 합니다",
    },
    [`${registered}sdes:rtp-stream-id`]: {
      en: "the rid, so that a packet finds its simulcast stream",
      ko: "rid를 실어, 패킷이 자기 simulcast 스트림을 찾게 합니다",
    },
    [`${registered}sdes:repaired-rtp-stream-id`]: {
      en: "the rid of the stream that a retransmission belongs to",
      ko: "재전송 패킷이 어느 스트림(rid)의 것인지 알립니다",
    },
    [`${registered}encrypt`]: {
      en: "an encrypted header extension; the one that is encrypted stands behind it",
      ko: "암호화된 헤더 확장입니다. 암호화 대상은 바로 뒤에 나옵니다",
    },
    [`${registered}ntp-64`]: {
      en: "the wall-clock time of the packet, for fast synchronisation",
      ko: "빠른 동기화를 위해 패킷의 실제 시각을 알립니다",
    },
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01": {
      en: "a sequence number across all streams of the transport, which transport-cc feedback needs",
      ko: "전송 전체에 걸친 순번으로, transport-cc 피드백에 필요합니다",
    },
    [`${experiments}abs-send-time`]: {
      en: "when the packet was sent, from which a receiver estimates the bandwidth (REMB)",
      ko: "패킷을 보낸 시각으로, 수신자가 대역폭을 추정하는 데 씁니다(REMB)",
    },
    [`${experiments}abs-capture-time`]: {
      en: "when the media was captured, for synchronisation across servers",
      ko: "미디어가 캡처된 시각으로, 서버를 거쳐도 동기를 맞출 수 있게 합니다",
    },
    [`${experiments}playout-delay`]: {
      en: "the shortest and longest delay that the sender wants before playing",
      ko: "송신자가 원하는 최소·최대 재생 지연을 알립니다",
    },
    [`${experiments}video-content-type`]: {
      en: "whether the video is a camera or a screen",
      ko: "영상이 카메라인지 화면 공유인지 알립니다",
    },
    [`${experiments}video-timing`]: {
      en: "how long each step of encoding and sending took, for statistics",
      ko: "인코딩과 전송의 단계별 소요 시간을 통계용으로 알립니다",
    },
    [`${experiments}color-space`]: {
      en: "the colour space of the video, with HDR",
      ko: "HDR을 포함한 영상의 색 공간을 알립니다",
    },
    [`${experiments}video-layers-allocation00`]: {
      en: "which layers the sender sends at which bit rates, for a server that forwards them",
      ko: "송신 중인 계층과 비트레이트를 중계 서버에 알립니다",
    },
    [`${experiments}generic-frame-descriptor-00`]: {
      en: "on which frames a frame depends, an ancestor of the dependency descriptor",
      ko: "프레임 사이의 의존 관계를 알립니다(dependency descriptor의 전신)",
    },
    [`${experiments}corruption-detection`]: {
      en: "samples of the picture, by which a receiver notices damage",
      ko: "화면의 표본을 실어 수신자가 손상을 알아채게 합니다",
    },
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension": {
      en: "on which frames and layers a frame depends, so that a server can drop layers without decoding",
      ko: "프레임과 계층의 의존 관계를 실어, 서버가 디코딩 없이 계층을 골라 보내게 합니다",
    },
    "urn:3gpp:video-orientation": {
      en: "how the picture must be turned; without it the sender turns it before encoding",
      ko: "화면의 회전 방향을 알립니다. 없으면 송신자가 인코딩 전에 직접 회전합니다",
    },
  }),
);

const unknown: Message = {
  en: "an extension not known here; a receiver that does not know it leaves it out of its answer",
  ko: "여기서 알지 못하는 확장입니다. 이를 모르는 수신자는 answer에서 뺍니다",
};
