import { describe, expect, test } from "vitest";
import { readNativeField, readScriptedField } from "../../lib/record/field.ts";
import { toPlain, toPlainConfiguration } from "../../lib/record/plain.ts";

/** An object whose every field is a getter that counts and fails. */
function asking(names: readonly string[]) {
  let asked = 0;
  const value = {};
  for (const name of names) {
    Object.defineProperty(value, name, {
      enumerable: true,
      get() {
        asked++;
        throw new RangeError(name);
      },
    });
  }
  return { value, asked: () => asked };
}

const names = ["type", "sdp", "candidate", "toJSON", "kind", "label", "readyState", "byteLength"];

describe("a plain value", () => {
  test.each([
    ["of a browser", readNativeField],
    ["of an engine in JavaScript", readScriptedField],
  ])("%s runs no getter of its own object", (_name, read) => {
    const { value, asked } = asking([...names, "iceServers", "credential", "length", "name"]);
    toPlain(value, read);
    toPlain([value, new Map([["a", value]])], read);
    toPlainConfiguration(value, read);
    toPlainConfiguration({ iceServers: [value] }, read);
    expect(asked()).toBe(0);
    expect(toPlain({ a: 1, b: value }, read)).toMatchObject({ a: 1, b: { sdp: "(not read)" } });
  });

  test("of a browser runs no getter and no method of a page's class, and finds the browser's under it", () => {
    let asked = 0;
    class Bytes extends Uint8Array {
      override get byteLength(): number {
        asked++;
        return 7;
      }
      toJSON(): object {
        asked++;
        return {};
      }
    }
    class List extends Array<unknown> {
      override map(): never {
        throw new Error("mapped");
      }
    }
    expect(toPlain(new Bytes(3), readNativeField)).toEqual({ byteLength: 3 });
    expect(toPlain(List.of(1, 2), readNativeField)).toEqual([1, 2]);
    expect(toPlain(new Date(0), readNativeField)).toEqual({ value: "1970-01-01T00:00:00.000Z" });
    expect(asked).toBe(0);
  });

  test("is taken when it is asked for, and safe from later changes", () => {
    const given = { streams: [{ id: "s" }], direction: "sendonly" };
    const plain = toPlain(given);
    given.direction = "inactive";
    expect(plain).toEqual({ streams: [{ id: "s" }], direction: "sendonly" });
  });

  test("has an end, also of a value that has none", () => {
    const loop: Record<string, unknown> = {};
    for (const name of "abcdefghij") loop[name] = loop;
    expect(JSON.stringify(toPlain(loop)).length).toBeLessThan(200_000);
    expect(toPlain(new Array(5000).fill(0))).toHaveLength(1999);
  });

  test("stands for what cannot be read at all", () => {
    const trap = new Proxy({}, { getOwnPropertyDescriptor: () => JSON.parse("no") });
    expect(toPlain(trap)).toBe("(unreadable)");
  });
});
