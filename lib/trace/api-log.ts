import type { TimedEvent } from "./assemble.ts";
import type {
  CandidateInit,
  DescriptionInit,
  EventError,
  Machine,
  UnrecordedEvent,
} from "./event.ts";
import { readCandidateInit, readDescriptionInit } from "./payload.ts";

/**
 * One entry of the log that browsers and rtcstats keep of a connection's API: a call, its success or failure, or an event.
 *
 * The vocabulary is one, its spellings are many: `onIceCandidate`, `icecandidate` and `onicecandidate`;
 * values as JSON, as text such as `type: offer, sdp: v=0…` or `sdpMid: 0, sdpMLineIndex: 0, candidate: …`, or as they are.
 */
export interface ApiEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly name: string;
  readonly value: unknown;
  /** Joins a call with its success or failure, where the log has such a word. */
  readonly correlation?: string;
  /** Index into the source. */
  readonly origin?: number;
}

/** Whose log it is, and where `call` numbers come from. */
export interface ApiLogOptions {
  readonly peer: string;
  /** Absent for what belongs to a page and not to one connection. */
  readonly pc?: string;
  readonly nextCall: () => number;
}

/**
 * Turns the log of one connection, in order, into events of a trace. Entries that it does not know become notes; none is lost.
 *
 * A failure without its call, as Chromium writes it when a description cannot be parsed, gets a call without arguments.
 * Where successes of `addIceCandidate` are never written, a call without failure settles at the moment it was made.
 */
export function apiEvents(entries: readonly ApiEntry[], options: ApiLogOptions): TimedEvent[] {
  return new ApiLogReader(entries, options).read();
}

/** A text that JSON stands in, as its value; any other value as it is. */
export function readValue(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[{["]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Configuration with the credentials of its servers removed. */
export function withoutCredentials(value: unknown): unknown {
  const configuration = readValue(value);
  if (!isObject(configuration)) return configuration;
  const { iceServers } = configuration;
  if (iceServers === undefined) return configuration;
  const list = Array.isArray(iceServers) ? iceServers : [iceServers];
  return {
    ...configuration,
    iceServers: list.map((server: unknown) => {
      if (!isObject(server) || server["credential"] === undefined) return server;
      return { ...server, credential: "(removed)" };
    }),
  };
}

/** Calls that end, for the log's purposes, when they are made. */
const immediate: ReadonlySet<string> = new Set([
  "addStream",
  "removeStream",
  "addTrack",
  "removeTrack",
  "addTransceiver",
  "createDataChannel",
  "restartIce",
  "setConfiguration",
  "setCodecPreferences",
  "setHeaderExtensionsToNegotiate",
  "close",
]);

/** Calls whose success or failure is an entry of its own. */
const promised: ReadonlySet<string> = new Set([
  "createOffer",
  "createAnswer",
  "setLocalDescription",
  "setRemoteDescription",
  "addIceCandidate",
]);

/** What older browsers called it. */
const renamed: ReadonlyMap<string, string> = new Map([
  ["stop", "close"],
  ["updateIce", "setConfiguration"],
  ["renegotiationneeded", "negotiationneeded"],
  ["remotedatachannel", "datachannel"],
]);

const machines: ReadonlyMap<string, Machine> = new Map([
  ["signalingstatechange", "signaling"],
  ["icegatheringstatechange", "gathering"],
  ["iceconnectionstatechange", "ice"],
  ["connectionstatechange", "connection"],
  ["dtlsstatechange", "dtls"],
]);

const initialStates: ReadonlyMap<Machine, string> = new Map([
  ["signaling", "stable"],
  ["gathering", "new"],
  ["ice", "new"],
  ["connection", "new"],
  ["dtls", "new"],
]);

interface OpenCall {
  readonly call: number;
  readonly correlation: string | undefined;
}

class ApiLogReader {
  readonly #entries: readonly ApiEntry[];
  readonly #options: ApiLogOptions;
  readonly #events: TimedEvent[] = [];
  /** Calls that have not ended, by method. */
  readonly #open = new Map<string, OpenCall[]>();
  readonly #states = new Map<string, string>(initialStates);
  /** The calls of `addIceCandidate` that failed later, where successes are not written; `undefined` where they are. */
  readonly #refused: ReadonlySet<number> | undefined;
  #channels = 0;
  #isClosed = false;

  constructor(entries: readonly ApiEntry[], options: ApiLogOptions) {
    this.#entries = entries;
    this.#options = options;
    this.#refused = refusedCandidates(entries);
  }

  read(): TimedEvent[] {
    for (const [index, entry] of this.#entries.entries()) this.#entry(entry, index);
    const last = this.#entries.at(-1);
    if (this.#isClosed && last) this.#write(last, { kind: "end", reason: "closed" });
    return this.#events;
  }

  #entry(entry: ApiEntry, index: number): void {
    const ended = /^(\w+?)(OnSuccess|OnFailure|Failed|Callback)$/.exec(entry.name);
    const method = renamed.get(entry.name) ?? entry.name;
    if (ended?.[1] !== undefined && (promised.has(ended[1]) || immediate.has(ended[1]))) {
      const isFailure = ended[2] === "OnFailure" || ended[2] === "Failed";
      if (isFailure) this.#failure(ended[1], entry);
      else if (promised.has(ended[1])) this.#success(ended[1], entry);
    } else if (method === "create") this.#create(entry);
    else if (promised.has(method)) this.#call(method, entry, index);
    else if (immediate.has(method)) this.#immediate(method, entry);
    else if (!this.#event(entry)) this.#note(entry);
  }

  #create(entry: ApiEntry): void {
    const configuration = withoutCredentials(entry.value);
    const isEmpty = configuration === undefined || configuration === "" || configuration === null;
    this.#write(entry, { kind: "create", ...(!isEmpty && { configuration }) });
  }

  #call(method: string, entry: ApiEntry, index: number): void {
    const call = this.#options.nextCall();
    const argument = readArgument(method, entry.value);
    this.#write(entry, {
      kind: "call",
      call,
      method,
      arguments: argument === undefined ? [] : [argument],
    });
    if (method === "addIceCandidate") {
      const candidate = readCandidateInit(argument ?? null) ?? null;
      this.#write(entry, { kind: "candidate", side: "remote", candidate });
      if (this.#refused && !this.#refused.has(index)) {
        this.#write(entry, { kind: "settle", call });
        return;
      }
    }
    const open = this.#open.get(method) ?? [];
    open.push({ call, correlation: entry.correlation });
    this.#open.set(method, open);
  }

  #immediate(method: string, entry: ApiEntry): void {
    const call = this.#options.nextCall();
    const value =
      method === "setConfiguration" ? withoutCredentials(entry.value) : readValue(entry.value);
    const isEmpty = value === undefined || value === "" || value === null;
    this.#write(entry, { kind: "call", call, method, arguments: isEmpty ? [] : [value] });
    this.#write(entry, { kind: "settle", call });
    if (method === "createDataChannel") this.#channel(entry, "local");
    if (method === "close") this.#isClosed = true;
  }

  #success(method: string, entry: ApiEntry): void {
    const result = readDescription(entry.value);
    const call = this.#take(method, entry);
    // What was never called here was called before the log began.
    if (call === undefined && result === undefined) return;
    const known = call ?? this.#lateCall(method, entry);
    this.#write(entry, { kind: "settle", call: known, ...(result && { result }) });
  }

  #failure(method: string, entry: ApiEntry): void {
    const candidate = method === "addIceCandidate" ? readCandidate(entry.value) : undefined;
    if (candidate) {
      // Older browsers write a refused candidate as one entry.
      const call = this.#options.nextCall();
      this.#write(entry, { kind: "call", call, method, arguments: [candidate] });
      this.#write(entry, { kind: "candidate", side: "remote", candidate });
      this.#write(entry, { kind: "settle", call, error: noReason });
      return;
    }
    const call = this.#take(method, entry) ?? this.#lateCall(method, entry);
    this.#write(entry, { kind: "settle", call, error: readError(entry.value) });
  }

  /** A call of which the end alone was written. */
  #lateCall(method: string, entry: ApiEntry): number {
    const call = this.#options.nextCall();
    this.#write(entry, { kind: "call", call, method, arguments: [] });
    return call;
  }

  #take(method: string, { correlation }: ApiEntry): number | undefined {
    const open = this.#open.get(method);
    if (!open) return undefined;
    const same = open.findIndex((call) => call.correlation === correlation);
    return open.splice(correlation === undefined ? 0 : same, same === -1 ? 0 : 1)[0]?.call;
  }

  /** Whether the entry was an event of the connection. */
  #event(entry: ApiEntry): boolean {
    const lower = entry.name.toLowerCase();
    const bare = lower.startsWith("on") ? lower.slice(2) : lower;
    const name = renamed.get(bare) ?? bare;
    const machine = machines.get(name);
    if (machine) return this.#state(machine, entry);
    switch (name) {
      case "icecandidate":
        return this.#candidate(entry);
      case "icecandidateerror":
        return this.#gatheringError(entry);
      case "negotiationneeded":
        this.#write(entry, { kind: "negotiation-needed" });
        return true;
      case "track":
        return this.#track(entry);
      case "datachannel":
        this.#channel(entry, "remote");
        return true;
      case "transceiveradded":
      case "transceivermodified":
        return this.#transceiver(entry);
      default:
        return false;
    }
  }

  #state(machine: Machine, entry: ApiEntry): boolean {
    const value = readValue(entry.value);
    if (typeof value !== "string" || value === "") return false;
    this.#enter(machine, plainState(value), entry);
    return true;
  }

  #enter(machine: Machine, to: string, entry: ApiEntry, id?: string): void {
    const key = id === undefined ? machine : `${machine} ${id}`;
    const from = this.#states.get(key);
    if (from === to) return;
    this.#states.set(key, to);
    this.#write(entry, {
      kind: "state",
      machine,
      ...(id !== undefined && { id }),
      ...(from !== undefined && { from }),
      to,
    });
  }

  #candidate(entry: ApiEntry): boolean {
    const candidate = readCandidate(entry.value);
    if (candidate === undefined) return false;
    this.#write(entry, { kind: "candidate", side: "local", candidate });
    return true;
  }

  #gatheringError(entry: ApiEntry): boolean {
    const value = readValue(entry.value);
    const fields = isObject(value) ? value : fieldLines(value);
    const code = Number(fields["errorCode"] ?? fields["error_code"]);
    if (!Number.isFinite(code)) return false;
    const text = fields["errorText"] ?? fields["error_text"];
    const { url } = fields;
    this.#write(entry, {
      kind: "candidate",
      side: "local",
      candidate: null,
      error: {
        code,
        ...(typeof url === "string" && { url }),
        ...(typeof text === "string" && text !== "" && { text }),
      },
    });
    return true;
  }

  #track(entry: ApiEntry): boolean {
    const value = readValue(entry.value);
    const track = Array.isArray(value)
      ? { kind: value[0], id: value[1], streams: value.slice(3) }
      : isObject(value)
        ? value
        : trackText(value);
    const { kind, id, streams } = track;
    if (typeof kind !== "string" || typeof id !== "string") return false;
    const names = Array.isArray(streams) ? streams.filter((one) => typeof one === "string") : [];
    this.#write(entry, { kind: "track", track: { id, kind }, streams: names });
    return true;
  }

  #channel(entry: ApiEntry, side: "local" | "remote"): void {
    const value = readValue(entry.value);
    const label = Array.isArray(value)
      ? value.findLast((one) => typeof one === "string")
      : isObject(value)
        ? value["label"]
        : /^label: (.*?)(?:,|$)/.exec(String(value))?.[1];
    this.#channels++;
    this.#write(entry, {
      kind: "channel",
      id: `${this.#channels}`,
      label: typeof label === "string" ? label : typeof value === "string" ? value : "",
      side,
    });
  }

  /** A transceiver's negotiated direction is a state; that one was added is a note, as some eras have no other word of the call. */
  #transceiver(entry: ApiEntry): boolean {
    const value = readValue(entry.value);
    const fields = isObject(value) ? value : fieldLines(value);
    const current = unquoted(fields["currentDirection"]);
    const mid = unquoted(fields["mid"]);
    if (entry.name.toLowerCase().endsWith("added")) this.#note(entry);
    if (current !== undefined && mid !== undefined) this.#enter("transceiver", current, entry, mid);
    return true;
  }

  #note(entry: ApiEntry): void {
    const { name, value } = entry;
    const shown = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    const text = value === null || shown === "" ? name : `${name}: ${shown}`;
    this.#write(entry, { kind: "note", text: text.slice(0, NOTE_SIZE) });
  }

  #write({ at, origin }: ApiEntry, event: UnrecordedEvent): void {
    const { peer, pc } = this.#options;
    this.#events.push({
      at,
      event: {
        peer,
        ...(pc !== undefined && { pc }),
        ...(origin !== undefined && { origin }),
        ...event,
      },
    });
  }
}

/** Chromium writes no success of `addIceCandidate`, and failures without naming the call: each belongs to the last one before it. */
function refusedCandidates(entries: readonly ApiEntry[]): ReadonlySet<number> | undefined {
  const waiting: number[] = [];
  const refused = new Set<number>();
  for (const [index, { name }] of entries.entries()) {
    if (name === "addIceCandidateOnSuccess" || name === "addIceCandidateOnFailure")
      return undefined;
    if (name === "addIceCandidate") waiting.push(index);
    const last = name === "addIceCandidateFailed" ? waiting.pop() : undefined;
    if (last !== undefined) refused.add(last);
  }
  return refused;
}

/** A note is for people. */
const NOTE_SIZE = 2000;

const noReason: EventError = { name: "Error", message: "" };

function readArgument(method: string, value: unknown): unknown {
  switch (method) {
    case "setLocalDescription":
    case "setRemoteDescription":
      return readDescription(value);
    case "addIceCandidate": {
      const candidate = readCandidate(value);
      return candidate === undefined ? undefined : (candidate ?? { candidate: "" });
    }
    default: {
      const options = readValue(value);
      return options === null || options === "" ? undefined : options;
    }
  }
}

/** `{ type, sdp }` as it is or as JSON, or the text `type: offer, sdp: v=0…`; a description whose SDP was left out has none. */
function readDescription(value: unknown): DescriptionInit | undefined {
  const read = readValue(value);
  if (typeof read === "string") {
    const match = /^type: (offer|answer|pranswer|rollback)(?:, sdp: )?/.exec(read);
    if (!match) return undefined;
    return { type: match[1] as DescriptionInit["type"], sdp: read.slice(match[0].length) };
  }
  if (!isObject(read)) return undefined;
  return readDescriptionInit({ type: read["type"], sdp: read["sdp"] ?? "" });
}

/** A candidate as W3C writes it, as JSON, or as the text `sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:…`; `null` for end-of-candidates. */
function readCandidate(value: unknown): CandidateInit | null | undefined {
  const read = readValue(value);
  if (read === null || read === "" || read === undefined) return null;
  if (typeof read !== "string") {
    const first: unknown = Array.isArray(read) ? read[0] : read;
    return readCandidateInit(first);
  }
  const at = read.indexOf("candidate: ");
  if (at === -1) return undefined;
  const rest = read.slice(at + "candidate: ".length);
  const end = /, (?:url|relayProtocol|usernameFragment): /.exec(rest)?.index ?? rest.length;
  const mid = /sdpMid: ([^,]*),/.exec(read.slice(0, at))?.[1];
  const index = Number(/sdpMLineIndex: (\d+)/.exec(read.slice(0, at))?.[1]);
  const candidate = rest.slice(0, end).trim();
  if (candidate === "") return null;
  return {
    candidate,
    ...(mid !== undefined && { sdpMid: mid }),
    ...(Number.isInteger(index) && { sdpMLineIndex: index }),
  };
}

/** The text of a failure: Chromium writes the message alone, rtcstats the error's name before it. */
function readError(value: unknown): EventError {
  const read = readValue(value);
  if (isObject(read)) {
    const { name, message } = read;
    return { name: String(name ?? "Error"), message: String(message ?? JSON.stringify(read)) };
  }
  const text = typeof read === "string" ? read : read === undefined ? "" : JSON.stringify(read);
  const named = /^([A-Z]\w*(?:Error|Exception)): /.exec(text);
  return named?.[1] === undefined
    ? { name: "Error", message: text }
    : { name: named[1], message: text.slice(named[0].length) };
}

/** `SignalingStateHaveLocalOffer`, `kICEGatheringComplete` and `"have-local-offer"` say the same. */
function plainState(text: string): string {
  const bare = text.replace(
    /^k?(?:Signaling|I[Cc][Ee](?:Connection|Gathering)|PeerConnection)(?:State)?(?=[A-Z])/,
    "",
  );
  if (bare === text) return text;
  const words = bare.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return words.replace("pr-answer", "pranswer");
}

/** Lines such as `error_code: 701`, or `mid:'0',` as older browsers describe a transceiver. */
function fieldLines(value: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  if (typeof value !== "string") return fields;
  for (const line of value.slice(0, NOTE_SIZE).split("\n")) {
    const colon = line.indexOf(":");
    if (colon === -1) continue;
    const name = line.slice(0, colon).trim();
    if (!(name in fields)) fields[name] = line.slice(colon + 1).trim();
  }
  return fields;
}

function trackText(value: unknown): Record<string, unknown> {
  const text = typeof value === "string" ? value : "";
  const match = /^(audio|video):(\S+)((?: stream:\S+)*)/.exec(text);
  if (!match) return {};
  return { kind: match[1], id: match[2], streams: match[3]?.match(/(?<=stream:)\S+/g) ?? [] };
}

/** A word without quotes and commas; `null` and nothing are absent. */
function unquoted(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const bare = value.replace(/,$/, "").replace(/^'|'$/g, "");
  return bare === "" || bare === "null" ? undefined : bare;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
