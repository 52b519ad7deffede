import type { Sample } from "../source/samples.ts";

/** A page that carries one session has no samples beside it. */
export const samples: readonly Sample[] = [];
