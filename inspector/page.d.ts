/** What the page is to begin with; what its reader chose before, where it may remember that, stands above it. */
export interface PageSettings {
  readonly language?: "en" | "ko";
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * The inspector in one HTML file, with a recording in it where one is given: the text of a trace, or of any file that can be
 * imported. The built module alone has the page.
 */
export function htmlPage(text?: string, settings?: PageSettings): Promise<string>;
