import type { CandidateInit, Machine, UnrecordedEvent } from "../trace/event.ts";
import type { Recorder } from "../trace/recorder.ts";
import { byteLengthOf } from "./byte-length.ts";
import type { RecordableConnection } from "./connection.ts";
import { nextConnectionName } from "./connection-name.ts";
import { errorOf } from "./error.ts";
import type { FieldReader, Method } from "./field.ts";
import { fieldReaderOf, methodOf } from "./field.ts";
import type { LateEvent, Ledger } from "./ledger.ts";
import { promptLedger } from "./ledger.ts";
import { listen, unlisten } from "./listen.ts";
import { NOT_READ, takeConfiguration, takePlain, toPlain, toPlainConfiguration } from "./plain.ts";
import type { Replacement } from "./replace-method.ts";
import { replaceMethod } from "./replace-method.ts";
import { whenSettled } from "./settled.ts";
import { callerStack } from "./stack.ts";
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
  return recordInto(connection, options, promptLedger(options.recorder));
}

/** Records a connection as `record` does, its events by way of that ledger. */
export function recordInto(
  connection: RecordableConnection,
  options: RecordOptions,
  ledger: Ledger,
): Recording {
  const { recorder, peer } = options;
  const pc = options.pc ?? nextConnectionName(recorder, peer);
  const place = { peer, pc };
  const read = fieldReaderOf(connection, "signalingState");
  let isEnded = false;
  /** Undoes everything that was hung on the connection. */
  const undo: (() => void)[] = [];

  const write = (event: LateEvent): void => {
    if (!isEnded) ledger.write(place, event);
  };

  const writeFailure = (error: unknown): void => {
    const { name, message } = errorOf(error, read);
    write({ kind: "note", text: `A part could not be recorded: ${name}: ${message}` });
  };

  /** Whatever an engine does to an observer, its user must not notice. */
  const safely = (observe: () => void): void => {
    try {
      observe();
    } catch (error) {
      writeFailure(error);
    }
  };

  /** Gives what takes down the state that an object of the engine is in, and tells it. The first one needs no event. */
  const stateOf = (
    target: object,
    field: string,
    machine: Machine,
    first: string,
    id?: string,
  ): (() => unknown) => {
    let last = first;
    return () => {
      const to = read(target, field);
      if (typeof to !== "string" || to === last) return to;
      const from = last;
      last = to;
      write(() => ({ kind: "state", machine, ...(id && { id }), from, to }));
      return to;
    };
  };

  const on = (target: object, type: string, listener: (event: Event) => unknown): void => {
    const heard = (event: Event): void => {
      try {
        listener(event);
      } catch (error) {
        writeFailure(error);
      }
    };
    listen(target, type, heard);
    undo.push(() => unlisten(target, type, heard));
  };

  const sendersOf = listerOf(connection, "getSenders");
  const transceiversOf = listerOf(connection, "getTransceivers");
  const transports = new Set<object>();
  /** Looks for transports that are new. */
  const watchTransports = (): void => {
    for (const part of [objectAt(connection, "sctp", read), ...sendersOf()]) {
      // A receiver has the transport of its sender.
      const transport = part && objectAt(part, "transport", read);
      if (transport === undefined || transports.has(transport)) continue;
      transports.add(transport);
      const update = stateOf(transport, "state", "dtls", "new", `${transports.size}`);
      on(transport, "statechange", update);
      update();
      watchPairs(transport);
    }
  };

  const watchPairs = (transport: object): void => {
    const ice = objectAt(transport, "iceTransport", read);
    const selected = ice && methodOf(ice, "getSelectedCandidatePair");
    if (ice === undefined || selected === undefined) return;
    let last = "";
    const update = (): void => {
      // The engine makes it for whoever asks, of candidates that do not change.
      const pair = selected.call(ice);
      if (!isObject(pair)) return;
      write(() => {
        const [local, remote] = ["local", "remote"].map((side) => {
          const end = objectAt(pair, side, read);
          return end && textAt(end, "candidate", read);
        });
        if (local === undefined || remote === undefined || last === `${local} ${remote}`) return;
        last = `${local} ${remote}`;
        return { kind: "pair", local, remote, state: "succeeded", nominated: true, selected: true };
      });
    };
    on(ice, "selectedcandidatepairchange", update);
    update();
  };

  let channels = 0;
  const watchChannel = (channel: object, side: "local" | "remote"): void => {
    channels++;
    const id = `${channels}`;
    write({ kind: "channel", id, label: textAt(channel, "label", read) ?? "", side });
    const update = stateOf(channel, "readyState", "channel", "connecting", id);
    for (const type of ["open", "closing", "close"]) on(channel, type, update);
    update();
    watchMessages(channel, id);
  };

  const watchMessages = (channel: object, id: string): void => {
    let messages = 0;
    const message = (direction: "in" | "out", given: unknown): void => {
      messages++;
      if (messages > MAX_MESSAGES) return;
      if (messages === MAX_MESSAGES) {
        write({ kind: "note", text: `Channel ${id}: messages from here on are not recorded.` });
        return;
      }
      if (typeof given !== "string") {
        const size = byteLengthOf(given, read) ?? 0;
        write({ kind: "message", id, direction, type: "binary", size });
        return;
      }
      write(() => {
        const size = new TextEncoder().encode(given).length;
        const content = options.content && { data: given.slice(0, MAX_CONTENT) };
        return { kind: "message", id, direction, type: "text", size, ...content };
      });
    };
    on(channel, "message", (event) => message("in", read(event, "data")));
    replace(channel, "send", (original, given) => {
      const result = original(given);
      // One that the channel refused was not sent.
      safely(() => message("out", given[0]));
      return result;
    });
  };

  const replace = (target: object, method: string, call: Replacement): void => {
    const putBack = replaceMethod(target, method, call);
    if (putBack !== undefined) undo.push(putBack);
  };

  const wrappedParts = new WeakSet<object>();
  const wrapNew = (part: object, names: readonly string[]): void => {
    if (wrappedParts.has(part)) return;
    wrappedParts.add(part);
    for (const name of names) wrap(part, name);
  };
  const watchSender = (sender: object): void => wrapNew(sender, senderMethods);
  const watchTransceiver = (transceiver: object): void => {
    wrapNew(transceiver, transceiverMethods);
    const sender = objectAt(transceiver, "sender", read);
    if (sender !== undefined) watchSender(sender);
  };
  /** What a method gives the page is followed from then on: before, nobody has it. */
  const watchResult = (method: string, watch: (part: object) => void): void => {
    replace(connection, method, (original, given) => {
      const parts = original(given);
      safely(() => {
        if (Array.isArray(parts)) parts.filter(isObject).forEach(watch);
      });
      return parts;
    });
  };

  const followSignaling = stateOf(connection, "signalingState", "signaling", "stable");
  const followGathering = stateOf(connection, "iceGatheringState", "gathering", "new");
  const followIce = stateOf(connection, "iceConnectionState", "ice", "new");
  const followConnection = stateOf(connection, "connectionState", "connection", "new");
  const updateStates = (): void => {
    followSignaling();
    followGathering();
    followIce();
    followConnection();
  };

  const writeCandidate = (side: "local" | "remote", taken: (() => unknown) | undefined): void => {
    write(() => {
      const candidate = candidateOf(taken?.());
      return candidate === undefined ? undefined : { kind: "candidate", side, candidate };
    });
  };

  const wrap = (target: object, method: string): void => {
    replace(target, method, (original, given) => {
      if (isEnded) return original(given);
      const stack = options.stacks ? callerStack(OWN_FRAMES) : undefined;
      const call = recorder.nextCall();
      let isSettled = false;
      const settle = (result: unknown): void => {
        if (isSettled) return;
        isSettled = true;
        safely(() => {
          // Without an argument the engine makes the description itself: only its result tells it.
          const isImplicit = method === "setLocalDescription" && isWithoutSdp(given[0], read);
          const applied = isImplicit ? objectAt(connection, "localDescription", read) : undefined;
          const make = takePlain(applied ?? result, read);
          write(() => {
            const plain = make();
            return { kind: "settle", call, ...(plain !== undefined && { result: plain }) };
          });
          if (isObject(result)) {
            if (method === "addTrack") watchSender(result);
            if (method === "addTransceiver") watchTransceiver(result);
          }
          if (method === "close") {
            updateStates();
            finish("closed");
          }
        });
      };
      const fail = (error: unknown): void => {
        if (isSettled) return;
        isSettled = true;
        safely(() => write({ kind: "settle", call, error: errorOf(error, read) }));
      };
      safely(() => {
        const take = method === "setConfiguration" ? takeConfiguration : takePlain;
        const taken = given.map((argument) => take(argument, read));
        write(() => {
          const at = stack?.();
          const shown = taken.map((make) => make());
          return { kind: "call", call, method, arguments: shown, ...(at && { stack: at }) };
        });
        if (method === "addIceCandidate") writeCandidate("remote", taken[0]);
      });
      let result: unknown;
      try {
        result = original(withCallbacks(method, given, settle, fail));
      } catch (error) {
        fail(error);
        throw error;
      }
      // Who listens to a rejection has handled it: the caller gets a promise behind the recorder's, so that one which
      // nobody handles is reported as ever.
      const observed = whenSettled(result, settle, fail);
      if (observed !== undefined) return observed;
      settle(result);
      if (method === "createDataChannel" && isObject(result)) {
        safely(() => watchChannel(result, "local"));
      }
      return result;
    });
  };

  let lastReport: Readonly<Record<string, unknown>> = {};
  let isAsking = false;
  const askStats = async (): Promise<void> => {
    const getStats = methodOf(connection, "getStats");
    if (isAsking || isEnded || getStats === undefined) return;
    isAsking = true;
    try {
      const report: Record<string, unknown> = {};
      const stats = (await getStats.call(connection)) as Stats;
      stats.forEach((entry, id) => {
        report[id] = toPlain(entry, read);
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

  const configuration =
    options.configuration ?? methodOf(connection, "getConfiguration")?.call(connection);
  write({
    kind: "create",
    ...(configuration !== undefined && {
      configuration: toPlainConfiguration(configuration, read),
    }),
  });
  updateStates();
  for (const sender of sendersOf()) watchSender(sender);
  for (const transceiver of transceiversOf()) watchTransceiver(transceiver);
  watchTransports();
  watchResult("getSenders", watchSender);
  watchResult("getTransceivers", watchTransceiver);
  on(connection, "signalingstatechange", followSignaling);
  on(connection, "icegatheringstatechange", followGathering);
  on(connection, "iceconnectionstatechange", () => {
    // A transport checks candidates before it does anything else; those that bundling takes away never do. Some engines tell
    // the event only when the checks are over.
    if (followIce() === "checking" || transports.size === 0) watchTransports();
  });
  on(connection, "connectionstatechange", () => {
    // A remote end that goes away closes some engines by itself.
    if (followConnection() === "closed") watchTransports();
  });
  on(connection, "icecandidate", (event) => {
    writeCandidate("local", takePlain(read(event, "candidate"), read));
  });
  on(connection, "icecandidateerror", (event) => write(gatheringError(event, read)));
  on(connection, "negotiationneeded", () => write({ kind: "negotiation-needed" }));
  on(connection, "track", (event) => {
    const transceiver = objectAt(event, "transceiver", read);
    if (transceiver !== undefined) watchTransceiver(transceiver);
    write(takeTrackEvent(event, transceiver, read));
  });
  on(connection, "datachannel", (event) => {
    const channel = objectAt(event, "channel", read);
    if (channel !== undefined) watchChannel(channel, "remote");
  });
  for (const method of methods) wrap(connection, method);

  const interval = options.statsIntervalMs ?? 1000;
  if (interval > 0) {
    let seen = ledger.count;
    const timer = setInterval(async () => {
      await askStats();
      const isSilent = ledger.count === seen;
      if (isSilent && read(connection, "connectionState") === "connected") write({ kind: "alive" });
      seen = ledger.count;
      // With its frame or its engine a connection goes without a word.
      if (read(connection, "signalingState") === "closed") {
        updateStates();
        finish("closed");
      }
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

/** Of what replaces the method (two) and of the proxy. */
const OWN_FRAMES = 2;

/** `null` is the end of candidates; `undefined` says that nobody knows which one it is. */
function candidateOf(plain: unknown): CandidateInit | null | undefined {
  if (!isObject(plain)) return null;
  const { candidate } = plain as { readonly candidate?: unknown };
  if (candidate === undefined || candidate === null) return null;
  return typeof candidate === "string" && candidate !== NOT_READ
    ? (plain as CandidateInit)
    : undefined;
}

function gatheringError(event: object, read: FieldReader): UnrecordedEvent {
  const url = textAt(event, "url", read);
  const text = textAt(event, "errorText", read);
  const code = read(event, "errorCode");
  return {
    kind: "candidate",
    side: "local",
    candidate: null,
    error: {
      code: typeof code === "number" ? code : 0,
      ...(url !== undefined && { url }),
      ...(text !== undefined && { text }),
    },
  };
}

/** Ids and kinds of an event's track and streams do not change; the section's mid may. */
function takeTrackEvent(
  event: object,
  transceiver: object | undefined,
  read: FieldReader,
): LateEvent {
  const mid = transceiver && (read(transceiver, "mid") as string | null | undefined);
  return () => {
    const track = objectAt(event, "track", read) ?? {};
    const streams = read(event, "streams") as readonly object[] | undefined;
    return {
      kind: "track",
      track: { id: textAt(track, "id", read) ?? "", kind: textAt(track, "kind", read) ?? "" },
      ...(mid !== undefined && { mid }),
      ...(streams !== undefined && {
        streams: streams.map((stream) => textAt(stream, "id", read) ?? ""),
      }),
    };
  };
}

function isWithoutSdp(given: unknown, read: FieldReader): boolean {
  if (!isObject(given)) return true;
  return !read(given, "sdp") && read(given, "type") !== "rollback";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function objectAt(value: object, name: string, read: FieldReader): object | undefined {
  const field = read(value, name);
  return isObject(field) ? field : undefined;
}

function textAt(value: object, name: string, read: FieldReader): string | undefined {
  const field = read(value, name);
  return typeof field === "string" ? field : undefined;
}

/** Gives what an engine that has that method has as a list, by the method as it is now. */
function listerOf(connection: object, method: string): () => readonly object[] {
  const lister = methodOf(connection, method);
  return () => {
    const list: unknown = lister?.call(connection);
    return Array.isArray(list) ? list : [];
  };
}

interface Stats {
  forEach(entry: (value: unknown, id: string) => void): void;
}
