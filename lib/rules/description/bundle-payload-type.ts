import { parseFormatParameters } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCodec, MediaDescription } from "../../sdp/description.ts";
import { bundleGroups, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** In a bundle one payload type means one codec configuration. RFC 9143 §9.1.1. */
export const bundlePayloadType: Rule<"description"> = defineRule({
  code: "sdp/bundle-payload-type",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "9.1.1", "MUST"),
  summary: {
    en: "Within a BUNDLE group one payload type means the same codec configuration everywhere.",
    ko: "한 BUNDLE 그룹 안에서 payload type 하나는 어디서나 같은 코덱 설정을 뜻해야 합니다.",
  },
  check({ description, byMid, report }) {
    for (const { media } of bundleGroups({ description, byMid })) {
      const known = new Map<
        number,
        { readonly section: MediaDescription; readonly codec: MediaCodec }
      >();
      for (const section of media) {
        if (!section.isRtp || !isActive(section)) continue;
        for (const codec of section.codecs) {
          const other = known.get(codec.payloadType);
          if (!other) known.set(codec.payloadType, { section, codec });
          else if (other.section !== section && !isSame(other, { section, codec }))
            report(
              codec.rtpmapLine ?? section.line,
              {
                en: `Payload type ${codec.payloadType} is ${label(codec)} in section ${section.index}, but ${label(other.codec)} in section ${other.section.index} of the same bundle: packets cannot be told apart.`,
                ko: `payload type ${codec.payloadType}이(가) 섹션 ${section.index}에서는 ${label(codec)}, 같은 BUNDLE의 섹션 ${other.section.index}에서는 ${label(other.codec)}입니다. 패킷을 구별할 수 없습니다.`,
              },
              {
                related: [
                  {
                    at: other.codec.rtpmapLine ?? other.section.line,
                    message: { en: "The other meaning.", ko: "다른 의미입니다." },
                  },
                ],
              },
            );
        }
      }
    }
  },
});

interface Use {
  readonly section: MediaDescription;
  readonly codec: MediaCodec;
}

function isSame(a: Use, b: Use): boolean {
  return (
    a.section.kind === b.section.kind &&
    a.codec.name.toLowerCase() === b.codec.name.toLowerCase() &&
    a.codec.clockRate === b.codec.clockRate &&
    (a.codec.channels ?? 1) === (b.codec.channels ?? 1) &&
    parameters(a.codec) === parameters(b.codec)
  );
}

/** The parameters in a fixed order and spelling, so that only a difference in meaning is one. */
function parameters({ fmtp }: MediaCodec): string {
  return parseFormatParameters(fmtp ?? "")
    .map(({ name, value }) => `${name.toLowerCase()}=${value?.toLowerCase() ?? ""}`)
    .sort()
    .join(";");
}

function label({ name, clockRate, channels, fmtp }: MediaCodec): string {
  const rate = channels === undefined ? `${name}/${clockRate}` : `${name}/${clockRate}/${channels}`;
  return fmtp === undefined ? rate : `${rate} (${fmtp})`;
}
