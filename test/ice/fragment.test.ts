import { describe, expect, it } from "vitest";
import type { FragmentBinding } from "../../lib/ice/fragment.ts";
import { createFragment, parseFragment, printFragment } from "../../lib/ice/fragment.ts";
import { udp } from "../support/candidates.ts";

const credentials = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n";
// RFC 9725 §4.3.2's shape: credentials, then a pseudo section with its mid.
const ordinary = `${credentials}m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1387637174 1 udp 2122260223 192.168.0.1 61764 typ host generation 0 ufrag EsAw network-id 1\r\na=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0 ufrag EsAw network-id 2\r\na=end-of-candidates\r\n`;
const binding: FragmentBinding = {
  level: "session",
  sections: [
    { mid: "0", ufrag: "EsAw", pwd: "P2uYro0UCOQ4zxjKXaWCBui1" },
    { mid: "1", ufrag: "EsAw", pwd: "P2uYro0UCOQ4zxjKXaWCBui1" },
  ],
};
const codes = (text: string, bound?: FragmentBinding): (string | undefined)[][] =>
  parseFragment(text, bound).diagnostics.map(({ code, position }) => [
    code,
    String(position?.line),
  ]);

describe("parseFragment", () => {
  it("reads credentials, sections, candidates and their end", () => {
    const { fragment, diagnostics } = parseFragment(ordinary, binding);
    expect(diagnostics).toEqual([]);
    expect(fragment).toMatchObject({
      ufrag: "EsAw",
      isEnded: false,
      media: [{ mid: "0", isEnded: true }],
    });
    expect(fragment.media[0]?.candidates.map(({ port }) => port)).toEqual([61764, 61765]);
  });

  it.each<[string, string, string, string]>([
    ["no credentials", "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n", "fragment/credentials-missing", "1"],
    ["a ufrag alone", "a=ice-ufrag:EsAw\r\n", "fragment/credentials-incomplete", "1"],
    [
      "a candidate before any section",
      `${credentials}a=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host\r\n`,
      "fragment/m-line-missing",
      "3",
    ],
    ["a mid before any section", `${credentials}a=mid:0\r\n`, "fragment/m-line-missing", "3"],
    ["a section without mid", `${credentials}m=audio 9 RTP/AVP 0\r\n`, "fragment/mid-missing", "3"],
    [
      "the mid after the candidates",
      `${credentials}m=audio 9 RTP/AVP 0\r\na=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host\r\na=mid:0\r\n`,
      "fragment/mid-late",
      "5",
    ],
    ["a mid twice", `${ordinary}m=audio 9 RTP/AVP 0\r\na=mid:0\r\n`, "fragment/mid-repeated", "9"],
    [
      "an unknown mid",
      `${credentials}m=audio 9 RTP/AVP 0\r\na=mid:7\r\n`,
      "fragment/mid-unknown",
      "4",
    ],
    [
      "a real m= line",
      `${credentials}m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:0\r\n`,
      "fragment/m-line-format",
      "3",
    ],
    [
      "a candidate twice",
      ordinary.replace(
        "a=end",
        "a=candidate:1387637174 1 udp 2122260223 192.168.0.1 61764 typ host\r\na=end",
      ),
      "fragment/duplicate-candidate",
      "7",
    ],
    [
      "a candidate after the end",
      `${ordinary}a=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host\r\n`,
      "fragment/candidate-after-end",
      "8",
    ],
    ["a session line", `v=0\r\n${ordinary}`, "fragment/line-unexpected", "1"],
    ["a line that is none", `${ordinary}candidate:1\r\n`, "fragment/line-syntax", "8"],
    ["nothing", "\r\n", "fragment/empty", "1"],
    [
      "credentials at the wrong level",
      `m=audio 9 RTP/AVP 0\r\na=mid:0\r\n${credentials}`,
      "fragment/credentials-level",
      "3",
    ],
    [
      "credentials of another session",
      ordinary.replace("EsAw", "Rest"),
      "fragment/credentials-unknown",
      "1",
    ],
  ])("tells %s", (_fault, text, code, line) => {
    expect(codes(text, binding)).toContainEqual([code, line]);
  });

  it("reports its candidates at their place in the whole text", () => {
    const text = ordinary.replace("61764", "port");
    const [found] = parseFragment(text).diagnostics;
    expect(found).toMatchObject({
      code: "candidate/port-syntax",
      position: { line: 5, column: 53 },
    });
    expect(text.slice(found?.span?.start, found?.span?.end)).toBe("port");
  });
});

describe("printFragment", () => {
  it("gives back what was read, oddities and line ends included", () => {
    for (const text of [
      ordinary,
      ordinary.replaceAll("\r\n", "\n"),
      `x\n\n${ordinary}a=unknown:1\r`,
    ])
      expect(printFragment(parseFragment(text).fragment)).toBe(text);
  });

  it("prints what was changed", () => {
    const { fragment } = parseFragment(ordinary);
    const [section] = fragment.media;
    if (!section) throw new Error("No section.");
    const changed = {
      ...fragment,
      media: [{ ...section, candidates: section.candidates.slice(0, 1), isEnded: false }],
    };
    expect(printFragment(changed)).toBe(
      `${credentials}m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1387637174 1 udp 2122260223 192.168.0.1 61764 typ host generation 0 ufrag EsAw network-id 1\r\n`,
    );
  });

  it("keeps the lines it does not know when something is changed", () => {
    const text = `a=x-session:1\r\n${credentials}m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=x-one\r\na=candidate:1 x\r\na=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host\r\nb=AS:1\r\n`;
    const { fragment } = parseFragment(text);
    expect(printFragment({ ...fragment, isEnded: true })).toBe(
      `${credentials}a=x-session:1\r\na=end-of-candidates\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=x-one\r\na=candidate:1 x\r\nb=AS:1\r\na=candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host\r\n`,
    );
  });
});

describe("createFragment", () => {
  const trickled = [{ mid: "1", candidates: [udp("host 192.168.1.2:5000")], isEnded: true }];

  it("fits the description at session and at media level", () => {
    for (const level of ["session", "media"] as const) {
      const bound = { ...binding, level };
      const text = printFragment(createFragment(bound, trickled));
      expect(parseFragment(text, bound).diagnostics).toEqual([]);
      expect(text.indexOf("a=ice-ufrag") < text.indexOf("m=")).toBe(level === "session");
    }
  });

  it("throws for a mid that the description has not", () => {
    expect(() => createFragment(binding, [{ mid: "9", candidates: [] }])).toThrow(
      'no section with mid "9"; there are 0, 1',
    );
  });
});
