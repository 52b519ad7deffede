import { parseCodecPattern } from "../../codec/pattern.ts";
import { filterCodecs } from "../../offer-answer/filter-codecs.ts";
import type { CodecSelection } from "../../offer-answer/select-codecs.ts";
import { selectCodecs } from "../../offer-answer/select-codecs.ts";
import { withParticles } from "../../text.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { demandSdp } from "../read-sdp.ts";

/** Keeps some codecs of a description, and what belongs to them. */
export const filter: Command = defineCommand({
  name: "filter",
  summary: {
    en: "keep only some codecs, with all that refers to them; prints the new description",
    ko: "지정한 코덱과 그에 딸린 줄만 남긴 새 description을 출력합니다",
  },
  operands: "FILE|- CODEC…",
  options: [
    {
      name: "why",
      description: {
        en: "say on the error output what was kept and dropped, and why",
        ko: "무엇을 왜 남기고 뺐는지 오류 출력으로 알립니다",
      },
    },
  ],
  async run(invocation) {
    const { io, json, lang, operands, options } = invocation;
    const [file, ...codecs] = operands;
    if (file === undefined || codecs.length === 0) throw new UsageError(needsCodecs);
    for (const codec of codecs) refuseMalformed(codec);
    const text = await demandSdp(io, file);
    const selection = selectCodecs(text, codecs);
    const sdp = filterCodecs(text, selection).toString();
    if (json) io.out(JSON.stringify({ sdp, ...selection }));
    else io.write(sdp);
    if (options["why"] === true && !json) explainSelection(invocation, selection);
    for (const { message } of json ? [] : selection.diagnostics) io.err(message[lang]);
    return selection.diagnostics.some(({ severity }) => severity !== "info") ? 1 : 0;
  },
});

const needsCodecs = {
  en: "A file (or - for the standard input) and at least one codec are needed, such as: sdpscope filter offer.sdp VP8 opus",
  ko: "파일(표준 입력은 -)과 코덱이 하나 이상 필요합니다. 예: sdpscope filter offer.sdp VP8 opus",
};

function refuseMalformed(codec: string): void {
  try {
    parseCodecPattern(codec);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new UsageError({
      en: `A codec is written VP8 or opus/48000/2; ${JSON.stringify(codec)} cannot be read.`,
      ko: withParticles(
        `코덱은 VP8 또는 opus/48000/2처럼 적습니다. ${JSON.stringify(codec)}은(는) 읽을 수 없습니다.`,
      ),
    });
  }
}

function explainSelection({ io, lang }: Invocation, { kept, dropped }: CodecSelection): void {
  for (const [sign, decisions] of [
    ["+", kept],
    ["-", dropped],
  ] as const) {
    for (const { kind, mid, index, format, codec, reason } of decisions) {
      const section = `${kind} ${mid === undefined ? `#${index}` : `mid ${mid}`}`;
      io.err(`${sign} ${section}  ${format} ${codec?.name ?? ""}: ${reason[lang]}`);
    }
  }
}
