/** What a wheel over an axis does: with Ctrl it zooms around the pointer, sideways or with Shift it moves the visible time. */
export interface TimeWheel {
  /** The time under the pointer. */
  timeOf(event: WheelEvent): number;
  /** The axis' width in pixels. */
  width(): number;
  zoom(factor: number, around: number): void;
  pan(share: number): void;
}

/** Gives an element that wheel; returns what takes it away. A wheel that means neither scrolls the page as ever. */
export function attachTimeWheel(element: HTMLElement, wheel: TimeWheel): () => void {
  function onwheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      wheel.zoom(1.0016 ** event.deltaY, wheel.timeOf(event));
      return;
    }
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    event.preventDefault();
    wheel.pan((sideways / Math.max(200, wheel.width())) * 0.8);
  }
  // Not passive: zooming and panning take the wheel from the page.
  element.addEventListener("wheel", onwheel, { passive: false });
  return () => element.removeEventListener("wheel", onwheel);
}
