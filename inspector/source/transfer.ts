import type { News } from "./questions.ts";

/** The buffers in a message that may be handed over instead of copied: columns are made for the page alone. */
export function buffersOf(news: News): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  if (news.type === "picture") collect(news.picture, found);
  if (news.type === "answer" && ArrayBuffer.isView(news.answer)) collect(news.answer, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) {
    // Lists of texts have no buffers in them, and may be long.
    if (typeof value[0] === "object") for (const one of value) collect(one, found);
  } else if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) collect(one, found);
  }
}
