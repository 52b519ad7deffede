import { rfc } from "../../rfc.ts";
import type { Attribute, ExplainContext } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=fmtp` line says: the parameters of one format. RFC 8866 §6.15. */
export interface Fmtp {
  /** As it stands in the `m=` line. */
  readonly format: string;
  /** All that stands after the format, as written: every codec has its own syntax for it. */
  readonly parameters: string;
}

/**
 * `a=fmtp`. RFC 8866 §6.15.
 *
 *     a=fmtp:111 minptime=10;useinbandfec=1
 *            ^ format
 */
export const fmtp: Attribute<Fmtp, "format" | "parameters"> = defineAttribute({
  name: "fmtp",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.15"),
  read: (scan) => ({ format: scan.word("format"), parameters: scan.rest("parameters") }),
  print: ({ format, parameters }) => `${format} ${parameters}`,
  summary({ format, parameters }, context) {
    const codec = codecName(format, context);
    return {
      en: `Parameters of ${codec ? `${codec} (format ${format})` : `format ${format}`}: ${parameters}. They say what the sender of this description can receive, or how it has configured the codec.`,
      ko: `${codec ? `${codec}(format ${format})` : `format ${format}`}의 매개변수는 ${parameters}입니다. 이 description을 보낸 쪽이 받을 수 있는 형식이나 코덱 설정을 나타냅니다.`,
    };
  },
  parts: {
    format: {
      name: { en: "format", ko: "format" },
      meaning: (text, _value, context) => {
        const codec = codecName(text, context);
        return codec
          ? { en: `The payload type of ${codec}.`, ko: `${codec}의 payload type입니다.` }
          : {
              en: `The format of the m= line to which the parameters belong.`,
              ko: `이 매개변수가 속하는 m= 줄의 format입니다.`,
            };
      },
    },
    parameters: {
      name: { en: "format parameters", ko: "format 매개변수" },
      meaning: {
        en: "The codec's own parameters, most often name=value separated by semicolons. Unknown ones are ignored.",
        ko: "코덱 고유의 매개변수로, 대개 이름=값을 세미콜론으로 구분합니다. 모르는 매개변수는 무시됩니다.",
      },
    },
  },
});

function codecName(format: string, { media }: ExplainContext): string | undefined {
  return media?.codecs.find((codec) => codec.format === format)?.name;
}
