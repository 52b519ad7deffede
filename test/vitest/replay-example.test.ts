import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTrace, replayNegotiation } from "../../lib/index.ts";
import "../../lib/vitest/index.ts";

// The example of docs/replaying.md as written there, but for where it imports from and reads its files.
const incident = readFileSync(
  new URL("../fixtures/traces/early-candidate.sdpscope.jsonl", import.meta.url),
  "utf8",
);
const fixed = readFileSync(
  new URL("../fixtures/traces/ok.sdpscope.jsonl", import.meta.url),
  "utf8",
);

describe("the call of ticket 4711", () => {
  const { trace } = readTrace(incident); // importTrace reads any other dump

  test("failed because candidates came before the offer", () => {
    expect(trace).not.toConnect();
    expect(trace).toHaveFinding("session/candidate-before-description");
  });

  test("would have lost no candidate with a queue", () => {
    const { connections, parting } = replayNegotiation(trace, { holdCandidates: true });
    expect(connections.every(({ candidates }) => candidates.refused === 0)).toBe(true);
    expect(parting?.computed.reason.en).toMatch(/was held until the remote offer/);
  });

  test("works with the queue that we have now", () => {
    const { trace: now } = readTrace(fixed);
    expect(now).toConnect();
    expect(now).toHaveNoFindings({ severity: "warning" });
    expect(replayNegotiation(now).parting).toBeUndefined();
  });
});
