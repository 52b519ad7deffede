import type { Method } from "./field.ts";
import { methodOf } from "./field.ts";

/** What is called instead of a method, with what calls the method. */
export type Replacement = (
  original: (given: readonly unknown[]) => unknown,
  given: readonly unknown[],
) => unknown;

/**
 * Puts a method in the place of an object's own. It has the name, the length and the properties of the one that it
 * calls, and follows when a script replaces that one on the prototype later. Returns what puts the first one back;
 * `undefined` when the object has no such method, or a getter makes it.
 */
export function replaceMethod(
  target: object,
  name: string,
  call: Replacement,
): (() => void) | undefined {
  const first = methodOf(target, name);
  if (first === undefined) return undefined;
  const methods = target as Record<string, Method>;
  const isOwn = Object.hasOwn(target, name);
  const current = (): Method =>
    isOwn ? first : ((Object.getPrototypeOf(target) as Record<string, Method>)[name] ?? first);
  const wrapped = new Proxy(first, {
    apply(_first, self, given) {
      const original = (changed: readonly unknown[]): unknown =>
        Reflect.apply(current(), self, changed);
      return self === target ? call(original, given) : original(given);
    },
  });
  Object.defineProperty(target, name, { value: wrapped, configurable: true, writable: true });
  return () => {
    if (methods[name] !== wrapped) return;
    if (isOwn) methods[name] = first;
    else delete methods[name];
  };
}
