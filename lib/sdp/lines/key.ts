import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `k=`: an encryption key, obsolete. RFC 8866 §5.12. */
export const key: LineKind<string, "key"> = defineLine({
  type: "k",
  levels: ["session", "media"],
  multiplicity: "one",
  rfc: rfc(8866, "5.12"),
  read: (scan) => scan.rest("key"),
  print: (value) => value,
  summary: () => ({
    en: "A key in plain text, in a way that is obsolete: it must not be used, and receivers discard the line.",
    ko: "더 이상 쓰지 않는 방식으로 적은 평문 키입니다. 사용하면 안 되며 받는 쪽은 이 줄을 버립니다.",
  }),
  parts: {
    key: {
      name: { en: "key", ko: "키" },
      meaning: {
        en: "clear:, base64:, uri: or prompt. Do not share a log that shows it.",
        ko: "clear:, base64:, uri:, prompt 중 하나입니다. 이 값이 보이는 로그는 공유하면 안 됩니다.",
      },
    },
  },
});
