import { isIPv4 } from "node:net";
import { serverReflexiveCandidate } from "werift";
import { paceChecks } from "./check-pacing.ts";
import type { Inside, InsideDtls, InsideIce, InsideProtocol, InsideSctp } from "./inside.ts";
import type { Sockets } from "./sockets.ts";

/**
 * Mends a connection of werift as a whole, before it is used.
 * Each work-around says what werift does; all were seen in 0.24.4, and in 0.25.2 unless said otherwise.
 */
export function mendConnection(pc: Inside, sockets: Sockets): void {
  // Gathering blocks: setLocalDescription ends, and an answerer begins its checks, only when every candidate is there. A
  // STUN server that is dead delays them by 5 s, a wrong TURN password by 12. W3C's applies a description at once.
  const gather = pc.gatherCandidates.bind(pc);
  pc.gatherCandidates = () => {
    sockets.watch(gather).catch(() => {});
    return Promise.resolve();
  };

  // A second exchange while the first is still connecting starts ICE and DTLS once more: ICE then waits for ever in `checking`,
  // and DTLS fails with "state must be new". An ICE restart is a new start; everything else joins the one that is under way.
  const connect = pc.connect.bind(pc);
  let running: { readonly generation: string; readonly end: Promise<void> } | undefined;
  pc.connect = () => {
    const generation = pc.iceTransports.map(({ connection }) => connection.generation).join();
    if (running?.generation === generation) return running.end;
    const current = { generation, end: Promise.all([connect(), ...restarted(pc)]).then(() => {}) };
    running = current;
    const forget = (): void => {
      if (running === current) running = undefined;
    };
    current.end.then(forget, forget);
    return current.end;
  };

  // A new transceiver is put into any section that has become inactive, of whatever kind, and takes its mid (0.24).
  const addTransceiver = pc.addTransceiver.bind(pc);
  pc.addTransceiver = (...given) => {
    for (const transceiver of pc.getTransceivers()) {
      if (transceiver.currentDirection === "inactive") transceiver.usedForSender = true;
    }
    return addTransceiver(...given);
  };
}

/**
 * After an ICE restart, where DTLS is up already, it leaves ICE alone: it answers checks, but two ends on werift wait for each
 * other for ever. ICE is started here.
 */
function restarted(pc: Inside): readonly Promise<void>[] {
  return pc.dtlsTransports
    .filter(({ state, iceTransport }) => {
      return state === "connected" && iceTransport.connection.nominated === undefined;
    })
    .map(({ iceTransport }) => iceTransport.start());
}

/** Mends one transport. `hasStun` says whether anybody gave a STUN server. */
export function mendTransport(transport: InsideDtls, hasStun: boolean): void {
  const ice = transport.iceTransport;
  const { connection } = ice;

  // When gathering ends after the connection was closed, it is `completed` again, and what looks for pairs goes on for ever.
  const inside = connection as unknown as InsideIce;
  const setState = inside.setState.bind(connection);
  inside.setState = (state) => {
    if (connection.state !== "closed") setState(state);
  };

  // Without a STUN server it asks stun.l.google.com: an unwanted DNS look-up, and offline a pause of seconds.
  if (!hasStun) delete connection.stunServer;

  // New ICE credentials while some section is inactive are taken for a mere renomination: the answer keeps the old ones,
  // nothing is checked, nothing can be sent any more. They are a restart. RFC 8839 §4.4.1.1.1.
  const setRemoteParams = ice.setRemoteParams.bind(ice);
  ice.setRemoteParams = (parameters) => setRemoteParams(parameters, false);

  // A TURN candidate that comes after the first check is paired with no remote candidate: with relay only, nothing is ever
  // checked, unless the allocation was faster than the answer.
  connection.onIceCandidate.subscribe(({ type }) => {
    if (type !== "relay") return;
    for (const protocol of inside.protocols) {
      if (protocol.localCandidate?.type === "relay") inside.pairLocalProtocol(protocol);
    }
  });

  askAgain(inside);
  paceChecks(inside);
  keepEarlyHello(transport);
  startClientAtOnce(transport);
}

/**
 * After an ICE restart it asks the STUN server from new sockets only: those that it has lose their reflexive candidates, and
 * two ends behind NATs find each other no more. A restart gathers all of them. RFC 8445 §2.4.
 */
function askAgain(ice: InsideIce): void {
  const gather = ice.getCandidatePromises.bind(ice);
  ice.getCandidatePromises = (addresses, timeoutS) => {
    const { stunServer, generation } = ice;
    const sockets = [...ice.protocols].filter(
      ({ type, localCandidate }) => type === "stun" && isIPv4(localCandidate?.host ?? ""),
    );
    const asked = async (socket: InsideProtocol): Promise<void> => {
      if (stunServer === undefined) return;
      const [host, port] = stunServer;
      const candidate = await serverReflexiveCandidate(socket as never, [host, port]);
      const isLate = ice.state === "closed" || ice.generation !== generation;
      if (candidate !== undefined && !isLate) ice.appendLocalCandidate(candidate);
    };
    return [...gather(addresses, timeoutS), ...sockets.map(asked)];
  };
}

/**
 * Before its own ICE is up, werift reads no DTLS: the first ClientHello of an answerer that is up already is lost, and comes
 * again after that one's timer, mostly a second. What comes early is kept, and read when DTLS starts.
 */
function keepEarlyHello(transport: InsideDtls): void {
  const { connection } = transport.iceTransport;
  let early: Buffer[] = [];
  const { unSubscribe } = connection.onData.subscribe((data) => {
    if (transport.state !== "new") return;
    if (isHandshake(data) && early.length < MAX_EARLY) early.push(data);
  });
  const watching = transport.onStateChange.subscribe((state) => {
    if (state === "new") return;
    watching.unSubscribe();
    const kept = early;
    early = [];
    // The DTLS socket begins to listen in the same turn in which the state changes.
    queueMicrotask(() => {
      unSubscribe();
      if (state !== "connecting") return;
      for (const data of kept) connection.onData.execute(data);
    });
  });
}

/** An answerer repeats its ClientHello while it waits: these are the first and a few more, in fragments if need be. */
const MAX_EARLY = 16;

/** A DTLS record of type handshake. RFC 9147 §4, RFC 7983 §7. */
function isHandshake(data: Buffer): boolean {
  return data[0] === 22;
}

/**
 * As DTLS client werift sleeps 100 ms before its first flight, and sends it again only after 500. Most servers are there at
 * once; to those that are not, and lose it, it goes again: after 20 ms, when another werift has looked for its pair again, then
 * after 50, 100 and 200, as browsers do it. RFC 6347 §4.2.4.1.
 */
function startClientAtOnce(transport: InsideDtls): void {
  const watching = transport.onStateChange.subscribe((state) => {
    if (state === "new") return;
    watching.unSubscribe();
    if (state !== "connecting") return;
    queueMicrotask(() => {
      if (transport.dtls === undefined) return;
      ignoreRepeats(transport.dtls as unknown as DtlsEnd);
      const client = transport.dtls as unknown as DtlsClient;
      if (transport.role !== "client" || typeof client.connect !== "function") return;
      repeatFirstFlight(transport, client);
      const running = client.connect();
      running.catch(() => {});
      // Who wakes up after the 100 ms gets the end of this one.
      client.connect = () => running;
    });
  });
}

interface DtlsEnd {
  onHandleHandshakes?: (messages: readonly HandshakeMessage[]) => Promise<void>;
}

interface HandshakeMessage {
  readonly msg_type: number;
  readonly fragment: Buffer;
}

interface DtlsClient extends DtlsEnd {
  connect?: () => Promise<void>;
  readonly transport: { send: (data: Buffer, address?: unknown) => Promise<void> };
}

/**
 * A DTLS end that waits sends its flight again (libwebrtc after 50 ms), and what is repeated may come while the answer to the
 * first is on its way. werift's client fails at a second HelloVerifyRequest; at any other message that comes a second time
 * werift makes new keys, which the other end does not have. It needs the first of each; its own flights it repeats by itself,
 * and a repeated Finished makes it do so. A ClientHello may come again, in case its answer was lost, until the client shows
 * that it has this answer: by the cookie of the HelloVerifyRequest, then by its keys. RFC 6347 §4.2.1, §4.2.4.
 */
function ignoreRepeats(end: DtlsEnd): void {
  const handle = end.onHandleHandshakes;
  if (handle === undefined) return;
  const seen = new Set<number>();
  let hasCookie = false;
  const isNew = (message: HandshakeMessage): boolean => {
    const { msg_type: type } = message;
    if (type === CLIENT_HELLO) {
      if (seen.has(CLIENT_KEY_EXCHANGE)) return false;
      const isAnswer = cookieLength(message) > 0;
      if (hasCookie && !isAnswer) return false;
      hasCookie = isAnswer;
      return true;
    }
    if (!ONCE.has(type)) return true;
    const isFirst = !seen.has(type);
    seen.add(type);
    return isFirst;
  };
  end.onHandleHandshakes = (messages) => handle(messages.filter(isNew));
}

/** After the version, 32 random bytes and a session id. RFC 6347 §4.2.1. */
function cookieLength({ fragment }: HandshakeMessage): number {
  const sessionIdLength = fragment[34] ?? 0;
  return fragment[35 + sessionIdLength] ?? 0;
}

const CLIENT_HELLO = 1;
const CLIENT_KEY_EXCHANGE = 16;

/**
 * Messages that a handshake has once: ServerHello, HelloVerifyRequest, Certificate, ServerKeyExchange, CertificateRequest,
 * ServerHelloDone, CertificateVerify, ClientKeyExchange. RFC 6347 §4.3.2.
 */
const ONCE: ReadonlySet<number> = new Set([2, 3, 11, 12, 13, 14, 15, CLIENT_KEY_EXCHANGE]);

/** Sends again what was sent, until the server says something or the handshake is over. */
function repeatFirstFlight(transport: InsideDtls, { transport: socket }: DtlsClient): void {
  const { connection } = transport.iceTransport;
  const flight: Buffer[] = [];
  const send = socket.send;
  const again = (): void => {
    for (const data of flight) send(data).catch(() => {});
  };
  const timers = REPEAT_AFTER_MS.map((ms) => setTimeout(again, ms));
  const end = (): void => {
    for (const timer of timers) clearTimeout(timer);
    socket.send = send;
    hearing.unSubscribe();
    watching.unSubscribe();
  };
  socket.send = (data, address) => {
    flight.push(data);
    return send(data, address);
  };
  // A server's first record, 20 to 63; others share the path. RFC 7983 §7.
  const hearing = connection.onData.subscribe((data) => {
    const type = data[0] ?? 0;
    if (type >= 20 && type <= 63) end();
  });
  const watching = transport.onStateChange.subscribe(end);
}

const REPEAT_AFTER_MS = [20, 50, 100, 200];

/** Mends the SCTP association, before it starts. */
export function mendSctp(sctp: InsideSctp, started: () => void): void {
  const start = sctp.start.bind(sctp);
  sctp.start = (remotePort) => {
    started();
    const starting = start(remotePort);
    // It gives out stream ids by the ICE role. They go by the DTLS role: even for the client. RFC 8832 §6.
    sctp.dataChannelId = sctp.dtlsTransport.role === "client" ? 0 : 1;
    return starting;
  };
}
