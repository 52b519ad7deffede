import type { Message } from "../text.ts";
import type { IntakeRefusal } from "../trace/feed.ts";

/** A trace is over a limit of the server: nothing of it was taken, or nothing more is. */
export class TraceRefused extends Error {
  override readonly name = "TraceRefused";
  readonly code: Extract<IntakeRefusal, "trace-too-large" | "too-many-traces" | "no-room">;
  /** The message in both languages. */
  readonly sentence: Message;

  constructor(code: TraceRefused["code"], sentence: Message) {
    super(sentence.en);
    this.code = code;
    this.sentence = sentence;
  }
}
