import type { CandidateInit, Machine, UnrecordedEvent } from "../trace/event.ts";
import type { Recorder } from "../trace/recorder.ts";
import type {
  Listenable,
  RecordableChannel,
  RecordableConnection,
  RecordableTransport,
} from "./connection.ts";
import { toPlain, toPlainConfiguration } from "./plain.ts";
import { changedEntries } from "./stats.ts";

/** What to record a connection with. */
export interface RecordOptions {
  readonly recorder: Recorder;
  /** The id of the peer whose connection it is. */
  readonly peer: string;
  /** Names the connection among those of its peer; `pc1`, `pc2` … unless given. */
  readonly pc?: string;
  /** What the connection was made with; its `getConfiguration()` unless given. */
  readonly configuration?: unknown;
  /** Whether the texts of data channel messages are written down, not only their kind and size; false unless told otherwise. */
  readonly content?: boolean;
  /** Whether each call tells where it was made, as the engine writes its stack; false unless told otherwise. */
  readonly stacks?: boolean;
  /** How often `getStats` is asked, in milliseconds; 1000 unless told otherwise, 0 for never. */
  readonly statsIntervalMs?: number;
}

/** A running recording of one connection. */
export interface Recording {
  /** The connection's name in the trace. */
  readonly pc: string;
  /** Stops it and writes the `end`; the connection lives on as it was before. Closing the connection stops it too. */
  stop(): void;
}

/**
 * Records a connection from now on: each call of its API with arguments, result or error; each state change of
 * signaling, gathering, ICE, DTLS and the connection; candidates of both sides, the selected pair, tracks, data channels;
 * and what changed in `getStats`. Works on anything with the shape of W3C's RTCPeerConnection. Its user gets the same
 * results, errors and events, and a rejection that nobody handles is still reported; a promise settles a few
 * microtasks later than it would. Credentials of ICE servers are not written down.
 */
export function record(connection: RecordableConnection, options: RecordOptions): Recording {
  const { recorder, peer } = options;
  const pc = options.pc ?? nextName(recorder, peer);
  let isEnded = false;
  /** Undoes everything that was hung on the connection. */
  const undo: (() => void)[] = [];

  const write = (event: UnrecordedEvent): void => {
    if (!isEnded) recorder.record({ peer, pc, ...event });
  };

  /** Whatever an engine does to an observer, its user must not notice. */
  const safely = (observe: () => void): void => {
    try {
      observe();
    } catch (error) {
      write({ kind: "note", text: `A part could not be recorded: ${String(error)}` });
    }
  };

  const states = new Map<string, string>();
  const enter = (machine: Machine, to: string, id?: string): void => {
    const key = `${machine} ${id ?? ""}`;
    const from = states.get(key);
    if (from === to) return;
    states.set(key, to);
    write({ kind: "state", machine, ...(id && { id }), ...(from && { from }), to });
  };
  /** Takes down a machine's first state without an event: nothing changed yet. */
  const start = (machine: Machine, state: string, id?: string): void => {
    states.set(`${machine} ${id ?? ""}`, state);
  };

  const on = <Fields>(
    target: Listenable,
    type: string,
    listener: (event: Fields) => void,
  ): void => {
    const heard = (event: Event): void => safely(() => listener(event as Fields));
    target.addEventListener(type, heard);
    undo.push(() => target.removeEventListener(type, heard));
  };

  const transports = new Set<RecordableTransport>();
  const watchTransports = (): void => {
    watchParts();
    for (const transport of transportsOf(connection)) {
      if (transports.has(transport)) continue;
      transports.add(transport);
      const id = `${transports.size}`;
      start("dtls", "new", id);
      const update = (): void => enter("dtls", transport.state, id);
      on(transport, "statechange", update);
      update();
      watchPairs(transport);
    }
  };

  const watchPairs = (transport: RecordableTransport): void => {
    const ice = transport.iceTransport;
    if (typeof ice?.getSelectedCandidatePair !== "function") return;
    let last = "";
    const update = (): void => {
      const pair = ice.getSelectedCandidatePair?.();
      const local = pair?.local?.candidate;
      const remote = pair?.remote?.candidate;
      if (local === undefined || remote === undefined || last === `${local} ${remote}`) return;
      last = `${local} ${remote}`;
      write({ kind: "pair", local, remote, state: "succeeded", nominated: true, selected: true });
    };
    on(ice, "selectedcandidatepairchange", update);
    update();
  };

  let channels = 0;
  const watchChannel = (channel: RecordableChannel, side: "local" | "remote"): void => {
    channels++;
    const id = `${channels}`;
    write({ kind: "channel", id, label: channel.label, side });
    start("channel", "connecting", id);
    const update = (): void => enter("channel", channel.readyState, id);
    for (const type of ["open", "closing", "close"]) on(channel, type, update);
    update();
    watchMessages(channel, id);
  };

  const watchMessages = (channel: RecordableChannel, id: string): void => {
    let messages = 0;
    const message = (direction: "in" | "out", given: unknown): void => {
      messages++;
      if (messages > MAX_MESSAGES) return;
      if (messages === MAX_MESSAGES) {
        write({ kind: "note", text: `Channel ${id}: messages from here on are not recorded.` });
        return;
      }
      const isText = typeof given === "string";
      write({
        kind: "message",
        id,
        direction,
        type: isText ? "text" : "binary",
        size: isText ? new TextEncoder().encode(given).length : bytesOf(given),
        ...(isText && options.content && { data: given.slice(0, MAX_CONTENT) }),
      });
    };
    on(channel, "message", ({ data }: { readonly data?: unknown }) => message("in", data));
    if (typeof channel.send !== "function") return;
    replace(channel as unknown as Record<string, unknown>, "send", (original, given) => {
      const result = original(given);
      // One that the channel refused was not sent.
      safely(() => message("out", given[0]));
      return result;
    });
  };

  /**
   * Puts a method in the place of an object's own, until the recording ends. It has the name, the length and the
   * properties of the one that it calls, and follows when a script replaces that one on the prototype later.
   */
  const replace = (
    target: Record<string, unknown>,
    method: string,
    call: (original: Original, given: readonly unknown[]) => unknown,
  ): void => {
    const isOwn = Object.hasOwn(target, method);
    const first = target[method] as Method;
    const current = (): Method =>
      isOwn ? first : ((Object.getPrototypeOf(target) as Record<string, Method>)[method] ?? first);
    const wrapped = new Proxy(first, {
      apply(_first, self, given) {
        const original: Original = (changed) => Reflect.apply(current(), self, changed);
        return self === target ? call(original, given) : original(given);
      },
    });
    Object.defineProperty(target, method, { value: wrapped, configurable: true, writable: true });
    undo.push(() => {
      if (target[method] !== wrapped) return;
      if (isOwn) target[method] = first;
      else delete target[method];
    });
  };

  const wrappedParts = new WeakSet<object>();
  /** Senders and transceivers that are new. */
  const watchParts = (): void => {
    const transceivers = connection.getTransceivers?.() ?? [];
    const parts: readonly (readonly [object, readonly string[]])[] = [
      ...(connection.getSenders?.() ?? []).map((sender) => [sender, senderMethods] as const),
      ...transceivers.map((transceiver) => [transceiver, transceiverMethods] as const),
    ];
    for (const [part, names] of parts) {
      if (wrappedParts.has(part)) continue;
      wrappedParts.add(part);
      for (const name of names) wrap(part as Record<string, unknown>, name);
    }
  };

  const updateStates = (): void => {
    enter("signaling", connection.signalingState);
    enter("gathering", connection.iceGatheringState);
    enter("ice", connection.iceConnectionState);
    enter("connection", connection.connectionState);
  };

  const wrap = (target: Record<string, unknown>, method: string): void => {
    if (typeof target[method] !== "function") return;
    replace(target, method, (original, given) => {
      if (isEnded) return original(given);
      const call = recorder.nextCall();
      let isSettled = false;
      const settle = (result: unknown): void => {
        if (isSettled) return;
        isSettled = true;
        safely(() => {
          // Without an argument the engine makes the description itself: only its result tells it.
          const init = given[0] as { readonly type?: unknown; readonly sdp?: unknown } | undefined;
          const isImplicit =
            method === "setLocalDescription" && !init?.sdp && init?.type !== "rollback";
          const plain = toPlain(isImplicit ? (connection.localDescription ?? result) : result);
          write({ kind: "settle", call, ...(plain !== undefined && { result: plain }) });
          watchTransports();
          if (method === "close") {
            updateStates();
            finish("closed");
          }
        });
      };
      const fail = (error: unknown): void => {
        if (isSettled) return;
        isSettled = true;
        safely(() => write({ kind: "settle", call, error: errorOf(error) }));
      };
      safely(() => {
        const shown = given.map(method === "setConfiguration" ? toPlainConfiguration : toPlain);
        const stack = options.stacks ? callerStack() : undefined;
        write({
          kind: "call",
          call,
          method,
          arguments: shown,
          ...(stack && { stack }),
        });
        if (method === "addIceCandidate") write(remoteCandidate(given[0]));
      });
      let result: unknown;
      try {
        result = original(withCallbacks(method, given, settle, fail));
      } catch (error) {
        fail(error);
        throw error;
      }
      if (!isThenable(result)) settle(result);
      if (method === "createDataChannel") {
        safely(() => watchChannel(result as RecordableChannel, "local"));
      }
      safely(watchTransports);
      if (!isThenable(result)) return result;
      // Who listens to a rejection has handled it: the caller gets a promise behind the recorder's, so that one which
      // nobody handles is reported as ever. It takes over the engine's own rejection instead of throwing here, because
      // browsers report nothing that was thrown in a script of another site.
      const observed = result;
      return observed.then(settle, fail).then(() => observed);
    });
  };

  let lastReport: Readonly<Record<string, unknown>> = {};
  let isAsking = false;
  const askStats = async (): Promise<void> => {
    if (isAsking || isEnded || connection.getStats === undefined) return;
    isAsking = true;
    try {
      const report: Record<string, unknown> = {};
      const stats = await connection.getStats();
      stats.forEach((entry, id) => {
        report[id] = toPlain(entry);
      });
      const changes = changedEntries(lastReport, report);
      lastReport = report;
      if (Object.keys(changes).length > 0) write({ kind: "stats", report: changes });
    } catch {
      // An engine that is closing refuses; the next tick asks again.
    } finally {
      isAsking = false;
    }
  };

  const finish = (reason: "closed" | "recorder-stopped"): void => {
    if (isEnded) return;
    write({ kind: "end", reason });
    isEnded = true;
    for (const step of undo.splice(0)) step();
  };

  const configuration = options.configuration ?? connection.getConfiguration?.();
  write({
    kind: "create",
    ...(configuration !== undefined && { configuration: toPlainConfiguration(configuration) }),
  });
  start("signaling", "stable");
  start("gathering", "new");
  start("ice", "new");
  start("connection", "new");
  updateStates();
  watchTransports();
  on(connection, "signalingstatechange", () => {
    enter("signaling", connection.signalingState);
    watchTransports();
  });
  on(connection, "icegatheringstatechange", () => {
    enter("gathering", connection.iceGatheringState);
    watchTransports();
  });
  on(connection, "iceconnectionstatechange", () => enter("ice", connection.iceConnectionState));
  on(connection, "connectionstatechange", () => {
    enter("connection", connection.connectionState);
    // A remote end that goes away closes some engines by itself.
    if (connection.connectionState === "closed") watchTransports();
  });
  on(connection, "icecandidate", (event: { readonly candidate?: unknown }) =>
    write({ kind: "candidate", side: "local", candidate: candidateOf(event.candidate) }),
  );
  on(connection, "icecandidateerror", (event: GatheringError) => write(gatheringError(event)));
  on(connection, "negotiationneeded", () => write({ kind: "negotiation-needed" }));
  on(connection, "track", (event: TrackLike) => write(trackEvent(event)));
  on(connection, "datachannel", (event: { readonly channel: RecordableChannel }) =>
    watchChannel(event.channel, "remote"),
  );
  for (const method of methods) wrap(connection as unknown as Record<string, unknown>, method);
  watchParts();

  const interval = options.statsIntervalMs ?? 1000;
  if (interval > 0) {
    const last = (): number => recorder.trace.events.at(-1)?.seq ?? 0;
    let seen = last();
    const timer = setInterval(async () => {
      await askStats();
      const isSilent = last() === seen;
      if (isSilent && connection.connectionState === "connected") write({ kind: "alive" });
      seen = last();
    }, interval);
    // In Node a recording keeps no process alive; a browser's timer is a number.
    (timer as { unref?: () => void }).unref?.();
    undo.push(() => clearInterval(timer));
  }

  return { pc, stop: () => finish("recorder-stopped") };
}

/** The methods whose calls are recorded. `getStats` is not: its answers are. */
const methods = [
  "createOffer",
  "createAnswer",
  "setLocalDescription",
  "setRemoteDescription",
  "addIceCandidate",
  "restartIce",
  "setConfiguration",
  "addTrack",
  "removeTrack",
  "addTransceiver",
  "createDataChannel",
  "close",
] as const;

const senderMethods = ["replaceTrack", "setParameters"] as const;
const transceiverMethods = ["setCodecPreferences", "stop"] as const;

/** Of one data channel. */
const MAX_MESSAGES = 10_000;
/** In characters. */
const MAX_CONTENT = 65_536;

interface GatheringError {
  readonly url?: string;
  readonly errorCode?: number;
  readonly errorText?: string;
}

interface TrackLike {
  readonly track: { readonly id?: string; readonly kind: string };
  readonly streams?: readonly { readonly id: string }[];
  readonly transceiver?: { readonly mid?: string | null };
}

/** How many bytes a binary message has; a Blob says so itself. */
function bytesOf(data: unknown): number {
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return data.byteLength;
  const { size } = (data ?? {}) as { readonly size?: unknown };
  return typeof size === "number" ? size : 0;
}

/** How many connections each peer of a recorder has; the events alone may have been dropped. */
const counts = new WeakMap<Recorder, Map<string, number>>();

function nextName(recorder: Recorder, peer: string): string {
  const ofRecorder = counts.get(recorder) ?? new Map<string, number>();
  counts.set(recorder, ofRecorder);
  const { events } = recorder.trace;
  const made = events.filter((event) => event.kind === "create" && event.peer === peer).length;
  const count = Math.max(made, ofRecorder.get(peer) ?? 0) + 1;
  ofRecorder.set(peer, count);
  return `pc${count}`;
}

type Method = (...given: unknown[]) => unknown;
type Original = (given: readonly unknown[]) => unknown;

/**
 * The legacy forms tell their result to callbacks, `createOffer(success, failure)` and
 * `setRemoteDescription(description, success, failure)`: W3C WebRTC §4.4.3. Their promise tells nothing.
 */
function withCallbacks(
  method: string,
  given: readonly unknown[],
  settle: (result: unknown) => void,
  fail: (error: unknown) => void,
): readonly unknown[] {
  const at = legacyCallbacks[method];
  if (at === undefined || typeof given[at] !== "function") return given;
  return given.map((argument, index) => {
    const tell = index === at ? settle : index === at + 1 ? fail : undefined;
    if (tell === undefined || typeof argument !== "function") return argument;
    // A function and no proxy: Firefox does not call a proxy back.
    return function (this: unknown, ...results: unknown[]): unknown {
      tell(results[0]);
      return Reflect.apply(argument as Method, this, results);
    };
  });
}

/** Where each method's success callback stands in its legacy form. */
const legacyCallbacks: Readonly<Record<string, number>> = {
  createOffer: 0,
  createAnswer: 0,
  setLocalDescription: 1,
  setRemoteDescription: 1,
  addIceCandidate: 1,
};

/** The stack of the call, without the recorder's own frames: both engines print the innermost first. */
function callerStack(): string | undefined {
  const { stack } = new Error();
  if (typeof stack !== "string") return undefined;
  const lines = stack.split("\n").filter((line) => line !== "" && line !== "Error");
  return lines.slice(OWN_FRAMES).join("\n").slice(0, MAX_STACK);
}

/** Of `callerStack`, of what guards it (two), of the call and of the proxy. */
const OWN_FRAMES = 5;
/** In characters. */
const MAX_STACK = 4096;

function transportsOf(connection: RecordableConnection): readonly RecordableTransport[] {
  return [
    connection.sctp?.transport,
    ...(connection.getSenders?.() ?? []).map((sender) => sender.transport),
    ...(connection.getReceivers?.() ?? []).map((receiver) => receiver.transport),
  ].filter((transport) => transport !== undefined && transport !== null);
}

function candidateOf(value: unknown): CandidateInit | null {
  if (value === null || value === undefined) return null;
  const plain = toPlain(value);
  if (typeof plain === "object" && plain !== null && "candidate" in plain) {
    return plain as CandidateInit;
  }
  return null;
}

function remoteCandidate(given: unknown): UnrecordedEvent {
  return { kind: "candidate", side: "remote", candidate: candidateOf(given) };
}

function gatheringError({ url, errorCode, errorText }: GatheringError): UnrecordedEvent {
  return {
    kind: "candidate",
    side: "local",
    candidate: null,
    error: {
      code: errorCode ?? 0,
      ...(url !== undefined && { url }),
      ...(errorText !== undefined && { text: errorText }),
    },
  };
}

function trackEvent({ track, streams, transceiver }: TrackLike): UnrecordedEvent {
  return {
    kind: "track",
    track: { id: track.id ?? "", kind: track.kind },
    ...(transceiver?.mid !== undefined && { mid: transceiver.mid }),
    ...(streams !== undefined && { streams: streams.map((stream) => stream.id) }),
  };
}

function errorOf(error: unknown): { name: string; message: string } {
  return error instanceof Error ||
    (typeof DOMException !== "undefined" && error instanceof DOMException)
    ? { name: error.name, message: error.message }
    : { name: "Error", message: String(error) };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
