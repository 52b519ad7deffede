import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { singleFile } from "./inspector/single-file/plugin.ts";

/**
 * What runs in real browsers, networks and other endpoints gets one more try where nobody looks on; the report says
 * "retry x1" of such a test. On a developer's own machine a test that fails now and then shows.
 */
const retry = process.env["CI"] ? 1 : 0;

/** `vite` serves and builds the inspector; `vitest` works from the repository root. */
export default defineConfig(({ mode }) => ({
  root: mode === "test" ? "." : "inspector",
  base: "./",
  plugins: [svelte({ configFile: false }), singleFile()],
  build: {
    outDir: "../dist/inspector",
    emptyOutDir: true,
    // How long plugins take is nothing for those who only want to see the page.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  // The engine's worker loads the rules and the importers when they are first needed.
  worker: { format: "es" },
  test: {
    // How long a test waits is no matter of its own: machines that do much else at the same time are slow.
    setupFiles: ["./test/support/patience.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    coverage: { include: ["lib/**/*.ts", "inspector/**/*.{ts,svelte}"] },
    projects: [
      {
        extends: true,
        test: {
          name: "lib",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/inspector/**", "test/browser/**", "test/netns/**", "test/interop/**"],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: "inspector",
          environment: "jsdom",
          include: ["test/inspector/**/*.test.ts"],
          setupFiles: ["./test/inspector/setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "netns",
          retry,
          environment: "node",
          include: ["test/netns/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "interop",
          retry,
          environment: "node",
          include: ["test/interop/**/*.test.ts"],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          retry,
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
}));
