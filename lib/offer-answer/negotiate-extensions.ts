import type { Direction, HeaderExtension } from "../sdp/description.ts";
import type { AnswerHabits, ExtensionCapability } from "./capabilities.ts";
import { answerDirection } from "./direction.ts";

/** A header extension of an answer: under the offer's id. */
export interface AnsweredExtension {
  readonly id: number;
  readonly uri: string;
  /** Absent when it is used both ways. */
  readonly direction?: Direction;
  readonly attributes?: string;
}

/**
 * The header extensions to answer with: those both sides have, each under the id of the offer, in the direction that both allow.
 * One that neither side may then use is left out. RFC 8285 §7.
 */
export function negotiateExtensions(
  offered: readonly HeaderExtension[],
  capabilities: readonly ExtensionCapability[],
  habits: AnswerHabits,
): readonly AnsweredExtension[] {
  const places = new Map(capabilities.map(({ uri }, at) => [uri, at]));
  const first = new Map([...offered].reverse().map((extension) => [extension.uri, extension]));
  const last = new Map(offered.map((extension) => [extension.uri, extension]));
  const counts = (extension: HeaderExtension): boolean => {
    if (habits.repeatedExtension === "all") return true;
    const chosen = habits.repeatedExtension === "first" ? first : last;
    return chosen.get(extension.uri) === extension;
  };
  const answers = offered.flatMap((theirs): Answer[] => {
    const ours = places.get(theirs.uri);
    const capability = ours === undefined ? undefined : capabilities[ours];
    if (ours === undefined || !capability || !counts(theirs)) return [];
    if (habits.extensionDirection === "ignored") return [{ theirs, ours }];
    const { direction: own } = capability;
    const direction = answerDirection(theirs.direction ?? "sendrecv", own ?? "sendrecv");
    if (direction === "inactive") return [];
    const isWritten =
      direction !== "sendrecv" && (own !== undefined || habits.extensionDirection === "negotiated");
    return isWritten ? [{ theirs, ours, direction }] : [{ theirs, ours }];
  });
  if (habits.extensionOrder === "own") answers.sort((a, b) => a.ours - b.ours);
  return answers.map(({ theirs, direction }) => ({
    id: theirs.id,
    uri: theirs.uri,
    ...(direction && { direction }),
    ...(theirs.attributes !== undefined && { attributes: theirs.attributes }),
  }));
}

interface Answer {
  readonly theirs: HeaderExtension;
  /** The place among one's own extensions. */
  readonly ours: number;
  readonly direction?: Direction;
}
