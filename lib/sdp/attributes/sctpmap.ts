import { specification } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=sctpmap` line of the old syntax: the port, the protocol over SCTP, and how many streams. */
export interface Sctpmap {
  readonly port: number;
  readonly protocol: string;
  readonly streams?: number;
}

export const sctpmap: Attribute<Sctpmap, "port" | "protocol" | "streams"> = defineAttribute({
  name: "sctpmap",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "TBD",
  rfc: specification(
    "draft-ietf-mmusic-sctp-sdp-05",
    "4.2",
    "https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-sctp-sdp-05#section-4.2",
  ),
  read(scan) {
    const port = scan.integer("port", 65535);
    const protocol = scan.word("protocol");
    scan.blank();
    return scan.isDone
      ? { port, protocol }
      : { port, protocol, streams: scan.integer("streams", 65535) };
  },
  print: ({ port, protocol, streams }) =>
    streams === undefined ? `${port} ${protocol}` : `${port} ${protocol} ${streams}`,
});
