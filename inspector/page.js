/**
 * The inspector in one HTML file, as a module: the build puts the page here, once for everybody who needs it.
 * Plain JavaScript in one file, because pages, bundlers and Node take it as it is.
 */

/** The page without a session. */
const page = "%PAGE%";

/** Where the page takes the session: the content of an element, which the build leaves empty. */
const place = '<script type="application/octet-stream" id="trace">';

/**
 * The page as HTML, with a recording in it where one is given: the text of a trace, or of any file that can be imported.
 * It lies in it compressed, in letters that end no element: nothing of a recording is ever read as HTML.
 */
export async function htmlPage(text = "", { language, theme } = {}) {
  const settings = [
    language === "ko" || language === "en" ? ` data-lang="${language}"` : "",
    theme === "dark" || theme === "light" ? ` data-theme="${theme}"` : "",
  ].join("");
  const html = page.replace("<html", () => `<html${settings}`);
  if (text === "") return html;
  const at = html.indexOf(place) + place.length;
  return html.slice(0, at) + (await pack(text)) + html.slice(at);
}

async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  // A call takes so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(binary);
}
