import type { Pasted } from "../layout/pasted.ts";
import { readPasted } from "../layout/pasted.ts";

type Description = Extract<Pasted, { kind: "description" }>;

/**
 * What was pasted so far: one description, then a second one that answers it, candidates by themselves, and the error
 * text of a browser. A third description starts anew.
 */
export class PastedTexts {
  first: Description | undefined = $state.raw();
  second: Description | undefined = $state.raw();
  candidates: readonly string[] = $state.raw([]);
  message: string | undefined = $state();

  readonly isEmpty = $derived(
    this.first === undefined && this.candidates.length === 0 && this.message === undefined,
  );
  /** Everything, as texts that `add` understands: for a link. */
  readonly texts: readonly string[] = $derived([
    ...[this.first, this.second].flatMap((one) =>
      one ? [one.type ? JSON.stringify({ type: one.type, sdp: one.sdp }) : one.sdp] : [],
    ),
    ...(this.candidates.length > 0 ? [this.candidates.join("\n")] : []),
    ...(this.message === undefined ? [] : [this.message]),
  ]);

  add(text: string): void {
    if (text.trim() === "") return;
    const pasted = readPasted(text);
    switch (pasted.kind) {
      case "description":
        this.#addDescription(pasted);
        break;
      case "candidates":
        this.candidates = pasted.candidates;
        break;
      case "message":
        this.message = pasted.message;
        break;
      default:
        pasted satisfies never;
    }
  }

  /** Puts another text in the place of a description; one that is no description any more takes it away. */
  replace(side: "first" | "second", text: string): void {
    const pasted = readPasted(text);
    const { type } = this[side] ?? {};
    this[side] =
      pasted.kind === "description" ? { ...pasted, type: pasted.type ?? type } : undefined;
    if (pasted.kind !== "description") this.add(text);
  }

  /** Says what the only description is: a munged one may not show it. */
  judgeAs(type: "offer" | "answer"): void {
    if (this.first) this.first = { ...this.first, type };
  }

  clear(): void {
    this.first = undefined;
    this.second = undefined;
    this.candidates = [];
    this.message = undefined;
  }

  #addDescription(pasted: Description): void {
    if (!this.first || this.second) {
      this.first = pasted;
      this.second = undefined;
      return;
    }
    if (pasted.sdp === this.first.sdp) return;
    // The one that leaves its DTLS role open was the offer, in whatever order they came.
    const isTurned = this.first.type === "answer" && pasted.type !== "answer";
    this.second = { ...(isTurned ? this.first : pasted), type: "answer" };
    this.first = { ...(isTurned ? pasted : this.first), type: "offer" };
  }
}
