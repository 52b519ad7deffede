import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { startHeartbeat } from "../signaling/heartbeat.ts";
import { isLoopbackHost } from "../signaling/origin.ts";
import type { SignalingServerOptions } from "../signaling/server.ts";
import { createSignalingServer } from "../signaling/server.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { TraceEvent } from "../trace/event.ts";
import type { Recorder } from "../trace/recorder.ts";
import type { Access } from "./access.ts";
import { carriesAccess, guardedAccess, isSame, withoutAccess } from "./access.ts";
import { feedPage } from "./feed.ts";
import { takeTrace } from "./intake.ts";
import { keptToken } from "./kept-token.ts";
import { builtInspector, builtRecorder, readPageFile } from "./page.ts";
import { TraceRefused } from "./trace-refused.ts";
import type { TraceLimits } from "./trace-room.ts";
import type { TraceStore, TraceStoreOptions } from "./trace-store.ts";
import { openTraceStore } from "./trace-store.ts";

/** What the inspector's server is made with. */
export interface InspectorServerOptions {
  /** 0 for any free port, which it is unless told otherwise. */
  readonly port?: number;
  /** The address to listen on; `127.0.0.1` unless told otherwise. Where it is no loopback address, everything asks for a token. */
  readonly host?: string;
  /** The folder of the trace files; `traces` in the working directory unless told otherwise. */
  readonly traces?: string;
  /** The folder of the built inspector; the package's own unless told otherwise. */
  readonly inspector?: string;
  /** The file of the built recorder for pages; the package's own unless told otherwise. */
  readonly recorder?: string;
  /** What opens the intake, not empty; made up once for the folder of the traces unless given. */
  readonly token?: string;
  /**
   * What opens everything else to those who come from other machines, where `host` lets them: letters, digits, `-`, `.`,
   * `_` and `~`; made up once for the folder of the traces unless given.
   */
  readonly accessToken?: string;
  /** How much the server keeps. */
  readonly limits?: TraceLimits;
  /** Takes a sentence for each trace that its disk or the limits stop, while the server goes on; `console.error` in English unless given. */
  readonly report?: (problem: Message) => void;
  /** The signaling rooms' limits; their `heartbeatMs` holds for pages and recorders, too. */
  readonly signaling?: SignalingServerOptions;
}

/** The running server of the inspector. */
export interface InspectorServer {
  /** Such as `http://127.0.0.1:7377/`. */
  readonly url: string;
  /**
   * The address of something on this server, such as `traces`, `record.js` or `rooms/demo`, with the token that opens it where
   * one is asked for; of the page without a path. Only for those who may see the traces, but for that of `record.js`.
   */
  link(path?: string): string;
  /** What opens `WS /intake?token=…`. */
  readonly token: string;
  /**
   * Shows what a recorder of this process records, and writes it down, from its first event on. Returns what ends that.
   * Throws a `TraceRefused` where the limits leave no room for one more; one that grows over them is shown and written up to there.
   */
  attach(recorder: Recorder): () => void;
  /** Ends all connections and closes the files. */
  close(): Promise<void>;
}

/** Why the server could not start. */
export class ServeError extends Error {
  override readonly name = "ServeError";
  readonly code: "port-in-use" | "address" | "traces-folder";
  /** The message in both languages. */
  readonly sentence: Message;

  constructor(code: ServeError["code"], sentence: Message) {
    super(sentence.en);
    this.code = code;
    this.sentence = sentence;
  }
}

/**
 * Starts the inspector's server: the page, the traces, the live feed, the intake of recorders and the signaling rooms,
 * on one port. It answers only requests that name this machine (or the address given), so that no foreign page can read
 * it by a name of its own, and gives the feed only to its own page. Rejects with a `ServeError`, and with a `RangeError` for a
 * token or a limit that is none.
 */
export async function createInspectorServer(
  options: InspectorServerOptions = {},
): Promise<InspectorServer> {
  checkTokens(options);
  const host = options.host ?? "127.0.0.1";
  const folder = options.inspector ?? builtInspector();
  const script = options.recorder ?? builtRecorder();
  const http = createServer();
  const port = await listen(http, options.port ?? 0, host);
  const traces = options.traces ?? "traces";
  const report = options.report ?? (({ en }: Message) => console.error(`sdpscope: ${en}`));
  const store = openStore(traces, http, {
    report,
    ...(options.limits && { limits: options.limits }),
  });
  const token = options.token ?? keptToken(traces, "intake");
  const access = isLoopbackHost(host)
    ? undefined
    : guardedAccess(options.accessToken ?? keptToken(traces, "access"), port);
  const signaling = createSignalingServer(options.signaling);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  const heartbeat = startHeartbeat(options.signaling?.heartbeatMs);

  const site: Site = { host, token, folder, script, store, ...(access && { access }) };
  http.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const address = admitted(request, response, site);
    if (address === undefined || signaling.request(request, response)) return;
    answer(request, response, address, site).catch(() => {
      if (!response.headersSent) plain(response, 500, "The server failed to answer.\n");
      else response.destroy();
    });
  });

  const accept = (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    opened: (socket: WebSocket) => void,
  ): void => {
    sockets.handleUpgrade(request, socket, head, (made) => {
      heartbeat.watch(made, request.socket);
      opened(made);
    });
  };

  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const url = urlOf(request);
    if (url === undefined || !isAllowedHost(request, host)) return reject(socket, "403 Forbidden");
    if (url.pathname === "/intake") {
      if (!hasIntakeToken(url, token)) return reject(socket, "401 Unauthorized");
      return accept(request, socket, head, (opened) => takeTrace(opened, store, report));
    }
    if (access && !access.admits(request, url)) return reject(socket, "401 Unauthorized");
    if (signaling.upgrade(request, socket, head)) return;
    if (url.pathname === "/feed") {
      if (!isSameOrigin(request)) return reject(socket, "403 Forbidden");
      return accept(request, socket, head, (opened) =>
        feedPage(opened, store, url.searchParams.getAll("after")),
      );
    }
    reject(socket, "404 Not Found");
  });

  const own = `http://${namedHost(host)}:${port}/`;
  return {
    url: own,
    link(path = "") {
      const address = new URL(path, own);
      if (access === undefined) return address.href;
      if (address.pathname !== "/record.js") return access.addressed(address).href;
      address.searchParams.set("token", token);
      return address.href;
    },
    token,
    attach(recorder) {
      const log = store.open(recorder.header);
      const letGo = log.hold();
      let isOver = false;
      const end = (): void => {
        isOver = true;
        leave();
        letGo();
      };
      const take = (event: TraceEvent): void => {
        try {
          log.append(event);
        } catch (error) {
          if (!(error instanceof TraceRefused)) throw error;
          report(error.sentence);
          end();
        }
      };
      const leave = recorder.subscribe(take);
      for (const event of [...recorder.trace.events]) {
        if (!isOver) take(event);
      }
      return end;
    },
    async close() {
      heartbeat.close();
      for (const socket of sockets.clients) socket.close(GOING_AWAY, "server-closed");
      await signaling.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await closed;
      store.close();
    },
  };
}

/** An empty token would let everybody in, and a cookie does not take every character. RFC 6265 §4.1.1. */
function checkTokens({ token, accessToken }: InspectorServerOptions): void {
  if (token === "") throw new RangeError('token is not empty; got "".');
  if (accessToken === undefined || /^[\w.~-]+$/.test(accessToken)) return;
  throw new RangeError(
    `accessToken has letters, digits, -, ., _ and ~, one at least; got ${JSON.stringify(accessToken)}.`,
  );
}

/** The largest message of the intake, in bytes. */
const MAX_PAYLOAD = 8 * 1024 * 1024;
const GOING_AWAY = 1001;

interface Site {
  readonly host: string;
  readonly token: string;
  /** Where others than this machine reach the server. */
  readonly access?: Access;
  readonly folder: string;
  readonly script: string;
  readonly store: TraceStore;
}

/**
 * The address that a request is for, when it may have an answer; otherwise it is told why not. The recorder is asked for
 * by pages of anybody, which have the intake's token and no other.
 */
function admitted(
  request: IncomingMessage,
  response: ServerResponse,
  { host, token, access }: Site,
): URL | undefined {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  const url = urlOf(request);
  if (url === undefined || !isAllowedHost(request, host)) {
    const text = "This server answers only to the address that it printed.\n";
    plain(response, 403, text);
    return undefined;
  }
  if (access === undefined || access.admits(request, url)) return url;
  if (url.pathname === "/record.js" && hasIntakeToken(url, token)) return url;
  plain(response, 401, NO_ACCESS);
  return undefined;
}

/** In both languages: it is read in a browser whose reader did not choose one yet. */
const NO_ACCESS = `Other machines reach this server, so it asks for a token. Open the address that it printed when it was started.
다른 컴퓨터에서도 접속할 수 있는 서버이므로 토큰이 필요합니다. 서버를 시작할 때 출력된 주소를 여십시오.
`;

function hasIntakeToken(url: URL, token: string): boolean {
  return isSame(url.searchParams.get("token") ?? "", token);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  site: Site,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return plain(response, 405, "Only GET and HEAD are known here.\n");
  }
  const { pathname } = url;
  if (pathname === "/traces") {
    response.setHeader("cache-control", "no-store");
    return send(
      response,
      200,
      "application/json; charset=utf-8",
      JSON.stringify(await site.store.list()),
    );
  }
  if (pathname.startsWith("/traces/")) return sendTrace(response, site, pathname);
  if (pathname === "/record.js") return sendRecorder(request, response, site);
  if (pathname === "/" && site.access && carriesAccess(url)) {
    response.setHeader("set-cookie", site.access.cookie);
    response.setHeader("location", `./${withoutAccess(url).search}`);
    return plain(response, 303, "");
  }
  return sendPage(request, response, site, pathname);
}

function sendTrace(response: ServerResponse, { store }: Site, pathname: string): Promise<void> {
  const file = store.read(pathname.slice("/traces/".length));
  return new Promise((resolve) => {
    const missing = (): void => {
      plain(response, 404, "There is no such trace.\n");
      resolve();
    };
    if (file === undefined) return missing();
    file.once("error", missing);
    // Not at `open`: a folder can be opened, and fails only when it is read.
    file.once("readable", () => {
      file.off("error", missing);
      response.writeHead(200, {
        "content-type": "application/x-ndjson; charset=utf-8",
        "cache-control": "no-store",
      });
      // What fails from here on breaks the answer off, and a reader who leaves closes the file.
      pipeline(file, response, () => resolve());
    });
  });
}

/** The recorder for pages of any site, with the way to this run's intake before it. */
async function sendRecorder(
  request: IncomingMessage,
  response: ServerResponse,
  { token, script, access }: Site,
): Promise<void> {
  const code = await readFile(script, "utf8").catch(() => undefined);
  if (code === undefined) {
    return plain(response, 404, "The recorder is not built yet: npm run build.\n");
  }
  const intake = JSON.stringify(
    `ws://${request.headers.host}/intake?token=${encodeURIComponent(token)}`,
  );
  // Where the page of another site finds it: the inspector shows that.
  if (access)
    response.setHeader("content-location", `/record.js?token=${encodeURIComponent(token)}`);
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  // With `crossorigin` in its tag the browser reports what fails in the page's calls as if they were not recorded.
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("cache-control", "no-store");
  const body = `globalThis.sdpscopeIntake = ${intake};\n${code}`;
  send(response, 200, "text/javascript; charset=utf-8", body);
}

async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  { folder }: Site,
  pathname: string,
): Promise<void> {
  const file = await readPageFile(folder, pathname);
  if (file === undefined) {
    const isPage = pathname === "/";
    const text = isPage ? "The inspector is not built yet: npm run build.\n" : "Not found.\n";
    return plain(response, isPage ? 503 : 404, text);
  }
  response.setHeader(
    "cache-control",
    file.isImmutable ? "max-age=31536000, immutable" : "no-cache",
  );
  // `'self'` does not cover ws: in every browser, so the socket's address stands there by name.
  const sockets = `ws://${request.headers.host}`;
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ${sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  return send(response, 200, file.contentType, file.body);
}

function plain(response: ServerResponse, status: number, text: string): void {
  send(response, status, "text/plain; charset=utf-8", text);
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** Refuses an upgrade. Whoever leaves the other direction open would hold the socket, and the server's end, for ever. */
function reject(socket: Duplex, status: string): void {
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function urlOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? "/", "http://host");
  } catch {
    return undefined;
  }
}

/**
 * Against DNS rebinding: a foreign name that resolves to this machine is still a foreign name. Loopback names are ours,
 * and the host given; where that is every interface, so is each literal address.
 */
function isAllowedHost(request: IncomingMessage, own: string): boolean {
  const name = hostName(request.headers.host);
  if (name === undefined) return false;
  // Addresses are written in one way in a request: names in lower case, IPv6 without needless zeros.
  if (isLoopbackHost(name) || name === hostName(namedHost(own))) return true;
  const isEveryInterface = own === "0.0.0.0" || own === "::";
  return isEveryInterface && isIP(name) !== 0;
}

/** The host as an address has it: where the server listens on every interface, the one by which this machine reaches itself. */
function namedHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

function hostName(header: string | undefined): string | undefined {
  try {
    return new URL(`http://${header ?? ""}`).hostname.replace(/^\[|\]$/g, "");
  } catch {
    return undefined;
  }
}

/** A program that is no browser sends no `Origin`, and may read files of this machine anyway. */
function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

function listen(
  http: ReturnType<typeof createServer>,
  port: number,
  host: string,
): Promise<number> {
  // Node would take it for every interface.
  if (host === "") return Promise.reject(new ServeError("address", emptyHost));
  return new Promise((resolve, fail) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      fail(
        isTaken
          ? new ServeError("port-in-use", {
              en: `Port ${port} of ${host} is in use.`,
              ko: `${host}의 포트 ${port}번은 이미 사용 중입니다.`,
            })
          : new ServeError("address", {
              en: `${host}:${port} cannot be opened: ${error.message}.`,
              ko: withParticles(`${host}:${port}을(를) 열 수 없습니다: ${error.message}.`),
            }),
      );
    });
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port));
  });
}

const emptyHost: Message = {
  en: "The address to listen on is empty.",
  ko: "서버가 사용할 주소가 비어 있습니다.",
};

function openStore(
  folder: string,
  http: ReturnType<typeof createServer>,
  options: TraceStoreOptions,
): TraceStore {
  try {
    return openTraceStore(folder, options);
  } catch (error) {
    http.close();
    if (error instanceof RangeError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServeError("traces-folder", {
      en: `The folder for traces cannot be used: ${reason}.`,
      ko: `트레이스 폴더를 사용할 수 없습니다: ${reason}.`,
    });
  }
}
