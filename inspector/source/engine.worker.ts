import { Engine } from "./engine.ts";
import type { Order } from "./questions.ts";
import { buffersOf } from "./transfer.ts";

const engine = new Engine((news) => self.postMessage(news, { transfer: buffersOf(news) }));
self.onmessage = ({ data }: MessageEvent<Order>) => engine.take(data);
