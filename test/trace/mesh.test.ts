import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTrace } from "../../lib/trace/file.ts";
import { joinSignals } from "../../lib/trace/join.ts";
import { timeline } from "../../lib/trace/timeline.ts";

/** Four headless peers in one room; recorded by `node test/lab/run.mjs mesh`. */
const file = join(import.meta.dirname, "../fixtures/traces/mesh-of-4.sdpscope.jsonl");
const { trace, diagnostics } = readTrace(readFileSync(file, "utf8"));
const names = ["alice", "bob", "carol", "dave"];

describe("a recorded mesh of four", () => {
  test("shows its cost: each member has n − 1 connections, and all came up", () => {
    expect(diagnostics).toEqual([]);
    const { lanes } = timeline(trace);
    for (const name of names) {
      const connections = lanes.filter(({ peer, pc }) => peer === name && pc !== undefined);
      expect(connections).toHaveLength(names.length - 1);
      for (const { lanes } of connections) {
        const states = lanes.find(({ kind }) => kind === "connection")?.slices;
        expect(states?.map(({ label }) => label)).toContain("connected");
      }
    }
  });

  test("has one offer and one answer for each two members, and no message is lost", () => {
    const deliveries = joinSignals(trace);
    const described = deliveries.filter(({ payload }) => payload.kind === "description");
    expect(described).toHaveLength(names.length * (names.length - 1));
    expect(new Set(described.map(({ outcome }) => outcome))).toEqual(new Set(["received"]));
  });
});
