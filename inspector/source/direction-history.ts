import type { MediaDescription, Timeline } from "../../lib/index.ts";
import { readDescription } from "../../lib/index.ts";
import { heldChanges } from "./state-at.ts";

/** A media section of a connection and every direction that was agreed on for it. */
export interface SectionHistory {
  /** Its mid; without one its `#index`. */
  readonly mid: string;
  readonly kind: string;
  /** As this connection has it (W3C's `currentDirection`), each from the call that made it so. Neighbours differ. */
  readonly steps: readonly {
    readonly seq: number;
    readonly t: number;
    readonly direction: AgreedDirection;
  }[];
}

/** Data channels have no direction: their section is `accepted` or `rejected`. */
export type AgreedDirection = MediaDescription["direction"] | "accepted" | "rejected";

/**
 * What became of each section with every answer that a connection applied, in the order in which sections appeared. A section whose
 * place another mid took over was rejected then. RFC 9429 §5.10, §5.11.
 */
export function directionHistory(
  { calls }: Timeline,
  peer: string,
  pc: string | undefined,
): readonly SectionHistory[] {
  const sections = new Map<string, { kind: string; steps: SectionHistory["steps"][number][] }>();
  for (const { seq, t, held } of heldChanges(calls, peer, pc)) {
    const answer = [held.currentLocal, held.currentRemote].find(
      (one) => one?.type === "answer" && one.seq === seq,
    );
    if (!answer) continue;
    const isOurs = answer === held.currentLocal;
    const named = new Set<string>();
    for (const media of readDescription(answer.sdp).media) {
      const { kind } = media;
      const name = media.mid ?? `#${media.index}`;
      named.add(name);
      const section = sections.get(name) ?? { kind, steps: [] };
      sections.set(name, section);
      const agreed = agreedIn(media, isOurs);
      if (section.steps.at(-1)?.direction !== agreed)
        section.steps.push({ seq, t, direction: agreed });
    }
    for (const [name, { steps }] of sections) {
      if (!named.has(name) && steps.at(-1)?.direction !== "rejected")
        steps.push({ seq, t, direction: "rejected" });
    }
  }
  return [...sections].map(([mid, { kind, steps }]) => ({ mid, kind, steps }));
}

function agreedIn(
  { isRejected, isRtp, direction }: MediaDescription,
  isOurs: boolean,
): AgreedDirection {
  if (isRejected) return "rejected";
  if (!isRtp) return "accepted";
  return isOurs ? direction : seenByOther[direction];
}

const seenByOther: Readonly<Record<MediaDescription["direction"], MediaDescription["direction"]>> =
  {
    sendrecv: "sendrecv",
    sendonly: "recvonly",
    recvonly: "sendonly",
    inactive: "inactive",
  };
