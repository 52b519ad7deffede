import type { CodecPattern } from "./codec.ts";

/** A codec pattern with its parts apart. */
export interface ParsedCodecPattern {
  readonly name: string;
  readonly clockRate?: number;
  readonly channels?: number;
  readonly fmtp?: string;
}

/**
 * Takes a codec pattern apart: `"VP8"`, `"opus/48000"`, `"opus/48000/2"`, or the object form, which is checked.
 * Throws `TypeError` when there is no name, `RangeError` when a clock rate or channel count is no positive whole number.
 */
export function parseCodecPattern(pattern: CodecPattern): ParsedCodecPattern {
  if (typeof pattern !== "string") return checked(pattern);
  const [name = "", clockRate, channels, ...rest] = pattern.split("/");
  if (rest.length > 0) {
    throw new TypeError(
      `A codec pattern is name, name/clockRate or name/clockRate/channels, not ${JSON.stringify(pattern)}.`,
    );
  }
  return checked({
    name: name.trim(),
    ...(clockRate !== undefined && { clockRate: Number(clockRate) }),
    ...(channels !== undefined && { channels: Number(channels) }),
  });
}

/** The pattern as text, such as `H264/90000 profile-level-id=42e01f`, for messages. */
export function printCodecPattern(pattern: CodecPattern): string {
  const { name, clockRate, channels, fmtp } = parseCodecPattern(pattern);
  const parts = [name, clockRate, channels].filter((part) => part !== undefined);
  return fmtp === undefined ? parts.join("/") : `${parts.join("/")} ${fmtp}`;
}

function checked(pattern: ParsedCodecPattern): ParsedCodecPattern {
  if (typeof pattern?.name !== "string" || pattern.name === "") {
    throw new TypeError(
      `A codec pattern needs a name, such as "VP8" or "opus/48000/2"; got ${JSON.stringify(pattern)}.`,
    );
  }
  for (const field of ["clockRate", "channels"] as const) {
    const value = pattern[field];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new RangeError(
        `The ${field} of a codec pattern is a positive whole number, not ${value}.`,
      );
    }
  }
  return pattern;
}
