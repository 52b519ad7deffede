import type { CallRow, Timeline } from "../../lib/index.ts";

/** When each connection first had a remote description, by peer and connection. */
export type AppliedAt = ReadonlyMap<string, number>;

/** Finds when each connection first had its remote description applied. */
export function remoteDescriptions(timeline: Timeline): AppliedAt {
  const applied = new Map<string, number>();
  for (const call of timeline.calls) {
    if (call.method !== "setRemoteDescription" || !call.settle || call.error) continue;
    const place = placeOf(call);
    if (!applied.has(place)) applied.set(place, call.settle.t);
  }
  return applied;
}

/** How many milliseconds before the remote description a candidate was refused for want of it; `undefined` for other calls. */
export function earliness(call: CallRow, applied: AppliedAt): number | undefined {
  if (call.method !== "addIceCandidate" || call.error?.name !== "InvalidStateError") {
    return undefined;
  }
  const at = applied.get(placeOf(call));
  return at === undefined || at <= call.begin.t ? undefined : at - call.begin.t;
}

function placeOf({ peer, pc }: CallRow): string {
  return `${peer ?? ""} ${pc ?? ""}`;
}
