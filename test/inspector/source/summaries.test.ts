import { expect, it } from "vitest";
import { createSheet } from "../../../inspector/source/sheet.ts";
import { summariesOf } from "../../../inspector/source/summaries.ts";
import { recordedTrace } from "../../support/recorded-trace.ts";

const summaries = (name: string) => {
  const trace = recordedTrace(name);
  const connections = trace.events.flatMap(({ kind, peer, pc }) =>
    kind === "create" && peer !== undefined ? [{ peer, ...(pc !== undefined && { pc }) }] : [],
  );
  return summariesOf(createSheet(trace), connections);
};

it("says who offered, what is sent and over which pair", () => {
  const [alice, bob] = summaries("ok");
  expect(alice?.role).toBe("offerer");
  expect(bob?.role).toBe("answerer");
  expect(alice?.codecs).toEqual(expect.arrayContaining(["opus", "VP8"]));
  expect(bob?.codecs).toEqual(alice?.codecs);
  expect(alice?.pair).toMatch(/host/);
});

it("gives a connection without an answer its role, and no codecs or pair", () => {
  const [caller] = summaries("unanswered");
  expect(caller).toEqual({ role: "offerer", codecs: [] });
});

it("knows nothing of a connection that is not there", () => {
  expect(summariesOf(createSheet(recordedTrace("ok")), [{ peer: "nobody" }])).toEqual([
    { codecs: [] },
  ]);
});
