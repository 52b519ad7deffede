import { existsSync } from "node:fs";
import { recogniseOther } from "../sdp/not-sdp.ts";
import type { DescriptionInit, TraceEvent } from "../trace/event.ts";
import { importTrace } from "../trace/import-trace.ts";
import { readDescriptionInit, readPayload } from "../trace/payload.ts";
import type { Trace } from "../trace/trace.ts";
import type { CommandIo } from "./command.ts";
import { UsageError } from "./command.ts";
import { inFile } from "./in-file.ts";
import { readInput } from "./read-input.ts";

/**
 * The SDP of a file or of the standard input: the text itself, `{ type, sdp }` as JSON, or one description out of a dump or
 * trace. Where there are several, `name#2` takes the second; without a number they are listed in a `UsageError`.
 */
export async function readSdp(io: CommandIo, name: string = "-"): Promise<string> {
  const numbered = /^(.+)#(\d+)$/.exec(name);
  const [, file, number] = numbered && !existsSync(name) ? numbered : [undefined, name, undefined];
  const text = await readInput(io, file);
  if (!mayHold(text)) return text;
  const found = descriptionsOf(importTrace(text).traces);
  const [only] = found;
  if (number !== undefined) {
    const chosen = found[Number(number) - 1];
    if (chosen) return chosen.description.sdp;
    throw new UsageError(noSuch(name, found));
  }
  if (only === undefined) return text;
  if (found.length === 1) return only.description.sdp;
  throw new UsageError(several(file ?? "-", found));
}

/**
 * As `readSdp`, for what needs a description to work on: throws a `UsageError` for a text without a line of SDP,
 * which says what it is instead.
 */
export async function demandSdp(io: CommandIo, name: string = "-"): Promise<string> {
  const text = await readSdp(io, name);
  const other = recogniseOther(text);
  if (other) throw new UsageError(inFile(name, other.message));
  return text;
}

/** SDP stays as it is, faults and all; anything that begins like a dump or JSON is imported. */
function mayHold(text: string): boolean {
  return /^\s*(?:[[{<]|RTCStatsDump|\+{4})/.test(text.slice(0, 200));
}

interface Found {
  readonly description: DescriptionInit;
  readonly place: string;
}

/** Each description once, in the order of the traces, with where it stands and what was done with it. */
function descriptionsOf(traces: readonly Trace[]): readonly Found[] {
  const found = new Map<string, Found>();
  for (const { events } of traces) {
    const methods = new Map<number, string>();
    const start = events[0]?.t ?? 0;
    for (const event of events) {
      if (event.kind === "call") methods.set(event.call, event.method);
      const [description, deed] = descriptionIn(event, methods);
      if (!description?.sdp) continue;
      const seconds = ((event.t - start) / 1000).toFixed(3);
      const place = [event.peer, event.pc, deed, description.type, `${seconds} s`];
      const key = `${description.type} ${description.sdp}`;
      if (!found.has(key)) found.set(key, { description, place: place.filter(Boolean).join(" ") });
    }
  }
  return [...found.values()];
}

/** The description in an event, and the call or message that has it. */
function descriptionIn(
  event: TraceEvent,
  methods: ReadonlyMap<number, string>,
): readonly [description?: DescriptionInit | undefined, deed?: string | undefined] {
  switch (event.kind) {
    case "call":
      return [readDescriptionInit(event.arguments[0]), event.method];
    case "settle":
      return [readDescriptionInit(event.result), methods.get(event.call)];
    case "signal":
      return [signalled(event.data), event.direction === "in" ? "received" : "sent"];
    default:
      return [];
  }
}

function signalled(data: unknown): DescriptionInit | undefined {
  const payload = readPayload(data);
  return payload.kind === "description" ? payload.description : undefined;
}

function list(name: string, found: readonly Found[]): string {
  return found.map(({ place }, index) => `\n  ${name}#${index + 1}  ${place}`).join("");
}

function several(name: string, found: readonly Found[]): UsageError["sentence"] {
  return {
    en: `${JSON.stringify(name)} holds ${found.length} descriptions; name one of them:${list(name, found)}`,
    ko: `${JSON.stringify(name)}에 description이 ${found.length}개 있습니다. 하나를 고르십시오:${list(name, found)}`,
  };
}

function noSuch(name: string, found: readonly Found[]): UsageError["sentence"] {
  return {
    en: `There is no description ${JSON.stringify(name)}; the file holds ${found.length}.`,
    ko: `${JSON.stringify(name)}에 해당하는 description이 없습니다. 파일에는 ${found.length}개가 있습니다.`,
  };
}
