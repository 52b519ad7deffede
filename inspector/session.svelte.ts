import type {
  Diagnosis,
  Diagnostic,
  Finding,
  Language,
  SessionComparison,
  Trace,
} from "../lib/index.ts";
import { printable } from "./layout/printable.ts";
import type { QueryProblem } from "./layout/query.ts";
import type { TimeStyle } from "./layout/time-style.ts";
import { momentText, timeStyles } from "./layout/time-style.ts";
import type { Word } from "./messages/words.ts";
import { loadWords, wordsOf } from "./messages/words.ts";
import type { ExportResult, ExportWish } from "./source/export-trace.ts";
import type { Link } from "./source/feed.ts";
import type { Place } from "./source/fragment.ts";
import { copyPlace, readPlaceFragment } from "./source/fragment.ts";
import type { Judgement } from "./source/judge.ts";
import type { Note } from "./source/notes.ts";
import { readNotes, setNote } from "./source/notes.ts";
import type { Picture } from "./source/picture.ts";
import { indexOfSeq, kinds } from "./source/picture.ts";
import type { Port } from "./source/port.ts";
import type {
  Answered,
  Ask,
  ComparisonWish,
  Entry,
  FileReport,
  News,
  Order,
  Question,
  Selection,
} from "./source/questions.ts";
import { samples } from "./source/samples.ts";

/** The tabs of the drawer, in order. */
export const tabs = [
  "event",
  "sdp",
  "descriptions",
  "munging",
  "previous",
  "codecs",
  "candidates",
  "pairs",
  "state",
  "stack",
  "calls",
  "raw",
  "stats",
] as const;
export type Tab = (typeof tabs)[number];

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What the middle of the page shows. `table` is the accessible and searchable view of the same events. */
export const views = ["lanes", "ladder", "both", "table", "room"] as const;
export type View = (typeof views)[number];

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

/** A trace or an event that a link leads to may still be on its way for so long. Milliseconds. */
const LINK_PATIENCE = 2500;

/** The least and the largest share of the session that zooming shows. */
const SMALLEST_WINDOW = 0.05;

/**
 * Owns the page's state: which trace is shown, what is selected, what time is in view, and how the page speaks.
 *
 * It holds no trace: the engine at the other end of the port does. What is drawn comes as a `Picture`, in columns, and a new
 * one when the session grew; everything else is asked for (`ask`, or `answered` for panels). One selection (`selected`, with
 * all there is to know about it in `selection` a moment later) and one time (`cursor`) are shared by all views.
 */
export class Session {
  lang: Language = $state("en");
  theme: Theme = $state("auto");

  /** Every trace that can be chosen, the latest first. */
  entries: readonly Entry[] = $state.raw([]);
  /** The shown trace in columns; `undefined` while none is shown. */
  picture: Picture | undefined = $state.raw();
  /** What the rules found in it; `undefined` until it was judged once. */
  diagnosis: Diagnosis | undefined = $state.raw();
  /** `none`: the page was opened without a server. */
  link: Link | "none" = $state("none");
  /** While set, what is drawn stands still, and the events go on arriving. */
  isPaused = $state(false);
  /** The view moves with the end of a live session, until somebody looks elsewhere. */
  isFollowing = $state(true);
  /** Files are being read. */
  isOpening = $state(false);
  fault: Fault | undefined = $state.raw();
  /** What readers wrote about the shown trace's events, in their order. */
  notes: readonly Note[] = $state.raw([]);
  /** The event whose note is being written. */
  editedNote: number | undefined = $state();
  /** What was done, said for a moment. */
  notice: Word | undefined = $state();
  /** The address of the recorder for a page, where the server has one. */
  recorderUrl: string | undefined = $state();

  /** The selected event's `seq`. */
  selected: number | undefined = $state();
  /** All there is to know about the selected event; the last one stays until the next one is here. */
  selection: Selection | undefined = $state.raw();
  /** The finding that was chosen in the rail; the selection may be one of several events of it. */
  chosenFinding: Finding | undefined = $state.raw();
  /** The time that all views show a line at. Milliseconds. */
  cursor: number | undefined = $state();
  /** The time under the pointer, where all views show a thin line. Milliseconds. */
  pointed: number | undefined = $state();
  /** The visible time; `undefined` for all of it. */
  window: TimeWindow | undefined = $state.raw();
  isFolding = $state(true);
  showsStates = $state(false);
  /** How moments are written in the table and the ladder. */
  timeStyle: TimeStyle = $state("start");
  view: View = $state("both");
  tab: Tab = $state("descriptions");
  isDrawerOpen = $state(true);
  /** The offer/answer round that somebody chose in the details; else it is that of the selected event. */
  chosenRound: number | undefined = $state();
  isHelpOpen = $state(false);
  isPaletteOpen = $state(false);
  isExportOpen = $state(false);
  /** The page shows pasted texts in the place of the session. */
  isPasteOpen = $state(false);
  /** The page shows how two sessions compare in the place of the session: the ids of both. */
  compared: { readonly left: string; readonly right: string } | undefined = $state.raw();
  query = $state("");
  /** The indices of the events that the search finds; `undefined` while nothing is searched for. */
  matches: Uint32Array | undefined = $state.raw();
  /** Why the search cannot be understood; all events are shown then. */
  queryProblem: QueryProblem | undefined = $state.raw();

  readonly say = $derived(wordsOf(this.lang));
  readonly header = $derived(this.picture?.header);
  readonly entry = $derived(this.entries.find(({ header }) => header.id === this.header?.id));
  readonly isLive = $derived(this.entry?.state === "live");
  readonly idle = $derived(this.picture?.idle ?? []);
  /** All of the session's time, with room at both ends. */
  readonly whole: TimeWindow = $derived.by(() => {
    const { start, end } = this.picture ?? { start: 0, end: 1 };
    const idleTime = this.isFolding
      ? this.idle.reduce((sum, idle) => sum + idle.end - idle.start, 0)
      : 0;
    const margin = Math.max(0.5, (end - start - idleTime) * 0.012);
    return { start: start - margin, end: end + margin * 2 };
  });
  readonly time: TimeWindow = $derived(this.window ?? this.whole);
  /** Every event that the selection stands for: a call with its end, a candidate with its message. */
  readonly covered: readonly number[] = $derived(
    this.selected === undefined
      ? []
      : this.selection?.item?.covers.includes(this.selected)
        ? this.selection.item.covers
        : [this.selected],
  );
  /** The notes' texts by their event's `seq`; a bookmark's is empty. */
  readonly noted: ReadonlyMap<number, string> = $derived(
    new Map(this.notes.map(({ seq, text }) => [seq, text])),
  );
  readonly findings: readonly Finding[] = $derived(this.diagnosis?.findings ?? []);
  /** Every event that shows something went wrong, and how bad it is. */
  readonly troubled: ReadonlyMap<number, Finding["severity"]> = $derived.by(() => {
    const found = new Map<number, Finding["severity"]>();
    for (const { events, severity } of this.findings.toReversed()) {
      if (severity !== "info") for (const seq of events) found.set(seq, severity);
    }
    return found;
  });
  /** The finding that the selected event belongs to: the gravest one. */
  readonly finding: Finding | undefined = $derived(
    this.chosenFinding ??
      (this.selected === undefined
        ? undefined
        : this.findings.find(({ events }) => this.covered.some((seq) => events.includes(seq)))),
  );

  readonly #port: Port;
  #storage: Pick<Storage, "getItem" | "setItem"> | undefined;
  #asked = 0;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (answer: unknown) => void; readonly reject: (reason: Error) => void }
  >();
  /** The user chose this trace: a newer one does not take its place. */
  #isChosen = false;
  /** The trace that the engine shows. */
  #shown: string | undefined;

  constructor(port: Port) {
    this.#port = port;
    port.onnews = (news) => this.#take(news);
  }

  // ─── where traces come from

  /** Takes up what was chosen last time, else the browser's language. */
  async restore(
    storage: Pick<Storage, "getItem" | "setItem">,
    browserLanguage: string,
  ): Promise<void> {
    this.#storage = storage;
    const theme = themes.find((one) => one === storage.getItem("sdpscope.theme"));
    if (theme) this.theme = theme;
    const style = timeStyles.find((one) => one === storage.getItem("sdpscope.time"));
    if (style) this.timeStyle = style;
    const chosen = storage.getItem("sdpscope.lang") ?? browserLanguage;
    const lang: Language = chosen.startsWith("ko") ? "ko" : "en";
    await loadWords(lang);
    this.lang = lang;
  }

  /** Connects to the server that the page came from, if it came from one. */
  connect(base: string): void {
    if (!/^https?:/.test(base)) return;
    this.link = "connecting";
    this.#post({ type: "connect", base });
  }

  close(): void {
    clearTimeout(this.#patience);
    this.#port.close();
    for (const { reject } of this.#waiting.values()) reject(new Error("The page was closed."));
    this.#waiting.clear();
  }

  /** Opens dropped or chosen files, of any format that can be read; the last trace of them is shown. */
  async openFiles(files: Iterable<File>): Promise<void> {
    const list = [...files];
    if (list.length === 0) return;
    this.fault = undefined;
    this.isOpening = true;
    try {
      const reports = (await this.#request((id) => ({
        type: "open",
        id,
        files: list,
      }))) as readonly FileReport[];
      for (const report of reports) {
        this.#report(report);
        for (const { trace, notes } of report.notes ?? []) this.#fileNotes.set(trace, notes);
      }
      const last = reports.flatMap(({ traces }) => traces).at(-1);
      if (last !== undefined) this.choose(last);
    } catch {
      // The engine said what happened to it.
    } finally {
      this.isOpening = false;
    }
  }

  /** Opens a sample that comes with the page, by its place in the list. */
  async openSample(index: number): Promise<void> {
    const sample = samples[index];
    if (!sample) return;
    const name = `${sample.id}.sdpscope.jsonl`;
    try {
      const response = await fetch(sample.url);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      await this.openFiles([new File([await response.blob()], name)]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.fault = {
        severity: "error",
        what: { word: "fault.unreadable", values: { name, reason } },
        act: { word: "fault.trace.do", values: {} },
      };
    }
  }

  /** Puts a trace on the shelf as a file and shows it. */
  show(trace: Trace): void {
    this.#post({ type: "put", trace });
    this.choose(trace.header.id);
  }

  /** Shows a trace of the shelf. */
  choose(id: string): void {
    this.#isChosen = true;
    this.isPasteOpen = false;
    this.compared = undefined;
    this.#visiting = undefined;
    this.#present(id);
  }

  /** Follows a live session to its end again when somebody looked elsewhere; else stops the picture, or lets it go on. */
  togglePause(): void {
    if (!this.isPaused && !this.isFollowing) {
      this.follow();
      return;
    }
    this.isPaused = !this.isPaused;
    this.#post({ type: "pause", isPaused: this.isPaused });
    if (!this.isPaused) this.follow();
  }

  /** Moves to the end of the session and stays there. */
  follow(): void {
    this.isFollowing = true;
    this.selected = undefined;
    this.selection = undefined;
    this.cursor = undefined;
    this.#slide();
  }

  /** The shown trace as a file: its name and its text. */
  async file(): Promise<{ readonly name: string; readonly text: string } | undefined> {
    const name = this.header?.id;
    if (name === undefined) return undefined;
    return { name: `${name}.sdpscope.jsonl`, text: await this.ask("file", {}) };
  }

  /**
   * Asks the engine about the shown trace; rejects when there is none. See `questions.ts` for what can be asked.
   * Who asks in an effect asks again with every new picture.
   */
  async ask<Q extends Question>(question: Q, ask: Ask<Q>): Promise<Answered<Q>> {
    void this.picture;
    const answer = await this.#request((id) => ({ type: "ask", id, question, ask }));
    return answer as Answered<Q>;
  }

  /** The shown trace, written for somebody to take along. Rejects when there is none. */
  async export(wish: Omit<ExportWish, "notes">): Promise<ExportResult> {
    const { notes } = this;
    const result = await this.#request((id) => ({ type: "export", id, wish: { ...wish, notes } }));
    return result as ExportResult;
  }

  /** How two sessions of the shelf compare. Rejects when one of them is gone. */
  async compare(wish: ComparisonWish): Promise<SessionComparison> {
    return (await this.#request((id) => ({ type: "compare", id, wish }))) as SessionComparison;
  }

  /** Compares the shown session with another one, the earlier of the two at the left; with the one before it unless told which. */
  openComparison(other: string | undefined = this.#nextEntry()): void {
    const shown = this.header?.id;
    if (shown === undefined || other === undefined || other === shown) return;
    const startOf = (id: string): number =>
      Date.parse(this.entries.find(({ header }) => header.id === id)?.header.startedAt ?? "");
    const [left, right] = startOf(other) <= startOf(shown) ? [other, shown] : [shown, other];
    this.isPasteOpen = false;
    this.compared = { left, right };
  }

  /** The session that is listed after the shown one: the one before it in time; else the first of the others. */
  #nextEntry(): string | undefined {
    const at = this.entries.findIndex(({ header }) => header.id === this.header?.id);
    return (this.entries[at + 1] ?? this.entries.find((_, index) => index !== at))?.header.id;
  }

  /** Shows an event of any session: leaves the comparison, and goes to that session first where it is another one. */
  visit(trace: string, seq: number): void {
    this.compared = undefined;
    if (trace === this.header?.id) {
      this.select(seq, { opens: "event" });
      return;
    }
    this.choose(trace);
    this.#visiting = { trace, seq };
  }
  #visiting: { readonly trace: string; readonly seq: number } | undefined;

  /** What the rules say to a text that belongs to no session. */
  async judge(judgement: Judgement): Promise<readonly Diagnostic[]> {
    const answer = await this.#request((id) => ({ type: "judge", id, judgement }));
    return answer as readonly Diagnostic[];
  }

  // ─── selection

  /** Selects an event: the cursor goes to its time, and every view shows it. */
  select(seq: number | undefined, options: { readonly opens?: Tab } = {}): void {
    this.selected = seq;
    this.chosenRound = undefined;
    this.isFollowing = false;
    if (!this.chosenFinding?.events.includes(seq ?? 0)) this.chosenFinding = undefined;
    if (seq === undefined) {
      this.selection = undefined;
      return;
    }
    const t = this.timeOf(seq);
    if (t === undefined) return;
    this.cursor = t;
    this.#reveal(t);
    this.#fetchSelection(seq);
    if (options.opens) {
      this.tab = options.opens;
      this.isDrawerOpen = true;
    }
  }

  /** Selects a finding's first event, or the given one of its events. */
  selectFinding(finding: Finding, seq: number | undefined = finding.events[0]): void {
    this.chosenFinding = finding;
    this.select(seq, {
      opens: finding.texts && seq === finding.texts.judged ? "descriptions" : "event",
    });
  }

  /** The time of an event; `undefined` when there is none of that number. */
  timeOf(seq: number): number | undefined {
    const events = this.picture?.events;
    return events?.t[indexOfSeq(events, seq)];
  }

  /** Selects the next or previous event, of those that the search finds. */
  step(direction: 1 | -1): void {
    const { picture, matches } = this;
    if (!picture) return;
    const { events } = picture;
    const alive = kinds.indexOf("alive");
    const count = matches ? matches.length : events.count;
    const indexAt = (place: number): number => (matches ? (matches[place] ?? -1) : place);
    let place = direction === 1 ? 0 : count - 1;
    if (this.selected !== undefined) {
      const from = indexOfSeq(events, this.selected);
      if (!matches) place = from + direction;
      else {
        const after = firstAbove(matches, from);
        const isOn = after > 0 && matches[after - 1] === from;
        place = direction === 1 ? after : after - (isOn ? 2 : 1);
      }
    }
    while (place >= 0 && place < count && events.kind[indexAt(place)] === alive) place += direction;
    const seq = events.seq[indexAt(place)];
    if (place >= 0 && place < count && seq !== undefined) this.select(seq);
  }

  /** Selects the next or previous event of the selected one's lane: same connection, same kind, same machine. */
  stepOnLane(direction: 1 | -1): void {
    const { picture, selected } = this;
    if (!picture || selected === undefined) {
      this.step(direction);
      return;
    }
    const { track, seq, count } = picture.events;
    const from = indexOfSeq(picture.events, selected);
    for (let index = from + direction; index >= 0 && index < count; index += direction) {
      if (track[index] === track[from]) {
        this.select(seq[index]);
        return;
      }
    }
  }

  // ─── notes

  /** Puts a bookmark at the selected event, or takes it away; a note that is there is opened instead. */
  toggleBookmark(): void {
    const { selected } = this;
    if (selected === undefined) this.notice = "note.none";
    else if (this.noted.get(selected)) this.editNote(selected);
    else this.setNote(selected, this.noted.has(selected) ? undefined : "");
  }

  /** Opens the field for an event's note. */
  editNote(seq: number | undefined): void {
    if (seq === undefined || this.timeOf(seq) === undefined) {
      this.notice = "note.none";
      return;
    }
    if (seq !== this.selected) this.select(seq);
    this.editedNote = seq;
  }

  closeNote(): void {
    this.editedNote = undefined;
  }

  /** Keeps a text about an event, empty for a bookmark; `undefined` takes it away. */
  setNote(seq: number, text: string | undefined): void {
    const id = this.header?.id;
    if (id === undefined) return;
    this.notes = setNote(this.notes, seq, text);
    this.#fileNotes.set(id, this.notes);
    try {
      this.#storage?.setItem(notesKey(id), JSON.stringify(this.notes));
    } catch {
      this.notice = "note.unkept";
    }
  }

  /** The notes of traces as their files brought them, or as they were changed since. */
  readonly #fileNotes = new Map<string, readonly Note[]>();

  #notesOf(id: string): readonly Note[] {
    return readNotes(this.#storage?.getItem(notesKey(id)) ?? null) ?? this.#fileNotes.get(id) ?? [];
  }

  /** What is shown now, for a link; `undefined` while no trace is. */
  get place(): Place | undefined {
    const { header, selected, window, view, tab, isDrawerOpen } = this;
    if (!header) return undefined;
    return {
      trace: header.id,
      ...(selected !== undefined && { event: selected }),
      ...(window && { range: window }),
      view,
      ...(isDrawerOpen && { tab }),
    };
  }

  /**
   * Goes to the place that a link's fragment tells: at once, or when its trace and event come. A fragment that tells no
   * place does nothing. What is not here after a while is said, and shown if it comes later.
   */
  followLink(fragment: string): void {
    const place = readPlaceFragment(fragment);
    if (!place) return;
    const view = views.find((one) => one === place.view);
    const tab = tabs.find((one) => one === place.tab);
    if (view) this.view = view;
    if (tab) this.tab = tab;
    this.isDrawerOpen = tab !== undefined;
    this.isPasteOpen = false;
    this.#wanted = place;
    this.#seek();
    this.#waitForLink();
  }

  /** Puts a link to what is shown on the clipboard, and says so. */
  async copyLink(): Promise<void> {
    const { place } = this;
    if (place) this.notice = (await copyPlace(place)) ? "link.copied" : "link.inBar";
  }

  /** Where a link leads that was not reached yet. */
  #wanted: Place | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** Goes where the link leads, as far as that is here. */
  #seek(): void {
    const place = this.#wanted;
    if (!place) return;
    if (place.trace !== this.header?.id) {
      const isHere = this.entries.some(({ header }) => header.id === place.trace);
      if (isHere && place.trace !== this.#shown) this.choose(place.trace);
      return;
    }
    this.#isChosen = true;
    if (place.event !== undefined && this.timeOf(place.event) === undefined) return;
    this.#arrive(place);
  }

  #arrive({ event, range }: Place): void {
    this.#wanted = undefined;
    clearTimeout(this.#patience);
    if (this.fault?.what.word === "fault.link.trace") this.fault = undefined;
    if (event !== undefined) this.select(event);
    if (range) this.setWindow(range);
  }

  #waitForLink(): void {
    clearTimeout(this.#patience);
    if (this.#wanted) this.#patience = setTimeout(() => this.#giveUpLink(), LINK_PATIENCE);
  }

  #giveUpLink(): void {
    const { header } = this;
    const place = this.#wanted;
    if (!place) return;
    const values = { trace: printable(place.trace, 64), seq: place.event ?? 1 };
    if (place.trace === header?.id) {
      const { event: _, ...rest } = place;
      this.#arrive(rest);
      this.fault = linkFault("fault.link.event", values);
    } else this.fault = linkFault("fault.link.trace", values);
  }

  /** Goes to the other end of the selected message. */
  goTo(to: "sender" | "receiver"): void {
    const { selection } = this;
    const end = to === "sender" ? selection?.arrow?.from : selection?.arrow?.to;
    if (end !== undefined && end !== selection?.item?.seq) this.select(end);
  }

  /** Goes to the next or previous finding. */
  stepFinding(direction: 1 | -1): void {
    const { findings } = this;
    if (findings.length === 0) return;
    const at = this.finding ? findings.indexOf(this.finding) : direction === 1 ? -1 : 0;
    const next = findings[(at + direction + findings.length) % findings.length];
    if (next) this.selectFinding(next);
  }

  // ─── time

  /** Shows more or less time around a moment: a factor below 1 zooms in. */
  zoom(factor: number, around: number = this.cursor ?? middle(this.time)): void {
    const { start, end } = this.time;
    const at = Math.min(end, Math.max(start, around));
    const length = Math.max(SMALLEST_WINDOW, (end - start) * factor);
    const share = (at - start) / (end - start);
    this.setWindow({ start: at - length * share, end: at + length * (1 - share) });
  }

  /** Moves the visible time by a share of its length. */
  pan(share: number): void {
    const { start, end } = this.time;
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
    this.isFollowing = to >= whole.end;
  }

  /** Shows the selected event closely; where it is already, everything. */
  fit(): void {
    const t = this.selected === undefined ? undefined : this.timeOf(this.selected);
    const isClose = this.window !== undefined;
    if (t === undefined || isClose) {
      this.window = undefined;
      this.isFollowing = true;
      return;
    }
    const busy = this.whole.end - this.whole.start;
    const idle = this.idle.reduce((sum, { start, end }) => sum + end - start, 0);
    const reach = Math.max(1, (busy - idle) * 0.12);
    this.setWindow({ start: t - reach, end: t + reach });
  }

  /** Searches the events; an empty query finds all of them. While one search runs, only the latest one waits. */
  async search(query: string): Promise<void> {
    this.query = query;
    if (this.#isSearching) return;
    this.#isSearching = true;
    for (let done: string | undefined; done !== this.query; ) {
      done = this.query;
      const isBlank = done.trim() === "" || !this.picture;
      const found = isBlank
        ? undefined
        : await this.ask("matches", { query: done }).catch(() => undefined);
      if (done !== this.query) continue;
      const isProblem = found !== undefined && "problem" in found;
      this.queryProblem = isProblem ? found : undefined;
      this.matches = isProblem ? undefined : found;
    }
    this.#isSearching = false;
  }
  #isSearching = false;

  // ─── the page

  async setLanguage(lang: Language): Promise<void> {
    this.#storage?.setItem("sdpscope.lang", lang);
    await loadWords(lang);
    this.lang = lang;
  }

  /** As the system has it, light, or dark. */
  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#storage?.setItem("sdpscope.theme", theme);
  }

  /** Writes moments in the next way. */
  nextTimeStyle(): void {
    const next = timeStyles.indexOf(this.timeStyle) + 1;
    this.timeStyle = timeStyles[next % timeStyles.length] ?? "start";
    this.#storage?.setItem("sdpscope.time", this.timeStyle);
  }

  /** A moment as it is to be written now; `previous` is the one before it in the list. */
  moment(t: number, previous: number | undefined): string {
    const selected = this.selected === undefined ? undefined : this.timeOf(this.selected);
    const startedAt = this.header?.startedAt ?? "";
    return momentText(this.timeStyle, t, { startedAt, previous, selected });
  }

  #post(order: Order): void {
    this.#port.post(order);
  }

  #request(orderOf: (id: number) => Order): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post(orderOf(id));
    });
  }

  #take(news: News): void {
    switch (news.type) {
      case "answer":
        this.#waiting.get(news.id)?.resolve(news.answer);
        this.#waiting.delete(news.id);
        break;
      case "refused":
        this.#waiting.get(news.id)?.reject(new Error(news.reason));
        this.#waiting.delete(news.id);
        break;
      case "entries":
        this.entries = news.entries;
        this.#followLatest();
        this.#seek();
        break;
      case "picture":
        this.#takePicture(news.picture);
        break;
      case "diagnosis":
        if (news.trace === this.#shown) this.diagnosis = news.diagnosis;
        break;
      case "link":
        this.link = news.link;
        break;
      case "recorder":
        this.recorderUrl = news.url;
        break;
      case "broken":
        this.#break(news.reason);
        break;
      default:
        news satisfies never;
    }
  }

  /** The engine is gone, mostly because the trace is larger than its memory: nothing that was asked is answered any more. */
  #break(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
    this.fault = {
      severity: "error",
      what: { word: "fault.engine", values: { reason } },
      act: { word: "fault.engine.do", values: {} },
    };
  }

  /** Somebody who looks at something keeps it; otherwise the newest session comes forward. */
  #followLatest(): void {
    const latest = this.entries.find(({ state }) => state !== "file");
    const stays = this.#isChosen || this.selected !== undefined || this.window !== undefined;
    if (this.isPaused || !latest || (this.#shown !== undefined && stays)) return;
    if (latest.header.id !== this.#shown) this.#present(latest.header.id);
  }

  #present(id: string): void {
    this.#shown = id;
    this.isPaused = false;
    this.#post({ type: "show", trace: id });
  }

  #takePicture(picture: Picture): void {
    const isOther = picture.header.id !== this.picture?.header.id;
    if (picture.header.id !== this.#shown) return;
    this.picture = picture;
    if (isOther) {
      this.diagnosis = undefined;
      this.chosenFinding = undefined;
      this.selected = undefined;
      this.selection = undefined;
      this.chosenRound = undefined;
      this.cursor = undefined;
      this.window = undefined;
      this.isFollowing = true;
      this.matches = undefined;
      this.queryProblem = undefined;
      this.query = "";
      this.editedNote = undefined;
      this.notes = this.#notesOf(picture.header.id);
      this.#seek();
      if (this.#visiting?.trace === picture.header.id) {
        this.select(this.#visiting.seq, { opens: "event" });
      }
      this.#visiting = undefined;
      return;
    }
    this.#slide();
    this.#seek();
    if (this.selected !== undefined) this.#fetchSelection(this.selected);
    if (this.query !== "") void this.search(this.query);
  }

  /** While the end is followed, a zoomed view moves with it. */
  #slide(): void {
    if (!this.isFollowing || !this.window) return;
    const length = this.window.end - this.window.start;
    this.window = { start: this.whole.end - length, end: this.whole.end };
  }

  #fetchSelection(seq: number): void {
    this.ask("selection", { seq }).then(
      (selection) => {
        if (this.selected === seq) this.selection = selection;
      },
      () => {
        // The trace went away: nothing is selected any more.
      },
    );
  }

  #report({ name, fault, reason, faults, first }: FileReport): void {
    if (fault) {
      const example = '{"sdpscope":1,"id":…}';
      this.fault = {
        severity: "error",
        what: { word: `fault.${fault}`, values: { name, reason } },
        act: {
          word: `fault.${fault}.do`,
          values: { example, message: first?.message[this.lang] ?? "" },
        },
      };
    } else if (first) {
      this.fault = {
        severity: "warning",
        what: { word: "fault.diagnostics", values: { name, n: faults } },
        act: {
          word: "fault.diagnostics.do",
          values: { line: first.position?.line ?? 1, message: first.message[this.lang] },
        },
      };
    }
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

function notesKey(trace: string): string {
  return `sdpscope.notes.${trace}`;
}

function linkFault(
  word: "fault.link.trace" | "fault.link.event",
  values: Fault["what"]["values"],
): Fault {
  return { severity: "warning", what: { word, values }, act: { word: `${word}.do`, values } };
}

/** The place of the first index above `wanted`, in a list that grows. */
function firstAbove(list: Uint32Array, wanted: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function middle({ start, end }: TimeWindow): number {
  return (start + end) / 2;
}
