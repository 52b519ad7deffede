import type { TraceEvent, TraceHeader } from "../../lib/index.ts";
import type { Say } from "../messages/words.ts";
import type { LadderRow, Selection } from "../source/questions.ts";
import { printable } from "./printable.ts";
import { formatTime } from "./time-scale.ts";

/** An event in a few words. */
export interface Description {
  readonly text: string;
  /** The same, for narrow places. */
  readonly short: string;
  /** An API name or a state, as recorded: set in the code's type. */
  readonly isCode: boolean;
  /** What is said beside it in a lighter voice: a duration, a message's number. */
  readonly detail: string;
  readonly tone: "plain" | "faint" | "failed";
}

/** Describes an item of the ladder: what happened, as a person would say it. */
export function describeItem(item: LadderRow, say: Say): Description {
  const { event, call, hasCandidate, error, early } = item;
  if (event.kind === "signal" && hasCandidate && event.direction === "in") {
    if (early !== undefined) {
      const t = formatTime(early);
      const text = say("item.candidate.early", { t });
      return { ...failed(text), short: say("item.candidate.earlyShort", { t }) };
    }
    if (error) {
      const name = printable(error.name, 40);
      return failed(say("item.candidate.refused", { name }), numberOf(event));
    }
    if (call) return plain(say("item.candidate.added"), durationOf(item, say));
  }
  if (event.kind === "call") {
    const detail = durationOf(item, say);
    const method = printable(event.method, 60);
    if (error) {
      return { ...failed(`${method} · ${printable(error.name, 40)}`, detail), isCode: true };
    }
    return { ...plain(method, detail), isCode: true, short: shortMethod(method) };
  }
  return describeEvent(event, say);
}

/** The row that the ladder draws for a whole item. */
export function rowOf({ item, early }: Selection): LadderRow | undefined {
  if (!item) return undefined;
  const { event, covers, call, candidate, error } = item;
  return {
    event,
    covers,
    ...(call && {
      call: {
        isSettled: call.settle !== undefined,
        ...(call.durationMs !== undefined && { durationMs: call.durationMs }),
      },
    }),
    hasCandidate: candidate !== undefined,
    ...(error && { error }),
    ...(early !== undefined && { early }),
  };
}

/** Describes an event by itself, without what belongs to it. `method` names the call of a settlement. */
export function describeEvent(event: TraceEvent, say: Say, method?: string): Description {
  switch (event.kind) {
    case "create":
      return plain(say("item.create"), printable(event.pc ?? "", 24));
    case "call":
      return { ...plain(printable(event.method, 60)), isCode: true };
    case "settle":
      return event.error
        ? failed(
            say("item.settle.refused", { method: method ?? `#${event.call}` }),
            printable(event.error.name, 40),
          )
        : faint(say("item.settle", { method: method ?? `#${event.call}` }));
    case "state":
      return {
        ...(event.to === "failed" ? failed : plain)(
          `${machineName(event.machine, say)} ${printable(event.to, 40)}`,
        ),
        detail: event.machine === "channel" ? printable(event.id ?? "", 24) : "",
      };
    case "candidate": {
      if (event.error) return failed(say("item.candidate.error", { code: event.error.code }));
      if (event.candidate === null) return plain(say("item.candidate.end"));
      const word = event.side === "local" ? "item.candidate.gathered" : "item.candidate.added";
      return plain(say(word), candidateWord(event.candidate.candidate));
    }
    case "pair":
      return event.selected
        ? plain(say("item.pair.selected"))
        : faint(say("item.pair", { state: printable(event.state, 24) }));
    case "signal": {
      const type = printable(event.type, 40);
      const isCandidate = event.type === "candidate";
      if (event.direction === "out") {
        const text = isCandidate ? say("item.send.candidate") : say("item.send", { type });
        return plain(text, numberOf(event));
      }
      const text = isCandidate ? say("item.candidate.received") : say("item.receive", { type });
      return plain(text, numberOf(event));
    }
    case "track":
      return plain(
        say("item.track", { kind: printable(event.track.kind, 12) }),
        event.mid ? `mid ${printable(event.mid, 16)}` : "",
      );
    case "channel":
      return plain(say("item.channel", { label: printable(event.label || event.id, 32) }));
    case "message": {
      const word = event.direction === "out" ? "item.message.out" : "item.message.in";
      return faint(say(word, { size: event.size, label: printable(event.id, 24) }));
    }
    case "negotiation-needed":
      return faint(say("item.negotiation"));
    case "stats":
      return faint(say("item.stats"));
    case "note":
      return faint(printable(event.text, 120));
    case "alive":
      return faint(say("item.alive"));
    case "end":
      return plain(say(`item.end.${event.reason}`));
    default:
      return faint(printable(String((event as { readonly kind: unknown }).kind), 40));
  }
}

/** The name of a state machine, as the lanes call it. */
export function machineName(machine: string, say: Say): string {
  switch (machine) {
    case "signaling":
    case "gathering":
    case "ice":
    case "dtls":
    case "connection":
    case "channel":
    case "transceiver":
    case "pair":
    case "calls":
    case "candidates":
      return say(`lane.${machine}`);
    default:
      return printable(machine, 24);
  }
}

/** The short form of an API name that fits into a bar, such as `SRD` for `setRemoteDescription`. */
export function abbreviation(method: string): string {
  const initials = method.replace(/[^A-Z]/g, "");
  return `${method.charAt(0).toUpperCase()}${initials}`.slice(0, 4);
}

/** A peer's name as the header gives it, else its id. */
export function peerName(header: TraceHeader | undefined, id: string | undefined): string {
  if (id === undefined) return "";
  return printable(header?.peers.find((peer) => peer.id === id)?.name ?? id, 32);
}

function shortMethod(method: string): string {
  return method.replace(/Description$/, "").replace(/^addIceCandidate$/, "addIce");
}

function durationOf(item: LadderRow, say: Say): string {
  if (!item.call) return "";
  return item.call.durationMs === undefined
    ? say("item.pending")
    : formatTime(item.call.durationMs);
}

function numberOf(event: { readonly message?: number | string }): string {
  return event.message === undefined ? "" : `#${printable(String(event.message), 12)}`;
}

function candidateWord(text: string): string {
  const words = text.split(" ", 8);
  return words[6] === "typ" ? printable(words[7] ?? "", 12) : "";
}

function plain(text: string, detail = ""): Description {
  return { text, short: text, isCode: false, detail, tone: "plain" };
}

function faint(text: string): Description {
  return { ...plain(text), tone: "faint" };
}

function failed(text: string, detail = ""): Description {
  return { ...plain(text, detail), tone: "failed" };
}
