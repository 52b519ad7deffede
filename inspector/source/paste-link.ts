import { isPasteFragment, PASTE } from "./fragment.ts";

/** What a link may unpack to, in characters: a few descriptions, and no more than the page draws at once. */
const LIMIT = 1_000_000;

/** The fragment that brings texts back: compressed, in the letters that every address keeps as they are. */
export async function pasteFragment(texts: readonly string[]): Promise<string> {
  const packed = await pack(new TextEncoder().encode(JSON.stringify(texts)));
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  return PASTE + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The texts of a fragment; `undefined` for one that is damaged, too large, or something else. Never rejects. */
export async function readPasteFragment(fragment: string): Promise<readonly string[] | undefined> {
  if (!isPasteFragment(fragment)) return undefined;
  try {
    const letters = fragment.slice(PASTE.length).replaceAll("-", "+").replaceAll("_", "/");
    const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    const texts: unknown = JSON.parse(await unpack(packed));
    return Array.isArray(texts) && texts.every((text) => typeof text === "string")
      ? texts.slice(0, 4)
      : undefined;
  } catch {
    return undefined;
  }
}

async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Response(bytes).body?.pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Reads piece by piece, so that a small link that unpacks to gigabytes is given up early. */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Response(bytes).body
    ?.pipeThrough(new DecompressionStream("deflate-raw"))
    .pipeThrough(new TextDecoderStream())
    .getReader();
  if (!reader) return "";
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > LIMIT) {
      await reader.cancel();
      throw new RangeError("The link holds too much.");
    }
  }
}
