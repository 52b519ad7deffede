import { displayWidth } from "../text.ts";

/** Lines of text with aligned columns, two spaces between them. Wide characters (Korean) count as two columns, as terminals show them. */
export function printTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] as number) - displayWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
}
