import { describe, expect, it } from "vitest";
import type { Candidate } from "../../lib/ice/candidate.ts";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";
import { printCandidate } from "../../lib/ice/print-candidate.ts";

const made: Candidate = {
  foundation: "1",
  component: 1,
  transport: "tcp",
  priority: 1518280447,
  address: "192.168.1.2",
  port: 9,
  type: "host",
  tcpType: "active",
  usernameFragment: "abcd",
  extensions: [{ name: "generation", value: "0" }],
};

describe("printCandidate", () => {
  it("prints a candidate that was made, with its own fields as extensions", () => {
    expect(printCandidate(made)).toBe(
      "candidate:1 1 tcp 1518280447 192.168.1.2 9 typ host tcptype active generation 0 ufrag abcd",
    );
  });

  it("keeps odd spelling that the fields cannot tell", () => {
    const text = "a=candidate:1  01 UDP 2113937151 192.168.1.2 05000 typ host \r\n";
    expect(printCandidate(read(text))).toBe(text);
  });

  it("prints what was changed, under the prefix it was read with", () => {
    const candidate = read(
      "a=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host generation 0\r\n",
    );
    expect(printCandidate({ ...candidate, address: "10.0.0.1" })).toBe(
      "a=candidate:1 1 udp 2113937151 10.0.0.1 5000 typ host generation 0",
    );
  });

  it("replaces an extension by its changed field, in place", () => {
    const candidate = read("1 1 udp 2113937151 192.168.1.2 5000 typ host ufrag old generation 0");
    expect(printCandidate({ ...candidate, usernameFragment: "new" })).toBe(
      "1 1 udp 2113937151 192.168.1.2 5000 typ host ufrag new generation 0",
    );
  });
});

function read(text: string): Candidate {
  const { candidate } = parseCandidate(text);
  if (!candidate) throw new Error(`Not read: ${text}`);
  return candidate;
}
