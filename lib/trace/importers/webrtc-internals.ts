import type { Diagnostic } from "../../diagnostic.ts";
import type { ApiEntry } from "../api-log.ts";
import { apiEvents, readValue } from "../api-log.ts";
import type { TimedEvent } from "../assemble.ts";
import { assembleTrace, isTime } from "../assemble.ts";
import type { DumpedPage } from "../ends.ts";
import { sortEnds } from "../ends.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { jsonDiagnostics } from "../json-diagnostics.ts";
import type { DateOrder } from "../locale-time.ts";
import { readLocaleTime } from "../locale-time.ts";
import { readMoments } from "../stats-moments.ts";
import { createPairWatcher } from "../stats-pairs.ts";
import type { TraceLimit } from "../trace-limit.ts";

/**
 * The dump of `chrome://webrtc-internals`, of every era: what changed over the years is told by the shape of each entry,
 * never by the browser's version.
 */
export const webrtcInternals: Importer = defineImporter({
  id: "webrtc-internals",
  name: { en: "webrtc-internals dump", ko: "webrtc-internals 덤프" },
  recognise({ head, text }) {
    const isObject = head.startsWith("{");
    const hasConnections = isObject && /"PeerConnections"\s*:\s*\{/.test(head.slice(0, 4096));
    const fits =
      hasConnections ||
      (isObject && !/^\{\s*"log"\s*:/.test(head) && text.includes('"PeerConnections"'));
    const isBegun = isObject && /"getUserMedia"|"UserAgentData"|"updateLog"/.test(head);
    return {
      fits,
      likeness: hasConnections ? 0.98 : fits ? 0.9 : isBegun ? 0.4 : isObject ? 0.1 : 0,
      reason: fits
        ? { en: 'It has "PeerConnections".', ko: '"PeerConnections"가 있습니다.' }
        : isObject
          ? { en: 'It has no "PeerConnections".', ko: '"PeerConnections"가 없습니다.' }
          : { en: "It is no JSON object.", ko: "JSON 객체가 아닙니다." },
    };
  },
  read(source) {
    const json = source.json();
    const dump = fieldsOf(json.value);
    const connections = Object.entries(fieldsOf(dump["PeerConnections"])).map(
      ([key, value]): Connection => ({ key, fields: fieldsOf(value) }),
    );
    const clock = createClock(connections);
    const diagnostics: Diagnostic[] = [...jsonDiagnostics(json)];
    const agent = agentOf(dump);
    const dumped = timeOf(dump["timestamp"]);

    const pages = new Map<string, DumpedPage>();
    /** By process and address: one process may have several pages. */
    const places = new Map<string, DumpedPage>();
    const twinsOf = new Map<string, number>();
    const pageOf = (renderer: string, url: unknown): DumpedPage => {
      const address = typeof url === "string" && url !== "" ? url : undefined;
      const key = `${renderer} ${address ?? ""}`;
      const known = places.get(key) ?? (address === undefined ? pages.get(renderer) : undefined);
      if (known) return known;
      const twins = (twinsOf.get(renderer) ?? 0) + 1;
      twinsOf.set(renderer, twins);
      const page: DumpedPage = {
        id: twins === 1 ? renderer : `${renderer}.${twins}`,
        name: `tab ${renderer}${twins === 1 ? "" : `.${twins}`}`,
        ...(agent !== undefined && { engine: agent }),
        ...(address !== undefined && { address }),
      };
      pages.set(page.id, page);
      places.set(key, page);
      return page;
    };

    let calls = 0;
    const nextCall = (): number => ++calls;
    const events: TimedEvent[] = [];
    for (const { key, fields } of connections) {
      const page = pageOf(key.slice(0, Math.max(0, key.lastIndexOf("-"))) || key, fields["url"]);
      const at = { peer: page.id, pc: key };
      const entries = clock.entries(fields["updateLog"]);
      const series = readMoments(fieldsOf(fields["stats"]));
      const begin = Math.min(entries[0]?.at ?? Infinity, series[0]?.at ?? Infinity);
      const start = Number.isFinite(begin) ? begin : timeOf(dump["timestamp"]);
      const configuration = fields["rtcConfiguration"];
      const created: ApiEntry[] = [{ at: start, name: "create", value: configuration }];
      const { constraints } = fields;
      if (typeof constraints === "string" && !/^\{?\s*\}?$/.test(constraints)) {
        created.push({ at: start, name: "constraints", value: constraints });
      }
      const log = apiEvents([...created, ...entries], { ...at, nextCall });
      events.push(...log);
      const watcher = createPairWatcher(
        log.flatMap(({ event }) =>
          event.kind === "candidate" && event.candidate ? [event.candidate.candidate] : [],
        ),
      );
      for (const { at: time, report } of series) {
        for (const pair of watcher.observe(report))
          events.push({ at: time, event: { ...at, ...pair } });
        events.push({ at: time, event: { ...at, kind: "stats", report } });
      }
      // What never happened is told by how long nothing did: until the dump was made.
      const last = events.at(-1)?.at ?? start;
      const isClosed = log.some(({ event }) => event.kind === "end");
      if (!isClosed && !clock.isLocal && dumped >= last)
        events.push({ at: dumped, event: { ...at, kind: "alive" } });
    }
    for (const request of mediaRequests(dump["getUserMedia"], clock)) {
      const { at, text, renderer, url } = request;
      events.push({ at, event: { peer: pageOf(renderer, url).id, kind: "note", text } });
    }

    const limits: TraceLimit[] = [
      "no-signaling",
      "no-refused-sdp",
      "no-end-of-candidates",
      "assumed-success",
      ...(clock.isLocal ? (["local-time"] as const) : []),
      ...(json.isCut ? (["cut-off"] as const) : []),
    ];
    const traces = sortEnds([...pages.values()], events).map((session, index) =>
      assembleTrace({
        format: "webrtc-internals",
        source,
        clock: clock.kind,
        agent,
        limits,
        ...session,
        number: index + 1,
      }),
    );
    if (traces.length === 0) diagnostics.push(noConnections);
    return { traces, diagnostics };
  },
});

interface Connection {
  /** `rid-lid`, or `pid-lid` in older ones. */
  readonly key: string;
  readonly fields: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

interface Clock {
  readonly kind: "wall" | "second";
  /** Times are local ones of an unknown zone. */
  readonly isLocal: boolean;
  entries(log: unknown): readonly ApiEntry[];
  time(fields: Fields): number;
}

/** A quarter of an hour: zones differ by multiples of it. */
const ZONE_STEP = 15 * 60_000;

/**
 * Entries have `timestamp`, milliseconds since 1970, or in older dumps `time` alone, written by the machine's locale in
 * whole seconds without a zone. Statistics have their start in UTC: day, month and zone are concluded from those.
 * Entries of one second keep their order and are spread evenly over it.
 */
function createClock(connections: readonly Connection[]): Clock {
  const logs = connections.map(({ fields }) => listOf(fields["updateLog"]));
  const isExact = logs.some((log) => log.some((entry) => isTime(timeOf(entry["timestamp"]))));
  const order = isExact ? undefined : dateOrder(connections);
  const offset = isExact ? undefined : zoneOffset(connections, order);
  const time = (fields: Fields): number => {
    const exact = timeOf(fields["timestamp"]);
    if (isTime(exact)) return exact;
    const written = readLocaleTime(String(fields["time"] ?? ""), order)?.at;
    return written === undefined ? Number.NaN : written + (offset ?? 0);
  };
  return {
    kind: isExact ? "wall" : "second",
    isLocal: !isExact && offset === undefined && logs.some((log) => log.length > 0),
    time,
    entries(log) {
      const entries = listOf(log).map((fields) => ({ fields, at: time(fields) }));
      const spread = isExact ? (at: number): number => at : spreader(entries.map(({ at }) => at));
      let last = entries.find(({ at }) => isTime(at))?.at ?? 0;
      return entries.flatMap(({ fields, at }): ApiEntry[] => {
        if (typeof fields["type"] !== "string") return [];
        // An entry whose time is damaged happened after the one before it.
        last = isTime(at) ? at : last;
        return [{ at: spread(last), name: fields["type"], value: fields["value"] }];
      });
    },
  };
}

/** Gives the entries of one second, in order, evenly spaced times in it. */
function spreader(times: readonly number[]): (at: number) => number {
  const counts = new Map<number, number>();
  for (const at of times) counts.set(at, (counts.get(at) ?? 0) + 1);
  const seen = new Map<number, number>();
  return (at) => {
    const index = seen.get(at) ?? 0;
    seen.set(at, index + 1);
    return at + Math.floor((index * 1000) / Math.max(1, counts.get(at) ?? 1));
  };
}

function dateOrder(connections: readonly Connection[]): DateOrder | undefined {
  for (const { fields } of connections) {
    const start = statsStart(fields);
    const [first] = listOf(fields["updateLog"]);
    const text = String(first?.["time"] ?? "");
    if (start === undefined || !readLocaleTime(text)?.isAmbiguous) continue;
    const distance = (order: DateOrder): number =>
      Math.abs((readLocaleTime(text, order)?.at ?? 0) - start);
    return distance("month-day") < distance("day-month") ? "month-day" : "day-month";
  }
  return undefined;
}

/** What to add to local times; `undefined` when nothing in the dump has a zone. */
function zoneOffset(
  connections: readonly Connection[],
  order: DateOrder | undefined,
): number | undefined {
  for (const { fields } of connections) {
    const start = statsStart(fields);
    const [first] = listOf(fields["updateLog"]);
    const local = readLocaleTime(String(first?.["time"] ?? ""), order)?.at;
    if (start === undefined || local === undefined) continue;
    // Statistics begin a moment after the connection: the zone is the nearest that does not put them before it.
    return Math.floor((start - local + 2000) / ZONE_STEP) * ZONE_STEP;
  }
  return undefined;
}

function statsStart(fields: Fields): number | undefined {
  let start: number | undefined;
  for (const series of Object.values(fieldsOf(fields["stats"]))) {
    const at = Date.parse(String(fieldsOf(series)["startTime"] ?? ""));
    if (isTime(at) && (start === undefined || at < start)) start = at;
  }
  return start;
}

interface MediaRequest {
  readonly at: number;
  readonly text: string;
  readonly renderer: string;
  readonly url: unknown;
}

/** Requests for camera, microphone and screen, and how they ended. */
function mediaRequests(value: unknown, clock: Clock): readonly MediaRequest[] {
  return listOf(value).flatMap((fields): MediaRequest[] => {
    const at = clock.time(fields);
    const name = String(fields["request_type"] ?? "getUserMedia");
    const { error, error_message: message, audio, video } = fields;
    const renderer = String(fields["rid"] ?? fields["pid"] ?? "");
    if (!isTime(at) || renderer === "") return [];
    const text =
      error !== undefined
        ? `${name} failed: ${String(error)}: ${String(message ?? "")}`
        : "stream_id" in fields
          ? `${name} gave ${trackWords(fields)}`
          : `${name} asked for ${constraintWords(audio, "audio")}, ${constraintWords(video, "video")}`;
    return [{ at, text: text.slice(0, 2000), renderer, url: fields["url"] }];
  });
}

function constraintWords(constraints: unknown, kind: string): string {
  if (constraints === undefined) return `no ${kind}`;
  return typeof constraints === "string" && constraints !== "" ? `${kind} ${constraints}` : kind;
}

function trackWords(fields: Fields): string {
  const kinds = ["audio", "video"].filter((kind) => {
    const track = readValue(fields[`${kind}_track_info`]);
    return track !== undefined && track !== null && track !== "null" && track !== "";
  });
  return kinds.length === 0 ? "no track" : kinds.join(" and ");
}

function agentOf(dump: Fields): string | undefined {
  const data = dump["UserAgentData"];
  const list = Array.isArray(data)
    ? data
    : (fieldsOf(data)["fullVersionList"] ?? fieldsOf(data)["brands"]);
  const brands = listOf(list).filter(({ brand }) => !/not.?a.?brand/i.test(String(brand)));
  const named = brands.find(({ brand }) => brand !== "Chromium") ?? brands[0];
  if (named?.["brand"] !== undefined)
    return `${String(named["brand"])} ${String(named["version"] ?? "")}`.trim();
  const agent = dump["UserAgent"];
  if (typeof agent !== "string") return undefined;
  const version = /\b(Edg|OPR|Chrome)\/([\d.]+)/.exec(agent);
  return version
    ? `${version[1] === "Edg" ? "Edge" : version[1]} ${version[2]}`
    : agent.slice(0, 120);
}

const noConnections: Diagnostic = {
  code: "import/no-connections",
  severity: "warning",
  message: {
    en: "The dump holds no connection. Open chrome://webrtc-internals before the call begins and save the dump while the tab is open.",
    ko: "덤프에 연결이 없습니다. 통화를 시작하기 전에 chrome://webrtc-internals를 열고, 탭이 열려 있는 동안 덤프를 저장하십시오.",
  },
};

function timeOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
