import type { Case, Recorded } from "./cases.ts";

/** An endpoint that can play cases. */
export interface Endpoint {
  readonly version: string;
  readonly cases: readonly Case[];
  play(play: Case): Promise<readonly Recorded[]>;
  close(): Promise<void>;
}
