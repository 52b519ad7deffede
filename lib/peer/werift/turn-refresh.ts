import { classes, Message, methods, TurnProtocol } from "werift";

/**
 * Mends the TURN client, for all connections: it waits for its next refresh with a timer that nothing can end, so that a
 * program which has used a relay does not end for up to ten minutes after everything is closed. Here the timer keeps nothing
 * alive, and goes with the client. RFC 8656 §3.9: an allocation is refreshed before its lifetime is over.
 */
export function mendTurnRefresh(): void {
  if (isMended) return;
  isMended = true;
  const prototype = TurnProtocol.prototype as unknown as TurnClient;
  const { connectionMade } = prototype;
  prototype.connectionMade = function () {
    this.refresh = (seconds) => refreshLater(this, seconds);
    return connectionMade.call(this);
  };
}

let isMended = false;

/** What of werift's TURN client is used. */
export interface TurnClient {
  readonly server: unknown;
  refreshHandle?: { resolve(): void };
  /** Called with the lifetime of an allocation, in seconds. */
  refresh: (seconds: number) => void;
  connectionMade(): Promise<void>;
  requestWithRetry(request: Message, server: unknown): Promise<readonly [Message, unknown]>;
}

function refreshLater(turn: TurnClient, seconds: number): void {
  const timer = setTimeout(() => void refreshNow(turn, seconds), (seconds * 1000 * 5) / 6);
  timer.unref();
  turn.refreshHandle = { resolve: () => clearTimeout(timer) };
}

async function refreshNow(turn: TurnClient, seconds: number): Promise<void> {
  const request = new Message(methods.REFRESH, classes.REQUEST);
  request.setAttribute("LIFETIME", seconds);
  try {
    const [response] = await turn.requestWithRetry(request, turn.server);
    refreshLater(turn, response.getAttributeValue("LIFETIME"));
  } catch {
    // The server does not answer any more: consent of the pairs over it runs out by itself. RFC 7675.
  }
}
