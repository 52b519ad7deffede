import type { TimeScale } from "./time-scale.ts";

/** Something that happened, to be marked on the graphs' axis. `tone` is a lane's tone, or that of a restart. */
export interface GraphMark {
  readonly seq: number;
  readonly t: number;
  readonly kind: "finding" | "state" | "restart";
  readonly tone: string;
  readonly text: string;
}

/** A mark at its place; those that would cover each other are one, named after the gravest. Pixels. */
export interface PlacedMark extends GraphMark {
  readonly x: number;
  /** How many it stands for. */
  readonly count: number;
  /** All of them, a line each. */
  readonly title: string;
}

/** Marks nearer than this cover each other. */
const NEAR = 12;

/** So many texts are told of one place. */
const MOST_TEXTS = 8;

const gravity: Readonly<Record<GraphMark["kind"], number>> = { finding: 2, restart: 1, state: 0 };

/** Puts the marks in view on the axis, in order of time. At most one for each 12 pixels. */
export function placeMarksOnGraph(
  marks: readonly GraphMark[],
  scale: TimeScale,
): readonly PlacedMark[] {
  const placed: PlacedMark[] = [];
  for (const mark of marks.toSorted((a, b) => a.t - b.t)) {
    if (mark.t < scale.start || mark.t > scale.end) continue;
    const x = scale.x(mark.t);
    const last = placed.at(-1);
    if (!last || x - last.x >= NEAR) {
      placed.push({ ...mark, x, count: 1, title: mark.text });
      continue;
    }
    const count = last.count + 1;
    const title = count <= MOST_TEXTS ? `${last.title}\n${mark.text}` : last.title;
    const isGraver = gravity[mark.kind] > gravity[last.kind];
    placed[placed.length - 1] = { ...(isGraver ? { ...mark, x: last.x } : last), count, title };
  }
  return placed;
}
