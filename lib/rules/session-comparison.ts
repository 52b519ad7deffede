import type { Change } from "../sdp/diff.ts";
import type { Message } from "../text.ts";
import type { MilestoneName } from "../trace/milestones.ts";
import type { TraceHeader } from "../trace/trace.ts";
import type { Confidence, Finding } from "./finding.ts";

/** Two recorded sessions side by side. */
export interface SessionComparison {
  readonly left: ComparedSession;
  readonly right: ComparedSession;
  /** Where both clocks are set to 0; `start` is the first milestone of each. */
  readonly alignedAt: MilestoneName | "start";
  /** The milestones that both sessions reached: what they can be aligned at. */
  readonly alignments: readonly MilestoneName[];
  readonly peers: readonly PeerMatch[];
  readonly connections: readonly ConnectionComparison[];
  readonly rounds: readonly RoundComparison[];
  /** How many rounds that both have were not compared, because there are too many. */
  readonly roundsLeftOut: number;
  readonly findings: FindingComparison;
  /** Everything in which their courses differ, in order of time. */
  readonly differences: readonly Difference[];
  /** Where their courses part: the first difference that matters; absent when they took the same course. */
  readonly parting?: Difference;
  /** The gravest finding that only the session that ended worse has. */
  readonly cause?: { readonly side: "left" | "right"; readonly finding: Finding };
  /** How both ended, and where they part. */
  readonly summary: Message;
}

/** One of two sessions. */
export interface ComparedSession {
  readonly id: string;
  /** What it is called in sentences. */
  readonly name: Message;
  readonly startedAt: string;
  readonly clock: TraceHeader["clock"];
  /** The moment that is 0 in this comparison. Milliseconds since the trace's start. */
  readonly zero: number;
  readonly outcome: SessionOutcome;
}

/**
 * How a connection ended. `lost`: it had come up and failed later. `unconnected`: it neither came up nor failed.
 * A session's is that of its connection that ended worst, `empty` without any.
 */
export type SessionOutcome = "connected" | "lost" | "unconnected" | "failed" | "empty";

/** A peer of each session that stand for the same one. */
export interface PeerMatch {
  readonly left: string;
  readonly right: string;
  /** `role`: both offer, or both answer. */
  readonly by: "name" | "role" | "order";
  readonly confidence: Confidence;
  /** Who was matched with whom, and why. */
  readonly message: Message;
}

/** One connection of each session, or one that has no counterpart. */
export interface ConnectionComparison {
  readonly left?: ComparedConnection;
  readonly right?: ComparedConnection;
  /** Why these two stand side by side; absent for one that stands alone. `far-end`: they lead to peers that were matched. */
  readonly match?: {
    readonly by: "only" | "far-end" | "order";
    readonly confidence: Confidence;
  };
  /** In order of time, by whichever session reached it first. */
  readonly milestones: readonly MilestoneComparison[];
  /** Candidates that were gathered, or given and taken, by type and transport. */
  readonly candidates: readonly CandidateComparison[];
}

/** A connection of one of the sessions. */
export interface ComparedConnection {
  readonly peer: string;
  readonly pc?: string;
  /** What people call it: the peer's name, with the connection's where the peer has several. */
  readonly name: string;
  readonly outcome: SessionOutcome;
  /** The pair that was selected last, by its types, such as `host ⇄ relay`. */
  readonly selectedPair?: { readonly label: string; readonly seq: number; readonly t: number };
}

/** One milestone on both sides. */
export interface MilestoneComparison {
  readonly name: MilestoneName;
  readonly left: MilestoneReading;
  readonly right: MilestoneReading;
  /** How much later the right session reached it, in milliseconds since 0 of each; negative for earlier. Absent without a clock. */
  readonly differenceMs?: number;
}

/**
 * A milestone as one session has it. `at` is in milliseconds since the session's 0, absent without a clock.
 * `unknown`: the recording could not have shown it.
 */
export type MilestoneReading =
  | { readonly state: "reached"; readonly seq: number; readonly at?: number }
  | { readonly state: "missing" }
  | { readonly state: "unknown" };

/** How many candidates of a type each session had. */
export interface CandidateComparison {
  readonly side: "local" | "remote";
  /** `host`, `srflx`, `prflx`, `relay`, or what stood there. */
  readonly type: string;
  /** In lower case. */
  readonly transport: string;
  readonly left: number;
  readonly right: number;
}

/** An offer/answer round of each session, compared by meaning. */
export interface RoundComparison {
  /** The number of the round in each session, from 1, and the event of its offer. */
  readonly left: { readonly number: number; readonly seq: number };
  readonly right: { readonly number: number; readonly seq: number };
  /** What the right offer and answer say otherwise, without what is made anew for each description. */
  readonly offer: readonly Change[];
  readonly answer: readonly Change[];
  /** How many more differences there are that change no meaning. */
  readonly volatile: number;
}

/** The findings of both sessions; `both` has those of the same code on the same connection. */
export interface FindingComparison {
  readonly onlyLeft: readonly Finding[];
  readonly onlyRight: readonly Finding[];
  readonly both: readonly { readonly left: Finding; readonly right: Finding }[];
}

/** Something in which two courses differ. */
export interface Difference {
  readonly kind:
    | "connection"
    | "role"
    | "refusal"
    | "milestone"
    | "candidates"
    | "selected-pair"
    | "description"
    | "delay";
  /** The milestone that only one session reached, or that one reached late. */
  readonly milestone?: MilestoneName;
  /** It can decide how a session ends; another codec in an offer, or a second more, mostly does not. */
  readonly isDecisive: boolean;
  /** The index of its connection in `connections`; absent for what belongs to none. */
  readonly connection?: number;
  /** When it showed first, in milliseconds since 0 of the session that shows it. */
  readonly at: number;
  /** The event that shows it, in each session that has one. */
  readonly left?: number;
  readonly right?: number;
  readonly message: Message;
}
