import { codecLabel } from "../../codec/match.ts";
import type { ChosenCodec } from "../../offer-answer/chosen-codecs.ts";
import { rfcLabel } from "../../rfc.ts";
import type { Replay, ReplayOptions, ReplayStep } from "../../rules/replay.ts";
import { replayNegotiation } from "../../rules/replay.ts";
import type { Language, Message } from "../../text.ts";
import { readable } from "../../text.ts";
import type { Command, CommandIo, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { oneFile } from "../one-file.ts";
import { demandSdp } from "../read-sdp.ts";
import { readTraces } from "../read-traces.ts";
import { printTable } from "../table.ts";

/** Runs a recorded negotiation again. */
export const replay: Command = defineCommand({
  name: "replay",
  summary: {
    en: "run a recorded negotiation again by the specification, as it was or with something changed",
    ko: "기록된 협상을 명세에 따라 다시 실행합니다. 그대로 또는 일부를 바꿔서 실행할 수 있습니다",
  },
  operands: "[FILE]",
  options: [
    {
      name: "replace",
      value: "EVENT=FILE",
      description: {
        en: "what if the call of this event had applied the SDP of that file",
        ko: "이 이벤트의 호출이 해당 파일의 SDP를 적용했다면",
      },
    },
    {
      name: "drop",
      value: "EVENT,…",
      description: {
        en: "what if these calls, and what rests on them, had not happened",
        ko: "이 호출들과 그에 따른 일이 일어나지 않았다면",
      },
    },
    {
      name: "delay",
      value: "EVENT:MS,…",
      description: {
        en: "what if these calls, and what rests on them, had come later",
        ko: "이 호출들과 그에 따른 일이 더 늦게 일어났다면",
      },
    },
    {
      name: "hold-candidates",
      description: {
        en: "what if candidates had waited for the remote description",
        ko: "candidate가 원격 description을 기다렸다면",
      },
    },
    {
      name: "prefer",
      value: "CODEC,…",
      description: {
        en: "what if every offer had named these codecs first, such as H264,opus",
        ko: "모든 offer가 이 코덱들을 먼저 적었다면. 예: H264,opus",
      },
    },
  ],
  async run(invocation) {
    const { io, json, lang } = invocation;
    const { traces } = await readTraces(io, oneFile(invocation, "replay"));
    const changes = await changesOf(invocation);
    const results = traces.map((trace) => replayNegotiation(trace, changes.options));
    for (const result of results) changes.seen(result);
    changes.checkAllSeen();
    for (const [at, { header }] of traces.entries()) {
      const result = results[at] as Replay;
      if (json) {
        io.out(JSON.stringify({ trace: header.id, ...result }, documentsAsText));
        continue;
      }
      if (traces.length > 1) io.out(`── ${header.id}`);
      print(result, io, lang);
    }
    return results.every(({ parting }) => parting === undefined) ? 0 : 1;
  },
});

/** What the options ask for, and whether the events that they name are there. */
interface Changes {
  readonly options: ReplayOptions;
  seen(result: Replay): void;
  checkAllSeen(): void;
}

async function changesOf({ options, io }: Invocation): Promise<Changes> {
  const drops = new Set(listOf(options["drop"]).map((text) => eventOf(text, "drop")));
  const delays = new Map(
    listOf(options["delay"]).map((text) => {
      const [event = "", ms = ""] = text.split(":");
      const delay = Number(ms);
      if (ms === "" || !(delay >= 0)) throw new UsageError(wrongValue("delay", "EVENT:MS", text));
      return [eventOf(event, "delay"), delay] as const;
    }),
  );
  const replaced = new Map<number, string>();
  if (typeof options["replace"] === "string") {
    const [event = "", ...path] = options["replace"].split("=");
    if (path.length === 0)
      throw new UsageError(wrongValue("replace", "EVENT=FILE", options["replace"]));
    const sdp = await demandSdp(io, path.join("="));
    replaced.set(eventOf(event, "replace"), sdp);
  }
  const prefer = listOf(options["prefer"]);
  const unseen = new Set([...drops, ...delays.keys(), ...replaced.keys()]);
  return {
    options: {
      ...(drops.size > 0 && { drop: ({ seq }) => drops.has(seq) }),
      ...(delays.size > 0 && { delayMs: ({ seq }) => delays.get(seq) ?? 0 }),
      ...(replaced.size > 0 && { change: (_, { seq }) => replaced.get(seq) }),
      ...(prefer.length > 0 && { prefer }),
      holdCandidates: options["hold-candidates"] === true,
    },
    seen({ steps }) {
      for (const { seq, sdp, side } of steps) {
        if (!replaced.has(seq) || (side !== undefined && sdp !== undefined)) unseen.delete(seq);
      }
    },
    checkAllSeen() {
      const [event] = unseen;
      if (event === undefined) return;
      throw new UsageError(
        replaced.has(event)
          ? {
              en: `Event ${event} applies no description that could be replaced.`,
              ko: `이벤트 ${event}은(는) 바꿀 수 있는 description을 적용하지 않습니다.`,
            }
          : {
              en: `Event ${event} is no call of the negotiation. Without options, replay lists those that are.`,
              ko: `이벤트 ${event}은(는) 협상의 호출이 아닙니다. 옵션 없이 replay를 실행하면 호출 목록이 나옵니다.`,
            },
      );
    },
  };
}

function listOf(option: string | true | undefined): readonly string[] {
  if (typeof option !== "string") return [];
  return option
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function eventOf(text: string, option: string): number {
  const event = Number(text);
  if (Number.isInteger(event) && event > 0) return event;
  throw new UsageError(wrongValue(option, "EVENT", text));
}

function wrongValue(option: string, form: string, got: string): Message {
  return {
    en: `--${option} takes ${form}, with an event's number; got ${JSON.stringify(got)}.`,
    ko: `--${option}의 형식은 ${form}이고 EVENT는 이벤트 번호입니다. 받은 값: ${JSON.stringify(got)}`,
  };
}

function print({ steps, connections, notEvaluated }: Replay, io: CommandIo, lang: Language): void {
  for (const { connection, reason } of notEvaluated) {
    io.out(`${connection === undefined ? "" : `${connection}: `}${reason[lang]}`);
  }
  if (steps.length === 0) return;
  const head = ["", ...columns.map((column) => column[lang])];
  for (const line of printTable([head, ...steps.map((step) => rowOf(step, lang))])) io.out(line);
  for (const step of steps) {
    for (const line of answerLines(step, lang)) io.out(line);
  }
  io.out("");
  for (const { name, computed, recorded, candidates } of connections) {
    const counts = Object.entries(candidates).filter(([, count]) => count > 0);
    const told = counts.map(([outcome, count]) => `${count} ${outcome}`).join(", ");
    const was =
      recorded === undefined || recorded === computed ? "" : ` (${words.was[lang]} ${recorded})`;
    io.out(
      `${name}: ${computed}${was}${told === "" ? "" : ` · ${words.candidates[lang]} ${told}`}`,
    );
  }
  const differing = steps.filter(({ differences }) => differences.length > 0).length;
  io.out(
    {
      en: `${differing} of ${steps.length} calls differ from the recording.`,
      ko: `호출 ${steps.length}개 중 ${differing}개가 기록과 다릅니다.`,
    }[lang],
  );
}

const columns: readonly Message[] = [
  { en: "event", ko: "이벤트" },
  { en: "ms", ko: "ms" },
  { en: "who", ko: "누구" },
  { en: "call", ko: "호출" },
  { en: "recorded", ko: "기록" },
  { en: "replayed", ko: "재실행" },
];

const words = {
  was: { en: "recorded", ko: "기록은" },
  candidates: { en: "candidates:", ko: "candidate:" },
} as const satisfies Record<string, Message>;

function rowOf(step: ReplayStep, lang: Language): readonly string[] {
  const { seq, at, name, method, type, side, recorded, computed, differences } = step;
  const isDescribed = side !== undefined && type !== undefined;
  const call = isDescribed ? `${method}(${type})` : method;
  const state = recorded.state ?? recorded.outcome;
  const was = recorded.error ? recorded.error.name : state;
  const moves = isDescribed || method === "close";
  const is =
    computed.outcome !== "accepted"
      ? (computed.error?.name ?? computed.outcome)
      : moves
        ? computed.state
        : computed.outcome;
  return [
    differences.length > 0 ? "≠" : step.isChanged ? "*" : "",
    String(seq),
    at.toFixed(1),
    name,
    call,
    was,
    is,
    noteOf(step, lang),
  ];
}

/** Why, where a call does not simply succeed as recorded. */
function noteOf({ computed, differences, isChanged }: ReplayStep, lang: Language): string {
  if (computed.outcome === "accepted" && differences.length === 0 && !isChanged) return "";
  const source = computed.rfc ? ` [${rfcLabel(computed.rfc)}]` : "";
  const told = differences.map((difference) => difference[lang]);
  return [`${computed.reason[lang]}${source}`, ...told].join(" ");
}

function answerLines({ answer, name, seq }: ReplayStep, lang: Language): readonly string[] {
  if (!answer) return [];
  const errors = answer.findings.filter(({ severity }) => severity === "error");
  const firsts = errors.filter(({ code }, at) => errors.findIndex((e) => e.code === code) === at);
  const isOther = answer.answer !== answer.recorded;
  if (answer.differences.length === 0 && errors.length === 0 && !isOther) return [];
  const by = answer.by === undefined ? "" : ` (${answer.by})`;
  const title = readable({
    en: `The answer that ${name} applies at event ${seq}${by}:`,
    ko: `${name}이(가) 이벤트 ${seq}에서 적용하는 answer${by}:`,
  });
  return [
    "",
    title[lang],
    ...answer.differences.map(
      ({ index, mid, what, recorded, computed }) =>
        `  ${sectionName(index, mid)} ${what}: ${recorded || "–"} ≠ ${computed || "–"}`,
    ),
    ...firsts.map((error) => {
      const same = errors.filter(({ code }) => code === error.code).length;
      return `  error ${error.code}  ${error.message[lang]}${same > 1 ? ` (×${same})` : ""}`;
    }),
    ...(isOther ? answer.codecs.flatMap((chosen) => codecLine(chosen)) : []),
  ];
}

function codecLine({ index, mid, sender, codec }: ChosenCodec): readonly string[] {
  return codec ? [`  ${sectionName(index, mid)} ${sender} → ${codecLabel(codec)}`] : [];
}

function sectionName(index: number, mid: string | undefined): string {
  return mid === undefined ? `[${index}]` : `[${index}] mid ${mid}`;
}

/** An answer's document is printed as its text. */
function documentsAsText(key: string, value: unknown): unknown {
  return key === "answer" && isDocument(value) ? value.toString() : value;
}

function isDocument(value: unknown): value is { toString(): string } {
  return typeof value === "object" && value !== null && "session" in value && "media" in value;
}
