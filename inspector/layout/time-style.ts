import { formatMoment } from "./time-scale.ts";

/** How moments are written: since the start, since the previous one, against the selected one, or as the clock showed it. */
export const timeStyles = ["start", "previous", "selected", "wall"] as const;
export type TimeStyle = (typeof timeStyles)[number];

/** What a moment may be measured against. Times in milliseconds since the trace's start. */
export interface TimeReference {
  /** When the trace started, as the header says it. */
  readonly startedAt: string;
  /** The moment before it in the list. */
  readonly previous?: number | undefined;
  /** The selected moment. */
  readonly selected?: number | undefined;
}

/**
 * A moment of a trace for a column of moments. Without what it would be measured against (nothing is selected, the header
 * has no time) it is written since the start; the first of a list has no previous one and is written as 0.
 */
export function momentText(
  style: TimeStyle,
  t: number,
  { startedAt, previous, selected }: TimeReference,
): string {
  switch (style) {
    case "start":
      return formatMoment(t);
    case "previous":
      return signed(previous === undefined ? 0 : t - previous);
    case "selected":
      return selected === undefined ? formatMoment(t) : signed(t - selected);
    case "wall":
      return wallTime(startedAt, t)?.time ?? formatMoment(t);
    default:
      return style satisfies never;
  }
}

/** What the clock of who reads showed at a moment. */
export interface WallTime {
  /** `2026-11-21` */
  readonly date: string;
  /** `12:00:01.234` */
  readonly time: string;
  /** `UTC+09:00` */
  readonly offset: string;
}

/** A moment in local time, with the offset that held then; `undefined` where the header's time is none. */
export function wallTime(startedAt: string, t: number): WallTime | undefined {
  const at = new Date(Date.parse(startedAt) + t);
  if (Number.isNaN(at.getTime())) return undefined;
  // Minutes that UTC is ahead of here: the sign is the other way round.
  const ahead = -at.getTimezoneOffset();
  const size = Math.abs(ahead);
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, "0")}`,
    offset: `UTC${ahead < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`,
  };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function signed(ms: number): string {
  if (ms === 0) return "0";
  return ms < 0 ? `−${formatMoment(-ms)}` : `+${formatMoment(ms)}`;
}
