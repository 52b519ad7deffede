import type { Steps } from "../../lib/index.ts";

/** How long work goes on before others have their turn. Milliseconds. */
const TURN = 12;

/**
 * Does long work in short turns: between them whatever came in meanwhile is answered. `undefined` when nobody wants the
 * result any more, which is asked before each turn.
 */
export async function inTurns<Result>(
  steps: Steps<Result>,
  isWanted: () => boolean,
): Promise<Result | undefined> {
  while (isWanted()) {
    const end = performance.now() + TURN;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTurn();
  }
  return undefined;
}

/** After everything that waits now. A timer would wait some milliseconds more each time. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
