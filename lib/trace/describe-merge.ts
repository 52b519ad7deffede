import type { Diagnostic } from "../diagnostic.ts";
import type { Message } from "../text.ts";
import type { Trace, TracePart } from "./trace.ts";

/**
 * What a merge found, for people: for each part but the first how its clock was shifted and how sure that is.
 * Parts that have nothing in common with the others, and clocks that no shift brings together, are warnings. Empty for a trace that was not merged.
 */
export function describeMerge({ header }: Trace): readonly Diagnostic[] {
  return (header.parts ?? []).slice(1).map((part): Diagnostic => {
    if (part.clock === "none")
      return { code: "merge/no-clock", severity: "warning", message: noClock(part) };
    if (part.messages === 0)
      return { code: "merge/nothing-common", severity: "warning", message: apart(part) };
    if (part.isContradictory)
      return {
        code: "merge/clock-contradiction",
        severity: "warning",
        message: contradiction(part),
      };
    return { code: "merge/clock-shift", severity: "info", message: shift(part) };
  });
}

function shift({ id, shiftMs, errorMs, messages }: TracePart): Message {
  return errorMs === undefined
    ? {
        en: `The clock of ${id} was shifted by ${ms(shiftMs)}; its ${messages} messages go one way only, so the error is not known.`,
        ko: `${id}의 시계를 ${ms(shiftMs)} 옮겼습니다. 메시지 ${messages}개가 한 방향뿐이어서 오차는 알 수 없습니다.`,
      }
    : {
        en: `The clock of ${id} was shifted by ${ms(shiftMs)}, at most ${ms(errorMs)} off, as its ${messages} messages show.`,
        ko: `메시지 ${messages}개를 근거로 ${id}의 시계를 ${ms(shiftMs)} 옮겼습니다(오차 최대 ${ms(errorMs)}).`,
      };
}

function contradiction({ id, shiftMs, messages }: TracePart): Message {
  return {
    en: `No shift of the clock of ${id} fits all of its ${messages} messages: a clock was set or drifted during the session. It was shifted by ${ms(shiftMs)}.`,
    ko: `${id}의 시계를 어떻게 옮겨도 메시지 ${messages}개를 모두 만족하지 못합니다. 세션 중에 시계가 바뀌었거나 어긋났습니다. ${ms(shiftMs)} 옮겼습니다.`,
  };
}

function apart({ id }: TracePart): Message {
  return {
    en: `${id} has no description and no candidate in common with the other traces; its clock was left as it is.`,
    ko: `${id}에는 다른 트레이스와 공통된 description이나 candidate가 없어 시계를 그대로 두었습니다.`,
  };
}

function noClock({ id }: TracePart): Message {
  return {
    en: `${id} has no times: its events stand at the beginning.`,
    ko: `${id}에는 시각이 없어 이벤트를 맨 앞에 두었습니다.`,
  };
}

function ms(value: number): string {
  return `${Math.round(value * 10) / 10} ms`;
}
