import type { DescriptionStep, Munging, Round } from "../../lib/index.ts";
import { findMunging } from "../../lib/index.ts";

/** A description at two moments between which it could be changed. */
export interface Alteration {
  readonly side: "offer" | "answer";
  readonly from: DescriptionStep;
  readonly to: DescriptionStep;
  /** Where the change was made: it decides what may be changed. */
  readonly before: "setLocalDescription" | "send" | "setRemoteDescription";
  readonly isChanged: boolean;
  /** By kinds, as libwebrtc counts them; empty when the texts are the same but for line ends. */
  readonly changes: readonly Munging[];
}

const moments: readonly (readonly [
  DescriptionStep["step"],
  DescriptionStep["step"],
  Alteration["before"],
])[] = [
  ["created", "set-local", "setLocalDescription"],
  ["set-local", "sent", "send"],
  ["sent", "received", "setRemoteDescription"],
  ["received", "set-remote", "setRemoteDescription"],
];

/**
 * Every stretch of the way of a round's descriptions that was recorded at both its ends, with what was changed on it:
 * created → applied → sent → received → applied by the other side.
 */
export function alterationsOf({ offer, answer }: Round): readonly Alteration[] {
  return [
    ...alongTheWay("offer", offer.steps),
    ...(answer ? alongTheWay("answer", answer.steps) : []),
  ];
}

function alongTheWay(
  side: Alteration["side"],
  steps: readonly DescriptionStep[],
): readonly Alteration[] {
  return moments.flatMap(([first, second, before]): Alteration[] => {
    const from = steps.find(({ step }) => step === first);
    const to = steps.find(({ step }) => step === second);
    // What was set without an argument has no text of its own, and trickled candidates come by themselves.
    if (!from || !to || from.description.sdp === "" || to.description.sdp === "") return [];
    const isChanged = bare(from.description.sdp) !== bare(to.description.sdp);
    const changes = isChanged
      ? findMunging(from.description.sdp, to.description.sdp, { before })
      : [];
    return [{ side, from, to, before, isChanged: changes.length > 0, changes }];
  });
}

function bare(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}
