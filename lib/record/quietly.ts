/** Observes, and lets nothing through that goes wrong with it: whoever is recorded must not notice. */
export function quietly(observe: () => void): void {
  try {
    observe();
  } catch {
    // What could not be recorded is missing in the trace.
  }
}
