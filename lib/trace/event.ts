/** A description as W3C's RTCSessionDescriptionInit writes it. */
export interface DescriptionInit {
  readonly type: "offer" | "answer" | "pranswer" | "rollback";
  readonly sdp: string;
}

/** A candidate as W3C's RTCIceCandidateInit writes it. */
export interface CandidateInit {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

/** An error of a rejected call. `name` is a DOMException's or Error's name. */
export interface EventError {
  readonly name: string;
  readonly message: string;
}

/** What every event has. */
export interface EventBase {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** Milliseconds since the header's `startedAt`, fractional. */
  readonly t: number;
  /** A peer's id; absent for what belongs to the session as a whole. */
  readonly peer?: string;
  /** A connection of that peer. */
  readonly pc?: string;
  /** Index into an imported source, so that its raw text can be shown. */
  readonly origin?: number;
}

/** A connection was made. Credentials of its servers are removed. */
export interface CreateEvent extends EventBase {
  readonly kind: "create";
  readonly configuration?: unknown;
}

/** A method was called; a `settle` with the same `call` follows when it ended. */
export interface CallEvent extends EventBase {
  readonly kind: "call";
  /** Unique in the trace. */
  readonly call: number;
  /** W3C's name, such as `setRemoteDescription`. */
  readonly method: string;
  readonly arguments: readonly unknown[];
  readonly stack?: string;
}

/** A call ended, with a result or an error. Its duration is the difference of the two `t`. */
export interface SettleEvent extends EventBase {
  readonly kind: "settle";
  readonly call: number;
  readonly result?: unknown;
  readonly error?: EventError;
}

/** The state machines of a connection. */
export type Machine =
  | "signaling"
  | "gathering"
  | "ice"
  | "dtls"
  | "connection"
  | "channel"
  | "transceiver";

/** A state machine moved. `id` names the transport, channel or transceiver where a connection can have several. */
export interface StateEvent extends EventBase {
  readonly kind: "state";
  readonly machine: Machine;
  readonly id?: string;
  readonly from?: string;
  readonly to: string;
}

/** A gathered (`local`) or given (`remote`) candidate; `null` is end-of-candidates. `error` is a gathering error. */
export interface CandidateEvent extends EventBase {
  readonly kind: "candidate";
  readonly side: "local" | "remote";
  readonly candidate: CandidateInit | null;
  readonly error?: { readonly url?: string; readonly code: number; readonly text?: string };
}

/** A candidate pair changed. `local` and `remote` are candidate texts. */
export interface PairEvent extends EventBase {
  readonly kind: "pair";
  readonly local: string;
  readonly remote: string;
  readonly state: string;
  readonly nominated?: boolean;
  readonly selected?: boolean;
}

/** A signaling message was sent or received. */
export interface SignalEvent extends EventBase {
  readonly kind: "signal";
  readonly direction: "out" | "in";
  /** `ws`, `http`, `memory` … */
  readonly transport: string;
  /** The same at both ends where the channel can carry it. */
  readonly message?: number | string;
  /** `offer`, `answer`, `candidate`, or the channel's own word. */
  readonly type: string;
  /** As sent; what was cut for its size is said in `cut`. */
  readonly data: unknown;
  /** How many characters were cut off `data`. */
  readonly cut?: number;
  /** The status of the HTTP answer that carried it. */
  readonly status?: number;
}

/** W3C's `track` event. */
export interface TrackEvent extends EventBase {
  readonly kind: "track";
  readonly track: { readonly id: string; readonly kind: string };
  readonly mid?: string | null;
  readonly streams?: readonly string[];
}

/** W3C's `datachannel` event, or a channel that was created here. Its state is a `state` event of machine `channel`. */
export interface ChannelEvent extends EventBase {
  readonly kind: "channel";
  readonly id: string;
  readonly label: string;
  readonly side: "local" | "remote";
}

/** A single message over a data channel. */
export interface ChannelMessageEvent extends EventBase {
  readonly kind: "message";
  /** The channel's, as in its `channel` event. */
  readonly id: string;
  readonly direction: "out" | "in";
  readonly type: "text" | "binary";
  /** In bytes, of a text as UTF-8. */
  readonly size: number;
  /** The text, where the recording was asked for content. */
  readonly data?: string;
}

/** W3C's `negotiationneeded` event. */
export interface NegotiationNeededEvent extends EventBase {
  readonly kind: "negotiation-needed";
}

/** The `getStats` entries that changed since the last one, by id; `null` for one that is gone. */
export interface StatsEvent extends EventBase {
  readonly kind: "stats";
  readonly report: Readonly<Record<string, unknown>>;
}

/** A remark, for people. */
export interface NoteEvent extends EventBase {
  readonly kind: "note";
  readonly text: string;
  /** Written by somebody who read the trace, about the event before it; absent for what was recorded. */
  readonly by?: "reader";
}

/** Written once a second while nothing else happens: silence can then be told from the end. */
export interface AliveEvent extends EventBase {
  readonly kind: "alive";
}

/** The recording of a connection, a peer or the session ended. */
export interface EndEvent extends EventBase {
  readonly kind: "end";
  readonly reason: "closed" | "lost" | "recorder-stopped";
}

/** One thing that happened in a session. Readers keep events of kinds that they don't know. */
export type TraceEvent =
  | CreateEvent
  | CallEvent
  | SettleEvent
  | StateEvent
  | CandidateEvent
  | PairEvent
  | SignalEvent
  | TrackEvent
  | ChannelEvent
  | ChannelMessageEvent
  | NegotiationNeededEvent
  | StatsEvent
  | NoteEvent
  | AliveEvent
  | EndEvent;

type DistributiveOmit<T, K extends keyof EventBase> = T extends unknown ? Omit<T, K> : never;

/** An event before the recorder gives it its number and time. */
export type UnrecordedEvent = DistributiveOmit<TraceEvent, "seq" | "t">;
