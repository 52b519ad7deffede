import type { htmlPage } from "../page.js";

/** The built module with the page in one file; it lies beside the page itself. */
const MODULE = "page.js";

/** Whether this page can make an HTML file: it came from a server that has the module beside it. */
export function canExportPage(): boolean {
  return window.location.protocol.startsWith("http");
}

/** One HTML file with the whole page and a trace in it. Rejects when the server does not give the module. */
export async function exportPage(traceText: string): Promise<string> {
  const address = new URL(MODULE, document.baseURI).href;
  // It comes with the built page, not with this bundle: a second copy of the whole page would.
  const built: { readonly htmlPage: typeof htmlPage } = await import(/* @vite-ignore */ address);
  return built.htmlPage(traceText);
}
