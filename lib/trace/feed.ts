import type { Message } from "../text.ts";
import type { TraceEvent } from "./event.ts";
import { readEvent } from "./read-event.ts";
import { readHeader } from "./read-header.ts";
import type { TraceHeader, TracePeer } from "./trace.ts";

/** `live`: events still come. `ended`: the session ended. `torn`: the recording broke off without an end. */
export type TraceState = "live" | "ended" | "torn";

/** One row of `GET /traces`. */
export interface TraceSummary {
  readonly id: string;
  readonly startedAt: string;
  readonly peers: readonly TracePeer[];
  /** How many events there are so far. */
  readonly events: number;
  readonly state: TraceState;
}

/**
 * A message of `WS /feed`, server → page. For each trace its `header` comes first, then each event once in order;
 * `gap` tells events that the server does not have (`from` and `to` inclusive), `state` that a trace's state changed.
 */
export type FeedMessage =
  | { readonly type: "header"; readonly header: TraceHeader; readonly state: TraceState }
  | { readonly type: "event"; readonly trace: string; readonly event: TraceEvent }
  | { readonly type: "gap"; readonly trace: string; readonly from: number; readonly to: number }
  | { readonly type: "state"; readonly trace: string; readonly state: TraceState };

/** A message of `WS /intake`, recorder → server. After a reconnect the header comes again, then what was not acknowledged. */
export type IntakeMessage =
  | { readonly type: "header"; readonly header: TraceHeader }
  | { readonly type: "events"; readonly events: readonly TraceEvent[] };

/** A message of `WS /intake`, server → recorder. `ack`: everything up to `seq` is kept (0 for nothing yet). */
export type IntakeReply =
  | { readonly type: "ack"; readonly seq: number }
  | {
      readonly type: "refused";
      readonly code: IntakeRefusal;
      readonly message: string;
      /** The message in both languages. */
      readonly sentence: Message;
    };

/**
 * Why the intake closes a connection, of which it takes nothing more. `malformed`: what came is no message of the intake.
 * `no-header`: events came before their header. `id-taken`: there is another trace of that id. `not-stored`: the file of
 * the trace cannot be made or read. `trace-too-large`, `too-many-traces`, `no-room`: the trace is over a limit of the
 * server; what it had taken before stays.
 */
export type IntakeRefusal =
  | "malformed"
  | "no-header"
  | "id-taken"
  | "not-stored"
  | "trace-too-large"
  | "too-many-traces"
  | "no-room";

/** Reads a message of the feed; `undefined` for a text that is none, or one of a later version. */
export function readFeedMessage(text: string): FeedMessage | undefined {
  const value = parseObject(text);
  switch (value?.["type"]) {
    case "header": {
      const reading = readHeader(value["header"]);
      if ("fault" in reading) return undefined;
      return { type: "header", header: reading.header, state: stateOf(value["state"]) };
    }
    case "event": {
      const reading = readEvent(value["event"]);
      if ("fault" in reading || typeof value["trace"] !== "string") return undefined;
      return { type: "event", trace: value["trace"], event: reading.event };
    }
    case "gap": {
      const { trace, from, to } = value;
      if (typeof trace !== "string" || typeof from !== "number" || typeof to !== "number") {
        return undefined;
      }
      return { type: "gap", trace, from, to };
    }
    case "state":
      if (typeof value["trace"] !== "string") return undefined;
      return { type: "state", trace: value["trace"], state: stateOf(value["state"]) };
    default:
      return undefined;
  }
}

/** Reads a message of the intake; `undefined` for a text that is none. One broken event spoils its whole message. */
export function readIntakeMessage(text: string): IntakeMessage | undefined {
  const value = parseObject(text);
  switch (value?.["type"]) {
    case "header": {
      const reading = readHeader(value["header"]);
      return "fault" in reading ? undefined : { type: "header", header: reading.header };
    }
    case "events": {
      if (!Array.isArray(value["events"])) return undefined;
      const events: TraceEvent[] = [];
      for (const one of value["events"]) {
        const reading = readEvent(one);
        if ("fault" in reading) return undefined;
        events.push(reading.event);
      }
      return { type: "events", events };
    }
    default:
      return undefined;
  }
}

/** Reads a reply of the intake; `undefined` for a text that is none. A refusal in one language has it twice. */
export function readIntakeReply(text: string): IntakeReply | undefined {
  const value = parseObject(text);
  if (value?.["type"] === "ack" && typeof value["seq"] === "number") {
    return { type: "ack", seq: value["seq"] };
  }
  if (value?.["type"] === "refused" && typeof value["code"] === "string") {
    const code = value["code"] as IntakeRefusal;
    const message = String(value["message"] ?? "");
    const { en, ko } = (value["sentence"] ?? {}) as Partial<Record<"en" | "ko", unknown>>;
    const isSentence = typeof en === "string" && typeof ko === "string";
    const sentence = isSentence ? { en, ko } : { en: message, ko: message };
    return { type: "refused", code, message, sentence };
  }
  return undefined;
}

function stateOf(value: unknown): TraceState {
  return value === "ended" || value === "torn" ? value : "live";
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
