import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../lib/ice/candidate.ts";
import { formPairs, pairPriority } from "../../lib/ice/pair.ts";
import { candidateOf, udp } from "../support/candidates.ts";

describe("pairPriority", () => {
  it("has 64 bits", () => {
    expect(pairPriority(2130706431, 1694498815)).toBe(7277816997797167103n);
    expect(pairPriority(1694498815, 2130706431)).toBe(7277816997797167102n);
    expect(pairPriority(1, 1)).toBe((1n << 32n) + 2n);
  });

  it("orders pairs alike on both sides", () => {
    const priority = fc.integer({ min: 1, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(priority, priority, (g, d) => {
        const value = pairPriority(g, d);
        expect(
          value >> 32n === BigInt(Math.min(g, d)) || value >> 32n === BigInt(Math.min(g, d)) + 0n,
        ).toBe(true);
        expect(value - pairPriority(d, g)).toBe(g > d ? 1n : g < d ? -1n : 0n);
      }),
    );
  });
});

describe("formPairs", () => {
  const local = [
    udp("host 10.0.0.1:5000"),
    udp("srflx 9.9.9.9:6000 of 10.0.0.1:5000"),
    udp("relay 8.8.4.4:7000 of 9.9.9.9:6000"),
  ];
  const remote = [udp("host 192.168.1.5:4000"), udp("srflx 7.7.7.7:4000 of 192.168.1.5:4000")];

  it("orders by priority, sends from bases, and prunes what is the same on the wire", () => {
    const { pairs, pruned, discarded, impossible } = formPairs(local, remote, "controlling");
    expect(pairs.map(shown)).toEqual([
      "host 10.0.0.1 → host 192.168.1.5",
      "host 10.0.0.1 → srflx 7.7.7.7",
      "relay 8.8.4.4 → host 192.168.1.5",
      "relay 8.8.4.4 → srflx 7.7.7.7",
    ]);
    expect(pruned.map(({ pair, keptPair }) => `${shown(pair)} / ${shown(keptPair)}`)).toEqual([
      "srflx 9.9.9.9 → host 192.168.1.5 / host 10.0.0.1 → host 192.168.1.5",
      "srflx 9.9.9.9 → srflx 7.7.7.7 / host 10.0.0.1 → srflx 7.7.7.7",
    ]);
    expect(pruned[0]?.pair.base).toBe(local[0]);
    expect(discarded).toEqual([]);
    expect(impossible).toEqual([]);
  });

  it("gives a pair the same priority on both sides", () => {
    const ours = formPairs(local, remote, "controlling").pairs;
    const theirs = formPairs(remote, local, "controlled").pairs;
    const shared = ours.flatMap((pair) => {
      const mirrored = theirs.find(
        (each) => each.local === pair.remote && each.remote === pair.local,
      );
      return mirrored ? [[pair.priority, mirrored.priority]] : [];
    });
    expect(shared).toHaveLength(2);
    for (const [a, b] of shared) expect(a).toBe(b);
  });

  it("limits, lowest first, and says what it left out", () => {
    const { pairs, discarded } = formPairs(local, remote, "controlling", { limit: 2 });
    expect(pairs).toHaveLength(2);
    expect(discarded.map(shown)).toEqual([
      "relay 8.8.4.4 → host 192.168.1.5",
      "relay 8.8.4.4 → srflx 7.7.7.7",
    ]);
    expect(() => formPairs(local, remote, "controlling", { limit: 0 })).toThrow("not 1 or more");
  });

  it.each<[string, Candidate, Candidate, string]>([
    [
      "UDP and TCP",
      udp("host 10.0.0.1:5000"),
      candidateOf("1 1 tcp 1518280447 10.0.0.2 9 typ host tcptype active"),
      "transport",
    ],
    [
      "IPv4 and IPv6",
      udp("host 10.0.0.1:5000"),
      candidateOf("1 1 udp 2122262783 2a00::1 5000 typ host"),
      "family",
    ],
    [
      "two active ones",
      candidateOf("1 1 tcp 1518280447 10.0.0.1 9 typ host tcptype active"),
      candidateOf("1 1 tcp 1518280447 10.0.0.2 9 typ host tcptype active"),
      "tcp-direction",
    ],
    [
      "passive and so",
      candidateOf("1 1 tcp 1518280447 10.0.0.1 5 typ host tcptype passive"),
      candidateOf("1 1 tcp 1518280447 10.0.0.2 6 typ host tcptype so"),
      "tcp-direction",
    ],
    [
      "TCP without tcptype",
      candidateOf("1 1 tcp 1518280447 10.0.0.1 5 typ host"),
      candidateOf("1 1 tcp 1518280447 10.0.0.2 6 typ host tcptype passive"),
      "tcp-direction",
    ],
    [
      "link-local and global",
      candidateOf("1 1 udp 2122262783 fe80::1 5000 typ host"),
      candidateOf("1 1 udp 2122262783 2a00::1 5000 typ host"),
      "link-local",
    ],
    ["loopback to elsewhere", udp("host 127.0.0.1:5000"), udp("host 10.0.0.2:5000"), "loopback"],
    ["the unspecified address", udp("host 10.0.0.1:5000"), udp("host 0.0.0.0:5000"), "address"],
    ["port 0", udp("host 10.0.0.1:5000"), udp("host 10.0.0.2:0"), "address"],
  ])("cannot pair %s", (_kind, ours, theirs, name) => {
    const { pairs, impossible } = formPairs([ours], [theirs], "controlling");
    expect(pairs).toEqual([]);
    expect(impossible.map(({ reason }) => reason.name)).toEqual([name]);
    expect(impossible[0]?.reason.message.ko).toMatch(/[가-힣]/);
  });

  it("pairs active with passive, and so with so", () => {
    const tcp = (type: string): Candidate =>
      candidateOf(`1 1 tcp 1518280447 10.0.0.1 9 typ host tcptype ${type}`);
    expect(formPairs([tcp("active")], [tcp("passive")], "controlling").pairs).toHaveLength(1);
    expect(formPairs([tcp("passive")], [tcp("active")], "controlling").pairs).toHaveLength(1);
    expect(formPairs([tcp("so")], [tcp("so")], "controlling").pairs).toHaveLength(1);
  });

  it("leaves components apart that the other side has not", () => {
    const rtcp = candidateOf("1 2 udp 2130706430 10.0.0.2 5001 typ host");
    const { pairs, impossible } = formPairs([udp("host 10.0.0.1:5000")], [rtcp], "controlling");
    expect([...pairs, ...impossible]).toEqual([]);
  });

  it("knows that a relay sends only where it has a permission", () => {
    const relay = [udp("relay 8.8.4.4:7000")];
    const { pairs, impossible } = formPairs(relay, remote, "controlling", {
      permissions: ["7.7.7.7"],
    });
    expect(pairs.map(shown)).toEqual(["relay 8.8.4.4 → srflx 7.7.7.7"]);
    expect(impossible.map(({ reason }) => reason.name)).toEqual(["relay-permission"]);
  });

  it.each<[string, readonly Candidate[], readonly Candidate[], string]>([
    [
      "private networks that differ",
      [udp("host 10.0.0.1:5000")],
      [udp("host 192.168.1.5:4000")],
      "private-network",
    ],
    [
      "the same numbers behind different public addresses",
      [udp("host 192.168.0.2:5000"), udp("srflx 9.9.9.9:1 of 192.168.0.2:5000")],
      [udp("host 192.168.0.3:4000"), udp("srflx 7.7.7.7:2 of 192.168.0.3:4000")],
      "same-range",
    ],
    [
      "a relay towards a private address",
      [udp("relay 8.8.4.4:7000")],
      [udp("host 192.168.1.5:4000")],
      "relay-to-private",
    ],
    [
      "an mDNS name from elsewhere",
      [udp("host 10.0.0.1:5000")],
      [udp("host e4771955-a734-42aa-b27f-d4f98463da81.local:4000")],
      "mdns",
    ],
    ["the peer's loopback", [udp("host 10.0.0.1:5000")], [udp("host 127.0.0.1:4000")], "loopback"],
    [
      "one public address on both sides",
      [udp("host 10.0.0.1:5000"), udp("srflx 9.9.9.9:1 of 10.0.0.1:5000")],
      [udp("srflx 9.9.9.9:2 of 10.0.0.7:5000")],
      "hairpin",
    ],
  ])("doubts %s", (_kind, ours, theirs, name) => {
    const { pairs } = formPairs(ours, theirs, "controlling");
    expect(pairs[0]?.unlikely.map((reason) => reason.name)).toEqual([name]);
  });

  it("has no doubt about two hosts of one network", () => {
    const { pairs } = formPairs(
      [udp("host 192.168.1.2:5000")],
      [udp("host 192.168.1.5:4000")],
      "controlling",
    );
    expect(pairs[0]?.unlikely).toEqual([]);
  });

  it("never makes a pair twice, and loses none", () => {
    const some = fc.array(
      fc.constantFrom(
        "host 10.0.0.1:1",
        "host 10.0.0.2:2",
        "srflx 9.9.9.9:3 of 10.0.0.1:1",
        "relay 8.8.8.8:4",
        "host 0.0.0.0:5",
        "host 127.0.0.1:6",
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(some, some, fc.integer({ min: 1, max: 20 }), (ours, theirs, limit) => {
        const a = ours.map((text, rank) => udp(text, rank));
        const b = theirs.map((text, rank) => udp(text, rank));
        const { pairs, pruned, discarded, impossible } = formPairs(a, b, "controlled", { limit });
        expect(pairs.length + pruned.length + discarded.length + impossible.length).toBe(
          a.length * b.length,
        );
        expect(pairs.length).toBeLessThanOrEqual(limit);
        const order = pairs.map(({ priority }) => priority);
        expect(order).toEqual([...order].sort((x, y) => (x > y ? -1 : x < y ? 1 : 0)));
      }),
    );
  });
});

function shown({
  local,
  remote,
}: {
  readonly local: Candidate;
  readonly remote: Candidate;
}): string {
  return `${local.type} ${local.address} → ${remote.type} ${remote.address}`;
}
