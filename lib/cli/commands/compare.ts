import { basename } from "node:path";
import { compareSessions } from "../../rules/compare-sessions.ts";
import type { Finding } from "../../rules/finding.ts";
import type {
  ConnectionComparison,
  MilestoneReading,
  SessionComparison,
} from "../../rules/session-comparison.ts";
import type { Language, Message } from "../../text.ts";
import { printable } from "../../text.ts";
import { milestoneLabels } from "../../trace/milestone-labels.ts";
import { milestoneNames } from "../../trace/milestones.ts";
import type { Trace } from "../../trace/trace.ts";
import { choice } from "../choice.ts";
import type { Command, CommandIo } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { readTraces } from "../read-traces.ts";
import { printTable } from "../table.ts";

/** Tells where two sessions part: one that worked, and one that did not. */
export const compare: Command = defineCommand({
  name: "compare",
  summary: {
    en: "compare two sessions, such as yesterday's that worked and today's that fails: where do they part",
    ko: "두 세션(예: 어제 되던 것과 오늘 안 되는 것)을 비교해 어디서 갈라지는지 찾습니다",
  },
  operands: "LEFT RIGHT",
  options: [
    {
      name: "align",
      value: "MILESTONE",
      description: {
        en: `where both clocks are set to 0: ${milestoneNames.join(", ")}; the first of each session unless given`,
        ko: `두 시계를 0으로 맞출 지점: ${milestoneNames.join(", ")}. 없으면 각 세션의 첫 지점`,
      },
    },
  ],
  async run(invocation) {
    const { io, json, lang, operands } = invocation;
    const [left, right, ...rest] = operands;
    if (left === undefined || right === undefined || rest.length > 0 || left === right) {
      throw new UsageError(twoFiles);
    }
    const alignAt = choice(invocation, "align", milestoneNames);
    const one = await readOne(io, left);
    const other = await readOne(io, right);
    const isAlike = basename(left) === basename(right);
    const names = isAlike ? ([left, right] as const) : ([basename(left), basename(right)] as const);
    const comparison = compareSessions(one, other, {
      alignAt,
      names: [printable(names[0]), printable(names[1])],
    });
    if (alignAt !== undefined && comparison.alignedAt !== alignAt)
      io.err(notReached(alignAt)[lang]);
    if (json) io.out(JSON.stringify(comparison));
    else for (const line of printComparison(comparison, lang)) io.out(line);
    return comparison.differences.some(({ isDecisive }) => isDecisive) ? 1 : 0;
  },
});

async function readOne(io: CommandIo, name: string): Promise<Trace> {
  const { traces } = await readTraces(io, name);
  const [trace] = traces;
  if (trace && traces.length === 1) return trace;
  throw new UsageError({
    en: `One session is compared with one other, and ${JSON.stringify(name)} holds ${traces.length}. Split it with sdpscope import, or join what is one session with sdpscope merge.`,
    ko: `세션 하나를 다른 하나와 비교합니다. ${JSON.stringify(name)}에는 세션이 ${traces.length}개 있습니다. sdpscope import로 나누거나, 하나의 세션이면 sdpscope merge로 합치십시오.`,
  });
}

const twoFiles: Message = {
  en: "Two recordings are needed: LEFT RIGHT. One of them may be - for the standard input.",
  ko: "기록 파일 두 개가 필요합니다: LEFT RIGHT. 그중 하나는 표준 입력(-)이어도 됩니다.",
};

function notReached(name: string): Message {
  return {
    en: `Not both sessions reached ${name}: they are aligned at their start.`,
    ko: `두 세션이 모두 ${name}에 도달하지는 않아 시작점에 맞춥니다.`,
  };
}

const words = {
  cause: { en: "only there", ko: "그쪽에만 있는 원인" },
  advice: { en: "fix", ko: "해결" },
  difference: { en: "difference", ko: "차이" },
  never: { en: "never", ko: "없음" },
  unknown: { en: "not recorded", ko: "기록 안 됨" },
  pair: { en: "selected pair", ko: "선택된 페어" },
  only: { en: "findings only in", ko: "다음 세션에만 있는 진단" },
  both: { en: "findings in both", ko: "양쪽 모두에 있는 진단" },
  round: { en: "round", ko: "라운드" },
} as const;

/** The answer first, then what it rests on. */
function printComparison(comparison: SessionComparison, lang: Language): string[] {
  const { left, right, cause, connections, rounds, findings } = comparison;
  const lines = [comparison.summary[lang]];
  if (cause) {
    const { code, message, advice } = cause.finding;
    lines.push(`${words.cause[lang]}: ${code} ${message[lang]}`);
    if (advice) lines.push(`${words.advice[lang]}: ${advice[lang]}`);
  }
  lines.push("", ...comparison.peers.map(({ message }) => message[lang]));
  for (const connection of connections) {
    lines.push("", ...printConnection(connection, [left.name[lang], right.name[lang]], lang));
  }
  for (const round of rounds) {
    const changes = (["offer", "answer"] as const).flatMap((type) =>
      round[type].map(({ message }) => `  ${type} ${message[lang]}`),
    );
    if (changes.length === 0) continue;
    lines.push("", `── ${words.round[lang]} ${round.left.number}`, ...changes);
  }
  const list = (title: string, found: readonly Finding[]): void => {
    if (found.length === 0) return;
    lines.push(
      "",
      `── ${title}`,
      ...found.map((one) => `  ${one.severity} ${one.code}  ${one.message[lang]}`),
    );
  };
  list(`${words.only[lang]} ${left.name[lang]}`, findings.onlyLeft);
  list(`${words.only[lang]} ${right.name[lang]}`, findings.onlyRight);
  list(
    words.both[lang],
    findings.both.map((pair) => pair.right),
  );
  return lines;
}

function printConnection(
  connection: ConnectionComparison,
  names: readonly [string, string],
  lang: Language,
): string[] {
  const { left, right, milestones, candidates } = connection;
  const title =
    left?.name === right?.name ? left?.name : `${left?.name ?? "–"} ⇄ ${right?.name ?? "–"}`;
  const isThere = { left: left !== undefined, right: right !== undefined };
  const rows = milestones.map((row) => [
    `  ${milestoneLabels[row.name][lang]}`,
    isThere.left ? printReading(row.left, lang) : "–",
    isThere.right ? printReading(row.right, lang) : "–",
    row.differenceMs === undefined ? "" : signed(row.differenceMs),
  ]);
  const counts = candidates.map((row) => [
    `  ${row.side} ${row.type} ${row.transport}`,
    String(row.left),
    String(row.right),
    row.left === row.right ? "" : signedCount(row.right - row.left),
  ]);
  const pair = [
    `  ${words.pair[lang]}`,
    left?.selectedPair?.label ?? "–",
    right?.selectedPair?.label ?? "–",
    "",
  ];
  const head = [`── ${title ?? ""}`, names[0], names[1], words.difference[lang]];
  return [...printTable([head, ...rows, pair, ...counts])];
}

function printReading(reading: MilestoneReading, lang: Language): string {
  switch (reading.state) {
    case "reached":
      return reading.at === undefined ? `#${reading.seq}` : `${reading.at.toFixed(1)} ms`;
    case "missing":
      return words.never[lang];
    case "unknown":
      return words.unknown[lang];
    default:
      return reading satisfies never;
  }
}

function signed(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${Math.abs(ms).toFixed(1)} ms`;
}

function signedCount(count: number): string {
  return `${count < 0 ? "−" : "+"}${Math.abs(count)}`;
}
