/**
 * Finds values by a name that stands inside a longer text. A description has hundreds of attribute names, and hashing each
 * would cost more than reading the value: names are told apart by length, first and last character, and then compared.
 */
export class NameIndex<Value> {
  readonly #slots: (readonly Entry<Value>[])[] = Array.from({ length: SLOTS }, () => []);

  constructor(values: Iterable<readonly [string, Value]>) {
    for (const [name, value] of values) {
      const slot = slotOf(name, 0, name.length);
      this.#slots[slot] = [...(this.#slots[slot] ?? []), { name, value }];
    }
  }

  /** The value of the name between two offsets of a text; `undefined` when there is none of that name. */
  find(text: string, start: number, end: number): Value | undefined {
    const entries = this.#slots[slotOf(text, start, end)] as readonly Entry<Value>[];
    if (entries.length === 0) return undefined;
    const name = text.slice(start, end);
    for (const entry of entries) {
      if (entry.name === name) return entry.value;
    }
    return undefined;
  }
}

interface Entry<Value> {
  readonly name: string;
  readonly value: Value;
}

const SLOTS = 1024;

function slotOf(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  const last = text.charCodeAt(end - 1);
  return ((end - start) * 37 + first * 11 + last * 3) & (SLOTS - 1);
}
