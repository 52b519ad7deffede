import { fmtp } from "./attributes/fmtp.ts";
import { rtcpFb } from "./attributes/rtcp-fb.ts";
import type { Rtpmap } from "./attributes/rtpmap.ts";
import { rtpmap, scanRtpmap } from "./attributes/rtpmap.ts";
import type { MediaCodec } from "./description.ts";
import type { Line } from "./document.ts";
import type { Encoding } from "./encoding.ts";
import { channelsOf, encodingOf, payloadTypeOf } from "./encoding.ts";
import { added, empty } from "./growing-list.ts";
import type { Scanner } from "./scanner.ts";
import { isWordAt } from "./word-at.ts";
import type { Writable } from "./writable.ts";

/**
 * Gathers what the rtpmap, fmtp and rtcp-fb lines of a section say of the formats of its `m=` line, and makes its codecs of it.
 * Most lines of a description are of these three kinds, so this is where most of the time of reading goes.
 */
export class CodecLines {
  readonly #drafts: readonly CodecDraft[];
  /** The place of the format that was found last: the lines of a format mostly stand together, in the order of the `m=` line. */
  #last = 0;
  #wildcardFeedback: string[] | undefined;
  #count = 0;
  #first: Line | undefined;
  #lastLine: Line | undefined;
  /** The feedback lines read last, all of one format. */
  #feedbackOf: CodecDraft | undefined;
  #feedbackCount = 0;
  readonly #feedback: string[] = [];
  readonly #feedbackLines: Line[] = [];
  #knownFeedback: readonly string[] = empty;

  /** Formats that are no payload types have no codec, and one that stands twice counts once. */
  constructor(formats: readonly string[]) {
    this.#drafts = draftsOf(formats);
  }

  /** How many lines have been read, whether they say anything or not. */
  get count(): number {
    return this.#count;
  }

  /** The number of the first line among these ones if all that have been read stand together; −1 otherwise. */
  placeIn(lines: readonly Line[]): number {
    const from = this.#first === undefined ? -1 : lines.indexOf(this.#first);
    return lines[from + this.#count - 1] === this.#lastLine ? from : -1;
  }

  #note(line: Line): void {
    this.#count++;
    this.#first ??= line;
    this.#lastLine = line;
  }

  /** Of several lines for one format the first counts. */
  readRtpmap(line: Line, scan: Scanner, at: number): void {
    this.#note(line);
    const { source } = line;
    let draft = this.#find(source, at);
    let value: Rtpmap | undefined;
    if (draft !== undefined) {
      // Mostly codecs and their repairs stand in turns.
      const likelyName = this.#drafts[this.#last - 2]?.rtpmap?.encodingName;
      value = scanRtpmap(draft.format, source, at + draft.format.length + 1, likelyName);
    }
    if (value === undefined) {
      value = rtpmap.read(scan.reset(source, at));
      if (scan.isBroken) return;
      draft = this.#find(value.payloadType, 0);
    }
    if (draft === undefined || draft.rtpmap !== undefined) return;
    draft.rtpmap = value;
    draft.rtpmapLine = line;
  }

  /** Several lines for one format are joined. */
  readFmtp(line: Line, scan: Scanner, at: number): void {
    this.#note(line);
    const { source } = line;
    let draft = this.#find(source, at);
    let parameters: string;
    if (draft !== undefined) {
      // The grammar is this and no more: a format, a blank, and all the rest.
      parameters = source.slice(at + draft.format.length + 1);
      if (parameters === "") return;
    } else {
      const value = fmtp.read(scan.reset(source, at));
      if (scan.isBroken) return;
      draft = this.#find(value.format, 0);
      if (draft === undefined) return;
      parameters = value.parameters;
    }
    draft.fmtp = draft.fmtp === undefined ? parameters : `${draft.fmtp};${parameters}`;
    draft.fmtpLines = added(draft.fmtpLines, line);
  }

  /** What `*` says holds for every format. */
  readFeedback(line: Line, scan: Scanner, at: number): void {
    this.#note(line);
    const { source } = line;
    let draft = this.#find(source, at);
    let feedback: string;
    if (draft !== undefined) {
      feedback = source.slice(at + draft.format.length + 1);
      if (feedback.charCodeAt(feedback.length - 1) === SPACE) feedback = feedback.trimEnd();
      if (feedback === "") return;
    } else {
      const value = rtcpFb.read(scan.reset(source, at));
      if (scan.isBroken) return;
      feedback = value.feedback;
      if (value.payloadType === "*") {
        this.#wildcardFeedback = added(this.#wildcardFeedback, feedback);
        return;
      }
      draft = this.#find(value.payloadType, 0);
      if (draft === undefined) return;
    }
    if (draft !== this.#feedbackOf) {
      this.#endFeedback();
      this.#feedbackOf = draft;
    }
    const count = this.#feedbackCount++;
    this.#feedback[count] = feedback;
    this.#feedbackLines[count] = line;
  }

  /** Gives a format its feedback lines: they mostly stand together, and codecs that have the same feedback share the list. */
  #endFeedback(): void {
    const draft = this.#feedbackOf;
    if (draft === undefined) return;
    const count = this.#feedbackCount;
    const known = this.#knownFeedback;
    const values = isSame(known, this.#feedback, count) ? known : this.#feedback.slice(0, count);
    const lines = this.#feedbackLines.slice(0, count);
    if (draft.feedbackLines === undefined) {
      draft.feedback = values;
      draft.feedbackLines = lines;
    } else draft.laterFeedback = added(draft.laterFeedback, { values, lines });
    this.#knownFeedback = values;
    this.#feedbackCount = 0;
  }

  /** In the order of the `m=` line; without the formats that nothing tells the meaning of. */
  codecs(kind: string, isRtp: boolean): readonly MediaCodec[] {
    this.#endFeedback();
    const codecs = this.#drafts.map((draft) => codecOf(draft, kind, isRtp, this.#wildcardFeedback));
    return codecs.includes(undefined) ? codecs.filter(isCodec) : (codecs as MediaCodec[]);
  }

  /** The draft of the format that stands at an offset. Nearly always that of the line before, or the next one. */
  #find(source: string, at: number): CodecDraft | undefined {
    const drafts = this.#drafts;
    let place = this.#last;
    for (let left = drafts.length; left > 0; left--) {
      const draft = drafts[place] as CodecDraft;
      if (isWordAt(source, at, source.length, draft.format)) {
        this.#last = place;
        return draft;
      }
      if (++place === drafts.length) place = 0;
    }
    return undefined;
  }
}

/** All that the lines of one section say of one format. */
class CodecDraft {
  declare readonly format: string;
  declare readonly payloadType: number;
  rtpmap: Rtpmap | undefined;
  rtpmapLine: Line | undefined;
  fmtp: string | undefined;
  fmtpLines: Line[] | undefined;
  feedback: readonly string[] = empty;
  feedbackLines: readonly Line[] | undefined;
  /** Of lines that stand apart from the first ones. */
  laterFeedback: Feedback[] | undefined;

  constructor(format: string, payloadType: number) {
    this.format = format;
    this.payloadType = payloadType;
  }
}

interface Feedback {
  readonly values: readonly string[];
  readonly lines: readonly Line[];
}

function draftsOf(formats: readonly string[]): readonly CodecDraft[] {
  const drafts: CodecDraft[] = [];
  /** The payload types that have been there, a bit each. */
  const seen = [0, 0, 0, 0];
  for (const format of formats) {
    const payloadType = payloadTypeOf(format);
    if (payloadType < 0) continue;
    const word = payloadType >> 5;
    const bit = 1 << (payloadType & 31);
    const bits = seen[word] as number;
    // The same payload type may be another format: "8" and "08" are two.
    if ((bits & bit) !== 0 && drafts.some((draft) => draft.format === format)) continue;
    seen[word] = bits | bit;
    drafts.push(new CodecDraft(format, payloadType));
  }
  return drafts;
}

function codecOf(
  draft: CodecDraft,
  kind: string,
  isRtp: boolean,
  wildcardFeedback: readonly string[] | undefined,
): MediaCodec | undefined {
  const { payloadType, format, rtpmap, rtpmapLine, fmtp, laterFeedback } = draft;
  const encoding = encodingOf(payloadType, isRtp, rtpmap && encodingIn(rtpmap));
  if (encoding === undefined) return undefined;
  const { name, clockRate, channels } = encoding;
  let { feedback, feedbackLines = empty } = draft;
  const fmtpLines = draft.fmtpLines ?? empty;
  if (laterFeedback !== undefined) {
    feedback = [feedback, ...laterFeedback.map(({ values }) => values)].flat();
    feedbackLines = [feedbackLines, ...laterFeedback.map(({ lines }) => lines)].flat();
  }
  if (wildcardFeedback !== undefined) feedback = [...feedback, ...wildcardFeedback];
  // A literal for each usual shape: a field that is added afterwards costs as much as three that are there from the start.
  const codec: Writable<MediaCodec> =
    rtpmapLine === undefined
      ? { name, clockRate, payloadType, format, feedback, fmtpLines, feedbackLines }
      : fmtp === undefined
        ? { name, clockRate, payloadType, format, feedback, fmtpLines, feedbackLines, rtpmapLine }
        : {
            name,
            clockRate,
            payloadType,
            format,
            feedback,
            fmtpLines,
            feedbackLines,
            rtpmapLine,
            fmtp,
          };
  if (rtpmapLine === undefined && fmtp !== undefined) codec.fmtp = fmtp;
  if (kind === "audio" && channels !== undefined) codec.channels = channels;
  return codec;
}

function encodingIn({ encodingName, clockRate, parameters }: Rtpmap): Encoding {
  return { name: encodingName, clockRate, channels: channelsOf(parameters) };
}

function isCodec(codec: MediaCodec | undefined): codec is MediaCodec {
  return codec !== undefined;
}

function isSame(list: readonly string[], other: readonly string[], count: number): boolean {
  if (list.length !== count) return false;
  for (let at = 0; at < count; at++) if (list[at] !== other[at]) return false;
  return true;
}

const SPACE = 0x20;
