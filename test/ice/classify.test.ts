import { describe, expect, it } from "vitest";
import { classifyCandidate } from "../../lib/ice/classify.ts";
import { candidateEvidence } from "../../lib/ice/evidence.ts";
import { readNetworkCost } from "../../lib/ice/network-cost.ts";
import { candidateOf, udp } from "../support/candidates.ts";

describe("classifyCandidate", () => {
  it("tells type, transport, family, scope and the way to the TURN server", () => {
    expect(
      classifyCandidate(
        candidateOf("1 1 udp 50340351 9.9.9.9 50496 typ relay raddr 8.8.8.8 rport 42535"),
      ),
    ).toMatchObject({
      type: "relay",
      transport: "udp",
      family: "IPv4",
      scope: "public",
      relatedScope: "public",
      relayTransport: "udp",
      scheme: "libwebrtc",
    });
    expect(
      classifyCandidate(candidateOf("1 1 TCP 2105524479 fd00::1 9 typ host tcptype active")),
    ).toMatchObject({ transport: "tcp", tcpType: "active", family: "IPv6", scope: "unique-local" });
    expect(classifyCandidate(candidateOf("1 1 sctp 1 999.1.1.1 9 typ hst"))).toMatchObject({
      type: "unknown",
      transport: "unknown",
      scope: "invalid",
    });
  });

  it("says what a candidate gives away", () => {
    const english = (text: string): string =>
      classifyCandidate(candidateOf(text))
        .reveals.map(({ en }) => en)
        .join(" ");
    expect(
      english("1 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr 10.0.0.1 rport 46154"),
    ).toContain("10.0.0.1");
    expect(english("1 1 udp 50340351 9.9.9.9 50496 typ relay raddr 8.8.8.8 rport 42535")).toContain(
      "TURN server sees the machine as 8.8.8.8",
    );
    expect(
      english("1 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr 0.0.0.0 rport 0"),
    ).not.toContain("0.0.0.0");
  });

  it("says what a candidate proves", () => {
    const english = (text: string): string =>
      classifyCandidate(candidateOf(text))
        .proves.map(({ en }) => en)
        .join(" ");
    expect(english("1 1 udp 1677729535 9.9.9.9 5000 typ srflx raddr 9.9.9.9 rport 5000")).toContain(
      "No NAT",
    );
    expect(
      english("1 1 udp 1677729535 9.9.9.9 5000 typ srflx raddr 10.0.0.1 rport 5000"),
    ).toContain("kept the port 5000");
    expect(
      english("1 1 udp 1677729535 9.9.9.9 6000 typ srflx raddr 10.0.0.1 rport 5000"),
    ).toContain("from 5000 to 6000");
    expect(english("1 1 udp 2130706431 10.0.0.1 5000 typ host")).toBe("");
  });
});

describe("readNetworkCost", () => {
  it.each<[string, object]>([
    ["network-id 1", { network: "ethernet", isVpn: false }],
    ["network-cost 10", { network: "wifi", isVpn: false }],
    ["network-cost 11", { network: "wifi", isVpn: true }],
    ["network-cost 1", { network: "ethernet", isVpn: true }],
    ["network-cost 900", { network: "cellular", isVpn: false }],
    ["network-cost 251", { network: "cellular", isVpn: true }],
    ["network-cost 999", { network: "hidden", isVpn: false }],
    ["network-cost 77", { network: "unknown", isVpn: false }],
  ])("%s", (extension, expected) => {
    const candidate = candidateOf(`1 1 udp 2122260223 10.0.0.1 5000 typ host ${extension}`);
    expect(readNetworkCost(candidate)).toMatchObject(expected);
  });

  it("says nothing of a candidate that says nothing", () => {
    expect(readNetworkCost(udp("host 10.0.0.1:5000"))).toBeUndefined();
    expect(
      readNetworkCost(candidateOf("1 1 udp 2122260223 10.0.0.1 5000 typ host network-cost low")),
    ).toBeUndefined();
  });
});

describe("candidateEvidence", () => {
  const names = (...texts: string[]): string[] =>
    candidateEvidence(
      texts.map((text) => (text.includes("typ") ? candidateOf(text) : udp(text))),
    ).map(({ name }) => name);

  it("sees a symmetric NAT in two addresses of one socket", () => {
    expect(
      names(
        "host 10.0.0.1:5000",
        "srflx 9.9.9.9:6000 of 10.0.0.1:5000",
        "srflx 9.9.9.9:6001 of 10.0.0.1:5000",
      ),
    ).toContain("symmetric-nat");
  });

  it("sees it where the browser hides the base, when there is one socket only", () => {
    const hidden = "1 1 udp 2113937151 e4771955-a734-42aa-b27f-d4f98463da81.local 59254 typ host";
    expect(
      names(hidden, "srflx 9.9.9.9:6000 of 0.0.0.0:0", "srflx 9.9.9.9:6001 of 0.0.0.0:0"),
    ).toEqual(["symmetric-nat", "nat", "hidden-addresses"]);
  });

  it("does not take two sockets, or two families, for one", () => {
    expect(
      names(
        "host 10.0.0.1:5000",
        "host 10.0.0.1:5001",
        "srflx 9.9.9.9:6000 of 10.0.0.1:5000",
        "srflx 9.9.9.9:6001 of 10.0.0.1:5001",
      ),
    ).not.toContain("symmetric-nat");
  });

  it("sees that there is no NAT", () => {
    expect(names("host 9.9.9.9:5000")).toEqual(["no-nat"]);
    expect(names("host 10.0.0.1:5000", "srflx 9.9.9.9:5000 of 10.0.0.1:5000")).toEqual([
      "nat",
      "port-preserving-nat",
    ]);
  });

  it("sees what is missing", () => {
    expect(names("host 10.0.0.1:5000")).toEqual(["no-reflexive"]);
    expect(names("relay 9.9.9.9:5000")).toEqual(["relay", "relay-only"]);
    expect(names("1 1 tcp 1518280447 9.9.9.9 9 typ host tcptype active")).toEqual([
      "no-nat",
      "tcp-only",
    ]);
    expect(names("1 1 udp 2122260223 127.0.0.1 5000 typ host")).toContain("loopback-only");
    expect(names()).toEqual([]);
  });

  it("sees a VPN, a cellular network and a provider's NAT", () => {
    expect(names("1 1 udp 2122260223 10.8.0.2 5000 typ host network-cost 11")).toContain("vpn");
    expect(names("1 1 udp 2122260223 10.8.0.2 5000 typ host network-cost 900")).toContain(
      "cellular",
    );
    expect(names("host 100.72.1.1:5000")).toContain("carrier-nat");
  });
});
