export type {
  Attribute,
  AttributeLevel,
  ExplainContext,
  Grammar,
  LineKind,
  Multiplicity,
  MuxCategory,
  PartWords,
  Wording,
} from "../sdp/attribute.ts";
export { attributeNamed, attributes } from "../sdp/attributes/catalog.ts";
export { asToTias, tiasToAs } from "../sdp/bandwidth-units.ts";
export type * from "../sdp/description.ts";
export type { Change } from "../sdp/diff.ts";
export { diff } from "../sdp/diff.ts";
export type { Line, LineEnd, Sdp, SdpDocument, Section } from "../sdp/document.ts";
export { addAttribute } from "../sdp/edit/add-attribute.ts";
export { addCandidates } from "../sdp/edit/add-candidates.ts";
export { applyEdits } from "../sdp/edit/apply-edits.ts";
export { filterExtensions } from "../sdp/edit/filter-extensions.ts";
export { rejectSection } from "../sdp/edit/reject-section.ts";
export { removeAttribute } from "../sdp/edit/remove-attribute.ts";
export type { CandidatePlace } from "../sdp/edit/remove-candidates.ts";
export { removeCandidates } from "../sdp/edit/remove-candidates.ts";
export { removeRid } from "../sdp/edit/remove-rid.ts";
export { renumberExtensions } from "../sdp/edit/renumber-extensions.ts";
export { setAttribute } from "../sdp/edit/set-attribute.ts";
export type { BandwidthLimit } from "../sdp/edit/set-bandwidth.ts";
export { setBandwidth } from "../sdp/edit/set-bandwidth.ts";
export { setDirection } from "../sdp/edit/set-direction.ts";
export type { FormatParameterValues } from "../sdp/edit/set-format-parameters.ts";
export { setFormatParameters } from "../sdp/edit/set-format-parameters.ts";
export { setMsids } from "../sdp/edit/set-msids.ts";
export { setRid } from "../sdp/edit/set-rid.ts";
export { setSimulcast } from "../sdp/edit/set-simulcast.ts";
export type { ExplainedPart, Explanation } from "../sdp/explain.ts";
export { explain } from "../sdp/explain.ts";
export { attributeName, attributeValue, isAttribute } from "../sdp/line.ts";
export { lineKindOf, lineKinds } from "../sdp/lines/catalog.ts";
export { parse } from "../sdp/parse.ts";
export { readDescription } from "../sdp/read-description.ts";
export type { DescriptionRedactor, Leak, SecretKind } from "../sdp/redact.ts";
export type { SdpTransformReading } from "../sdp/sdp-transform.ts";
export {
  editWithSdpTransform,
  readThroughSdpTransform,
  toSdpTransform,
} from "../sdp/sdp-transform.ts";
export { positionIn, spanOf } from "../sdp/span-of.ts";
export { stringify } from "../sdp/stringify.ts";
export type { Redactor, TraceLeak } from "../trace/redact.ts";
export { createRedactor } from "../trace/redact.ts";
