import { describe, expect, it } from "vitest";
import { compareCredentials, createGenerationLedger } from "../../lib/ice/generation.ts";

const first = { ufrag: "aaaa", pwd: "0123456789012345678901" };
const second = { ufrag: "bbbb", pwd: "abcdefghijklmnopqrstuv" };
const line = (port: number, ufrag?: string): string =>
  `candidate:1 1 udp 2113937151 192.168.1.2 ${port} typ host${ufrag ? ` ufrag ${ufrag}` : ""}`;

describe("compareCredentials", () => {
  it("sees a restart only where both change", () => {
    expect(compareCredentials(first, { ...first })).toBe("same");
    expect(compareCredentials(first, second)).toBe("restart");
    expect(compareCredentials(first, { ...first, ufrag: "cccc" })).toBe("only-ufrag");
    expect(compareCredentials(first, { ...first, pwd: second.pwd })).toBe("only-pwd");
  });
});

describe("createGenerationLedger", () => {
  it("puts candidates into the generation of their ufrag", () => {
    const ledger = createGenerationLedger();
    expect(ledger.describe([{ mid: "0", ...first }])).toEqual([{ mid: "0", change: "first" }]);
    expect(ledger.trickle({ candidate: line(1, "aaaa"), sdpMid: "0" })).toMatchObject({
      state: "current",
      generation: 0,
    });
    expect(ledger.describe([{ mid: "0", ...second }])).toEqual([{ mid: "0", change: "restart" }]);
    expect(ledger.trickle({ candidate: line(2, "bbbb"), sdpMid: "0" })).toMatchObject({
      state: "current",
      generation: 1,
    });
    expect(ledger.trickle({ candidate: line(3, "aaaa"), sdpMid: "0" })).toMatchObject({
      state: "stale",
      generation: 0,
    });
    expect(
      ledger.generations("0").map(({ ufrag, candidates }) => [ufrag, candidates.length]),
    ).toEqual([
      ["aaaa", 2],
      ["bbbb", 1],
    ]);
  });

  it("takes a candidate without ufrag for the current generation, and usernameFragment for its own", () => {
    const ledger = createGenerationLedger();
    ledger.describe([{ mid: "0", ...first }]);
    ledger.describe([{ mid: "0", ...second }]);
    expect(ledger.trickle({ candidate: line(1), sdpMid: "0" })).toMatchObject({ generation: 1 });
    expect(
      ledger.trickle({ candidate: line(2), sdpMid: "0", usernameFragment: "aaaa" }),
    ).toMatchObject({ generation: 0, state: "stale" });
  });

  it("finds the section by mid, by index, or by ufrag", () => {
    const ledger = createGenerationLedger();
    ledger.describe([
      { mid: "a", mLineIndex: 0, ...first },
      { mid: "v", mLineIndex: 1, ...second },
    ]);
    expect(ledger.trickle({ candidate: line(1), sdpMLineIndex: 1 })).toMatchObject({
      state: "current",
    });
    expect(ledger.trickle(line(2, "bbbb"))).toMatchObject({ state: "current" });
    expect(ledger.generations("v")[0]?.candidates).toHaveLength(2);
  });

  it("tells early, orphan, late and repeated candidates", () => {
    const ledger = createGenerationLedger();
    expect(ledger.trickle({ candidate: line(1), sdpMid: "0" }).state).toBe("orphan");
    expect(ledger.trickle(line(1)).state).toBe("early");
    ledger.describe([{ mid: "0", ...first }]);
    expect(ledger.trickle({ candidate: line(1), sdpMid: "9" }).state).toBe("orphan");
    expect(ledger.trickle({ candidate: line(1, "zzzz"), sdpMid: "0" }).state).toBe("orphan");
    expect(ledger.trickle({ candidate: "nonsense", sdpMid: "0" }).state).toBe("orphan");
    expect(ledger.trickle({ candidate: line(1), sdpMid: "0" }).state).toBe("current");
    expect(ledger.trickle({ candidate: line(1), sdpMid: "0" }).state).toBe("duplicate");
    expect(ledger.trickle({ candidate: "", sdpMid: "0" }).state).toBe("current");
    expect(ledger.trickle({ candidate: line(2), sdpMid: "0" }).state).toBe("late");
    expect(ledger.trickle({ candidate: "", sdpMid: "0" }).state).toBe("duplicate");
  });

  it.each([
    ["null", null],
    ["an empty string", ""],
    ["the attribute", "a=end-of-candidates"],
  ])("ends every section by %s", (_form, end) => {
    const ledger = createGenerationLedger();
    ledger.describe([
      { mid: "0", ...first },
      { mid: "1", ...second },
    ]);
    expect(ledger.trickle(end)).toMatchObject({ isEndOfCandidates: true, state: "current" });
    expect(["0", "1"].map((mid) => ledger.generations(mid)[0]?.isEnded)).toEqual([true, true]);
  });
});
