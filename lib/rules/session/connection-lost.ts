import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { StateEvent } from "../../trace/event.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, Session } from "../session.ts";
import { closedAt, iceConnectedEvent, statesOf } from "../session.ts";

/** A connection that is up stays up until somebody closes it. RFC 7675 §5.1. */
export const connectionLost: Rule<"session"> = defineRule({
  code: "session/connection-lost",
  subject: "session",
  severity: "error",
  rfc: rfc(7675, "5.1"),
  summary: {
    en: "A connection that came up stays up: its consent checks are answered until it is closed.",
    ko: "연결된 뒤에는 닫을 때까지 유지됩니다. consent 검사에 계속 응답이 와야 합니다.",
  },
  explainedBy: ["session/new-peer", "session/dtls-failed"],
  check({ session, report }) {
    for (const connection of session.connections) {
      const connected = iceConnectedEvent(connection);
      if (!connected) continue;
      const ice = statesOf(connection, "ice").filter(({ seq }) => seq > connected.seq);
      const last = ice.findLast(({ to }) => to !== "closed");
      if (last?.to !== "failed" && last?.to !== "disconnected") continue;
      const lost = firstOfRun(ice, last);
      const other = session.otherEnd(connection);
      const otherClosed = other && endOf(other);
      // The other side hung up, or was no longer recorded: then this is how it ends.
      if (
        other &&
        otherClosed !== undefined &&
        otherClosed <= lost.t + SETTLE_MS &&
        !isReplaced(other, session)
      )
        continue;
      const elapsed = Math.min(connection.end, closedAt(connection) ?? connection.end) - lost.t;
      if (last.to === "disconnected" && elapsed < HEAL_MS) continue;
      const isFailed = last.to === "failed";
      const restarted = hasRestart(connection, lost.t);
      report(connection, {
        events: [...new Set([lost.seq, last.seq])],
        t: lost.t,
        severity: isFailed ? "error" : "warning",
        ...(other === undefined && { confidence: "likely" as const }),
        message: {
          en: `The connection of ${connection.name} was up and was lost: ICE became ${lost.to}${isFailed && lost.to !== "failed" ? " and then failed" : ""}${isFailed ? "" : ` and stayed so for ${(elapsed / 1000).toFixed(1)} s`}. ${why(other, restarted).en}`,
          ko: `${connection.name}의 연결이 끊겼습니다. ICE가 ${lost.to}${isFailed && lost.to !== "failed" ? " 상태를 거쳐 failed가" : "이(가)"} 되었습니다${isFailed ? "" : `(${(elapsed / 1000).toFixed(1)}초 지속)`}. ${why(other, restarted).ko}`,
        },
        advice: restarted
          ? {
              en: "The ICE restart did not bring it back: make a new connection, and check that both sides take part in the restart.",
              ko: "ICE 재시작으로도 복구되지 않았습니다. 연결을 새로 만들고, 양쪽이 모두 재시작에 참여하는지 확인하십시오.",
            }
          : {
              en: "When ICE is failed, or disconnected for some seconds, call restartIce() and negotiate again.",
              ko: "ICE가 failed이거나 몇 초 이상 disconnected이면 restartIce()를 호출하고 다시 협상하십시오.",
            },
      });
    }
  },
});

/** disconnected may heal by itself. Milliseconds. */
const HEAL_MS = 10_000;
/** The state follows a close on the other side after so long at most. */
const SETTLE_MS = 1000;

function firstOfRun(states: readonly StateEvent[], last: StateEvent): StateEvent {
  let first = last;
  for (const state of [...states.slice(0, states.indexOf(last))].reverse()) {
    if (state.to !== "disconnected" && state.to !== "failed" && state.to !== "checking") break;
    first = state;
  }
  return first;
}

function endOf(other: Connection): number | undefined {
  return (
    closedAt(other) ??
    (other.ended && other.ended.reason !== "recorder-stopped" ? other.ended.t : undefined)
  );
}

/** Whether the same peer went on with another connection. */
function isReplaced(other: Connection, session: Session): boolean {
  const last = session.connectionsOf(other.peer).at(-1);
  return last !== undefined && last.first.seq > other.first.seq;
}

function hasRestart(connection: Connection, t: number): boolean {
  return connection.calls.some(({ method, begin }) => method === "restartIce" && begin.t >= t);
}

function why(other: Connection | undefined, restarted: boolean): Message {
  if (other && endOf(other) !== undefined) {
    return {
      en: `${other.name} had closed its connection and went on with a new one.`,
      ko: `${other.name}이(가) 연결을 닫고 새 연결을 만들었습니다.`,
    };
  }
  return restarted
    ? {
        en: "An ICE restart was tried.",
        ko: "ICE 재시작을 시도했습니다.",
      }
    : {
        en: "The network changed, or the other side went away without saying so; no ICE restart was tried.",
        ko: "네트워크가 바뀌었거나 상대가 알리지 않고 사라졌습니다. ICE 재시작은 시도하지 않았습니다.",
      };
}
