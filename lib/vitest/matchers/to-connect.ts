import { diagnoseSession } from "../../rules/diagnose-session.ts";
import { formatDiagnosis } from "../../rules/format-diagnosis.ts";
import { cameUp, connectedEvent, readSession, stateAtEnd } from "../../rules/session.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsTrace, receivedTrace } from "../received-trace.ts";

/**
 * `expect(trace).toConnect()`: every connection in it that applied a description came up. The message says which did not,
 * in which states they ended, and what the diagnosis finds.
 */
export function toConnect(this: MatcherState, received: unknown): MatcherResult {
  const trace = receivedTrace(received);
  if (trace === undefined) return misuse(this, needsTrace("toConnect", received));
  const wanted = readSession(trace).connections.filter(({ applied }) => applied.length > 0);
  const failed = wanted.filter(
    (each) => !connectedEvent(each) && !(knowsNoMore(each.states) && cameUp(each)),
  );
  const pass = wanted.length > 0 && failed.length === 0;
  return {
    pass,
    message: () => {
      if (pass) return "Expected a connection not to come up, but all did.";
      if (wanted.length === 0)
        return "Expected connections to come up, but no connection in the trace applied a description.";
      const states = failed.map((each) => {
        const ended = (["signaling", "ice", "connection"] as const).map(
          (machine) => `${machine} ${stateAtEnd(each, machine)}`,
        );
        return `  ${each.name}: ${ended.join(", ")}`;
      });
      return `Expected every connection to come up, but:\n${states.join("\n")}\n\n${formatDiagnosis(trace, diagnoseSession(trace))}`;
    },
  };
}

/** A recording that knows ICE alone: then ICE's word counts. */
function knowsNoMore(states: readonly { readonly machine: string }[]): boolean {
  return !states.some(({ machine }) => machine === "connection" || machine === "dtls");
}
