import type { Command } from "../command.ts";
import { defineCommand } from "../command.ts";
import { inspectorOptions, startInspector } from "../inspector.ts";
import { interrupted } from "../interrupted.ts";

/** Opens the inspector, the signaling rooms and the intake of recorders, until Ctrl-C. */
export const serve: Command = defineCommand({
  name: "serve",
  summary: {
    en: "open the inspector, with signaling rooms and an intake for recorders",
    ko: "인스펙터를 시그널링 룸, 레코더 수신부와 함께 엽니다",
  },
  operands: "",
  options: inspectorOptions,
  async run(invocation) {
    const { io, json, lang } = invocation;
    const server = await startInspector(invocation);
    if (!json) {
      io.out(
        {
          en: "Press Ctrl-C to stop.",
          ko: "종료하려면 Ctrl-C를 누르십시오.",
        }[lang],
      );
    }
    await interrupted(io.signal);
    await server.close();
    return 0;
  },
});
