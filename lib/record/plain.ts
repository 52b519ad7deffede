import type { FieldReader } from "./field.ts";
import { isNative, methodOf, readScriptedField } from "./field.ts";

/**
 * A value as plain JSON data, for a trace: what it says at this moment, safe from later changes.
 * W3C's objects become the fields that tell them apart; bytes their length; functions their name; a value that
 * contains itself, lies deeper than 8 levels or behind 2,000 others becomes `"…"`; what a getter of the caller's own would
 * have to say `"(not read)"`, and one that cannot be read `"(unreadable)"`.
 */
export function toPlain(value: unknown, read: FieldReader = readScriptedField): unknown {
  try {
    return plainAt(value, { read, left: MAX_VALUES }, 0);
  } catch {
    // The traps of a proxy may fail; the engine's error tells more.
    return "(unreadable)";
  }
}

/** A configuration of a connection without what must not be written down: credentials of its servers, private keys. */
export function toPlainConfiguration(configuration: unknown, read?: FieldReader): unknown {
  const plain = toPlain(configuration, read);
  if (typeof plain !== "object" || plain === null) return plain;
  const { iceServers, certificates, ...rest } = plain as Record<string, unknown>;
  const isServerList = Array.isArray(iceServers);
  return {
    ...rest,
    ...(isServerList && { iceServers: iceServers.map(withoutCredential) }),
    ...(Array.isArray(certificates) && { certificates: certificates.length }),
  };
}

/** As `toPlain`, but what nobody can change is only made plain when it is asked for. */
export function takePlain(value: unknown, read: FieldReader): () => unknown {
  if (typeof value !== "object" || value === null || isUnchanging(value)) {
    return () => toPlain(value, read);
  }
  const plain = takeDescription(value, read) ?? toPlain(value, read);
  return () => plain;
}

/** A description by its two texts, as `toPlain` has it: what a call passes around most. */
function takeDescription(value: object, read: FieldReader): object | undefined {
  try {
    const sdp = read(value, "sdp");
    if (typeof sdp !== "string") return undefined;
    const type = read(value, "type");
    if (typeof type !== "string" || typeof read(value, "candidate") === "string") return undefined;
    return { type, sdp };
  } catch {
    return undefined;
  }
}

/** As `toPlainConfiguration`, at once. */
export function takeConfiguration(value: unknown, read: FieldReader): () => unknown {
  const plain = toPlainConfiguration(value, read);
  return () => plain;
}

/** Whether it is a candidate of the browser's, and of no class of the page: all its fields are read-only. */
function isUnchanging(value: object): boolean {
  return (
    CandidateClass !== undefined &&
    Object.getPrototypeOf(value) === CandidateClass.prototype &&
    isNative(CandidateClass)
  );
}

const { RTCIceCandidate: CandidateClass } = globalThis as {
  RTCIceCandidate?: { readonly prototype: object };
};

/** Stands for what only a getter of the caller's own could say. */
export const NOT_READ = "(not read)";

const MAX_DEPTH = 8;
const MAX_VALUES = 2000;

interface Reading {
  readonly read: FieldReader;
  /** How many values more are looked at. */
  left: number;
}

function plainAt(value: unknown, reading: Reading, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
    case "symbol":
      return String(value);
    case "function":
      return `function ${shown(reading.read(value, "name"))}`.trimEnd();
    default:
      return value === null ? null : plainObject(value as object, reading, depth);
  }
}

function plainObject(value: object, reading: Reading, depth: number): unknown {
  if (depth >= MAX_DEPTH || reading.left-- <= 0) return "…";
  const { read } = reading;
  if (Array.isArray(value)) {
    const length = Math.min(value.length, reading.left);
    return Array.from({ length }, (_, at) => ownField(value, `${at}`, reading, depth + 1));
  }
  const known = knownObject(value, reading, depth);
  if (known !== undefined) return known;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { byteLength: read(value, "byteLength") };
  }
  if (value instanceof Map) {
    const entries: [string, unknown][] = [];
    eachEntry.call(value, (item: unknown, name: unknown) => {
      entries.push([shown(name), plainAt(item, reading, depth + 1)]);
    });
    return Object.fromEntries(entries);
  }
  if (value instanceof Error) {
    return { name: shown(read(value, "name")), message: shown(read(value, "message")) };
  }
  const fields = withJson(value, read);
  const names = Object.keys(fields);
  const entries = names.map((name): [string, unknown] => [
    name,
    ownField(fields, name, reading, depth + 1),
  ]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

const { forEach: eachEntry } = Map.prototype;

function ownField(value: object, name: string, reading: Reading, depth: number): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(value, name);
  return descriptor?.get === undefined ? plainAt(descriptor?.value, reading, depth) : "(not read)";
}

/** W3C's classes have their fields on the prototype, and engines hang their insides on the same objects: only the fields of the standard are taken. */
function knownObject(value: object, reading: Reading, depth: number): unknown {
  const { read } = reading;
  const pick = (...names: readonly string[]): Record<string, unknown> => {
    const fields: Record<string, unknown> = {};
    for (const name of names) {
      const field = read(value, name);
      if (field !== undefined) fields[name] = plainAt(field, reading, depth + 1);
    }
    return fields;
  };
  if (typeof read(value, "candidate") === "string") {
    return pick("candidate", "sdpMid", "sdpMLineIndex", "usernameFragment");
  }
  if (typeof read(value, "sdp") === "string" && typeof read(value, "type") === "string") {
    return pick("type", "sdp");
  }
  // What a page writes down by hand is none of the objects below.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return undefined;
  const kind = read(value, "kind");
  if (typeof read(value, "readyState") === "string" && typeof read(value, "label") === "string") {
    return kind === undefined
      ? pick("id", "label", "protocol", "ordered", "maxRetransmits", "maxPacketLifeTime")
      : pick("id", "kind", "label");
  }
  if ((kind === "audio" || kind === "video") && "muted" in value) {
    return pick("id", "kind", "label");
  }
  if ("sender" in value && "receiver" in value && "direction" in value) {
    return pick("mid", "kind", "direction", "currentDirection");
  }
  if (methodOf(value, "getTracks") !== undefined) return pick("id");
  if ("track" in value && ("replaceTrack" in value || "getSynchronizationSources" in value)) {
    return { track: plainAt(read(value, "track"), reading, depth + 1) };
  }
  return undefined;
}

/** What the object says of itself, where it is the engine that speaks. */
function withJson(value: object, read: FieldReader): object {
  const toJSON = methodOf(value, "toJSON");
  if (toJSON === undefined || !(isNative(toJSON) || read === readScriptedField)) return value;
  const json: unknown = toJSON.call(value);
  return typeof json === "object" && json !== null ? json : { value: json };
}

function shown(name: unknown): string {
  return typeof name === "string" || typeof name === "number" ? `${name}` : "";
}

function withoutCredential(server: unknown): unknown {
  if (typeof server !== "object" || server === null) return server;
  const { credential, ...rest } = server as Record<string, unknown>;
  return credential === undefined ? rest : { ...rest, credential: "(removed)" };
}
