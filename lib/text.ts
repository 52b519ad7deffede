/** A range of a text in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a text as a person counts it: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One sentence for a person, in English and in Korean. API names, codes and SDP stay as they are. */
export interface Message {
  readonly en: string;
  readonly ko: string;
}

/** The languages every sentence exists in. */
export type Language = keyof Message;

/** A change of a text, as data: what stands at `span` becomes `text`. Spans refer to the text before any change. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * The position of an offset in a text. Line ends are CRLF, LF or a lone CR, as in `parse`.
 * An offset outside the text is moved to its nearest end.
 */
export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let start = 0;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    const endsLine = unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10);
    if (endsLine) {
      line++;
      start = at + 1;
    }
  }
  return { line, column: end - start + 1 };
}

/**
 * Applies edits to a text; the order in the list does not matter.
 * Throws `RangeError` when a span lies outside the text or two spans overlap.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = "";
  let at = 0;
  for (const { span, text: replacement } of sorted) {
    const isWhole = Number.isInteger(span.start) && Number.isInteger(span.end);
    if (!isWhole || span.start < at || span.end < span.start || span.end > text.length) {
      throw new RangeError(
        `The edit at ${span.start}–${span.end} overlaps another one or lies outside the text (0–${text.length}).`,
      );
    }
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}

/**
 * A Korean sentence whose particles follow the sound before them: where it offers both forms, `이(가)`, `은(는)`, `을(를)`,
 * `과(와)` or `(으)로`, the right one is taken, by the last syllable, digit or letter in front of it
 * (`candidate이(가)` → `candidate가`, `VP8은(는)` → `VP8은`). Quotes, and what stands in brackets
 * between, are passed over;
 * behind a character that has no sound of its own both forms stay.
 */
export function withParticles(korean: string): string {
  // Most sentences have nothing to choose.
  if (!/[가-힣]\([가-힣]\)|\(으\)로/.test(korean)) return korean;
  return korean.replace(
    /([\p{L}\p{N}])([^\p{L}\p{N}\s()]{0,4}(?:\s?\([^()]{1,80}\))?[^\p{L}\p{N}\s()]{0,4})(이\(가\)|은\(는\)|을\(를\)|과\(와\)|와\(과\)|\(으\)로)/gu,
    (whole, last: string, between: string, particle: string, at: number) => {
      const sound = finalSound(korean.slice(Math.max(0, at - 16), at + last.length));
      const chosen = particles[particle]?.[sound];
      return chosen === undefined ? whole : last + between + chosen;
    },
  );
}

/** A sentence whose values have been put in, with the Korean particles that follow from them (`withParticles`). */
export function readable({ en, ko }: Message): Message {
  return { en, ko: withParticles(ko) };
}

/** How a word ends: in a vowel, in ㄹ, or in another consonant. */
type FinalSound = "vowel" | "rieul" | "consonant";

const particles: Readonly<Record<string, Readonly<Record<FinalSound, string>>>> = {
  "이(가)": { vowel: "가", rieul: "이", consonant: "이" },
  "은(는)": { vowel: "는", rieul: "은", consonant: "은" },
  "을(를)": { vowel: "를", rieul: "을", consonant: "을" },
  "과(와)": { vowel: "와", rieul: "과", consonant: "과" },
  "와(과)": { vowel: "와", rieul: "과", consonant: "과" },
  "(으)로": { vowel: "로", rieul: "로", consonant: "으로" },
};

/** 0 to 9 as they are read: 영 일 이 삼 사 오 육 칠 팔 구. */
const digitSounds: readonly FinalSound[] = [
  "consonant",
  "rieul",
  "vowel",
  "consonant",
  "vowel",
  "vowel",
  "consonant",
  "rieul",
  "rieul",
  "vowel",
];

/** The final sound of a text as a Korean reads it: syllables as written, digits and Latin words as they are pronounced. */
function finalSound(text: string): FinalSound {
  const unit = text.charCodeAt(text.length - 1);
  if (unit >= 0xac00 && unit <= 0xd7a3) {
    const final = (unit - 0xac00) % 28;
    return final === 0 ? "vowel" : final === 8 ? "rieul" : "consonant";
  }
  if (unit >= 48 && unit <= 57) return digitSounds[unit - 48] ?? "vowel";
  if (/[a-z]l$|[^aeiou\W]le$/i.test(text)) return "rieul";
  if (/[A-Z]$/.test(text))
    return /[LR]$/.test(text) ? "rieul" : /[MN]$/.test(text) ? "consonant" : "vowel";
  return /(?:[mnp]|ng|c|[aeiou]k|ck)$/.test(text) ? "consonant" : "vowel";
}

/** A text off the wire, safe to show: control and direction characters become one visible character each, so that columns stay aligned and nothing is hidden. */
export function printable(text: string): string {
  let result = "";
  for (const character of text) {
    const unit = character.charCodeAt(0);
    if (unit < 32) result += String.fromCharCode(0x2400 + unit);
    else if (unit === 127 || (unit >= 128 && unit < 160)) result += "␡";
    else if ((unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069))
      result += "�";
    else result += character;
  }
  return result;
}

/** How many columns of a terminal a text takes: Hangul, CJK, full-width forms and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character > "~" && /[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) continue;
    width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  }
  return width;
}

/** Unicode Standard Annex #11: East Asian Wide and Fullwidth. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xa960 && code <= 0xa97c) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
