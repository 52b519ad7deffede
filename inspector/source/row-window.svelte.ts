/** Rows that are fetched as they come into view. */
export interface RowWindow<Row> {
  /** The row at an index, as soon as it is here. Reading it makes whoever reads depend on it. */
  get(index: number): Row | undefined;
}

/** So many rows are kept; a long way of scrolling begins anew. */
const KEPT = 4000;

/**
 * Fetches the rows that are in view, each once for a version; an older one stays until the new one is here.
 * One request is under way at a time, and the next one asks for what is in view by then. To be called while a component is made.
 */
export function createRowWindow<Row>(
  wanted: () => { readonly version: number; readonly indices: readonly number[] },
  fetch: (indices: readonly number[]) => Promise<readonly (Row | undefined)[]>,
): RowWindow<Row> {
  let rows = new Map<number, { readonly version: number; readonly row: Row | undefined }>();
  let turn = $state(0);
  let isBusy = false;
  let trace = 0;

  function ask(): void {
    if (isBusy) return;
    const { version, indices } = wanted();
    const missing = indices.filter((index) => rows.get(index)?.version !== version);
    if (missing.length === 0) return;
    isBusy = true;
    const mine = trace;
    fetch(missing)
      .then((found) => {
        if (mine !== trace) return;
        if (rows.size > KEPT) rows = new Map();
        for (const [place, index] of missing.entries()) {
          rows.set(index, { version, row: found[place] });
        }
        turn++;
      })
      .catch(() => {
        // The trace went away: what is drawn next asks anew.
      })
      .finally(() => {
        isBusy = false;
        ask();
      });
  }

  $effect(() => {
    wanted();
    ask();
  });
  $effect(() => () => {
    trace++;
  });
  return {
    get(index) {
      void turn;
      return rows.get(index)?.row;
    },
  };
}
