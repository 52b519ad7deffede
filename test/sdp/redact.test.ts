import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../../lib/ice/address.ts";
import { checkAnswer } from "../../lib/rules/check-answer.ts";
import { lint } from "../../lib/rules/lint.ts";
import { createMask } from "../../lib/sdp/mask.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { createRedactor } from "../../lib/trace/redact.ts";

const folder = new URL("../fixtures/sdp/", import.meta.url);
const recorded = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".sdp"))
  .map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const);

describe("a redacted description", () => {
  test.each(recorded)("of %s holds no secret and breaks the same rules", (_name, sdp) => {
    const redactor = createRedactor({ key: "a key" });
    const redacted = redactor.description(sdp);
    expect(redactor.leaks(sdp, redacted)).toEqual([]);
    const verdicts = (text: string): readonly unknown[] =>
      lint(text).map(({ code, severity, position }) => [code, severity, position?.line]);
    expect(verdicts(redacted.toString())).toEqual(verdicts(sdp));
  });

  test("keeps what fits together together: offer and answer under one redactor", () => {
    const { description } = createRedactor({ key: "a key" });
    for (const [name, offer] of recorded) {
      if (!name.endsWith(".offer.sdp")) continue;
      const answer = recorded.find(([other]) => other === name.replace(".offer.", ".answer."))?.[1];
      if (answer === undefined) continue;
      const codes = (first: string, second: string): readonly string[] =>
        checkAnswer(first, second).map(({ code }) => code);
      const after = codes(description(offer).toString(), description(answer).toString());
      expect(after, name).toEqual(codes(offer, answer));
    }
  });

  const sdp = [
    "v=0",
    "o=alice 2890844526 2 IN IP4 203.0.113.7",
    "s=Standup of Alice",
    "t=0 0",
    "m=audio 9 UDP/TLS/RTP/SAVPF 0",
    "c=IN IP4 0.0.0.0",
    "a=ice-ufrag:Ab+9",
    "a=ice-pwd:abcdefghijklmnopqrstuv",
    `a=fingerprint:sha-256 ${Array<string>(32).fill("9C").join(":")}`,
    "a=candidate:842163049 1 udp 1677729535 198.51.100.20 46154 typ srflx raddr 192.168.1.5 rport 46154 ufrag Ab+9",
    "a=candidate:1 1 udp 2130706431 192.168.1.77 50000 typ host",
    "a=ssrc:11223344 cname:{8f3e}@alice",
    "a=x-debug:Ab+9 saw 198.51.100.20",
    "",
  ].join("\r\n");

  test("masks each kind in its own shape", () => {
    const redactor = createRedactor({ key: "a key" });
    const lines = redactor.description(sdp).toString().split("\r\n");
    expect(lines[1]).toMatch(/^o=[a-z]{5} [1-9]\d{9} 2 IN IP4 203\.0\.113\.\d+$/);
    expect(lines[2]).toMatch(/^s=[A-Z][a-z]{6} [a-z]{2} [A-Z][a-z]{4}$/);
    expect(lines[5]).toBe("c=IN IP4 0.0.0.0");
    expect(lines[6]).toMatch(/^a=ice-ufrag:[A-Z][a-z]\+\d$/);
    expect(lines[8]).toMatch(/^a=fingerprint:sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(lines[11]).toMatch(/^a=ssrc:\d{8} cname:\{\d[a-z]\d[a-z]\}@[a-z]{5}$/);
    expect(redactor.leaks(sdp, lines.join("\r\n"))).toEqual([]);
  });

  test("gives one value one mask, in lines that nobody understands, too", () => {
    const { description } = createRedactor({ key: "a key" });
    const document = description(sdp);
    const [media] = readDescription(document).media;
    const [srflx, host] = media?.candidates.map(({ candidate }) => candidate) ?? [];
    expect(srflx?.usernameFragment).toBe(media?.ice.ufrag);
    expect(document.toString()).toContain(`a=x-debug:${media?.ice.ufrag} saw ${srflx?.address}`);
    // 192.168.1.5 and 192.168.1.77 share a /24, before and after.
    const network = (address = ""): string => address.split(".").slice(0, 3).join(".");
    expect(network(srflx?.relatedAddress)).toBe(network(host?.address));
    expect(network(host?.address)).not.toBe("192.168.1");
  });

  test("is the same with the same key and another with another key", () => {
    const masked = (key: string): string => createRedactor({ key }).description(sdp).toString();
    expect(masked("one")).toBe(masked("one"));
    expect(masked("one")).not.toBe(masked("two"));
    expect(() => createRedactor({ key: "" })).toThrow("needs a key that is not empty");
  });

  test("shares the lines and sections that held no secret", () => {
    const { description } = createRedactor({ key: "a key" });
    const plain =
      "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n";
    expect(description(plain).toString()).toMatch(/^v=0\r\no=- \d 2 IN IP4 127\.0\.0\.1\r\ns=-/);
    expect(description(description(sdp)).toString()).not.toBe(sdp);
  });

  test("masks keys of every protocol, and SSRCs that were given up", () => {
    const { description } = createRedactor({ key: "a key" });
    const lines = [
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
      "a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO",
      "a=ssrc:11223344 previous-ssrc:55667788 99001122",
      "a=ssrc:55667788 cname:x",
    ];
    const masked = description(lines.join("\r\n")).toString().split("\r\n");
    expect(masked[0]).not.toContain("WVNfX19zZW1jdGwg");
    expect(masked[1]).toMatch(/^a=key-mgmt:mikey [A-Z]{4}/);
    expect(masked[1]).not.toContain("AQAFgM0X");
    expect(masked[2]).toMatch(/^a=ssrc:\d{8} previous-ssrc:\d{8} \d{8}$/);
    expect(masked[2]).toContain(masked[3]?.slice(7, 15));
  });

  test("names the secrets that survived, and where", () => {
    const redactor = createRedactor({ key: "a key" });
    const careless = redactor
      .description(sdp)
      .toString()
      .replace(/a=ice-ufrag:.*/, "a=ice-ufrag:Ab+9");
    const [leak, ...others] = redactor.leaks(sdp, careless);
    expect(others).toEqual([]);
    expect(leak).toMatchObject({ kind: "credential", value: "Ab+9" });
    expect(careless.slice(leak?.span.start, leak?.span.end)).toBe("Ab+9");
  });
});

describe("a mask", () => {
  const mask = createMask("a key");

  test.each([
    "10.1.2.3",
    "172.20.1.1",
    "192.168.0.10",
    "100.64.1.1",
    "169.254.10.10",
    "8.8.8.8",
    "192.0.2.55",
    "224.0.0.251",
    "fe80::1:2:3:4",
    "fd12:3456:789a::1",
    "2607:f8b0:4005:80a::200e",
    "2001:db8::7",
    "2002:c000:204::1",
    "64:ff9b::808:808",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301.local",
    "turn.example.org",
  ])("of %s has its family and scope, and is another address", (address) => {
    const masked = mask.address(address);
    expect(masked).not.toBe(address);
    const before = parseAddress(address);
    expect(parseAddress(masked)).toMatchObject({ form: before?.form, scope: before?.scope });
    expect(mask.address(address)).toBe(masked);
  });

  test("of one address is one mask, however it is spelled, and its zone is hidden", () => {
    expect(mask.address("2607:F8B0:0:0::1")).toBe(mask.address("2607:f8b0::1"));
    expect(mask.address("fe80::1%eth0")).toMatch(/^fe80::[0-9a-f:]+%[a-z]{3}\d$/);
  });

  test("of different values is never the same", () => {
    const addresses = Array.from({ length: 256 }, (_, host) => `192.168.7.${host}`);
    expect(new Set(addresses.map((address) => mask.address(address))).size).toBeGreaterThan(250);
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9+/]{4,24}$/),
        fc.stringMatching(/^[A-Za-z0-9+/]{4,24}$/),
        (a, b) => {
          expect(mask.token(a) === mask.token(b)).toBe(a === b);
          expect(mask.token(a)).toHaveLength(a.length);
        },
      ),
    );
  });

  test("of a number keeps to the side of each limit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 33n }), (value) => {
        const masked = BigInt(mask.number(`${value}`, [0xffffffffn]));
        expect(masked > 0xffffffffn).toBe(value > 0xffffffffn);
      }),
    );
  });
});
