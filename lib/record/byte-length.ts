import type { FieldReader } from "./field.ts";

/** How many bytes a binary message has, a Blob too; `undefined` where it does not say. */
export function byteLengthOf(data: unknown, read: FieldReader): number | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const size = read(data, "byteLength") ?? read(data, "size");
  return typeof size === "number" ? size : undefined;
}
