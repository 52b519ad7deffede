import type { Line, SdpDocument, Section } from "../sdp/document.ts";
import { attributeName, createLine } from "../sdp/line.ts";
import { documentFrom } from "../sdp/parse.ts";
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
  const whole = habits.readsLoosely ? tidied(cut) : cut;
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
  const isBad = ({ source }: Line) => !/^[a-z]=/.test(source);
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
  const first = words[0] ?? "";
  const colon = first.indexOf(":");
  if (first.startsWith("m=")) words[0] = first.toLowerCase();
  else if (first.startsWith("a=")) {
    const name = (colon < 0 ? first : first.slice(0, colon)).toLowerCase();
    const value = colon < 0 ? "" : first.slice(colon);
    words[0] = name + (name === "a=group" ? value.toUpperCase() : value);
  }
  const source = words.join(" ");
  return source === line.source ? line : createLine(source, line.eol);
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
