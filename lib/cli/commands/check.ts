import { checkAnswer } from "../../rules/check-answer.ts";
import { checkReoffer } from "../../rules/check-reoffer.ts";
import type { Command } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { demandSdp } from "../read-sdp.ts";

/** Judges two descriptions together. */
export const check: Command = defineCommand({
  name: "check",
  summary: {
    en: "check an answer against its offer, or a later description against an earlier one",
    ko: "answer가 offer에 맞는지, 또는 나중 description이 이전 것에 맞는지 검사합니다",
  },
  operands: "OFFER ANSWER | --reoffer PREVIOUS NEXT",
  options: [
    {
      name: "reoffer",
      description: {
        en: "the files are two descriptions of the same side, the earlier one first",
        ko: "두 파일은 같은 쪽의 description이며 이전 것이 먼저 옵니다",
      },
    },
  ],
  async run(invocation) {
    const [first, second, ...rest] = invocation.operands;
    if (first === undefined || second === undefined || rest.length > 0) {
      throw new UsageError({
        en: "Two files are needed: OFFER ANSWER, or --reoffer PREVIOUS NEXT. One of them may be - for the standard input.",
        ko: "파일 두 개가 필요합니다: OFFER ANSWER 또는 --reoffer PREVIOUS NEXT. 그중 하나는 표준 입력(-)이어도 됩니다.",
      });
    }
    const before = await demandSdp(invocation.io, first);
    const after = await demandSdp(invocation.io, second);
    const judge = invocation.options["reoffer"] === true ? checkReoffer : checkAnswer;
    return printDiagnostics(invocation, after, judge(before, after));
  },
});
