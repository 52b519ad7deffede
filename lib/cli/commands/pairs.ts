import type { Candidate } from "../../ice/candidate.ts";
import type { CandidatePairs, FormedPair, IceRole } from "../../ice/pair.ts";
import { formPairs } from "../../ice/pair.ts";
import type { Prediction } from "../../ice/predict.ts";
import { predictConnection } from "../../ice/predict.ts";
import type { Language } from "../../text.ts";
import { choice } from "../choice.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import type { FoundCandidate } from "../read-candidates.ts";
import { readCandidates } from "../read-candidates.ts";
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
    const [localName, remoteName] = operands;
    const peer = typeof options["peer"] === "string" ? options["peer"] : undefined;
    const first = readCandidates(await readInput(io, localName));
    const sides =
      remoteName === undefined
        ? sidesOfTrace(first, peer)
        : { local: first, remote: readCandidates(await readInput(io, remoteName)) };
    let exit = 0;
    for (const [section, local, remote] of sections(sides.local, sides.remote)) {
      const formed = formPairs(local, remote, role);
      const prediction = predictConnection({ candidates: local }, { candidates: remote }, { role });
      if (json) io.out(JSON.stringify({ section, ...formed, prediction }, bigintAsText));
      else print(invocation, section, role, formed, prediction);
      if (prediction.outcome === "fails") exit = 1;
    }
    return exit;
  },
});

interface Sides {
  readonly local: readonly FoundCandidate[];
  readonly remote: readonly FoundCandidate[];
}

function sidesOfTrace(found: readonly FoundCandidate[], wanted: string | undefined): Sides {
  const peers = [...new Set(found.flatMap(({ peer }) => peer ?? []))];
  const peer = wanted ?? peers[0];
  if (peer === undefined)
    throw new UsageError({
      en: "Two files are needed, the local and the remote side, or one trace: sdpscope pairs offer.sdp answer.sdp",
      ko: "이쪽과 상대쪽 파일 두 개, 또는 trace 하나가 필요합니다. 예: sdpscope pairs offer.sdp answer.sdp",
    });
  if (!peers.includes(peer))
    throw new UsageError({
      en: `The trace has no candidates of a peer ${JSON.stringify(peer)}; there are ${peers.join(", ")}.`,
      ko: `trace에 ${JSON.stringify(peer)} peer의 candidate가 없습니다. 있는 peer: ${peers.join(", ")}.`,
    });
  const own = found.filter((each) => each.peer === peer);
  return {
    local: own.filter(({ side }) => side === "local"),
    remote: own.filter(({ side }) => side === "remote"),
  };
}

/** The sections in which both sides have candidates; one of everything where the sections have nothing in common. */
function sections(
  local: readonly FoundCandidate[],
  remote: readonly FoundCandidate[],
): readonly (readonly [string, readonly Candidate[], readonly Candidate[]])[] {
  const names = [...new Set(local.map(({ section }) => section))];
  const shared = names.filter((name) => remote.some(({ section }) => section === name));
  if (shared.length === 0) return [["", candidatesOf(local), candidatesOf(remote)]];
  const of = (side: readonly FoundCandidate[], name: string): readonly Candidate[] =>
    candidatesOf(side.filter(({ section }) => section === name));
  return shared.map((name) => [name, of(local, name), of(remote, name)]);
}

function candidatesOf(found: readonly FoundCandidate[]): readonly Candidate[] {
  return found.flatMap(({ result }) => result.candidate ?? []);
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
