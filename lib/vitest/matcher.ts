/** What a matcher gives back to `expect`. The message is made only when it is shown. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a matcher knows of the call: whether it stands behind `.not`. */
export interface MatcherState {
  readonly isNot?: boolean;
}

/** A failed use of a matcher: neither it nor its negation passes, and the message says what to give instead. */
export function misuse(state: MatcherState, message: string): MatcherResult {
  return { pass: state.isNot === true, message: () => message };
}
