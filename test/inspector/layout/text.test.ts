import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignDescriptions } from "../../../inspector/layout/align-descriptions.ts";
import { abbreviation } from "../../../inspector/layout/describe.ts";
import { difference } from "../../../inspector/layout/difference.ts";
import { printable } from "../../../inspector/layout/printable.ts";
import { tokensOf } from "../../../inspector/layout/sdp-tokens.ts";

describe("printable text", () => {
  it("shows control and direction characters instead of obeying them", () => {
    expect(printable("a\u0000b\u001b[31m")).toBe("a␀b␛[31m");
    expect(printable("evil\u202etxt.exe")).toBe("evil�txt.exe");
    expect(printable("\u2066x\u2069\u200b")).toBe("�x��");
  });

  it("leaves ordinary text alone, tabs and line ends too", () => {
    expect(printable("a=mid:0\tx\n한국어")).toBe("a=mid:0\tx\n한국어");
  });

  it("cuts what is longer than its limit and says how much", () => {
    expect(printable("x".repeat(1_000_000), 10)).toBe(`${"x".repeat(10)} … +999990`);
  });
});

describe("an SDP line's tokens", () => {
  it("tell the letter, the attribute, numbers and the codec apart", () => {
    expect(
      tokensOf("a=rtpmap:111 opus/48000/2").map(({ kind, text }) => `${kind} ${text}`),
    ).toEqual([
      "key a",
      "sign =",
      "name rtpmap",
      "sign :",
      "number-value 111",
      "text  ",
      "word opus",
      "text /",
      "number-value 48000",
      "text /",
      "number-value 2",
    ]);
  });

  it("joined are the line, whatever the line", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (line) => {
        const joined = tokensOf(line)
          .map(({ text }) => text)
          .join("");
        expect(joined).toBe(printable(line));
      }),
    );
  });
});

describe("the difference of two lines", () => {
  it("marks what one has of its own", () => {
    expect(difference("a=setup:active", "a=setup:actpass")).toEqual([
      { text: "a=setup:", isOwn: false },
      { text: "active", isOwn: true },
    ]);
    expect(
      difference("m=audio 9 X 111 63 110", "m=audio 9 X 111 110").filter(({ isOwn }) => isOwn),
    ).toHaveLength(1);
  });

  it("joined is the text, for lists of any length", () => {
    const words = fc.array(fc.constantFrom("1", "22", "x", ";", " ", "="), { maxLength: 260 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const pieces = difference(a.join(""), b.join(""));
        expect(pieces.map(({ text }) => text).join("")).toBe(a.join(""));
      }),
      { numRuns: 60 },
    );
  });
});

describe("an answer beside its offer", () => {
  const offer = [
    "v=0",
    "o=- 1 2 IN IP4 0.0.0.0",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
    "a=mid:a",
    "a=setup:actpass",
    "a=ice-ufrag:one",
    "a=rtpmap:111 opus/48000/2",
    "a=rtpmap:63 red/48000/2",
    "m=video 9 UDP/TLS/RTP/SAVPF 96",
    "a=mid:v",
    "a=sendrecv",
    "",
  ].join("\r\n");
  const answer = [
    "v=0",
    "o=- 9 2 IN IP4 0.0.0.0",
    "m=video 0 UDP/TLS/RTP/SAVPF 96",
    "a=mid:v",
    "a=recvonly",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    "a=mid:a",
    "a=setup:active",
    "a=ice-ufrag:two",
    "a=rtpmap:111 opus/48000/2",
    "a=rtcp-mux",
    "",
  ].join("\r\n");
  const sections = alignDescriptions(offer, answer);
  const changes = (index: number): string[] =>
    sections[index]?.lines.map(
      ({ change, offer: o, answer: a }) => `${change} ${(o ?? a)?.text}`,
    ) ?? [];

  it("finds sections by mid, not by place", () => {
    expect(sections.map(({ mid }) => mid)).toEqual([undefined, "a", "v"]);
    expect(sections[2]).toMatchObject({
      isRejected: true,
      offerDirection: "sendrecv",
      answerDirection: "recvonly",
    });
  });

  it("tells what changed, was dropped or added from what each side has for its own", () => {
    expect(changes(1)).toEqual([
      "changed m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
      "same a=mid:a",
      "changed a=setup:actpass",
      "own a=ice-ufrag:one",
      "same a=rtpmap:111 opus/48000/2",
      "dropped a=rtpmap:63 red/48000/2",
      "added a=rtcp-mux",
    ]);
    expect(changes(0)).toEqual(["same v=0", "own o=- 1 2 IN IP4 0.0.0.0"]);
  });

  it("counts lines as they stand in each text", () => {
    const line = sections[1]?.lines[2];
    expect([line?.offer?.number, line?.answer?.number]).toEqual([5, 8]);
  });

  it("keeps every line of an offer that nobody answered", () => {
    const alone = alignDescriptions(offer);
    expect(alone.flatMap(({ lines }) => lines)).toHaveLength(11);
    expect(alone.every(({ lines }) => lines.every(({ change }) => change === "same"))).toBe(true);
  });

  it("takes anything as a description", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        alignDescriptions(a, b);
      }),
    );
  });
});

describe("a method's short form", () => {
  it.each([
    ["setRemoteDescription", "SRD"],
    ["createOffer", "CO"],
    ["addIceCandidate", "AIC"],
    ["close", "C"],
  ])("of %s is %s", (method, short) => {
    expect(abbreviation(method)).toBe(short);
  });
});
