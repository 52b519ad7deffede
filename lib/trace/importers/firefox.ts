import type { Diagnostic } from "../../diagnostic.ts";
import type { TimedEvent } from "../assemble.ts";
import { assembleTrace, isTime } from "../assemble.ts";
import { descriptionType } from "../description-type.ts";
import type { DumpedPage } from "../ends.ts";
import { sortEnds } from "../ends.ts";
import type { UnrecordedEvent } from "../event.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { jsonDiagnostics } from "../json-diagnostics.ts";
import { createStatsChanges } from "../rtcstats-log.ts";
import { compose, createPairWatcher } from "../stats-pairs.ts";
import type { TraceLimit } from "../trace-limit.ts";

/** What `about:webrtc` of Firefox copies: one report, the history of reports, or the two descriptions of its SDP section. */
export const firefox: Importer = defineImporter({
  id: "firefox",
  name: { en: "Firefox about:webrtc report", ko: "Firefox about:webrtc 보고서" },
  recognise({ head, text }) {
    const isObject = head.startsWith("{");
    // Both names stand early: a report begins with its lists, and "pcid" follows them.
    const start = isObject ? text.slice(0, LOOKED_AT) : "";
    const isReport =
      start.includes('"pcid"') && /"sdpHistory"|"sdpHistories"|"reports"/.test(start);
    const isSection = isObject && /^\{\s*"(?:offer|answer)"\s*:\s*\{\s*"side"/.test(head);
    const fits = (isReport || isSection) && !/^\{\s*"log"\s*:/.test(head);
    return {
      fits,
      likeness: fits ? 0.92 : isObject && /"pcid"|"iceCandidatePairStats"/.test(head) ? 0.4 : 0,
      reason: fits
        ? { en: 'It has "pcid" and "sdpHistory".', ko: '"pcid"와 "sdpHistory"가 있습니다.' }
        : {
            en: 'It has no "pcid" with "sdpHistory".',
            ko: '"sdpHistory"를 가진 "pcid"가 없습니다.',
          },
    };
  },
  read(source) {
    const json = source.json();
    const value = fieldsOf(json.value);
    const pages = new Map<string, DumpedPage>();
    const events: TimedEvent[] = [];
    let calls = 0;
    const nextCall = (): number => ++calls;
    for (const [pcid, connection] of connectionsOf(value)) {
      const name = readName(pcid);
      if (!pages.has(name.page)) {
        pages.set(name.page, {
          id: name.page,
          name: name.page,
          engine: "Firefox",
          ...(name.address !== undefined && { address: name.address }),
        });
      }
      events.push(...connectionEvents(connection, name, nextCall));
    }
    const isSection = events.length === 0;
    if (isSection) {
      pages.set("firefox", { id: "firefox", name: "Firefox" });
      events.push(...sectionEvents(value, nextCall));
    }
    const limits: TraceLimit[] = [
      ...(isSection ? (["no-clock"] as const) : (["inferred-types", "snapshot"] as const)),
      "no-results",
      "refused-among-applied",
      "no-states",
      "no-signaling",
      ...(json.isCut ? (["cut-off"] as const) : []),
    ];
    const traces = sortEnds([...pages.values()], events).map((session, index) =>
      assembleTrace({
        format: "firefox",
        source,
        clock: isSection ? "none" : "wall",
        agent: "Firefox",
        limits,
        ...session,
        number: index + 1,
      }),
    );
    const diagnostics: Diagnostic[] = [...jsonDiagnostics(json)];
    if (traces.length === 0) diagnostics.push(noConnections);
    return { traces, diagnostics };
  },
});

/** How far into a text its names are looked for. */
const LOOKED_AT = 2_000_000;

type Fields = Readonly<Record<string, unknown>>;

interface Connection {
  readonly reports: Fields[];
  readonly history: Fields[];
}

/** `{79947919-…} 1795228272459276 (id=15032385537 url=http://127.0.0.1/)`: a name, microseconds since 1970, window and page. */
interface ConnectionName {
  readonly pc: string;
  readonly page: string;
  readonly address?: string;
  readonly created: number;
}

function readName(pcid: string): ConnectionName {
  const pc = /^\{?([0-9a-f]{8})/.exec(pcid)?.[1] ?? (pcid.slice(0, 40) || "1");
  const created = Number(/\} (\d{15,17})\b/.exec(pcid)?.[1]) / 1000;
  const page = /\(id=(\d+)/.exec(pcid)?.[1];
  const address = /url=([^)\s]+)/.exec(pcid)?.[1];
  return {
    pc,
    page: page === undefined ? "firefox" : `window ${page}`,
    created,
    ...(address !== undefined && { address }),
  };
}

function connectionsOf(value: Fields): ReadonlyMap<string, Connection> {
  const connections = new Map<string, Connection>();
  const at = (pcid: unknown): Connection => {
    const key = typeof pcid === "string" ? pcid : "";
    const known = connections.get(key) ?? { reports: [], history: [] };
    connections.set(key, known);
    return known;
  };
  const reports = Array.isArray(value["reports"])
    ? listOf(value["reports"])
    : value["pcid"] === undefined
      ? []
      : [value];
  for (const report of reports) {
    const connection = at(report["pcid"]);
    connection.reports.push(report);
    connection.history.push(...listOf(report["sdpHistory"]));
  }
  for (const one of listOf(value["sdpHistories"]))
    at(one["pcid"]).history.push(...listOf(one["sdpHistory"]));
  return connections;
}

function connectionEvents(
  { reports, history }: Connection,
  { pc, page, created }: ConnectionName,
  nextCall: () => number,
): TimedEvent[] {
  const events: TimedEvent[] = [];
  const write = (at: number, event: UnrecordedEvent): void => {
    if (isTime(at)) events.push({ at, event: { peer: page, pc, ...event } });
  };
  const [first] = reports;
  const begin = isTime(created) ? created : timeOf(history[0] ?? first ?? {});
  const configuration = first?.["configuration"];
  write(begin, { kind: "create", ...(configuration !== undefined && { configuration }) });

  const seen = new Set<string>();
  for (const { timestamp, isLocal, sdp, errors } of history) {
    // Each report repeats the history so far.
    const key = `${timestamp} ${isLocal} ${sdp}`;
    if (typeof sdp !== "string" || seen.has(key)) continue;
    seen.add(key);
    const at = numberOf(timestamp);
    write(at, descriptionCall(sdp, isLocal === true, first?.["offerer"], nextCall));
    for (const { lineNumber, error } of listOf(errors)) {
      write(at, { kind: "note", text: `SDP line ${String(lineNumber)}: ${String(error)}` });
    }
  }

  const given = new Set<string>();
  const changes = createStatsChanges();
  const texts: string[] = [];
  const candidate = (at: number, side: "local" | "remote", text: string): void => {
    if (given.has(`${side} ${text}`)) return;
    given.add(`${side} ${text}`);
    texts.push(text);
    write(at, { kind: "candidate", side, candidate: { candidate: text } });
  };
  for (const report of reports) {
    const at = timeOf(report);
    for (const stats of listOf(report["iceCandidateStats"])) {
      if (stats["type"] !== "local-candidate") continue;
      const text = compose(stats);
      if (text !== undefined) candidate(at, "local", text);
    }
    for (const text of withoutResolved(report["rawRemoteCandidates"]))
      candidate(at, "remote", text);
    const entries = entriesOf(report);
    for (const pair of createPairWatcher(texts).observe(entries)) write(at, pair);
    write(at, { kind: "stats", report: changes(entries) });
    if (report["closed"] === true) write(at, { kind: "end", reason: "closed" });
  }
  return events;
}

/** The format says whose description it is, and not its type. */
function descriptionCall(
  sdp: string,
  isLocal: boolean,
  isOfferer: unknown,
  nextCall: () => number,
): UnrecordedEvent {
  const reading = descriptionType(sdp);
  const isOffer = reading.isCertain ? reading.type === "offer" : isLocal === (isOfferer === true);
  return {
    kind: "call",
    call: nextCall(),
    method: isLocal ? "setLocalDescription" : "setRemoteDescription",
    arguments: [{ type: isOffer ? "offer" : "answer", sdp }],
  };
}

/** `{"offer":{"side":"local","sdp":["v=0",…]},"answer":{…}}` */
function sectionEvents(value: Fields, nextCall: () => number): TimedEvent[] {
  return (["offer", "answer"] as const).flatMap((type, index): TimedEvent[] => {
    const { side, sdp } = fieldsOf(value[type]);
    if (sdp === undefined) return [];
    const text = Array.isArray(sdp) ? `${sdp.join("\r\n")}\r\n` : String(sdp);
    const method = side === "local" ? "setLocalDescription" : "setRemoteDescription";
    const description = { type, sdp: text };
    const call = nextCall();
    return [
      {
        at: index,
        event: { peer: "firefox", pc: "1", kind: "call", call, method, arguments: [description] },
      },
    ];
  });
}

/** Candidates as they were given; those with an address in place of a `.local` name are the same ones, resolved. */
function withoutResolved(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  const hidden = new Set(texts.filter((text) => text.includes(".local ")).map(withoutAddress));
  return texts.filter(
    (text) =>
      text.startsWith("candidate:") &&
      (text.includes(".local ") || !hidden.has(withoutAddress(text))),
  );
}

function withoutAddress(text: string): string {
  return text.split(" ").toSpliced(4, 1).join(" ");
}

function entriesOf(report: Fields): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (const [name, list] of Object.entries(report)) {
    if (!name.endsWith("Stats")) continue;
    for (const entry of listOf(list))
      if (typeof entry["id"] === "string") entries[entry["id"]] = entry;
  }
  return entries;
}

const noConnections: Diagnostic = {
  code: "import/no-connections",
  severity: "warning",
  message: { en: "The report holds no connection.", ko: "보고서에 연결이 없습니다." },
};

function timeOf({ timestamp }: Fields): number {
  return numberOf(timestamp);
}

function numberOf(value: unknown): number {
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
