/**
 * `npm run build:record`: the recorder for pages, in one classic script, in `dist/record` or the folder given.
 * The server adds its intake's address.
 */
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** @param {string} path */
const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  configFile: false,
  logLevel: "warn",
  build: {
    // Older browsers than these have no RTCPeerConnection worth recording.
    target: "es2022",
    outDir: process.argv[2] ?? pathOf("../../dist/record"),
    emptyOutDir: true,
    copyPublicDir: false,
    // Compiled with the page, and not function by function in its first call. Chromium 136 and later read it so.
    rolldownOptions: { output: { postBanner: "//# allFunctionsCalledOnLoad" } },
    lib: {
      entry: pathOf("./page.ts"),
      formats: ["iife"],
      name: "sdpscopeRecorder",
      fileName: () => "record.js",
    },
  },
});
