import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { statesOf } from "../session.ts";

/** A path that works goes on working. RFC 7675 §5.1. */
export const iceFlapping: Rule<"session"> = defineRule({
  code: "session/ice-flapping",
  subject: "session",
  severity: "warning",
  rfc: rfc(7675, "5.1"),
  summary: {
    en: "ICE does not go back and forth between connected and disconnected.",
    ko: "ICE가 connected와 disconnected 사이를 오가지 않습니다.",
  },
  check({ session, report }) {
    for (const connection of session.connections) {
      const drops = statesOf(connection, "ice").filter(({ to }) => to === "disconnected");
      for (let index = 0; index + TIMES <= drops.length; index++) {
        const run = drops.slice(index).filter(({ t }) => t - (drops[index]?.t ?? 0) <= SPAN_MS);
        if (run.length < TIMES) continue;
        report(connection, {
          events: run.map(({ seq }) => seq),
          message: {
            en: `ICE of ${connection.name} was disconnected ${run.length} times within a minute: the path drops packets, as a weak Wi-Fi or a VPN does.`,
            ko: `${connection.name}의 ICE가 1분 안에 ${run.length}번 disconnected가 되었습니다. 약한 Wi-Fi나 VPN처럼 패킷이 자주 끊기는 경로입니다.`,
          },
          advice: {
            en: "Compare with another network, and do not tear the connection down at each disconnected.",
            ko: "다른 네트워크와 비교해 보고, disconnected가 될 때마다 연결을 끊지는 마십시오.",
          },
        });
        break;
      }
    }
  },
});

const TIMES = 3;
const SPAN_MS = 60_000;
