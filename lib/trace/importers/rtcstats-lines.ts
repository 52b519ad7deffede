import type { Diagnostic } from "../../diagnostic.ts";
import type { ImportSource } from "../import-source.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import type { JsonLine } from "../json-lines.ts";
import { readJsonLines } from "../json-lines.ts";
import { readJson } from "../read-json.ts";
import type { RtcstatsEntry } from "../rtcstats-log.ts";
import { createStatsChanges, rtcstatsTraces } from "../rtcstats-log.ts";

/**
 * rtcstats before file format 3, as Jitsi stores it too: arrays with a time in milliseconds since 1970, not always in order.
 *
 *     ["create","PC_0",{"iceServers":[]},1697705722108]
 *     {"statsSessionId":"…","type":"stats-entry","data":"[\"create\",\"PC_0\",{},1697705722108,1]"}
 */
export const rtcstatsLines: Importer = defineImporter({
  id: "rtcstats-lines",
  name: {
    en: "rtcstats log without header (rtcstats v1 and v2, Jitsi)",
    ko: "헤더 없는 rtcstats 로그(rtcstats v1·v2, Jitsi)",
  },
  recognise(source) {
    const lines = headLines(source);
    const found = lines.filter((line) => isEvent(line) || isWire(line)).length;
    const isArrays = lines.filter((line) => Array.isArray(line)).length;
    const fits = found > 0 && found >= lines.length / 2;
    return {
      fits,
      likeness: fits ? 0.9 : isArrays > 0 ? 0.3 : 0,
      reason: fits
        ? {
            en: "Its lines are [method, connection, value, …, time].",
            ko: "줄이 [method, connection, value, …, time] 형태입니다.",
          }
        : {
            en: "Its lines are not [method, connection, value, …, time].",
            ko: "줄이 [method, connection, value, …, time] 형태가 아닙니다.",
          },
    };
  },
  read(source) {
    const { lines, diagnostics, isCut } = readJsonLines(source.text);
    const found: Diagnostic[] = [...diagnostics];
    let agent: string | undefined;
    let address: string | undefined;
    let bridges = 0;
    const events: Line[] = [];
    for (const line of lines) {
      const inner = isWire(line.value) ? wireData(line.value) : line.value;
      if (Array.isArray(inner)) {
        const event = readEvent(inner, line);
        if (event) events.push(event);
      } else if (inner !== line.value) bridges++;
      if (Array.isArray(inner) && inner[0] !== "connectionInfo") continue;
      const fields = fieldsOf(Array.isArray(inner) ? inner[2] : inner);
      agent ??= textOf(fields["userAgent"]);
      const origin = textOf(fields["origin"]);
      if (origin !== undefined) address ??= `${origin}${textOf(fields["path"]) ?? ""}`;
    }
    if (bridges > 0) found.push(bridgeLines(bridges));
    // The sort is stable: lines of one millisecond keep their order.
    const sorted = events.toSorted((a, b) => a.at - b.at);
    const isSorted = sorted.every((event, index) => event === events[index]);
    if (!isSorted) found.push(outOfOrder);

    const stats = new Map<string, StatsReader>();
    const entries = sorted.flatMap(({ at, event, origin }): RtcstatsEntry[] => {
      const [name, pc, given] = event;
      if (name === "connectionInfo") return [];
      const id = pc === null || pc === undefined || pc === "" ? null : String(pc);
      if (name !== "getstats" && name !== "getStats") {
        return [{ at, name: String(name), pc: id, value: given, origin }];
      }
      if (id === null) return [];
      const reader = stats.get(id) ?? createStatsReader();
      stats.set(id, reader);
      return [{ at, name: "getStats", pc: id, value: reader(name, fieldsOf(given)), origin }];
    });
    return rtcstatsTraces({
      format: "rtcstats-lines",
      source,
      clock: "wall",
      entries,
      agent,
      address,
      isCut,
      limits: [],
      diagnostics: found,
    });
  },
});

interface Line {
  readonly at: number;
  readonly event: readonly unknown[];
  readonly origin: number;
}

/** The first lines, as far as they are whole. */
function headLines({ head, text }: ImportSource): readonly unknown[] {
  const isLong = !head.includes("\n");
  const start = text.indexOf(head.slice(0, 64));
  const end = isLong ? text.indexOf("\n", start) : -1;
  const part = isLong ? text.slice(start, end === -1 ? text.length : end) : head;
  if (!/^[[{]/.test(part) || part.length > LONGEST) return [];
  const lines = part.split("\n").slice(0, 12);
  // The last one may be cut by the head's size.
  return lines.flatMap((line, index) => {
    if (line.trim() === "" || (index > 0 && index === lines.length - 1)) return [];
    const reading = readJson(line);
    return reading.isCut && index > 0 ? [] : [reading.value];
  });
}

/** A first line longer than this is a whole document and none of a log. */
const LONGEST = 1_000_000;

function isEvent(value: unknown): boolean {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const isOfConnection =
    value[1] === null || typeof value[1] === "string" || value[1] === undefined;
  return isOfConnection && timeOf(value) !== undefined;
}

function isWire(value: unknown): value is Readonly<Record<string, unknown>> {
  const { statsSessionId, type } = fieldsOf(value);
  return typeof statsSessionId === "string" && typeof type === "string";
}

function wireData({ data }: Readonly<Record<string, unknown>>): unknown {
  return typeof data === "string" ? readJson(data).value : data;
}

function readEvent(event: readonly unknown[], { at: origin }: JsonLine): Line | undefined {
  const at = timeOf(event);
  return at === undefined ? undefined : { at, event, origin };
}

/** The first number after the value that can be a time; a sequence number may follow it. */
function timeOf(event: readonly unknown[]): number | undefined {
  const time = event
    .slice(2)
    .find((value) => typeof value === "number" && value > 1e12 && value < 1e14);
  if (typeof time === "number") return time;
  const text = event.at(-1);
  const at =
    typeof text === "string" && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

type StatsReader = (
  name: unknown,
  report: Readonly<Record<string, unknown>>,
) => Record<string, unknown>;

/** `getStats` is a whole report, `getstats` what changed: a `timestamp` of 0 stands for the one at the top. */
function createStatsReader(): StatsReader {
  const changes = createStatsChanges();
  const full = new Map<string, Readonly<Record<string, unknown>>>();
  return (name, report) => {
    if (name === "getStats") return changes(report);
    const shared = report["timestamp"];
    const result: Record<string, unknown> = {};
    for (const [id, value] of Object.entries(report)) {
      if (id === "timestamp" || typeof value !== "object" || value === null) continue;
      const fields = fieldsOf(value);
      const timestamp = fields["timestamp"] || shared;
      const entry = {
        id,
        ...full.get(id),
        ...fields,
        ...(timestamp !== undefined && { timestamp }),
      };
      full.set(id, entry);
      result[id] = entry;
    }
    return result;
  };
}

const outOfOrder: Diagnostic = {
  code: "import/out-of-order",
  severity: "info",
  message: {
    en: "The lines are not in order of time; they were sorted.",
    ko: "줄이 시간순이 아니어서 정렬했습니다.",
  },
};

function bridgeLines(count: number): Diagnostic {
  return {
    code: "import/bridge-lines",
    severity: "warning",
    message: {
      en: `${count} lines come from a bridge or a conference focus (JVB, Jicofo) and not from a client; they are not supported and were left out.`,
      ko: `줄 ${count}개는 클라이언트가 아니라 브리지나 포커스(JVB, Jicofo)의 기록입니다. 지원하지 않으므로 제외했습니다.`,
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
