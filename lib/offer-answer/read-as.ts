import type { Line, SdpDocument, Section } from "../sdp/document.ts";
import { attributeName, createLine } from "../sdp/line.ts";
import { documentFrom } from "../sdp/parse.ts";
import { readDescription } from "../sdp/read-description.ts";
import { sectionsOf } from "../sdp/sections.ts";
import type { AnswerHabits } from "./capabilities.ts";

/**
 * The part of a text that an endpoint with these habits takes in: without a last line that does not end,
 * without what stands behind the first line that is no SDP line, and without the earlier ones of attributes
 * of which it believes the last; with blanks and cases put right where it does not mind them.
 */
export function readAs(document: SdpDocument, habits: AnswerHabits): SdpDocument {
  const ended = habits.needsLastLineEnd ? withoutOpenLine(document) : document;
  const cut = habits.stopsAtBadLine ? untilBadLine(ended) : ended;
  const tidy = habits.readsLoosely ? tidied(cut) : cut;
  const whole = habits.answersUnlistedRtx ? withUnlistedRtx(tidy) : tidy;
  const names = habits.lastCounts ?? [];
  if (names.length === 0) return whole;
  const keep = (section: Section) => withLastOnly(section, names);
  return documentFrom(keep(whole.session), whole.media.map(keep));
}

function withoutOpenLine(document: SdpDocument): SdpDocument {
  const closed = ({ index, lines }: Section): Section => ({
    index,
    lines: lines.filter(({ eol }) => eol !== ""),
  });
  const { session, media } = document;
  if (sectionsOf(document).at(-1)?.lines.at(-1)?.eol !== "") return document;
  return documentFrom(
    closed(session),
    media.map(closed).filter(({ lines }) => lines.length > 0),
  );
}

function untilBadLine(document: SdpDocument): SdpDocument {
  // A second v= line begins another description.
  const first = sectionsOf(document)[0]?.lines[0];
  const isBad = (line: Line) =>
    !/^[a-z]=/.test(line.source) || (line !== first && line.source.startsWith("v="));
  const until = ({ index, lines }: Section): Section | undefined => {
    const bad = lines.findIndex(isBad);
    return bad < 0 ? undefined : { index, lines: lines.slice(0, bad) };
  };
  const session = until(document.session);
  if (session) return documentFrom(session, []);
  const media: Section[] = [];
  for (const section of document.media) {
    const cut = until(section);
    media.push(cut ?? section);
    if (cut) return documentFrom(document.session, media);
  }
  return document;
}

function tidied(document: SdpDocument): SdpDocument {
  const tidy = ({ index, lines }: Section): Section => ({ index, lines: lines.map(tidyLine) });
  return documentFrom(tidy(document.session), document.media.map(tidy));
}

function tidyLine(line: Line): Line {
  const words = line.source.split(/[ \t]+/).filter((word) => word !== "");
  if (words[0] === "a=") words.splice(0, 2, `a=${words[1] ?? ""}`);
  const [first = "", ...rest] = words;
  const source = first.startsWith("m=")
    ? words.map(tidyMediaWord).join(" ")
    : [first.startsWith("a=") ? tidyAttributeStart(first) : first, ...rest].join(" ");
  return source === line.source ? line : createLine(source, line.eol);
}

function tidyAttributeStart(word: string): string {
  const colon = word.indexOf(":");
  const name = (colon < 0 ? word : word.slice(0, colon)).toLowerCase();
  const value = colon < 0 ? "" : word.slice(colon);
  return name + (name === "a=group" ? value.toUpperCase() : value);
}

/** `m=AUDIO`, `+9` or `9.5` as port, `96,` as format. */
function tidyMediaWord(word: string, at: number): string {
  if (at === 0) return word.toLowerCase();
  if (at === 2 || word.includes("/")) return word;
  return /^\+?(\d+)/.exec(word)?.[1] ?? word;
}

/** Where a section has the lines of RTX for a listed codec, but not the RTX in its `m=` line, the line gets it. */
function withUnlistedRtx(document: SdpDocument): SdpDocument {
  const { media } = readDescription(document);
  const changed = media.map(({ section, line, formats, isRtp }): Section => {
    if (!isRtp) return section;
    const listed = new Set(formats);
    const unlisted = new Map<string, string>();
    for (const { source } of section.lines) {
      const rtpmap = /^a=rtpmap:(\d+) rtx\//i.exec(source);
      if (rtpmap?.[1] && !listed.has(rtpmap[1])) unlisted.set(rtpmap[1], "");
      const fmtp = /^a=fmtp:(\d+) apt=(\d+)/.exec(source);
      if (fmtp?.[1] && fmtp[2] && !listed.has(fmtp[1])) unlisted.set(fmtp[1], fmtp[2]);
    }
    const found = [...unlisted].filter(([, apt]) => listed.has(apt)).map(([format]) => format);
    if (found.length === 0) return section;
    const longer = createLine(`${line.source} ${found.join(" ")}`, line.eol);
    return { index: section.index, lines: [longer, ...section.lines.slice(1)] };
  });
  return documentFrom(document.session, changed);
}

const directions: ReadonlySet<string> = new Set(["sendrecv", "sendonly", "recvonly", "inactive"]);

function withLastOnly(section: Section, names: readonly string[]): Section {
  const keyOf = (line: Line) => {
    const name = attributeName(line);
    return name !== undefined && directions.has(name) ? "direction" : name;
  };
  const last = new Map<string, Line>();
  for (const line of section.lines) {
    const key = keyOf(line);
    if (key !== undefined && names.includes(key)) last.set(key, line);
  }
  const lines = section.lines.filter((line) => {
    const key = keyOf(line);
    return key === undefined || !last.has(key) || last.get(key) === line;
  });
  return lines.length === section.lines.length ? section : { index: section.index, lines };
}
