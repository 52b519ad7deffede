import type { Diagnostic } from "../diagnostic.ts";
import type { Message, Span, TextEdit } from "../text.ts";
import { positionAt } from "../text.ts";
import { parseAddress } from "./address.ts";
import type { Candidate, CandidateExtension, CandidateInit } from "./candidate.ts";
import type { CandidateFaultCode } from "./candidate-fault.ts";
import { candidateFaults } from "./candidate-fault.ts";
import { scanCandidate } from "./scan-candidate.ts";

/** What a text, an init object or `null` says: a candidate, the end of candidates, or neither and why. */
export interface CandidateResult {
  readonly candidate?: Candidate;
  /** There are no more candidates. RFC 8838 §13, §14; webrtc-pc says it with `""`, older code with `null`. */
  readonly endOfCandidates?: true;
  /** Spans and positions refer to the text, of an init object to its `candidate`. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one ICE candidate. RFC 8839 §5.1, with the extensions of RFC 6544 kept in order.
 *
 *     a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.1 rport 46154
 *                           ^ component
 *
 * Takes an attribute value with or without `candidate:`, a whole `a=` line, an `RTCIceCandidateInit`, and the forms
 * that mean end-of-candidates: `null`, `""`, and the `end-of-candidates` attribute. The JSON text of an init, or of a
 * message that holds one, is read too, and told (`candidate/json-text`).
 * Throws `TypeError` for what is none of these. Never throws on content: a broken part is reported with its span, and `candidate` is
 * undefined when component, transport, priority, address, port or type is missing or not what its place asks for, or
 * when the text is plainly something else. An empty foundation is read.
 */
export function parseCandidate(input: string | CandidateInit | null | undefined): CandidateResult {
  if (typeof input === "string") return readText(input);
  if (input === null || input === undefined) return endOfCandidates;
  const text = typeof input === "object" ? (input.candidate ?? "") : input;
  if (typeof text !== "string" || Array.isArray(input)) {
    throw new TypeError(
      "A candidate is a text, an object with a text as its candidate, or null for the end of candidates.",
    );
  }
  const result = readText(text);
  const own = initDiagnostics(input, text, result.candidate);
  return own.length === 0 ? result : { ...result, diagnostics: [...result.diagnostics, ...own] };
}

const none: readonly Diagnostic[] = [];
const endOfCandidates: CandidateResult = { endOfCandidates: true, diagnostics: none };

const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const COLON = 58;
const EQUALS = 61;
const BRACE = 123;
const PREFIX = "candidate:";
const END = "end-of-candidates";

/** The place of each field of the fixed part among the words of a candidate. */
const COMPONENT = 1;
const TRANSPORT = 2;
const PRIORITY = 3;
const ADDRESS = 4;
const PORT = 5;
const TYP = 6;
const TYPE = 7;

function readText(text: string): CandidateResult {
  const candidate = scanCandidate(text);
  if (candidate !== undefined) return { candidate, diagnostics: none };
  if (text === "") return endOfCandidates;
  const first = skipBlanks(text);
  const unit = text.charCodeAt(first);
  if (unit === BRACE || unit === QUOTE) return readJson(text);
  const value = (unit | 32) === 97 && text.charCodeAt(first + 1) === EQUALS ? first + 2 : first;
  const end = endOfContent(text);
  const name = text.slice(value, value + END.length).toLowerCase();
  const isEnd = name === END && value + END.length === end;
  const start = isEnd ? end : name.startsWith(PREFIX) ? value + PREFIX.length : value;
  // Without a prefix the blanks may stand for an empty foundation, which the reader decides.
  if (start === first) return new Reader(text, 0, end, []).read();
  const diagnostics: Diagnostic[] = [];
  if (first > 0) {
    const span = { start: 0, end: first };
    diagnostics.push(diagnose(text, "candidate/extra-blank", span, "", "", { span, text: "" }));
  }
  const prefix = text.slice(first, start);
  const lower = prefix.toLowerCase();
  if (prefix !== lower) {
    const span = { start: first, end: start };
    const edit = { span, text: lower };
    diagnostics.push(diagnose(text, "candidate/prefix-case", span, prefix, lower, edit));
  }
  return isEnd
    ? { endOfCandidates: true, diagnostics }
    : new Reader(text, start, end, diagnostics).read();
}

function skipBlanks(text: string): number {
  let at = 0;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** The JSON text of an init, of a message that holds one as its `candidate`, or of a candidate's text. */
function readJson(text: string): CandidateResult {
  const whole = { start: 0, end: text.length };
  const init = initOf(text);
  if (init === undefined)
    return { diagnostics: [diagnose(text, "candidate/not-a-candidate", whole, text.slice(0, 40))] };
  const { diagnostics, ...read } = typeof init === "string" ? readText(init) : parseCandidate(init);
  const inner = (typeof init === "string" ? init : init.candidate) ?? "";
  // Only a text without escapes stands in the JSON as it is.
  const at = text.indexOf(`"${inner}"`);
  const moved = diagnostics.map((diagnostic) => {
    const { span = whole, fix, ...rest } = diagnostic;
    if (at < 0) return { ...rest, span: whole, position: positionAt(text, 0) };
    const shift = (part: Span): Span => ({ start: part.start + at + 1, end: part.end + at + 1 });
    const edits = fix?.edits.map((edit) => ({ span: shift(edit.span), text: edit.text }));
    const place = shift(span);
    const found = { ...rest, span: place, position: positionAt(text, place.start) };
    return fix && edits ? { ...found, fix: { title: fix.title, edits } } : found;
  });
  return { ...read, diagnostics: [diagnose(text, "candidate/json-text", whole), ...moved] };
}

function initOf(text: string): CandidateInit | string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // A string within a string is nobody's candidate.
  if (typeof value === "string")
    return value.startsWith('"') || value.startsWith("{") ? undefined : value;
  for (const each of [value, memberOf(value, "candidate"), memberOf(value, "ice")]) {
    const candidate = memberOf(each, "candidate");
    if (typeof candidate !== "string" && candidate !== null) continue;
    if (candidate?.startsWith('"') || candidate?.startsWith("{")) return undefined;
    return each as CandidateInit;
  }
  return undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Where the content ends: before a line end, which belongs to no candidate. */
function endOfContent(text: string): number {
  let end = text.length;
  if (end > 0 && text.charCodeAt(end - 1) === 10) end--;
  if (end > 0 && text.charCodeAt(end - 1) === 13) end--;
  return end;
}

/** How often one candidate is told the same kind of fault: a hostile one would have a hundred thousand. */
const MOST_OF_A_KIND = 20;

/** Reads the words of one candidate. `bounds` holds start and end of every word, one after the other. */
class Reader {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  bounds = new Int32Array(64);
  /** How many offsets `bounds` holds. */
  length = 0;
  readonly diagnostics: Diagnostic[];
  /** How often each code has been reported. */
  readonly told = new Map<CandidateFaultCode, number>();

  constructor(text: string, start: number, end: number, diagnostics: Diagnostic[]) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.diagnostics = diagnostics;
  }

  read(): CandidateResult {
    const candidate = this.split() ? this.candidate() : undefined;
    const diagnostics = this.diagnostics.sort(byPlace);
    return candidate === undefined ? { diagnostics } : { candidate, diagnostics };
  }

  /** Finds the words. False when a line break makes it more than one candidate. */
  split(): boolean {
    const { text, start, end } = this;
    let at = start;
    while (at < end) {
      const blank = at;
      while (at < end && isBlank(text.charCodeAt(at))) at++;
      if (at - blank > (blank === start ? 0 : 1) || (at > blank && text.charCodeAt(blank) === TAB))
        this.blanks(blank, at);
      else if (at === end && at > blank) this.blanks(blank, at);
      if (at === end) break;
      const word = at;
      let unit = text.charCodeAt(at);
      while (unit > SPACE && unit !== 127) {
        at++;
        if (at === end) break;
        unit = text.charCodeAt(at);
      }
      if (at < end && !isBlank(unit)) {
        if (unit === 10 || unit === 13) this.report("candidate/several-lines", at, at + 1);
        else this.report("candidate/control-character", at, at + 1, codePoint(unit));
        return false;
      }
      this.add(word, at);
    }
    return true;
  }

  add(start: number, end: number): void {
    if (this.length === this.bounds.length) {
      const bounds = new Int32Array(this.length * 2);
      bounds.set(this.bounds);
      this.bounds = bounds;
    }
    this.bounds[this.length] = start;
    this.bounds[this.length + 1] = end;
    this.length += 2;
  }

  blanks(from: number, to: number): void {
    if (to === this.end) {
      const edit = { span: { start: from, end: to }, text: "" };
      this.report("candidate/trailing-blank", from, to, "", "", edit);
      return;
    }
    // A blank right after the colon may be an empty foundation: `candidate()` decides when it knows where `typ` stands.
    if (from === this.start) return;
    const edit = { span: { start: from, end: to }, text: " " };
    this.report("candidate/extra-blank", from, to, "", "", edit);
  }

  candidate(): Candidate | undefined {
    const { start } = this;
    if (this.length === 0) return this.notACandidate();
    const leading = this.startOf(0) > start;
    if (!this.isTypAt(TYP)) {
      if (!leading || !this.isTypAt(TYP - 1)) return this.explain();
      // The blank right after the colon is the end of an empty foundation.
      this.add(start, start);
      this.bounds.copyWithin(2, 0, this.length - 2);
      this.bounds.fill(start, 0, 2);
      this.report("candidate/foundation-empty", start, start);
    } else if (leading) {
      const span = { start, end: this.startOf(0) };
      this.report("candidate/extra-blank", span.start, span.end, "", "", { span, text: "" });
    }
    if (this.count() <= TYPE) return this.explain();
    const foreign = [0, TYPE].find((index) => !isWord(this.word(index)));
    if (foreign !== undefined) {
      const name = foreign === 0 ? "foundation" : "type";
      this.report(
        "candidate/foreign-text",
        this.startOf(foreign),
        this.endOf(foreign),
        this.word(foreign).slice(0, 40),
        name,
      );
      return undefined;
    }
    const foundation = this.word(0);
    const component = this.number(COMPONENT, 5);
    const priority = this.number(PRIORITY, 10);
    const port = this.number(PORT, 5);
    if (component < 0 || priority < 0 || port < 0 || port > 65535) return this.explain();
    const transport = this.word(TRANSPORT);
    const type = this.word(TYPE);
    if (foundation !== "" && !isFoundation(foundation))
      this.reportWord("candidate/foundation-syntax", 0);
    if (component < 1 || component > 256) this.reportWord("candidate/component-range", COMPONENT);
    if (!isKnownType(type)) this.reportWord("candidate/type-unknown", TYPE);
    const isTcp = this.isTcp(transport);
    const rest = this.rest(isTcp);
    const candidate: Mutable<Candidate> = {
      foundation,
      component,
      transport,
      priority,
      address: this.word(ADDRESS),
      port,
      type,
      extensions: rest.extensions,
      source: this.text,
    };
    if (rest.relatedAddress !== undefined) candidate.relatedAddress = rest.relatedAddress;
    if (rest.relatedPort !== undefined) candidate.relatedPort = rest.relatedPort;
    if (rest.tcpType !== undefined) candidate.tcpType = rest.tcpType;
    if (rest.usernameFragment !== undefined) candidate.usernameFragment = rest.usernameFragment;
    this.judgeAddress(candidate);
    this.judgePort(candidate);
    this.judgePriority(candidate);
    this.judgeRelated(candidate, rest);
    return candidate;
  }

  judgeAddress(candidate: Candidate): void {
    const address = parseAddress(candidate.address);
    if (address === undefined) {
      this.reportWord("candidate/address-syntax", ADDRESS);
      return;
    }
    switch (address.scope) {
      case "unspecified":
      case "multicast":
      case "reserved":
        this.reportWord("candidate/address-unusable", ADDRESS, address.scope);
        break;
      case "loopback":
        this.reportWord("candidate/loopback", ADDRESS);
        break;
      case "name":
        this.reportWord("candidate/host-name", ADDRESS);
        break;
      case "mdns":
        if (!isUuidName(address.canonical)) this.reportWord("candidate/mdns-name", ADDRESS);
    }
    if (address.zone !== undefined) {
      const end = this.endOf(ADDRESS);
      this.report("candidate/zone-id", end - address.zone.length - 1, end, address.zone);
    }
  }

  judgePort({ port, tcpType }: Candidate): void {
    if (port === 0) this.reportWord("candidate/port-zero", PORT);
    else if (tcpType === "active" && port !== 9) this.reportWord("candidate/tcp-active-port", PORT);
  }

  judgePriority({ priority, component }: Candidate): void {
    if (priority < 1 || priority > 0x7fffffff) {
      this.reportWord("candidate/priority-range", PRIORITY);
      return;
    }
    const typePreference = priority >>> 24;
    if (typePreference > 126) {
      const [start, end] = [this.startOf(PRIORITY), this.endOf(PRIORITY)];
      this.report("candidate/type-preference-range", start, end, String(typePreference));
    }
    const computed = 256 - (priority & 255);
    if (computed !== component) {
      const [start, end] = [this.startOf(PRIORITY), this.endOf(PRIORITY)];
      const [value, other] = [String(computed), String(component)];
      this.report("candidate/priority-component", start, end, value, other);
    }
  }

  judgeRelated({ type }: Candidate, rest: Rest): void {
    if (type === "host") {
      if (rest.relatedAddressAt !== undefined)
        this.reportWord("candidate/related-address-on-host", rest.relatedAddressAt);
    } else if (isKnownType(type)) {
      if (rest.relatedAddressAt === undefined)
        this.reportWord("candidate/related-address-missing", TYPE);
      else if (!rest.hasRelatedPort) this.reportWord("candidate/related-port-missing", TYPE);
    }
  }

  isTcp(transport: string): boolean {
    switch (transport) {
      case "udp":
      case "UDP":
        return false;
      case "tcp":
      case "TCP":
        return true;
    }
    const lower = transport.toLowerCase();
    if (lower === "udp") return false;
    if (lower === "tcp") return true;
    const code = lower === "ssltcp" ? "candidate/transport-ssltcp" : "candidate/transport-unknown";
    this.reportWord(code, TRANSPORT);
    return lower === "ssltcp";
  }

  /** Everything after the type: related address and port, then names and values. */
  rest(isTcp: boolean): Rest {
    const count = this.count();
    const extensions: CandidateExtension[] = [];
    const names = new Set<string>();
    const rest: Rest = { extensions, hasRelatedPort: false };
    // A hostile candidate has a hundred thousand extensions: what is told often enough is not looked for any longer.
    let mayTellUnknown = true;
    let mayTellDuplicate = true;
    let at = TYPE + 1;
    while (at < count) {
      const name = this.word(at);
      if (name === "raddr") rest.relatedAddressAt ??= at;
      const isRelated = name === "raddr" || name === "rport";
      if (at + 1 === count || (name === "raddr" && this.word(at + 1) === "rport")) {
        if (name === "raddr") this.reportWord("candidate/related-address-empty", at);
        else this.reportWord("candidate/extension-without-value", at);
        if (!isRelated) {
          names.add(name);
          extensions.push({ name, value: "" });
        }
        at++;
        continue;
      }
      const value = this.word(at + 1);
      if (name === "raddr") {
        if (rest.relatedAddress !== undefined) this.reportWord("candidate/extension-duplicate", at);
        else {
          if (extensions.length > 0 || rest.hasRelatedPort)
            this.reportWord("candidate/related-order", at);
          rest.relatedAddress = value;
        }
      } else if (name === "rport") {
        if (rest.hasRelatedPort) this.reportWord("candidate/extension-duplicate", at);
        else {
          if (extensions.length > 0) this.reportWord("candidate/related-order", at);
          rest.hasRelatedPort = true;
          const port = this.number(at + 1, 5);
          if (port < 0 || port > 65535) this.reportWord("candidate/related-port-syntax", at + 1);
          else rest.relatedPort = port;
        }
      } else {
        if (mayTellUnknown && !knownExtensions.has(name)) {
          this.reportWord("candidate/extension-unknown", at);
          mayTellUnknown = this.timesTold("candidate/extension-unknown") < MOST_OF_A_KIND;
        }
        if (names.has(name)) {
          if (mayTellDuplicate) this.reportWord("candidate/extension-duplicate", at);
          mayTellDuplicate &&= this.timesTold("candidate/extension-duplicate") < MOST_OF_A_KIND;
        } else {
          names.add(name);
          if (name === "tcptype") this.tcpType(rest, value, at, isTcp);
          else if (name === "ufrag") rest.usernameFragment = value;
        }
        extensions.push({ name, value });
      }
      at += 2;
    }
    if (isTcp && rest.tcpType === undefined)
      this.reportWord("candidate/tcptype-missing", TRANSPORT);
    return rest;
  }

  tcpType(rest: Rest, value: string, at: number, isTcp: boolean): void {
    rest.tcpType = value;
    if (value !== "active" && value !== "passive" && value !== "so")
      this.reportWord("candidate/tcptype-unknown", at + 1);
    if (!isTcp)
      this.report(
        "candidate/tcptype-on-udp",
        this.startOf(at),
        this.endOf(at),
        this.word(TRANSPORT),
      );
  }

  /** Says which field is the first that does not fit its place. Called when the fixed part cannot be read. */
  explain(): undefined {
    const count = this.count();
    const isFramed = this.hasPrefix() || (count > 2 && isDigits(this.word(COMPONENT)));
    if (!isFramed || (!this.hasPrefix() && !isWord(this.word(0)))) return this.notACandidate();
    for (const [index, fits, code] of shapes) {
      if (index >= count) return this.missing(index);
      if (!fits(this.word(index))) {
        this.reportWord(code, index);
        return undefined;
      }
    }
    return this.missing(TYPE);
  }

  missing(index: number): undefined {
    const name = fieldNames[index] as string;
    const at = this.count() === 0 ? this.end : this.endOf(this.count() - 1);
    this.report("candidate/field-missing", at, at, name);
    return undefined;
  }

  notACandidate(): undefined {
    const { start, end } = this;
    const shown = this.text.slice(start, Math.min(end, start + 40));
    this.report("candidate/not-a-candidate", 0, end, shown);
    return undefined;
  }

  hasPrefix(): boolean {
    const { text, start } = this;
    return start >= PREFIX.length && text.charCodeAt(start - 1) === COLON;
  }

  count(): number {
    return this.length >> 1;
  }

  startOf(index: number): number {
    return this.bounds[2 * index] as number;
  }

  endOf(index: number): number {
    return this.bounds[2 * index + 1] as number;
  }

  word(index: number): string {
    return this.text.slice(this.startOf(index), this.endOf(index));
  }

  isTypAt(index: number): boolean {
    if (index >= this.count()) return false;
    const start = this.startOf(index);
    return this.endOf(index) - start === 3 && this.text.startsWith("typ", start);
  }

  /** The number a word is, or −1 when it is none or has more digits than `most`. */
  number(index: number, most: number): number {
    const { text } = this;
    const start = this.startOf(index);
    const end = this.endOf(index);
    if (end - start > most) return -1;
    let value = 0;
    for (let at = start; at < end; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  reportWord(code: CandidateFaultCode, index: number, other = ""): void {
    if (this.timesTold(code) >= MOST_OF_A_KIND) return;
    this.report(code, this.startOf(index), this.endOf(index), this.word(index), other);
  }

  timesTold(code: CandidateFaultCode): number {
    return this.told.get(code) ?? 0;
  }

  report(
    code: CandidateFaultCode,
    start: number,
    end: number,
    value = "",
    other = "",
    edit?: TextEdit,
  ): void {
    const told = this.timesTold(code);
    if (told >= MOST_OF_A_KIND) return;
    this.told.set(code, told + 1);
    this.diagnostics.push(diagnose(this.text, code, { start, end }, value, other, edit));
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Rest {
  readonly extensions: readonly CandidateExtension[];
  relatedAddress?: string;
  relatedPort?: number;
  tcpType?: string;
  usernameFragment?: string;
  /** The word `raddr`, with or without a value. */
  relatedAddressAt?: number;
  hasRelatedPort: boolean;
}

/** RFC 6544's, libwebrtc's, libjingle's and Skype's, and WebRTC's own for candidates before RFC 8839. */
const knownExtensions: ReadonlySet<string> = new Set([
  "tcptype",
  "ufrag",
  "pwd",
  "generation",
  "network-id",
  "network-cost",
  "network-name",
  "network-type",
  "svn",
  "username",
  "password",
  "name",
]);

const fieldNames = [
  "foundation",
  "component",
  "transport",
  "priority",
  "address",
  "port",
  "typ",
  "type",
] as const;

/** What each field of the fixed part must look like, and what to say when it does not. */
const shapes: readonly (readonly [number, (word: string) => boolean, CandidateFaultCode])[] = [
  [COMPONENT, isDigits, "candidate/component-syntax"],
  [PRIORITY, (word) => isDigits(word) && word.length <= 10, "candidate/priority-syntax"],
  [PORT, isDigits, "candidate/port-syntax"],
  [PORT, (word) => Number(word) <= 65535, "candidate/port-range"],
  [TYP, (word) => word === "typ", "candidate/typ-missing"],
];

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (a.span?.start ?? 0) - (b.span?.start ?? 0);
}

function initDiagnostics(
  init: CandidateInit,
  text: string,
  candidate: Candidate | undefined,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const whole = { start: 0, end: text.length };
  if (text !== "" && isAbsent(init.sdpMid) && isAbsent(init.sdpMLineIndex))
    diagnostics.push(diagnose(text, "candidate/init-without-section", whole));
  const ufrag = candidate?.usernameFragment;
  const member = init.usernameFragment;
  if (ufrag !== undefined && typeof member === "string" && member !== ufrag) {
    const start = text.indexOf(` ufrag ${ufrag}`) + 1;
    const span = { start, end: start + 6 + ufrag.length };
    diagnostics.push(diagnose(text, "candidate/init-ufrag-differs", span, member, ufrag));
  }
  return diagnostics;
}

function diagnose(
  text: string,
  code: CandidateFaultCode,
  span: Span,
  value = "",
  other = "",
  edit?: TextEdit,
): Diagnostic {
  const { severity, rfc, message } = candidateFaults[code];
  const diagnostic = {
    code,
    severity,
    message: message(value, other),
    span,
    position: positionAt(text, span.start),
    rfc,
  };
  return edit === undefined
    ? diagnostic
    : { ...diagnostic, fix: { title: fixTitles[code] ?? removeBlanks, edits: [edit] } };
}

const removeBlanks = { en: "Remove the surplus blanks.", ko: "남는 공백을 지웁니다." };
const fixTitles: Partial<Record<CandidateFaultCode, Message>> = {
  "candidate/prefix-case": { en: "Write it in lower case.", ko: "소문자로 씁니다." },
};

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}

function isDigits(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit < 48 || unit > 57) return false;
  }
  return word !== "";
}

/** Whether a word is a name of some kind: braces, quotes, colons and the like are signs of a text that is no candidate. */
function isWord(word: string): boolean {
  return !foreignSigns.test(word);
}

const foreignSigns = /[:=;,"'`<>()[\]{}\\]/;

/** `1*32ice-char`. RFC 8839 §5.1. */
function isFoundation(word: string): boolean {
  if (word.length > 32) return false;
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const isLetter = (unit | 32) >= 97 && (unit | 32) <= 122;
    // `+` 43, `/` 47, digits 48–57
    if (!isLetter && unit !== 43 && (unit < 47 || unit > 57)) return false;
  }
  return true;
}

function isKnownType(type: string): boolean {
  return type === "host" || type === "srflx" || type === "prflx" || type === "relay";
}

/** Whether a name in lower case is a version 4 UUID and `.local`. */
function isUuidName(name: string): boolean {
  if (name.length !== 42 || name.charCodeAt(14) !== 52) return false;
  for (let at = 0; at < 36; at++) {
    const unit = name.charCodeAt(at);
    const isDash = at === 8 || at === 13 || at === 18 || at === 23;
    const isHex = (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 102);
    if (isDash ? unit !== 45 : !isHex) return false;
  }
  return true;
}

function codePoint(unit: number): string {
  return `U+${unit.toString(16).toUpperCase().padStart(4, "0")}`;
}
