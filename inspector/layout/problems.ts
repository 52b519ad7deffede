import type { CallRow, Timeline } from "../../lib/index.ts";

/** Something that went wrong, as it was recorded: no judgement, only what the events say. */
export interface Problem {
  readonly kind: "refused-call" | "gathering-error" | "lost-message" | "failed-state";
  readonly severity: "error" | "warning";
  /** The method, the error's code, the message's word or the machine. */
  readonly subject: string;
  /** The peer it happened at, where it is one. */
  readonly peer: string;
  /** The error as the engine worded it. */
  readonly reason: string;
  /** How early a refused candidate came, in milliseconds before the remote description was applied: first and last. */
  readonly early?: readonly [number, number];
  /** The events that show it. */
  readonly events: readonly number[];
}

/** What went wrong in a session, gathered by kind, place and wording, the gravest first. */
export function problemsOf(timeline: Timeline): readonly Problem[] {
  const found = new Map<string, Problem>();
  const applied = remoteDescriptions(timeline);
  const names = new Map(timeline.lanes.map(({ peer, name }) => [peer, name]));
  const add = (problem: Problem): void => {
    const key = [problem.kind, problem.subject, problem.peer, problem.reason].join(" ");
    const known = found.get(key);
    if (!known) found.set(key, problem);
    else {
      const early = known.early && problem.early && ([known.early[0], problem.early[1]] as const);
      found.set(key, {
        ...known,
        ...(early && { early }),
        events: [...known.events, ...problem.events],
      });
    }
  };
  for (const call of timeline.calls) {
    if (!call.error) continue;
    const early = earliness(call, applied);
    add({
      kind: "refused-call",
      severity: "error",
      subject: call.method,
      peer: names.get(call.peer ?? "") ?? call.peer ?? "",
      reason: `${call.error.name}: ${call.error.message}`,
      ...(early !== undefined && { early: [early, early] as const }),
      events: [call.begin.seq],
    });
  }
  for (const row of timeline.candidates) {
    if (!row.gatheringError) continue;
    const { code, text, url } = row.gatheringError;
    add({
      kind: "gathering-error",
      severity: "warning",
      subject: String(code),
      peer: names.get(row.peer ?? "") ?? row.peer ?? "",
      reason: [text, url].filter((part) => part !== undefined).join(" "),
      events: [row.seq],
    });
  }
  for (const arrow of timeline.ladder.arrows) {
    if (arrow.outcome !== "lost" || arrow.from === undefined) continue;
    add({
      kind: "lost-message",
      severity: "error",
      subject: arrow.type,
      peer: names.get(arrow.fromColumn) ?? arrow.fromColumn,
      reason: "",
      events: [arrow.from],
    });
  }
  for (const group of timeline.lanes) {
    for (const lane of group.lanes) {
      for (const slice of lane.slices) {
        if (lane.kind === "calls" || slice.tone !== "failed") continue;
        add({
          kind: "failed-state",
          severity: "error",
          subject: lane.kind,
          peer: group.name,
          reason: "",
          events: [slice.seq],
        });
      }
    }
  }
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || first(a) - first(b));
}

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

function rank({ severity }: Problem): number {
  return severity === "error" ? 0 : 1;
}

function first({ events }: Problem): number {
  return events[0] ?? 0;
}
