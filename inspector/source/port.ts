import type { News, Order } from "./questions.ts";

/** The way between the page and the engine that holds the traces. Messages keep their order; nothing is lost. */
export interface Port {
  post(order: Order): void;
  /** Set once by the page; news that came earlier wait for it. */
  onnews: ((news: News) => void) | undefined;
  close(): void;
}

/**
 * The engine in a worker: reading, joining and judging never hold up the page. Where there is no worker (a page opened
 * from disk, a test) `localPort` of `local-port.ts` does the same in this thread.
 */
export function workerPort(): Port {
  const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module" });
  const port: Port = {
    post: (order) => worker.postMessage(order),
    onnews: undefined,
    close: () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<News>) => port.onnews?.(data);
  worker.onerror = ({ message }) => port.onnews?.({ type: "broken", reason: message });
  return port;
}
