/** How strongly a specification words a requirement. RFC 2119. */
export type RequirementLevel = "MUST" | "MUST NOT" | "SHOULD" | "SHOULD NOT" | "MAY";

/** A section of a specification, as a value: tools, diagnostics and docs print the same link from it. */
export interface RfcRef {
  /** `RFC 8839`, or the short name of a specification that is no RFC, such as `webrtc-pc`. */
  readonly document: string;
  /** The section's number without the sign, such as `5.1`; empty for the whole document. */
  readonly section: string;
  readonly url: string;
  readonly level?: RequirementLevel;
}

/** A section of an RFC: `rfc(8445, "6.1.2.3")`. Links to the RFC Editor's page. */
export function rfc(number: number, section: string, level?: RequirementLevel): RfcRef {
  const anchor = section === "" ? "" : `#section-${section}`;
  return specification(
    `RFC ${number}`,
    section,
    `https://www.rfc-editor.org/rfc/rfc${number}${anchor}`,
    level,
  );
}

/** A section of a specification that is no RFC: `specification("webrtc-pc", "5.1", "https://www.w3.org/TR/webrtc/#…")`. */
export function specification(
  document: string,
  section: string,
  url: string,
  level?: RequirementLevel,
): RfcRef {
  return level === undefined ? { document, section, url } : { document, section, url, level };
}

/** `RFC 8839 §5.1`, as it is printed beside a sentence. */
export function rfcLabel(reference: RfcRef): string {
  return reference.section === ""
    ? reference.document
    : `${reference.document} §${reference.section}`;
}
