import { describe, expect, test } from "vitest";
import { printBareMessage, readBareMessage } from "../../lib/handshake/bare-message.ts";

const offer = { type: "offer", sdp: "v=0\r\n" };
const candidate = { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMLineIndex: 0 };

describe("a bare channel's messages", () => {
  test.each([
    ["an offer", { type: "offer", data: offer }, { sdp: offer }],
    [
      "an answer",
      { type: "answer", data: { type: "answer", sdp: "" } },
      { sdp: { type: "answer", sdp: "" } },
    ],
    ["a candidate", { type: "candidate", data: candidate }, { candidate }],
    ["the end of candidates", { type: "candidate", data: null }, { candidate: null }],
  ] as const)("print and read %s", (_name, message, wire) => {
    expect(JSON.parse(printBareMessage(message) ?? "")).toEqual(wire);
    expect(readBareMessage(JSON.stringify(wire))).toEqual(message);
  });

  test("have no word for bye", () => {
    expect(printBareMessage({ type: "bye" })).toBeUndefined();
  });

  test.each([
    "",
    "hello",
    "[]",
    "null",
    "{}",
    '{"sdp":"v=0"}',
    '{"sdp":{"type":"dance"}}',
    '{"candidate":7}',
    '{"sdp":null}',
  ])("are not %j", (text) => {
    expect(readBareMessage(text)).toBeUndefined();
  });
});
