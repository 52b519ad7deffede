import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The guard of a server that other machines reach: whoever comes with its token may use it, nobody else. */
export interface Access {
  /** An address with the token in it. */
  addressed(address: URL): URL;
  /** Whether a request has the token: in its address, or in the cookie that a browser was given at the first visit. */
  admits(request: IncomingMessage, address: URL): boolean;
  /** The header that gives a browser the cookie. It is for this server's own pages: what other sites ask for carries none, but for a link that is followed. */
  readonly cookie: string;
}

/** Guards by a token. A browser's cookies are those of all ports of a machine, so the port is in their name. */
export function guardedAccess(token: string, port: number): Access {
  const name = `sdpscope-access-${port}`;
  return {
    addressed(address) {
      const complete = new URL(address);
      complete.searchParams.set(PARAMETER, token);
      return complete;
    },
    admits(request, address) {
      const given = [
        address.searchParams.get(PARAMETER) ?? "",
        ...(request.headers.cookie ?? "")
          .split("; ")
          .filter((cookie) => cookie.startsWith(`${name}=`))
          .map((cookie) => cookie.slice(name.length + 1)),
      ];
      return given.some((one) => isSame(one, token));
    },
    cookie: `${name}=${token}; Path=/; HttpOnly; SameSite=Lax`,
  };
}

/** Rooms have a `token` of their own in their addresses. */
const PARAMETER = "access";

/** The address without the token: what a browser goes on with, so that it stands in no history. */
export function withoutAccess(address: URL): URL {
  const bare = new URL(address);
  bare.searchParams.delete(PARAMETER);
  return bare;
}

/** Whether the address itself carries a token. */
export function carriesAccess(address: URL): boolean {
  return address.searchParams.has(PARAMETER);
}

/** Compares in a time that tells nothing of where they differ. */
export function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
