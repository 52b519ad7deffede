import type { CallOptions, Script } from "./script.ts";
import { call } from "./script.ts";

/** A call of which `getStats` was recorded at one side, once a second for 20 seconds. */
export function measured(
  peer: string,
  report: (second: number) => Readonly<Record<string, unknown>>,
  options: CallOptions = {},
): Script {
  const made = call({ end: 25_000, ...options });
  const connection = made.at(peer);
  for (let second = 1; second <= 20; second++) {
    connection.add(second * 1000, { kind: "stats", report: report(second) });
  }
  return made;
}

/** What a counter is at in a second when it grew by so much in each second after `from` up to `to`. */
export function total(second: number, from: number, to: number, perSecond: number): number {
  return perSecond * Math.max(0, Math.min(second, to) - from);
}
