import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress, scopeMeanings, sharesPrefix } from "../../lib/ice/address.ts";

describe("parseAddress", () => {
  it.each([
    ["0.0.0.0", "unspecified"],
    ["0.1.2.3", "reserved"],
    ["10.255.255.255", "private"],
    ["100.63.255.255", "public"],
    ["100.64.0.0", "cgnat"],
    ["100.127.255.255", "cgnat"],
    ["100.128.0.0", "public"],
    ["127.0.0.53", "loopback"],
    ["169.254.1.1", "link-local"],
    ["172.15.0.1", "public"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["172.32.0.0", "public"],
    ["192.0.2.1", "documentation"],
    ["192.168.0.1", "private"],
    ["198.18.0.1", "reserved"],
    ["198.51.100.7", "documentation"],
    ["203.0.113.7", "documentation"],
    ["224.0.0.251", "multicast"],
    ["255.255.255.255", "reserved"],
    ["8.8.8.8", "public"],
    ["::", "unspecified"],
    ["::1", "loopback"],
    ["::ffff:192.168.1.1", "private"],
    ["::ffff:8.8.8.8", "public"],
    ["64:ff9b::8.8.8.8", "nat64"],
    ["2001::1", "teredo"],
    ["2001:db8::1", "documentation"],
    ["3fff:fff::1", "documentation"],
    ["2002:c000:204::1", "6to4"],
    ["2a00:1450:4001:81b::200e", "public"],
    ["fc00::1", "unique-local"],
    ["fdff::1", "unique-local"],
    ["fe80::1%eth0", "link-local"],
    ["fec0::1", "reserved"],
    ["ff02::fb", "multicast"],
    ["e4771955-a734-42aa-b27f-d4f98463da81.local", "mdns"],
    ["Laptop.LOCAL", "mdns"],
    ["media.example.com", "name"],
    ["localhost", "name"],
  ])("%s is %s", (text, scope) => {
    expect(parseAddress(text)?.scope).toBe(scope);
    expect(Object.keys(scopeMeanings)).toContain(scope);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3.4:5",
    "1::2::3",
    "12345::",
    "::1%",
    ":1",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "a..b",
    "-",
    "a b",
    "한.kr",
    "x".repeat(64),
  ])("%j is no address", (text) => {
    if (text === "-") expect(parseAddress(text)?.form).toBe("name");
    else expect(parseAddress(text)).toBeUndefined();
  });

  it("spells an IPv6 address as RFC 5952 does", () => {
    expect(parseAddress("2001:0DB8:0:0:1:0:0:1")?.canonical).toBe("2001:db8::1:0:0:1");
    expect(parseAddress("1:0:0:0:0:0:0:0")?.canonical).toBe("1::");
    expect(parseAddress("1:0:2:3:4:5:6:7")?.canonical).toBe("1:0:2:3:4:5:6:7");
  });

  it("reads what it spells, for every address", () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parseAddress(text);
        expect(address).toBeDefined();
        expect(parseAddress(address?.canonical ?? "")?.groups).toEqual(address?.groups);
      }),
    );
    fc.assert(fc.property(fc.ipV4(), (text) => parseAddress(text)?.canonical === text));
  });

  it("keeps the zone apart", () => {
    expect(parseAddress("fe80::1%eth0")).toMatchObject({ zone: "eth0", canonical: "fe80::1" });
  });
});

describe("sharesPrefix", () => {
  it.each<[string, string, number, boolean]>([
    ["192.168.1.2", "192.168.1.200", 24, true],
    ["192.168.1.2", "192.168.2.2", 24, false],
    ["10.1.2.3", "10.1.255.1", 16, true],
    ["10.0.0.0", "10.128.0.0", 9, false],
    ["2001:db8:1::1", "2001:db8:1:ffff::1", 48, true],
    ["2001:db8:1::1", "2001:db8:2::1", 48, false],
    ["10.0.0.1", "::1", 0, false],
    ["a.local", "10.0.0.1", 8, false],
  ])("%s and %s in their first bits", (a, b, bits, shares) => {
    const [left, right] = [parseAddress(a), parseAddress(b)];
    if (!left || !right) throw new Error("Not an address.");
    expect(sharesPrefix(left, right, bits)).toBe(shares);
  });
});
