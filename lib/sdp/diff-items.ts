import { formatParameter, parseFormatParameters } from "../codec/format-parameters.ts";
import { codecLabel } from "../codec/match.ts";
import type { MediaCodec, MediaDescription } from "./description.ts";
import type { Line, Section } from "./document.ts";
import { attributeName, attributeValue } from "./line.ts";

/** One thing that a part of a description says, taken apart for `diff`. */
export interface DiffItem {
  /** The same in two descriptions when both say something about the same thing. Unique in its section. */
  readonly key: string;
  /** What the thing is called, such as `a=setup` or `a=rtcp-fb of VP8/90000`. */
  readonly label: string;
  /** What is said of it. */
  readonly meaning: string;
  /** What may differ from one description to the next without a change of meaning: ids, ports, addresses, credentials. */
  readonly noise: string;
  /** The whole thing comes and goes without a change of meaning, as candidates do. */
  readonly isVolatile?: boolean;
  readonly line?: Line;
}

type Reading = Pick<DiffItem, "meaning" | "noise"> &
  Partial<Pick<DiffItem, "key" | "label" | "isVolatile">>;

/**
 * The items of a section in the order of its lines, without its codecs' lines (`codecItems`). For a media section the
 * effective direction is one of them, whether a line says it or the default does.
 */
export function sectionItems(section: Section, media?: MediaDescription): readonly DiffItem[] {
  const codecLines = new Set(media?.codecs.flatMap(linesOf));
  const sources = new Map<string, number>();
  const counts = new Map<string, number>();
  const items: DiffItem[] = [];
  for (const line of section.lines) {
    if (line.source === "" || codecLines.has(line)) continue;
    const reading = line.type === "a" ? readAttribute(line, sources) : readLine(line);
    if (reading === undefined) continue;
    const label = reading.label ?? `${line.type}=${attributeName(line) ?? ""}`;
    const key = reading.key ?? label;
    // Repeated lines are told apart by their order.
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    items.push({ ...reading, label, key: count === 0 ? key : `${key} ${count}`, line });
  }
  if (media?.isRtp) {
    const { direction } = media;
    const line = section.lines.find((one) => isDirection(attributeName(one)));
    items.push({
      key: "direction",
      label: "direction",
      meaning: direction,
      noise: line?.source ?? `${direction} by default`,
      ...(line && { line }),
    });
  }
  return items;
}

/** What a codec of a section says beyond its identity: parameters, feedback, and, as noise, its payload type. */
export function codecItems(codec: MediaCodec): readonly DiffItem[] {
  const name = codecLabel(codec);
  const fmtpLine = codec.fmtpLines[0];
  const { rtpmapLine } = codec;
  const refers = refersToFormats(codec);
  const { fmtp = "" } = codec;
  return [
    {
      key: "payload type",
      label: `payload type of ${name}`,
      meaning: "",
      noise: codec.format,
      ...(rtpmapLine && { line: rtpmapLine }),
    },
    {
      key: "fmtp",
      label: `a=fmtp of ${name}`,
      // What RTX and RED refer to is told by how the codecs are paired; its numbers are noise.
      meaning: refers ? "" : sortedParameters(fmtp),
      noise: fmtp,
      ...(fmtpLine && { line: fmtpLine }),
    },
    ...codec.feedback.map((value) => {
      const line = codec.feedbackLines.find((one) => one.value.trimEnd().endsWith(` ${value}`));
      return {
        key: `rtcp-fb ${value}`,
        label: `a=rtcp-fb of ${name}`,
        meaning: value,
        noise: "",
        ...(line && { line }),
      };
    }),
  ];
}

/** The formats that a codec's parameters refer to: RTX's `apt`, RED's list. RFC 4588 §8.1, RFC 2198 §5. */
export function referredFormats(codec: MediaCodec): readonly string[] {
  switch (codec.name.toLowerCase()) {
    case "rtx":
      return [formatParameter(codec.fmtp, "apt") ?? ""];
    case "red":
      return (codec.fmtp ?? "").split("/").filter((format) => format !== "");
    default:
      return [];
  }
}

function refersToFormats({ name }: MediaCodec): boolean {
  return name.toLowerCase() === "rtx" || name.toLowerCase() === "red";
}

function linesOf({ rtpmapLine, fmtpLines, feedbackLines }: MediaCodec): readonly Line[] {
  return [...(rtpmapLine ? [rtpmapLine] : []), ...fmtpLines, ...feedbackLines];
}

/** Format parameters mean the same in every order. */
function sortedParameters(fmtp: string): string {
  return parseFormatParameters(fmtp)
    .map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
    .sort()
    .join(";");
}

function readLine({ type, value, source }: Line): Reading | undefined {
  switch (type) {
    case "m": {
      const [kind = "", port = "", protocol = "", ...formats] = value.split(" ");
      // The formats of an RTP section are its codecs.
      const shown = protocol.includes("RTP") ? "" : formats.join(" ");
      const state = Number.parseInt(port, 10) === 0 ? "port 0" : "";
      const meaning = [kind, protocol, shown, state].filter((part) => part !== "").join(" ");
      return { meaning, noise: port };
    }
    case "o":
    case "c":
      return { meaning: "", noise: value };
    case "b":
      return { key: `b=${value.split(":")[0]}`, meaning: value, noise: "" };
    case "":
      return { key: source, label: source, meaning: source, noise: "" };
    default:
      return { meaning: value, noise: "" };
  }
}

/** Attributes whose value is made anew for each session, connection or machine. */
const volatileValues = new Set([
  "ice-ufrag",
  "ice-pwd",
  "rtcp",
  "tls-id",
  "msid",
  "msid-semantic",
  "ssrc-group",
  "remote-candidates",
]);

function readAttribute(line: Line, sources: Map<string, number>): Reading | undefined {
  const name = attributeName(line) ?? "";
  const value = attributeValue(line) ?? "";
  if (isDirection(name)) return undefined;
  if (volatileValues.has(name)) return { meaning: "", noise: value };
  switch (name) {
    case "candidate":
    case "end-of-candidates":
      return { key: `candidate ${value}`, meaning: value, noise: "", isVolatile: true };
    case "fingerprint": {
      const [algorithm = "", hash = ""] = value.split(" ");
      return { key: `fingerprint ${algorithm}`, meaning: algorithm, noise: hash };
    }
    case "extmap": {
      const [id = "", uri = "", ...rest] = value.split(" ");
      const [number = "", direction = ""] = id.split("/");
      const meaning = [direction, uri, ...rest].filter((part) => part !== "").join(" ");
      return { key: `extmap ${uri}`, label: `a=extmap ${uri}`, meaning, noise: number };
    }
    case "ssrc": {
      const [ssrc = "", attribute = ""] = value.split(" ");
      const source = sources.get(ssrc) ?? sources.size;
      sources.set(ssrc, source);
      const key = `ssrc ${source} ${attribute.split(":")[0]}`;
      return { key, meaning: attribute.split(":")[0] ?? "", noise: value };
    }
    case "rid": {
      const [id = "", direction = "", ...rest] = value.split(" ");
      const restrictions = rest.join(" ").split(";");
      const formats = restrictions.filter((one) => one.startsWith("pt="));
      const others = restrictions.filter((one) => one !== "" && !one.startsWith("pt="));
      const meaning = [direction, ...others].join(" ");
      return { key: `rid ${id}`, label: `a=rid:${id}`, meaning, noise: formats.join(";") };
    }
    case "rtcp-fb":
    case "fmtp":
    case "rtpmap":
      // Of a payload type that the m= line does not list: told with its number.
      return { key: `${name} ${value}`, meaning: value, noise: "" };
    default:
      return { meaning: value, noise: "" };
  }
}

function isDirection(name: string | undefined): boolean {
  return name === "sendrecv" || name === "sendonly" || name === "recvonly" || name === "inactive";
}
