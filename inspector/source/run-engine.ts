import { Engine } from "./engine.ts";
import type { Order } from "./questions.ts";
import { buffersOf } from "./transfer.ts";

/** The engine as what a worker does: it takes the orders that come and tells its news. */
export function runEngine(): void {
  const engine = new Engine((news) => self.postMessage(news, { transfer: buffersOf(news) }));
  self.onmessage = ({ data }: MessageEvent<Order>) => engine.take(data);
}
