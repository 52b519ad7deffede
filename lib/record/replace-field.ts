/**
 * Puts a value in the place of an object's own. Returns what puts the first one back, and does nothing when something
 * else stands there by then, such as a shim that came later.
 */
export function replaceField<Holder extends object, Name extends keyof Holder>(
  holder: Holder,
  name: Name,
  value: Holder[Name],
): () => void {
  const first = holder[name];
  holder[name] = value;
  return () => {
    if (holder[name] === value) holder[name] = first;
  };
}
