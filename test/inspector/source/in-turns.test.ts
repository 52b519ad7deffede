import { describe, expect, it } from "vitest";
import { inTurns } from "../../../inspector/source/in-turns.ts";
import type { Steps } from "../../../lib/index.ts";
import { diagnoseSession, diagnosisSteps } from "../../../lib/index.ts";
import { earlyCandidateTrace } from "../../support/sample-trace.ts";

/** Work without an end of its own: every step takes a millisecond. */
function* endless(): Steps<never> {
  for (;;) {
    const end = performance.now() + 1;
    while (performance.now() < end);
    yield;
  }
}

function* short(): Steps<string> {
  yield;
  return "done";
}

describe("work in turns", () => {
  it("gives its result", async () => {
    expect(await inTurns(short(), () => true)).toBe("done");
  });

  it("lets messages and timers have their turn, and stops when nobody wants it any more", async () => {
    let isWanted = true;
    let answers = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      answers++;
      port2.postMessage(undefined);
    };
    port2.postMessage(undefined);
    setTimeout(() => {
      isWanted = false;
    }, 100);
    expect(await inTurns(endless(), () => isWanted)).toBeUndefined();
    port1.close();
    expect(answers).toBeGreaterThan(1);
  });

  it("is not begun when nobody wants it", async () => {
    expect(await inTurns(endless(), () => false)).toBeUndefined();
  });
});

describe("a diagnosis in steps", () => {
  it("is the same as at once", async () => {
    const trace = earlyCandidateTrace();
    const diagnosis = await inTurns(diagnosisSteps(trace), () => true);
    expect(diagnosis).toEqual(diagnoseSession(trace));
    expect([...diagnosisSteps(trace)].length).toBeGreaterThan(50);
  });
});
