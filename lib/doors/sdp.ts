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
export type * from "../sdp/description.ts";
export type { Line, LineEnd, Sdp, SdpDocument, Section } from "../sdp/document.ts";
export { addAttribute } from "../sdp/edit/add-attribute.ts";
export { applyEdits } from "../sdp/edit/apply-edits.ts";
export { removeAttribute } from "../sdp/edit/remove-attribute.ts";
export { setAttribute } from "../sdp/edit/set-attribute.ts";
export type { ExplainedPart, Explanation } from "../sdp/explain.ts";
export { explain } from "../sdp/explain.ts";
export { attributeName, attributeValue, isAttribute } from "../sdp/line.ts";
export { lineKindOf, lineKinds } from "../sdp/lines/catalog.ts";
export { parse } from "../sdp/parse.ts";
export { readDescription } from "../sdp/read-description.ts";
export { positionIn, spanOf } from "../sdp/span-of.ts";
export { stringify } from "../sdp/stringify.ts";
