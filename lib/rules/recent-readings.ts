import type { Reading } from "./reading.ts";
import { createReading } from "./reading.ts";

/**
 * The reading of a text, kept for a while: a session that is diagnosed again and again as it grows reads each of its
 * descriptions once. The texts that were asked for last are kept, up to a total length.
 */
export function recentReading(sdp: string): Reading {
  const known = recent.get(sdp);
  if (known) {
    // The last asked for stands last.
    recent.delete(sdp);
    recent.set(sdp, known);
    return known;
  }
  const reading = createReading(sdp);
  if (sdp.length > MOST_KEPT) return reading;
  recent.set(sdp, reading);
  kept += sdp.length;
  for (const [oldest] of recent) {
    if (kept <= MOST_KEPT) break;
    recent.delete(oldest);
    kept -= oldest.length;
  }
  return reading;
}

const recent = new Map<string, Reading>();
let kept = 0;

/** In characters. */
const MOST_KEPT = 1_000_000;
