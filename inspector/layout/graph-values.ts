import type { StatsUnit } from "../../lib/index.ts";
import type { Points } from "./thin-series.ts";

/** What a line says of the visible time: the value at a moment, the last one, the least and the greatest. */
export interface GraphValues {
  readonly at: number | undefined;
  readonly last: number | undefined;
  readonly least: number | undefined;
  readonly greatest: number | undefined;
}

/** Reads a line's values off the points in view. `at` is the point nearest to the moment; none in a gap and outside of the line. */
export function graphValues(
  { t, values }: Points,
  view: { readonly start: number; readonly end: number; readonly at: number | undefined },
): GraphValues {
  let [last, least, greatest]: (number | undefined)[] = [];
  for (let index = 0; index < t.length; index++) {
    const time = t[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    if (time < view.start || time > view.end || Number.isNaN(value)) continue;
    last = value;
    least = least === undefined ? value : Math.min(least, value);
    greatest = greatest === undefined ? value : Math.max(greatest, value);
  }
  return {
    at: view.at === undefined ? undefined : valueNear({ t, values }, view.at),
    last,
    least,
    greatest,
  };
}

function valueNear({ t, values }: Points, at: number): number | undefined {
  let before = -1;
  while (before + 1 < t.length && (t[before + 1] ?? 0) <= at) before++;
  const left = before === -1 ? Number.NaN : (values[before] ?? Number.NaN);
  const right = before + 1 < t.length ? (values[before + 1] ?? Number.NaN) : Number.NaN;
  if (t[before] === at && !Number.isNaN(left)) return left;
  if (Number.isNaN(left) || Number.isNaN(right)) return undefined;
  return at - (t[before] ?? 0) <= (t[before + 1] ?? 0) - at ? left : right;
}

/** The value axis of a graph: from its foot to its head, with the lines between. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** The place of a value: 0 at the foot, 1 at the head. */
  share(value: number): number;
}

/** Makes an axis that holds the values and 0; its ends are round numbers, and two or three lines lie on it. */
export function createValueScale(lines: readonly Points[]): ValueScale {
  let [least, greatest] = [0, 0];
  for (const { values } of lines) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  if (greatest === least) greatest = least + 1;
  const step = roundStep((greatest - least) / 2);
  const low = Math.floor(least / step + 1e-9) * step;
  const high = Math.ceil(greatest / step - 1e-9) * step;
  const ticks: number[] = [];
  for (let tick = low; tick <= high + step / 2 && ticks.length < 8; tick += step) ticks.push(tick);
  return { low, high, ticks, share: (value) => (value - low) / (high - low) };
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  for (const factor of [1, 2, 2.5, 5]) if (factor * power >= least) return factor * power;
  return 10 * power;
}

/** A value with its unit, with at most three digits that count: `1.31 Mbit/s`, `2.4 ms`, `0.8 %`, `25 fps`. */
export function formatValue(value: number, unit: StatsUnit): string {
  switch (unit) {
    case "bit/s":
    case "byte/s":
    case "byte":
      return withPrefix(value, unit === "bit/s" ? "bit/s" : unit === "byte" ? "B" : "B/s");
    case "ratio":
      return `${digits(value * 100)} %`;
    case "frame/s":
      return `${digits(value)} fps`;
    case "1/s":
      return `${short(value)}/s`;
    case "ms":
    case "px":
      return `${short(value)} ${unit}`;
    case "":
      return short(value);
    default:
      return unit satisfies never;
  }
}

const prefixes = ["", "k", "M", "G", "T", "P"] as const;

function withPrefix(value: number, unit: string): string {
  let place = 0;
  let size = value;
  while (Math.abs(size) >= 999.5 && place < prefixes.length - 1) {
    size /= 1000;
    place++;
  }
  return `${digits(size)} ${prefixes[place]}${unit}`;
}

/** A plain number; from ten thousand on shortened as a count. */
function short(value: number): string {
  return Math.abs(value) < 10_000 ? digits(value) : withPrefix(value, "").replace(" ", "");
}

function digits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 0.0005) return value.toExponential(1).replace("e+", "e");
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
  const text = value.toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
