import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { promisify } from "node:util";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The strictest policy that the page has to work under. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** Builds the inspector's page into a folder of its own: in a process of its own, as the test runner's mode would leak in. */
export async function buildPage(
  folder: string,
  root: string = join(import.meta.dirname, "../.."),
): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  await promisify(execFile)(
    process.execPath,
    [vite, "build", "--outDir", folder, "--emptyOutDir"],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
    },
  );
}

/** Serves a built page and nothing else, under a strict policy. */
export async function servePage(
  folder: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname;
    readFile(join(folder, path)).then(
      (body) => {
        response.writeHead(200, {
          "content-type": contentTypes[extname(path)] ?? "application/octet-stream",
          "content-security-policy": policy,
          // The memory of a page with its workers is measured only where the page is alone in its process.
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-embedder-policy": "require-corp",
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
