import type { FeedMessage, Trace, TraceEvent, TraceHeader, TraceState } from "../../lib/index.ts";

/** A trace on the shelf. `file` is one that was opened, not received. */
export interface ShelfEntry {
  readonly header: TraceHeader;
  /** Grows as events come. */
  readonly events: TraceEvent[];
  readonly state: TraceState | "file";
  /** How many events there are, also where they are not here yet. */
  readonly count: number;
  /** How many events the server said it does not have. */
  readonly missing: number;
}

/** Every trace that the page knows: those of the server, as they grow, and files that were opened. */
export class Shelf {
  readonly #entries = new Map<string, ShelfEntry>();

  /** The entries, the latest first. */
  list(): readonly ShelfEntry[] {
    return [...this.#entries.values()].sort(
      (a, b) => Date.parse(b.header.startedAt) - Date.parse(a.header.startedAt),
    );
  }

  get(id: string): ShelfEntry | undefined {
    return this.#entries.get(id);
  }

  /** For each trace of the server the last event that is here. */
  positions(): readonly (readonly [id: string, seq: number])[] {
    return [...this.#entries.values()]
      .filter(({ state, events }) => state !== "file" && events.length > 0)
      .map(({ header, events }) => [header.id, events.at(-1)?.seq ?? 0]);
  }

  /** Puts a whole trace on the shelf; one of the same id is replaced. */
  put(trace: Trace, state: ShelfEntry["state"]): ShelfEntry {
    const entry: ShelfEntry = {
      header: trace.header,
      events: [...trace.events],
      state,
      count: trace.events.length,
      missing: 0,
    };
    this.#entries.set(trace.header.id, entry);
    return entry;
  }

  /** Marks traces that were live as broken off: nothing more comes of them. */
  tear(ids: Iterable<string>): void {
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry?.state === "live") this.#entries.set(id, { ...entry, state: "torn" });
    }
  }

  /** Takes a message of the feed in. Returns the id of the trace it changed; an event that is already here changes none. */
  take(message: FeedMessage): string | undefined {
    switch (message.type) {
      case "header": {
        const { header, state } = message;
        const known = this.#entries.get(header.id);
        const blank = { events: [], count: 0, missing: 0 };
        this.#entries.set(header.id, { ...(known ?? blank), header, state });
        return header.id;
      }
      case "event": {
        const entry = this.#entries.get(message.trace);
        const { event } = message;
        if (!entry || event.seq <= (entry.events.at(-1)?.seq ?? 0)) return undefined;
        entry.events.push(event);
        this.#entries.set(message.trace, { ...entry, count: Math.max(entry.count, event.seq) });
        return message.trace;
      }
      case "gap": {
        const entry = this.#entries.get(message.trace);
        if (!entry) return undefined;
        const missing = entry.missing + message.to - message.from + 1;
        this.#entries.set(message.trace, { ...entry, missing });
        return message.trace;
      }
      case "state": {
        const entry = this.#entries.get(message.trace);
        if (!entry) return undefined;
        this.#entries.set(message.trace, { ...entry, state: message.state });
        return message.trace;
      }
      default:
        return message satisfies never;
    }
  }
}
