import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../lib/diagnostic.ts";
import { candidateFaults } from "../../lib/ice/candidate-fault.ts";
import { fragmentFaults } from "../../lib/ice/fragment-fault.ts";
import { candidateRules } from "../../lib/rules/candidate/catalog.ts";
import { createReport } from "../../lib/rules/rule.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

const head =
  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=ice-ufrag:aaaa\r\na=ice-pwd:0123456789012345678901\r\n";
const host = "a=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host";

describe("the rules about candidates", () => {
  it.each<[string, readonly string[], string, number]>([
    ["the same candidate twice", [host, host], "candidate/duplicate", 11],
    ["one priority for two", [host, host.replace("5000", "5001")], "candidate/priority-unique", 11],
    [
      "a relay above a host",
      [
        "a=candidate:2 1 udp 2130706431 9.9.9.9 5000 typ relay raddr 0.0.0.0 rport 9",
        host.replace("2113937151", "1694498815"),
      ],
      "candidate/type-preference-order",
      10,
    ],
    [
      "TCP above UDP",
      [host, "a=candidate:2 1 tcp 2121948671 192.168.1.2 9 typ host tcptype active"],
      "candidate/tcp-above-udp",
      11,
    ],
    [
      "two type preferences for one type",
      [host, "a=candidate:2 1 udp 1694498815 192.168.1.3 5000 typ host"],
      "candidate/type-preference",
      11,
    ],
    [
      "one type preference for two types",
      [host, "a=candidate:2 1 udp 2113929471 9.9.9.9 5000 typ srflx raddr 0.0.0.0 rport 9"],
      "candidate/type-preference",
      11,
    ],
    [
      "a direction that is not the tcptype's",
      ["a=candidate:2 1 tcp 1514274047 192.168.1.2 9 typ host tcptype active"],
      "candidate/tcp-direction",
      10,
    ],
    [
      "an address that gives the hidden one away",
      [
        "a=candidate:1 1 udp 2113937151 e4771955-a734-42aa-b27f-d4f98463da81.local 5000 typ host",
        "a=candidate:2 1 udp 1677729535 9.9.9.9 5000 typ srflx raddr 192.168.1.2 rport 5000",
      ],
      "candidate/hidden-base",
      11,
    ],
    ["a candidate after the end", ["a=end-of-candidates", host], "candidate/after-end", 11],
    [
      "component 2 alone",
      ["a=candidate:1 2 udp 2113937150 192.168.1.2 5000 typ host"],
      "candidate/component-gap",
      10,
    ],
    [
      "a foundation for two types",
      [host, "a=candidate:1 1 udp 1677729535 9.9.9.9 5000 typ srflx raddr 0.0.0.0 rport 9"],
      "candidate/foundation-shared",
      11,
    ],
    ["a ufrag of another session", [`${host} ufrag bbbb`], "candidate/generation", 10],
    [
      "link-local beside others",
      [host, "a=candidate:2 1 udp 2113939711 fe80::1 5000 typ host"],
      "candidate/link-local",
      11,
    ],
    ["a fault of the text", [host.replace("5000", "x")], "candidate/port-syntax", 10],
  ])("tell %s", (_fault, lines, code, line) => {
    const found = judge(`${head}${lines.join("\r\n")}\r\n`).find((each) => each.code === code);
    expect(found?.position?.line).toBe(line);
  });

  it("have nothing to say about an ordinary section", () => {
    expect(judge(`${head}${host}\r\na=end-of-candidates\r\n`)).toEqual([]);
  });

  it("find no error in what real endpoints send", () => {
    const errors = sdpFixtures.flatMap(({ name, text }) =>
      judge(text)
        .filter(
          ({ severity, code }) =>
            severity === "error" || (severity === "warning" && code !== "candidate/loopback"),
        )
        .map(({ code, message }) => `${name} ${code} ${message.en}`),
    );
    expect(errors).toEqual([]);
  });

  it("are one for each fault that the parsers know", () => {
    const codes = candidateRules.map(({ code }) => code);
    const faults = [...Object.keys(candidateFaults), ...Object.keys(fragmentFaults)].filter(
      (code) => !code.startsWith("candidate/init-") && code !== "candidate/json-text",
    );
    expect(codes).toEqual(expect.arrayContaining(faults));
    expect(new Set(codes).size).toBe(codes.length);
    expect([...codes].sort()).toEqual(codes);
  });

  it("judge a fragment, and leave a bare candidate alone", () => {
    const fragment = "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n";
    expect(judgeText(fragment).map(({ code }) => code)).toEqual(["fragment/credentials-missing"]);
    expect(judgeText(`${host}\r\n`)).toEqual([]);
  });
});

function judge(text: string): Diagnostic[] {
  const { document, media } = readDescription(text);
  const found: Diagnostic[] = [];
  for (const section of media)
    for (const rule of candidateRules)
      rule.check({
        document,
        candidates: section.candidates,
        media: section,
        report: createReport(rule, document, found),
      });
  return found;
}

function judgeText(text: string): Diagnostic[] {
  const { document } = readDescription(text);
  const found: Diagnostic[] = [];
  for (const rule of candidateRules)
    rule.check({ document, candidates: [], report: createReport(rule, document, found) });
  return found;
}
