import type { EventError } from "../trace/event.ts";
import type { FieldReader } from "./field.ts";
import { toPlain } from "./plain.ts";

/** What was thrown or what a promise was rejected with, as a trace says it. */
export function errorOf(error: unknown, read: FieldReader): EventError {
  if (typeof error !== "object" || error === null) return { name: "Error", message: String(error) };
  const name = read(error, "name");
  const message = read(error, "message");
  return {
    name: typeof name === "string" ? name : "Error",
    message: typeof message === "string" ? message : JSON.stringify(toPlain(error, read)),
  };
}
