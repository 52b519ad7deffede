import { describe, expect, test } from "vitest";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import type { Trace } from "../../lib/trace/trace.ts";

const header =
  '{"sdpscope":1,"id":"s1","startedAt":"2026-11-21T03:00:00.000Z","clock":"monotonic","source":{"format":"recorder"},"peers":[{"id":"alice"}]}';
const one = '{"seq":1,"t":0.5,"peer":"alice","kind":"note","text":"one"}';
const two = '{"seq":2,"t":1,"kind":"note","text":"둘"}';

function codes(text: string): readonly string[] {
  return readTrace(text).diagnostics.map((diagnostic) => diagnostic.code);
}

describe("a trace file", () => {
  test("is read and written back to the same text", () => {
    const text = `${header}\n${one}\n${two}\n`;
    const { trace, diagnostics } = readTrace(text);
    expect(diagnostics).toEqual([]);
    expect(trace.header.id).toBe("s1");
    expect(trace.events.map((event) => event.seq)).toEqual([1, 2]);
    expect(writeTrace(trace)).toBe(text);
  });

  test("keeps line ends inside descriptions", () => {
    const trace: Trace = {
      header: readTrace(header).trace.header,
      events: [
        {
          seq: 1,
          t: 0,
          kind: "settle",
          call: 1,
          result: { type: "offer", sdp: "v=0\r\ns=-\u2028\r\n" },
        },
      ],
    };
    expect(readTrace(writeTrace(trace)).trace).toEqual(trace);
  });

  test("leaves out a torn last line and says where the trace ends", () => {
    const { trace, diagnostics } = readTrace(`${header}\n${one}\n${two.slice(0, 20)}`);
    expect(trace.events).toHaveLength(1);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "trace/torn-line",
      severity: "warning",
      position: { line: 3, column: 1 },
      message: { en: expect.stringContaining("ends with event 1") },
    });
  });

  test("takes a whole last line that only lacks its line end", () => {
    expect(codes(`${header}\n${one}`)).toEqual([]);
  });

  test("reports a broken line in the middle with its span and reads on", () => {
    const text = `${header}\n${one}\n{"seq":\n${two}\n`;
    const { trace, diagnostics } = readTrace(text);
    expect(trace.events).toHaveLength(2);
    const [diagnostic] = diagnostics;
    expect(diagnostic).toMatchObject({ code: "trace/not-json", position: { line: 3 } });
    expect(text.slice(diagnostic?.span?.start, diagnostic?.span?.end)).toBe('{"seq":');
  });

  test("keeps an event of an unknown kind and unknown fields of a known one", () => {
    const unknown = '{"seq":1,"t":0,"kind":"weather","sky":"blue"}';
    const extended = '{"seq":2,"t":0,"kind":"note","text":"x","colour":"red"}';
    const text = `${header}\n${unknown}\n${extended}\n`;
    expect(codes(text)).toEqual([]);
    expect(writeTrace(readTrace(text).trace)).toBe(text);
  });

  test("reads a file with a byte order mark, CRLF and empty lines", () => {
    expect(codes(`\ufeff${header}\r\n\r\n${one}\r\n`)).toEqual([]);
  });

  test.each([
    ["an empty file", "", ["trace/header"]],
    ["a file without a header", `${one}\n`, ["trace/header"]],
    ["a later version", `{"sdpscope":2}\n${one}\n`, ["trace/header"]],
    ["a header without a start", '{"sdpscope":1,"id":"x"}\n', ["trace/header"]],
    ["a gap", `${header}\n${two}\n`, ["trace/seq-gap"]],
    ["a repeated number", `${header}\n${one}\n${one}\n`, ["trace/seq-order"]],
    ["an event without a time", `${header}\n{"seq":1,"kind":"note","text":""}\n`, ["trace/event"]],
    [
      "an event of a known kind that lacks a field",
      `${header}\n{"seq":1,"t":0,"kind":"call","call":1}\n`,
      ["trace/event"],
    ],
    [
      "a kind named like an object's method",
      `${header}\n{"seq":1,"t":0,"kind":"constructor"}\n`,
      [],
    ],
    ["a list instead of an event", `${header}\n[1]\n`, ["trace/event"]],
  ])("%s", (_name, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test("still gives the events of a file without a header", () => {
    expect(readTrace(`${one}\n`).trace).toMatchObject({
      header: { id: "unknown" },
      events: [{ seq: 1 }],
    });
  });
});
