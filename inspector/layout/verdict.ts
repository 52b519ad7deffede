import type { Lane, LaneGroup, Timeline } from "../../lib/index.ts";

/** How the session stands, as far as its states tell. Times in milliseconds. */
export type Verdict =
  | { readonly kind: "empty" }
  | { readonly kind: "connected"; readonly after: number; readonly for: number }
  | { readonly kind: "closed"; readonly after: number; readonly for: number }
  | { readonly kind: "failed"; readonly peers: readonly string[]; readonly at: number }
  | { readonly kind: "stalled"; readonly peers: readonly string[]; readonly for: number }
  | { readonly kind: "connecting"; readonly for: number }
  | { readonly kind: "unconnected"; readonly state: string };

/** Reads the verdict off the connection lanes. A session is connected when each of its connections once was. */
export function verdictOf(timeline: Timeline, isLive: boolean): Verdict {
  const groups = timeline.lanes;
  if (groups.length === 0) return { kind: "empty" };
  const begin = Math.min(
    ...groups.map((group) => laneOf(group, "signaling")?.slices[0]?.start ?? timeline.start),
  );
  const connected = groups.map(connectedSlice);
  const failed = groups.filter((group) => lastState(group) === "failed");
  if (failed.length > 0) {
    const at = Math.min(...failed.map((group) => slicesOf(group).at(-1)?.start ?? 0));
    return { kind: "failed", peers: namesOf(failed), at };
  }
  if (connected.every((slice) => slice !== undefined)) {
    const since = Math.max(...connected.map(({ start }) => start));
    const open = groups.filter((group) => lastState(group) !== "closed");
    if (open.length > 0) {
      return { kind: "connected", after: since - begin, for: timeline.end - since };
    }
    const until = Math.min(...groups.map((group) => slicesOf(group).at(-1)?.start ?? timeline.end));
    return { kind: "closed", after: since - begin, for: Math.max(0, until - since) };
  }
  const stalled = groups.filter((group) =>
    laneOf(group, "ice")?.slices.some(({ stalledFrom }) => stalledFrom !== undefined),
  );
  if (stalled.length > 0) {
    const from = Math.min(
      ...stalled.map((group) => laneOf(group, "ice")?.slices[0]?.stalledFrom ?? timeline.end),
    );
    return { kind: "stalled", peers: namesOf(stalled), for: timeline.end - from };
  }
  if (isLive) return { kind: "connecting", for: timeline.end - begin };
  return { kind: "unconnected", state: groups.map(lastState).find((state) => state) ?? "new" };
}

/** The state that tells most about a connection now: its connection state, or ICE's where that moved further. */
export function lastState(group: LaneGroup): string {
  const connection = slicesOf(group).at(-1)?.label;
  const ice = laneOf(group, "ice")?.slices.at(-1)?.label;
  return connection === undefined || connection === "new" ? (ice ?? "new") : connection;
}

function connectedSlice(group: LaneGroup): { readonly start: number } | undefined {
  return (
    slicesOf(group).find(({ label }) => label === "connected") ??
    // Engines without a connection state: ICE alone tells.
    (slicesOf(group).length <= 1
      ? laneOf(group, "ice")?.slices.find(
          ({ label }) => label === "connected" || label === "completed",
        )
      : undefined)
  );
}

function slicesOf(group: LaneGroup): Lane["slices"] {
  return laneOf(group, "connection")?.slices ?? [];
}

function laneOf(group: LaneGroup, kind: Lane["kind"]): Lane | undefined {
  return group.lanes.find((lane) => lane.kind === kind);
}

function namesOf(groups: readonly LaneGroup[]): string[] {
  return [...new Set(groups.map(({ name }) => name))];
}
