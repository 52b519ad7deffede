/** How much of one text is drawn; a line of a megabyte would freeze the page. */
const LIMIT = 4000;

/**
 * A text off the wire, safe to show: control characters and those that turn the direction of writing become one
 * visible character each, and what is longer than `limit` is cut, with the number of characters left out.
 */
export function printable(text: string, limit = LIMIT): string {
  const cut = text.length > limit ? `${text.slice(0, limit)} … +${text.length - limit}` : text;
  return hasHidden.test(cut) ? cut.replace(hidden, visible) : cut;
}

// Written as ranges of escapes: the characters themselves must not stand in a source file.
const ranges =
  "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff";
const hasHidden = new RegExp(`[${ranges}]`);
const hidden = new RegExp(`[${ranges}]`, "g");

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 32) return String.fromCharCode(0x2400 + code);
  return code === 127 ? "␡" : "�";
}
