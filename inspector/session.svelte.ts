import type { LadderItem, Language, Trace, TraceEvent } from "../lib/index.ts";
import { timeline, writeTrace } from "../lib/index.ts";
import { problemsOf } from "./layout/problems.ts";
import { matchesQuery, parseQuery } from "./layout/query.ts";
import { findIdle } from "./layout/time-scale.ts";
import { verdictOf } from "./layout/verdict.ts";
import type { Word } from "./messages/words.ts";
import { loadWords, wordsOf } from "./messages/words.ts";
import type { Feed, Link } from "./source/feed.ts";
import { connectFeed } from "./source/feed.ts";
import { openFile } from "./source/open-file.ts";
import type { ShelfEntry } from "./source/shelf.ts";
import { Shelf } from "./source/shelf.ts";

/** The tabs of the drawer, in order. */
export const tabs = ["event", "descriptions", "candidates", "calls", "events", "raw"] as const;
export type Tab = (typeof tabs)[number];

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** A stretch of the session's time. Milliseconds. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** Something that went wrong on the page itself: what happened, and what to do. */
export interface Fault {
  readonly what: {
    readonly word: Word;
    readonly values: Readonly<Record<string, string | number>>;
  };
  readonly act: { readonly word: Word; readonly values: Readonly<Record<string, string | number>> };
  readonly severity: "error" | "warning";
}

/** New events are drawn at most this often. Milliseconds. */
const DRAW_INTERVAL = 120;

/** The least and the largest share of the session that zooming shows. */
const SMALLEST_WINDOW = 0.05;

/** Owns the page's state: which trace is shown, what is selected, what time is in view, and how the page speaks. */
export class Session {
  lang: Language = $state("en");
  theme: Theme = $state("auto");

  /** Every trace that can be chosen, the latest first. */
  entries: readonly ShelfEntry[] = $state.raw([]);
  trace: Trace | undefined = $state.raw();
  /** `none`: the page was opened without a server. */
  link: Link | "none" = $state("none");
  /** While set, what is drawn stands still, and the events go on arriving. */
  isPaused = $state(false);
  fault: Fault | undefined = $state.raw();
  /** The address of the recorder for a page, where the server has one. */
  recorderUrl: string | undefined = $state();

  /** The selected event's `seq`. */
  selected: number | undefined = $state();
  /** The time that all views show a line at. Milliseconds. */
  cursor: number | undefined = $state();
  /** The visible time; `undefined` for all of it. */
  window: TimeWindow | undefined = $state.raw();
  isFolding = $state(true);
  showsStates = $state(false);
  tab: Tab = $state("descriptions");
  isDrawerOpen = $state(true);
  isHelpOpen = $state(false);
  query = $state("");

  readonly say = $derived(wordsOf(this.lang));
  readonly entry = $derived(this.entries.find(({ header }) => header.id === this.trace?.header.id));
  readonly isLive = $derived(this.entry?.state === "live");
  readonly timeline = $derived(this.trace && timeline(this.trace));
  readonly events: readonly TraceEvent[] = $derived(this.trace?.events ?? []);
  readonly idle = $derived(
    this.timeline ? findIdle(busyTimes(this.events), this.timeline.end) : [],
  );
  readonly verdict = $derived(this.timeline && verdictOf(this.timeline, this.isLive));
  readonly problems = $derived(this.timeline ? problemsOf(this.timeline) : []);
  /** All of the session's time, with room at both ends. */
  readonly whole: TimeWindow = $derived.by(() => {
    const { start, end } = this.timeline ?? { start: 0, end: 1 };
    const idleTime = this.isFolding
      ? this.idle.reduce((sum, idle) => sum + idle.end - idle.start, 0)
      : 0;
    const margin = Math.max(0.5, (end - start - idleTime) * 0.012);
    return { start: start - margin, end: end + margin * 2 };
  });
  readonly view: TimeWindow = $derived(this.window ?? this.whole);
  readonly itemBySeq: ReadonlyMap<number, LadderItem> = $derived(
    new Map(
      this.timeline?.ladder.items.flatMap((item) => item.covers.map((seq) => [seq, item] as const)),
    ),
  );
  readonly indexBySeq: ReadonlyMap<number, number> = $derived(
    new Map(this.events.map(({ seq }, index) => [seq, index])),
  );
  readonly selectedEvent = $derived(
    this.selected === undefined ? undefined : this.events[this.indexBySeq.get(this.selected) ?? -1],
  );
  readonly selectedItem = $derived(
    this.selected === undefined ? undefined : this.itemBySeq.get(this.selected),
  );
  readonly parsedQuery = $derived(parseQuery(this.query));
  readonly matches: readonly TraceEvent[] = $derived(
    this.query.trim() === ""
      ? this.events
      : this.events.filter((event) => matchesQuery(event, this.parsedQuery)),
  );
  /** Every event that shows something went wrong. */
  readonly troubled: ReadonlySet<number> = $derived(
    new Set(this.problems.flatMap(({ events }) => events)),
  );

  readonly #shelf = new Shelf();
  #feed: Feed | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The user chose this trace: a newer one does not take its place. */
  #isChosen = false;
  /** How many of the shown trace's events are drawn: its list grows in place. */
  #drawn = 0;

  // ─── where traces come from

  /** Takes up what was chosen last time, else the browser's language. */
  async restore(storage: Storage, browserLanguage: string): Promise<void> {
    const theme = themes.find((one) => one === storage.getItem("sdpscope.theme"));
    if (theme) this.theme = theme;
    const chosen = storage.getItem("sdpscope.lang") ?? browserLanguage;
    const lang: Language = chosen.startsWith("ko") ? "ko" : "en";
    await loadWords(lang);
    this.lang = lang;
  }

  /** Connects to the server that the page came from, if it came from one. */
  connect(base: string): void {
    if (!/^https?:/.test(base)) return;
    this.link = "connecting";
    void this.#findRecorder(base);
    this.#feed = connectFeed({
      base,
      positions: () => this.#shelf.positions(),
      onMessage: (message) => {
        const id = this.#shelf.take(message);
        if (id === undefined) return;
        this.#schedule();
      },
      onLink: (link) => {
        this.link = link;
        if (link === "open") void this.#forgetEnded(base);
      },
    });
  }

  close(): void {
    this.#feed?.close();
    clearTimeout(this.#timer);
  }

  /** Opens dropped or chosen files; the last one is shown. */
  async openFiles(files: Iterable<File>): Promise<void> {
    this.fault = undefined;
    for (const file of files) {
      const reading = await openFile(file);
      if ("fault" in reading) {
        const { fault, name, reason, start } = reading;
        const example = '{"sdpscope":1,"id":…}';
        this.fault = {
          severity: "error",
          what: { word: `fault.${fault}`, values: { name, reason } },
          act: { word: `fault.${fault}.do`, values: { start, example } },
        };
        continue;
      }
      const [first] = reading.diagnostics;
      if (first) {
        this.fault = {
          severity: "warning",
          what: {
            word: "fault.diagnostics",
            values: { name: file.name, n: reading.diagnostics.length },
          },
          act: {
            word: "fault.diagnostics.do",
            values: { line: first.position?.line ?? 1, message: first.message[this.lang] },
          },
        };
      }
      const { header } = reading.trace;
      const isTaken = this.#shelf.get(header.id)?.state !== undefined;
      const isFromServer = isTaken && this.#shelf.get(header.id)?.state !== "file";
      const trace =
        isFromServer || header.id === "unknown"
          ? { ...reading.trace, header: { ...header, id: file.name } }
          : reading.trace;
      this.show(trace);
    }
  }

  /** Puts a trace on the shelf as a file and shows it. */
  show(trace: Trace): void {
    this.#shelf.put(trace, "file");
    this.entries = this.#shelf.list();
    this.choose(trace.header.id);
  }

  /** Shows a trace of the shelf. */
  choose(id: string): void {
    const entry = this.#shelf.get(id);
    if (!entry) return;
    this.#isChosen = true;
    this.#present(entry);
  }

  togglePause(): void {
    this.isPaused = !this.isPaused;
    if (this.isPaused) return;
    this.window = undefined;
    this.#draw();
  }

  /** The shown trace as a file: its name and its text. */
  file(): { readonly name: string; readonly text: string } | undefined {
    return (
      this.trace && { name: `${this.trace.header.id}.sdpscope.jsonl`, text: writeTrace(this.trace) }
    );
  }

  // ─── selection

  /** Selects an event: the cursor goes to its time, and every view shows it. */
  select(seq: number | undefined, options: { readonly opens?: Tab } = {}): void {
    this.selected = seq;
    const event = this.selectedEvent;
    if (!event) return;
    this.cursor = event.t;
    this.#reveal(event.t);
    if (options.opens) {
      this.tab = options.opens;
      this.isDrawerOpen = true;
    }
  }

  /** Selects the next or previous event, of those that the search finds. */
  step(direction: 1 | -1): void {
    const list = this.matches.filter(({ kind }) => kind !== "alive");
    if (list.length === 0) return;
    const at = this.selected;
    const next =
      at === undefined
        ? direction === 1
          ? list[0]
          : list.at(-1)
        : direction === 1
          ? list.find(({ seq }) => seq > at)
          : list.findLast(({ seq }) => seq < at);
    if (next) this.select(next.seq);
  }

  /** Selects the next or previous event of the selected one's lane: same connection, same kind, same machine. */
  stepOnLane(direction: 1 | -1): void {
    const from = this.selectedEvent;
    if (!from) {
      this.step(direction);
      return;
    }
    const isBeside = (event: TraceEvent): boolean =>
      event.kind === from.kind &&
      event.peer === from.peer &&
      event.pc === from.pc &&
      (event.kind !== "state" || (from.kind === "state" && event.machine === from.machine));
    const next =
      direction === 1
        ? this.events.find((event) => event.seq > from.seq && isBeside(event))
        : this.events.findLast((event) => event.seq < from.seq && isBeside(event));
    if (next) this.select(next.seq);
  }

  /** Follows the selected message to its sender or its receiver. */
  follow(to: "sender" | "receiver"): void {
    const at = this.selectedItem?.seq;
    if (at === undefined) return;
    const arrows = this.timeline?.ladder.arrows ?? [];
    const end =
      to === "sender"
        ? arrows.find((arrow) => arrow.to === at)?.from
        : arrows.find((arrow) => arrow.from === at)?.to;
    if (end !== undefined) this.select(end);
  }

  /** Goes to the next or previous event that shows something went wrong. */
  stepProblem(direction: 1 | -1): void {
    const events = [...this.troubled].sort((a, b) => a - b);
    const at = this.selected ?? (direction === 1 ? 0 : Number.POSITIVE_INFINITY);
    const next =
      direction === 1
        ? (events.find((seq) => seq > at) ?? events[0])
        : (events.findLast((seq) => seq < at) ?? events.at(-1));
    if (next !== undefined) this.select(next, { opens: "event" });
  }

  // ─── time

  /** Shows more or less time around a moment: a factor below 1 zooms in. */
  zoom(factor: number, around: number = this.cursor ?? middle(this.view)): void {
    const { start, end } = this.view;
    const at = Math.min(end, Math.max(start, around));
    const length = Math.max(SMALLEST_WINDOW, (end - start) * factor);
    const share = (at - start) / (end - start);
    this.setWindow({ start: at - length * share, end: at + length * (1 - share) });
  }

  /** Moves the visible time by a share of its length. */
  pan(share: number): void {
    const { start, end } = this.view;
    const by = (end - start) * share;
    const { whole } = this;
    const limited = Math.max(whole.start - start, Math.min(whole.end - end, by));
    this.setWindow({ start: start + limited, end: end + limited });
  }

  /** Sets the visible time; one that holds everything is no window at all. */
  setWindow({ start, end }: TimeWindow): void {
    const { whole } = this;
    const from = Math.max(whole.start, Math.min(start, end - SMALLEST_WINDOW));
    const to = Math.min(whole.end, Math.max(end, from + SMALLEST_WINDOW));
    const isWhole = from <= whole.start && to >= whole.end;
    this.window = isWhole ? undefined : { start: from, end: to };
  }

  /** Shows the selected event closely; where it is already, everything. */
  fit(): void {
    const t = this.selectedEvent?.t;
    const isClose = this.window !== undefined;
    if (t === undefined || isClose) {
      this.window = undefined;
      return;
    }
    const busy = this.whole.end - this.whole.start;
    const idle = this.idle.reduce((sum, { start, end }) => sum + end - start, 0);
    const reach = Math.max(1, (busy - idle) * 0.12);
    this.setWindow({ start: t - reach, end: t + reach });
  }

  // ─── the page

  async setLanguage(lang: Language, storage?: Storage): Promise<void> {
    storage?.setItem("sdpscope.lang", lang);
    await loadWords(lang);
    this.lang = lang;
  }

  /** From what the system says to the other, and back. */
  setTheme(theme: Theme, storage?: Storage): void {
    this.theme = theme;
    storage?.setItem("sdpscope.theme", theme);
  }

  async #findRecorder(base: string): Promise<void> {
    const url = new URL("record.js", base).href;
    try {
      const response = await fetch(url, { method: "HEAD" });
      const type = response.headers.get("content-type") ?? "";
      if (response.ok && type.includes("javascript")) this.recorderUrl = url;
    } catch {
      // Without a recorder the page says how to start the server.
    }
  }

  /** A server that was started anew does not know the sessions of the last one: they go on no more. */
  async #forgetEnded(base: string): Promise<void> {
    const here = this.#shelf.positions().map(([id]) => id);
    if (here.length === 0) return;
    try {
      const response = await fetch(new URL("traces", base));
      const list: unknown = await response.json();
      if (!Array.isArray(list)) return;
      const known = new Set(list.map((summary: { readonly id?: unknown }) => String(summary?.id)));
      this.#shelf.tear(here.filter((id) => !known.has(id)));
      this.#schedule();
    } catch {
      // The feed tells what there is; without the list old sessions merely stay marked as live.
    }
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, DRAW_INTERVAL);
  }

  #draw(): void {
    this.entries = this.#shelf.list();
    if (this.isPaused) return;
    const latest = this.entries.find(({ state }) => state !== "file");
    const current = this.trace && this.#shelf.get(this.trace.header.id);
    // Somebody who looks at something keeps it; otherwise the newest session comes forward.
    const stays = this.#isChosen || this.selected !== undefined || this.window !== undefined;
    if (current && (stays || !latest || latest.header.id === current.header.id)) {
      if (this.#drawn !== current.events.length) this.#present(current);
    } else if (latest) {
      this.#present(latest);
    }
  }

  #present(entry: ShelfEntry): void {
    const isOther = entry.header.id !== this.trace?.header.id;
    this.#drawn = entry.events.length;
    // A copy: what is derived from the list would not notice that it grew in place.
    this.trace = { header: entry.header, events: [...entry.events] };
    if (!isOther) return;
    this.isPaused = false;
    this.selected = undefined;
    this.cursor = undefined;
    this.window = undefined;
  }

  /** Moves the visible time so that a moment lies in it. */
  #reveal(t: number): void {
    if (!this.window) return;
    const { start, end } = this.window;
    if (t >= start && t <= end) return;
    const half = (end - start) / 2;
    this.setWindow({ start: t - half, end: t + half });
  }
}

/** Times at which something happened: statistics and signs of life fill silence and do not count. */
function busyTimes(events: readonly TraceEvent[]): number[] {
  return events
    .filter(({ kind }) => kind !== "stats" && kind !== "alive")
    .map(({ t }) => t)
    .sort((a, b) => a - b);
}

function middle({ start, end }: TimeWindow): number {
  return (start + end) / 2;
}
