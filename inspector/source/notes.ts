import type { NoteEvent, Trace, TraceEvent } from "../../lib/index.ts";

/** What somebody who reads a trace wrote about one of its events; without a text it is a bookmark. */
export interface Note {
  /** The event's `seq`. */
  readonly seq: number;
  readonly text: string;
}

/** The longest text of a note, in characters. */
export const NOTE_LENGTH = 2000;

/** So many notes of readers are taken out of a trace; more is no person's work, and stays in it as events. */
const MOST_NOTES = 1000;

/** What a bookmark says in a trace, where a text is needed. */
const BOOKMARK = "★";

/**
 * The trace with a `note` event after each event that somebody wrote about: of the same peer and connection, at the same
 * time, and marked as a reader's. What follows is numbered anew, so that the trace has no two events of one `seq`.
 */
export function withNotes(trace: Trace, notes: readonly Note[]): Trace {
  if (notes.length === 0) return trace;
  const texts = new Map(notes.map(({ seq, text }) => [seq, text]));
  const events: TraceEvent[] = [];
  let added = 0;
  for (const event of trace.events) {
    events.push(added === 0 ? event : { ...event, seq: event.seq + added });
    const text = texts.get(event.seq);
    if (text === undefined) continue;
    added++;
    const { seq, t, peer, pc } = event;
    events.push({
      seq: seq + added,
      t,
      ...(peer !== undefined && { peer }),
      ...(pc !== undefined && { pc }),
      kind: "note",
      text: text === "" ? BOOKMARK : text,
      by: "reader",
    });
  }
  return { header: trace.header, events };
}

/**
 * Takes the readers' notes out of a trace: the other events have the numbers again that they were recorded with, so that
 * links and notes mean the same events in every copy.
 */
export function liftNotes(trace: Trace): { readonly trace: Trace; readonly notes: Note[] } {
  if (!trace.events.some(isReaders)) return { trace, notes: [] };
  const notes = new Map<number, string>();
  const events: TraceEvent[] = [];
  let lifted = 0;
  for (const event of trace.events) {
    const last = events.at(-1);
    if (last && lifted < MOST_NOTES && isReaders(event)) {
      lifted++;
      const text = event.text === BOOKMARK ? "" : event.text.slice(0, NOTE_LENGTH);
      const before = notes.get(last.seq);
      notes.set(last.seq, before ? `${before}\n${text}` : text);
    } else events.push(lifted === 0 ? event : { ...event, seq: event.seq - lifted });
  }
  return {
    trace: { header: trace.header, events },
    notes: [...notes].map(([seq, text]) => ({ seq, text })),
  };
}

/** Notes as they were kept; what is none is left out. `undefined` where none were kept. */
export function readNotes(kept: string | null): readonly Note[] | undefined {
  if (kept === null) return undefined;
  try {
    const list: unknown = JSON.parse(kept);
    if (!Array.isArray(list)) return undefined;
    return list.slice(0, MOST_NOTES).flatMap((value: Partial<Note> | null): Note[] => {
      const { seq, text } = value ?? {};
      if (!Number.isSafeInteger(seq) || typeof text !== "string") return [];
      return [{ seq: seq as number, text: text.slice(0, NOTE_LENGTH) }];
    });
  } catch {
    return undefined;
  }
}

/** The notes with one put in, changed, or (without a text) taken out; in the order of the events. */
export function setNote(
  notes: readonly Note[],
  seq: number,
  text: string | undefined,
): readonly Note[] {
  const others = notes.filter((note) => note.seq !== seq);
  if (text === undefined) return others;
  return [...others, { seq, text: text.slice(0, NOTE_LENGTH) }].sort((a, b) => a.seq - b.seq);
}

function isReaders(event: TraceEvent): event is NoteEvent {
  return event.kind === "note" && event.by === "reader";
}
