import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import { TraceRefused } from "./trace-refused.ts";

/**
 * How much a server keeps. Nothing is deleted for what is new: what goes over a limit is refused. `Infinity` is no limit.
 */
export interface TraceLimits {
  /** Of one trace's file, in bytes; 256 MiB unless told otherwise. */
  readonly maxTraceBytes?: number;
  /** How many traces the folder holds, those of former runs too; 1000 unless told otherwise. */
  readonly maxTraces?: number;
  /** Of all traces of the folder together, in bytes; 4 GiB unless told otherwise. */
  readonly maxTotalBytes?: number;
}

/** What room a folder has for traces. */
export interface TraceRoom {
  /** Makes room for one more trace, with a header of so many bytes. Throws a `TraceRefused` where there is none. */
  begin(id: string, bytes: number): void;
  /** Makes room for so many bytes more of a trace that has `size`. Throws a `TraceRefused` where there is none. */
  grow(id: string, size: number, bytes: number): void;
}

/** Measures the files of that ending in a folder. Throws a `RangeError` for a limit that is no number above 0. */
export function createTraceRoom(
  folder: string,
  extension: string,
  limits: TraceLimits = {},
): TraceRoom {
  const {
    maxTraceBytes = 256 * MIB,
    maxTraces = 1000,
    maxTotalBytes = 4096 * MIB,
  } = checked(limits);

  const measure = (): { traces: number; bytes: number } => {
    const names = readdirSync(folder).filter((name) => name.endsWith(extension));
    const sizes = names.map((name) => sizeOf(join(folder, name)));
    return { traces: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  };
  let held = measure().bytes;

  const grow = (id: string, size: number, bytes: number): void => {
    if (size + bytes > maxTraceBytes) throw tooLarge(id, maxTraceBytes);
    // Who has deleted traces meanwhile need not start the server anew.
    if (held + bytes > maxTotalBytes) held = measure().bytes;
    if (held + bytes > maxTotalBytes) throw noRoom(maxTotalBytes);
    held += bytes;
  };

  return {
    begin(id, bytes) {
      if (measure().traces >= maxTraces) throw tooManyTraces(maxTraces);
      grow(id, 0, bytes);
    },
    grow,
  };
}

const MIB = 1024 * 1024;

function checked(limits: TraceLimits): TraceLimits {
  for (const [name, limit] of Object.entries(limits)) {
    if (limit === undefined || limit > 0) continue;
    throw new RangeError(`${name} is a number above 0; got ${limit}.`);
  }
  return limits;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function tooLarge(id: string, limit: number): TraceRefused {
  const size = printSize(limit);
  return new TraceRefused("trace-too-large", {
    en: `The trace ${id} is longer than ${size.en}, the most that this server keeps of one; what came before stays in its file. --max-trace-size (maxTraceBytes) raises that.`,
    ko: withParticles(
      `트레이스(${id})가 이 서버의 트레이스당 한도인 ${size.ko}을(를) 넘습니다. 그 전까지의 내용은 파일에 남습니다. 한도는 --max-trace-size(maxTraceBytes)로 늘립니다.`,
    ),
  });
}

function tooManyTraces(limit: number): TraceRefused {
  return new TraceRefused("too-many-traces", {
    en: `The folder of the traces holds ${limit}, the most that this server keeps. Delete some, or raise that with --max-traces (maxTraces).`,
    ko: `트레이스 폴더에 이 서버의 한도인 ${limit}개가 이미 있습니다. 일부를 지우거나 --max-traces(maxTraces)로 한도를 늘리십시오.`,
  });
}

function noRoom(limit: number): TraceRefused {
  const size = printSize(limit);
  return new TraceRefused("no-room", {
    en: `The traces in the folder have ${size.en} together, the most that this server keeps. Delete some, or raise that with --max-total-size (maxTotalBytes).`,
    ko: `트레이스 폴더의 전체 크기가 이 서버의 한도(${size.ko})에 이르렀습니다. 일부를 지우거나 --max-total-size(maxTotalBytes)로 한도를 늘리십시오.`,
  });
}

/** Such as `256 MiB`; in bytes where it is no whole number of MiB. */
function printSize(bytes: number): Message {
  if (bytes % MIB !== 0) return { en: `${bytes} bytes`, ko: `${bytes}바이트` };
  const isGib = bytes % (1024 * MIB) === 0;
  const text = isGib ? `${bytes / (1024 * MIB)} GiB` : `${bytes / MIB} MiB`;
  return { en: text, ko: text };
}
