/**
 * A signaling message without the credentials of TURN servers: the texts after `credential`, and where the message speaks
 * of TURN also those after `password`, `macKey` and `accessToken`, become `(removed)`. JSON, JSON inside of JSON texts,
 * attributes of XML and forms are all read alike, as text: what is cut or damaged hides nothing.
 *
 *     {"urls":"turn:turn.example","credential":"secret"}      credential='secret'      credential=secret&…
 *                                               ^^^^^^ removed
 */
export function withoutCredentials(text: string): string {
  const keys = /turns?[:"'\\]/.test(text) ? everyKey : certainKeys;
  let result = text;
  for (const key of keys) if (result.includes(key)) result = withoutValues(result, key);
  return result;
}

const certainKeys = ["credential"] as const;
const everyKey = [...certainKeys, "password", "macKey", "accessToken"] as const;
const REMOVED = "(removed)";

function withoutValues(text: string, key: string): string {
  let result = "";
  let done = 0;
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at)) {
    const isKey = !isWord(text, at - 1);
    at += key.length;
    const value = isKey ? valueAfter(text, at) : undefined;
    if (value === undefined) continue;
    result += text.slice(done, value.start) + REMOVED;
    done = value.end;
    at = done;
  }
  return result + text.slice(done);
}

/** Where the value of a key that ends there stands, without its quotes; `undefined` where it is no key or has no text. */
function valueAfter(text: string, at: number): { start: number; end: number } | undefined {
  let start = skip(text, at, "\\");
  if (isQuote(text[start])) start++;
  else if (start > at || isWord(text, at)) return undefined;
  start = skip(text, start, " \t\r\n");
  const separator = text[start];
  if (separator !== ":" && separator !== "=") return undefined;
  start = skip(text, start + 1, " \t\r\n");
  const opening = skip(text, start, "\\");
  const quote = text[opening];
  if (quote !== undefined && isQuote(quote)) {
    return { start: opening + 1, end: closing(text, opening + 1, quote, opening - start) };
  }
  // An object's own fields are looked at by themselves.
  if (separator === ":" && (quote === "{" || quote === "[" || quote === "n")) return undefined;
  let end = start;
  while (end < text.length && !" \t\r\n&,;}]<>".includes(text[end] ?? "")) end++;
  return { start, end };
}

/** Where a text ends that was opened behind that many backslashes; JSON inside of JSON doubles them. */
function closing(text: string, start: number, quote: string, depth: number): number {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - slashes > start && text[at - slashes - 1] === "\\") slashes++;
    if (slashes % (2 * (depth + 1)) === depth) return at - depth;
  }
  return text.length;
}

function skip(text: string, start: number, characters: string): number {
  let at = start;
  while (at < text.length && characters.includes(text[at] ?? "")) at++;
  return at;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

function isWord(text: string, at: number): boolean {
  return /[A-Za-z0-9_]/.test(text[at] ?? "");
}
