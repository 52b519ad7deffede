import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Rid } from "../description.ts";

type Part = "id" | "direction" | "payloadType" | "restriction" | "value";

export const rid: Attribute<Omit<Rid, "line">, Part> = defineAttribute({
  name: "rid",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "SPECIAL",
  rfc: rfc(8851, "4"),
  read(scan) {
    const id = scan.word("id");
    const direction = scan.oneOf(ridDirections, "direction");
    const payloadTypes: string[] = [];
    const restrictions: { name: string; value?: string }[] = [];
    scan.blank();
    while (!scan.isDone) {
      const name = scan.untilEither(EQUALS, SEMICOLON, "restriction");
      if (!scan.skip(EQUALS)) restrictions.push({ name });
      else if (name !== "pt") restrictions.push({ name, value: scan.until(SEMICOLON, "value") });
      else {
        do payloadTypes.push(scan.untilEither(COMMA, SEMICOLON, "payloadType"));
        while (scan.skip(COMMA));
      }
      if (!scan.skip(SEMICOLON)) break;
      scan.blank();
    }
    return { id, direction, payloadTypes, restrictions };
  },
  print({ id, direction, payloadTypes, restrictions }) {
    const parts = restrictions.map(({ name, value }) =>
      value === undefined ? name : `${name}=${value}`,
    );
    if (payloadTypes.length > 0) parts.unshift(`pt=${payloadTypes.join(",")}`);
    return parts.length === 0 ? `${id} ${direction}` : `${id} ${direction} ${parts.join(";")}`;
  },
});

const ridDirections = ["send", "recv"] as const;
const EQUALS = 0x3d;
const SEMICOLON = 0x3b;
const COMMA = 0x2c;
