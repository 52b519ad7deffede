import type { Round } from "../../lib/index.ts";
import type { Session } from "../session.svelte.ts";
import { answered } from "./answer.svelte.ts";
import type { RoundHead } from "./questions.ts";

/** The round that the details are about, and those that can be chosen instead. */
export interface RoundInView {
  readonly heads: readonly RoundHead[];
  readonly number: number | undefined;
  /** `undefined` until it is here. */
  readonly round: Round | undefined;
}

/**
 * The round that somebody chose, else that of the selected event, else the first one. To be called while a component is made.
 */
export function roundInView(sessionOf: () => Session): RoundInView {
  const listing = answered(() => sessionOf().ask("rounds", { from: 0, count: 500 }));
  const number = $derived(
    sessionOf().chosenRound ?? sessionOf().selection?.round ?? listing.value?.rows[0]?.number,
  );
  const reading = answered(() =>
    number === undefined ? undefined : sessionOf().ask("round", { number }),
  );
  return {
    get heads() {
      return listing.value?.rows ?? [];
    },
    get number() {
      return number;
    },
    get round() {
      return reading.value;
    },
  };
}
