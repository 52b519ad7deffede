import type { Connection } from "./session.ts";

/** The ICE servers that a connection was made with, as far as the recording tells. */
export interface IceServers {
  readonly stun: readonly string[];
  readonly turn: readonly string[];
  /** `iceTransportPolicy: "relay"`: nothing but relays is used. */
  readonly isRelayOnly: boolean;
  /** The `seq` of the event that tells it. */
  readonly seq: number;
}

/** The ICE servers of a connection, as it was made or as `setConfiguration` last set them; `undefined` when nobody wrote them down. */
export function iceServersOf(connection: Connection): IceServers | undefined {
  const { created } = connection;
  const changed = connection.calls.findLast(
    ({ method, error }) => method === "setConfiguration" && error === undefined,
  );
  const seq = changed?.begin.seq ?? created?.seq;
  const configuration = changed?.begin.arguments[0] ?? created?.configuration;
  if (seq === undefined || !isObject(configuration)) return undefined;
  const servers = Array.isArray(configuration["iceServers"]) ? configuration["iceServers"] : [];
  const urls = servers.flatMap((server: unknown): unknown[] => {
    if (!isObject(server)) return [];
    const named = server["urls"] ?? server["url"];
    return Array.isArray(named) ? named : [named];
  });
  const known = urls.filter((url): url is string => typeof url === "string");
  return {
    stun: known.filter((url) => /^stuns?:/i.test(url)),
    turn: known.filter((url) => /^turns?:/i.test(url)),
    isRelayOnly: configuration["iceTransportPolicy"] === "relay",
    seq,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
