import { readValue } from "../attribute.ts";
import { extmap } from "../attributes/extmap.ts";
import type { HeaderExtension } from "../description.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import { Scanner } from "../scanner.ts";
import { sectionsOf } from "../sections.ts";
import { changeLines } from "./replace-lines.ts";

/**
 * Keeps only some RTP header extensions, in every section: those whose URI is in the list, or for which the function says so.
 * A line that is no readable `a=extmap` stays. RFC 8285 §5.
 *
 *     filterExtensions(sdp, ({ uri }) => !uri.endsWith("/video-timing"))
 */
export function filterExtensions(
  sdp: Sdp,
  keep: readonly string[] | ((extension: HeaderExtension, mLineIndex: number) => boolean),
): SdpDocument {
  const document = documentOf(sdp);
  const isKept =
    typeof keep === "function" ? keep : ({ uri }: HeaderExtension) => keep.includes(uri);
  const scan = new Scanner();
  return changeLines(document, sectionsOf(document), (line, { index }) => {
    if (!isAttribute(line, "extmap")) return line;
    const extension = readValue(extmap, scan, line.source, "a=extmap:".length);
    return !extension || isKept({ line, ...extension }, index) ? line : undefined;
  });
}
