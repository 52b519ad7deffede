import type { TraceEvent } from "./event.ts";
import type { Trace } from "./trace.ts";

/**
 * The trace as a dump of rtcstats, file format 3, which rtcstats' own tools and this library read.
 *
 * That format knows the API of connections, their states and statistics: signaling messages, single messages of data channels,
 * the states of channels and of several transports, and call stacks are left out. Connections of several peers are named
 * `peer-connection` by number, as Chromium names those of several tabs. Nothing is masked: redact the trace first to share it.
 */
export function exportRtcstats(trace: Trace): string {
  const { header, events } = trace;
  const startTime = Date.parse(header.startedAt);
  const pages = header.peers.map(({ page }) => page).filter((page) => page !== undefined);
  const metadata = {
    fileFormat: 3,
    clientProtocol: "sdpscope",
    ...(header.source.agent !== undefined && { userAgent: header.source.agent }),
    ...(pages[0] !== undefined && { origin: pages[0] }),
    startTime,
  };
  const lines = ["RTCStatsDump", JSON.stringify(metadata)];
  const nameOf = connectionNames(trace);
  const writer = new EntryWriter(trace);
  let last: number | undefined;
  for (const event of events) {
    const entry = writer.entry(event);
    if (!entry) continue;
    // Rounded as a sum, so that the rounding of many lines does not add up.
    const at = Math.round((startTime + event.t) * 1000) / 1000;
    const delta = last === undefined ? at : Math.round((at - last) * 1000) / 1000;
    last = at;
    const [method, value, ...extra] = entry;
    lines.push(JSON.stringify([method, nameOf(event), value ?? null, ...extra, delta]));
  }
  return `${lines.join("\n")}\n`;
}

/** Method, value, and what else stands in the line. */
type Entry = readonly [method: string, value: unknown, ...extra: string[]];

const promised: ReadonlySet<string> = new Set([
  "createOffer",
  "createAnswer",
  "setLocalDescription",
  "setRemoteDescription",
  "addIceCandidate",
]);

const stateEvents = {
  signaling: "onsignalingstatechange",
  gathering: "onicegatheringstatechange",
  ice: "oniceconnectionstatechange",
  connection: "onconnectionstatechange",
  dtls: "ondtlsstatechange",
  channel: undefined,
  transceiver: undefined,
} as const;

class EntryWriter {
  readonly #methods = new Map<number, string>();
  readonly #failed = new Set<number>();
  readonly #given = new Set<string>();
  readonly #pages = new Map<string, string>();
  readonly #closed = new Set<string>();

  constructor({ header, events }: Trace) {
    for (const { id, page } of header.peers) if (page !== undefined) this.#pages.set(id, page);
    for (const event of events) {
      if (event.kind === "settle" && event.error) this.#failed.add(event.call);
      if (event.kind !== "call") continue;
      this.#methods.set(event.call, event.method);
      if (event.method === "addIceCandidate") this.#given.add(placeOf(event));
      if (event.method === "close") this.#closed.add(placeOf(event));
    }
  }

  /** The line of an event; undefined for what the format has no word for. */
  entry(event: TraceEvent): Entry | undefined {
    switch (event.kind) {
      case "create": {
        const page = this.#pages.get(event.peer ?? "");
        return page === undefined
          ? ["create", event.configuration]
          : ["create", event.configuration, page];
      }
      case "call": {
        const { method, call, arguments: given } = event;
        if (promised.has(method)) return [method, given[0], `call-${call}`];
        // Of other calls a failure is one line.
        if (this.#failed.has(call)) return undefined;
        return [method, given.length > 1 ? given : given[0]];
      }
      case "settle": {
        const method = this.#methods.get(event.call);
        if (method === undefined) return undefined;
        const { error, result } = event;
        const extra = promised.has(method) ? [`call-${event.call}`] : [];
        // A name that says nothing is not written, as Chromium does not.
        const said = error?.name === "Error" ? error.message : `${error?.name}: ${error?.message}`;
        if (error) return [`${method}OnFailure`, said, ...extra];
        return promised.has(method) ? [`${method}OnSuccess`, result, ...extra] : undefined;
      }
      case "state": {
        const name = stateEvents[event.machine];
        return name === undefined || event.id !== undefined ? undefined : [name, event.to];
      }
      case "candidate": {
        const { error, side, candidate } = event;
        if (error)
          return [
            "onicecandidateerror",
            { errorCode: error.code, errorText: error.text, url: error.url },
          ];
        if (side === "local") return ["onicecandidate", candidate];
        // A given candidate is its call.
        return this.#given.has(placeOf(event)) ? undefined : ["addIceCandidate", candidate];
      }
      case "track": {
        const streams = (event.streams ?? []).map((id) => ` stream:${id}`).join("");
        return ["ontrack", `${event.track.kind}:${event.track.id}${streams}`];
      }
      case "channel":
        return event.side === "remote" ? ["ondatachannel", [event.id, event.label]] : undefined;
      case "negotiation-needed":
        return ["onnegotiationneeded", null];
      case "stats":
        return statsEntry(event.report);
      case "end":
        return event.reason === "closed" &&
          event.pc !== undefined &&
          !this.#closed.has(placeOf(event))
          ? ["close", null]
          : undefined;
      default:
        return undefined;
    }
  }
}

/** Entries that changed, without the ids that they go by: as many fields as are known. */
function statsEntry(report: Readonly<Record<string, unknown>>): Entry | undefined {
  const entries = Object.entries(report);
  if (entries.length === 0) return undefined;
  const delta = entries.map(([id, entry]) => {
    if (typeof entry !== "object" || entry === null) return [id, null];
    const { id: _id, ...fields } = entry as Record<string, unknown>;
    return [id, fields];
  });
  return ["getStats", Object.fromEntries(delta)];
}

function placeOf({ peer, pc }: TraceEvent): string {
  return `${peer ?? ""} ${pc ?? ""}`;
}

/** How the connection of an event is called; `null` for what belongs to none. */
function connectionNames({ events }: Trace): (event: TraceEvent) => string | null {
  const peers = new Map<string, number>();
  const connections = new Map<string, string>();
  for (const event of events) {
    if (event.pc === undefined) continue;
    const peer = event.peer ?? "";
    if (!peers.has(peer)) peers.set(peer, peers.size + 1);
    const place = placeOf(event);
    if (!connections.has(place)) {
      const number = [...connections.keys()].filter((one) => one.startsWith(`${peer} `)).length + 1;
      connections.set(place, `${peers.get(peer)}-${number}`);
    }
  }
  return (event) => connections.get(placeOf(event)) ?? null;
}
