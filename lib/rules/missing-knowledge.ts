import type { Message } from "../text.ts";

/** What a recording may lack. */
export type Missing =
  | "calls"
  | "results"
  | "states"
  | "stats"
  | "messages"
  | "otherEnd"
  | "clock"
  | "start"
  | "configuration"
  | "gathering";

/** Why a rule about a session cannot judge: what the recording lacks. */
export const missing: Readonly<Record<Missing, Message>> = {
  calls: { en: "The recording has no API calls.", ko: "기록에 API 호출이 없습니다." },
  results: {
    en: "The recording does not tell which calls succeeded.",
    ko: "기록에 어떤 호출이 성공했는지 나와 있지 않습니다.",
  },
  states: { en: "The recording has no state changes.", ko: "기록에 상태 변화가 없습니다." },
  stats: { en: "The recording has no getStats reports.", ko: "기록에 getStats 보고서가 없습니다." },
  messages: {
    en: "The recording has no signaling messages.",
    ko: "기록에 시그널링 메시지가 없습니다.",
  },
  otherEnd: { en: "Only one side was recorded.", ko: "한쪽만 기록되었습니다." },
  clock: {
    en: "The recording's clock is too coarse to tell the order of events.",
    ko: "기록의 시간이 너무 거칠어 이벤트의 순서를 알 수 없습니다.",
  },
  start: {
    en: "The recording began after the connection was made.",
    ko: "연결이 만들어진 뒤에 기록이 시작되었습니다.",
  },
  configuration: {
    en: "The recording does not say which ICE servers were configured.",
    ko: "기록에 ICE 서버 설정이 없습니다.",
  },
  gathering: {
    en: "The recording has no gathered candidates or gathering states.",
    ko: "기록에 수집된 candidate나 수집 상태가 없습니다.",
  },
};

/** The recording ended before the rule could tell. */
export function endedEarly(ms: number): Message {
  const rounded = Math.max(0, Math.round(ms));
  return {
    en: `The recording ended ${rounded} ms after what the rule looks at: too early to judge.`,
    ko: `판단에 필요한 시점에서 ${rounded} ms 만에 기록이 끝나 판단할 수 없습니다.`,
  };
}

/** The statistics cover too little time to tell noise from trouble. */
export function statsTooShort(ms: number): Message {
  const rounded = Math.max(0, Math.round(ms));
  return {
    en: `The getStats reports cover ${rounded} ms: too little to judge the media.`,
    ko: `getStats 보고서가 ${rounded} ms 동안뿐이어서 미디어 품질을 판단할 수 없습니다.`,
  };
}

/** The engine does not count what the rule looks at. */
export function lacksMember(type: string, member: string): Message {
  return {
    en: `The getStats reports have no ${member} in ${type}.`,
    ko: `getStats 보고서의 ${type}에 ${member}이(가) 없습니다.`,
  };
}
