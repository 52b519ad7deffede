import type { Trace } from "../../lib/index.ts";
import { printable } from "../layout/printable.ts";
import { answers } from "./answers.ts";
import type { ExportWish } from "./export-trace.ts";
import type { Feed } from "./feed.ts";
import { connectFeed } from "./feed.ts";
import { inTurns } from "./in-turns.ts";
import type { Judgement } from "./judge.ts";
import { liftNotes } from "./notes.ts";
import { openFile } from "./open-file.ts";
import { paintPicture } from "./paint-picture.ts";
import type { ComparisonWish, FileReport, News, Order } from "./questions.ts";
import type { Sheet } from "./sheet.ts";
import { createSheet, extendSheet } from "./sheet.ts";
import { Shelf } from "./shelf.ts";

/** New events are drawn at most this often. Milliseconds. */
const SHORTEST_PAUSE = 120;

/** A growing session is worked out anew, and judged, at most during this share of the time each, however long it is. */
const BUSY_SHARE = 0.5;

/** A session that grows is judged at most this often. Milliseconds. */
const JUDGING_PAUSE = 1000;

/** A session is judged first when the page had time to ask for what it draws. Milliseconds. */
const FIRST_JUDGING = 150;

/**
 * Holds every trace of the page, works out the one that is shown, and answers what the page asks. It lives in a worker,
 * or in the page's own thread where there is none; it knows neither.
 */
export class Engine {
  readonly #tell: (news: News) => void;
  readonly #shelf = new Shelf();
  #feed: Feed | undefined;
  #shown: string | undefined;
  #isPaused = false;
  #version = 0;
  #sheet: Sheet | undefined;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #judging: ReturnType<typeof setTimeout> | undefined;
  /** How long working out the shown trace took. Milliseconds. */
  #cost = 0;

  constructor(tell: (news: News) => void) {
    this.#tell = tell;
  }

  take(order: Order): void {
    switch (order.type) {
      case "ask":
        this.#answer(order.id, order.question, order.ask);
        break;
      case "judge":
        void this.#judgeText(order.id, order.judgement);
        break;
      case "compare":
        void this.#compare(order.id, order.wish);
        break;
      case "export":
        void this.#export(order.id, order.wish);
        break;
      case "open":
        void this.#open(order.id, order.files);
        break;
      case "put":
        this.#put(order.trace);
        break;
      case "connect":
        this.#connect(order.base);
        break;
      case "show":
        this.#shown = order.trace;
        this.#sheet = undefined;
        this.#isPaused = false;
        clearTimeout(this.#judging);
        this.#judging = undefined;
        this.#draw();
        break;
      case "pause":
        this.#isPaused = order.isPaused;
        if (!order.isPaused) this.#draw();
        break;
      default:
        order satisfies never;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#feed?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#judging);
  }

  #answer(id: number, question: keyof typeof answers, ask: unknown): void {
    const sheet = this.#sheet;
    if (!sheet) {
      this.#tell({ type: "refused", id, reason: "No trace is shown." });
      return;
    }
    try {
      const answer = (answers[question] as (sheet: Sheet, ask: unknown) => unknown)(sheet, ask);
      this.#tell({ type: "answer", id, answer });
    } catch (error) {
      this.#tell({ type: "refused", id, reason: String(error) });
    }
  }

  async #judgeText(id: number, judgement: Judgement): Promise<void> {
    try {
      const { judge } = await import("./judge.ts");
      this.#tell({ type: "answer", id, answer: judge(judgement) });
    } catch (error) {
      this.#tell({ type: "refused", id, reason: String(error) });
    }
  }

  async #compare(id: number, { left, right, alignAt }: ComparisonWish): Promise<void> {
    try {
      const { compareSessions } = await import("./compare.ts");
      const names = [left, right] as const;
      const [one, other] = names.map((name) => this.#shelf.get(name));
      if (!one || !other) throw new Error("A session is not here any more.");
      const answer = compareSessions(one, other, {
        alignAt,
        names: [printable(left, 64), printable(right, 64)],
      });
      this.#tell({ type: "answer", id, answer });
    } catch (error) {
      this.#tell({ type: "refused", id, reason: String(error) });
    }
  }

  async #export(id: number, wish: ExportWish): Promise<void> {
    const sheet = this.#sheet;
    if (!sheet) {
      this.#tell({ type: "refused", id, reason: "No trace is shown." });
      return;
    }
    try {
      const { exportTrace } = await import("./export-trace.ts");
      const { header, events } = sheet.trace;
      const trace = { header, events: events.slice(0, sheet.count) };
      this.#tell({ type: "answer", id, answer: exportTrace(trace, wish) });
    } catch (error) {
      this.#tell({ type: "refused", id, reason: String(error) });
    }
  }

  async #open(id: number, files: readonly File[]): Promise<void> {
    const reports: FileReport[] = [];
    for (const file of files) {
      const { traces, report } = await openFile(file);
      const lifted = traces.map(liftNotes);
      const ids = lifted.map(({ trace }) => this.#shelve(trace, file.name));
      const notes = lifted.flatMap(({ notes }, index) =>
        notes.length > 0 ? [{ trace: ids[index] ?? "", notes }] : [],
      );
      reports.push({ ...report, traces: ids, notes });
    }
    this.#tellEntries();
    this.#tell({ type: "answer", id, answer: reports });
  }

  /** Puts an opened trace on the shelf and gives its id there: it never takes the place of one that the server has. */
  #shelve(trace: Trace, name: string): string {
    const { header } = trace;
    const taken = this.#shelf.get(header.id)?.state ?? "file";
    const id = taken !== "file" || header.id === "unknown" ? name : header.id;
    this.#shelf.put(id === header.id ? trace : { ...trace, header: { ...header, id } }, "file");
    return id;
  }

  #put(trace: Trace): void {
    this.#shelf.put(trace, "file");
    this.#tellEntries();
  }

  #connect(base: string): void {
    void this.#findRecorder(base);
    this.#feed = connectFeed({
      base,
      positions: () => this.#shelf.positions(),
      onMessage: (message) => {
        if (this.#shelf.take(message) !== undefined) this.#schedule();
      },
      onLink: (link) => {
        this.#tell({ type: "link", link });
        if (link === "open") void this.#forgetEnded(base);
      },
    });
  }

  #schedule(): void {
    const pause = Math.max(SHORTEST_PAUSE, this.#cost * (1 / BUSY_SHARE - 1));
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tellEntries();
      if (!this.#isPaused) this.#draw();
    }, pause);
  }

  /** Works out the shown trace if there is more of it than was drawn. */
  #draw(): void {
    const entry = this.#shown === undefined ? undefined : this.#shelf.get(this.#shown);
    if (!entry) return;
    const isLive = entry.state === "live";
    if (this.#sheet?.count === entry.events.length && this.#sheet.trace.header === entry.header) {
      if (isLive === this.#drawnLive) return;
    }
    const started = performance.now();
    const trace: Trace = { header: entry.header, events: entry.events };
    this.#sheet = (this.#sheet && extendSheet(this.#sheet, trace)) ?? createSheet(trace);
    this.#drawnLive = isLive;
    const picture = paintPicture(this.#sheet, ++this.#version, isLive);
    this.#cost = performance.now() - started;
    this.#tell({ type: "picture", picture });
    this.#judgeSoon();
  }
  #drawnLive = false;

  /** A judgement that has begun comes to its end before the next one begins: a session that grows always gets some. */
  #judgeSoon(): void {
    if (this.#isClosed || this.#isJudging || this.#judging !== undefined) return;
    const pause = Math.max(JUDGING_PAUSE, this.#judgingCost * (1 / BUSY_SHARE - 1));
    this.#judging = setTimeout(
      () => {
        this.#judging = undefined;
        this.#isJudging = true;
        void this.#judge().finally(() => {
          this.#isJudging = false;
          if (this.#sheet && this.#sheet !== this.#judgedSheet) this.#judgeSoon();
        });
      },
      this.#judged === this.#shown ? pause : FIRST_JUDGING,
    );
  }
  #isJudging = false;
  #judged: string | undefined;
  #judgedSheet: Sheet | undefined;
  /** How long judging the shown trace took, with all that was answered between. Milliseconds. */
  #judgingCost = 0;

  async #judge(): Promise<void> {
    const { diagnosisSteps } = await import("./diagnose.ts");
    const sheet = this.#sheet;
    if (!sheet || sheet === this.#judgedSheet) return;
    const { header, events } = sheet.trace;
    const trace = { header, events: events.slice(0, sheet.count) };
    this.#judged = header.id;
    this.#judgedSheet = sheet;
    const started = performance.now();
    const isWanted = (): boolean => !this.#isClosed && this.#shown === this.#judged;
    const diagnosis = await inTurns(diagnosisSteps(trace), isWanted);
    this.#judgingCost = performance.now() - started;
    if (diagnosis) this.#tell({ type: "diagnosis", trace: header.id, diagnosis });
    else this.#judged = undefined;
  }

  #tellEntries(): void {
    const entries = this.#shelf
      .list()
      .map(({ header, state, count, missing }) => ({ header, state, count, missing }));
    this.#tell({ type: "entries", entries });
  }

  async #findRecorder(base: string): Promise<void> {
    const url = new URL("record.js", base).href;
    try {
      const response = await fetch(url, { method: "HEAD" });
      const type = response.headers.get("content-type") ?? "";
      if (!response.ok || !type.includes("javascript")) return;
      // A server that asks for a token says where pages without its cookie find the recorder.
      const location = response.headers.get("content-location") ?? url;
      this.#tell({ type: "recorder", url: new URL(location, url).href });
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
}
