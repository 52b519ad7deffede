import { parseAddress } from "./address.ts";

/** The address of a STUN or TURN server, read. */
export interface ServerAddress {
  readonly scheme: "stun" | "stuns" | "turn" | "turns";
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** What the client speaks to the server over; `dtls` for `stuns` and `turns` with `?transport=udp`. */
  readonly transport: "udp" | "tcp" | "tls" | "dtls";
}

/**
 * Reads the URL of a STUN or TURN server. RFC 7064 §3.1, RFC 7065 §3.1, with the defaults of RFC 7065 §3.2. Undefined for
 * anything else, also for `stun://…`, a user name or a path in it: none of these is in their grammar.
 *
 *     turns:turn.example.org:443?transport=tcp
 */
export function parseServerAddress(url: string): ServerAddress | undefined {
  const colon = url.indexOf(":");
  const scheme = url.slice(0, Math.max(0, colon)).toLowerCase();
  if (scheme !== "stun" && scheme !== "stuns" && scheme !== "turn" && scheme !== "turns")
    return undefined;
  const question = url.indexOf("?", colon);
  const query = question < 0 ? "" : url.slice(question).toLowerCase();
  const place = readPlace(url.slice(colon + 1, question < 0 ? undefined : question));
  const isSecure = scheme.endsWith("s");
  const isTurn = scheme.startsWith("turn");
  // Only TURN's URLs say a transport.
  if (place === undefined || (query !== "" && !(isTurn && query in transports))) return undefined;
  const wanted = transports[query] ?? (isSecure ? "tcp" : "udp");
  return {
    scheme,
    host: place.host,
    port: place.port ?? (isSecure ? 5349 : 3478),
    transport: isSecure ? secure[wanted] : wanted,
  };
}

const transports: Readonly<Record<string, "udp" | "tcp">> = {
  "?transport=udp": "udp",
  "?transport=tcp": "tcp",
};
const secure = { udp: "dtls", tcp: "tls" } as const;

function readPlace(text: string): { readonly host: string; readonly port?: number } | undefined {
  const bracket = text.startsWith("[") ? text.indexOf("]") : -1;
  const colon = text.indexOf(":", bracket + 1);
  const host = bracket > 0 ? text.slice(1, bracket) : text.slice(0, colon < 0 ? undefined : colon);
  const rest = text.slice(bracket > 0 ? bracket + 1 : host.length);
  const form = parseAddress(host)?.form;
  if (form === undefined || (form === "ipv6") !== bracket > 0) return undefined;
  if (rest === "") return { host };
  const digits = rest.slice(1);
  const port = digits.length > 0 && digits.length <= 5 ? Number(digits) : Number.NaN;
  const isPort = Number.isInteger(port) && port > 0 && port <= 0xffff;
  return rest.startsWith(":") && isPort ? { host, port } : undefined;
}
