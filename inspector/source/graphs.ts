import type { StatsConnection, StatsMetric, StatsObject, StatsSeries } from "../../lib/index.ts";
import { statsConnections, statsSeries } from "../../lib/index.ts";
import { thinSeries } from "../layout/thin-series.ts";
import type { Sheet } from "./sheet.ts";

/** A connection whose `getStats` was recorded, and what can be drawn of it. */
export interface GraphSource {
  readonly peer?: string;
  readonly pc?: string;
  /** How many reports there are, and the times of the first and the last one. Milliseconds. */
  readonly reports: number;
  readonly start: number;
  readonly end: number;
  readonly metrics: readonly StatsMetric[];
  /** When the connection began to use other ICE credentials: it restarted ICE. */
  readonly restarts: readonly { readonly seq: number; readonly t: number }[];
}

/** What is asked of a connection: some metrics over a stretch of time, for so many columns of pixels. */
export interface GraphAsk {
  readonly peer?: string;
  readonly pc?: string;
  readonly metrics: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly columns: number;
}

/** A metric's lines. */
export interface Graph {
  readonly metric: string;
  readonly series: readonly StatsSeries[];
  /** How many more objects have the metric than have lines here. */
  readonly more: number;
}

/** A graph of more lines cannot be read. */
const MOST_LINES = 48;

/** The connections of a session that have statistics. */
export function graphSources(sheet: Sheet): readonly GraphSource[] {
  return connectionsOf(sheet).map(({ peer, pc, reports, metrics }) => ({
    ...(peer !== undefined && { peer }),
    ...(pc !== undefined && { pc }),
    reports: reports.length,
    start: reports[0]?.t ?? 0,
    end: reports.at(-1)?.t ?? 0,
    metrics,
    restarts: restartsOf(sheet, peer, pc),
  }));
}

/** Metrics of a connection over a stretch of time, thinned to what can be seen. */
export function graphs(sheet: Sheet, ask: GraphAsk): readonly Graph[] {
  const connection = connectionsOf(sheet).find(
    ({ peer, pc }) => peer === ask.peer && pc === ask.pc,
  );
  if (!connection) return [];
  const columns = Math.max(1, Math.min(8192, Math.ceil(ask.columns)));
  return ask.metrics.flatMap((id): Graph[] => {
    const metric = connection.metrics.find((one) => one.id === id);
    if (!metric) return [];
    const { series, more } = linesOf(connection, metric);
    const view = { start: ask.start, end: ask.end, columns };
    return [
      {
        metric: id,
        series: series.map((one) => ({ object: brief(one.object), ...thinSeries(one, view) })),
        more,
      },
    ];
  });
}

const known = new WeakMap<Sheet, readonly StatsConnection[]>();

function connectionsOf(sheet: Sheet): readonly StatsConnection[] {
  const found = known.get(sheet);
  if (found) return found;
  const { header, events } = sheet.trace;
  const made = statsConnections({ header, events: events.slice(0, sheet.count) });
  known.set(sheet, made);
  return made;
}

type Lines = { readonly series: readonly StatsSeries[]; readonly more: number };

const lines = new WeakMap<StatsConnection, Map<string, Lines>>();

function linesOf(connection: StatsConnection, metric: StatsMetric): Lines {
  const all = lines.get(connection) ?? new Map<string, Lines>();
  lines.set(connection, all);
  const found = all.get(metric.id);
  if (found) return found;
  const objects = connection.objects.filter(({ type }) => type === metric.type);
  const shown = objects.slice(0, MOST_LINES);
  const made = {
    series: statsSeries({ ...connection, objects: shown }, metric),
    more: objects.length - shown.length,
  };
  all.set(metric.id, made);
  return made;
}

/** An engine's texts may be of any length. */
function brief({ kind, mid, rid, label, ...rest }: StatsObject): StatsObject {
  return {
    ...rest,
    id: rest.id.slice(-BRIEF),
    ...(kind !== undefined && { kind: kind.slice(0, BRIEF) }),
    ...(mid !== undefined && { mid: mid.slice(0, BRIEF) }),
    ...(rid !== undefined && { rid: rid.slice(0, BRIEF) }),
    ...(label !== undefined && { label: label.slice(0, BRIEF) }),
  };
}

const BRIEF = 120;

/** A local description with another ice-ufrag than the one before restarts ICE (RFC 8445 §9). */
function restartsOf(
  { timeline }: Sheet,
  peer: string | undefined,
  pc: string | undefined,
): GraphSource["restarts"] {
  const steps = timeline.rounds
    .flatMap(({ offer, answer }) => [...offer.steps, ...(answer?.steps ?? [])])
    .filter((one) => one.step === "set-local" && !one.error && one.peer === peer && one.pc === pc)
    .sort((a, b) => a.t - b.t);
  const restarts: { seq: number; t: number }[] = [];
  let before: string | undefined;
  for (const { seq, t, description } of steps) {
    const ufrag = /^a=ice-ufrag:(\S{1,256})/m.exec(description.sdp)?.[1];
    if (ufrag === undefined) continue;
    if (before !== undefined && ufrag !== before) restarts.push({ seq, t });
    before = ufrag;
  }
  return restarts;
}
