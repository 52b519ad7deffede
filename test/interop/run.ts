import { parseArgs } from "node:util";
import { printTable } from "../../lib/cli/table.ts";
import type { Content } from "./agent.ts";
import type { Endpoint, Offerer } from "./endpoint.ts";
import { endpoints } from "./endpoints/catalog.ts";
import type { Cell } from "./matrix.ts";
import { contents, isInside, offerers, runCells } from "./matrix.ts";

const usage = `npm run interop -- [ENDPOINT …] [OPTIONS]

Calls every endpoint that this machine has with the headless peer, and prints what connects and what flows.

  --content LIST   of data, audio, video, all; each when not given
  --offers LIST    of peer, endpoint; both when not given
  --runs N         how often each call is made, the median counts; 1 when not given
  --no-bare        do not call with a bare werift, for comparison
  --json           print one cell a line, as JSON
  --markdown       print the table as the README has it
  --list           only say what is here, and how to install the rest

REQUIRE_ENDPOINTS=1 makes a missing endpoint a failure.
`;

/** Runs the matrix: `npm run interop`. Exit code 1 when a cell fails, 2 for wrong use. */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      content: { type: "string" },
      offers: { type: "string" },
      runs: { type: "string", default: "1" },
      "no-bare": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const wanted = pick(
    positionals,
    endpoints.map(({ name }) => name),
  );
  const options = {
    contents: pick<Content>(list(values.content), contents),
    offerers: pick<Offerer>(list(values.offers), offerers),
    runs: Number(values.runs),
    withBare: !values["no-bare"],
  };
  const say = (line: string): void => void process.stderr.write(`${line}\n`);

  const cells: Cell[] = [];
  for (const endpoint of endpoints.filter(({ name }) => wanted.includes(name))) {
    const missing = isInside() ? undefined : endpoint.missing();
    if (missing !== undefined || values.list) {
      const state = missing === undefined ? "is here" : `is missing (${missing})`;
      say(`${endpoint.title} ${state}. Install it with: ${endpoint.install}`);
      if (missing !== undefined && process.env["REQUIRE_ENDPOINTS"] === "1") process.exitCode = 1;
      continue;
    }
    try {
      for await (const cell of runCells(endpoint, options)) {
        cells.push(cell);
        if (values.json) process.stdout.write(`${JSON.stringify(cell)}\n`);
        else say(`${endpoint.title} ${cell.version}: ${line(cell)}`);
      }
    } catch (error) {
      say(`${endpoint.title} did not run: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
  if (cells.some(({ outcome }) => outcome === "fails")) process.exitCode = 1;
  if (values.json || cells.length === 0) return;
  const rows = table(cells, endpoints);
  const legend =
    "× our time to that of bare werift, + bare werift does not connect, ← the endpoint only sends, * has no decoder: whole frames count";
  if (values.markdown) for (const row of markdown(rows)) process.stdout.write(`${row}\n`);
  else for (const row of [...printTable(rows), legend]) process.stdout.write(`${row}\n`);
}

function list(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(",");
}

/** The words of a list, all known ones when it is empty. Ends the program for an unknown one. */
function pick<Word extends string>(
  words: readonly string[],
  known: readonly Word[],
): readonly Word[] {
  const unknown = words.find((word) => !(known as readonly string[]).includes(word));
  if (unknown !== undefined) {
    process.stderr.write(`${JSON.stringify(unknown)} is none of ${known.join(", ")}.\n\n${usage}`);
    process.exit(2);
  }
  return words.length === 0 ? known : (words as readonly Word[]);
}

function line(cell: Cell): string {
  const who = cell.offerer === "peer" ? "the peer offers" : "it offers";
  const why = [
    cell.reason,
    cell.crash === undefined ? undefined : `once more after ${cell.crash}`,
    cell.bareReason === undefined ? undefined : `bare werift: ${cell.bareReason}`,
  ].filter((part) => part !== undefined);
  return [`${who} ${cell.content}`, short(cell), ...why].join(", ");
}

/**
 * `✓ 124 ms ×1.02`: `×` compares with bare werift, `+` stands where bare werift does not connect, `←` where the endpoint
 * only sends.
 */
function short({ outcome, ms, bareMs, bareReason, flows }: Cell): string {
  if (outcome === "fails") return "✗";
  const isOneWay = Object.values(flows ?? {}).every(({ toEndpoint }) => toEndpoint === undefined);
  return [
    `✓ ${ms} ms`,
    ...(bareMs === undefined ? [] : [`×${((ms ?? 0) / Math.max(bareMs, 1)).toFixed(2)}`]),
    ...(bareReason === undefined ? [] : ["+"]),
    ...(isOneWay ? ["←"] : []),
  ].join(" ");
}

function table(cells: readonly Cell[], order: readonly Endpoint[]): readonly (readonly string[])[] {
  const head = [
    "endpoint",
    ...offerers.flatMap((offerer) =>
      contents.map((content) => `${offerer === "peer" ? "peer" : "endpoint"} offers ${content}`),
    ),
  ];
  const rows = order.flatMap(({ name, title }) => {
    const own = cells.filter(({ endpoint }) => endpoint === name);
    const [first] = own;
    if (first === undefined) return [];
    const columns = offerers.flatMap((offerer) =>
      contents.map((content) => {
        const cell = own.find((each) => each.offerer === offerer && each.content === content);
        return cell === undefined ? "" : short(cell);
      }),
    );
    return [[`${title} ${first.version}${first.hasDecoder ? "" : " *"}`, ...columns]];
  });
  return [head, ...rows];
}

function markdown(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...rest] = rows;
  const print = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  return [print(head), print(head.map(() => "---")), ...rest.map(print)];
}
