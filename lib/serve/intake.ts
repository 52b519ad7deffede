import type { WebSocket } from "ws";
import { POLICY_VIOLATION } from "../signaling/socket-keeper.ts";
import type { Message } from "../text.ts";
import type { IntakeRefusal, IntakeReply } from "../trace/feed.ts";
import { readIntakeMessage } from "../trace/feed.ts";
import { isTraceId } from "../trace/recorder.ts";
import type { TraceLog } from "./trace-log.ts";
import { TraceRefused } from "./trace-refused.ts";
import type { TraceStore } from "./trace-store.ts";
import { TraceIdTaken } from "./trace-store.ts";

/**
 * Takes a trace from a recorder: its header, then its events, each acknowledged once it is written.
 * A recorder that comes back sends its header again and is told how far it had come, also by a server that was started
 * anew: what is acknowledged stands in the file. A trace that the disk does not take is reported here, too.
 */
export function takeTrace(
  socket: WebSocket,
  store: TraceStore,
  report: (problem: Message) => void,
): void {
  let log: TraceLog | undefined;
  let letGo: (() => void) | undefined;
  let isRefused = false;

  const reply = (message: IntakeReply): void => socket.send(JSON.stringify(message));
  const refuse = (code: IntakeRefusal, sentence: Message): void => {
    isRefused = true;
    reply({ type: "refused", code, message: sentence.en, sentence });
    socket.close(POLICY_VIOLATION, code);
  };
  const acknowledge = (): void => reply({ type: "ack", seq: log?.written ?? 0 });

  socket.on("message", (data, isBinary) => {
    // What was refused is missing: what follows it would stand behind a hole.
    if (isRefused) return;
    const message = isBinary ? undefined : readIntakeMessage(data.toString());
    if (message === undefined) {
      return refuse("malformed", {
        en: "A message is a header or a list of events.",
        ko: "메시지는 헤더이거나 이벤트 목록입니다.",
      });
    }
    if (message.type === "header") {
      const { id } = message.header;
      if (!isTraceId(id)) {
        return refuse("malformed", {
          en: `${JSON.stringify(id)} cannot name a trace.`,
          ko: `트레이스의 이름으로 쓸 수 없습니다: ${JSON.stringify(id)}`,
        });
      }
      try {
        log = store.take(message.header);
      } catch (error) {
        if (error instanceof TraceRefused) return refuse(error.code, error.sentence);
        if (error instanceof TraceIdTaken) {
          return refuse("id-taken", {
            en: `There is another trace ${id}.`,
            ko: `ID가 ${id}인 다른 트레이스가 이미 있습니다.`,
          });
        }
        const reason = error instanceof Error ? error.message : String(error);
        const sentence = {
          en: `The trace ${id} cannot be stored: ${reason}`,
          ko: `트레이스(${id})를 저장할 수 없습니다: ${reason}`,
        };
        report(sentence);
        return refuse("not-stored", sentence);
      }
      const former = letGo;
      letGo = log.hold();
      former?.();
      return acknowledge();
    }
    if (log === undefined) {
      return refuse("no-header", {
        en: "Events come after the header.",
        ko: "이벤트는 헤더 다음에 와야 합니다.",
      });
    }
    try {
      for (const event of message.events) log.append(event);
    } catch (error) {
      if (!(error instanceof TraceRefused)) throw error;
      return refuse(error.code, error.sentence);
    }
    acknowledge();
  });
  socket.on("close", () => letGo?.());
  // A socket fails for reasons of the network: its close event says all there is to do.
  socket.on("error", () => {});
}
