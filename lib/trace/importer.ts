import type { Diagnostic } from "../diagnostic.ts";
import type { Message } from "../text.ts";
import type { ImportSource } from "./import-source.ts";
import type { Trace } from "./trace.ts";

/** A format that sessions can be imported from, one file each. */
export interface Importer {
  /** As `header.source.format` names it. */
  readonly id: string;
  /** What people call it. */
  readonly name: Message;
  /** Whether a text is of this format, told by its content alone. Cheap, and never throws. */
  recognise(source: ImportSource): Recognition;
  /**
   * Reads a text that was recognised. Never throws: what cannot be read is reported and left out.
   * What the format cannot know stands in each trace's `header.source.limits`.
   */
  read(source: ImportSource): ImportReading;
}

/** How well a text fits a format. */
export interface Recognition {
  readonly fits: boolean;
  /** 0 nothing in common … 1 certain. Orders the formats: the first one that fits is taken, the first that does not is the nearest. */
  readonly likeness: number;
  /** Why it fits or does not, with what was looked for. */
  readonly reason: Message;
}

/** What an importer made of a text. */
export interface ImportReading {
  readonly traces: readonly Trace[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Declares an importer. */
export function defineImporter(importer: Importer): Importer {
  return importer;
}
