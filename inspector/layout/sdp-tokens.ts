import { printable } from "./printable.ts";

/** A piece of an SDP line and what it is. */
export interface Token {
  readonly kind: "key" | "name" | "sign" | "number-value" | "word" | "text";
  readonly text: string;
}

/** A line's longest part that is drawn. */
const LIMIT = 2000;

/**
 * Cuts one SDP line for colouring: the letter before `=`, an attribute's name, and at the head of the value the
 * numbers and the encoding name. Their texts joined are the line, made printable.
 */
export function tokensOf(line: string): readonly Token[] {
  const text = printable(line, LIMIT);
  if (text[1] !== "=") return [{ kind: "text", text }];
  const key: Token = { kind: "key", text: text.slice(0, 1) };
  const sign: Token = { kind: "sign", text: "=" };
  const value = text.slice(2);
  if (key.text !== "a") return [key, sign, ...valueTokens(value, key.text === "m")];
  const colon = value.indexOf(":");
  if (colon === -1) return [key, sign, { kind: "name", text: value }];
  const name = value.slice(0, colon);
  return [
    key,
    sign,
    { kind: "name", text: name },
    { kind: "sign", text: ":" },
    ...valueTokens(value.slice(colon + 1), name === "rtpmap"),
  ];
}

/** Numbers by themselves, and the first word where it names a codec or a kind of media. */
function valueTokens(value: string, hasWord: boolean): Token[] {
  const tokens: Token[] = [];
  let awaitsWord = hasWord;
  for (const part of value.split(/( |\/)/)) {
    if (part === "") continue;
    const isNumber = part.length < 24 && /^[0-9]+$/.test(part);
    const isWord = awaitsWord && /^[A-Za-z]/.test(part);
    if (isWord) awaitsWord = false;
    const kind = isNumber ? "number-value" : isWord ? "word" : "text";
    const last = tokens.at(-1);
    if (last?.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + part };
    else tokens.push({ kind, text: part });
  }
  return tokens;
}
