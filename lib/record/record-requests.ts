import { withoutCredentials } from "./credentials.ts";
import type { FieldReader } from "./field.ts";
import { isNative, readNativeField, readScriptedField } from "./field.ts";
import type { Ledger } from "./ledger.ts";
import { listen } from "./listen.ts";
import { replaceField } from "./replace-field.ts";
import { replaceMethod } from "./replace-method.ts";
import { whenSettled } from "./settled.ts";
import type { SignalReader } from "./signal.ts";
import { carriesSignaling, createSignalReader, holdsSignaling } from "./signal.ts";
import type { Constructor } from "./when-made.ts";
import { giveBackConstructor, whenMade } from "./when-made.ts";

/** What of a page's global object makes requests. */
export interface RequestingWindow {
  fetch?: unknown;
  EventSource?: unknown;
  XMLHttpRequest?: unknown;
}

/**
 * Records what the page sends and receives by `fetch`, `XMLHttpRequest` and `EventSource`, as far as it carries a
 * description or a candidate, without credentials of TURN servers; and when a request that carried one failed. An
 * answer's body to `fetch` is looked at when the page reads it with `text()` or `json()`, never by itself.
 * Returns what ends the recording.
 */
export function recordRequests(
  window: RequestingWindow,
  options: { readonly ledger: Ledger; readonly peer: string },
): () => void {
  const { ledger, peer } = options;
  const signalOf: SignalReader = createSignalReader();
  const { fetch, EventSource, XMLHttpRequest } = window;
  const read: FieldReader =
    typeof fetch === "function" && isNative(fetch) ? readNativeField : readScriptedField;

  const undo: (() => void)[] = [];
  let isEnded = false;
  const write = (
    direction: "in" | "out",
    transport: string,
    text: unknown,
    status?: number,
  ): void => {
    if (isEnded || typeof text !== "string" || text.length > MAX_LENGTH) return;
    ledger.write({ peer }, () => {
      if (!carriesSignaling(text)) return undefined;
      const signal = signalOf(direction, withoutCredentials(text));
      const answered = status !== undefined && { status };
      return { kind: "signal", direction, transport, ...answered, ...signal };
    });
  };
  /** Says what became of a request that carried signaling, where it was no success. */
  const writeFailure = (sent: unknown, outcome: string): void => {
    if (isEnded || typeof sent !== "string" || sent.length > MAX_LENGTH) return;
    ledger.write({ peer }, () =>
      carriesSignaling(sent)
        ? { kind: "note", text: `A request that carried signaling ${outcome}.` }
        : undefined,
    );
  };

  if (typeof fetch === "function") {
    const shown = new Proxy(fetch, {
      apply(target, self, given: unknown[]) {
        if (isEnded) return Reflect.apply(target, self, given);
        const init = given[1];
        const body = typeof init === "object" && init !== null ? read(init, "body") : undefined;
        write("out", "http", body);
        const answer: unknown = Reflect.apply(target, self, given);
        const succeed = (response: unknown): void => {
          if (typeof response !== "object" || response === null) return;
          const status = read(response, "status");
          if (typeof status !== "number") return;
          if (status >= 400) writeFailure(body, `was answered ${status}`);
          for (const name of ["text", "json"]) {
            watchBody(response, name, (text) => write("in", "http", text, status));
          }
        };
        const fail = (): void => writeFailure(body, "was not answered");
        // Behind the recorder's, so that a rejection that nobody handles is reported as ever.
        return whenSettled(answer, succeed, fail) ?? answer;
      },
    });
    undo.push(replaceField(window, "fetch", shown));
  }
  if (typeof XMLHttpRequest === "function") {
    const shown = whenMade<object>(XMLHttpRequest as Constructor, (request) => {
      if (isEnded) return;
      let body: unknown;
      replaceMethod(request, "send", (original, given) => {
        body = given[0];
        write("out", "http", body);
        return original(given);
      });
      // Of a synchronous request, too, it comes before `send` returns.
      listen(request, "loadend", (event) => {
        const status = read(request, "status");
        if (typeof status !== "number") return;
        if (status === 0) writeFailure(body, "was not answered");
        else if (status >= 400) writeFailure(body, `was answered ${status}`);
        if (Number(read(event, "loaded")) <= MAX_LENGTH) {
          write("in", "http", answerOf(request, read), status);
        }
      });
    });
    undo.push(replaceField(window, "XMLHttpRequest", shown));
    undo.push(() => giveBackConstructor(XMLHttpRequest as Constructor, shown));
  }
  if (typeof EventSource === "function") {
    const shown = whenMade<object>(EventSource as Constructor, (source) => {
      if (isEnded) return;
      listen(source, "message", (event) => write("in", "sse", read(event, "data")));
    });
    undo.push(replaceField(window, "EventSource", shown));
    undo.push(() => giveBackConstructor(EventSource as Constructor, shown));
  }
  return () => {
    isEnded = true;
    for (const step of undo.splice(0)) step();
  };
}

/** In characters. */
const MAX_LENGTH = 1024 * 1024;

function watchBody(response: object, name: string, heard: (text: string) => void): void {
  replaceMethod(response, name, (original, given) => {
    const body = original(given);
    const tell = (value: unknown): void => {
      const text = typeof value === "string" ? value : signalingAsJson(value);
      if (text !== undefined) heard(text);
    };
    return whenSettled(body, tell, () => {}) ?? body;
  });
}

/**
 * A value as JSON, if it carries signaling and is not too long. An answer is printed while the page waits for it: of one
 * that is of no interest only a part is looked at, and printing stops where it becomes too long.
 */
function signalingAsJson(value: unknown): string | undefined {
  if (!holdsSignaling(value)) return undefined;
  let left = MAX_LENGTH;
  try {
    return JSON.stringify(value, (name, item: unknown) => {
      left -= name.length + (typeof item === "string" ? item.length : 1);
      if (left < 0) throw new RangeError("Too long to be written down.");
      return item;
    });
  } catch {
    // Too long, or it contains itself.
    return undefined;
  }
}

/** The text of an answer, in the one form that the request was made for. */
function answerOf(request: object, read: FieldReader): unknown {
  switch (read(request, "responseType")) {
    case undefined:
    case "":
    case "text":
      return read(request, "responseText");
    case "json":
      return signalingAsJson(read(request, "response"));
    default:
      return undefined;
  }
}
