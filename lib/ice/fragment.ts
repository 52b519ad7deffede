import type { Diagnostic } from "../diagnostic.ts";
import type { Position } from "../text.ts";
import type { Candidate } from "./candidate.ts";
import type { FragmentFaultCode } from "./fragment-fault.ts";
import { fragmentFaults } from "./fragment-fault.ts";
import { parseCandidate } from "./parse-candidate.ts";
import { printCandidate } from "./print-candidate.ts";

/** An SDP fragment: trickled candidates and the ICE session they belong to. `application/trickle-ice-sdpfrag`, RFC 8840 §9.2. */
export interface SdpFragment {
  /** At session level. */
  readonly ufrag?: string;
  readonly pwd?: string;
  readonly isLite: boolean;
  readonly options: readonly string[];
  /** The values of `a=group` lines. */
  readonly groups: readonly string[];
  /** `a=end-of-candidates` at session level: for every section. */
  readonly isEnded: boolean;
  /** Every other line before the first section, as written; absent when there is none. */
  readonly otherLines?: readonly string[];
  readonly media: readonly FragmentSection[];
  /**
   * The text it was read from. `printFragment` gives it back as long as it says what the other fields say.
   */
  readonly source?: string;
}

/** One pseudo media section of a fragment. */
export interface FragmentSection {
  /** The value of the `m=` line; `audio 9 RTP/AVP 0` when made without one. */
  readonly mLine?: string;
  readonly mid?: string;
  readonly ufrag?: string;
  readonly pwd?: string;
  readonly candidates: readonly Candidate[];
  readonly isEnded: boolean;
  /** Every other line of the section, as written, unreadable candidates included; absent when there is none. */
  readonly otherLines?: readonly string[];
}

/** The description a fragment belongs to, as far as it matters: build it from the offer or answer that was sent. */
export interface FragmentBinding {
  /** Where the description has its credentials. */
  readonly level: "session" | "media";
  readonly sections: readonly {
    readonly mid: string;
    readonly ufrag: string;
    readonly pwd: string;
  }[];
}

/** A fragment and what is wrong with it. */
export interface FragmentResult {
  readonly fragment: SdpFragment;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads an SDP fragment, as trickled over SIP (RFC 8840) or by WHIP's PATCH (RFC 9725 §4.3.2).
 * With the description it belongs to, checks mids, credentials and their level against it. Never throws; faults of its candidates are
 * reported with the codes of `parseCandidate`.
 */
export function parseFragment(text: string, binding?: FragmentBinding): FragmentResult {
  if (typeof text !== "string") {
    throw new TypeError(
      "The text of a fragment is needed, such as the body of a WHIP PATCH request.",
    );
  }
  return new FragmentReader(text, binding).read();
}

/**
 * The text of a fragment: the one it was read from as long as nothing changed, else one with CRLF and the lines in the order RFC 8840 §4.4
 * asks for: credentials, then for each section `m=`, `a=mid` and its candidates. Lines that have no field of their own stand
 * as they were behind the credentials.
 */
export function printFragment(fragment: SdpFragment): string {
  const printed = printLines(fragment);
  const { source } = fragment;
  if (source !== undefined && printLines(parseFragment(source).fragment) === printed) return source;
  return printed;
}

/** Makes a fragment that fits a description: credentials at its level, sections in its order. Candidates of a mid it lacks throw `RangeError`. */
export function createFragment(
  binding: FragmentBinding,
  trickled: readonly {
    readonly mid: string;
    readonly candidates: readonly Candidate[];
    readonly isEnded?: boolean;
  }[],
): SdpFragment {
  const media: FragmentSection[] = [];
  for (const { mid, candidates, isEnded = false } of trickled) {
    const section = binding.sections.find((each) => each.mid === mid);
    if (section === undefined)
      throw new RangeError(
        `The description has no section with mid "${mid}"; there are ${midsOf(binding)}.`,
      );
    const { ufrag, pwd } = section;
    const own = binding.level === "media" ? { ufrag, pwd } : {};
    media.push({ mid, ...own, candidates, isEnded });
  }
  const first = binding.sections[0];
  const shared = binding.level === "session" && first ? { ufrag: first.ufrag, pwd: first.pwd } : {};
  return { ...shared, isLite: false, options: [], groups: [], isEnded: false, media };
}

function midsOf(binding: FragmentBinding): string {
  return binding.sections.map(({ mid }) => mid).join(", ") || "none";
}

const PSEUDO_M_LINE = "audio 9 RTP/AVP 0";

function printLines(fragment: SdpFragment): string {
  const lines: string[] = [];
  if (fragment.isLite) lines.push("a=ice-lite");
  for (const group of fragment.groups) lines.push(`a=group:${group}`);
  if (fragment.options.length > 0) lines.push(`a=ice-options:${fragment.options.join(" ")}`);
  if (fragment.ufrag !== undefined) lines.push(`a=ice-ufrag:${fragment.ufrag}`);
  if (fragment.pwd !== undefined) lines.push(`a=ice-pwd:${fragment.pwd}`);
  lines.push(...(fragment.otherLines ?? []));
  if (fragment.isEnded) lines.push("a=end-of-candidates");
  for (const section of fragment.media) {
    lines.push(`m=${section.mLine ?? PSEUDO_M_LINE}`);
    if (section.mid !== undefined) lines.push(`a=mid:${section.mid}`);
    if (section.ufrag !== undefined) lines.push(`a=ice-ufrag:${section.ufrag}`);
    if (section.pwd !== undefined) lines.push(`a=ice-pwd:${section.pwd}`);
    lines.push(...(section.otherLines ?? []));
    for (const candidate of section.candidates) lines.push(candidateLine(candidate));
    if (section.isEnded) lines.push("a=end-of-candidates");
  }
  return lines.map((line) => `${line}\r\n`).join("");
}

function candidateLine(candidate: Candidate): string {
  const text = printCandidate(candidate).trimEnd();
  if (text.startsWith("a=")) return text;
  return text.startsWith("candidate:") ? `a=${text}` : `a=candidate:${text}`;
}

interface SectionDraft {
  mLine?: string;
  mid?: string;
  ufrag?: string;
  pwd?: string;
  candidates: Candidate[];
  isEnded: boolean;
  otherLines?: string[];
  /** Where the section starts, to point at when something is missing. */
  readonly at: Place;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

class FragmentReader {
  readonly text: string;
  readonly binding: FragmentBinding | undefined;
  readonly diagnostics: Diagnostic[] = [];
  readonly session: { ufrag?: string; pwd?: string; otherLines?: string[] } = {};
  readonly options: string[] = [];
  readonly groups: string[] = [];
  readonly media: SectionDraft[] = [];
  readonly credentials: { level: "session" | "media"; ufrag: string | undefined; at: Place }[] = [];
  isLite = false;
  isEnded = false;
  current: SectionDraft | undefined;
  /** The first line of each candidate of the current section, by its transport address. */
  seen = new Map<string, number>();

  constructor(text: string, binding: FragmentBinding | undefined) {
    this.text = text;
    this.binding = binding;
  }

  read(): FragmentResult {
    const { text } = this;
    let start = 0;
    let line = 0;
    while (start < text.length) {
      line++;
      let end = start;
      while (end < text.length && text.charCodeAt(end) !== 13 && text.charCodeAt(end) !== 10) end++;
      if (end > start) this.line({ start, end, line });
      const isPair = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10;
      start = end + (isPair ? 2 : 1);
    }
    this.finish();
    const { isLite, options, groups, isEnded, session } = this;
    const media = this.media.map(({ at: _at, ...section }) => section);
    const fragment = { ...session, isLite, options, groups, isEnded, media, source: text };
    return { fragment, diagnostics: this.diagnostics.sort(byPlace) };
  }

  line(at: Place): void {
    const { text } = this;
    if (text.charCodeAt(at.start + 1) !== 61 || at.end - at.start < 2) {
      this.report(
        "fragment/line-syntax",
        at,
        text.slice(at.start, Math.min(at.end, at.start + 40)),
      );
      this.keep(at);
      return;
    }
    const type = text.charAt(at.start);
    const value = text.slice(at.start + 2, at.end);
    if (type === "m") this.mLine(value, at);
    else if (type === "a") this.attribute(value, at);
    else {
      this.report("fragment/line-unexpected", at, type);
      this.keep(at);
    }
  }

  /** A line that no field holds. */
  keep(at: Place): void {
    const part = this.current ?? this.session;
    part.otherLines ??= [];
    part.otherLines.push(this.text.slice(at.start, at.end));
  }

  mLine(value: string, at: Place): void {
    this.current = { mLine: value, candidates: [], isEnded: false, at };
    this.seen = new Map();
    this.media.push(this.current);
    const words = value.split(" ").filter((word) => word !== "");
    if (words.length !== 4 || words[3] !== "0") this.report("fragment/m-line-format", at, value);
  }

  attribute(value: string, at: Place): void {
    const colon = value.indexOf(":");
    const name = colon < 0 ? value : value.slice(0, colon);
    const rest = colon < 0 ? "" : value.slice(colon + 1);
    switch (name) {
      case "candidate":
        this.candidate(at);
        return;
      case "end-of-candidates":
        if (this.current === undefined) this.isEnded = true;
        else this.current.isEnded = true;
        return;
      case "mid":
        this.mid(rest, at);
        return;
      case "ice-ufrag":
        (this.current ?? this.session).ufrag = rest;
        this.credentials.push({ level: this.level(), ufrag: rest, at });
        return;
      case "ice-pwd":
        (this.current ?? this.session).pwd = rest;
        return;
      case "ice-lite":
        this.isLite = true;
        return;
      case "ice-options":
        this.options.push(...rest.split(" ").filter((word) => word !== ""));
        return;
      case "group":
        this.groups.push(rest);
        return;
      default:
        this.keep(at);
    }
  }

  level(): "session" | "media" {
    return this.current === undefined ? "session" : "media";
  }

  candidate(at: Place): void {
    const { candidate, diagnostics } = parseCandidate(this.text.slice(at.start, at.end));
    for (const diagnostic of diagnostics) this.diagnostics.push(moved(diagnostic, at));
    const section = this.current;
    if (section === undefined) {
      this.report("fragment/m-line-missing", at, "candidate");
      this.keep(at);
      return;
    }
    if (section.isEnded) this.report("fragment/candidate-after-end", at);
    if (candidate === undefined) {
      this.keep(at);
      return;
    }
    const key = `${candidate.component} ${candidate.transport.toLowerCase()} ${candidate.address} ${candidate.port} ${candidate.tcpType ?? ""} ${candidate.type}`;
    const first = this.seen.get(key);
    if (first === undefined) this.seen.set(key, at.line);
    else this.report("fragment/duplicate-candidate", at, String(first));
    section.candidates.push(candidate);
  }

  mid(mid: string, at: Place): void {
    const section = this.current;
    if (section === undefined) {
      this.report("fragment/m-line-missing", at, "mid");
      this.keep(at);
      return;
    }
    if (section.candidates.length > 0) this.report("fragment/mid-late", at);
    if (this.media.some((other) => other !== section && other.mid === mid))
      this.report("fragment/mid-repeated", at, mid);
    const { binding } = this;
    if (binding !== undefined && !binding.sections.some((known) => known.mid === mid))
      this.report("fragment/mid-unknown", at, mid, midsOf(binding));
    section.mid = mid;
  }

  finish(): void {
    const whole = { start: 0, end: Math.min(this.text.length, firstLineEnd(this.text)), line: 1 };
    if (this.text.trim() === "") {
      this.report("fragment/empty", whole);
      return;
    }
    for (const section of this.media)
      if (section.mid === undefined) this.report("fragment/mid-missing", section.at);
    this.completeness(this.session, whole);
    for (const section of this.media) this.completeness(section, section.at);
    const lacks = this.media.find((section) => section.ufrag === undefined);
    if (this.session.ufrag === undefined && (this.media.length === 0 || lacks !== undefined))
      this.report("fragment/credentials-missing", lacks?.at ?? whole);
    this.bind();
  }

  completeness(part: { ufrag?: string; pwd?: string }, at: Place): void {
    const hasUfrag = part.ufrag !== undefined;
    if (hasUfrag === (part.pwd !== undefined)) return;
    const [present, absent] = hasUfrag ? ["ice-ufrag", "ice-pwd"] : ["ice-pwd", "ice-ufrag"];
    this.report("fragment/credentials-incomplete", at, present, absent);
  }

  /** Credentials stand where the description has them, and are its own. */
  bind(): void {
    const { binding } = this;
    if (binding === undefined) return;
    const known = binding.sections.map(({ ufrag }) => ufrag);
    for (const { level, ufrag, at } of this.credentials) {
      if (level !== binding.level)
        this.report("fragment/credentials-level", at, level, binding.level);
      if (ufrag !== undefined && !known.includes(ufrag))
        this.report("fragment/credentials-unknown", at, ufrag, [...new Set(known)].join(", "));
    }
  }

  report(code: FragmentFaultCode, at: Place, value = "", other = ""): void {
    const { severity, rfc, message } = fragmentFaults[code];
    this.diagnostics.push({
      code,
      severity,
      message: message(value, other),
      span: { start: at.start, end: at.end },
      position: { line: at.line, column: 1 },
      rfc,
    });
  }
}

function firstLineEnd(text: string): number {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) === 10 || text.charCodeAt(at) === 13) return at;
  return text.length;
}

/** A diagnostic of one line, as one of the whole text. */
function moved(diagnostic: Diagnostic, at: Place): Diagnostic {
  const { span, position, fix } = diagnostic;
  const start = at.start;
  const place: Position | undefined = position && { line: at.line, column: position.column };
  return {
    ...diagnostic,
    ...(span && { span: { start: span.start + start, end: span.end + start } }),
    ...(place && { position: place }),
    ...(fix && {
      fix: {
        ...fix,
        edits: fix.edits.map((edit) => ({
          text: edit.text,
          span: { start: edit.span.start + start, end: edit.span.end + start },
        })),
      },
    }),
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (a.span?.start ?? 0) - (b.span?.start ?? 0);
}
