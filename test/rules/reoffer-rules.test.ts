import { describe, expect, it } from "vitest";
import { reofferRules } from "../../lib/rules/catalog.ts";
import { checkReoffer } from "../../lib/rules/check-reoffer.ts";
import { changed, offer } from "./call.ts";

type Change = readonly [from: string, to: string];

/** For each rule: how the first offer differs from the sample, what then breaks the rule and where, and what comes close. */
const cases: readonly {
  readonly code: string;
  readonly first?: readonly Change[];
  readonly broken: readonly Change[];
  readonly at: string;
  readonly near: readonly Change[];
}[] = [
  {
    code: "reoffer/m-line-count",
    broken: [
      ["1001 2", "1001 3"],
      ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\na=mid:2\n", ""],
    ],
    at: "27:1",
    near: [
      ["1001 2", "1001 3"],
      ["m=application 9", "m=application 0"],
    ],
  },
  {
    code: "reoffer/section-order",
    broken: [
      ["1001 2", "1001 3"],
      ["m=video", "m=text"],
    ],
    at: "27:3",
    near: [
      ["1001 2", "1001 3"],
      ["m=video 9", "m=video 0"],
    ],
  },
  {
    code: "reoffer/origin",
    broken: [["a=sendrecv", "a=inactive"]],
    at: "2:10",
    near: [
      ["1001 2", "1001 3"],
      ["a=sendrecv", "a=inactive"],
    ],
  },
  {
    code: "reoffer/hold-address",
    first: [
      ["m=audio 9", "m=audio 5004"],
      ["c=IN IP4 0.0.0.0", "c=IN IP4 192.0.2.1"],
    ],
    broken: [
      ["1001 2", "1001 3"],
      ["m=audio 9", "m=audio 5004"],
    ],
    at: "8:1",
    near: [
      ["1001 2", "1001 3"],
      ["m=audio 9", "m=audio 5004"],
      ["c=IN IP4 0.0.0.0", "c=IN IP4 192.0.2.1"],
      ["a=sendrecv", "a=inactive"],
    ],
  },
  {
    code: "reoffer/session-lines",
    broken: [
      ["1001 2", "1001 3"],
      ["s=-", "s=x"],
    ],
    at: "3:1",
    near: [
      ["1001 2", "1001 3"],
      ["a=sendrecv", "a=inactive"],
    ],
  },
  {
    code: "reoffer/mid",
    broken: [
      ["1001 2", "1001 3"],
      ["a=mid:1", "a=mid:5"],
    ],
    at: "29:1",
    near: [
      ["1001 2", "1001 3"],
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:5"],
    ],
  },
  {
    code: "reoffer/msid",
    broken: [
      ["1001 2", "1001 3"],
      ["a=msid:stream audio", "a=msid:stream other"],
    ],
    at: "25:15",
    near: [
      ["1001 2", "1001 3"],
      ["a=msid:stream audio", "a=msid:new audio"],
    ],
  },
  {
    code: "reoffer/rtcp-mux",
    broken: [
      ["1001 2", "1001 3"],
      ["a=rtcp-mux\n", ""],
    ],
    at: "7:1",
    near: [
      ["1001 2", "1001 3"],
      ["m=audio 9", "m=audio 0"],
      ["a=rtcp-mux\n", ""],
    ],
  },
  {
    code: "reoffer/extension-set",
    broken: [
      ["1001 2", "1001 3"],
      ["a=extmap:2/sendonly", "a=extmap:3 urn:x\na=extmap:2/sendonly"],
    ],
    at: "37:1",
    near: [
      ["1001 2", "1001 3"],
      ["a=extmap:2/sendonly", "a=extmap:2"],
    ],
  },
  {
    code: "reoffer/extension-id",
    broken: [
      ["1001 2", "1001 3"],
      ["a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap:1 urn:x"],
    ],
    at: "16:10",
    near: [
      ["1001 2", "1001 3"],
      [
        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=extmap:7 urn:ietf:params:rtp-hdrext:sdes:mid",
      ],
    ],
  },
  {
    code: "reoffer/payload-type",
    broken: [
      ["1001 2", "1001 3"],
      ["a=rtpmap:98 VP9/90000", "a=rtpmap:98 H265/90000"],
    ],
    at: "45:1",
    near: [
      ["1001 2", "1001 3"],
      ["96 97 102 98 45", "98 96 97 102 45"],
    ],
  },
  {
    code: "reoffer/group-membership",
    first: [["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0\na=group:BUNDLE 1 2"]],
    broken: [
      ["1001 2", "1001 3"],
      ["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0 1\na=group:BUNDLE 2"],
    ],
    at: "5:18",
    near: [
      ["1001 2", "1001 3"],
      ["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0\na=group:BUNDLE 1"],
    ],
  },
  {
    code: "reoffer/new-association",
    broken: [
      ["1001 2", "1001 3"],
      ["a=fingerprint:sha-256 AB:", "a=fingerprint:sha-256 CD:"],
    ],
    at: "13:1",
    near: [
      ["1001 2", "1001 3"],
      ["a=fingerprint:sha-256 AB:", "a=fingerprint:sha-256 CD:"],
      ["a=ice-ufrag:abcd", "a=ice-ufrag:efgh"],
      ["a=ice-pwd:abcdefghijklmnopqrstuv", "a=ice-pwd:bbcdefghijklmnopqrstuv"],
    ],
  },
  {
    code: "reoffer/setup-role",
    first: [["a=setup:actpass", "a=setup:active"]],
    broken: [
      ["1001 2", "1001 3"],
      ["a=setup:actpass", "a=setup:passive"],
    ],
    at: "14:9",
    near: [
      ["1001 2", "1001 3"],
      ["a=setup:actpass", "a=setup:actpass"],
    ],
  },
  {
    code: "reoffer/ice-restart",
    broken: [
      ["1001 2", "1001 3"],
      ["a=ice-ufrag:abcd", "a=ice-ufrag:efgh"],
    ],
    at: "12:1",
    near: [
      ["1001 2", "1001 3"],
      ["a=ice-ufrag:abcd", "a=ice-ufrag:efgh"],
      ["a=ice-pwd:abcdefghijklmnopqrstuv", "a=ice-pwd:bbcdefghijklmnopqrstuv"],
    ],
  },
  {
    code: "reoffer/ice-options",
    broken: [
      ["1001 2", "1001 3"],
      ["a=ice-options:trickle ice2", "a=ice-options:trickle"],
    ],
    at: "6:1",
    near: [
      ["1001 2", "1001 3"],
      ["a=ice-options:trickle ice2", "a=ice-options:trickle"],
      ["a=ice-ufrag:abcd", "a=ice-ufrag:efgh"],
      ["a=ice-pwd:abcdefghijklmnopqrstuv", "a=ice-pwd:bbcdefghijklmnopqrstuv"],
    ],
  },
];

describe("the rules about what one side sends later", () => {
  it("say nothing when nothing changed", () => {
    expect(checkReoffer(offer, offer)).toEqual([]);
  });

  it("each stand in this table", () => {
    expect(cases.map(({ code }) => code).sort()).toEqual(reofferRules.map(({ code }) => code));
  });

  it.each(cases)("$code", ({ code, first = [], broken, at, near }) => {
    const check = (changes: readonly Change[]) =>
      checkReoffer(changed(offer, ...first), changed(offer, ...changes));
    const found = check(broken).find((each) => each.code === code);
    expect(`${found?.position?.line}:${found?.position?.column}`).toBe(at);
    expect(check(near).filter((each) => each.code === code)).toEqual([]);
  });
});
