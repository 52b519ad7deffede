import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import { words } from "../fields.ts";

/** An `m=` line. RFC 8866 §5.14. */
export interface MediaLine {
  readonly kind: string;
  readonly port: number;
  /** The number after the slash; 1 when there is none. */
  readonly portCount: number;
  readonly protocol: string;
  readonly formats: readonly string[];
}

type Part = "kind" | "port" | "portCount" | "protocol" | "format";

export const media: LineKind<MediaLine, Part> = defineLine({
  type: "m",
  levels: ["media"],
  multiplicity: "one",
  rfc: rfc(8866, "5.14"),
  read(scan) {
    const kind = scan.word("kind");
    const port = scan.integer("port", 65535);
    const portCount = scan.skip(SLASH) ? scan.integer("portCount", 65535) : 1;
    const protocol = scan.word("protocol");
    return { kind, port, portCount, protocol, formats: words(scan, "format") };
  },
  print({ kind, port, portCount, protocol, formats }) {
    const ports = portCount === 1 ? `${port}` : `${port}/${portCount}`;
    return [kind, ports, protocol, ...formats].join(" ");
  },
});

const SLASH = 0x2f;
