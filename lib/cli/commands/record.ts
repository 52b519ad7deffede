import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { InspectorServer } from "../../serve/server.ts";
import type { Message } from "../../text.ts";
import { printable } from "../../text.ts";
import type { TraceSummary } from "../../trace/feed.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand } from "../command.ts";
import { inspectorOptions, startInspector } from "../inspector.ts";

/** Takes recordings of pages, until Ctrl-C. */
export const record: Command = defineCommand({
  name: "record",
  summary: {
    en: "record the calls of any page by one script tag, into trace files",
    ko: "script 태그 하나로 어떤 페이지든 그 통화를 trace 파일로 기록합니다",
  },
  operands: "",
  options: inspectorOptions,
  async run(invocation) {
    const { io, json, lang, options } = invocation;
    const server = await startInspector(invocation);
    const folder = typeof options["traces"] === "string" ? options["traces"] : "traces";
    try {
      const tag = `<script crossorigin src="${server.link("record.js")}"></script>`;
      if (json) io.out(JSON.stringify({ tag, folder }));
      else
        for (const line of [words.paste[lang], "", `  ${tag}`, "", words.where(folder)[lang]])
          io.out(line);
      const earlier = new Set((await tracesOf(server)).map(({ id }) => id));
      const recorded = await watch(invocation, server, earlier);
      tell(invocation, recorded, folder);
    } finally {
      await server.close();
    }
    return 0;
  },
});

/** How soon a new recording is told. Milliseconds. */
const LOOK_EVERY = 500;

/** Tells of every recording that begins, until Ctrl-C; resolves with those of this run. */
async function watch(
  { io, json, lang }: Invocation,
  server: InspectorServer,
  earlier: ReadonlySet<string>,
): Promise<readonly TraceSummary[]> {
  const told = new Set<string>();
  for (;;) {
    const own = (await tracesOf(server)).filter(({ id }) => !earlier.has(id));
    for (const summary of own) {
      if (told.has(summary.id)) continue;
      told.add(summary.id);
      if (!json) io.out(words.begins(namesOf(summary))[lang]);
    }
    if (io.signal.aborted) return own.toReversed();
    // Ctrl-C ends the wait: the last look is taken after it.
    await setTimeout(LOOK_EVERY, undefined, { signal: io.signal }).catch(() => undefined);
  }
}

async function tracesOf(server: InspectorServer): Promise<readonly TraceSummary[]> {
  const response = await fetch(server.link("traces"));
  return (await response.json()) as readonly TraceSummary[];
}

function tell(
  { io, json, lang }: Invocation,
  recorded: readonly TraceSummary[],
  folder: string,
): void {
  if (!json && recorded.length === 0) io.out(words.nothing[lang]);
  for (const summary of recorded) {
    const path = join(folder, `${summary.id}.sdpscope.jsonl`);
    if (json) io.out(JSON.stringify({ path, ...summary }));
    else io.out(`${path}  ${words.written(summary.events, namesOf(summary))[lang]}`);
  }
}

function namesOf({ peers }: TraceSummary): string {
  // What a page is called comes from the page.
  return printable(peers.map(({ id, name }) => name ?? id).join(", "));
}

const words = {
  paste: {
    en: "Paste this into the page, before its own scripts, and reload it:",
    ko: "페이지 자체의 스크립트보다 앞에 다음 태그를 붙여 넣고 새로 고치십시오.",
  },
  where: (folder: string): Message => ({
    en: `Recordings go to ${folder}, as they happen; the inspector shows them live. Press Ctrl-C to stop.`,
    ko: `기록은 실시간으로 ${folder}에 저장되며, 인스펙터에서 바로 볼 수 있습니다. 종료하려면 Ctrl-C를 누르십시오.`,
  }),
  begins: (names: string): Message => ({
    en: `Recording ${names}`,
    ko: `기록 시작: ${names}`,
  }),
  nothing: {
    en: "Nothing was recorded: no page with the tag made a connection.",
    ko: "기록된 것이 없습니다. 태그가 있는 페이지에서 연결이 만들어지지 않았습니다.",
  },
  written: (events: number, names: string): Message => ({
    en: `${events} events: ${names}`,
    ko: `이벤트 ${events}개: ${names}`,
  }),
} as const;
