import type { Change } from "../sdp/diff.ts";
import { diff } from "../sdp/diff.ts";
import type { DescriptionRow, Round } from "../trace/tables.ts";
import type { ConnectionMatch, MatchableSession } from "./match-sessions.ts";
import type { RoundComparison } from "./session-comparison.ts";

/** So many rounds are compared: a session that negotiates without end stays readable. */
const MOST = 32;

/**
 * Compares the descriptions of two sessions, round by round: the first rounds between the same matched connections with each
 * other, then the second ones. `leftOut` says how many more both have.
 */
export function compareRounds(
  left: MatchableSession,
  right: MatchableSession,
  matches: readonly ConnectionMatch[],
): { readonly rounds: readonly RoundComparison[]; readonly leftOut: number } {
  const others = roundsByLink(right, matches, "right");
  const pairs = [...roundsByLink(left, matches, "left")].flatMap(([link, rounds]) =>
    rounds.flatMap((round, index) => {
      const other = others.get(link)?.[index];
      return other ? [{ left: round, right: other }] : [];
    }),
  );
  pairs.sort((a, b) => a.left.number - b.left.number);
  return {
    rounds: pairs.slice(0, MOST).map(({ left, right }) => compareRound(left, right)),
    leftOut: Math.max(0, pairs.length - MOST),
  };
}

function compareRound(left: Round, right: Round): RoundComparison {
  const offer = changes(left.offer, right.offer);
  const answer = changes(left.answer, right.answer);
  const meant = ({ isVolatile }: Change): boolean => !isVolatile;
  const [offers, answers] = [offer.filter(meant), answer.filter(meant)];
  return {
    left: { number: left.number, seq: left.offer.steps[0]?.seq ?? 0 },
    right: { number: right.number, seq: right.offer.steps[0]?.seq ?? 0 },
    offer: offers,
    answer: answers,
    volatile: offer.length + answer.length - offers.length - answers.length,
  };
}

function changes(
  left: DescriptionRow | undefined,
  right: DescriptionRow | undefined,
): readonly Change[] {
  if (!left?.description.sdp || !right?.description.sdp) return [];
  return diff(left.description.sdp, right.description.sdp);
}

/** The rounds of a session by the matched connections that they belong to; rounds of others are left out. */
function roundsByLink(
  { timeline, courses }: MatchableSession,
  matches: readonly ConnectionMatch[],
  side: "left" | "right",
): Map<string, Round[]> {
  const matchOf = new Map<string, number>();
  for (const [index, match] of matches.entries()) {
    const course = courses[match[side] ?? -1];
    if (course && match.match) matchOf.set(JSON.stringify([course.peer, course.pc]), index);
  }
  const links = new Map<string, Round[]>();
  for (const round of timeline.rounds) {
    const ends = new Set<number>();
    const steps = [...round.offer.steps, ...(round.answer?.steps ?? [])];
    for (const { peer = "", pc } of steps) {
      const match = matchOf.get(JSON.stringify([peer, pc]));
      if (match !== undefined) ends.add(match);
    }
    // Where signaling alone was recorded there are no connections, and rounds follow each other.
    if (ends.size === 0 && courses.length > 0) continue;
    const link = [...ends].sort((a, b) => a - b).join(" ");
    const list = links.get(link);
    if (list) list.push(round);
    else links.set(link, [round]);
  }
  return links;
}
