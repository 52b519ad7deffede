import type { CandidateInit } from "../ice/candidate.ts";
import type { CandidateResult } from "../ice/parse-candidate.ts";
import { parseCandidate } from "../ice/parse-candidate.ts";
import { recogniseOther } from "../sdp/not-sdp.ts";
import type { Trace } from "../trace/trace.ts";
import { UsageError } from "./command.ts";
import { inFile } from "./in-file.ts";
import { readRecording } from "./read-recording.ts";

/** One candidate of a text, or what should be one. */
export interface FoundCandidate {
  /** The mid of its media section, or its number where it has none; empty where nothing says it. */
  readonly section: string;
  /** In a trace: whose it is, and on which side of that peer. */
  readonly peer?: string;
  readonly side?: "local" | "remote";
  readonly text: string;
  readonly result: CandidateResult;
}

/**
 * Every candidate of a text, in order: of a description or a fragment, of a trace or any dump that can be imported, of JSON lines as `RTCIceCandidateInit`, or of lines
 * that hold one candidate each. What is said twice in a trace (gathered, then given to the other side) stands once a side.
 */
export function readCandidates(text: string): readonly FoundCandidate[] {
  const recording = readRecording(text);
  if (recording) return recording.flatMap(ofTrace);
  const found: FoundCandidate[] = [];
  let section = "";
  let index = -1;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.startsWith("m=")) section = String(++index);
    else if (line.startsWith("a=mid:")) section = line.slice("a=mid:".length);
    else if (line.startsWith("a=candidate:") || line.startsWith("candidate:"))
      found.push({ section, text: line, result: parseCandidate(line) });
    else if (line.startsWith("{")) found.push(...ofInit(line));
  }
  return found;
}

/**
 * Throws a `UsageError` for a text without candidates that is neither a description nor a recording, which may be without:
 * nothing was read of it.
 */
export function demandCandidates(text: string, name: string = "-"): void {
  if (recogniseOther(text) !== undefined && readRecording(text) === undefined)
    throw new UsageError(inFile(name, nothing));
}

const nothing = {
  en: "This holds no candidate, and is neither a description nor a recording. Candidates are lines such as candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host, with or without a= before them.",
  ko: "candidate가 없고, description이나 기록된 세션도 아닙니다. candidate는 candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host 같은 줄이며, 앞에 a=가 있어도 됩니다.",
};

function ofTrace({ events }: Trace): readonly FoundCandidate[] {
  const found: FoundCandidate[] = [];
  for (const event of events) {
    if (event.kind !== "candidate" || !event.candidate?.candidate) continue;
    const { peer, side, candidate } = event;
    found.push({ ...ofCandidate(candidate), ...(peer !== undefined && { peer }), side });
  }
  return found;
}

function ofInit(line: string): readonly FoundCandidate[] {
  try {
    const init: unknown = JSON.parse(line);
    const isInit = typeof init === "object" && init !== null && "candidate" in init;
    return isInit && init.candidate ? [ofCandidate(init as CandidateInit)] : [];
  } catch {
    return [];
  }
}

function ofCandidate(init: CandidateInit): FoundCandidate {
  const section = init.sdpMid ?? init.sdpMLineIndex ?? "";
  return { section: String(section), text: init.candidate ?? "", result: parseCandidate(init) };
}
