import { writeTrace } from "../trace/file.ts";
import type { Trace } from "../trace/trace.ts";

/** What the page is to begin with. What its reader chose before stands above it, where the browser remembers that. */
export interface InspectorPageOptions {
  readonly language?: "en" | "ko";
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * The inspector as one HTML file, in Node and browsers: with a recording in it (a trace, or the text of any file that can be
 * imported) it opens from disk and needs no network, as an attachment of a test report; without one it is the file for the
 * option `page` of `mountInspector`. The recording goes in as it is: mask it first (`createRedactor`) when others get the file.
 */
export function inspectorPage(
  recording?: Trace | string,
  options: InspectorPageOptions = {},
): Promise<string> {
  const text =
    recording === undefined || typeof recording === "string"
      ? (recording ?? "")
      : writeTrace(recording);
  return builtPage(text, options);
}

/** The page that the build made: it is large, and comes when it is needed. */
export async function builtPage(text: string, options: InspectorPageOptions): Promise<string> {
  const { htmlPage } = await import("../../inspector/page.js");
  return htmlPage(text, options);
}
