import { Engine } from "./engine.ts";
import type { Port } from "./port.ts";

/** The engine in the page's own thread: messages are handed over one after the other, each in a turn of its own. */
export function localPort(): Port {
  let isClosed = false;
  const engine = new Engine((news) => {
    queueMicrotask(() => {
      if (!isClosed) port.onnews?.(news);
    });
  });
  const port: Port = {
    post: (order) =>
      queueMicrotask(() => {
        if (!isClosed) engine.take(order);
      }),
    onnews: undefined,
    close() {
      isClosed = true;
      engine.close();
    },
  };
  return port;
}
