import type { Language } from "../text.ts";
import { displayWidth } from "../text.ts";
import type { LadderRow, LadderRows } from "./ladder-rows.ts";

/** Heights and widths in pixels. */
const ROW = 22;
const HEAD = 44;
const GUTTER = 76;
/** One column of a monospaced font of 12 pixels. */
const CHARACTER = 7.3;

/** Draws a ladder as one SVG without scripts, fonts or links, light or dark as its reader's screen is. */
export function printSvgLadder({ columns, rows }: LadderRows, lang: Language): string {
  const width = columnWidth(columns, rows);
  const x = (column: number): number => Math.round(GUTTER + 16 + column * width);
  const right = x(Math.max(0, columns.length - 1));
  const total = rows.reduce(
    (most, row) => Math.max(most, endOf(row, x, right)),
    right + (columns.length === 0 ? 0 : width),
  );
  const height = HEAD + rows.length * ROW + 16;
  const body = rows.map((row, index) => {
    const y = HEAD + index * ROW + ROW / 2;
    const time =
      row.kind === "gap"
        ? ""
        : `<text class="t" x="${GUTTER}" y="${y + 4}">${(row.t / 1000).toFixed(4)}</text>`;
    return `<g class="${row.tone}">${time}${drawRow(row, y, x, right)}</g>`;
  });
  const heads = columns.map(
    (name, index) =>
      `<text class="h" x="${x(index)}" y="20">${escapeXml(name)}</text>` +
      `<path class="l" d="M${x(index)} 30V${height - 8}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${height}" viewBox="0 0 ${total} ${height}" role="img" lang="${lang}">`,
    `<title>${escapeXml(title[lang](columns))}</title>`,
    `<style>${style}</style>`,
    `<rect class="b" width="${total}" height="${height}"/>`,
    ...heads,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

const title: Readonly<Record<Language, (columns: readonly string[]) => string>> = {
  en: (columns) => `Signaling ladder: ${columns.join(", ")}`,
  ko: (columns) => `시그널링 래더: ${columns.join(", ")}`,
};

/** Colours of at least 4.5 : 1 against the ground, in both. */
const style = [
  "text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}",
  ".b{fill:#fff}.h{font-weight:bold}.t{text-anchor:end;fill:#59636e}.d,.faint text{fill:#59636e}",
  ".l{stroke:#d1d9e0}.a{stroke:#0550ae;fill:none;stroke-width:1.5}.p{fill:#0550ae}",
  ".failed text:not(.t){fill:#b42318}.failed .a{stroke:#b42318}.failed .p{fill:#b42318}",
  ".good text:not(.t){fill:#116329}.good .p{fill:#116329}.i{stroke-dasharray:5 4}",
  "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.b{fill:#0d1117}.t,.d,.faint text{fill:#9198a1}.l{stroke:#3d444d}",
  ".a{stroke:#79b8ff}.p{fill:#79b8ff}.failed text:not(.t){fill:#ff9a8f}.failed .a{stroke:#ff9a8f}.failed .p{fill:#ff9a8f}",
  ".good text:not(.t){fill:#7ee787}.good .p{fill:#7ee787}}",
].join("");

function columnWidth(columns: readonly string[], rows: readonly LadderRow[]): number {
  let widest = 18;
  for (const name of columns) widest = Math.max(widest, displayWidth(name));
  for (const { kind, label } of rows)
    if (kind !== "gap") widest = Math.max(widest, displayWidth(label));
  return Math.round(Math.min(widest, 44) * CHARACTER) + 40;
}

/** Where the last text of a row ends. */
function endOf(row: LadderRow, x: (column: number) => number, right: number): number {
  const label = displayWidth(row.label);
  const detail = displayWidth(row.detail);
  const [from, characters] =
    row.kind === "arrow"
      ? [right, detail]
      : [x(row.kind === "gap" ? 0 : row.column), label + detail];
  return Math.ceil(from + 40 + characters * CHARACTER);
}

function drawRow(row: LadderRow, y: number, x: (column: number) => number, right: number): string {
  switch (row.kind) {
    case "gap":
      return `<text class="d" x="${x(0) + 10}" y="${y + 4}">⋮ ${escapeXml(row.label)}</text>`;
    case "point": {
      const said = escapeXml(row.label) + detailSpan(row.detail);
      return `<circle class="p" cx="${x(row.column)}" cy="${y}" r="3.5"/><text x="${x(row.column) + 10}" y="${y + 4}">${said}</text>`;
    }
    case "arrow": {
      const start = x(row.from);
      const end = x(row.to);
      const way = Math.sign(end - start);
      const head = row.isLost
        ? `M${end - way * 12} ${y - 4}l8 8m0 -8l-8 8`
        : `M${end - way * 7} ${y - 4}L${end} ${y}L${end - way * 7} ${y + 4}`;
      const line = `<path class="a${row.isInferred ? " i" : ""}" d="M${start} ${y}H${end - (row.isLost ? way * 12 : 0)}"/><path class="a" d="${head}"/>`;
      const label = `<text x="${Math.min(start, end) + 14}" y="${y - 3}">${escapeXml(row.label)}</text>`;
      const detail =
        row.detail === ""
          ? ""
          : `<text class="d" x="${right + 10}" y="${y + 4}">${escapeXml(row.detail)}</text>`;
      return line + label + detail;
    }
    default:
      return row satisfies never;
  }
}

function detailSpan(detail: string): string {
  return detail === "" ? "" : `<tspan class="d" dx="10">${escapeXml(detail)}</tspan>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
