/** Reads one field of an object that somebody else made; `undefined` where it has none that may be read. */
export type FieldReader = (value: object, name: string) => unknown;

/**
 * A field as the browser keeps it, read without running anything that the page wrote: a data property, or what a getter
 * of the browser's own says. A getter of the page is passed over, and so one of the browser's that it covers is found.
 * The traps of a `Proxy` alone cannot be told apart.
 */
export const readNativeField: FieldReader = (value, name) => {
  const own = descriptorOf(value, name);
  if (own !== undefined && own.get === undefined) return own.value;
  const prototype: object | null = prototypeOf(value);
  if (prototype === null) return undefined;
  let getters = nativeGetters.get(prototype);
  if (getters === undefined) {
    getters = new Map();
    nativeGetters.set(prototype, getters);
  }
  // What the browser says it says by the same getter for ever, also when a script covers that one later.
  const known = getters.get(name);
  if (known !== undefined) return known.call(value);
  return read(value, name, (getter, isOwn) => {
    if (!isNative(getter)) return false;
    if (!isOwn) getters.set(name, getter);
    return true;
  });
};

/** The browser's getters that were found for the objects of a prototype: looking for one takes longer than asking it. */
const nativeGetters = new WeakMap<object, Map<string, () => unknown>>();

/** A field of an engine that is itself a script, such as werift: the getters of its classes are the engine's. */
export const readScriptedField: FieldReader = (value, name) =>
  read(value, name, (_getter, isOwn) => !isOwn);

/** How the fields of an object with that state, and of all that comes from it, are read: by the browser's getters, or by those of its script. */
export function fieldReaderOf(object: object, state: string): FieldReader {
  for (let holder: object | null = object; holder !== null; holder = prototypeOf(holder)) {
    const getter = descriptorOf(holder, state)?.get;
    if (getter !== undefined && isNative(getter)) return readNativeField;
  }
  return readScriptedField;
}

/** The method that a call of that name runs; `undefined` where there is none, or only what a getter makes. */
export function methodOf(value: object, name: string): Method | undefined {
  for (let holder: object | null = value; holder !== null; holder = prototypeOf(holder)) {
    const descriptor = descriptorOf(holder, name);
    if (descriptor === undefined) continue;
    return typeof descriptor.value === "function" ? (descriptor.value as Method) : undefined;
  }
  return undefined;
}

/** Any function. */
export type Method = (...given: unknown[]) => unknown;

/** Whether the engine made that function, and no script: its text says so, and names it, as that of no bound one or proxy does. */
export function isNative(method: object): boolean {
  let isOne = known.get(method);
  if (isOne === undefined) {
    const text = textOf.call(method);
    isOne = text.length < 200 && NATIVE.test(text);
    known.set(method, isOne);
  }
  return isOne;
}

const known = new WeakMap<object, boolean>();
const NATIVE = /^function (?:get )?[^ ()]+\(\) \{\s*\[native code\]\s*\}$/;

// As they were before any script of the page could replace them.
const { toString: textOf } = Function.prototype;
const { getOwnPropertyDescriptor: descriptorOf, getPrototypeOf: prototypeOf } = Object;

function read(
  value: object,
  name: string,
  isReadable: (getter: () => unknown, isOwn: boolean) => boolean,
): unknown {
  for (let holder: object | null = value; holder !== null; holder = prototypeOf(holder)) {
    const descriptor = descriptorOf(holder, name);
    if (descriptor === undefined) continue;
    const { get } = descriptor;
    if (get === undefined) return descriptor.value;
    if (isReadable(get, holder === value)) return get.call(value);
  }
  return undefined;
}
