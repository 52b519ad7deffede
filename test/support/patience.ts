import { vi } from "vitest";

// `vi.waitFor` gives up after a second unless told otherwise, and takes no other default: on a busy machine that says
// nothing. What never comes still fails, later.
const { waitFor } = vi;
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, {
    timeout: 10_000,
    ...(typeof options === "number" ? { timeout: options } : options),
  });
