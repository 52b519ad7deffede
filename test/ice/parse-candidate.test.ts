import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CandidateInit } from "../../lib/ice/candidate.ts";
import { classifyCandidate } from "../../lib/ice/classify.ts";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";
import { printCandidate } from "../../lib/ice/print-candidate.ts";
import { applyTextEdits, positionAt } from "../../lib/text.ts";
import { chanceFrom, mutate } from "../support/mutate.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";
import { trickledFixtures } from "../support/trickled-fixtures.ts";

const ordinary =
  "candidate:842163049 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr 10.0.0.1 rport 46154";

describe("parseCandidate", () => {
  it("refuses what is neither a text, an init object nor null", () => {
    for (const input of [5, true, [], { candidate: 5 }]) {
      expect(() => parseCandidate(input as never)).toThrow("A candidate is a text");
    }
    expect(parseCandidate({ candidate: "" })).toMatchObject({ endOfCandidates: true });
  });

  it("reads every field of the grammar", () => {
    const { candidate, diagnostics } = parseCandidate(
      `${ordinary} generation 0 ufrag 4E1i network-id 1 network-cost 10`,
    );
    expect(diagnostics).toEqual([]);
    expect(candidate).toMatchObject({
      foundation: "842163049",
      component: 1,
      transport: "udp",
      priority: 1677729535,
      address: "9.9.9.9",
      port: 46154,
      type: "srflx",
      relatedAddress: "10.0.0.1",
      relatedPort: 46154,
      usernameFragment: "4E1i",
      extensions: [
        { name: "generation", value: "0" },
        { name: "ufrag", value: "4E1i" },
        { name: "network-id", value: "1" },
        { name: "network-cost", value: "10" },
      ],
    });
  });

  it.each<[string, string | CandidateInit]>([
    ["an a= line with CRLF", `a=${ordinary}\r\n`],
    ["an a= line with LF", `a=${ordinary}\n`],
    ["an attribute value", ordinary],
    ["a bare string", ordinary.slice("candidate:".length)],
    ["an RTCIceCandidateInit", { candidate: ordinary, sdpMid: "0" }],
    ["an RTCIceCandidateInit by index", { candidate: ordinary, sdpMLineIndex: 0 }],
  ])("reads %s", (_form, input) => {
    const { candidate, diagnostics } = parseCandidate(input);
    expect(diagnostics).toEqual([]);
    expect(candidate).toMatchObject({ foundation: "842163049", port: 46154, relatedPort: 46154 });
  });

  it.each<[string, string | CandidateInit | null]>([
    ["null", null],
    ["an empty string", ""],
    ["the attribute", "end-of-candidates"],
    ["the line", "a=end-of-candidates\r\n"],
    ["an init with an empty candidate", { candidate: "", sdpMid: "0", usernameFragment: "abcd" }],
    ["an init without a candidate", {}],
  ])("reads %s as end-of-candidates", (_form, input) => {
    expect(parseCandidate(input)).toEqual({ endOfCandidates: true, diagnostics: [] });
  });

  it.each<[string, string]>([
    [
      "Chromium: mDNS",
      "candidate:1 1 udp 2113937151 e4771955-a734-42aa-b27f-d4f98463da81.local 59254 typ host generation 0 ufrag 4E1i network-cost 999",
    ],
    [
      "Firefox: TCP",
      "candidate:1 1 TCP 2105524479 e4771955-a734-42aa-b27f-d4f98463da81.local 9 typ host tcptype active",
    ],
    [
      "GStreamer: passive TCP",
      "candidate:6 1 TCP 1010827775 192.168.1.4 48813 typ host tcptype passive",
    ],
    ["IPv6", "candidate:2 1 udp 2122262783 2a00:1450:4001:81b::200e 49152 typ host generation 0"],
    [
      "a relay",
      "candidate:3949918151 1 udp 50340351 8.8.4.4 50496 typ relay raddr 0.0.0.0 rport 0",
    ],
    ["RTCP", "candidate:0 2 UDP 2122252542 192.168.0.2 50001 typ host"],
    [
      "a foundation of 32 characters",
      "candidate:1dfe0fef42573962393ac878912aff68 1 udp 1694498815 9.9.9.9 51020 typ srflx raddr 10.0.0.1 rport 51020",
    ],
  ])("has nothing to say about %s", (_producer, text) => {
    const { candidate, diagnostics } = parseCandidate(text);
    expect(diagnostics).toEqual([]);
    expect(candidate && printCandidate(candidate)).toBe(text);
  });

  describe("reads on, and tells what is odd", () => {
    it.each<[string, string, string, number]>([
      [
        "an empty foundation (Google Nest)",
        "candidate: 1 udp 2113937151 192.168.1.2 5000 typ host",
        "candidate/foundation-empty",
        11,
      ],
      [
        "trailing blanks",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host  ",
        "candidate/trailing-blank",
        55,
      ],
      [
        "two blanks",
        "candidate:1 1 udp  2113937151 192.168.1.2 5000 typ host",
        "candidate/extra-blank",
        18,
      ],
      [
        "a blank after the colon",
        "candidate: 1 1 udp 2113937151 192.168.1.2 5000 typ host",
        "candidate/extra-blank",
        11,
      ],
      [
        "ssltcp",
        "candidate:1 1 ssltcp 1518280447 9.9.9.9 443 typ host tcptype passive",
        "candidate/transport-ssltcp",
        15,
      ],
      [
        "an unknown transport",
        "candidate:1 1 sctp 2113937151 192.168.1.2 5000 typ host",
        "candidate/transport-unknown",
        15,
      ],
      [
        "a foundation with a hyphen",
        "candidate:a-b 1 udp 2113937151 192.168.1.2 5000 typ host",
        "candidate/foundation-syntax",
        11,
      ],
      [
        "a foundation of 33 characters",
        `candidate:${"f".repeat(33)} 1 udp 2113937151 192.168.1.2 5000 typ host`,
        "candidate/foundation-syntax",
        11,
      ],
      [
        "component 300",
        "candidate:1 300 udp 2113937151 192.168.1.2 5000 typ host",
        "candidate/component-range",
        13,
      ],
      [
        "priority 0",
        "candidate:1 1 udp 0 192.168.1.2 5000 typ host",
        "candidate/priority-range",
        19,
      ],
      [
        "priority above 2^31 − 1",
        "candidate:1 1 udp 4294967295 192.168.1.2 5000 typ host",
        "candidate/priority-range",
        19,
      ],
      [
        "type preference 127",
        "candidate:1 1 udp 2147483647 192.168.1.2 5000 typ host",
        "candidate/type-preference-range",
        19,
      ],
      [
        "a priority of another component",
        "candidate:1 2 udp 2130706431 192.168.1.2 5000 typ host",
        "candidate/priority-component",
        19,
      ],
      [
        "an unknown type",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ hst",
        "candidate/type-unknown",
        51,
      ],
      [
        "IPv4 with 256",
        "candidate:1 1 udp 2113937151 192.168.1.256 5000 typ host",
        "candidate/address-syntax",
        30,
      ],
      [
        "a broken IPv6 address",
        "candidate:1 1 udp 2113937151 2001:db8:::1 5000 typ host",
        "candidate/address-syntax",
        30,
      ],
      [
        "the unspecified address",
        "candidate:1 1 udp 2113937151 0.0.0.0 5000 typ host",
        "candidate/address-unusable",
        30,
      ],
      [
        "loopback",
        "candidate:1 1 udp 2113937151 127.0.0.1 5000 typ host",
        "candidate/loopback",
        30,
      ],
      [
        "a host name",
        "candidate:1 1 udp 2113937151 media.example.com 5000 typ host",
        "candidate/host-name",
        30,
      ],
      [
        "an mDNS name that is no UUID",
        "candidate:1 1 udp 2113937151 laptop.local 5000 typ host",
        "candidate/mdns-name",
        30,
      ],
      [
        "a zone",
        "candidate:1 1 udp 2113937151 fe80::1%eth0 5000 typ host",
        "candidate/zone-id",
        37,
      ],
      ["port 0", "candidate:1 1 udp 2113937151 192.168.1.2 0 typ host", "candidate/port-zero", 42],
      [
        "srflx without raddr",
        "candidate:1 1 udp 1677729535 9.9.9.9 46154 typ srflx",
        "candidate/related-address-missing",
        48,
      ],
      [
        "srflx without rport",
        "candidate:1 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr 10.0.0.1",
        "candidate/related-port-missing",
        48,
      ],
      [
        "an empty raddr",
        "candidate:1 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr rport 0",
        "candidate/related-address-empty",
        54,
      ],
      [
        "rport before raddr",
        "candidate:1 1 udp 1677729535 9.9.9.9 46154 typ srflx rport 1 raddr 10.0.0.1",
        "candidate/related-order",
        62,
      ],
      [
        "an rport that is no port",
        "candidate:1 1 udp 1677729535 9.9.9.9 46154 typ srflx raddr 10.0.0.1 rport x",
        "candidate/related-port-syntax",
        75,
      ],
      [
        "a host with raddr",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host raddr 10.0.0.1 rport 1",
        "candidate/related-address-on-host",
        56,
      ],
      [
        "TCP without tcptype",
        "candidate:1 1 tcp 1518280447 9.9.9.9 9 typ host",
        "candidate/tcptype-missing",
        15,
      ],
      [
        "an unknown tcptype",
        "candidate:1 1 tcp 1518280447 9.9.9.9 9 typ host tcptype act",
        "candidate/tcptype-unknown",
        57,
      ],
      [
        "tcptype on UDP",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host tcptype active",
        "candidate/tcptype-on-udp",
        56,
      ],
      [
        "active TCP with a port",
        "candidate:1 1 tcp 1518280447 9.9.9.9 5000 typ host tcptype active",
        "candidate/tcp-active-port",
        38,
      ],
      [
        "an unknown extension",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host colour red",
        "candidate/extension-unknown",
        56,
      ],
      [
        "an extension twice",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host generation 0 generation 1",
        "candidate/extension-duplicate",
        69,
      ],
      [
        "an extension without value",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host generation",
        "candidate/extension-without-value",
        56,
      ],
    ])("%s", (_oddity, text, code, column) => {
      const { candidate, diagnostics } = parseCandidate(text);
      const found = diagnostics.find((diagnostic) => diagnostic.code === code);
      expect(found?.position).toEqual({ line: 1, column });
      expect(found?.message.ko).toMatch(/[가-힣]/);
      expect(candidate && printCandidate(candidate)).toBe(text);
    });
  });

  describe("explains what it cannot read, and reads none of it", () => {
    it.each<[string, string, string, number]>([
      ["another attribute", "a=mid:0", "candidate/not-a-candidate", 1],
      ["nothing after the colon", "candidate:", "candidate/not-a-candidate", 1],
      [
        "a component that is no number",
        "candidate:1 x udp 1 192.168.1.2 5000 typ host",
        "candidate/component-syntax",
        13,
      ],
      [
        "a missing component",
        "candidate:1 udp 2113937151 192.168.1.2 5000 typ host",
        "candidate/component-syntax",
        13,
      ],
      [
        "a priority that is no number",
        "candidate:1 1 udp high 192.168.1.2 5000 typ host",
        "candidate/priority-syntax",
        19,
      ],
      [
        "a priority of eleven digits",
        "candidate:1 1 udp 21139371510 192.168.1.2 5000 typ host",
        "candidate/priority-syntax",
        19,
      ],
      [
        "a port that is no number",
        "candidate:1 1 udp 2113937151 192.168.1.2 http typ host",
        "candidate/port-syntax",
        42,
      ],
      [
        "a port above 65535",
        "candidate:1 1 udp 2113937151 192.168.1.2 65536 typ host",
        "candidate/port-range",
        42,
      ],
      [
        "type instead of typ",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 type host",
        "candidate/typ-missing",
        47,
      ],
      [
        "a missing address",
        "candidate:1 1 udp 2113937151 5000 typ host",
        "candidate/port-syntax",
        35,
      ],
      [
        "an end after the address",
        "candidate:1 1 udp 2113937151 192.168.1.2",
        "candidate/field-missing",
        41,
      ],
      [
        "an end after typ",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ",
        "candidate/field-missing",
        50,
      ],
      [
        "two candidates",
        "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host\r\na=candidate:2",
        "candidate/several-lines",
        55,
      ],
      [
        "a control character",
        "candidate:1 1 udp 2113937151 192.168.1.2\u0000 5000 typ host",
        "candidate/control-character",
        41,
      ],
    ])("%s", (_fault, text, code, column) => {
      const { candidate, endOfCandidates, diagnostics } = parseCandidate(text);
      expect(candidate).toBeUndefined();
      expect(endOfCandidates).toBeUndefined();
      expect(
        diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.position?.column]),
      ).toEqual([[code, column]]);
      expect(diagnostics[0]?.severity).toBe("error");
    });
  });

  describe("reads what was pasted, and tells how it should look", () => {
    const plain = "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host";
    it.each<[string, string, string, number]>([
      ["a leading blank", ` ${plain}`, "candidate/extra-blank", 1],
      ["a leading tab before a line", `\ta=${plain}`, "candidate/extra-blank", 1],
      ["a capital", plain.replace("c", "C"), "candidate/prefix-case", 1],
      [
        "a line in capitals",
        `A=${plain.replace("candidate", "CANDIDATE")}`,
        "candidate/prefix-case",
        1,
      ],
      [
        "JSON of an init",
        JSON.stringify({ candidate: plain, sdpMid: "0" }),
        "candidate/json-text",
        1,
      ],
      ["JSON of a text", JSON.stringify(plain), "candidate/json-text", 1],
      [
        "JSON of a message",
        JSON.stringify({ type: "candidate", candidate: { candidate: plain, sdpMid: "0" } }),
        "candidate/json-text",
        1,
      ],
    ])("%s", (_oddity, text, code, column) => {
      const { candidate, diagnostics } = parseCandidate(text);
      expect(candidate).toMatchObject({ foundation: "1", port: 5000, type: "host" });
      expect(diagnostics.map((each) => [each.code, each.position?.column])).toEqual([
        [code, column],
      ]);
      const edits = diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
      if (edits.length > 0)
        expect(parseCandidate(applyTextEdits(text, edits)).diagnostics).toEqual([]);
    });

    it("points into the JSON text", () => {
      const text = `{"sdpMid":"0","candidate":"${plain.replace("5000", "0")}"}`;
      const found = parseCandidate(text).diagnostics[1];
      expect(found?.code).toBe("candidate/port-zero");
      expect(text.slice(found?.span?.start, found?.span?.end)).toBe("0");
      expect(found?.position?.column).toBe((found?.span?.start ?? 0) + 1);
    });

    it("knows the end of candidates in JSON and in capitals", () => {
      for (const text of [
        '{"candidate":"","sdpMid":"0"}',
        "End-Of-Candidates",
        " a=end-of-candidates",
      ])
        expect(parseCandidate(text)).toMatchObject({
          endOfCandidates: true,
          diagnostics: [{ position: { column: 1 } }],
        });
    });

    it.each<[string, string, string]>([
      ["JSON of something else", '{"type":"offer"}', "candidate/not-a-candidate"],
      ["JSON that is cut off", `{"candidate":"${plain}`, "candidate/not-a-candidate"],
      ["a list", `[{"candidate":"${plain}"}]`, "candidate/foreign-text"],
      ["a prefix twice", `candidate:${plain}`, "candidate/foreign-text"],
      ["a logged object", `RTCIceCandidate(candidate="${plain}")`, "candidate/foreign-text"],
      ["what stands behind", `${plain}","sdpMid":"0"}`, "candidate/foreign-text"],
      ["a sentence", "this is no candidate but text of typ host", "candidate/not-a-candidate"],
      ["a media line", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "candidate/not-a-candidate"],
    ])("and reads nothing of %s", (_text, text, code) => {
      const { candidate, diagnostics } = parseCandidate(text);
      expect(candidate).toBeUndefined();
      expect(diagnostics.map((each) => [each.code, each.severity])).toEqual([[code, "error"]]);
    });
  });

  it("holds its promises on thousands of damaged candidates", () => {
    const originals = [
      ...trickledFixtures.flatMap(({ init }) => init?.candidate || []),
      `a=${ordinary} generation 0 ufrag 4E1i network-id 1\r\n`,
      JSON.stringify({ candidate: ordinary, sdpMid: "0" }),
    ];
    for (let number = 0; number < 5000; number++) {
      const chance = chanceFrom(number);
      const text = mutate(originals[chance(originals.length)] as string, chance);
      const { candidate, endOfCandidates, diagnostics } = parseCandidate(text);
      if (candidate !== undefined) {
        const isJson = diagnostics.some(({ code }) => code === "candidate/json-text");
        expect(printCandidate(candidate)).toBe(isJson ? candidate.source : text);
        classifyCandidate(candidate);
      } else if (!endOfCandidates && !diagnostics.some(({ severity }) => severity === "error"))
        expect.fail(`Input ${number} is neither read nor explained: ${JSON.stringify(text)}`);
      for (const { code, span, position, fix } of diagnostics) {
        const isInside =
          span && span.start >= 0 && span.start <= span.end && span.end <= text.length;
        if (!isInside)
          expect.fail(`${code} lies outside of input ${number}: ${JSON.stringify(text)}`);
        expect(position).toEqual(positionAt(text, span.start));
        if (fix) applyTextEdits(text, fix.edits);
      }
    }
  });

  it("points into the a= line it was given", () => {
    const { diagnostics } = parseCandidate("a=candidate:1 x udp 1 192.168.1.2 5000 typ host\r\n");
    expect(diagnostics[0]).toMatchObject({
      span: { start: 14, end: 15 },
      position: { column: 15 },
    });
  });

  it("tells an init that addIceCandidate rejects", () => {
    const { diagnostics } = parseCandidate({ candidate: ordinary, sdpMid: null });
    expect(diagnostics.map(({ code }) => code)).toEqual(["candidate/init-without-section"]);
  });

  it("tells an init whose usernameFragment contradicts the text", () => {
    const { diagnostics } = parseCandidate({
      candidate: `${ordinary} ufrag old1`,
      sdpMid: "0",
      usernameFragment: "new2",
    });
    expect(diagnostics).toMatchObject([
      { code: "candidate/init-ufrag-differs", position: { column: ordinary.length + 2 } },
    ]);
  });

  it("offers a fix that removes surplus blanks and nothing else", () => {
    const text = "candidate:1  1 udp 2113937151 192.168.1.2 5000 typ host ";
    const edits = parseCandidate(text).diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
    const mended = applyTextEdits(text, edits);
    expect(mended).toBe("candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host");
    expect(parseCandidate(mended).diagnostics).toEqual([]);
  });

  it("never throws, and prints back whatever it reads", () => {
    const words = fc.constantFrom(
      "candidate:",
      "a=",
      "1",
      "udp",
      "tcp",
      "typ",
      "host",
      "srflx",
      "raddr",
      "rport",
      "::1",
      "9.9.9.9",
      " ",
      "  ",
      "\t",
      "\r\n",
      "65536",
      "tcptype",
      "active",
      "\u0000",
      "한",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(words, fc.string()), { maxLength: 24 }),
        fc.constantFrom("", " "),
        (parts, glue) => {
          const text = parts.join(glue);
          const { candidate, diagnostics } = parseCandidate(text);
          if (candidate) expect(printCandidate(candidate)).toBe(candidate.source);
          for (const { span } of diagnostics) {
            expect(span?.start).toBeGreaterThanOrEqual(0);
            expect(span?.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });

  it("reads alike on the short way and on the one that explains", () => {
    // A trailing blank is told, so the text with one takes the long way.
    fc.assert(
      fc.property(ordinaryCandidate, (text) => {
        const short = parseCandidate(text);
        const long = parseCandidate(`${text} `);
        expect({ ...short.candidate, source: "" }).toEqual({ ...long.candidate, source: "" });
        expect(short.diagnostics.map(({ code }) => code)).toEqual(
          long.diagnostics
            .map(({ code }) => code)
            .filter((code) => code !== "candidate/trailing-blank"),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("stays quick on a line of a megabyte", () => {
    const long = `candidate:1 1 udp 1 ${"a".repeat(1_000_000)} 1 typ host`;
    expect(parseCandidate(long).diagnostics.map(({ code }) => code)).toContain(
      "candidate/address-syntax",
    );
    expect(parseCandidate(`candidate:${" 1".repeat(500_000)}`).candidate).toBeUndefined();
  });
});

describe("the recordings", () => {
  const lines = sdpFixtures.flatMap(({ name, text }) =>
    (text.match(/a=candidate:[^\r\n]*\r?\n/g) ?? []).map((line) => ({ name, line })),
  );

  it("hold candidates of several endpoints", () => {
    expect(lines.length).toBeGreaterThan(20);
    expect(trickledFixtures.length).toBeGreaterThan(100);
  });

  it("print back exactly, every line and every trickled candidate", () => {
    for (const { line } of lines) expect(reprinted(line)).toBe(line);
    for (const { init } of trickledFixtures)
      if (init?.candidate) expect(reprinted(init)).toBe(init.candidate);
  });

  it("have no error and no warning but loopback addresses", () => {
    const found = [...lines.map(({ line }) => line), ...trickledFixtures.map(({ init }) => init)]
      .flatMap((input) => parseCandidate(input).diagnostics)
      .filter(({ severity, code }) => severity !== "info" && code !== "candidate/loopback");
    expect(found).toEqual([]);
  });
});

function reprinted(input: string | CandidateInit): string | undefined {
  const { candidate } = parseCandidate(input);
  return candidate && printCandidate(candidate);
}

const port = fc.integer({ min: 0, max: 65_535 });
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.uuid({ version: 4 }).map((uuid) => `${uuid}.local`),
  fc.uuid({ version: 1 }).map((uuid) => `${uuid}.local`),
  fc.constantFrom("example.com", "1.2.3", "192.0.2.1", "198.18.0.1", "224.0.0.1", "010.0.0.1"),
);
const ordinaryCandidate = fc
  .record({
    prefix: fc.constantFrom("a=candidate:", "candidate:", ""),
    foundation: fc.stringMatching(/^[A-Za-z0-9+/]{1,33}$/),
    component: fc.constantFrom(1, 2, 256, 257),
    transport: fc.constantFrom("udp", "UDP", "tcp", "TCP", "Udp"),
    typePreference: fc.integer({ min: 0, max: 127 }),
    local: fc.integer({ min: 0, max: 65_535 }),
    address,
    port,
    type: fc.constantFrom("host", "srflx", "prflx", "relay", "hosts"),
    related: fc.option(fc.tuple(address, port)),
    tcpType: fc.option(fc.constantFrom("active", "passive", "so", "none")),
    extensions: fc.array(
      fc.tuple(
        fc.constantFrom("generation", "ufrag", "network-id", "network-cost", "other"),
        fc.stringMatching(/^[!-~]{1,6}$/),
      ),
      { maxLength: 3 },
    ),
  })
  .map((parts) => {
    const priority =
      parts.typePreference * 2 ** 24 + parts.local * 256 + 256 - Math.min(parts.component, 256);
    const related = parts.related ? ` raddr ${parts.related[0]} rport ${parts.related[1]}` : "";
    const tcpType = parts.tcpType ? ` tcptype ${parts.tcpType}` : "";
    const extensions = parts.extensions.map(([name, value]) => ` ${name} ${value}`).join("");
    return `${parts.prefix}${parts.foundation} ${parts.component} ${parts.transport} ${priority} ${parts.address} ${parts.port} typ ${parts.type}${related}${tcpType}${extensions}`;
  });
