import type { FormatOptions } from "../diagnostic.ts";
import { formatDiagnostics } from "../diagnostic.ts";
import type { Message } from "../text.ts";
import type { TraceEvent } from "../trace/event.ts";
import { readDescriptionInit, readPayload } from "../trace/payload.ts";
import type { Trace } from "../trace/trace.ts";
import type { Confidence, Diagnosis, Finding } from "./finding.ts";

/**
 * Prints a diagnosis for a terminal: each finding as `formatDiagnostics` prints it, with how sure it is, whose it is, when,
 * which events show it and how to mend it; then what was not evaluated, by its reason. `""` for nothing at all.
 */
export function formatDiagnosis(
  trace: Trace,
  { findings, notEvaluated }: Diagnosis,
  options: FormatOptions = {},
): string {
  const lang = options.lang ?? "en";
  const named = new Map(trace.header.peers.map(({ id, name }) => [id, name ?? id]));
  const textOf = textsOf(trace);
  const blocks = findings.map((finding) => {
    const { fix, advice, consequenceOf } = finding;
    const lines = [
      formatDiagnostics(textOf(finding.texts?.judged), [finding], options).trimEnd(),
      `  ${whereabouts(finding, named, lang)}`,
    ];
    if (consequenceOf !== undefined) lines.push(`  ${words.consequence[lang]} ${consequenceOf}`);
    if (advice && advice !== fix?.title) lines.push(`  ${words.advice[lang]}: ${advice[lang]}`);
    return `${lines.join("\n")}\n`;
  });
  if (notEvaluated.length > 0) {
    const codes = new Map<string, Set<string>>();
    for (const { code, reason } of notEvaluated) {
      const known = codes.get(reason[lang]);
      if (known) known.add(code);
      else codes.set(reason[lang], new Set([code]));
    }
    const lines = [...codes].map(([reason, list]) => `  ${reason} ${[...list].join(", ")}`);
    blocks.push(`${words.notEvaluated[lang]}\n${lines.join("\n")}\n`);
  }
  return blocks.join("\n");
}

function whereabouts(
  { peer, pc, t, confidence, events }: Finding,
  named: ReadonlyMap<string, string>,
  lang: keyof Message,
): string {
  const who =
    peer === undefined ? undefined : [named.get(peer) ?? peer, pc].filter(Boolean).join(" ");
  const more = events.length - SHOWN;
  const shown = `${events.slice(0, SHOWN).join(", ")}${more > 0 ? ` +${more}` : ""}`;
  return [
    certainty[confidence][lang],
    who,
    `${(t / 1000).toFixed(3)} s`,
    `${words.events[lang]} ${shown}`,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** So many events are named on one line. */
const SHOWN = 10;

const certainty: Readonly<Record<Confidence, Message>> = {
  certain: { en: "certain", ko: "확실" },
  likely: { en: "likely", ko: "유력" },
  possible: { en: "possible", ko: "가능" },
};

const words = {
  advice: { en: "fix", ko: "해결" },
  consequence: { en: "follows from", ko: "원인:" },
  events: { en: "events", ko: "이벤트" },
  notEvaluated: { en: "Not evaluated:", ko: "판단하지 못한 규칙:" },
} as const satisfies Record<string, Message>;

/** The descriptions in events, by `seq`; empty where there is none. */
function textsOf({ events }: Trace): (seq: number | undefined) => string {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  return (seq) => {
    const event = seq === undefined ? undefined : bySeq.get(seq);
    return (event && descriptionIn(event)) ?? "";
  };
}

function descriptionIn(event: TraceEvent): string | undefined {
  switch (event.kind) {
    case "call":
      return readDescriptionInit(event.arguments[0])?.sdp;
    case "settle":
      return readDescriptionInit(event.result)?.sdp;
    case "signal": {
      const payload = readPayload(event.data);
      return payload.kind === "description" ? payload.description.sdp : undefined;
    }
    default:
      return undefined;
  }
}
