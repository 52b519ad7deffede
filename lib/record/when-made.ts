import { quietly } from "./quietly.ts";

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

/** Makes the prototype of a class name that class again, unless something else than what stood for it is named there by now. */
export function giveBackConstructor(original: Constructor, shown: Constructor): void {
  const { prototype } = original as { readonly prototype: { readonly constructor: unknown } };
  if (prototype.constructor === shown) giveConstructor(original, original);
}

function giveConstructor(original: Constructor, shown: Constructor): void {
  const { prototype } = original as { readonly prototype: object };
  Object.defineProperty(prototype, "constructor", {
    value: shown,
    configurable: true,
    writable: true,
  });
}
