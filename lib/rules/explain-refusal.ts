import type { Diagnostic } from "../diagnostic.ts";
import type { Sdp, SdpDocument } from "../sdp/document.ts";
import { documentOf } from "../sdp/parse.ts";
import { sectionsOf } from "../sdp/sections.ts";
import { positionIn, spanOf } from "../sdp/span-of.ts";
import type { Span } from "../text.ts";
import { engineRefusals } from "./browsers/engine-refusals.ts";
import type { Profile } from "./browsers/profiles.ts";
import { profileOf, refusalDiagnostic } from "./browsers/profiles.ts";
import type { RefusalKind } from "./browsers/refusal.ts";
import { kindOf } from "./browsers/refusal.ts";
import { lint } from "./lint.ts";

/**
 * Explains the error text with which a browser or an engine refused a description: what it means, the RFC,
 * and, when the description is given too, the line and the fix.
 *
 *     explainRefusal("Failed to parse SessionDescription. a=mid:a b Illegal character found in the value of mid", offer)
 *
 * Takes Chromium's and Firefox's texts with or without the words around them, and those of Pion and werift.
 * Firefox may name several faults: one diagnostic each, its mere warnings left out. Empty when the text is none of these.
 */
export function explainRefusal(message: string, sdp?: Sdp): readonly Diagnostic[] {
  const document = sdp === undefined ? undefined : documentOf(sdp);
  const type = /(remote|local) answer/.test(message) ? "answer" : "offer";
  const found = document ? lint(document, { type }) : [];
  const sentences = sentencesOf(message);
  return sentences.flatMap(({ source, reason, line }) => {
    const { name, kinds } = source;
    if (!kindOf(reason, kinds)) return [];
    const span = document && placeOf(document, source, reason, line, type);
    const at = (offset: number) =>
      document ? positionIn(document, offset) : { line: 1, column: 1 };
    const diagnostic = refusalDiagnostic(name, kinds, { reason, ...(span && { span }) }, found, at);
    const isLineOnly = line !== undefined && diagnostic.position === undefined;
    return [isLineOnly ? { ...diagnostic, position: { line, column: 1 } } : diagnostic];
  });
}

/** Whose sentence it is: a profile, or the engines that have only sentences. */
interface Source {
  readonly name: string;
  readonly kinds: readonly RefusalKind[];
  readonly profile?: Profile;
}

interface Sentence {
  readonly source: Source;
  readonly reason: string;
  /** The line number that the text names. */
  readonly line?: number;
}

const chromium = sourceOf(profileOf("chromium"));
const firefox = sourceOf(profileOf("firefox"));
const engines: Source = { name: "The engine", kinds: engineRefusals };

function sourceOf(profile: Profile): Source {
  return { name: profile.name, kinds: profile.kinds, profile };
}

function sentencesOf(message: string): readonly Sentence[] {
  const parsed = after(message, "Failed to parse SessionDescription.");
  if (parsed !== undefined) return [{ source: chromium, reason: parsed }];
  const applied = /Failed to set (?:remote|local) \w+ sdp: /.exec(message);
  if (applied)
    return [{ source: chromium, reason: message.slice(applied.index + applied[0].length) }];
  const sipcc = sipccSentences(message);
  if (sipcc.length > 0) return sipcc;
  // Bare sentences: the first table that knows one.
  const bare = message.replace(
    /^(?:Uncaught )?(?:\(in promise\) )?(?:DOMException: )?\w*Error: /,
    "",
  );
  for (const source of [engines, firefox, chromium]) {
    const kind = kindOf(bare, source.kinds);
    if (kind && !kind.code.endsWith("/other") && bare.trim() !== "")
      return [{ source, reason: bare }];
  }
  return [];
}

function after(text: string, words: string): string | undefined {
  const at = text.indexOf(words);
  if (at < 0) return undefined;
  const rest = text.slice(at + words.length);
  return rest.startsWith(" ") ? rest.slice(1) : rest;
}

/** `SDP Parse Error on line 12:  …`, one a line; what only warns is left out. */
function sipccSentences(message: string): readonly Sentence[] {
  const marker = "SDP Parse Error on line ";
  const seen = new Set<string>();
  const sentences: Sentence[] = [];
  for (const part of message.split(marker).slice(1)) {
    const colon = part.indexOf(":");
    const line = Number(part.slice(0, colon));
    const reason = part.slice(colon + 1).trim();
    if (colon < 0 || isMereWarning(reason) || seen.has(reason)) continue;
    seen.add(reason);
    sentences.push({ source: firefox, reason, ...(line > 0 && { line }) });
  }
  // The end of the text without a line end is told along with every other fault; alone it is the fault.
  const weighty = sentences.filter(({ reason }) => !reason.startsWith("End of line"));
  if (weighty.length > 0) return weighty;
  if (sentences.length > 0) return sentences;
  return message.includes("SIPCC Failed to parse SDP") ? [{ source: firefox, reason: "" }] : [];
}

/** The one thing sipcc calls a warning and refuses all the same is a k= line without its key. */
function isMereWarning(reason: string): boolean {
  return reason.startsWith("Warning:") && !reason.includes("No encryption key");
}

/** Where a sentence points: what the profile says of the same text, else the line it names or quotes. */
function placeOf(
  document: SdpDocument,
  { profile }: Source,
  reason: string,
  line: number | undefined,
  type: "offer" | "answer",
): Span | undefined {
  const refusal = profile?.refuses(document.toString(), type);
  const isSame =
    refusal && profile && kindOf(refusal.reason, profile.kinds) === kindOf(reason, profile.kinds);
  if (isSame && refusal.span) return refusal.span;
  const lines = sectionsOf(document).flatMap((section) => section.lines);
  const named = line === undefined ? undefined : lines[line - 1];
  const quoted =
    named ?? lines.find(({ source }) => source.length > 2 && reason.startsWith(`${source} `));
  return quoted && spanOf(document, quoted);
}
