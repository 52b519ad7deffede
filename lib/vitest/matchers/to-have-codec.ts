import type { CodecPattern } from "../../codec/codec.ts";
import { codecLabel, fitsPattern } from "../../codec/match.ts";
import { printCodecPattern } from "../../codec/pattern.ts";
import type { MediaDescription } from "../../sdp/description.ts";
import { readDescription } from "../../sdp/read-description.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsSdp, receivedSdp } from "../received-sdp.ts";

/** Where `toHaveCodec` looks. */
export interface HaveCodecOptions {
  /** A mid, or an m-line index; every section that is not rejected unless given. */
  readonly at?: string | number;
}

/** `expect(sdp).toHaveCodec("H264")`: a section offers a codec that fits the pattern. */
export function toHaveCodec(
  this: MatcherState,
  received: unknown,
  pattern: CodecPattern,
  options: HaveCodecOptions = {},
): MatcherResult {
  const sdp = receivedSdp(received);
  if (sdp === undefined) return misuse(this, needsSdp("toHaveCodec", received));
  const { media } = readDescription(sdp);
  const { at } = options;
  const sections = media.filter((section) =>
    at === undefined ? !section.isRejected : section.mid === at || section.index === at,
  );
  if (at !== undefined && sections.length === 0) {
    return misuse(this, `There is no section ${JSON.stringify(at)}; there are ${namesOf(media)}.`);
  }
  const found = sections
    .flatMap(({ codecs }) => codecs)
    .find((codec) => fitsPattern(codec, pattern).matches);
  const wanted = printCodecPattern(pattern);
  return {
    pass: found !== undefined,
    message: () =>
      found === undefined
        ? `Expected a codec that fits ${wanted}, but there are only:\n\n${sections.map((section) => codecsOf(section, pattern)).join("\n")}`
        : `Expected no codec that fits ${wanted}, but ${codecLabel(found)} does, as payload type ${found.payloadType}:\n\n${found.rtpmapLine?.source ?? found.format}`,
  };
}

function namesOf(media: readonly MediaDescription[]): string {
  return media.map(({ mid, index }) => (mid === undefined ? `${index}` : `"${mid}"`)).join(", ");
}

/** The section's codecs, one a line, each of the pattern's own name with the reason why it does not fit. */
function codecsOf({ kind, mid, index, codecs }: MediaDescription, pattern: CodecPattern): string {
  const name = printCodecPattern(pattern).split("/")[0]?.toLowerCase();
  const rows = codecs.map((codec) => {
    const near = name?.startsWith(codec.name.toLowerCase());
    const reason = near ? `: ${fitsPattern(codec, pattern).reason.en}` : "";
    return `    ${codec.format} ${codecLabel(codec)}${codec.fmtp ? ` ${codec.fmtp}` : ""}${reason}`;
  });
  return [`  ${kind}, ${mid === undefined ? `index ${index}` : `mid ${mid}`}`, ...rows].join("\n");
}
