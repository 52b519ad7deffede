import { parseCandidate } from "../ice/parse-candidate.ts";
import { readDescription } from "../sdp/read-description.ts";
import type { Trace } from "../trace/trace.ts";
import { readRecording } from "./read-recording.ts";

/** A place where no more candidates come: one section or, without `section`, all of them; in a trace those of one side of a peer. */
export interface CandidateEnd {
  readonly section?: string;
  readonly peer?: string;
  readonly side?: "local" | "remote";
}

/**
 * Where a text says that all candidates are told: by end-of-candidates in any of its forms, or as a description that has
 * candidates and does not trickle (RFC 8838 §3). Sections are named as `readCandidates` names them.
 */
export function readEnds(text: string): readonly CandidateEnd[] {
  const recording = readRecording(text);
  if (recording) return recording.flatMap(ofTrace);
  const ends: CandidateEnd[] = text.trimStart().startsWith("v=") ? withoutTrickle(text) : [];
  let section: string | undefined;
  let index = -1;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.startsWith("m=")) section = String(++index);
    else if (line.startsWith("a=mid:")) section = line.slice("a=mid:".length);
    else if (line !== "" && parseCandidate(line).endOfCandidates)
      ends.push(section === undefined ? {} : { section });
  }
  return ends;
}

function ofTrace({ events }: Trace): readonly CandidateEnd[] {
  const ends: CandidateEnd[] = [];
  for (const event of events) {
    if (event.kind !== "candidate" || event.candidate?.candidate) continue;
    const { peer, side, candidate } = event;
    const section = candidate?.sdpMid ?? candidate?.sdpMLineIndex;
    const whose = { ...(peer !== undefined && { peer }), side };
    ends.push(
      section === undefined || section === null ? whose : { ...whose, section: String(section) },
    );
  }
  return ends;
}

function withoutTrickle(text: string): CandidateEnd[] {
  const { iceOptions, media } = readDescription(text);
  return media.flatMap(({ mid, section, ice, candidates }) =>
    candidates.length === 0 || iceOptions.includes("trickle") || ice.options.includes("trickle")
      ? []
      : [{ section: mid ?? String(section.index) }],
  );
}
