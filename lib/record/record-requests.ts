import type { Recorder } from "../trace/recorder.ts";
import type { SignalReader } from "./signal.ts";
import { carriesSignaling, createSignalReader } from "./signal.ts";

/** What of a page's global object makes requests. */
export interface RequestingWindow {
  fetch?: unknown;
  EventSource?: unknown;
}

/**
 * Records what the page sends and receives by `fetch` and `EventSource`, as far as it carries a description or a
 * candidate. An answer's body is looked at when the page reads it with `text()` or `json()`, never by itself.
 * Returns what ends the recording.
 */
export function recordRequests(
  window: RequestingWindow,
  options: { readonly recorder: Recorder; readonly peer: string },
): () => void {
  const { recorder, peer } = options;
  const read: SignalReader = createSignalReader();
  const write = (direction: "in" | "out", transport: string, text: unknown): void => {
    if (typeof text !== "string" || text.length > MAX_LENGTH || !carriesSignaling(text)) return;
    recorder.record({ kind: "signal", peer, direction, transport, ...read(direction, text) });
  };

  const { fetch, EventSource } = window;
  if (typeof fetch === "function") {
    window.fetch = new Proxy(fetch, {
      apply(target, self, given: unknown[]) {
        const { body } = (given[1] ?? {}) as { readonly body?: unknown };
        write("out", "http", body);
        const answer: unknown = Reflect.apply(target, self, given);
        // Behind the recorder's, so that a rejection that nobody handles is reported as ever.
        return (answer as Promise<object>).then((response) => {
          watchBody(response as Record<string, unknown>, (text) => write("in", "http", text));
          return response;
        });
      },
    });
  }
  if (typeof EventSource === "function") {
    window.EventSource = new Proxy(EventSource as new () => EventTarget, {
      construct(target, given, newTarget) {
        const source = Reflect.construct(target, given, newTarget) as EventTarget;
        source.addEventListener("message", (event) =>
          write("in", "sse", (event as { readonly data?: unknown }).data),
        );
        return source;
      },
    });
  }
  return () => {
    window.fetch = fetch;
    if (EventSource !== undefined) window.EventSource = EventSource;
  };
}

/** In characters. */
const MAX_LENGTH = 1024 * 1024;

function watchBody(response: Record<string, unknown>, heard: (text: string) => void): void {
  for (const name of ["text", "json"]) {
    const original = response[name];
    if (typeof original !== "function") continue;
    const value = new Proxy(original as () => Promise<unknown>, {
      async apply(target, self, given) {
        const body: unknown = await Reflect.apply(target, self, given as []);
        heard(typeof body === "string" ? body : JSON.stringify(body));
        return body;
      },
    });
    Object.defineProperty(response, name, { value, configurable: true, writable: true });
  }
}
