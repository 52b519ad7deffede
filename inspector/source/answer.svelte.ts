/** An answer that keeps up with the session: the last one stays until the next one is here. */
export interface LastingAnswer<Answer> {
  /** `undefined` until the first answer came, and while nothing is asked. */
  readonly value: Answer | undefined;
}

/**
 * Keeps an answer up to date: asks again when what the question reads changed, or when the session grew. While `ask` gives
 * `undefined` nothing is asked. To be called while a component is made, as it lives as long as that.
 *
 *     const rounds = answered(() => session.ask("rounds", { from: 0, count: 500 }));
 *     {#each rounds.value?.rows ?? [] as round} …
 */
export function answered<Answer>(ask: () => Promise<Answer> | undefined): LastingAnswer<Answer> {
  let value: Answer | undefined = $state.raw();
  let turn = 0;
  $effect(() => {
    const asked = ask();
    const mine = ++turn;
    if (asked === undefined) {
      value = undefined;
      return;
    }
    asked.then(
      (answer) => {
        // An answer that was overtaken by a later question is of no use.
        if (mine === turn) value = answer;
      },
      () => {
        // The trace went away while it was asked about: the next picture asks again.
      },
    );
  });
  return {
    get value() {
      return value;
    },
  };
}
