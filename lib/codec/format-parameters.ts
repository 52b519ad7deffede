/**
 * One piece of an `a=fmtp` value, as it stands between two semicolons. RFC 8866 §6.15.
 * A piece without `=` has its whole text as `name` and no `value`: that is how RED lists (`111/111`),
 * event ranges (`0-15`) and flags are written.
 */
export interface FormatParameter {
  /** Without the blanks around it, in the text's own case; names compare case-insensitively. */
  readonly name: string;
  /** What stands behind the first `=`; later `=` belong to the value, as base64 needs it. */
  readonly value?: string;
  /** The piece with its blanks, exactly as written. */
  readonly source: string;
}

/**
 * The pieces of an `a=fmtp` value behind the payload type, in order. Nothing is lost:
 * `printFormatParameters(parseFormatParameters(text)) === text` for every text. An empty text has no pieces.
 *
 *     profile-level-id=42e01f; packetization-mode=1;sprop-parameter-sets=Z0IAKeKQFAe2AtwEBAaQeJEV,aM48gA==
 */
export function parseFormatParameters(text: string): readonly FormatParameter[] {
  return text === "" ? [] : text.split(";").map(parsePiece);
}

/** The text of format parameters: their sources, joined by semicolons. */
export function printFormatParameters(parameters: readonly FormatParameter[]): string {
  return parameters.map(({ source }) => source).join(";");
}

/**
 * The value of a format parameter, `""` when it stands without a value, undefined when it is missing.
 * Where it is written twice the last one holds, as in libwebrtc and Firefox.
 */
export function formatParameter(text: string | undefined, name: string): string | undefined {
  if (text === undefined) return undefined;
  // RTX has its `apt` alone, and a description has RTX for most of its codecs.
  const equals = name.length;
  if (text.charCodeAt(equals) === EQUALS && text.startsWith(name) && text.indexOf(";") < 0) {
    return text.slice(equals + 1).trim();
  }
  const wanted = name.toLowerCase();
  for (let end = text.length; end >= 0; ) {
    const semicolon = end === 0 ? -1 : text.lastIndexOf(";", end - 1);
    const piece = parsePiece(text.slice(semicolon + 1, end));
    if (piece.name === name || piece.name.toLowerCase() === wanted) return piece.value ?? "";
    end = semicolon;
  }
  return undefined;
}

/**
 * The text with one format parameter set, or removed when `value` is null. Other pieces keep their text.
 * A name that is there keeps its place and its blanks; a new one goes to the end, in the spacing of the text.
 * Further occurrences of the name are removed, so that the value is certain.
 */
export function setFormatParameter(text: string, name: string, value: string | null): string {
  const pieces = parseFormatParameters(text);
  const wanted = name.toLowerCase();
  const at = pieces.findIndex((piece) => piece.name.toLowerCase() === wanted);
  const others = pieces.filter(
    (piece, index) => index === at || piece.name.toLowerCase() !== wanted,
  );
  if (value === null) {
    const rest = others.filter((_, index) => index !== at);
    const [first, ...tail] = rest;
    if (first === undefined || at !== 0) return printFormatParameters(rest);
    return printFormatParameters([{ ...first, source: first.source.trimStart() }, ...tail]);
  }
  if (at >= 0) {
    return others
      .map((piece, index) => (index === at ? withValue(piece, value) : piece.source))
      .join(";");
  }
  const spacing = pieces.length > 1 && pieces[1]?.source.startsWith(" ") ? " " : "";
  const before = text.endsWith(";") ? text : `${text};`;
  return pieces.length === 0 ? `${name}=${value}` : `${before}${spacing}${name}=${value}`;
}

function parsePiece(source: string): FormatParameter {
  const trimmed = source.trim();
  const equals = trimmed.indexOf("=");
  if (equals < 0) return { name: trimmed, source };
  return {
    name: trimmed.slice(0, equals).trimEnd(),
    value: trimmed.slice(equals + 1).trimStart(),
    source,
  };
}

function withValue(piece: FormatParameter, value: string): string {
  const lead = piece.source.slice(0, piece.source.length - piece.source.trimStart().length);
  return `${lead}${piece.name}=${value}`;
}

const EQUALS = 0x3d;
