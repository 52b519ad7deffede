import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";
import type { DescriptionInit } from "../trace/event.ts";
import type { SignalingState } from "./session.ts";

/** What becomes of a description that is applied in a signaling state: the next state, or why it is refused. */
export type Transition =
  | { readonly to: SignalingState }
  | { readonly refusal: Message; readonly rfc: RfcRef };

/**
 * The signaling state machine. RFC 9429 §3.2, with the checks of §5.5 to §5.7 and W3C's implicit rollback: a remote offer takes
 * back a local one. Chromium agrees in every combination of state, side and type; a test asks it.
 */
export function transition(
  state: SignalingState,
  side: "local" | "remote",
  type: DescriptionInit["type"],
): Transition {
  const other = side === "local" ? "remote" : "local";
  switch (type) {
    case "offer": {
      const isImplicitRollback = side === "remote" && state === "have-local-offer";
      if (state === "stable" || state === `have-${side}-offer` || isImplicitRollback) {
        return { to: `have-${side}-offer` };
      }
      return refused(side, type, state, {
        en: `the ${state.endsWith("pranswer") ? "exchange before it has only a provisional answer" : "other side's offer waits for an answer"}`,
        ko: state.endsWith("pranswer")
          ? "앞선 교환에 임시 answer(pranswer)만 있습니다"
          : "상대의 offer가 answer를 기다리고 있습니다",
      });
    }
    case "answer":
    case "pranswer":
      if (state === `have-${other}-offer` || state === `have-${side}-pranswer`) {
        return { to: type === "answer" ? "stable" : `have-${side}-pranswer` };
      }
      return refused(side, type, state, {
        en: side === "local" ? "there is no remote offer to answer" : "no offer of this side waits",
        ko:
          side === "local"
            ? "답할 원격 offer가 없습니다"
            : "answer를 기다리는 이쪽의 offer가 없습니다",
      });
    case "rollback":
      if (state === "have-local-offer" || state === "have-remote-offer") return { to: "stable" };
      return refused(side, type, state, {
        en: state === "stable" ? "there is no offer to take back" : "an answer is not taken back",
        ko: state === "stable" ? "취소할 offer가 없습니다" : "answer는 취소할 수 없습니다",
      });
    default:
      return type satisfies never;
  }
}

/** RFC 9429 has a section for each. */
const sections = { local: "5.5", remote: "5.6" } as const;

function refused(
  side: "local" | "remote",
  type: DescriptionInit["type"],
  state: SignalingState,
  why: Message,
): Transition {
  return {
    refusal: {
      en: `A ${side} ${type} does not fit the state ${state}: ${why.en}.`,
      ko: `${state} 상태에는 ${side} ${type}을(를) 적용할 수 없습니다. ${why.ko}.`,
    },
    rfc: rfc(9429, type === "rollback" ? "5.7" : sections[side]),
  };
}
