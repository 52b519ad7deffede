import type { Section } from "../../lib/index.ts";
import { parse } from "../../lib/index.ts";

/** One line of one description; `number` counts from 1. */
export interface SideLine {
  readonly number: number;
  readonly text: string;
}

/** A line of the offer beside the one that answers it. */
export interface AlignedLine {
  readonly offer?: SideLine;
  readonly answer?: SideLine;
  /**
   * `changed`: both have it and say different things. `dropped`, `added`: one side alone has it.
   * `own`: each side speaks for itself, so that a difference means nothing, such as `a=ice-ufrag`.
   */
  readonly change: "same" | "own" | "changed" | "dropped" | "added";
}

/** A section of the offer beside the one of the answer with the same mid, or, without mids, the same place. */
export interface AlignedSection {
  /** `undefined` for the session part. */
  readonly mid?: string;
  readonly kind?: string;
  readonly offerDirection?: string;
  readonly answerDirection?: string;
  /** Port 0 in the answer. */
  readonly isRejected: boolean;
  readonly lines: readonly AlignedLine[];
}

/**
 * Lays an answer beside its offer: sections by mid, lines by what they are about (the attribute, and the payload type,
 * extension or candidate it names), in the offer's order. Without an answer every line is `same`.
 */
export function alignDescriptions(offer: string, answer?: string): readonly AlignedSection[] {
  const left = numbered(offer);
  const right = answer === undefined ? undefined : numbered(answer);
  return left.map((section, index) => {
    const partner = right && partnerOf(section, index, right);
    return {
      ...(section.mid !== undefined && { mid: section.mid }),
      ...(section.kind !== undefined && { kind: section.kind }),
      ...(section.direction !== undefined && { offerDirection: section.direction }),
      ...(partner?.direction !== undefined && { answerDirection: partner.direction }),
      isRejected: partner?.isRejected ?? false,
      lines: right ? alignLines(section.lines, partner?.lines ?? []) : section.lines.map(single),
    };
  });
}

interface NumberedSection {
  readonly mid?: string;
  readonly kind?: string;
  readonly direction?: string;
  readonly isRejected: boolean;
  readonly lines: readonly SideLine[];
}

function numbered(text: string): NumberedSection[] {
  const document = parse(text);
  let number = 0;
  return [document.session, ...document.media].map((section): NumberedSection => {
    const lines = section.lines.map(({ source }) => ({ number: ++number, text: source }));
    const mid = attribute(section, "mid");
    const words = section.index === -1 ? [] : (section.lines[0]?.value.split(" ", 2) ?? []);
    const direction = section.lines.find(
      ({ type, value }) => type === "a" && directions.has(value),
    )?.value;
    return {
      ...(mid !== undefined && { mid }),
      ...(words[0] !== undefined && { kind: words[0] }),
      ...(direction !== undefined && { direction }),
      isRejected: words[1] === "0",
      lines,
    };
  });
}

const directions = new Set(["sendrecv", "sendonly", "recvonly", "inactive"]);

function attribute(section: Section, name: string): string | undefined {
  const line = section.lines.find(
    ({ type, value }) => type === "a" && value.startsWith(`${name}:`),
  );
  return line?.value.slice(name.length + 1);
}

function partnerOf(
  section: NumberedSection,
  index: number,
  others: readonly NumberedSection[],
): NumberedSection | undefined {
  if (section.mid === undefined) return others[index];
  return others.find(({ mid }) => mid === section.mid) ?? others[index];
}

function single(line: SideLine): AlignedLine {
  return { offer: line, change: "same" };
}

function alignLines(offer: readonly SideLine[], answer: readonly SideLine[]): AlignedLine[] {
  const waiting = new Map<string, SideLine[]>();
  for (const line of answer) {
    const key = subject(line.text);
    const list = waiting.get(key);
    if (list) list.push(line);
    else waiting.set(key, [line]);
  }
  const taken = new Set<SideLine>();
  const partners = offer.map((line) => {
    const list = waiting.get(subject(line.text));
    const same = list?.find((other) => !taken.has(other) && other.text === line.text);
    const partner = same ?? list?.find((other) => !taken.has(other));
    if (partner) taken.add(partner);
    return partner;
  });
  const added = answer.filter((line) => !taken.has(line));
  const rows: AlignedLine[] = [];
  for (const [index, line] of offer.entries()) {
    const partner = partners[index];
    if (!partner) {
      rows.push({ offer: line, change: isOwn(line.text) ? "own" : "dropped" });
      continue;
    }
    while (added[0] && added[0].number < partner.number) {
      rows.push(alone(added[0]));
      added.shift();
    }
    const isSame = partner.text === line.text;
    const change = isSame ? "same" : isOwn(line.text) ? "own" : "changed";
    rows.push({ offer: line, answer: partner, change });
  }
  return [...rows, ...added.map(alone)];
}

function alone(line: SideLine): AlignedLine {
  return { answer: line, change: isOwn(line.text) ? "own" : "added" };
}

/** What describes one side alone: its session, address, keys, candidates and sources. */
const ownAttributes = new Set([
  "candidate",
  "end-of-candidates",
  "fingerprint",
  "ice-pwd",
  "ice-ufrag",
  "msid",
  "msid-semantic",
  "rtcp",
  "ssrc",
  "ssrc-group",
  "tls-id",
]);

function isOwn(text: string): boolean {
  if (text.startsWith("o=") || text.startsWith("c=") || text.startsWith("s=")) return true;
  if (!text.startsWith("a=")) return false;
  const colon = text.indexOf(":");
  return ownAttributes.has(colon === -1 ? text.slice(2) : text.slice(2, colon));
}

/** What a line is about: two lines with the same subject answer each other. */
function subject(text: string): string {
  if (!text.startsWith("a=")) return text.slice(0, 2);
  const value = text.slice(2);
  if (directions.has(value)) return "direction";
  const colon = value.indexOf(":");
  const name = colon === -1 ? value : value.slice(0, colon);
  const rest = colon === -1 ? "" : value.slice(colon + 1);
  switch (name) {
    case "rtpmap":
    case "fmtp":
    case "rid":
      return `${name}:${word(rest)}`;
    case "rtcp-fb":
    case "group":
    case "candidate":
      return `${name}:${rest}`;
    case "extmap":
      return `${name}:${rest.slice(rest.indexOf(" ") + 1)}`;
    default:
      return name;
  }
}

function word(text: string): string {
  const space = text.indexOf(" ");
  return space === -1 ? text : text.slice(0, space);
}
