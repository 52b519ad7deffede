import type { Language, Message } from "../text.ts";

/** A command of the command line, one file each. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: Message;
  /** What stands after the command's name, such as `[FILE]`; empty for nothing but options. */
  readonly operands: string;
  readonly options: readonly CommandOption[];
  /** Does the work. Resolves with the exit code: 0 clean, 1 findings. Throws a `UsageError` for a wrong use: exit code 2. */
  run(invocation: Invocation): Promise<number>;
}

/** An option of a command: `--port PORT`, or `--exit` without a value. */
export interface CommandOption {
  readonly name: string;
  /** What its value is called in the help; a switch has none. */
  readonly value?: string;
  readonly description: Message;
}

/** How a command was called. */
export interface Invocation {
  /** The values of options by name; `true` for a switch. */
  readonly options: Readonly<Record<string, string | true>>;
  readonly operands: readonly string[];
  readonly lang: Language;
  /** Print JSON, one value a line, instead of sentences. */
  readonly json: boolean;
  readonly io: CommandIo;
}

/** What a command sees of the process. */
export interface CommandIo {
  /** Prints a line. */
  readonly out: (line: string) => void;
  /** Prints a text as it is, without a line end of its own: an SDP keeps its bytes. */
  readonly write: (text: string) => void;
  /** Prints a line for people, on the error output. */
  readonly err: (line: string) => void;
  /** Everything on the standard input, as bytes where it may be compressed. */
  readonly input: () => Promise<string | Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the output is a terminal that shows colours. */
  readonly isColour: boolean;
  /**
   * Aborted by Ctrl-C, for a command that runs until then and ends cleanly. Any other command leaves it alone: Ctrl-C
   * ends that at once.
   */
  readonly signal: AbortSignal;
  /** How wide the terminal is; absent where the output is none. */
  readonly columns?: number | undefined;
  /** Whether somebody would have to type the standard input. */
  readonly isInputTerminal?: boolean;
}

/** A wrong use of a command, or something that keeps it from running: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly sentence: Message;

  constructor(sentence: Message) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

/** Declares a command. */
export function defineCommand(command: Command): Command {
  return command;
}
