/** A stretch of time without events that the axis folds together. Milliseconds. */
export interface Idle {
  readonly start: number;
  readonly end: number;
}

/** A folded stretch as it lies on an axis: what of it is in view, in pixels. */
export interface Fold extends Idle {
  readonly x: number;
  readonly width: number;
}

/** A labelled line of the axis. `t` in milliseconds. */
export interface Tick {
  readonly t: number;
  readonly x: number;
  readonly label: string;
}

/** A time axis: straight stretches of one common scale, and folds of a fixed width between them. */
export interface TimeScale {
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly folds: readonly Fold[];
  readonly ticks: readonly Tick[];
  /** The pixel of a time; outside of the view it runs on straight. */
  x(t: number): number;
  /** The time at a pixel, moved into the view. */
  time(x: number): number;
}

/** What a time axis is made from. Times in milliseconds, widths in pixels. */
export interface TimeScaleOptions {
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly idle?: readonly Idle[];
  /** How wide a folded stretch is drawn; less when many folds would take more than two fifths of the width. */
  readonly foldWidth?: number;
  /** The least distance of two tick labels. */
  readonly tickDistance?: number;
}

/** Makes the axis for a view from `start` to `end`. A view without length shows one millisecond. */
export function createTimeScale(options: TimeScaleOptions): TimeScale {
  const { start, width } = options;
  const end = options.end > start ? options.end : start + 1;
  const visible = (options.idle ?? []).filter((idle) => idle.end > start && idle.start < end);
  const foldWidth = Math.min(options.foldWidth ?? 48, (width * 0.4) / Math.max(1, visible.length));
  const folded = visible.map((idle) => ({
    start: Math.max(start, idle.start),
    end: Math.min(end, idle.end),
  }));
  const hidden = folded.reduce((sum, idle) => sum + (idle.end - idle.start), 0);
  const shown = end - start - hidden;
  // A view inside of one fold has nothing but the fold to show.
  const density = shown > 0 ? Math.max(0, width - foldWidth * folded.length) / shown : 0;

  const pieces: Piece[] = [];
  let x = 0;
  let t = start;
  const push = (until: number, pixels: number, isFold: boolean): void => {
    pieces.push({ start: t, end: until, x, width: pixels, isFold });
    x += pixels;
    t = until;
  };
  for (const idle of folded) {
    if (idle.start > t) push(idle.start, (idle.start - t) * density, false);
    push(idle.end, foldWidth, true);
  }
  if (end > t || pieces.length === 0) push(end, (end - t) * density, false);

  return {
    start,
    end,
    width,
    folds: pieces.filter(({ isFold }) => isFold),
    ticks: ticksOf(pieces, density, width, options.tickDistance ?? 96),
    x: (at) => position(pieces, at, density),
    time: (at) => timeAt(pieces, at),
  };
}

/**
 * The idle stretches worth folding: each is far longer than the others and a large part of what is left to show.
 * `times` are those of the events that count, in order. Milliseconds; nothing shorter than 400 ms is folded.
 */
export function findIdle(times: ArrayLike<number>, end?: number): readonly Idle[] {
  // Only what may be folded is sorted: a million moments lie close together.
  const long: Idle[] = [];
  let count = 0;
  let remaining = 0;
  const last = times.length - 1;
  for (let index = 1; index <= last + 1; index++) {
    const from = times[index - 1];
    const to = index <= last ? times[index] : end;
    if (from === undefined || to === undefined || to <= from) continue;
    count++;
    remaining += to - from;
    if (to - from >= SHORTEST_FOLD) long.push({ start: from, end: to });
  }
  long.sort((a, b) => b.end - b.start - (a.end - a.start));
  const idle: Idle[] = [];
  for (const [index, gap] of long.entries()) {
    const length = gap.end - gap.start;
    const others = remaining - length;
    const mean = Math.max(0.5, others / Math.max(1, count - index - 1));
    if (length < remaining * 0.2 || length < mean * 8) break;
    idle.push(gap);
    remaining = others;
  }
  // Both shores stay visible, so that nothing stands right at a fold's edge.
  const shore = Math.max(0.5, remaining * 0.04);
  return idle
    .map(({ start, end: until }): Idle => {
      const kept = Math.min(shore, (until - start) * 0.2);
      return { start: start + kept, end: until - kept };
    })
    .sort((a, b) => a.start - b.start);
}

/** Nothing shorter is folded. Milliseconds. */
const SHORTEST_FOLD = 400;

/** A moment in a column of moments: always one decimal below a second, so that the points stand under each other. */
export function formatMoment(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1000) return ms.toFixed(1);
  return size < 60_000 ? `${(ms / 1000).toFixed(3)} s` : formatTime(ms);
}

/** A duration or moment for people: `8.2 ms`, `640 ms`, `2.84 s`, `1:07.5`, `7:02:13`. At most three significant digits below a minute. */
export function formatTime(ms: number): string {
  const size = Math.abs(ms);
  if (size < 0.05) return "0 ms";
  if (size < 100) return `${trim(ms.toFixed(1))} ms`;
  if (size < 1000) return `${ms.toFixed(0)} ms`;
  if (size < 60_000) return `${trim((ms / 1000).toFixed(size < 10_000 ? 2 : 1))} s`;
  const sign = ms < 0 ? "−" : "";
  if (size >= HOUR) return `${sign}${clock(Math.round(size / 1000))}`;
  const minutes = Math.floor(size / 60_000);
  const seconds = ((size % 60_000) / 1000).toFixed(1).padStart(4, "0");
  return `${sign}${minutes}:${seconds}`;
}

const HOUR = 3_600_000;

/** Seconds as `1:05` or `7:02:13`. */
function clock(seconds: number): string {
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const end = String(rest).padStart(2, "0");
  return hours === 0 ? `${minutes}:${end}` : `${hours}:${String(minutes).padStart(2, "0")}:${end}`;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly x: number;
  readonly width: number;
  readonly isFold: boolean;
}

function position(pieces: readonly Piece[], t: number, density: number): number {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!first || !last) return 0;
  if (t <= first.start) return first.x - (first.start - t) * density;
  if (t >= last.end) return last.x + last.width + (t - last.end) * density;
  const piece = pieces.findLast(({ start }) => start <= t) ?? first;
  const length = piece.end - piece.start;
  return length === 0 ? piece.x : piece.x + ((t - piece.start) / length) * piece.width;
}

function timeAt(pieces: readonly Piece[], x: number): number {
  const piece = pieces.findLast((candidate) => candidate.x <= x) ?? pieces[0];
  if (!piece) return 0;
  if (piece.width === 0) return piece.start;
  const share = Math.max(0, Math.min(1, (x - piece.x) / piece.width));
  return piece.start + share * (piece.end - piece.start);
}

function ticksOf(
  pieces: readonly Piece[],
  density: number,
  width: number,
  distance: number,
): Tick[] {
  if (density <= 0) return [];
  const step = niceStep(distance / density);
  const ticks: Tick[] = [];
  let free = 0;
  for (const piece of pieces) {
    if (piece.isFold) {
      // After a fold the first tick says where time goes on.
      free = piece.x + piece.width;
      continue;
    }
    const isAfterFold = piece.x > 0;
    const first = Math.ceil(piece.start / step - 1e-9);
    const last = Math.floor(piece.end / step + 1e-9);
    const times: number[] = [];
    for (let index = first; index <= last; index++) times.push(index * step);
    if (isAfterFold && (times[0] === undefined || (times[0] - piece.start) * density > 40)) {
      times.unshift(piece.start);
    }
    for (const t of times) {
      const x = piece.x + (t - piece.start) * density;
      if (x < free || x > width - 28) continue;
      if (x + 36 > piece.x + piece.width && piece !== pieces.at(-1)) continue;
      ticks.push({ t, x, label: tickLabel(t, step) });
      free = x + distance * 0.55;
    }
  }
  return ticks;
}

/** Steps of whole minutes and hours: the tenth of a minute is no round number. Milliseconds. */
const longSteps = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
);

function niceStep(least: number): number {
  const long = least > 20_000 ? longSteps.find((step) => step >= least) : undefined;
  if (long !== undefined) return long;
  const power = 10 ** Math.floor(Math.log10(least));
  for (const factor of [1, 2, 5]) if (factor * power >= least) return factor * power;
  return 10 * power;
}

function tickLabel(t: number, step: number): string {
  if (Math.abs(t) < 1e-9) return "0";
  if (step >= 60_000 && t >= 0) return clock(Math.round(t / 1000));
  if (t < 1000) return `${trim(t.toFixed(decimals(step)))} ms`;
  return `${trim((t / 1000).toFixed(Math.min(4, Math.max(2, decimals(step / 1000)))))} s`;
}

function decimals(step: number): number {
  return Math.max(0, Math.min(4, -Math.floor(Math.log10(step) + 1e-9)));
}

function trim(number: string): string {
  return number.includes(".") ? number.replace(/\.?0+$/, "") : number;
}
