import { ladder } from "../../trace/ladder.ts";
import type { LadderFormat } from "../../trace/print-ladder.ts";
import { printLadder } from "../../trace/print-ladder.ts";
import { choice } from "../choice.ts";
import type { Command } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { readTraces } from "../read-traces.ts";
import { redactionOf, redactionOptions } from "../redacted.ts";

const formats: readonly LadderFormat[] = ["text", "mermaid", "svg"];

/** Prints who said what to whom. */
export const ladderCommand: Command = defineCommand({
  name: "ladder",
  summary: {
    en: "print who said what to whom in a session: a trace, a browser's dump, a server's log",
    ko: "세션(trace, 브라우저 덤프, 서버 로그)에서 누가 누구에게 무엇을 보냈는지 출력합니다",
  },
  operands: "[FILE]",
  options: [
    {
      name: "format",
      value: formats.join("|"),
      description: {
        en: "text for a terminal unless given; mermaid and svg, which are for others, are masked",
        ko: "출력 형식. 없으면 터미널용 text. 남에게 보일 mermaid와 svg는 가려집니다",
      },
    },
    ...redactionOptions,
  ],
  async run(invocation) {
    const { io, json, lang, operands } = invocation;
    const format = choice(invocation, "format", formats) ?? "text";
    const [name, ...rest] = operands;
    if (rest.length > 0) throw new UsageError(oneFile);
    const { traces } = await readTraces(io, name);
    if (format === "svg" && !json && traces.length > 1)
      throw new UsageError(oneSession(traces.length));
    // The terminal shows what is there; a picture is made to be given away.
    const redaction = format === "text" ? undefined : redactionOf(invocation);
    for (const [index, trace] of traces.entries()) {
      if (json) {
        io.out(JSON.stringify({ trace: trace.header.id, ...ladder(trace) }));
        continue;
      }
      if (traces.length > 1 && format === "text") io.out(`── ${trace.header.id}`);
      if (index > 0 && format === "mermaid") io.out("");
      io.write(
        printLadder(redaction?.trace(trace) ?? trace, { format, lang, colour: io.isColour }),
      );
    }
    return 0;
  },
});

const oneFile = {
  en: "ladder takes one file, or - for the standard input. To draw two recordings as one, join them first: sdpscope merge.",
  ko: "ladder에는 파일 하나, 또는 표준 입력을 뜻하는 -를 적으십시오. 두 기록을 하나로 그리려면 먼저 sdpscope merge로 합치십시오.",
};

function oneSession(count: number): UsageError["sentence"] {
  return {
    en: `One SVG holds one session, and the file holds ${count}. Split it with sdpscope import, or print text.`,
    ko: `SVG 하나에는 세션 하나만 담을 수 있는데, 파일에 세션이 ${count}개 있습니다. sdpscope import로 나누거나 text로 출력하십시오.`,
  };
}
