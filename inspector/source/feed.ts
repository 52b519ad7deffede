import type { FeedMessage } from "../../lib/index.ts";
import { readFeedMessage } from "../../lib/index.ts";

/** How the connection to the server stands. `lost`: it was there, or should be, and is tried again. */
export type Link = "connecting" | "open" | "lost";

/** What the feed needs from its surroundings. */
export interface FeedOptions {
  /** The address of the page, as `document.baseURI`. */
  readonly base: string;
  /** For each trace the last event that is already here. */
  readonly positions: () => Iterable<readonly [id: string, seq: number]>;
  readonly onMessage: (message: FeedMessage) => void;
  readonly onLink: (link: Link) => void;
  /** Opens a socket; a test puts its own here. */
  readonly open?: (url: string) => WebSocket;
}

/** A connection to the server's live feed that comes back by itself. */
export interface Feed {
  close(): void;
}

/** The first wait before trying again, doubled up to the longest. Milliseconds. */
const SHORTEST_WAIT = 250;
const LONGEST_WAIT = 4000;
/** WebSocket's code for a fault of the server, such as a trace that its disk does not give back. RFC 6455 §7.4.1. */
const SERVER_FAULT = 1011;

/** Connects to `WS /feed`; after a loss it reconnects and asks only for what is missing. */
export function connectFeed(options: FeedOptions): Feed {
  const open = options.open ?? ((url) => new WebSocket(url));
  let wait = SHORTEST_WAIT;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  let isClosed = false;

  const connect = (): void => {
    const current = open(feedAddress(options.base, options.positions()));
    socket = current;
    current.onopen = () => {
      wait = SHORTEST_WAIT;
      options.onLink("open");
    };
    current.onmessage = ({ data }) => {
      const message = typeof data === "string" ? readFeedMessage(data) : undefined;
      if (message) options.onMessage(message);
    };
    current.onclose = ({ code }) => {
      if (isClosed || socket !== current) return;
      options.onLink("lost");
      // What the server cannot do it still cannot do in a moment.
      if (code === SERVER_FAULT) wait = LONGEST_WAIT;
      timer = setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT, wait * 2);
    };
  };

  options.onLink("connecting");
  connect();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

/** The feed's address beside the page, with one `after` for each trace that is partly here. */
export function feedAddress(
  base: string,
  positions: Iterable<readonly [id: string, seq: number]>,
): string {
  const url = new URL("feed", base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [id, seq] of positions) url.searchParams.append("after", `${id}:${seq}`);
  return url.href;
}
