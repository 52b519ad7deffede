import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate, CandidateType } from "../../lib/ice/candidate.ts";
import { foundation } from "../../lib/ice/foundation.ts";
import {
  candidatePriority,
  decodePriority,
  tcpDirectionPreference,
} from "../../lib/ice/priority.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { candidateOf } from "../support/candidates.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";
import { trickledFixtures } from "../support/trickled-fixtures.ts";

describe("candidatePriority", () => {
  it("gives RFC 8445's recommended values", () => {
    expect(candidatePriority({ type: "host" })).toBe(2130706431);
    expect(candidatePriority({ type: "srflx", component: 2 })).toBe(1694498814);
    expect(candidatePriority({ type: "relay", localPreference: 0, component: 256 })).toBe(0);
  });

  it("refuses a part out of its range, and names the range", () => {
    expect(() => candidatePriority({ type: 127 })).toThrow("from 0 to 126");
    expect(() => candidatePriority({ type: "host", localPreference: 65_536 })).toThrow(
      "0 to 65535",
    );
    expect(() => candidatePriority({ type: "host", component: 0 })).toThrow("from 1 to 256");
  });

  it("is taken apart again", () => {
    const types: CandidateType[] = ["host", "srflx", "prflx", "relay"];
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.integer({ min: 0, max: 65_535 }),
        fc.integer({ min: 1, max: 256 }),
        (type, localPreference, component) => {
          const parts = decodePriority(candidatePriority({ type, localPreference, component }));
          expect(parts).toMatchObject({ localPreference, component });
        },
      ),
    );
  });

  it("orders TCP directions by type, as RFC 6544 does", () => {
    expect(
      ["active", "passive", "so"].map((t) => tcpDirectionPreference("host", t as "so")),
    ).toEqual([6, 4, 2]);
    expect(
      ["active", "passive", "so"].map((t) => tcpDirectionPreference("srflx", t as "so")),
    ).toEqual([4, 2, 6]);
  });
});

describe("decodePriority names the agent's formula", () => {
  // From recordings of each agent, with what its source says the bits are.
  it.each<[string, string, object]>([
    [
      "Chromium, hidden interface",
      "1 1 udp 2113937151 e4771955-a734-42aa-b27f-d4f98463da81.local 59254 typ host",
      { scheme: "libwebrtc", networkPreference: 0, addressPrecedence: 30 },
    ],
    [
      "libwebrtc, second interface",
      "1 1 udp 2122202367 ::1 42422 typ host",
      { scheme: "libwebrtc", networkPreference: 126, addressPrecedence: 60 },
    ],
    [
      "libwebrtc, TCP",
      "1 1 tcp 1518280447 192.168.1.2 9 typ host tcptype active",
      { scheme: "libwebrtc", networkPreference: 127 },
    ],
    [
      "libwebrtc, relay over UDP",
      "1 1 udp 50340351 10.200.1.1 50496 typ relay raddr 10.200.1.1 rport 42535",
      { scheme: "libwebrtc", relayTransport: "udp", serverPreference: 3 },
    ],
    [
      "libwebrtc, relay over TCP",
      "1 1 udp 16785663 10.200.1.1 50773 typ relay raddr 10.200.1.1 rport 54598",
      { scheme: "libwebrtc", relayTransport: "tcp" },
    ],
    [
      "libwebrtc, relay over TLS",
      "1 1 udp 8191 10.200.1.1 50773 typ relay raddr 10.200.1.1 rport 54598",
      { scheme: "libwebrtc", relayTransport: "tls", serverPreference: 1 },
    ],
    [
      "Firefox, UDP",
      "0 1 UDP 2122252543 192.168.1.2 49104 typ host",
      { scheme: "firefox", networkPreference: 127 },
    ],
    [
      "Firefox, TCP",
      "1 1 TCP 2105524479 192.168.1.2 9 typ host tcptype active",
      { scheme: "firefox", directionPreference: 6 },
    ],
    [
      "Firefox, srflx",
      "2 1 UDP 1686052863 9.9.9.9 5000 typ srflx raddr 0.0.0.0 rport 0",
      { scheme: "firefox", serverPreference: 31 },
    ],
    [
      "Firefox, relay",
      "3 1 UDP 92217343 9.9.9.9 5000 typ relay raddr 0.0.0.0 rport 0",
      { scheme: "firefox", relayTransport: "udp" },
    ],
    [
      "libnice",
      "1 1 udp 2015363327 10.200.1.1 51831 typ host",
      { scheme: "libnice", addressIndex: 0 },
    ],
    [
      "libnice, TCP",
      "6 1 TCP 1010827775 192.168.1.3 48813 typ host tcptype passive",
      { scheme: "libnice", directionPreference: 2 },
    ],
    [
      "libjuice",
      "1 1 UDP 2114977791 10.200.1.1 47486 typ host",
      { scheme: "libjuice", addressIndex: 0 },
    ],
    [
      "libjuice before TCP",
      "1 1 UDP 2122317823 10.200.1.1 47486 typ host",
      { scheme: "libjuice", addressIndex: 0 },
    ],
    ["werift", "1 1 udp 2116026367 10.200.1.1 42067 typ host", { scheme: "werift" }],
    ["aiortc and Pion", "1 1 udp 2130706431 10.200.1.1 53257 typ host", { scheme: "rfc8445" }],
    [
      "Pion, TCP",
      "1 1 tcp 1671430143 192.168.1.2 8443 typ host tcptype passive",
      { scheme: "pion", directionPreference: 4 },
    ],
  ])("%s", (_agent, text, expected) => {
    const candidate = candidateOf(text);
    const { schemes, deviations } = decodePriority(candidate.priority, candidate);
    expect(schemes).toHaveLength(1);
    expect(schemes[0]).toMatchObject(expected);
    expect(schemes[0]?.meaning.ko).not.toBe("");
    expect(deviations).toEqual([]);
  });

  it("tells a number that was computed for another component (Pion 3.1)", () => {
    const candidate = candidateOf("1 2 udp 2130706431 10.200.1.1 46716 typ host");
    expect(decodePriority(candidate.priority, candidate).deviations).toMatchObject([
      { name: "component", expected: 2130706430 },
    ]);
  });

  it("tells a type preference that belongs to another type", () => {
    const candidate = candidateOf(
      "1 1 udp 2130706431 9.9.9.9 46716 typ relay raddr 0.0.0.0 rport 9",
    );
    expect(decodePriority(candidate.priority, candidate).deviations).toMatchObject([
      { name: "type-preference" },
    ]);
  });

  it("tells a number of no known formula, and one out of range", () => {
    const candidate = candidateOf("1 1 udp 1234567935 9.9.9.9 46716 typ host");
    expect(decodePriority(candidate.priority, candidate).deviations).toMatchObject([
      { name: "unknown-scheme" },
    ]);
    expect(decodePriority(0).deviations).toMatchObject([{ name: "range" }]);
  });

  it("leaves every formula open that a bare number fits", () => {
    const names = decodePriority(2122262783).schemes.map(({ scheme }) => scheme);
    expect(names).toEqual(["libwebrtc"]);
    expect(decodePriority(1686052863).schemes.map(({ scheme }) => scheme)).toContain("firefox");
  });
});

describe("the recordings", () => {
  const recorded: { readonly name: string; readonly candidate: Candidate }[] = [
    ...sdpFixtures.flatMap(({ name, text }) =>
      readDescription(text).media.flatMap((media) =>
        media.candidates.map(({ candidate }) => ({ name, candidate })),
      ),
    ),
    ...trickledFixtures.flatMap(({ name, init }) =>
      init?.candidate ? [{ name, candidate: candidateOf(init.candidate) }] : [],
    ),
  ];

  /** The formula of each endpoint, by the first word of its folder. */
  const formulas: Readonly<Record<string, readonly string[]>> = {
    chromium: ["libwebrtc"],
    wrtc: ["libwebrtc"],
    firefox: ["firefox"],
    gstreamer: ["libnice"],
    gst: ["libnice"],
    janus: ["libnice"],
    ndc: ["libjuice"],
    libdatachannel: ["libjuice"],
    werift: ["werift", "rfc8445"],
    aiortc: ["rfc8445"],
    pion: ["rfc8445", "pion"],
  };

  it("fit the formula of the endpoint that made them, and deviate only by a known name", () => {
    const surprises = recorded.filter(({ name, candidate }) => {
      const { schemes, deviations } = decodePriority(candidate.priority, candidate);
      // The other end of a recording is werift, where it is not the endpoint itself.
      const known = [...(formulas[name.split("-")[0] ?? ""] ?? []), "werift"];
      const isNamed = deviations.every((deviation) => deviation.name === "component");
      return !isNamed || !schemes.some(({ scheme }) => known.includes(scheme));
    });
    expect(surprises).toEqual([]);
  });

  it("give the same number when it is computed again from its parts", () => {
    for (const { candidate } of recorded) {
      const { typePreference, localPreference, component } = decodePriority(candidate.priority);
      expect(candidatePriority({ type: typePreference, localPreference, component })).toBe(
        candidate.priority,
      );
    }
  });
});

describe("foundation", () => {
  it("is one for the same type, base, transport and server, and another for any difference", () => {
    const host = { type: "host", base: "10.0.0.1", transport: "udp" } as const;
    expect(foundation(host)).toBe(foundation({ ...host, transport: "UDP" }));
    const others = [
      { ...host, type: "srflx" as const },
      { ...host, base: "10.0.0.2" },
      { ...host, transport: "tcp" },
      { ...host, server: "9.9.9.9" },
    ];
    for (const other of others) expect(foundation(other)).not.toBe(foundation(host));
    expect(foundation(host)).toMatch(/^[0-9]{1,10}$/);
  });
});
