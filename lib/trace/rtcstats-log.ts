import type { Diagnostic } from "../diagnostic.ts";
import type { ApiEntry } from "./api-log.ts";
import { apiEvents } from "./api-log.ts";
import type { TimedEvent } from "./assemble.ts";
import { assembleTrace, isTime } from "./assemble.ts";
import type { DumpedPage } from "./ends.ts";
import { sortEnds } from "./ends.ts";
import type { ImportSource } from "./import-source.ts";
import type { ImportReading } from "./importer.ts";
import { createPairWatcher } from "./stats-pairs.ts";
import type { TraceHeader } from "./trace.ts";
import type { TraceLimit } from "./trace-limit.ts";

/** One line of an rtcstats log, decompressed. */
export interface RtcstatsEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly name: string;
  /** `null` for what belongs to the page. */
  readonly pc: string | null;
  /** For `getStats` the entries that changed, by id. */
  readonly value: unknown;
  readonly correlation?: string;
  /** Chromium's `create` carries the page's address. */
  readonly address?: string;
  /** The offset of the line. */
  readonly origin: number;
}

/** A log and what its header says. */
export interface RtcstatsLog {
  readonly format: string;
  readonly source: ImportSource;
  readonly clock: TraceHeader["clock"];
  readonly entries: readonly RtcstatsEntry[];
  readonly agent?: string | undefined;
  readonly address?: string | undefined;
  readonly isCut: boolean;
  readonly limits: readonly TraceLimit[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes traces of an rtcstats log, whatever wrote it. Entries come in order of time. */
export function rtcstatsTraces(log: RtcstatsLog): ImportReading {
  const entries = withLostConnections(log.entries).filter(({ at }) => isTime(at));
  const pages = new Map<string, DumpedPage>();
  const pageOf = (pc: string | null, address = log.address): DumpedPage => {
    const id = pageId(pc) ?? pages.keys().next().value ?? "client";
    const known = pages.get(id);
    if (known && (known.address !== undefined || address === undefined)) return known;
    const page: DumpedPage = {
      id,
      name: id === "client" ? id : `tab ${id}`,
      ...(log.agent !== undefined && { engine: log.agent }),
      ...(address !== undefined && { address }),
    };
    pages.set(id, page);
    return page;
  };

  let calls = 0;
  const nextCall = (): number => ++calls;
  const events: TimedEvent[] = [];
  const byConnection = new Map<string, RtcstatsEntry[]>();
  // Pages are made in the order of their connections, so that what belongs to none finds one.
  for (const { pc, address } of entries) if (isConnection(pc)) pageOf(pc, address);
  for (const entry of entries) {
    if (!isConnection(entry.pc)) {
      events.push(pageNote(entry, pageOf(entry.pc, entry.address).id));
      continue;
    }
    const list = byConnection.get(entry.pc);
    if (list) list.push(entry);
    else byConnection.set(entry.pc, [entry]);
  }
  let hasStats = false;
  let hasDescriptions = false;
  let lacksDescriptions = false;
  for (const [pc, list] of byConnection) {
    const at = { peer: pageOf(pc).id, pc };
    const calls = list.filter(({ name }) => name !== "getStats");
    const translated = apiEvents(calls.map(toApiEntry), { ...at, nextCall });
    events.push(...translated);
    const texts: string[] = [];
    for (const { event } of translated) {
      if (event.kind === "candidate" && event.candidate) texts.push(event.candidate.candidate);
      if (event.kind !== "call" || !/^set(?:Local|Remote)Description$/.test(event.method)) continue;
      const { sdp } = (event.arguments[0] ?? {}) as { readonly sdp?: unknown };
      if (sdp) hasDescriptions = true;
      else if (event.method === "setRemoteDescription") lacksDescriptions = true;
    }
    const watcher = createPairWatcher(texts);
    for (const entry of list) {
      if (entry.name !== "getStats" || !isObject(entry.value)) continue;
      const report = withoutComputed(entry.value);
      for (const pair of watcher.observe(report))
        events.push({ at: entry.at, event: { ...at, ...pair } });
      events.push({ at: entry.at, event: { ...at, origin: entry.origin, kind: "stats", report } });
      hasStats = true;
    }
  }

  const limits: TraceLimit[] = [
    "no-signaling",
    ...log.limits,
    ...(lacksDescriptions && !hasDescriptions ? (["no-descriptions"] as const) : []),
    ...(hasStats ? [] : (["no-stats"] as const)),
    ...(log.isCut ? (["cut-off"] as const) : []),
  ];
  const traces = sortEnds([...pages.values()], events).map((session, index) =>
    assembleTrace({
      format: log.format,
      source: log.source,
      clock: log.clock,
      agent: log.agent,
      limits,
      ...session,
      number: index + 1,
    }),
  );
  const empty = traces.length === 0 ? [nothingInIt] : [];
  return { traces, diagnostics: [...log.diagnostics, ...empty] };
}

/** Follows full `getStats` reports of one connection and gives the entries that changed since the one before; `null` for those that are gone. */
export function createStatsChanges(): (
  report: Readonly<Record<string, unknown>>,
) => Record<string, unknown> {
  let before: Readonly<Record<string, unknown>> = {};
  return (report) => {
    const changes: Record<string, unknown> = {};
    for (const [id, entry] of Object.entries(report)) {
      if (textOf(before[id]) !== textOf(entry)) changes[id] = entry;
    }
    for (const id of Object.keys(before)) if (!Object.hasOwn(report, id)) changes[id] = null;
    before = report;
    return changes;
  };
}

function textOf(entry: unknown): string | undefined {
  return JSON.stringify(entry, (name, value) => (name === "timestamp" ? undefined : value));
}

/** Chromium's connections are `rid-lid`, with `rid-0` for requests of a page; rtcstats numbers those of one page. */
function pageId(pc: string | null): string | undefined {
  if (pc === null) return undefined;
  return /^(\d+)-\d+$/.exec(pc)?.[1] ?? "client";
}

function isConnection(pc: string | null): pc is string {
  return pc !== null && pc !== "undefined-undefined" && !/^\d+-0$/.test(pc);
}

/** Chromium before 145 wrote `setLocalDescription` without its connection; the description tells whose it is. */
function withLostConnections(entries: readonly RtcstatsEntry[]): readonly RtcstatsEntry[] {
  if (!entries.some(({ pc }) => pc === "undefined-undefined")) return entries;
  const owners = new Map<string, string>();
  return entries.map((entry) => {
    const sdp = isObject(entry.value) ? entry.value["sdp"] : undefined;
    if (typeof sdp !== "string") return entry;
    if (isConnection(entry.pc)) {
      if (entry.name.startsWith("create")) owners.set(sdp, entry.pc);
      return entry;
    }
    const owner = owners.get(sdp);
    return owner === undefined ? entry : { ...entry, pc: owner };
  });
}

function toApiEntry({ at, name, value, correlation, origin }: RtcstatsEntry): ApiEntry {
  return { at, name, value, origin, ...(correlation !== undefined && { correlation }) };
}

function pageNote({ at, name, value, origin }: RtcstatsEntry, peer: string): TimedEvent {
  const shown = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const text = `${name}${shown === "" || shown === "null" ? "" : `: ${shown}`}`.slice(0, 2000);
  return { at, event: { peer, origin, kind: "note", text } };
}

/** Chromium adds rates of its own, in brackets, that were no part of getStats. */
function withoutComputed(
  report: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(report).map(([id, entry]) => {
      if (!isObject(entry)) return [id, entry];
      const fields = Object.entries(entry);
      if (!fields.some(([name]) => name.startsWith("["))) return [id, entry];
      return [id, Object.fromEntries(fields.filter(([name]) => !name.startsWith("[")))];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const nothingInIt: Diagnostic = {
  code: "import/no-connections",
  severity: "warning",
  message: { en: "The log holds no events.", ko: "로그에 이벤트가 없습니다." },
};
