import { describe, expect, it } from "vitest";
import { browserCapabilities } from "../../lib/offer-answer/browser-capabilities.ts";
import type { AnswerHabits } from "../../lib/offer-answer/capabilities.ts";
import { readAs } from "../../lib/offer-answer/read-as.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { offer } from "./offer.ts";

const none: AnswerHabits = {
  extensionOrder: "offer",
  extensionDirection: "negotiated",
  formatOrder: "offer",
  repeatedFormat: "first",
  repeatedExtension: "first",
  bundleOrder: "group",
};

const read = (text: string, habits: Partial<AnswerHabits>) =>
  readAs(parse(text), { ...none, ...habits }).toString();

describe("readAs", () => {
  it("takes in everything where there are no habits", () => {
    const text = "v=0\r\n\r\nm=audio 9 X 0\r\na =x\r\na=sendrecv\r\na=inactive";
    expect(read(text, {})).toBe(text);
  });

  it("stops at the first line that is none", () => {
    expect(read("v=0\r\nm=a\r\na=1\r\n a=2\r\nm=b\r\n", { stopsAtBadLine: true })).toBe(
      "v=0\r\nm=a\r\na=1\r\n",
    );
    expect(read("v=0\r\n\r\nm=b\r\n", { stopsAtBadLine: true })).toBe("v=0\r\n");
  });

  it("leaves out a last line that does not end", () => {
    expect(read("v=0\r\nm=a\r\na=1", { needsLastLineEnd: true })).toBe("v=0\r\nm=a\r\n");
    expect(read("v=0\r\nm=a", { needsLastLineEnd: true })).toBe("v=0\r\n");
  });

  it("keeps the last of several, direction by direction", () => {
    const text = "m=a\r\na=sendrecv\r\na=setup:active\r\na=inactive\r\na=setup:passive\r\n";
    expect(read(text, { lastCounts: ["direction"] })).toBe(
      "m=a\r\na=setup:active\r\na=inactive\r\na=setup:passive\r\n",
    );
    expect(read(text, { lastCounts: ["setup"] })).toBe(
      "m=a\r\na=sendrecv\r\na=inactive\r\na=setup:passive\r\n",
    );
  });

  it("puts blanks and cases right, and leaves values alone", () => {
    expect(
      read("a=group:bundle a B\r\nM=x\r\nm=AUDIO  9\tX 0 \r\na=MID:Ab\r\na=FMTP:1 Ab\r\n", {
        readsLoosely: true,
      }),
    ).toBe("a=group:BUNDLE a B\r\nM=x\r\nm=audio 9 X 0\r\na=mid:Ab\r\na=fmtp:1 Ab\r\n");
  });

  it("reads the leading digits of ports and formats, and keeps port counts", () => {
    const loosely = (line: string) => read(`${line}\r\n`, { readsLoosely: true }).trim();
    expect(loosely("m=audio +9 RTP/AVP 96, 97x")).toBe("m=audio 9 RTP/AVP 96 97");
    expect(loosely("m=audio 9.5 RTP/AVP 0")).toBe("m=audio 9 RTP/AVP 0");
    expect(loosely("m=audio 9/2 RTP/AVP 0")).toBe("m=audio 9/2 RTP/AVP 0");
    expect(loosely("m=application 9 UDP/DTLS/SCTP webrtc-datachannel")).toBe(
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    );
    expect(loosely("a= recvonly")).toBe("a=recvonly");
  });

  it("lists RTX whose lines are there", () => {
    const text = "m=video 9 RTP/AVP 96\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n";
    expect(read(text, { answersUnlistedRtx: true })).toBe(text.replace("96\r", "96 97\r"));
    const stray = text.replace("apt=96", "apt=95");
    expect(read(stray, { answersUnlistedRtx: true })).toBe(stray);
  });

  it("takes a second v= line for the end", () => {
    expect(read("v=0\r\nm=a\r\nv=0\r\na=1\r\n", { stopsAtBadLine: true })).toBe("v=0\r\nm=a\r\n");
  });

  it("reads a sound offer the same in every browser", () => {
    for (const browser of ["chromium", "firefox"] as const) {
      expect(readAs(parse(offer), browserCapabilities(browser).habits).toString()).toBe(offer);
    }
  });
});
