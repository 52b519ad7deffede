import type { LadderRow, LadderRows } from "./ladder-rows.ts";

/** Writes a ladder as a Mermaid sequence diagram, as GitHub and GitLab draw it in issues. */
export function printMermaidLadder({ columns, rows }: LadderRows): string {
  const lines = ["sequenceDiagram"];
  for (const [index, name] of columns.entries())
    lines.push(`  participant p${index} as ${escapeText(name) || "?"}`);
  const all = columns.length < 2 ? "p0" : `p0,p${columns.length - 1}`;
  for (const row of rows) lines.push(`  ${statement(row, all)}`);
  return `${lines.join("\n")}\n`;
}

function statement(row: LadderRow, all: string): string {
  const text = escapeText([row.label, row.detail].filter(Boolean).join(" · "));
  switch (row.kind) {
    case "point":
      return `Note over p${row.column}: ${time(row.t)} ${text}`;
    case "arrow": {
      const arrow = row.isLost ? "-x" : row.isInferred ? "-->>" : "->>";
      return `p${row.from}${arrow}p${row.to}: ${time(row.t)} ${text}`;
    }
    case "gap":
      return `Note over ${all}: ${text}`;
    default:
      return row satisfies never;
  }
}

function time(t: number): string {
  return `${(t / 1000).toFixed(3)} s`;
}

/** Mermaid takes `;` as the end of a statement, `#` as an entity, `%%` as a comment and the word `end` as its own. */
function escapeText(text: string): string {
  return text
    .replace(/[#;%<>]/g, (character) => `#${character.charCodeAt(0)};`)
    .replace(/\bend\b/gi, (word) => `#${word.charCodeAt(0)};${word.slice(1)}`);
}
