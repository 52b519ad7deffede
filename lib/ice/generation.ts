import type { Message } from "../text.ts";
import type { Candidate, CandidateInit } from "./candidate.ts";
import { parseCandidate } from "./parse-candidate.ts";

/** The credentials of one ICE session of one media section. RFC 8839 §5.4. */
export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

/**
 * How the credentials of one section changed between two descriptions of one side. RFC 8839 §4.4.1.1.1, §4.4.3.1:
 * a restart changes both; a change of only one is an error that peers answer differently.
 */
export type CredentialChange = "same" | "restart" | "only-ufrag" | "only-pwd";

/** Compares the credentials of two descriptions of one side. */
export function compareCredentials(
  before: IceCredentials,
  after: IceCredentials,
): CredentialChange {
  const sameUfrag = before.ufrag === after.ufrag;
  const samePwd = before.pwd === after.pwd;
  if (sameUfrag && samePwd) return "same";
  if (!sameUfrag && !samePwd) return "restart";
  return sameUfrag ? "only-pwd" : "only-ufrag";
}

/** Where a trickled candidate belongs. */
export interface CandidatePlacement {
  /** The number of the generation of its section, 0 the first; absent for an orphan. */
  readonly generation?: number;
  /**
   * `current`: as it should be. `late`: after end-of-candidates of its generation (RFC 8838 §13). `stale`: of a generation that a
   * restart ended. `early`: its section has no description yet. `orphan`: no generation has its ufrag, or its section does not exist.
   * `duplicate`: came before in the same generation (RFC 8838 §9).
   */
  readonly state: "current" | "late" | "stale" | "early" | "orphan" | "duplicate";
  readonly candidate?: Candidate;
  readonly isEndOfCandidates: boolean;
  readonly message: Message;
}

/** One ICE session of one media section. */
export interface Generation {
  readonly number: number;
  readonly ufrag: string;
  readonly pwd: string;
  readonly candidates: readonly Candidate[];
  readonly isEnded: boolean;
}

/** Keeps account of which candidate belongs to which ICE session of which section, for one side of one connection. */
export interface GenerationLedger {
  /** A description of this side came: its credentials by section. Tells what changed; the first description of a section is `first`. */
  describe(
    sections: readonly ({ readonly mid: string; readonly mLineIndex?: number } & IceCredentials)[],
  ): readonly { readonly mid: string; readonly change: CredentialChange | "first" }[];
  /** A candidate came by signaling, in any of its forms; null and "" are end-of-candidates. */
  trickle(input: CandidateInit | string | null): CandidatePlacement;
  /** The generations of a section so far, the oldest first. */
  generations(mid: string): readonly Generation[];
}

/** Creates an empty ledger. A section is found by `sdpMid`, else by `sdpMLineIndex`, else by the ufrag. */
export function createGenerationLedger(): GenerationLedger {
  const sections = new Map<string, MutableGeneration[]>();
  const mids: string[] = [];

  const place = (input: CandidateInit | string | null): CandidatePlacement => {
    const { candidate, endOfCandidates } = parseCandidate(input);
    const init = typeof input === "string" || input === null ? {} : input;
    const ufrag = candidate?.usernameFragment ?? init.usernameFragment ?? undefined;
    const mid = midOf(init, mids) ?? ownerOf(ufrag, sections);
    const known = { ...(candidate && { candidate }), isEndOfCandidates: endOfCandidates === true };
    if (mid === undefined && endOfCandidates === true && sections.size > 0) {
      // null and a bare "" speak of every section at once.
      for (const generations of sections.values()) last(generations).isEnded = true;
      return { ...known, state: "current", message: words.endOfAll };
    }
    if (mid === undefined && sections.size === 0)
      return { ...known, state: "early", message: words.early };
    const generations = mid === undefined ? undefined : sections.get(mid);
    if (generations === undefined)
      return { ...known, state: "orphan", message: words.noSection(mid ?? "?") };
    const generation =
      ufrag === undefined ? last(generations) : generations.find((each) => each.ufrag === ufrag);
    if (generation === undefined)
      return {
        ...known,
        state: "orphan",
        message: words.noGeneration(ufrag ?? "", last(generations).ufrag),
      };
    const found = { ...known, generation: generation.number };
    const isCurrent = generation === last(generations);
    if (endOfCandidates === true) {
      const wasEnded = generation.isEnded;
      generation.isEnded = true;
      if (wasEnded) return { ...found, state: "duplicate", message: words.endedTwice };
      return { ...found, state: isCurrent ? "current" : "stale", message: words.end };
    }
    if (candidate === undefined) return { ...found, state: "orphan", message: words.unreadable };
    const isKnown = generation.candidates.some((other) => isSame(other, candidate));
    generation.candidates.push(candidate);
    if (!isCurrent)
      return {
        ...found,
        state: "stale",
        message: words.stale(generation.ufrag, last(generations).ufrag),
      };
    if (isKnown) return { ...found, state: "duplicate", message: words.duplicate };
    if (generation.isEnded) return { ...found, state: "late", message: words.late };
    return { ...found, state: "current", message: words.current(generation.ufrag) };
  };

  return {
    describe: (described) =>
      described.map(({ mid, mLineIndex, ufrag, pwd }) => {
        if (!mids.includes(mid)) {
          if (mLineIndex === undefined) mids.push(mid);
          else mids[mLineIndex] = mid;
        }
        const generations = sections.get(mid);
        if (generations === undefined) {
          sections.set(mid, [newGeneration(0, ufrag, pwd)]);
          return { mid, change: "first" };
        }
        const current = last(generations);
        const change = compareCredentials(current, { ufrag, pwd });
        if (change !== "same") generations.push(newGeneration(current.number + 1, ufrag, pwd));
        return { mid, change };
      }),
    trickle: place,
    generations: (mid) => sections.get(mid) ?? [],
  };
}

interface MutableGeneration extends Generation {
  readonly candidates: Candidate[];
  isEnded: boolean;
}

function newGeneration(number: number, ufrag: string, pwd: string): MutableGeneration {
  return { number, ufrag, pwd, candidates: [], isEnded: false };
}

function last(generations: readonly MutableGeneration[]): MutableGeneration {
  return generations[generations.length - 1] as MutableGeneration;
}

function midOf(init: CandidateInit, mids: readonly string[]): string | undefined {
  if (typeof init.sdpMid === "string") return init.sdpMid;
  return typeof init.sdpMLineIndex === "number" ? mids[init.sdpMLineIndex] : undefined;
}

/** The section with a ufrag; none when several share it, as bundled sections may. */
function ownerOf(
  ufrag: string | undefined,
  sections: ReadonlyMap<string, readonly MutableGeneration[]>,
): string | undefined {
  if (ufrag === undefined) return sections.size === 1 ? [...sections.keys()][0] : undefined;
  const owners = [...sections].filter(([, generations]) =>
    generations.some((generation) => generation.ufrag === ufrag),
  );
  return owners.length === 1 ? owners[0]?.[0] : undefined;
}

/** RFC 8840 §4.4: the same IP address, port, transport and component. */
function isSame(a: Candidate, b: Candidate): boolean {
  return (
    a.address === b.address &&
    a.port === b.port &&
    a.component === b.component &&
    a.transport.toLowerCase() === b.transport.toLowerCase() &&
    a.tcpType === b.tcpType
  );
}

const words = {
  early: {
    en: "It came before any description: addIceCandidate rejects it, keep it until the description is set.",
    ko: "description보다 먼저 왔습니다. addIceCandidate가 거부하므로 description을 설정할 때까지 보관해야 합니다.",
  },
  end: { en: "The end of candidates of this generation.", ko: "이 세대의 candidate가 끝났습니다." },
  endOfAll: {
    en: "The end of candidates of every section.",
    ko: "모든 섹션의 candidate가 끝났습니다.",
  },
  endedTwice: {
    en: "The end of candidates was said twice.",
    ko: "candidate의 끝이 두 번 표시되었습니다.",
  },
  unreadable: {
    en: "It cannot be read as a candidate.",
    ko: "candidate로 읽을 수 없습니다.",
  },
  duplicate: {
    en: "The same candidate came before.",
    ko: "같은 candidate가 이미 왔습니다.",
  },
  late: {
    en: "It came after the end of candidates of its generation.",
    ko: "이 세대의 candidate가 끝났다고 표시된 뒤에 왔습니다.",
  },
  current: (ufrag: string): Message => ({
    en: `It belongs to the current generation, ufrag ${ufrag}.`,
    ko: `현재 세대(ufrag ${ufrag})에 속합니다.`,
  }),
  stale: (ufrag: string, current: string): Message => ({
    en: `It belongs to ufrag ${ufrag}, which a restart has replaced by ${current}.`,
    ko: `ufrag ${ufrag}에 속하지만, 재시작 후의 ufrag는 ${current}입니다.`,
  }),
  noSection: (mid: string): Message => ({
    en: `There is no media section with mid ${mid}.`,
    ko: `mid가 ${mid}인 미디어 섹션이 없습니다.`,
  }),
  noGeneration: (ufrag: string, current: string): Message => ({
    en: `No description has ufrag ${ufrag}; the current one is ${current}. Browsers drop such a candidate.`,
    ko: `ufrag ${ufrag}인 description이 없습니다. 현재는 ${current}입니다. 브라우저는 이런 candidate를 버립니다.`,
  }),
} as const;
