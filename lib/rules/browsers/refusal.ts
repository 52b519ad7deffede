import type { RfcRef } from "../../rfc.ts";
import type { Message, Span } from "../../text.ts";

/** That a browser refuses a text, in the browser's own words, and where. */
export interface Refusal {
  /** The sentence that stands at the end of the browser's error message. */
  readonly reason: string;
  /** The place the sentence speaks of; absent when it speaks of the whole text. */
  readonly span?: Span;
  /** The text was read, and refused when it was applied; where the browser tells the two apart. */
  readonly isRead?: boolean;
}

/** One kind of sentence that a browser refuses with, and what it means. */
export interface RefusalKind {
  /** `chromium/…` or `firefox/…`, permanent. */
  readonly code: `${string}/${string}`;
  /** Recognises the sentence. Anchored or without nested repetition, so that it is fast on any text. */
  readonly pattern: RegExp;
  /** The rule of the catalog that demands the same, where there is one. */
  readonly rule?: `${string}/${string}`;
  readonly rfc: RfcRef;
  /** What is wrong and what to do, in one or two sentences. */
  readonly meaning: Message;
}

/** The kind whose pattern fits a sentence; the last entry of a table fits every sentence. */
export function kindOf(reason: string, kinds: readonly RefusalKind[]): RefusalKind | undefined {
  return kinds.find(({ pattern }) => pattern.test(reason));
}

/** Stops a reading at the first thing that a browser refuses; caught where the reading began. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}
