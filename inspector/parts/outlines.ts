import type { Mark } from "../../lib/index.ts";

/** The outline of each candidate type on a field of 10: none is told by its colour alone. */
export const outlines: Readonly<Record<Mark["shape"], string>> = {
  host: "M5 .8 9.6 9.2H.4z",
  srflx: "M5 0l5 5-5 5-5-5z",
  relay: "M1 1h8v8H1z",
  prflx: "M5 .6a4.4 4.4 0 1 1 0 8.8A4.400 4.400 0 0 1 5 .6z",
  end: "M4.200 0h1.600v10H4.200z",
  error: "M1.6 0 5 3.4 8.4 0 10 1.6 6.6 5 10 8.4 8.4 10 5 6.6 1.6 10 0 8.4 3.4 5 0 1.6z",
  unknown: "M3.300 3.300h3.400v3.400H3.300z",
};
