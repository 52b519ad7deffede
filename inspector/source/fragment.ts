/** The start of the fragment that carries pasted texts. A fragment never leaves the browser. */
export const PASTE = "#paste=";

/** Whether a fragment carries pasted texts. */
export function isPasteFragment(fragment: string): boolean {
  return fragment.startsWith(PASTE);
}

/** A place in a trace, as a link carries it. Words that this page does not know are as good as none. */
export interface Place {
  /** The id in the trace's header. */
  readonly trace: string;
  /** The event's `seq`, which no view and no search changes. */
  readonly event?: number;
  /** The visible time, where it is not all of it. Milliseconds since the trace's start. */
  readonly range?: { readonly start: number; readonly end: number };
  readonly view?: string;
  /** The open tab of the details. */
  readonly tab?: string;
}

/**
 * The fragment that leads to a place. Ids are written out, times to the thousandth of a millisecond.
 *
 *     #trace=demo-1&event=17&range=0_125.5&view=ladder&tab=sdp
 */
export function placeFragment({ trace, event, range, view, tab }: Place): string {
  const fields = new URLSearchParams({ trace });
  if (event !== undefined) fields.set("event", String(event));
  if (range) fields.set("range", `${rounded(range.start)}_${rounded(range.end)}`);
  if (view !== undefined) fields.set("view", view);
  if (tab !== undefined) fields.set("tab", tab);
  return `#${fields}`;
}

/** The place that a fragment leads to; `undefined` for any other fragment. A damaged part is left out. */
export function readPlaceFragment(fragment: string): Place | undefined {
  if (!fragment.startsWith("#trace=")) return undefined;
  const fields = new URLSearchParams(fragment.slice(1));
  const trace = fields.get("trace") ?? "";
  if (trace === "") return undefined;
  const event = /^\d{1,15}$/.test(fields.get("event") ?? "") ? Number(fields.get("event")) : 0;
  const range = rangeOf(fields.get("range") ?? "");
  const view = fields.get("view");
  const tab = fields.get("tab");
  return {
    trace,
    ...(event > 0 && { event }),
    ...(range && { range }),
    ...(view !== null && { view }),
    ...(tab !== null && { tab }),
  };
}

/**
 * Puts the address of a place on the clipboard and into the address bar; `false` when the browser refuses its clipboard.
 */
export async function copyPlace(place: Place): Promise<boolean> {
  const fragment = placeFragment(place);
  window.history.replaceState(null, "", fragment);
  try {
    await navigator.clipboard.writeText(window.location.href.split("#", 1)[0] + fragment);
    return true;
  } catch {
    return false;
  }
}

function rangeOf(text: string): Place["range"] {
  const [start = Number.NaN, end = Number.NaN] = text.slice(0, 64).split("_").map(Number);
  return Number.isFinite(start) && Number.isFinite(end) && start < end ? { start, end } : undefined;
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
