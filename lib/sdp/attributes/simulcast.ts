import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Simulcast, SimulcastAlternative } from "../description.ts";
import type { Scanner } from "../scanner.ts";

type Part = "direction" | "stream";

/**
 * `;` parts streams, `,` the alternatives of one stream, `~` marks one that starts paused.
 *
 *     simulcast:send hi;mid,~low recv 1
 *                           ^ an alternative to mid, paused
 *
 * The form of old drafts, `simulcast: send rid=hi;mid`, is read too.
 */
export const simulcast: Attribute<Omit<Simulcast, "line">, Part> = defineAttribute({
  name: "simulcast",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8853, "5.1"),
  read(scan) {
    const streams: { send: SimulcastAlternative[][]; recv: SimulcastAlternative[][] } = {
      send: [],
      recv: [],
    };
    do {
      const start = scan.at;
      const direction = scan.oneOf(simulcastDirections, "direction");
      if (scan.isBroken) break;
      if (streams[direction].length > 0) scan.malformed("direction", start);
      scan.blank();
      streams[direction] = readStreams(scan);
    } while (scan.blank() && !scan.isDone);
    return streams;
  },
  print({ send, recv }) {
    const parts: string[] = [];
    if (send.length > 0) parts.push(`send ${printStreams(send)}`);
    if (recv.length > 0) parts.push(`recv ${printStreams(recv)}`);
    return parts.join(" ");
  },
  summary({ send, recv }) {
    const sending = send.length > 0 ? printStreams(send) : undefined;
    const receiving = recv.length > 0 ? printStreams(recv) : undefined;
    const en = [
      sending && `sends ${streamCount(send.length)} of one source (${sending})`,
      receiving && `can receive ${streamCount(recv.length)} (${receiving})`,
    ].filter(Boolean);
    const ko = [
      sending && `한 소스를 ${send.length}개 스트림(${sending})으로 보냅니다.`,
      receiving && `${recv.length}개 스트림(${receiving})을 받을 수 있습니다.`,
    ].filter(Boolean);
    return {
      en: `Simulcast: this side ${en.join(" and ")}. Each name is an a=rid line of this section.`,
      ko: `simulcast: ${ko.join(" ")} 각 이름은 이 섹션의 a=rid 줄입니다.`,
    };
  },
  parts: {
    direction: {
      name: { en: "direction", ko: "방향" },
      meaning: (text) =>
        text === "send"
          ? { en: "What this side wants to send.", ko: "이쪽이 보내려는 스트림입니다." }
          : { en: "What this side can receive.", ko: "이쪽이 받을 수 있는 스트림입니다." },
    },
    stream: {
      name: { en: "rid", ko: "rid" },
      meaning: (text) =>
        text.startsWith("~")
          ? {
              en: `The stream ${text.slice(1)}; ~ says that it starts paused.`,
              ko: `스트림 ${text.slice(1)}입니다. ~는 일시 중지 상태로 시작한다는 뜻입니다.`,
            }
          : { en: `The stream ${text}.`, ko: `스트림 ${text}입니다.` },
    },
  },
});

function readStreams(scan: Scanner<Part>): SimulcastAlternative[][] {
  const streams: SimulcastAlternative[][] = [];
  if (scan.text.startsWith(DRAFT_PREFIX, scan.at)) {
    scan.at += DRAFT_PREFIX.length;
    scan.questionable("stream", scan.at - DRAFT_PREFIX.length);
  }
  let count = 0;
  do {
    const alternatives: SimulcastAlternative[] = [];
    do {
      if (++count > MOST_ALTERNATIVES) scan.malformed("stream", scan.at);
      else alternatives.push(readAlternative(scan));
    } while (!scan.isBroken && scan.skip(COMMA));
    streams.push(alternatives);
  } while (!scan.isBroken && scan.skip(SEMICOLON));
  // One missing name says it all: a line of nothing but separators would have a million.
  if (scan.isBroken) scan.at = scan.end;
  return streams;
}

function readAlternative(scan: Scanner<Part>): SimulcastAlternative {
  const isPaused = scan.skip(TILDE);
  const start = scan.at;
  while (!scan.isDone && !isSeparator(scan.next)) scan.at++;
  if (scan.at === start) scan.missing("stream");
  else scan.note("stream", isPaused ? start - 1 : start);
  return { rid: scan.text.slice(start, scan.at), isPaused };
}

function printStreams(streams: readonly (readonly SimulcastAlternative[])[]): string {
  return streams
    .map((stream) => stream.map(({ rid, isPaused }) => (isPaused ? `~${rid}` : rid)).join(","))
    .join(";");
}

const simulcastDirections = ["send", "recv"] as const;
/** A rid has to fit an RTP header extension of every packet; nobody sends hundreds of versions of one source. */
const MOST_ALTERNATIVES = 1000;
const DRAFT_PREFIX = "rid=";
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const TILDE = 0x7e;
const SPACE = 0x20;

function isSeparator(unit: number): boolean {
  return unit === COMMA || unit === SEMICOLON || unit === SPACE;
}

function streamCount(count: number): string {
  return count === 1 ? "1 stream" : `${count} streams`;
}
