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
  own: readonly ExtensionCapability[],
  habits: AnswerHabits,
): readonly AnsweredExtension[] {
  const answers = offered.flatMap((theirs, at) => {
    const isFirst = offered.findIndex(({ uri }) => uri === theirs.uri) === at;
    const ours = own.findIndex(({ uri }) => uri === theirs.uri);
    const capability = own[ours];
    if (!capability || !isFirst) return [];
    const direction = habits.ignoresExtensionDirection
      ? "sendrecv"
      : answerDirection(theirs.direction ?? "sendrecv", capability.direction ?? "sendrecv");
    return direction === "inactive" ? [] : [{ theirs, ours, direction }];
  });
  if (habits.extensionOrder === "own") answers.sort((a, b) => a.ours - b.ours);
  return answers.map(({ theirs, direction }) => ({
    id: theirs.id,
    uri: theirs.uri,
    ...(direction !== "sendrecv" && { direction }),
    ...(theirs.attributes !== undefined && { attributes: theirs.attributes }),
  }));
}
