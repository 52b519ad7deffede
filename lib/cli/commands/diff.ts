import type { Change } from "../../sdp/diff.ts";
import { diff as compare } from "../../sdp/diff.ts";
import type { Command } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { demandSdp } from "../read-sdp.ts";

/** Compares two descriptions by what they say. */
export const diff: Command = defineCommand({
  name: "diff",
  summary: {
    en: "compare two descriptions by meaning: by mid, codec and attribute",
    ko: "두 description을 mid, 코덱, 속성별 의미로 비교합니다",
  },
  operands: "BEFORE AFTER",
  options: [
    {
      name: "all",
      description: {
        en: "also what differs without a change of meaning: ids, ports, credentials, candidates, order of lines",
        ko: "의미와 무관한 차이도 보여 줍니다: id, 포트, 자격 증명, candidate, 줄 순서",
      },
    },
  ],
  async run(invocation) {
    const { io, json, lang, operands, options } = invocation;
    const [before, after, ...rest] = operands;
    if (before === undefined || after === undefined || rest.length > 0) {
      throw new UsageError({
        en: "Two files are needed: BEFORE AFTER. One of them may be - for the standard input.",
        ko: "파일 두 개가 필요합니다: BEFORE AFTER. 그중 하나는 표준 입력(-)이어도 됩니다.",
      });
    }
    const changes = compare(await demandSdp(io, before), await demandSdp(io, after));
    const meant = changes.filter(({ isVolatile }) => !isVolatile);
    const shown = options["all"] === true ? changes : meant;
    for (const change of shown) {
      io.out(json ? JSON.stringify(change) : `${signOf(change)} ${change.message[lang]}`);
    }
    const hidden = changes.length - shown.length;
    if (!json && hidden > 0) {
      io.err(
        {
          en: `${hidden} more without a change of meaning: --all shows them.`,
          ko: `의미와 무관한 차이가 ${hidden}개 더 있습니다. --all로 볼 수 있습니다.`,
        }[lang],
      );
    }
    return meant.length > 0 ? 1 : 0;
  },
});

/** Changes of no meaning are set off by a dot. */
function signOf({ kind, isVolatile }: Change): string {
  return isVolatile ? "·" : { added: "+", removed: "-", changed: "~", reordered: "↕" }[kind];
}
