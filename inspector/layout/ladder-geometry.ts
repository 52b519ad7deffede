import type { Ladder, LadderArrow, LadderColumn, LadderItem } from "../../lib/index.ts";
import type { Idle } from "./time-scale.ts";

/** A column at its place: `at` is its share of the width, 0 to 1. */
export interface ColumnPlace {
  readonly column: LadderColumn;
  readonly at: number;
  /** On which side of the line its texts stand. */
  readonly side: "left" | "right";
}

/** An item at its height; `y` is the middle of its row. Pixels. */
export interface RowPlace {
  readonly item: LadderItem;
  readonly y: number;
}

/** An arrow from place to place: `from` and `to` are shares of the width, `y1` and `y2` pixels. */
export interface ArrowPlace {
  readonly arrow: LadderArrow;
  readonly from: number;
  readonly to: number;
  readonly y1: number;
  readonly y2: number;
  /** It ends in a cross on its way. */
  readonly isLost: boolean;
}

/** A band that stands for a time in which nothing happened. `y` is its top. */
export interface GapPlace {
  readonly idle: Idle;
  readonly y: number;
}

/** The ladder in pixels, from top to bottom. */
export interface LadderPlaces {
  readonly columns: readonly ColumnPlace[];
  readonly rows: readonly RowPlace[];
  readonly arrows: readonly ArrowPlace[];
  readonly gaps: readonly GapPlace[];
  readonly height: number;
}

/** The height of a row and of a gap's band. */
export const ROW = 20;

/**
 * How many rows a column may run behind the lowest one: high enough that send and receive can stand beside each
 * other, low enough that what is far below is also later.
 */
const LAG = 5;

/**
 * Lays the ladder out: order on each column is time, an arrow's end is always below its start, so that causes stand
 * above effects; stretches in which nothing happened are one band over all columns.
 */
export function placeLadder(
  ladder: Ladder,
  options: {
    readonly idle?: readonly Idle[];
    readonly isShown?: (item: LadderItem) => boolean;
  } = {},
): LadderPlaces {
  const columns = placeColumns(ladder.columns);
  const at = new Map(columns.map((place) => [place.column.id, place.at]));
  const causes = new Map<number, number>();
  for (const { from, to } of ladder.arrows) {
    if (from !== undefined && to !== undefined) causes.set(to, from);
  }
  const idle = options.idle ?? [];
  const isShown = options.isShown ?? (() => true);
  const heights = new Map<number, number>();
  const lowest = new Map<string, number>();
  const rows: RowPlace[] = [];
  const gaps: GapPlace[] = [];
  let bottom = 4;
  let floor = ROW / 2 + 2;
  let nextIdle = 0;
  for (const item of ladder.items) {
    let stretch = idle[nextIdle];
    while (stretch && stretch.start < item.t) {
      if (rows.length > 0 && (rows.at(-1)?.item.t ?? 0) <= stretch.start) {
        const y = bottom + ROW / 2;
        gaps.push({ idle: stretch, y });
        floor = y + ROW * 1.5;
        bottom = floor - ROW;
      }
      nextIdle++;
      stretch = idle[nextIdle];
    }
    if (!isShown(item)) continue;
    const cause = heights.get(causes.get(item.seq) ?? -1);
    const y = Math.max(
      floor,
      (lowest.get(item.column) ?? 0) + ROW,
      cause === undefined ? 0 : cause + ROW,
      bottom - LAG * ROW,
    );
    heights.set(item.seq, y);
    lowest.set(item.column, y);
    bottom = Math.max(bottom, y);
    rows.push({ item, y });
  }
  const arrows = ladder.arrows.flatMap((arrow): ArrowPlace[] => {
    const from = at.get(arrow.fromColumn);
    const to = at.get(arrow.toColumn);
    const sent = heights.get(arrow.from ?? -1);
    const received = heights.get(arrow.to ?? -1);
    if (from === undefined || to === undefined) return [];
    if (sent === undefined && received === undefined) return [];
    const isLost = arrow.outcome === "lost";
    const y1 = sent ?? (received ?? 0) - ROW / 2;
    const y2 = received ?? (sent ?? 0) + ROW / 2;
    return [{ arrow, from, to, y1, y2, isLost }];
  });
  return { columns, rows, arrows, gaps, height: bottom + ROW };
}

/** Columns stand between the texts of the first, at the left, and those of the last, at the right. */
function placeColumns(columns: readonly LadderColumn[]): ColumnPlace[] {
  const count = columns.length;
  const [first, last] = count <= 1 ? [0.3, 0.3] : count <= 3 ? [0.24, 0.66] : [0.17, 0.78];
  return columns.map((column, index) => ({
    column,
    at: count <= 1 ? first : first + ((last - first) * index) / (count - 1),
    side: index === 0 ? "left" : "right",
  }));
}
