import { localPort } from "../source/local-port.ts";
import type { Port } from "../source/port.ts";
import type { News, Order } from "../source/questions.ts";

/**
 * The engine in a worker that runs the page's own script, which is the only one a single file has. Where the browser gives
 * no worker, the engine runs in this thread; what was asked until that showed is asked again there.
 */
export function ownWorkerPort(code: string): Port {
  let isHeard = false;
  let local: Port | undefined;
  const orders: Order[] = [];
  const worker = startWorker(code);
  const port: Port = {
    post(order) {
      if (!isHeard && !local) orders.push(order);
      if (local) local.post(order);
      else worker?.postMessage(order);
    },
    onnews: undefined,
    close() {
      worker?.terminate();
      local?.close();
    },
  };
  const stay = (): void => {
    worker?.terminate();
    local = localPort();
    local.onnews = (news) => port.onnews?.(news);
    for (const order of orders.splice(0)) local.post(order);
  };
  if (!worker) stay();
  else {
    worker.onmessage = ({ data }: MessageEvent<News>) => {
      isHeard = true;
      orders.length = 0;
      port.onnews?.(data);
    };
    worker.onerror = ({ message }) => {
      if (!isHeard) stay();
      else port.onnews?.({ type: "broken", reason: message });
    };
  }
  return port;
}

function startWorker(code: string): Worker | undefined {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } catch {
    return undefined;
  } finally {
    // The worker has begun to load it by then.
    URL.revokeObjectURL(url);
  }
}
