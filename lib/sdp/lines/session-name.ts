import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `s=`: the name of the session. RFC 8866 §5.3. */
export const sessionName: LineKind<string, "name"> = defineLine({
  type: "s",
  levels: ["session"],
  multiplicity: "one",
  rfc: rfc(8866, "5.3"),
  read: (scan) => scan.remainder("name"),
  print: (value) => value,
  summary: (value) =>
    value === "-" || value.trim() === ""
      ? {
          en: "The session has no name. The line must stand here all the same.",
          ko: "세션 이름이 없습니다. 이름이 없어도 이 줄은 있어야 합니다.",
        }
      : { en: `The session is called “${value}”.`, ko: `세션 이름은 “${value}”입니다.` },
  parts: {
    name: {
      name: { en: "session name", ko: "세션 이름" },
      meaning: {
        en: "Free text, not empty; - stands for no name.",
        ko: "비워 둘 수 없는 자유 텍스트이며, -는 이름이 없다는 뜻입니다.",
      },
    },
  },
});
