import type { Language, Message } from "../text.ts";
import { printable } from "../text.ts";
import type { TraceEvent } from "./event.ts";
import type { Ladder, LadderArrow, LadderColumn, LadderItem } from "./ladder.ts";
import { ladder } from "./ladder.ts";
import type { CandidateRow } from "./tables.ts";
import type { Trace } from "./trace.ts";

/** A ladder in words, from top to bottom: what every printed form of it shows. */
export interface LadderRows {
  /** The heads of the columns, from left to right. */
  readonly columns: readonly string[];
  readonly rows: readonly LadderRow[];
}

/** One row: what happened at a column, a message from one to another, or a stretch of time without events. */
export type LadderRow =
  | (RowBase & { readonly kind: "point"; readonly column: number })
  | (RowBase & {
      readonly kind: "arrow";
      readonly from: number;
      readonly to: number;
      /** It did not arrive. */
      readonly isLost: boolean;
      /** No message was recorded: it is concluded from the API of both ends. */
      readonly isInferred: boolean;
    })
  | (RowBase & { readonly kind: "gap" });

interface RowBase {
  /** Milliseconds since the trace's start. */
  readonly t: number;
  readonly label: string;
  /** What is said beside it: durations, errors. */
  readonly detail: string;
  readonly tone: "plain" | "faint" | "good" | "failed";
}

/** So long without an event is said in a row of its own. Milliseconds. */
const GAP = 2000;

/**
 * The rows of a trace's ladder, in order of time. A message is one row where that keeps the order of what its receiver did;
 * else its row stands where it arrived, and the place where it left says so.
 */
export function ladderRows(trace: Trace, lang: Language): LadderRows {
  const data = ladder(trace);
  const columnOf = new Map(data.columns.map(({ id }, index) => [id, index]));
  const at = (id: string): number => columnOf.get(id) ?? 0;
  const placed = placeArrows(data);
  const say = (message: Message): string => message[lang];
  const rows: LadderRow[] = [];
  let last: number | undefined;
  for (const item of data.items) {
    const { leaving, arriving, departures } = placed.get(item.seq) ?? nothing;
    const shown: LadderRow[] = [];
    for (const arrow of departures)
      shown.push({
        kind: "point",
        t: item.t,
        column: at(item.column),
        label: say(words.sends(arrowLabel(arrow))),
        detail: "",
        tone: "faint",
      });
    for (const arrow of [...arriving, ...leaving]) shown.push(arrowRow(arrow, item, data, at, say));
    // An item that arrows stand for is drawn by them; a call beside its message is still a call.
    const isDrawn = shown.length > 0 || placed.get(item.seq)?.isEnd === true;
    if (!isDrawn) shown.push(pointRow(item, at(item.column), say));
    for (const row of shown) {
      if (last !== undefined && row.t - last > GAP)
        rows.push({ ...blank, t: last, kind: "gap", label: say(words.gap(row.t - last)) });
      last = Math.max(last ?? row.t, row.t);
      rows.push(row);
    }
  }
  return { columns: data.columns.map(headOf), rows };
}

const blank = { detail: "", tone: "faint" } as const;

function headOf({ kind, name, engine }: LadderColumn): string {
  const text = engine === undefined || kind === "server" ? name : `${name} (${engine})`;
  return short(text, 40);
}

/** The arrows that are drawn at an item. */
interface ItemArrows {
  readonly leaving: LadderArrow[];
  readonly arriving: LadderArrow[];
  /** Arrows that leave here and are drawn further below, where they arrive. */
  readonly departures: LadderArrow[];
  /** An arrow that is drawn elsewhere ends here. */
  isEnd: boolean;
}

const nothing: ItemArrows = { leaving: [], arriving: [], departures: [], isEnd: false };

function placeArrows({ items, arrows }: Ladder): ReadonlyMap<number, ItemArrows> {
  const order = new Map(items.map(({ seq }, index) => [seq, index]));
  const inColumn = new Map<string, number[]>();
  const placeInColumn = new Map<number, number>();
  for (const [index, { column }] of items.entries()) {
    const list = inColumn.get(column) ?? [];
    placeInColumn.set(index, list.push(index) - 1);
    inColumn.set(column, list);
  }
  const placed = new Map<number, ItemArrows>();
  const arrowsAt = (seq: number): ItemArrows => {
    const known = placed.get(seq) ?? {
      leaving: [],
      arriving: [],
      departures: [],
      isEnd: false,
    };
    placed.set(seq, known);
    return known;
  };
  /** The items where an arrow ends that is drawn where it left, with the place where it did. */
  const drawnAbove = new Map<number, number>();
  const inOrder = [...arrows].sort(
    (a, b) => (order.get(a.from ?? a.to ?? 0) ?? 0) - (order.get(b.from ?? b.to ?? 0) ?? 0),
  );
  for (const arrow of inOrder) {
    const { from, to } = arrow;
    const start = from === undefined ? undefined : order.get(from);
    const end = to === undefined ? undefined : order.get(to);
    if (from !== undefined && start !== undefined && end === undefined)
      arrowsAt(from).leaving.push(arrow);
    else if (to !== undefined && end !== undefined && (from === undefined || start === undefined))
      arrowsAt(to).arriving.push(arrow);
    else if (from !== undefined && to !== undefined && start !== undefined && end !== undefined) {
      const receiver = inColumn.get(arrow.toColumn) ?? [];
      let before = (placeInColumn.get(end) ?? 0) - 1;
      while (before >= 0 && (drawnAbove.get(receiver[before] ?? -1) ?? start) < start) before--;
      const keepsOrder = (receiver[before] ?? -1) < start;
      if (keepsOrder) {
        arrowsAt(from).leaving.push(arrow);
        arrowsAt(to).isEnd = true;
        drawnAbove.set(end, start);
      } else {
        arrowsAt(from).departures.push(arrow);
        arrowsAt(to).arriving.push(arrow);
      }
    }
  }
  return placed;
}

function arrowRow(
  arrow: LadderArrow,
  item: LadderItem,
  { columns }: Ladder,
  at: (id: string) => number,
  say: (message: Message) => string,
): LadderRow {
  const isLost = arrow.outcome === "lost";
  const error = arrow.to === item.seq || arrow.isRefused ? refusalOf(arrow, item) : undefined;
  const isServer = columns[at(arrow.toColumn)]?.kind === "server";
  const detail = [
    arrow.delayMs === undefined || arrow.isInferred ? "" : duration(arrow.delayMs),
    isLost ? say(words.lost) : "",
    arrow.outcome === "in-flight" ? say(words.inFlight) : "",
    arrow.isAltered ? say(words.altered) : "",
    arrow.isRefused ? say(words.refused(error ?? "")) : "",
    arrow.isInferred ? say(words.inferred) : "",
  ];
  return {
    kind: "arrow",
    t: item.t,
    from: at(arrow.fromColumn),
    to: at(arrow.toColumn),
    label: arrowLabel(arrow),
    detail: detail.filter(Boolean).join(" · "),
    tone: isLost || arrow.isRefused ? "failed" : "plain",
    isLost: isLost && !isServer,
    isInferred: arrow.isInferred === true,
  };
}

function refusalOf({ candidate }: LadderArrow, { error }: LadderItem): string | undefined {
  return candidate?.refusal?.name ?? error?.name;
}

function arrowLabel({ type, candidate, size }: LadderArrow): string {
  if (candidate) return candidateLabel(candidate);
  if (candidate === null) return "end-of-candidates";
  const amount = size >= 1000 ? `${(size / 1000).toFixed(1)} kB` : `${size} B`;
  return `${short(type, 24)} ${amount}`;
}

function candidateLabel({ candidate, init }: CandidateRow): string {
  if (init === null) return "end-of-candidates";
  if (!candidate) return `candidate ${short(init.candidate, 32)}`;
  const { type, transport, address, port } = candidate;
  const host = address.includes(":") ? `[${address}]` : address;
  const place = short(host.length > 20 ? `${host.slice(0, 8)}…${host.slice(-6)}` : host, 24);
  return `${short(type, 8)} ${short(transport.toLowerCase(), 4)} ${place}:${port}`;
}

function pointRow(item: LadderItem, column: number, say: (message: Message) => string): LadderRow {
  const { event, call, candidate, error, t } = item;
  const base = { kind: "point", t, column } as const;
  if (event.kind === "call") {
    const lasted = call?.durationMs;
    const took =
      lasted === undefined ? say(words.unsettled) : lasted < 0.05 ? "" : duration(lasted);
    const label = candidate
      ? `${short(event.method, 48)} ${candidateLabel(candidate)}`
      : `${short(event.method, 48)}${typeOf(event.arguments[0])}`;
    const reason = error ? `${short(error.name, 40)}: ${short(error.message, 120)}` : "";
    return {
      ...base,
      label,
      detail: [took, reason].filter(Boolean).join(" · "),
      tone: error ? "failed" : "plain",
    };
  }
  if (event.kind === "candidate" && candidate && !event.error) {
    const word = event.side === "local" ? words.gathered : words.added;
    return {
      ...base,
      label: say(word(candidateLabel(candidate))),
      detail: error ? say(words.refused(short(error.name, 40))) : "",
      tone: error ? "failed" : "plain",
    };
  }
  return { ...base, ...describe(event, say) };
}

function typeOf(argument: unknown): string {
  if (typeof argument !== "object" || argument === null || !("type" in argument)) return "";
  return typeof argument.type === "string" ? ` ${short(argument.type, 12)}` : "";
}

function describe(
  event: TraceEvent,
  say: (message: Message) => string,
): Pick<RowBase, "label" | "detail" | "tone"> {
  const plain = (label: string, detail = ""): ReturnType<typeof describe> => ({
    label,
    detail,
    tone: "plain",
  });
  const faint = (label: string): ReturnType<typeof describe> => ({ ...blank, label });
  switch (event.kind) {
    case "create":
      return plain(`new RTCPeerConnection ${short(event.pc ?? "", 24)}`.trimEnd());
    case "state": {
      const id = event.id === undefined ? "" : ` ${short(event.id, 16)}`;
      const tone = event.to === "failed" ? "failed" : event.to === "connected" ? "good" : "plain";
      return { label: `${short(event.machine, 16)}${id} ${short(event.to, 24)}`, detail: "", tone };
    }
    case "candidate":
      return event.error
        ? {
            label: `icecandidateerror ${event.error.code}`,
            detail: short([event.error.url, event.error.text].filter(Boolean).join(" "), 120),
            tone: "failed",
          }
        : plain("end-of-candidates");
    case "pair":
      return event.selected
        ? { ...plain(say(words.selected), pairWords(event.local, event.remote)), tone: "good" }
        : faint(say(words.pair(short(event.state, 24))));
    case "signal":
      return plain(
        say((event.direction === "out" ? words.sends : words.receives)(short(event.type, 32))),
      );
    case "track":
      return plain(`track ${short(event.track.kind, 12)}`);
    case "channel":
      return plain(`channel ${JSON.stringify(short(event.label, 32))}`);
    case "message":
      return faint(
        say((event.direction === "out" ? words.sends : words.receives)(`${event.size} B`)),
      );
    case "negotiation-needed":
      return faint("negotiationneeded");
    case "note":
      return faint(short(event.text, 80));
    case "end":
      return plain(say(words.end(event.reason)));
    default:
      return faint(short(String((event as { readonly kind: unknown }).kind), 32));
  }
}

function pairWords(local: string, remote: string): string {
  const type = (text: string): string => / typ (\S{1,8})/.exec(text.slice(0, 400))?.[1] ?? "?";
  return `${printable(type(local))} ↔ ${printable(type(remote))}`;
}

function duration(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${ms.toFixed(0)} ms` : seconds(ms);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function short(text: string, limit: number): string {
  const flat = printable(text.slice(0, limit + 1));
  return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
}

const words = {
  sends: (what: string): Message => ({ en: `sends ${what}`, ko: `${what} 보냄` }),
  receives: (what: string): Message => ({ en: `receives ${what}`, ko: `${what} 받음` }),
  gathered: (what: string): Message => ({ en: `gathers ${what}`, ko: `${what} 수집` }),
  added: (what: string): Message => ({ en: `adds ${what}`, ko: `${what} 추가` }),
  refused: (name: string): Message => ({
    en: name === "" ? "refused" : `refused: ${name}`,
    ko: name === "" ? "거부됨" : `거부됨: ${name}`,
  }),
  lost: { en: "lost", ko: "도착하지 않음" },
  inFlight: { en: "on its way", ko: "전송 중" },
  altered: { en: "altered on its way", ko: "도중에 변경됨" },
  inferred: { en: "inferred", ko: "추정" },
  unsettled: { en: "not ended", ko: "끝나지 않음" },
  selected: { en: "pair selected", ko: "pair 선택됨" },
  pair: (state: string): Message => ({ en: `pair ${state}`, ko: `pair ${state}` }),
  gap: (ms: number): Message => ({
    en: `${seconds(ms)} without events`,
    ko: `${(ms / 1000).toFixed(1)}초 동안 이벤트 없음`,
  }),
  end: (reason: string): Message => ({
    en: `recording ends: ${reason}`,
    ko: `기록 종료: ${reason}`,
  }),
} as const;
