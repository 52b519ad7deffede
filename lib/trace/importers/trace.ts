import { readTrace } from "../file.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";

/** Our own trace, JSON Lines. */
export const trace: Importer = defineImporter({
  id: "trace",
  name: { en: "sdpscope trace", ko: "sdpscope trace" },
  recognise({ head }) {
    const end = head.indexOf("\n");
    const first = end === -1 ? head : head.slice(0, end);
    const fits = first.startsWith("{") && /"sdpscope"\s*:/.test(first);
    return {
      fits,
      likeness: fits ? 1 : 0,
      reason: fits
        ? { en: 'Its first line has "sdpscope".', ko: '첫 줄에 "sdpscope"가 있습니다.' }
        : {
            en: 'Its first line is no header with "sdpscope".',
            ko: '첫 줄이 "sdpscope"가 있는 헤더가 아닙니다.',
          },
    };
  },
  read({ text }) {
    const { trace, diagnostics } = readTrace(text);
    return { traces: [trace], diagnostics };
  },
});
