/**
 * The grammars that Firefox reads with its own code on top of sipcc: `a=rid`, `a=simulcast` and `a=imageattr`
 * (SdpAttribute.cpp). They are strict: one bad value refuses the whole description. Each returns the sentence it refuses
 * with, or what it read.
 */
export type Reading<Value> = { readonly fault: string } | { readonly value: Value };

/** One `a=rid` value. RFC 8851 §10, without `-` and `_` in the id. */
export function readRid(
  text: string,
): Reading<{ readonly id: string; readonly direction: string }> {
  const cursor = new Cursor(text);
  const id = cursor.token(" ");
  const fault = ridFault(id);
  if (fault) return { fault };
  cursor.skipBlanks();
  const direction = cursor.token(" ").toLowerCase();
  if (direction !== "send" && direction !== "recv")
    return { fault: "Invalid direction, must be either send or recv" };
  cursor.skipBlanks();
  const parameterFault = cursor.isDone ? undefined : ridParametersFault(cursor);
  return parameterFault ? { fault: parameterFault } : { value: { id, direction } };
}

/** One `a=simulcast` value: every rid with its direction. RFC 8853 §5.1. */
export function readSimulcast(
  text: string,
): Reading<readonly { readonly id: string; readonly direction: string }[]> {
  const cursor = new Cursor(text);
  const streams: { readonly id: string; readonly direction: string }[] = [];
  const seen = new Set<string>();
  for (cursor.skipBlanks(); !cursor.isDone; cursor.skipBlanks()) {
    const direction = cursor.token(" ").toLowerCase();
    if (direction !== "send" && direction !== "recv")
      return { fault: "Type must be either 'send' or 'recv'" };
    if (seen.has(direction)) return { fault: `Already got a ${direction} list` };
    seen.add(direction);
    cursor.skipBlanks();
    do {
      cursor.skip("~");
      const id = cursor.token(" ,;");
      if (id === "") return { fault: "Missing rid" };
      const fault = ridFault(id);
      if (fault) return { fault };
      streams.push({ id, direction });
    } while (cursor.skip(",") || cursor.skip(";"));
  }
  return streams.length === 0 ? { fault: "Empty simulcast attribute" } : { value: streams };
}

/** One `a=imageattr` value. RFC 6236 §3.1. */
export function readImageAttribute(text: string): Reading<true> {
  const cursor = new Cursor(text);
  if (!cursor.skip("*")) {
    const fault = cursor.unsigned(0xffff);
    if (fault) return { fault };
  }
  const seen = new Set<string>();
  do {
    cursor.skipBlanks();
    const type = cursor.token(" \t").toLowerCase();
    if (type !== "send" && type !== "recv")
      return { fault: "Unknown type, must be either send or recv" };
    if (seen.has(type)) return { fault: "Multiple send or recv set lists" };
    seen.add(type);
    cursor.skipBlanks();
    if (!cursor.skip("*")) {
      do {
        const fault = imageSetFault(cursor);
        if (fault) return { fault };
        cursor.skipBlanks();
      } while (cursor.next === "[");
    }
    cursor.skipBlanks();
  } while (!cursor.isDone && seen.size < 2);
  return cursor.isDone ? { value: true } : { fault: "Trailing characters" };
}

function ridFault(id: string): string | undefined {
  if (id === "") return "Rid must be non-empty (according to RFC 8851)";
  if (id.length > 255) return "Rid can be at most 255 characters long (according to RFC 8852)";
  return /^[A-Za-z0-9]+$/.test(id)
    ? undefined
    : "Rid can contain only alphanumeric characters (according to RFC 8852)";
}

const ridLimits = new Set(["max-width", "max-height", "max-fps", "max-fs", "max-br", "max-pps"]);

function ridParametersFault(cursor: Cursor): string | undefined {
  do {
    cursor.skipBlanks();
    const key = cursor.token("=").toLowerCase();
    if (!cursor.skip("=")) return "Expected '='";
    if (key === "pt") {
      do {
        const fault = cursor.unsigned(127);
        if (fault) return fault;
      } while (cursor.skip(","));
    } else if (ridLimits.has(key)) {
      const fault = cursor.unsigned(0xffffffff);
      if (fault) return fault;
    } else if (key === "depend") {
      do {
        if (cursor.isDone) return "Truncated";
        cursor.token(",;");
      } while (cursor.skip(","));
    } else cursor.token(";");
  } while (cursor.skip(";"));
  return undefined;
}

/** `[x=640,y=[240:16:480],q=0.5]` */
function imageSetFault(cursor: Cursor): string | undefined {
  if (!cursor.skip("[")) return "Expected '['";
  for (const axis of ["x=", "y="]) {
    if (axis === "y=" && !cursor.skip(",")) return "Expected ','";
    if (!cursor.skip(axis)) return `Expected ${axis}`;
    const fault = imageRangeFault(cursor);
    if (fault) return fault;
  }
  while (cursor.skip(",")) {
    cursor.token("=");
    if (!cursor.skip("=")) return "Expected '='";
    if (cursor.skip("[")) {
      cursor.token("]");
      if (!cursor.skip("]")) return "Expected ']'";
    } else if (!/^[0-9]/.test(cursor.token(",]"))) return "Malformed";
  }
  return cursor.skip("]") ? undefined : "Expected ']'";
}

function imageRangeFault(cursor: Cursor): string | undefined {
  if (!cursor.skip("[")) return cursor.unsigned(0xffffffff);
  do {
    const fault = cursor.unsigned(0xffffffff);
    if (fault) return fault;
  } while (cursor.skip(":") || cursor.skip(","));
  return cursor.skip("]") ? undefined : "Expected ']'";
}

class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  get next(): string | undefined {
    return this.text[this.at];
  }

  skip(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  skipBlanks(): void {
    while (this.next === " " || this.next === "\t") this.at++;
  }

  /** Everything up to one of these characters or the end; may be empty. */
  token(delimiters: string): string {
    const start = this.at;
    while (!this.isDone && !delimiters.includes(this.next as string)) this.at++;
    return this.text.slice(start, this.at);
  }

  /** Reads a number; the sentence when there is none or it is above `limit`. */
  unsigned(limit: number): string | undefined {
    this.skipBlanks();
    const start = this.at;
    while (!this.isDone && /[0-9]/.test(this.next as string)) this.at++;
    const digits = this.text.slice(start, this.at);
    // A number too large for its type is malformed, one too large for its meaning is too large.
    if (digits === "" || Number(digits) > 0xffffffff) return "Malformed";
    return Number(digits) > limit ? "Value too large" : undefined;
  }
}
