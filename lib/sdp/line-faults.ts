import type { Fix } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";
import { attributeNamed } from "./attributes/catalog.ts";
import type { Line } from "./document.ts";
import type { FaultList } from "./fault-list.ts";
import { hasTypeLetter } from "./line.ts";
import { sectionsOf } from "./sections.ts";

/** Lines that have not the form `x=…`, one by one. RFC 8866 §5. */
export function findLineFaults(faults: FaultList): void {
  let at = 0;
  const lines = sectionsOf(faults.document).flatMap((section) => section.lines);
  const lastContent = lines.findLastIndex((line) => line.source !== "");
  const text = faults.document.toString();
  // One search over the text spares nearly every document a look at each character of each line.
  const hasOddCharacters = text.includes("\0") || /[\ud800-\udfff]/.test(text);
  lines.forEach((line, index) => {
    if (line.source === "") reportBlank(faults, line, at, index > lastContent);
    else if (hasTypeLetter(line.source, 0)) checkLine(faults, line, at);
    else checkFormless(faults, line.source, at);
    if (hasOddCharacters) checkCharacters(faults, line.source, at);
    at += line.source.length + line.eol.length;
  });
}

const form = rfc(8866, "5");

function reportBlank(faults: FaultList, line: Line, start: number, isTrailing: boolean): void {
  faults.add({
    code: "sdp/blank-line",
    severity: isTrailing ? "warning" : "error",
    message: isTrailing
      ? {
          en: "A blank line stands at the end. SDP has none, and Chromium refuses a description with one.",
          ko: "끝에 빈 줄이 있습니다. SDP에는 빈 줄이 없으며, 빈 줄이 있으면 Chromium이 거부합니다.",
        }
      : {
          en: "A blank line stands here. SDP has none: Chromium refuses the description.",
          ko: "빈 줄이 있습니다. SDP에는 빈 줄이 없으며, Chromium은 이런 description을 거부합니다.",
        },
    span: { start, end: start },
    rfc: form,
    fix: {
      title: { en: "Remove the blank line", ko: "빈 줄 없애기" },
      edits: [{ span: { start, end: start + line.eol.length }, text: "" }],
    },
  });
}

/** A line without `x=` at its start; most often something stands before it. */
function checkFormless(faults: FaultList, source: string, start: number): void {
  const end = start + source.length;
  if (source.startsWith("\uFEFF") && start === 0) {
    faults.add({
      code: "sdp/byte-order-mark",
      severity: "error",
      message: {
        en: "The text begins with a byte order mark. Readers want v= as the very first characters.",
        ko: "텍스트가 BOM으로 시작합니다. 맨 앞 글자는 v=여야 합니다.",
      },
      span: { start, end: start + 1 },
      rfc: form,
      fix: remove(start, start + 1, { en: "Remove the byte order mark", ko: "BOM 없애기" }),
    });
    return;
  }
  let indent = 0;
  while (indent < source.length && isBlank(source.charCodeAt(indent))) indent++;
  if (indent > 0 && hasTypeLetter(source, indent)) {
    faults.add({
      code: "sdp/line-indented",
      severity: "error",
      message: {
        en: "Blanks stand before the line, so that it is none. It was probably copied from indented code.",
        ko: "줄 앞에 공백이 있어 SDP 줄로 읽히지 않습니다. 들여쓴 코드에서 복사한 것으로 보입니다.",
      },
      span: { start, end: start + indent },
      rfc: form,
      fix: remove(start, start + indent, { en: "Remove the blanks", ko: "공백 없애기" }),
    });
    return;
  }
  let equals = 1;
  while (equals < source.length && isBlank(source.charCodeAt(equals))) equals++;
  if (
    equals > 1 &&
    source.charCodeAt(equals) === EQUALS &&
    hasTypeLetter(`${source.charAt(0)}=`, 0)
  ) {
    reportSpaceAtEquals(faults, start + 1, start + equals);
    return;
  }
  faults.add({
    code: "sdp/line-form",
    severity: "error",
    message: {
      en: "This is no SDP line: each begins with one letter and an equals sign. Browsers refuse the description.",
      ko: "SDP 줄이 아닙니다. 모든 줄은 한 글자와 등호로 시작하며, 브라우저는 이런 description을 거부합니다.",
    },
    span: { start, end },
    rfc: form,
  });
}

const KNOWN_LETTERS = "vosiuepcbtrzkam";

function checkLine(faults: FaultList, { source }: Line, start: number): void {
  const letter = source.charAt(0);
  if (!KNOWN_LETTERS.includes(letter)) reportUnknownLetter(faults, letter, source, start);
  if (letter !== "s") {
    let blanks = 2;
    while (blanks < source.length && isBlank(source.charCodeAt(blanks))) blanks++;
    if (blanks > 2) reportSpaceAtEquals(faults, start + 2, start + blanks);
    checkTrailingBlanks(faults, source, start, blanks);
  }
  checkGlued(faults, source, start);
}

function reportUnknownLetter(
  faults: FaultList,
  letter: string,
  source: string,
  start: number,
): void {
  const lower = letter.toLowerCase();
  const isUpperCase = letter !== lower && KNOWN_LETTERS.includes(lower);
  const span = { start, end: start + 1 };
  const fault = {
    code: "sdp/type-unknown",
    severity: "error",
    message: {
      en: `SDP has no lines of the type ${letter}=${isUpperCase ? `; type letters are lower case` : ""}. A reader may ignore or refuse the whole description.`,
      ko: `SDP에는 ${letter}= 형식의 줄이 없습니다${isUpperCase ? "(형식 문자는 소문자입니다)" : ""}. 받는 쪽은 description 전체를 무시하거나 거부할 수 있습니다.`,
    },
    span: isUpperCase ? span : { start, end: start + source.length },
    rfc: form,
  } as const;
  if (!isUpperCase) faults.add(fault);
  else {
    const title = { en: `Write ${lower}=`, ko: `${lower}=로 쓰기` };
    faults.add({ ...fault, fix: { title, edits: [{ span, text: lower }] } });
  }
}

function reportSpaceAtEquals(faults: FaultList, start: number, end: number): void {
  faults.add({
    code: "sdp/blank-at-equals",
    severity: "error",
    message: {
      en: "A blank stands beside the equals sign, where SDP allows none. Browsers refuse the line.",
      ko: "등호 옆에 공백이 있습니다. SDP에서는 허용되지 않으며 브라우저가 거부합니다.",
    },
    span: { start, end },
    rfc: rfc(8866, "5", "MUST NOT"),
    fix: remove(start, end, { en: "Remove the blank", ko: "공백 없애기" }),
  });
}

function checkTrailingBlanks(faults: FaultList, source: string, start: number, from: number): void {
  let end = source.length;
  while (end > from && isBlank(source.charCodeAt(end - 1))) end--;
  if (end === source.length || end <= 2) return;
  faults.add({
    code: "sdp/trailing-blank",
    severity: "info",
    message: {
      en: "Blanks stand at the end of the line. Strict readers take them for one more, empty value.",
      ko: "줄 끝에 공백이 있습니다. 엄격한 파서는 빈 값이 하나 더 있다고 읽습니다.",
    },
    span: { start: start + end, end: start + source.length },
    fix: remove(start + end, start + source.length, { en: "Remove the blanks", ko: "공백 없애기" }),
  });
}

/**
 * Two lines without a line end between them: `a=rtcp-muxa=sendrecv`, `a=mid:0m=video 9 …`.
 * Only an attribute that is known here counts, with its colon or, for a flag, at the very end.
 */
function checkGlued(faults: FaultList, source: string, start: number): void {
  let tried = 0;
  for (let equals = source.indexOf("=", 3); equals > 0; equals = source.indexOf("=", equals + 1)) {
    if (++tried > MOST_EQUALS) return;
    const letter = source.charCodeAt(equals - 1);
    if (letter !== LETTER_A && letter !== LETTER_M) continue;
    const from = equals - 1;
    if (
      letter === LETTER_A ? !beginsAttribute(source, equals + 1) : !beginsMedia(source, equals + 1)
    )
      continue;
    let before = from;
    while (before > 2 && isBlank(source.charCodeAt(before - 1))) before--;
    const second = source.slice(from, Math.min(source.length, from + 40));
    faults.add({
      code: "sdp/lines-glued",
      severity: "error",
      message: {
        en: `Two lines stand in one: “${second}” should begin a new line.`,
        ko: `두 줄이 한 줄로 붙어 있습니다. “${second}”부터 새 줄이어야 합니다.`,
      },
      span: { start: start + from, end: start + source.length },
      rfc: form,
      fix: {
        title: { en: "Break the line here", ko: "여기서 줄 나누기" },
        edits: [{ span: { start: start + before, end: start + from }, text: "\r\n" }],
      },
    });
    return;
  }
}

/** A line with more equals signs than this is not two lines glued together but something else. */
const MOST_EQUALS = 1000;

/** No attribute known here has a longer name. */
const LONGEST_NAME = 40;

function beginsAttribute(source: string, at: number): boolean {
  let end = at;
  const limit = Math.min(source.length, at + LONGEST_NAME);
  while (end < limit && source.charCodeAt(end) !== COLON) end++;
  if (end === limit && end < source.length) return false;
  const attribute = attributeNamed(source.slice(at, end));
  if (attribute === undefined) return false;
  return end < source.length || Object.keys(attribute.parts).length === 0;
}

function beginsMedia(source: string, at: number): boolean {
  const rest = source.slice(at, at + 20);
  return /^(?:audio|video|application|image|text|message) \d/.test(rest);
}

/** NUL and lone surrogates, which no reader can be sent. */
function checkCharacters(faults: FaultList, source: string, start: number): void {
  const nul = source.indexOf("\0");
  if (nul >= 0) {
    faults.add({
      code: "sdp/nul",
      severity: "error",
      message: {
        en: "A NUL character stands here. SDP has none, and many readers stop at it.",
        ko: "NUL 문자가 있습니다. SDP에는 쓸 수 없으며, 많은 파서가 여기서 읽기를 멈춥니다.",
      },
      span: { start: start + nul, end: start + nul + 1 },
      rfc: form,
    });
  }
  const surrogate = loneSurrogate(source);
  if (surrogate < 0) return;
  faults.add({
    code: "sdp/lone-surrogate",
    severity: "error",
    message: {
      en: "Half of a character stands here (a lone surrogate). It cannot be sent as UTF-8 and arrives as U+FFFD.",
      ko: "문자의 절반(단독 서로게이트)이 있습니다. UTF-8로 보낼 수 없어 U+FFFD로 바뀝니다.",
    },
    span: { start: start + surrogate, end: start + surrogate + 1 },
  });
}

function loneSurrogate(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(at + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return at;
    at++;
  }
  return -1;
}

function remove(start: number, end: number, title: Message): Fix {
  return { title, edits: [{ span: { start, end }, text: "" }] };
}

const LETTER_A = 0x61;
const LETTER_M = 0x6d;
const EQUALS = 0x3d;
const COLON = 0x3a;

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}
