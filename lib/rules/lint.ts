import type { Diagnostic } from "../diagnostic.ts";
import type { Sdp } from "../sdp/document.ts";
import { positionIn } from "../sdp/span-of.ts";
import type { Browser } from "./browsers/profiles.ts";
import { profileOf } from "./browsers/profiles.ts";
import { candidateRules } from "./candidate/catalog.ts";
import { descriptionRules } from "./catalog.ts";
import { createReading } from "./reading.ts";
import { runRules } from "./run.ts";

/** What `lint` may know beyond the text. */
export interface LintOptions {
  /** What the description is; some rules hold for offers only or for answers only. */
  readonly type?: "offer" | "answer" | undefined;
  /**
   * Judge as this browser does: the one `error` is what its `setRemoteDescription` refuses, at the line it names,
   * and everything it tolerates is at most a `warning`.
   */
  readonly browser?: Browser | undefined;
  /** Codes that are left out. A browser's own refusal (`chromium/…`, `firefox/…`) can be left out like any other. */
  readonly ignore?: readonly string[] | undefined;
}

/**
 * Judges one description: its text (`document.diagnostics`) and every rule of the catalog that looks at one description
 * or at its candidates. In the order of the text; nothing in a clean one. Never throws on content.
 * Throws `RangeError` for a browser that has no profile, and for another type.
 */
export function lint(sdp: Sdp, options: LintOptions = {}): readonly Diagnostic[] {
  const profile = options.browser === undefined ? undefined : profileOf(options.browser);
  if (options.type !== undefined && options.type !== "offer" && options.type !== "answer") {
    throw new RangeError(
      `A description is an "offer" or an "answer", not ${JSON.stringify(options.type)}.`,
    );
  }
  const reading = createReading(sdp);
  const { document, description } = reading;
  const found = withoutRepetition([
    ...document.diagnostics,
    ...runRules(descriptionRules, { ...reading, type: options.type }, document),
    ...description.media.flatMap((media) =>
      reading.attributes(media.section, "candidate").length === 0
        ? []
        : runRules(candidateRules, { document, candidates: media.candidates, media }, document),
    ),
  ]);
  const judged = profile
    ? profile.judge(document, found, options.type ?? "offer", (offset) =>
        positionIn(document, offset),
      )
    : found;
  const kept = options.ignore
    ? judged.filter(({ code }) => !options.ignore?.includes(code))
    : judged;
  return kept.sort((a, b) => (a.span?.start ?? -1) - (b.span?.start ?? -1));
}

/** What a candidate's text has wrong is told by the document and by the rules about candidates; once is enough. */
function withoutRepetition(found: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return found.filter(({ code, span }) => {
    const key = `${code} ${span?.start} ${span?.end}`;
    return !seen.has(key) && seen.add(key);
  });
}
