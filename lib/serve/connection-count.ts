import type { TraceEvent } from "../trace/event.ts";

/** Knows of events that come one by one whether every connection, or the session as a whole, has ended. */
export function createConnectionCount(): { take(event: TraceEvent): void; haveEnded(): boolean } {
  const open = new Set<string>();
  let isOver = false;
  return {
    take(event) {
      const connection = `${event.peer} ${event.pc}`;
      if (event.kind === "create") open.add(connection);
      if (event.kind === "end") open.delete(connection);
      if (endsSession(event)) isOver = true;
    },
    haveEnded: () => isOver || open.size === 0,
  };
}

/** An end that is nobody's in particular ends the session. */
export function endsSession(event: TraceEvent): boolean {
  return event.kind === "end" && event.peer === undefined && event.pc === undefined;
}
