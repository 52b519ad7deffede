/** A point. Pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** What must not be covered: its middle, and its whole width and height. */
export interface TakenBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow that wants its chip: where it runs, where along it the chip stands best, and how wide it is. */
export interface ChipWish {
  readonly from: Point;
  readonly to: Point;
  /** 0 at the arrow's start, 1 at its end. */
  readonly best: number;
  readonly width: number;
  /** It is drawn in any case: it is selected, or says that a message was lost. */
  readonly isNeeded: boolean;
}

/** The height of a chip. */
export const CHIP_HEIGHT = 18;

/** How far from its best place a chip is tried. */
const steps: readonly number[] = [0, -0.12, 0.12, -0.24, 0.24, -0.36, 0.36, -0.45, 0.45];

/**
 * Where each chip stands: on its arrow, where it covers neither a text nor another chip. A chip that finds no such place is
 * left out (`undefined`), as the arrow's ends say the same; one that is needed stands where it is best.
 */
export function placeChips(
  wishes: readonly ChipWish[],
  texts: readonly TakenBox[],
): readonly (Point | undefined)[] {
  const taken = [...texts];
  const places: (Point | undefined)[] = wishes.map(() => undefined);
  const order = [...wishes.keys()].sort(
    (a, b) => Number(wishes[b]?.isNeeded) - Number(wishes[a]?.isNeeded),
  );
  for (const index of order) {
    const wish = wishes[index];
    if (!wish) continue;
    const { from, to, best, width, isNeeded } = wish;
    const at = (share: number): Point => ({
      x: from.x + (to.x - from.x) * share,
      y: from.y + (to.y - from.y) * share,
    });
    const free = steps
      .map((step) => best + step)
      .filter((share) => share > 0.06 && share < 0.94)
      .map(at)
      .find((point) => taken.every((box) => !covers(point, width, box)));
    const place = free ?? (isNeeded ? at(best) : undefined);
    if (!place) continue;
    places[index] = place;
    taken.push({ ...place, width, height: CHIP_HEIGHT });
  }
  return places;
}

function covers(at: Point, width: number, box: TakenBox): boolean {
  return (
    Math.abs(at.x - box.x) < (width + box.width) / 2 &&
    Math.abs(at.y - box.y) < (CHIP_HEIGHT + box.height) / 2
  );
}

/** About how wide a text of the page is drawn. Pixels; letters of Korean count as two. */
export function roughWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += character >= "ᄀ" ? 2 : 1;
  return columns * 6.4;
}
