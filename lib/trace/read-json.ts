/** A JSON text as far as it could be read. */
export interface JsonReading {
  /** The value; `undefined` when the text holds none at all. What was broken is left out of it. */
  readonly value: unknown;
  /** Where the text is broken, as offsets, the first `MAX_FAULTS` of them; empty for valid JSON. */
  readonly faults: readonly number[];
  /** The text ends before its value does. */
  readonly isCut: boolean;
}

/**
 * Reads a JSON text, and what can be read of one that was cut off or damaged: members and elements that stand
 * complete before and after the damage. Valid JSON takes the platform's fast way. Never throws; takes linear time
 * and no stack, however deep or broken the text is.
 */
export function readJson(text: string): JsonReading {
  try {
    return { value: JSON.parse(text), faults: [], isCut: false };
  } catch {
    return new TolerantReader(text).read();
  }
}

/** More faults than this are not told apart. */
const MAX_FAULTS = 100;

interface Frame {
  /** An object's members or an array's elements. */
  readonly members: Record<string, unknown> | undefined;
  readonly elements: unknown[] | undefined;
  key: string | undefined;
  /** A colon came after the key. */
  isAtValue: boolean;
}

type Token =
  | { readonly kind: "mark"; readonly mark: string }
  | { readonly kind: "value"; readonly value: unknown };

class TolerantReader {
  readonly #text: string;
  #at = 0;
  #lineEnd = -1;
  readonly #faults: number[] = [];
  readonly #stack: Frame[] = [];
  #root: unknown;
  #hasRoot = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonReading {
    let isCut = false;
    for (;;) {
      const token = this.#next();
      if (token === undefined) break;
      if (token === "cut") {
        isCut = true;
        break;
      }
      if (token.kind === "value") this.#value(token.value);
      else this.#mark(token.mark);
      if (this.#hasRoot && this.#stack.length === 0) break;
    }
    if (this.#stack.length > 0) isCut = true;
    // It is no JSON, or this would not run.
    if (!isCut && this.#faults.length === 0) this.#fault();
    return { value: this.#root, faults: this.#faults, isCut };
  }

  #mark(mark: string): void {
    const top = this.#stack.at(-1);
    switch (mark) {
      case "{":
      case "[":
        this.#open(mark === "{");
        break;
      case "}":
      case "]":
        this.#close(mark === "}");
        break;
      case ":":
        if (top?.key !== undefined && !top.isAtValue) top.isAtValue = true;
        else this.#fault();
        break;
      default:
        if (top === undefined || top.key !== undefined) this.#fault();
        if (top) this.#forget(top);
    }
  }

  #open(isObject: boolean): void {
    const members: Record<string, unknown> | undefined = isObject ? {} : undefined;
    const elements: unknown[] | undefined = isObject ? undefined : [];
    this.#put(members ?? elements);
    this.#stack.push({ members, elements, key: undefined, isAtValue: false });
  }

  #close(isObject: boolean): void {
    const open = this.#stack.findLastIndex(({ members }) => (members !== undefined) === isObject);
    if (open !== this.#stack.length - 1 || this.#stack[open]?.key !== undefined) this.#fault();
    if (open !== -1) this.#stack.length = open;
  }

  #value(value: unknown): void {
    const top = this.#stack.at(-1);
    if (top?.members && !top.isAtValue) {
      if (top.key !== undefined) this.#fault();
      top.key = typeof value === "string" ? value : undefined;
      if (typeof value !== "string") this.#fault();
      return;
    }
    this.#put(value);
  }

  /** Gives a value to the innermost container that is open; one that has no key for it loses it. */
  #put(value: unknown): void {
    const top = this.#stack.at(-1);
    if (top === undefined) {
      if (!this.#hasRoot) this.#root = value;
      this.#hasRoot = true;
    } else if (top.elements) {
      top.elements.push(value);
    } else if (top.members && top.key !== undefined && top.isAtValue) {
      // A member named __proto__ is one like any other.
      if (top.key === "__proto__") {
        const enumerable = true;
        Object.defineProperty(top.members, top.key, { value, enumerable, configurable: true });
      } else top.members[top.key] = value;
      this.#forget(top);
    } else {
      this.#fault();
      this.#forget(top);
    }
  }

  #forget(frame: Frame): void {
    frame.key = undefined;
    frame.isAtValue = false;
  }

  #fault(): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(this.#at);
  }

  /** The next token; `undefined` at the end, `cut` when the text ends inside of a token. */
  #next(): Token | "cut" | undefined {
    const text = this.#text;
    while (this.#at < text.length) {
      const unit = text.charCodeAt(this.#at);
      if (unit === 34) {
        const token = this.#string();
        if (token !== undefined) return token;
        continue;
      }
      if (isMark(unit)) {
        this.#at++;
        return { kind: "mark", mark: String.fromCharCode(unit) };
      }
      if (isWord(unit)) {
        const start = this.#at;
        while (this.#at < text.length && isWord(text.charCodeAt(this.#at))) this.#at++;
        const value = readWord(text.slice(start, this.#at));
        if (this.#at === text.length) return this.#stack.length > 0 ? "cut" : undefined;
        if (value !== undefined) return { kind: "value", value };
        this.#fault();
        continue;
      }
      if (!(unit === 32 || (unit >= 9 && unit <= 13))) this.#fault();
      this.#at++;
    }
    return undefined;
  }

  /** A string; one without its end quote stops at its line's end, as JSON has no line ends in strings, and is left out. */
  #string(): Token | "cut" | undefined {
    const text = this.#text;
    const start = this.#at;
    if (this.#lineEnd < start) {
      const found = text.indexOf("\n", start);
      this.#lineEnd = found === -1 ? text.length : found;
    }
    let end = start;
    do end = text.indexOf('"', end + 1);
    while (end !== -1 && isEscaped(text, start, end));
    if (end === -1 || end > this.#lineEnd) {
      if (this.#lineEnd >= text.length) return "cut";
      this.#fault();
      const top = this.#stack.at(-1);
      if (top) this.#forget(top);
      this.#at = this.#lineEnd;
      return undefined;
    }
    this.#at = end + 1;
    return { kind: "value", value: unescaped(text.slice(start + 1, end)) };
  }
}

function isEscaped(text: string, start: number, quote: number): boolean {
  let at = quote;
  while (at - 1 > start && text.charCodeAt(at - 1) === 92) at--;
  return (quote - at) % 2 === 1;
}

function unescaped(inner: string): string {
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(`"${inner}"`);
  } catch {
    return inner;
  }
}

function readWord(word: string): unknown {
  switch (word) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    default: {
      const value = Number(word);
      return Number.isFinite(value) ? value : undefined;
    }
  }
}

/** `{ } [ ] , :` */
function isMark(unit: number): boolean {
  return unit === 123 || unit === 125 || unit === 91 || unit === 93 || unit === 44 || unit === 58;
}

/** What numbers, `true`, `false` and `null` are made of. */
function isWord(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 97 && unit <= 122) ||
    unit === 45 ||
    unit === 43 ||
    unit === 46 ||
    unit === 69
  );
}
