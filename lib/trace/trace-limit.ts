import type { Message } from "../text.ts";

/**
 * Something that a source cannot know, so that nobody takes its silence for health.
 *
 * `no-clock`: nothing has a time; `t` counts events, and only their order within one connection means anything.
 * `local-time`: times are those of a machine whose zone is not known, shown as if it were UTC.
 * `no-date`: times count from a moment that is not known.
 * `no-calls`: API calls were not recorded. `no-results`: how a call ended is not known; it has no `settle`.
 * `no-states`: state changes were not recorded. `no-candidates`: candidates were not recorded.
 * `no-descriptions`: calls are known, their SDP was left out. `no-refused-sdp`: the SDP of a description that could not be parsed is missing.
 * `refused-among-applied`: descriptions that were refused stand among those that were applied.
 * `no-end-of-candidates`: a given end-of-candidates was not recorded. `assumed-success`: a call is taken as accepted because refusals alone are recorded.
 * `inferred-types`: offer or answer was concluded from the SDP. `unknown-sides`: whose descriptions or candidates these are is not said.
 * `snapshot`: values stand at the time of the report, not at the time when they came to be.
 * `no-stats`: there are no `getStats` values. `no-signaling`: signaling messages were not recorded.
 * `one-way`: signaling alone was recorded, nothing of the connection. `cut-off`: the source ends in the middle.
 */
export type TraceLimit =
  | "no-clock"
  | "local-time"
  | "no-date"
  | "no-calls"
  | "no-results"
  | "no-states"
  | "no-candidates"
  | "no-descriptions"
  | "no-refused-sdp"
  | "refused-among-applied"
  | "no-end-of-candidates"
  | "assumed-success"
  | "inferred-types"
  | "unknown-sides"
  | "no-stats"
  | "no-signaling"
  | "one-way"
  | "cut-off"
  | "snapshot";

/** What each limit means, in a sentence. */
export const limitMessages: Readonly<Record<TraceLimit, Message>> = {
  "no-clock": {
    en: "The source has no times: only the order of its parts is known.",
    ko: "원본에 시각이 없어 순서만 알 수 있습니다.",
  },
  "local-time": {
    en: "The times are local times of a machine whose time zone is not in the file; they are shown as if it were UTC.",
    ko: "시각은 시간대를 알 수 없는 컴퓨터의 현지 시각이며, UTC인 것처럼 표시합니다.",
  },
  "no-date": {
    en: "The times count from an unknown moment: their differences are right, the date is not.",
    ko: "시각의 기준 시점을 알 수 없어 간격만 정확하고 날짜는 맞지 않습니다.",
  },
  "no-calls": {
    en: "API calls are not recorded in this format.",
    ko: "이 형식에는 API 호출이 기록되지 않습니다.",
  },
  "no-results": {
    en: "How the calls ended is not recorded in this format.",
    ko: "이 형식에는 호출의 결과가 기록되지 않습니다.",
  },
  "no-states": {
    en: "State changes are not recorded in this format.",
    ko: "이 형식에는 상태 변화가 기록되지 않습니다.",
  },
  "no-candidates": {
    en: "Candidates outside of descriptions are not recorded in this format.",
    ko: "이 형식에는 description 밖의 candidate가 기록되지 않습니다.",
  },
  "no-descriptions": {
    en: "The SDP was left out when this file was recorded.",
    ko: "이 파일을 기록할 때 SDP를 남기지 않았습니다.",
  },
  "no-refused-sdp": {
    en: "The SDP of a description that could not be parsed is missing: the browser writes only its error.",
    ko: "파싱에 실패한 description의 SDP가 없습니다. 브라우저는 오류만 기록합니다.",
  },
  "refused-among-applied": {
    en: "Descriptions that were refused stand among those that were applied; the format does not tell them apart.",
    ko: "거부된 description과 적용된 description이 섞여 있으며, 이 형식은 둘을 구분하지 않습니다.",
  },
  "no-end-of-candidates": {
    en: "End-of-candidates that was given to addIceCandidate is not recorded in this format.",
    ko: "addIceCandidate로 전달한 end-of-candidates는 이 형식에 기록되지 않습니다.",
  },
  "assumed-success": {
    en: "Only refusals of addIceCandidate are recorded: every other call is shown as accepted at the moment it was made.",
    ko: "addIceCandidate는 거부만 기록되므로, 나머지 호출은 호출 시점에 성공한 것으로 표시합니다.",
  },
  "inferred-types": {
    en: "The format does not say what is an offer and what an answer; it was concluded from the SDP.",
    ko: "이 형식은 offer와 answer를 구분하지 않으므로 SDP를 보고 판단했습니다.",
  },
  "unknown-sides": {
    en: "The source does not say which end its lines belong to.",
    ko: "원본에는 어느 쪽의 것인지 적혀 있지 않습니다.",
  },
  snapshot: {
    en: "Candidates, pairs and statistics stand at the time of the report, not at the time they came to be.",
    ko: "candidate, 페어, 통계는 생긴 시각이 아니라 보고서를 만든 시각에 표시합니다.",
  },
  "no-stats": {
    en: "There are no getStats values in this source.",
    ko: "이 원본에는 getStats 값이 없습니다.",
  },
  "no-signaling": {
    en: "Signaling messages are not recorded in this format.",
    ko: "이 형식에는 시그널링 메시지가 기록되지 않습니다.",
  },
  "one-way": {
    en: "Only signaling messages are recorded, nothing of the connection itself.",
    ko: "시그널링 메시지만 있고 연결 자체의 기록은 없습니다.",
  },
  "cut-off": {
    en: "The source ends in the middle; what stands before the end was read.",
    ko: "원본이 중간에 끊겨 있어 그 앞까지만 읽었습니다.",
  },
};
