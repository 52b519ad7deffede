import type { Diagnostic } from "../../lib/index.ts";
import { checkAnswer, checkReoffer, explainRefusal, lint } from "../../lib/index.ts";

/** A text that somebody wants judged by itself, outside of any session. */
export type Judgement =
  | {
      readonly kind: "description";
      readonly sdp: string;
      readonly type?: "offer" | "answer" | undefined;
    }
  | { readonly kind: "answer"; readonly offer: string; readonly answer: string }
  | { readonly kind: "reoffer"; readonly previous: string; readonly next: string }
  | { readonly kind: "refusal"; readonly message: string; readonly sdp?: string | undefined };

/** What the rules say to a text; never throws on content. */
export function judge(wanted: Judgement): readonly Diagnostic[] {
  switch (wanted.kind) {
    case "description":
      return lint(wanted.sdp, { type: wanted.type });
    case "answer":
      return checkAnswer(wanted.offer, wanted.answer);
    case "reoffer":
      return checkReoffer(wanted.previous, wanted.next);
    case "refusal":
      return explainRefusal(wanted.message, wanted.sdp);
    default:
      return wanted satisfies never;
  }
}
