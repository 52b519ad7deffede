import type { CandidatePairs, FormedPair, IceRole } from "../../ice/pair.ts";
import { formPairs } from "../../ice/pair.ts";
import type { Prediction, PredictionSide } from "../../ice/predict.ts";
import { predictConnection } from "../../ice/predict.ts";
import type { Language } from "../../text.ts";
import { choice } from "../choice.ts";
import type { Command, CommandIo, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import type { FoundCandidate } from "../read-candidates.ts";
import { demandCandidates, readCandidates } from "../read-candidates.ts";
import type { CandidateEnd } from "../read-ends.ts";
import { readEnds } from "../read-ends.ts";
import { readInput } from "../read-input.ts";
import { printTable } from "../table.ts";

/** Forms the pairs of two sides, and predicts which wins. */
export const pairs: Command = defineCommand({
  name: "pairs",
  summary: {
    en: "pair the candidates of two files, or of a trace, and predict how they connect",
    ko: "두 파일 또는 trace의 candidate를 짝지어 어떻게 연결될지 예측합니다",
  },
  operands: "LOCAL [REMOTE]",
  options: [
    {
      name: "role",
      value: "controlling|controlled",
      description: {
        en: "the role of the local side; controlling when not given, as an offerer has it",
        ko: "이쪽의 역할. 적지 않으면 offerer처럼 controlling입니다",
      },
    },
    {
      name: "peer",
      value: "PEER",
      description: {
        en: "whose view to take of a trace; the first peer's when not given",
        ko: "trace에서 어느 peer의 관점을 볼지. 적지 않으면 첫 peer입니다",
      },
    },
  ],
  async run(invocation) {
    const { io, json, operands, options } = invocation;
    const role = choice(invocation, "role", ["controlling", "controlled"]) ?? "controlling";
    const [localName, remoteName, ...rest] = operands;
    if (rest.length > 0) throw new UsageError(twoSides);
    const peer = typeof options["peer"] === "string" ? options["peer"] : undefined;
    const first = await readSide(io, localName);
    const sides =
      remoteName === undefined
        ? sidesOfTrace(first, peer)
        : { local: first, remote: await readSide(io, remoteName) };
    let exit = 0;
    for (const [section, local, remote] of sections(sides.local, sides.remote)) {
      const formed = formPairs(local.candidates, remote.candidates, role);
      const prediction = predictConnection(local, remote, { role });
      if (json) io.out(JSON.stringify({ section, ...formed, prediction }, bigintAsText));
      else print(invocation, section, role, formed, prediction);
      if (prediction.outcome === "fails") exit = 1;
    }
    return exit;
  },
});

const twoSides = {
  en: "Two files are needed, the local and the remote side, or one trace: sdpscope pairs offer.sdp answer.sdp",
  ko: "이쪽과 상대쪽 파일 두 개, 또는 trace 하나가 필요합니다. 예: sdpscope pairs offer.sdp answer.sdp",
};

interface Side {
  readonly found: readonly FoundCandidate[];
  readonly ends: readonly CandidateEnd[];
}

interface Sides {
  readonly local: Side;
  readonly remote: Side;
}

async function readSide(io: CommandIo, name: string | undefined): Promise<Side> {
  const text = await readInput(io, name);
  const found = readCandidates(text);
  if (found.length === 0) demandCandidates(text, name);
  return { found, ends: readEnds(text) };
}

function sidesOfTrace({ found, ends }: Side, wanted: string | undefined): Sides {
  const peers = [...new Set(found.flatMap(({ peer }) => peer ?? []))];
  const peer = wanted ?? peers[0];
  if (peer === undefined) throw new UsageError(twoSides);
  if (!peers.includes(peer))
    throw new UsageError({
      en: `The trace has no candidates of a peer ${JSON.stringify(peer)}; there are ${peers.join(", ")}.`,
      ko: `trace에 ${JSON.stringify(peer)} peer의 candidate가 없습니다. 있는 peer: ${peers.join(", ")}.`,
    });
  const of = (wantedSide: "local" | "remote"): Side => ({
    found: found.filter((each) => each.peer === peer && each.side === wantedSide),
    ends: ends.filter((each) => each.peer === peer && each.side === wantedSide),
  });
  return { local: of("local"), remote: of("remote") };
}

/** The sections in which both sides have candidates; one of everything where the sections have nothing in common. */
function sections(
  local: Side,
  remote: Side,
): readonly (readonly [string, PredictionSide, PredictionSide])[] {
  const names = [...new Set(local.found.map(({ section }) => section))];
  const shared = names.filter((name) => remote.found.some(({ section }) => section === name));
  if (shared.length === 0) return [["", sectionOf(local), sectionOf(remote)]];
  return shared.map((name) => [name, sectionOf(local, name), sectionOf(remote, name)]);
}

/** One section of a side, or all of it: complete when it has candidates and its end was told wherever they stand. */
function sectionOf({ found, ends }: Side, name?: string): PredictionSide {
  const own = found.filter(({ section }) => name === undefined || section === name);
  const isEnded = (section: string): boolean =>
    ends.some((end) => end.section === undefined || end.section === section);
  const isComplete =
    own.length === 0
      ? ends.some((end) => end.section === undefined)
      : own.every(({ section }) => isEnded(section));
  return { candidates: own.flatMap(({ result }) => result.candidate ?? []), isComplete };
}

const titles: Readonly<Record<Language, readonly string[]>> = {
  en: ["", "local", "remote", "priority", "notes"],
  ko: ["", "이쪽", "상대쪽", "priority", "비고"],
};

function print(
  { io, lang }: Invocation,
  section: string,
  role: IceRole,
  formed: CandidatePairs,
  prediction: Prediction,
): void {
  const { pairs: kept, pruned, discarded, impossible } = formed;
  if (section !== "") io.out({ en: `section ${section}`, ko: `섹션 ${section}` }[lang]);
  const rows = kept.map((pair, index) => [
    String(index + 1),
    ...ends(pair),
    String(pair.priority),
    pair.unlikely.map(({ message }) => message[lang]).join(" "),
  ]);
  for (const line of printTable([titles[lang], ...rows])) io.out(line);
  for (const { reason, ...pair } of impossible)
    io.out(`  × ${ends(pair).join(" – ")}: ${reason.message[lang]}`);
  io.out(
    {
      en: `${kept.length} pair${kept.length === 1 ? "" : "s"} (${role}), ${pruned.length} pruned, ${discarded.length} over the limit, ${impossible.length} impossible`,
      ko: `pair ${kept.length}개(${role}), 중복 제거 ${pruned.length}개, 한도 초과 ${discarded.length}개, 불가능 ${impossible.length}개`,
    }[lang],
  );
  io.out(prediction.summary[lang]);
  for (const { message } of prediction.missing) io.out(`  ? ${message[lang]}`);
}

function ends({ local, remote }: Pick<FormedPair, "local" | "remote">): readonly string[] {
  return [local, remote].map(({ type, address, port }) =>
    address.includes(":") ? `${type} [${address}]:${port}` : `${type} ${address}:${port}`,
  );
}

/** JSON has no 64-bit numbers. */
function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
