/** A class of the page's. */
export type Constructor = new (...given: never[]) => object;

/**
 * The class itself in every respect, but for each object that it makes there is a call, and one for each that it fails to
 * make. Its prototype names it as the class: `connection.constructor === RTCPeerConnection` holds in the page as ever.
 */
export function whenMade<Made>(
  original: Constructor,
  made: (object: Made, given: readonly unknown[]) => void,
  failed?: (error: unknown, given: readonly unknown[]) => void,
): Constructor {
  const wrapped = new Proxy(original, {
    construct(target, given, newTarget) {
      let object: object;
      try {
        object = Reflect.construct(target, given, newTarget) as object;
      } catch (error) {
        quietly(() => failed?.(error, given));
        throw error;
      }
      quietly(() => made(object as Made, given));
      return object;
    },
  });
  giveConstructor(original, wrapped);
  return wrapped;
}

/** Makes the prototype of a class name that class, or the one that stands for it. */
export function giveConstructor(original: Constructor, shown: Constructor): void {
  const { prototype } = original as { readonly prototype: object };
  Object.defineProperty(prototype, "constructor", {
    value: shown,
    configurable: true,
    writable: true,
  });
}

/** Whatever keeps it from being recorded, the page has its object. */
function quietly(observe: () => void): void {
  try {
    observe();
  } catch {
    // The page must not notice.
  }
}
