import { setFormatParameter } from "../../codec/format-parameters.ts";
import { readValue } from "../attribute.ts";
import { fmtp } from "../attributes/fmtp.ts";
import type { MediaDescription } from "../description.ts";
import type { Line, Sdp, SdpDocument } from "../document.ts";
import { attributeName, attributeValue, isAttribute } from "../line.ts";
import { readDescription } from "../read-description.ts";
import { Scanner } from "../scanner.ts";
import { mediaSectionAt } from "../section-at.ts";
import { oneLine } from "./attribute-text.ts";
import { changeLines, insertLines } from "./replace-lines.ts";

/** Parameters to set by name; `null` removes one. */
export type FormatParameterValues = Readonly<Record<string, string | number | null>>;

/**
 * Sets parameters of one format in its `a=fmtp` line: a parameter that is there gets the value in its place, a new one goes
 * to the end, `null` removes one, all others keep their text. Names compare case-insensitively. A string in place of the
 * object becomes the whole value (RED's `111/111`, an event range), `""` or removing the last parameter removes the line.
 * Where there is no fmtp line yet, one is inserted behind the other lines of the format. RFC 8866 §6.15.
 *
 *     setFormatParameters(sdp, "0", 111, { stereo: 1, maxaveragebitrate: 64000, usedtx: null })
 *
 * Throws `RangeError` for a section or a format that is not there, and for a name or value that would not stay one
 * parameter; `TypeError` for a value that is no string, number or null.
 */
export function setFormatParameters(
  sdp: Sdp,
  at: string | number,
  payloadType: string | number,
  parameters: FormatParameterValues | string,
): SdpDocument {
  const { document, media } = readDescription(sdp);
  const section = mediaSectionAt(document, at);
  const description = media[section.index] as MediaDescription;
  const format = String(payloadType);
  if (!description.formats.includes(format)) throw unknownFormat(format, description);
  const own = section.lines.filter((line) => beginsWithFormat(line, format));
  const [line, ...further] = own.filter((candidate) => isAttribute(candidate, "fmtp"));
  const before = [line, ...further].flatMap((candidate) => parametersOf(candidate) ?? []).join(";");
  const value = withParameters(before, parameters);
  const text = value === "" ? undefined : `a=fmtp:${fmtp.print({ format, parameters: value })}`;
  if (line === undefined) {
    const last = own.at(-1);
    const place = last && section.lines.lastIndexOf(last) + 1;
    return insertLines(document, section, text === undefined ? [] : [text], place);
  }
  if (value === before) return document;
  return changeLines(document, [section], (candidate) => {
    if (candidate === line) return text;
    return further.includes(candidate) ? undefined : candidate;
  });
}

/** Whether a line is an rtpmap, fmtp or rtcp-fb of the format. */
function beginsWithFormat(line: Line, format: string): boolean {
  const name = attributeName(line);
  if (name !== "rtpmap" && name !== "fmtp" && name !== "rtcp-fb") return false;
  return attributeValue(line)?.trimStart().split(" ", 1)[0] === format;
}

function parametersOf(line: Line | undefined): string | undefined {
  return line && readValue(fmtp, new Scanner(), line.source, "a=fmtp:".length)?.parameters;
}

function withParameters(value: string, parameters: FormatParameterValues | string): string {
  if (typeof parameters === "string") return oneLine(parameters);
  return Object.entries(parameters).reduce((text, [name, setting]) => {
    checkParameter(name, setting);
    return setFormatParameter(text, name, setting === null ? null : String(setting));
  }, value);
}

function checkParameter(name: string, setting: string | number | null): void {
  if (name === "" || /[;=\s\0]/.test(name)) {
    throw new RangeError(
      `“${name}” is no name of a format parameter: it must have no blank, “;” or “=”.`,
    );
  }
  if (setting !== null && typeof setting !== "string" && typeof setting !== "number") {
    throw new TypeError(
      `The value of ${name} is ${String(setting)}: it must be a string, a number, or null to remove the parameter.`,
    );
  }
  if (typeof setting === "string" && oneLine(setting).includes(";")) {
    throw new RangeError(
      `“${setting}” cannot be the value of ${name}: “;” would begin another parameter.`,
    );
  }
}

function unknownFormat(format: string, { index, formats, codecs }: MediaDescription): RangeError {
  const named = formats.map((candidate) => {
    const codec = codecs.find(({ format: own }) => own === candidate);
    return codec ? `${candidate} (${codec.name})` : candidate;
  });
  return new RangeError(
    `Media section ${index} has no format ${format}; it has ${named.join(", ")}.`,
  );
}
