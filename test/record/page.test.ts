import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a page whose trace was refused warns once, says why, and offers the trace", async () => {
  vi.useFakeTimers();
  const sockets: EventTarget[] = [];
  class Socket extends EventTarget {
    readonly readyState = 1;
    readonly bufferedAmount = 0;
    constructor() {
      super();
      sockets.push(this);
    }
    send(): void {}
    close(): void {}
  }
  const leavers: ((event: { persisted: boolean }) => void)[] = [];
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("document", { title: "A page", currentScript: null });
  vi.stubGlobal("addEventListener", (_type: string, leave: (typeof leavers)[0]) => {
    leavers.push(leave);
  });
  vi.stubGlobal("sdpscopeIntake", "ws://127.0.0.1:1/intake?token=t");
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  await import("../../lib/record/page.ts");
  const message = "The id page-1 belongs to another recording.";
  const data = JSON.stringify({ type: "refused", code: "id-taken", message });
  sockets[0]?.dispatchEvent(new MessageEvent("message", { data }));
  vi.advanceTimersByTime(10_000);
  expect(warn.mock.calls).toEqual([
    [
      `sdpscope: the inspector refused this page's trace: ${message} The trace is kept: sdpscopeDownload() saves it.`,
    ],
  ]);
  expect(globalThis).toHaveProperty("sdpscopeDownload");
  for (const leave of leavers) leave({ persisted: false });
  Reflect.deleteProperty(globalThis, "sdpscopeDownload");
});
