import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  diagnoseSession,
  formPairs,
  predictConnection,
  readDescription,
  readTrace,
} from "../lib/index.ts";

// The README's example of explaining a call that failed, as written there.
function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
}

const candidatesOf = (sdp: string) =>
  readDescription(sdp).media[0]?.candidates.map(({ candidate }) => candidate) ?? [];

test("says why a recorded session failed, and what to do", () => {
  const { trace } = readTrace(fixture("traces/munged.sdpscope.jsonl"));
  const { findings } = diagnoseSession(trace);
  expect(findings.map(({ code }) => code)).toContain("session/description-changed");
  expect(findings[0]?.message.en).toContain("Mid 1: codec VP8/90000 removed");
  expect(findings[0]?.advice?.en).toContain("Send pc.localDescription as it is");
});

test("says which pairs there are, and whether two ends can meet", () => {
  const offer = fixture("sdp/chromium-156.0.8078.79/avd-gathered.offer.sdp");
  const answer = fixture("sdp/werift-0.24.4/avd-gathered.answer.sdp");
  const [ours, theirs] = [candidatesOf(offer), candidatesOf(answer)];
  const { pairs, impossible } = formPairs(ours, theirs, "controlling");
  expect([pairs.length, impossible.length]).toEqual([4, 0]);
  expect(predictConnection({ candidates: ours }, { candidates: theirs }).summary.en).toBe(
    "Possible: they connect directly (host–host).",
  );
});
