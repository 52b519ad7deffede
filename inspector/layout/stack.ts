/** One call on the stack. */
export interface StackFrame {
  /** Empty for a function without a name. */
  readonly name: string;
  /** The file as the engine names it. */
  readonly file: string;
  /** Its last parts, enough to know it by. */
  readonly short: string;
  readonly line?: number;
  readonly column?: number;
  /** It lies in a dependency or in the engine itself. */
  readonly isLibrary: boolean;
}

/** More frames than any engine records. */
const LIMIT = 200;

/**
 * Reads a stack as V8 (`    at name (file:1:2)`) and SpiderMonkey or JavaScriptCore (`name@file:1:2`) write it. A line
 * that is neither is kept as the file of a frame without a name; the error's own line at the top is left out.
 */
export function readStack(stack: string): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (const raw of stack.split("\n", LIMIT)) {
    const text = raw.trim();
    if (text === "") continue;
    if (text.startsWith("at ")) {
      const rest = text.slice(3);
      const open = rest.endsWith(")") ? rest.lastIndexOf(" (") : -1;
      frames.push(
        open === -1 ? frame("", rest) : frame(rest.slice(0, open), rest.slice(open + 2, -1)),
      );
      continue;
    }
    const at = text.indexOf("@");
    if (at !== -1 && hasPlace(text)) frames.push(frame(text.slice(0, at), text.slice(at + 1)));
    else if (frames.length > 0 || hasPlace(text)) frames.push(frame("", text));
  }
  return frames;
}

function frame(name: string, place: string): StackFrame {
  const last = number(place, place.length);
  const before = last && number(place, last.at);
  const file = place.slice(0, before?.at ?? last?.at ?? place.length);
  const line = before?.value ?? last?.value;
  const column = before && last?.value;
  return {
    name,
    file,
    short: shorten(file),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    isLibrary: file.startsWith("node:") || file.includes("/node_modules/") || file === "native",
  };
}

/** The number after the colon that ends at an offset. */
function number(text: string, end: number): { value: number; at: number } | undefined {
  const at = text.lastIndexOf(":", end - 1);
  const digits = at === -1 ? "" : text.slice(at + 1, end);
  return digits.length > 0 && digits.length < 10 && /^[0-9]+$/.test(digits)
    ? { value: Number(digits), at }
    : undefined;
}

function hasPlace(text: string): boolean {
  return number(text, text.length) !== undefined;
}

function shorten(file: string): string {
  const end = file.search(/[?#]/);
  const path = end === -1 ? file : file.slice(0, end);
  return path.split("/").slice(-2).join("/");
}
