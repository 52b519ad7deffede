/** The tallest element that every browser scrolls exactly; beyond it, positions are scaled. Pixels. */
export const TALLEST = 8_000_000;

/** How tall the scrolled element is for content of this height. */
export function scrolledHeight(height: number): number {
  return Math.min(height, TALLEST);
}

/** The content's position that a scroll position shows: the same up to the tallest element, then scaled. */
export function contentTop(scrollTop: number, height: number, visible: number): number {
  if (height <= TALLEST) return scrollTop;
  const share = scrollTop / Math.max(1, TALLEST - visible);
  return share * Math.max(0, height - visible);
}

/** The scroll position that shows the content from `top` on. */
export function scrollTopFor(top: number, height: number, visible: number): number {
  if (height <= TALLEST) return top;
  return (top / Math.max(1, height - visible)) * (TALLEST - visible);
}
