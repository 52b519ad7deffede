/**
 * The text of an attribute line, without its end.
 * Throws `RangeError` for a name that is no token (RFC 8866 §9) and for a value with a line end or NUL in it,
 * because what comes out would not be one line.
 */
export function attributeText(name: string, value?: string): string {
  if (!isToken(name)) {
    throw new RangeError(
      `“${name}” is no attribute name: it must be a token of letters, digits and !#$%&'*+-.^_\`{|}~.`,
    );
  }
  if (value === undefined) return `a=${name}`;
  return `a=${name}:${oneLine(value)}`;
}

/** The text itself; throws `RangeError` when it has a line end or NUL in it. */
export function oneLine(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13 || unit === 0) {
      throw new RangeError(
        `The character U+${unit.toString(16).padStart(4, "0").toUpperCase()} at offset ${at} cannot stand inside a line.`,
      );
    }
  }
  return text;
}

function isToken(text: string): boolean {
  return /^[\w!#$%&'*+\-.^`{|}~]+$/.test(text);
}
