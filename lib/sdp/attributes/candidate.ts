import type { Candidate } from "../../ice/candidate.ts";
import { parseCandidate } from "../../ice/parse-candidate.ts";
import { printCandidate } from "../../ice/print-candidate.ts";
import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const candidate: Attribute<Candidate | undefined, "candidate"> = defineAttribute({
  name: "candidate",
  levels: ["media"],
  multiplicity: "many",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.1"),
  read(scan) {
    const start = scan.at;
    scan.at = scan.end;
    const { candidate } = parseCandidate(scan.text.slice(start));
    if (candidate === undefined) scan.malformed("candidate", start);
    return candidate;
  },
  print: (value) =>
    value === undefined ? "" : printCandidate(value).replace(/^(a=)?candidate:/, ""),
});
