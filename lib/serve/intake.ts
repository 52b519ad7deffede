import type { WebSocket } from "ws";
import type { IntakeRefusal, IntakeReply } from "../trace/feed.ts";
import { readIntakeMessage } from "../trace/feed.ts";
import type { TraceLog, TraceStore } from "./trace-store.ts";
import { TraceIdTaken } from "./trace-store.ts";

/**
 * Takes a trace from a recorder: its header, then its events, each acknowledged once it is written.
 * A recorder that comes back sends its header again and is told how far it had come, also by a server that was started
 * anew: what is acknowledged stands in the file.
 */
export function takeTrace(socket: WebSocket, store: TraceStore): void {
  let log: TraceLog | undefined;
  let letGo: (() => void) | undefined;
  let isRefused = false;

  const reply = (message: IntakeReply): void => socket.send(JSON.stringify(message));
  const refuse = (code: IntakeRefusal, message: string): void => {
    isRefused = true;
    reply({ type: "refused", code, message });
    socket.close(POLICY_VIOLATION, code);
  };
  const acknowledge = (): void => reply({ type: "ack", seq: log?.written ?? 0 });

  socket.on("message", (data, isBinary) => {
    // What was refused is missing: what follows it would stand behind a hole.
    if (isRefused) return;
    const message = isBinary ? undefined : readIntakeMessage(data.toString());
    if (message === undefined) {
      return refuse("malformed", "A message is a header or a list of events.");
    }
    if (message.type === "header") {
      try {
        log = store.take(message.header);
      } catch (error) {
        if (error instanceof TraceIdTaken) return refuse("id-taken", error.message);
        return refuse("malformed", error instanceof Error ? error.message : String(error));
      }
      const former = letGo;
      letGo = log.hold();
      former?.();
      return acknowledge();
    }
    if (log === undefined) return refuse("no-header", "Events come after the header.");
    for (const event of message.events) log.append(event);
    acknowledge();
  });
  socket.on("close", () => letGo?.());
  // A socket fails for reasons of the network: its close event says all there is to do.
  socket.on("error", () => {});
}

const POLICY_VIOLATION = 1008;
