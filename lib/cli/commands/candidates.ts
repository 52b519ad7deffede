import { formatDiagnostics } from "../../diagnostic.ts";
import type { Candidate } from "../../ice/candidate.ts";
import { classifyCandidate } from "../../ice/classify.ts";
import { candidateEvidence } from "../../ice/evidence.ts";
import { decodePriority } from "../../ice/priority.ts";
import type { Language } from "../../text.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand } from "../command.ts";
import { oneFile } from "../one-file.ts";
import type { FoundCandidate } from "../read-candidates.ts";
import { demandCandidates, readCandidates } from "../read-candidates.ts";
import { readInput } from "../read-input.ts";
import { printTable } from "../table.ts";

/** Shows the candidates of a file, decoded. */
export const candidates: Command = defineCommand({
  name: "candidates",
  summary: {
    en: "show the ICE candidates of a description, a trace or a list, decoded",
    ko: "description, trace, 목록에 있는 ICE candidate를 해석해 보여 줍니다",
  },
  operands: "[FILE]",
  options: [],
  async run(invocation) {
    const { io, json } = invocation;
    const name = oneFile(invocation, "candidates");
    const text = await readInput(io, name);
    const found = readCandidates(text);
    if (found.length === 0) demandCandidates(text, name);
    if (json) for (const each of found) io.out(JSON.stringify(decoded(each)));
    else print(invocation, found);
    const hasFinding = found.some(({ result }) =>
      result.diagnostics.some(({ severity }) => severity !== "info"),
    );
    return hasFinding ? 1 : 0;
  },
});

function decoded({ section, peer, side, text, result }: FoundCandidate): object {
  const { candidate, diagnostics } = result;
  const whose = { section, ...(peer !== undefined && { peer, side }) };
  if (candidate === undefined) return { ...whose, text, diagnostics };
  return {
    ...whose,
    candidate,
    class: classifyCandidate(candidate),
    priority: decodePriority(candidate.priority, candidate),
    diagnostics,
  };
}

const titles: Readonly<Record<Language, readonly string[]>> = {
  en: ["section", "component", "type", "transport", "address", "scope", "priority", "formula"],
  ko: ["섹션", "component", "type", "transport", "주소", "범위", "priority", "공식"],
};

function print({ io, lang }: Invocation, found: readonly FoundCandidate[]): void {
  const read = found.flatMap(({ result }) => result.candidate ?? []);
  const rows = found.flatMap(({ section, peer, side, result }) => {
    const { candidate } = result;
    if (candidate === undefined) return [];
    const where = peer === undefined ? section : `${peer} ${side} ${section}`;
    return [[where, ...row(candidate)]];
  });
  if (rows.length > 0) for (const line of printTable([titles[lang], ...rows])) io.out(line);
  for (const { message } of evidenceOf(found, read)) io.out(`- ${message[lang]}`);
  for (const { text, result } of found)
    if (result.diagnostics.length > 0)
      io.out(formatDiagnostics(text, result.diagnostics, { lang, colour: io.isColour }));
  io.out(
    {
      en: `${read.length} candidate${read.length === 1 ? "" : "s"}`,
      ko: `candidate ${read.length}개`,
    }[lang],
  );
}

/** A trace has the candidates of two sides, which say nothing together. */
function evidenceOf(
  found: readonly FoundCandidate[],
  read: readonly Candidate[],
): ReturnType<typeof candidateEvidence> {
  return found.some(({ side }) => side !== undefined) ? [] : candidateEvidence(read);
}

function row(candidate: Candidate): readonly string[] {
  const { type, scope, relayTransport } = classifyCandidate(candidate);
  const { typePreference, localPreference, schemes } = decodePriority(
    candidate.priority,
    candidate,
  );
  const { address, port, tcpType, transport } = candidate;
  return [
    String(candidate.component),
    relayTransport === undefined ? type : `${type} (${relayTransport})`,
    tcpType === undefined ? transport : `${transport} ${tcpType}`,
    address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
    scope,
    `${candidate.priority} = ${typePreference}/${localPreference}`,
    schemes.map(({ scheme }) => scheme).join(", ") || "?",
  ];
}
