import { displayWidth } from "../text.ts";
import type { LadderRow, LadderRows } from "./ladder-rows.ts";

/** A column is between these two wide, so that three fit an ordinary terminal. */
const NARROWEST = 20;
const WIDEST = 40;

/** Draws a ladder with the characters of a terminal, a row a line, times in seconds at the left. */
export function printTextLadder({ columns, rows }: LadderRows, colour: boolean): string {
  const paint: Paint = colour ? ansi : (_style, text) => text;
  const width = widthOf(columns, rows);
  const times = rows.map(({ kind, t }) => (kind === "gap" ? "" : (t / 1000).toFixed(4)));
  const gutter = times.reduce((most, { length }) => Math.max(most, length), 1);
  const margin = " ".repeat(gutter);
  const draw = new Line(columns.length, width, paint);
  const head = columns.map((name) => fit(name, width)).join("");
  const lines = [`${margin}  ${paint("bold", head.trimEnd())}`];
  if (columns.length > 0) lines.push(`${margin}  ${draw.lifelines()}`.trimEnd());
  for (const [index, row] of rows.entries()) {
    const time = paint("faint", (times[index] ?? "").padStart(gutter));
    lines.push(`${time}  ${draw.row(row)}`.trimEnd());
  }
  return `${lines.join("\n")}\n`;
}

type Style = LadderRow["tone"] | "bold";
type Paint = (style: Style, text: string) => string;

const sgr = { faint: "2", good: "32", failed: "31", bold: "1" } as const;
const ansi: Paint = (style, text) =>
  style === "plain" || text === "" ? text : `\u001b[${sgr[style]}m${text}\u001b[0m`;

/** Wide enough for most labels, and the same for all columns. */
function widthOf(columns: readonly string[], rows: readonly LadderRow[]): number {
  let width = NARROWEST;
  for (const name of columns) width = Math.max(width, displayWidth(name) + 2);
  for (const { kind, label } of rows)
    if (kind !== "gap") width = Math.max(width, displayWidth(label) + (kind === "arrow" ? 7 : 4));
  return Math.min(width, WIDEST);
}

class Line {
  readonly #columns: number;
  readonly #width: number;
  readonly #paint: Paint;

  constructor(columns: number, width: number, paint: Paint) {
    this.#columns = columns;
    this.#width = width;
    this.#paint = paint;
  }

  /** The lifelines of columns, from one up to another. */
  lifelines(from = 0, to = this.#columns): string {
    const cells = Array.from({ length: Math.max(0, to - from) }, () => fit("│", this.#width));
    return cells.join("");
  }

  row(row: LadderRow): string {
    switch (row.kind) {
      case "point":
        return this.#point(row);
      case "arrow":
        return this.#arrow(row);
      case "gap":
        return this.#paint("faint", `⋮ ${row.label}`);
      default:
        return row satisfies never;
    }
  }

  #point(row: LadderRow & { readonly kind: "point" }): string {
    const { column, label, detail, tone } = row;
    const mark = tone === "failed" ? "✗" : "●";
    const isLast = column === this.#columns - 1;
    const text = `${mark} ${label}`;
    const left = this.lifelines(0, column);
    if (isLast) return left + this.#paint(tone, text) + this.#detail(detail, "  ");
    // A duration stands beside its call where it fits; an error's text always stands at the end.
    const joined = detail === "" ? text : `${text}  ${detail}`;
    if (displayWidth(joined) < this.#width)
      return left + this.#paint(tone, fit(joined, this.#width)) + this.lifelines(column + 1);
    const cell = this.#paint(tone, fit(cut(text, this.#width - 1), this.#width));
    return left + cell + this.lifelines(column + 1) + this.#detail(detail);
  }

  #arrow(row: LadderRow & { readonly kind: "arrow" }): string {
    const { from, to, label, detail, tone, isLost, isInferred } = row;
    const [left, right] = from < to ? [from, to] : [to, from];
    const isRightwards = from < to;
    const stroke = isInferred ? "╌" : "─";
    const head = isLost ? "✗" : isRightwards ? "▶" : "◀";
    const span = (right - left) * this.#width - 1;
    const said = ` ${cut(label, span - 5)} `;
    const rest = Math.max(0, span - displayWidth(said) - 3);
    const body = isRightwards
      ? `${stroke.repeat(2)}${said}${stroke.repeat(rest)}${head}`
      : `${head}${stroke.repeat(rest)}${said}${stroke.repeat(2)}`;
    const line = `${isRightwards ? "├" : "│"}${body}${isRightwards ? "│" : "┤"}`;
    const drawn = this.lifelines(0, left) + this.#paint(tone, line);
    if (right === this.#columns - 1) return drawn + this.#detail(detail, "  ");
    const behind = " ".repeat(this.#width - 1) + this.lifelines(right + 1);
    return drawn + behind + this.#detail(detail);
  }

  #detail(detail: string, before = ""): string {
    return detail === "" ? "" : before + this.#paint("faint", detail);
  }
}

/** A text filled up with spaces to a width, or cut to it. */
function fit(text: string, width: number): string {
  const shown = cut(text, width - 1);
  return shown + " ".repeat(width - displayWidth(shown));
}

/** The beginning of a text that is not wider than a width. */
function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let result = "";
  let at = 0;
  for (const character of text) {
    at += displayWidth(character);
    if (at > width - 1) break;
    result += character;
  }
  return `${result}…`;
}
