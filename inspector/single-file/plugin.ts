import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { build } from "vite";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds the page once more into one HTML file, which lies as a module, `page.js`, beside the page: it takes a trace in and
 * opens from disk without a network. Its script and style lie in it compressed, unpacked by the few lines that start it; its
 * policy lets exactly these two scripts and this one style run, by their hashes, and nothing be loaded or sent.
 */
export function singleFile(): Plugin {
  return {
    name: "sdpscope-single-file",
    apply: "build",
    async generateBundle() {
      const { code, css } = await bundle();
      const boot = (await readFile(pathOf("./boot.js"), "utf8")).trim();
      const source = (await readFile(pathOf("../page.js"), "utf8")).replace('"%PAGE%"', () =>
        JSON.stringify(pageOf(code, css, boot)),
      );
      this.emitFile({ type: "asset", fileName: "page.js", source });
    },
  };
}

async function bundle(): Promise<{ readonly code: string; readonly css: string }> {
  const built = await build({
    configFile: false,
    root: pathOf(".."),
    // One file has nothing to preload: the loader's import.meta in it is never asked for.
    logLevel: "error",
    plugins: [
      {
        name: "sdpscope-no-samples",
        enforce: "pre",
        resolveId: (id) => (id.endsWith("/source/samples.ts") ? pathOf("./no-samples.ts") : null),
      },
      svelte({ configFile: false }),
    ],
    build: {
      write: false,
      target: "es2023",
      cssCodeSplit: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: pathOf("./main.ts"),
        output: { format: "iife", codeSplitting: false },
      },
    },
  });
  const outputs = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  const chunk = outputs.find((one) => one.type === "chunk");
  const style = outputs.find((one) => one.type === "asset" && one.fileName.endsWith(".css"));
  return {
    code: chunk?.type === "chunk" ? chunk.code : "",
    css: style?.type === "asset" ? String(style.source).trim() : "",
  };
}

function pageOf(code: string, css: string, boot: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(boot)} ${hashOf(code)}`,
    `style-src ${hashOf(css)}`,
    // The page's own script once more, as its worker.
    "worker-src blob:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>sdpscope</title>
</head>
<body>
<div id="app"></div>
<script type="application/octet-stream" id="trace"></script>
<script type="application/octet-stream" id="style">${packed(css)}</script>
<script type="application/octet-stream" id="code">${packed(code)}</script>
<script>${boot}</script>
</body>
</html>
`;
}

function packed(text: string): string {
  return gzipSync(text, { level: 9 }).toString("base64");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
