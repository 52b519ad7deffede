import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readStunAddress,
  readStunError,
  readStunText,
  stunAddress,
  stunError,
  stunNumber,
  stunText,
} from "../../lib/ice/stun-attribute.ts";
import { explainStunError } from "../../lib/ice/stun-error.ts";
import type { StunMessage } from "../../lib/ice/stun-message.ts";
import {
  isSigned,
  parseStunMessage,
  printStunMessage,
  stunLength,
} from "../../lib/ice/stun-message.ts";

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
const sign = (bytes: Uint8Array): Uint8Array =>
  createHmac("sha1", "VOkJxbRl1RmTxUk/WvJxBt").update(bytes).digest();

// RFC 5769 §2.1, §2.2 and §2.3.
const request = bytesOf(`
  00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
  80 22 00 10 53 54 55 4e 20 74 65 73 74 20 63 6c 69 65 6e 74
  00 24 00 04 6e 00 01 ff 80 29 00 08 93 2f f9 b1 51 26 3b 36
  00 06 00 09 65 76 74 6a 3a 68 36 76 59 20 20 20
  00 08 00 14 9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49 c1 b5 71 a2
  80 28 00 04 e5 7a 3b cf`);
const responseIPv4 = bytesOf(`
  01 01 00 3c 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
  80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20
  00 20 00 08 00 01 a1 47 e1 12 a6 43
  00 08 00 14 2b 91 f5 99 fd 9e 90 c3 8c 74 89 f9 2a f9 ba 53 f0 6b e7 d7
  80 28 00 04 c0 7d 4c 96`);
const responseIPv6 = bytesOf(`
  01 01 00 48 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
  80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20
  00 20 00 14 00 02 a1 47 01 13 a9 fa a5 d3 f1 79 bc 25 f4 b5 be d2 b9 d9
  00 08 00 14 a3 82 95 4e 4b e6 7b f1 17 84 c9 7c 82 92 c2 75 bf e3 ed 41
  80 28 00 04 c8 fb 0b 4c`);

const readAs = (bytes: Uint8Array): StunMessage => {
  const message = parseStunMessage(bytes);
  if (message === undefined) throw new Error("No STUN message.");
  return message;
};

describe("STUN messages", () => {
  it("reads the request of RFC 5769, its texts and its signature", () => {
    const message = readAs(request);
    expect(message).toMatchObject({ class: "request", method: "binding" });
    expect(readStunText(message, "SOFTWARE")).toBe("STUN test client");
    expect(readStunText(message, "USERNAME")).toBe("evtj:h6vY");
    expect(isSigned(request, sign)).toBe(true);
    expect(isSigned(request, (bytes) => sign(bytes).fill(0))).toBe(false);
  });

  it.each([
    ["IPv4", responseIPv4, "192.0.2.1"],
    ["IPv6", responseIPv6, "2001:db8:1234:5678:11:2233:4455:6677"],
  ])("reads the %s response of RFC 5769", (_family, bytes, address) => {
    const message = readAs(bytes);
    expect(message).toMatchObject({ class: "success", method: "binding" });
    expect(readStunAddress(message, "XOR-MAPPED-ADDRESS")).toEqual({ address, port: 32853 });
    expect(isSigned(bytes, sign)).toBe(true);
  });

  it("writes what it reads, to the byte but for the padding", () => {
    const message = readAs(responseIPv4);
    const again = printStunMessage(
      { ...message, attributes: message.attributes.slice(0, 2) },
      sign,
    );
    expect(isSigned(again, sign)).toBe(true);
    expect(readAs(again).attributes.slice(0, 2)).toEqual(message.attributes.slice(0, 2));
  });

  it("gives back every message that it writes", () => {
    const anyMessage: fc.Arbitrary<StunMessage> = fc.record({
      class: fc.constantFrom("request", "indication", "success", "error"),
      method: fc.oneof(
        fc.constantFrom("binding", "allocate", "refresh", "create-permission", "channel-bind"),
        fc.integer({ min: 0x10, max: 0xfff }),
      ),
      transactionId: fc.uint8Array({ minLength: 12, maxLength: 12 }),
      attributes: fc.array(
        fc.record({ type: fc.integer({ min: 0, max: 0xffff }), value: fc.uint8Array() }),
        { maxLength: 6 },
      ),
    });
    fc.assert(
      fc.property(anyMessage, (message) => {
        const bytes = printStunMessage(message);
        expect(stunLength(bytes)).toBe(bytes.length);
        expect(parseStunMessage(bytes)).toEqual(message);
      }),
    );
  });

  it("reads no bytes twice and never throws on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const message = parseStunMessage(bytes);
        if (message !== undefined) readStunAddress(message, "XOR-MAPPED-ADDRESS");
      }),
    );
  });

  it.each([
    ["an empty datagram", new Uint8Array()],
    ["an HTTP answer", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["a cut message", request.subarray(0, 40)],
    ["bytes behind the message", Buffer.concat([request, Buffer.alloc(4)])],
    ["another cookie", Uint8Array.from(request, (byte, at) => (at === 4 ? 0 : byte))],
    [
      "an attribute longer than the message",
      bytesOf("000100042112a442000000000000000000000000 80220010"),
    ],
  ])("takes %s for no STUN", (_what, bytes) => {
    expect(parseStunMessage(bytes)).toBeUndefined();
  });

  it("cuts messages out of a stream by their length", () => {
    expect(stunLength(request.subarray(0, 3))).toBe(20);
    expect(stunLength(Buffer.concat([request, responseIPv4]))).toBe(request.length);
    expect(stunLength(Buffer.from("HTTP/1.1 400"))).toBeUndefined();
  });

  it.each(["192.0.2.1", "2001:db8::1"])("masks and unmasks %s", (address) => {
    const transactionId = Uint8Array.from({ length: 12 }, (_, at) => at);
    const place = { address, port: 3478 };
    const message: StunMessage = {
      class: "success",
      method: "allocate",
      transactionId,
      attributes: [
        stunAddress("XOR-RELAYED-ADDRESS", place, transactionId),
        stunAddress("OTHER-ADDRESS", place, transactionId),
      ],
    };
    const read = readAs(printStunMessage(message));
    expect(readStunAddress(read, "XOR-RELAYED-ADDRESS")).toEqual(place);
    expect(readStunAddress(read, "OTHER-ADDRESS")).toEqual(place);
    expect(readStunAddress(read, "XOR-MAPPED-ADDRESS")).toBeUndefined();
  });

  it("carries an error with its words", () => {
    const transactionId = new Uint8Array(12);
    const attributes = [
      stunError({ code: 438, reason: "Stale Nonce" }),
      stunText("REALM", "예제"),
      stunNumber("LIFETIME", 600),
    ];
    const bytes = printStunMessage({
      class: "error",
      method: "allocate",
      transactionId,
      attributes,
    });
    const message = readAs(bytes);
    expect(message.class).toBe("error");
    expect(readStunError(message)).toEqual({ code: 438, reason: "Stale Nonce" });
    expect(readStunText(message, "REALM")).toBe("예제");
  });

  it("names wrong use", () => {
    const message: StunMessage = {
      class: "request",
      method: "binding",
      transactionId: new Uint8Array(12),
      attributes: [],
    };
    expect(() => printStunMessage({ ...message, transactionId: new Uint8Array(4) })).toThrow(
      "A transaction id has 12 bytes; got 4.",
    );
    expect(() => printStunMessage({ ...message, method: 5000 })).toThrow(
      "from 0 to 4095; got 5000",
    );
    expect(() => stunError({ code: 200, reason: "" })).toThrow("from 300 to 699; got 200");
    expect(() =>
      stunAddress("MAPPED-ADDRESS", { address: "example.org", port: 1 }, new Uint8Array(12)),
    ).toThrow('An IP address is needed; got "example.org".');
  });
});

describe("STUN error codes", () => {
  it.each([
    300, 400, 401, 403, 405, 420, 437, 438, 440, 441, 442, 443, 446, 447, 486, 487, 500, 508,
  ])("explains %i in both languages", (code) => {
    const found = explainStunError(code);
    expect(found?.name).toMatch(/^[A-Z]/);
    expect(found?.meaning.en).toMatch(/\.$/);
    expect(found?.meaning.ko).toMatch(/니다[.(]/);
  });

  it("knows no others", () => {
    expect(explainStunError(499)).toBeUndefined();
  });
});
