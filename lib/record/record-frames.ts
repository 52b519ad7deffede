import { isNative, readNativeField } from "./field.ts";

/** What of a page's global object reaches the windows of its frames. */
export interface FramingWindow {
  readonly HTMLIFrameElement?: { readonly prototype: object };
}

/**
 * Hands over each window of the same origin that the page takes from one of its frames, `frame.contentWindow` or
 * `frame.contentDocument`, before the page gets it, so that a connection made of its class is recorded too. Windows whose
 * class is no longer the browser's are left alone: another recorder, or a shim, has been there.
 * Returns what ends that.
 */
export function recordFrames(
  window: FramingWindow,
  take: (inner: Record<string, unknown>) => void,
): () => void {
  const prototype = window.HTMLIFrameElement?.prototype;
  if (prototype === undefined) return () => {};
  const visit = (inner: unknown): void => {
    if (typeof inner !== "object" || inner === null) return;
    try {
      const connection = readNativeField(inner, "RTCPeerConnection");
      if (typeof connection === "function" && isNative(connection)) {
        take(inner as Record<string, unknown>);
      }
    } catch {
      // Of another origin: nobody here may look inside.
    }
  };
  const ends = [
    watchGetter(prototype, "contentWindow", visit),
    watchGetter(prototype, "contentDocument", (document) => {
      if (typeof document === "object" && document !== null) {
        visit(readNativeField(document, "defaultView"));
      }
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function watchGetter(prototype: object, name: string, got: (value: unknown) => void): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const { get } = descriptor ?? {};
  if (descriptor === undefined || get === undefined) return () => {};
  const watched = new Proxy(get, {
    apply(target, self, given) {
      const value: unknown = Reflect.apply(target, self, given);
      got(value);
      return value;
    },
  });
  Object.defineProperty(prototype, name, { ...descriptor, get: watched });
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, name)?.get === watched) {
      Object.defineProperty(prototype, name, descriptor);
    }
  };
}
