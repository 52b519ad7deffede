/**
 * The entries of a `getStats` report that changed since the one before, by id; `null` for those that are gone.
 * An entry whose `timestamp` alone moved has not changed.
 */
export function changedEntries(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = {};
  for (const [id, entry] of Object.entries(after)) {
    if (textOf(before[id]) !== textOf(entry)) changes[id] = entry;
  }
  for (const id of Object.keys(before)) {
    if (!Object.hasOwn(after, id)) changes[id] = null;
  }
  return changes;
}

function textOf(entry: unknown): string | undefined {
  return JSON.stringify(entry, (name, value) => (name === "timestamp" ? undefined : value));
}
