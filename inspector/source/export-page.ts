/** The name of the built page that takes a trace in; it lies beside the page itself. */
const TEMPLATE = "export.html";

/** Where the template takes the trace: the content of an element, which the build leaves empty. */
const PLACE = '<script type="application/octet-stream" id="trace"></script>';

/** Whether this page can make an HTML file: it came from a server that has the template beside it. */
export function canExportPage(): boolean {
  return window.location.protocol.startsWith("http");
}

/**
 * One HTML file with the whole page and a trace in it. Both lie in it compressed, in letters that end no element: nothing
 * of a trace is ever read as HTML. Rejects when the server does not give the template.
 */
export async function exportPage(traceText: string): Promise<string> {
  const response = await fetch(new URL(TEMPLATE, document.baseURI));
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const template = await response.text();
  const at = template.indexOf(PLACE);
  if (at === -1) throw new Error(`${TEMPLATE} has no place for a trace.`);
  const inside = at + PLACE.indexOf("</");
  return template.slice(0, inside) + (await pack(traceText)) + template.slice(inside);
}

async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  // A call takes so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(binary);
}
