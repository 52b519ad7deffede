import type { Diagnostic } from "../diagnostic.ts";
import type { Message } from "../text.ts";

/** How sure a finding is. `certain`: the recording proves it. `likely`: it fits nothing else well. `possible`: it may be, and more of the session would tell. */
export type Confidence = "certain" | "likely" | "possible";

/** Something a person should know about a recorded session, with the events that show it. */
export interface Finding extends Diagnostic {
  /** The `seq` of every event that shows it, in order; never empty. */
  readonly events: readonly number[];
  /** When it showed first, in milliseconds since the trace's start. */
  readonly t: number;
  readonly confidence: Confidence;
  /** Whose connection it is; absent for what belongs to the session as a whole. */
  readonly peer?: string;
  readonly pc?: string;
  /** How to mend it. A `fix` is there too where a change of the text alone mends it. */
  readonly advice?: Message;
  /** The code of the finding that explains this one, on the same connection or its other end. */
  readonly consequenceOf?: string;
  /** The events whose descriptions the places refer to. */
  readonly texts?: FindingTexts;
}

/** Which event's description a place is in, by its `seq`. */
export interface FindingTexts {
  /** The text of `span`, `position` and `fix`. */
  readonly judged: number;
  /** The texts that `related` places name. */
  readonly offer?: number;
  readonly previous?: number;
}

/** A rule that could not judge, and why: silence must not be taken for health. */
export interface NotEvaluated {
  readonly code: string;
  readonly reason: Message;
  /** The connection that could not be judged; absent when it is the whole session. */
  readonly peer?: string;
  readonly pc?: string;
}

/** What `diagnoseSession` found, and what it could not look at. */
export interface Diagnosis {
  /** By severity, then causes before consequences, then by confidence, then by time. */
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
}
