import type { Severity } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { Attribute } from "./attribute.ts";
import { attributeNamed } from "./attributes/catalog.ts";
import type { Line, Section } from "./document.ts";
import type { FaultList } from "./fault-list.ts";
import { attributeName, attributeValue } from "./line.ts";
import { sectionsOf } from "./sections.ts";

/** Order, number and level of lines and of attributes. RFC 8866 §5, §9. */
export function findStructureFaults(faults: FaultList): void {
  let at = 0;
  const { session } = faults.document;
  findMissing(faults, session);
  for (const section of sectionsOf(faults.document)) {
    const check = section.index === -1 ? sessionOrder : mediaOrder;
    at = checkSection(faults, section, at, check);
  }
}

/** The place of each type letter in its section; a time description is t and r together. RFC 8866 §9. */
const sessionOrder: Readonly<Record<string, number>> = {
  v: 0,
  o: 1,
  s: 2,
  i: 3,
  u: 4,
  e: 5,
  p: 6,
  c: 7,
  b: 8,
  t: 9,
  r: 9,
  z: 9,
  k: 10,
  a: 11,
};
const mediaOrder: Readonly<Record<string, number>> = { m: 0, i: 1, c: 2, b: 3, k: 4, a: 5 };

/** The letters that may stand once in the session part, and once in a media section. */
const onceInSession = "vosiukc";
const onceInMedia = "ik";

function checkSection(
  faults: FaultList,
  { index, lines }: Section,
  from: number,
  order: Readonly<Record<string, number>>,
): number {
  const isSession = index === -1;
  const once = isSession ? onceInSession : onceInMedia;
  const letters = new Set<string>();
  const attributes = new Set<string>();
  let highest = 0;
  let highestLetter = "";
  let at = from;
  for (const line of lines) {
    const start = at;
    at += line.source.length + line.eol.length;
    const letter = line.type;
    const rank = order[letter];
    if (rank === undefined) {
      if (letter !== "" && letter in sessionOrder) reportLevel(faults, line, start);
      continue;
    }
    if (letters.has(letter) && once.includes(letter)) reportRepeated(faults, line, start);
    letters.add(letter);
    if (rank < highest) reportOrder(faults, line, start, highestLetter, isSession);
    else {
      highest = rank;
      highestLetter = letter;
    }
    if (letter === "a") checkAttribute(faults, line, start, isSession, attributes);
  }
  return at;
}

function reportLevel(faults: FaultList, line: Line, start: number): void {
  faults.add({
    code: "sdp/line-level",
    severity: "warning",
    message: {
      en: `A ${line.type}= line belongs into the session part, before the first m= line. Here it is ignored.`,
      ko: `${line.type}= 줄은 첫 m= 줄보다 앞, 세션 부분에 있어야 합니다. 이 자리에서는 무시됩니다.`,
    },
    span: { start, end: start + line.source.length },
    rfc: rfc(8866, "5"),
  });
}

function reportRepeated(faults: FaultList, line: Line, start: number): void {
  faults.add({
    code: "sdp/line-repeated",
    severity: "vos".includes(line.type) ? "error" : "warning",
    message: {
      en: `A second ${line.type}= line: there is one at most in this part.`,
      ko: `${line.type}= 줄이 두 번째로 나옵니다. 이 부분에는 하나만 있을 수 있습니다.`,
    },
    span: { start, end: start + line.source.length },
    rfc: rfc(8866, "5"),
  });
}

function reportOrder(
  faults: FaultList,
  line: Line,
  start: number,
  after: string,
  isSession: boolean,
): void {
  faults.add({
    code: "sdp/line-order",
    // libwebrtc reads the session part in the fixed order and refuses any other; in a media section it takes any order.
    severity: isSession ? "error" : "warning",
    message: {
      en: `The ${line.type}= line stands behind a ${after}= line; SDP fixes the order of lines, and ${line.type}= comes before.`,
      ko: `${line.type}= 줄이 ${after}= 줄 뒤에 있습니다. SDP는 줄의 순서를 정해 두며, ${line.type}=가 먼저 와야 합니다.`,
    },
    span: { start, end: start + line.source.length },
    rfc: rfc(8866, "5", "MUST"),
  });
}

/** What must stand in the session part; the text of the fix where there is only one thing to write. */
const required: readonly { readonly letter: string; readonly line?: string }[] = [
  { letter: "v", line: "v=0" },
  { letter: "o" },
  { letter: "s", line: "s=-" },
  { letter: "t", line: "t=0 0" },
];

function findMissing(faults: FaultList, session: Section): void {
  for (const { letter, line } of required) {
    if (session.lines.some(({ source }) => beginsWith(source, letter))) continue;
    const start = placeFor(session, letter);
    const severity: Severity = "error";
    const fault = {
      code: "sdp/line-missing",
      severity,
      message: {
        en: `The ${letter}= line is missing. Every description has one, and browsers refuse it without.`,
        ko: `${letter}= 줄이 없습니다. 모든 description에 있어야 하며, 없으면 브라우저가 거부합니다.`,
      },
      span: { start, end: start },
      rfc: rfc(8866, "5"),
    } as const;
    if (line === undefined) faults.add(fault);
    else {
      const title = { en: `Insert ${line}`, ko: `${line} 넣기` };
      const edits = [{ span: { start, end: start }, text: `${line}\r\n` }];
      faults.add({ ...fault, fix: { title, edits } });
    }
  }
}

/** Whether a line has a type letter, be it behind a byte order mark or blanks, which are faults of their own. */
function beginsWith(source: string, letter: string): boolean {
  return source.startsWith(`${letter}=`) || source.trimStart().startsWith(`${letter}=`);
}

/** Where a missing line belongs: before the first line that comes later in the order, else at the end of the session part. */
function placeFor({ lines }: Section, letter: string): number {
  const rank = sessionOrder[letter] ?? 0;
  let at = 0;
  for (const line of lines) {
    const other = sessionOrder[line.type];
    if (other !== undefined && other > rank) return at;
    at += line.source.length + line.eol.length;
  }
  return at;
}

function checkAttribute(
  faults: FaultList,
  line: Line,
  start: number,
  isSession: boolean,
  seen: Set<string>,
): void {
  const name = attributeName(line) ?? "";
  const attribute = attributeNamed(name);
  if (attribute === undefined) {
    // A blank at the start and a second line behind a blank are faults of the line, and told as that.
    const isTold = name.startsWith(" ") || name.includes(" a=");
    if (!isTold && !isToken(name)) reportName(faults, line, start, name);
    return;
  }
  const level = isSession ? "session" : "media";
  if (!attribute.levels.includes(level)) reportAttributeLevel(faults, line, start, attribute);
  const key = repetitionKey(attribute, line);
  if (key === undefined) return;
  if (seen.has(key)) reportAttributeRepeated(faults, line, start, attribute);
  seen.add(key);
}

/** Two lines with the same key are one too many; `undefined` for an attribute that may be repeated. */
function repetitionKey({ name, multiplicity }: Attribute<unknown>, line: Line): string | undefined {
  if (multiplicity === "many") return undefined;
  if (multiplicity === "one") return name;
  const value = attributeValue(line) ?? "";
  const blank = value.indexOf(" ");
  return `${name}:${blank < 0 ? value : value.slice(0, blank)}`;
}

function reportName(faults: FaultList, line: Line, start: number, name: string): void {
  const from = start + 2;
  faults.add({
    code: name === "" ? "sdp/attribute-empty" : "sdp/attribute-name",
    severity: name === "" ? "error" : "warning",
    message:
      name === ""
        ? {
            en: "An a= line without the name of an attribute.",
            ko: "속성 이름이 없는 a= 줄입니다.",
          }
        : {
            en: "The name of the attribute has characters that no attribute name has.",
            ko: "속성 이름에 쓸 수 없는 문자가 있습니다.",
          },
    span: { start: from, end: name === "" ? start + line.source.length : from + name.length },
    rfc: rfc(8866, "5.13"),
  });
}

function reportAttributeLevel(
  faults: FaultList,
  line: Line,
  start: number,
  { name, levels, rfc: reference }: Attribute<unknown>,
): void {
  const isMediaOnly = !levels.includes("session");
  faults.add({
    code: "sdp/attribute-level",
    severity: "warning",
    message: isMediaOnly
      ? {
          en: `a=${name} belongs into a media section. In the session part it is ignored.`,
          ko: `a=${name}은(는) 미디어 섹션에 있어야 합니다. 세션 부분에서는 무시됩니다.`,
        }
      : {
          en: `a=${name} belongs into the session part. In a media section it is ignored.`,
          ko: `a=${name}은(는) 세션 부분에 있어야 합니다. 미디어 섹션에서는 무시됩니다.`,
        },
    span: { start, end: start + line.source.length },
    rfc: reference,
  });
}

function reportAttributeRepeated(
  faults: FaultList,
  line: Line,
  start: number,
  { name, multiplicity, rfc: reference }: Attribute<unknown>,
): void {
  const value = attributeValue(line) ?? "";
  const label = multiplicity === "one" ? `a=${name}` : `a=${name}:${value.split(" ", 1)[0]}`;
  faults.add({
    code: "sdp/attribute-repeated",
    severity: "warning",
    message: {
      en: `${label} stands here a second time. Some readers take the first, some the last, some refuse.`,
      ko: `${label}이(가) 두 번째로 나옵니다. 구현에 따라 첫 번째나 마지막 것을 쓰거나 거부합니다.`,
    },
    span: { start, end: start + line.source.length },
    rfc: reference,
  });
}

function isToken(text: string): boolean {
  return /^[\w!#$%&'*+\-.^`{|}~]+$/.test(text);
}
