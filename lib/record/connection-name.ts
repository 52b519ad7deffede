import type { Recorder } from "../trace/recorder.ts";

/** What the next connection of a recorder's peer is called: `pc1`, `pc2` … */
export function nextConnectionName(recorder: Recorder, peer: string): string {
  const ofRecorder = counts.get(recorder) ?? new Map<string, number>();
  counts.set(recorder, ofRecorder);
  const count = (ofRecorder.get(peer) ?? connectionsIn(recorder, peer)) + 1;
  ofRecorder.set(peer, count);
  return `pc${count}`;
}

/** How many connections each peer of a recorder has; the events alone may have been dropped. */
const counts = new WeakMap<Recorder, Map<string, number>>();

function connectionsIn(recorder: Recorder, peer: string): number {
  const { events } = recorder.trace;
  return events.filter((event) => event.kind === "create" && event.peer === peer).length;
}
