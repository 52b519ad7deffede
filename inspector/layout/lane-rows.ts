import type { LaneColumns, LaneGroupColumns } from "../source/picture.ts";

/** The height of a lane. */
export const LANE = 20;

/** A connection's lanes at their place. Pixels from the top. */
export interface GroupPlace {
  readonly group: LaneGroupColumns;
  readonly key: string;
  readonly isClosed: boolean;
  readonly lanes: readonly LaneColumns[];
  readonly y: number;
  readonly height: number;
}

/** Stacks the lanes of all connections. A closed connection shows its connection lane alone. */
export function placeGroups(
  groups: readonly LaneGroupColumns[],
  isClosed: (key: string) => boolean,
): readonly GroupPlace[] {
  let y = 0;
  return groups.map((group) => {
    const key = groupKey(group);
    const closed = isClosed(key);
    const lanes = group.lanes.filter((lane) => isShown(lane, closed));
    const height = lanes.length * LANE + 1;
    const place = { group, key, isClosed: closed, lanes, y, height };
    y += height;
    return place;
  });
}

/** A connection, as one word. */
export function groupKey({ peer, pc }: LaneGroupColumns): string {
  return `${peer} ${pc ?? ""}`;
}

/** The connections that are in view. */
export function groupsInView(
  places: readonly GroupPlace[],
  top: number,
  height: number,
): readonly GroupPlace[] {
  return places.filter((place) => place.y + place.height > top && place.y < top + height);
}

/**
 * Directions of transceivers are read in the descriptions, and their lanes would push the others away; a pair that never
 * changed needs no lane, as ICE's own says it.
 */
function isShown({ kind, slices }: LaneColumns, isClosed: boolean): boolean {
  if (isClosed) return kind === "connection";
  return kind !== "transceiver" && (kind !== "pair" || slices.count > 1);
}
