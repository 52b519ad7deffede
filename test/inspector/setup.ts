import "@testing-library/jest-dom/vitest";
import { configure } from "@testing-library/svelte";

// Panels are loaded when first shown: on a busy machine that takes its time.
configure({ asyncUtilTimeout: 20_000 });

// jsdom draws nothing and lays nothing out: what draws has no context, what observes sizes nothing to observe.
HTMLCanvasElement.prototype.getContext = () => null;
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
