import type { Diagnostic } from "../diagnostic.ts";
import type { SdpDocument } from "./document.ts";
import { FaultList } from "./fault-list.ts";
import { findLineEndFaults } from "./line-end-faults.ts";
import { findLineFaults } from "./line-faults.ts";
import { recogniseOther } from "./not-sdp.ts";
import { findStructureFaults } from "./structure-faults.ts";
import { findValueFaults } from "./value-faults.ts";

/**
 * What is wrong with a text as SDP, in the order of the text: that it is something else altogether; its line ends;
 * lines that have not the form of one; order, number and level of lines; values that their grammar cannot read.
 * At most 100 of each code are listed. What is legal SDP but a bad description is for `lint` to say.
 */
export function readFaults(document: SdpDocument): readonly Diagnostic[] {
  const faults = new FaultList(document);
  const other = recogniseOther(document.toString());
  if (other) {
    faults.add(other);
    return faults.list();
  }
  findLineEndFaults(faults);
  findLineFaults(faults);
  findStructureFaults(faults);
  findValueFaults(faults);
  return faults.list();
}
