/**
 * Where a call was made, as the engine writes its stack, without the recorder's own frames: the innermost stand first.
 * The engine notes them now and writes them when the stack is asked for; that takes longer, and is
 * no longer in the way of the call. `undefined` where the engine has no stacks.
 */
export function callerStack(ownFrames: number): () => string | undefined {
  const error = new PlainError();
  return () => {
    const stack = withoutPreparation(() => error.stack);
    if (typeof stack !== "string") return undefined;
    const lines = stack.split("\n").filter((line) => line !== "" && line !== "Error");
    return (
      lines
        .slice(ownFrames + 1)
        .join("\n")
        .slice(0, MAX_STACK) || undefined
    );
  };
}

/** In characters. */
const MAX_STACK = 4096;

/** As it was before any script of the page could replace it. */
const PlainError = Error;

/** V8 lets a script write each stack, `Error.prepareStackTrace`: the page's own must not be called for ours. */
function withoutPreparation(read: () => unknown): unknown {
  const given = Object.getOwnPropertyDescriptor(PlainError, "prepareStackTrace");
  if (typeof given?.value !== "function" || given.writable !== true) return read();
  const errors = PlainError as { prepareStackTrace?: unknown };
  try {
    errors.prepareStackTrace = undefined;
    return read();
  } finally {
    errors.prepareStackTrace = given.value;
  }
}
