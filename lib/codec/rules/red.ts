import { rfc } from "../../rfc.ts";
import type { FormatParameter } from "../format-parameters.ts";
import { parseFormatParameters, printFormatParameters } from "../format-parameters.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Redundant data. RFC 2198. `a=fmtp:63 111/111` lists the payload types inside; video RED has no list. */
export const red: CodecRule = defineCodecRule({
  names: ["red"],
  kind: "both",
  role: "redundancy",
  rfc: rfc(2198, "5"),
  meaning: {
    en: "Redundancy: each packet carries earlier ones again; its parameter lists the payload types inside, primary first.",
    ko: "이전 패킷을 다시 실어 보내는 중복 전송입니다. 파라미터는 안에 든 페이로드 타입 목록이며 주 코덱이 먼저 옵니다.",
  },
  parameters: [],
  // The last list counts where a payload type has several fmtp lines.
  references: (fmtp) => parseFormatParameters(fmtp).findLast(isList)?.name.split("/") ?? [],
  renameReferences: (fmtp, rename) =>
    printFormatParameters(
      parseFormatParameters(fmtp).map((piece) => {
        if (!isList(piece)) return piece;
        const renamed = piece.name.split("/").map(rename).join("/");
        return { ...piece, source: piece.source.replace(piece.name, () => renamed) };
      }),
    ),
  // RFC 2198 describes what the sender does, so one's own list says nothing about the offer's payload types.
  answer: (own, offered) => offered ?? own,
});

/** The list of payload types is the piece without `=`. */
function isList({ name, value }: FormatParameter): boolean {
  return value === undefined && name !== "";
}
