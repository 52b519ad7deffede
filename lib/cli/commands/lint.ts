import { lint as judge } from "../../rules/lint.ts";
import { recogniseOther } from "../../sdp/not-sdp.ts";
import { choice } from "../choice.ts";
import type { Command } from "../command.ts";
import { defineCommand } from "../command.ts";
import { oneFile } from "../one-file.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { readSdp } from "../read-sdp.ts";

const typeIsOpen = {
  en: "What holds for offers or for answers alone was not checked; --type offer or --type answer does that.",
  ko: "offer나 answer에만 해당하는 규칙은 검사하지 않았습니다. --type offer 또는 --type answer를 쓰면 검사합니다.",
};

/** Judges one description. */
export const lint: Command = defineCommand({
  name: "lint",
  summary: {
    en: "check a description against the RFCs, or as a browser would",
    ko: "description을 RFC에 따라, 또는 브라우저의 기준으로 검사합니다",
  },
  operands: "[FILE]",
  options: [
    {
      name: "type",
      value: "offer|answer",
      description: {
        en: "what the description is; some rules hold for one of them only",
        ko: "description의 종류. 어떤 규칙은 둘 중 하나에만 적용됩니다",
      },
    },
    {
      name: "browser",
      value: "chromium|firefox",
      description: {
        en: "errors are what this browser refuses",
        ko: "이 브라우저가 거부하는 것만 오류로 알립니다",
      },
    },
  ],
  async run(invocation) {
    const type = choice(invocation, "type", ["offer", "answer"]);
    const browser = choice(invocation, "browser", ["chromium", "firefox"]);
    const text = await readSdp(invocation.io, oneFile(invocation, "lint"));
    const code = printDiagnostics(invocation, text, judge(text, { type, browser }));
    const isChecked = type !== undefined || recogniseOther(text) !== undefined;
    if (!isChecked && !invocation.json) invocation.io.err(typeIsOpen[invocation.lang]);
    return code;
  },
});
