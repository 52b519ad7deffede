import type { Diagnostic } from "../diagnostic.ts";
import { readable } from "../text.ts";
import type { SdpDocument } from "./document.ts";
import { positionIn } from "./span-of.ts";

/** How many faults of one code are listed: a text of nothing but faults would say the same a million times. */
export const MOST_OF_ONE_CODE = 100;

/** A fault before its position is known; it has a span. */
export type Fault = Diagnostic & { readonly span: NonNullable<Diagnostic["span"]> };

/** Collects the faults of one document, at most `MOST_OF_ONE_CODE` of each code, and gives each its position. */
export class FaultList {
  readonly document: SdpDocument;
  readonly #faults: Fault[] = [];
  readonly #counts = new Map<string, number>();

  constructor(document: SdpDocument) {
    this.document = document;
  }

  add(fault: Fault): void {
    const count = (this.#counts.get(fault.code) ?? 0) + 1;
    this.#counts.set(fault.code, count);
    if (count <= MOST_OF_ONE_CODE) this.#faults.push(fault);
  }

  /** The faults in the order of the text. */
  list(): readonly Diagnostic[] {
    return this.#faults
      .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
      .map((fault) => ({
        ...fault,
        message: readable(fault.message),
        position: positionIn(this.document, fault.span.start),
      }));
  }
}
