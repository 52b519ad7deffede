/**
 * A value as plain JSON data, for a trace: what it says at this moment, safe from later changes.
 * W3C's objects become the fields that tell them apart; bytes their length; functions their name; a value that
 * contains itself or lies deeper than 8 levels becomes `"…"`, and one that cannot be read `"(unreadable)"`.
 */
export function toPlain(value: unknown): unknown {
  try {
    return plainAt(value, 0);
  } catch {
    // A getter of the caller's own failed: the engine's error tells more.
    return "(unreadable)";
  }
}

/** A configuration of a connection without what must not be written down: credentials of its servers, private keys. */
export function toPlainConfiguration(configuration: unknown): unknown {
  const plain = toPlain(configuration);
  if (typeof plain !== "object" || plain === null) return plain;
  const { iceServers, certificates, ...rest } = plain as Record<string, unknown>;
  const isServerList = Array.isArray(iceServers);
  return {
    ...rest,
    ...(isServerList && { iceServers: iceServers.map(withoutCredential) }),
    ...(Array.isArray(certificates) && { certificates: certificates.length }),
  };
}

const MAX_DEPTH = 8;

function plainAt(value: unknown, depth: number): unknown {
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
      return `function ${value.name}`.trimEnd();
    default:
      return value === null ? null : plainObject(value as object, depth);
  }
}

function plainObject(value: object, depth: number): unknown {
  if (depth >= MAX_DEPTH) return "…";
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { byteLength: value.byteLength };
  }
  if (Array.isArray(value)) return value.map((item) => plainAt(item, depth + 1));
  if (value instanceof Map) return plainAt(Object.fromEntries(value), depth);
  if (value instanceof Error) return { name: value.name, message: value.message };
  const known = knownObject(value as Record<string, unknown>, depth);
  if (known !== undefined) return known;
  const entries = Object.entries(withJson(value)).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, plainAt(item, depth + 1)]));
}

/** W3C's classes have their fields on the prototype, and engines hang their insides on the same objects: only the fields of the standard are taken. */
function knownObject(value: Record<string, unknown>, depth: number): unknown {
  if (typeof value["type"] === "string" && typeof value["sdp"] === "string") {
    return pick(value, ["type", "sdp"]);
  }
  if (typeof value["candidate"] === "string") {
    return pick(value, ["candidate", "sdpMid", "sdpMLineIndex", "usernameFragment"]);
  }
  if (typeof value["readyState"] === "string" && typeof value["label"] === "string") {
    return "kind" in value
      ? pick(value, ["id", "kind", "label"])
      : pick(value, ["id", "label", "protocol", "ordered", "maxRetransmits", "maxPacketLifeTime"]);
  }
  if ((value["kind"] === "audio" || value["kind"] === "video") && "muted" in value) {
    return pick(value, ["id", "kind", "label"]);
  }
  if ("sender" in value && "receiver" in value && "direction" in value) {
    return pick(value, ["mid", "kind", "direction", "currentDirection"]);
  }
  if (typeof value["getTracks"] === "function") return pick(value, ["id"]);
  if ("track" in value && ("replaceTrack" in value || "getSynchronizationSources" in value)) {
    return { track: plainAt(value["track"], depth + 1) };
  }
  return undefined;
}

function pick(value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const fields = names.map((name): [string, unknown] => [name, value[name]]);
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

function withJson(value: object): object {
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON !== "function") return value;
  const json: unknown = toJSON.call(value);
  return typeof json === "object" && json !== null ? json : { value: json };
}

function withoutCredential(server: unknown): unknown {
  if (typeof server !== "object" || server === null) return server;
  const { credential, ...rest } = server as Record<string, unknown>;
  return credential === undefined ? rest : { ...rest, credential: "(removed)" };
}
