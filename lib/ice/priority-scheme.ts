import type { Message } from "../text.ts";
import type { Address } from "./address.ts";
import { parseAddress } from "./address.ts";
import type { Candidate } from "./candidate.ts";

/** The formulas agents are known to use. `rfc8445` is the recommendation for an agent with one address: local preference 65535. */
export type PrioritySchemeName =
  | "libwebrtc"
  | "firefox"
  | "libnice"
  | "libjuice"
  | "werift"
  | "pion"
  | "rfc8445";

/** How an agent talks to its TURN server. */
export type RelayTransport = "udp" | "dtls" | "tcp" | "tls";

/** What the bits of one priority mean under one agent's formula. */
export interface SchemeParts {
  readonly scheme: PrioritySchemeName;
  /** The rank of the network interface: higher is preferred, 127 the first (libwebrtc, Firefox). */
  readonly networkPreference?: number;
  /** The rank of the address's family and block as libwebrtc has it, from RFC 6724's idea. */
  readonly addressPrecedence?: number;
  /** The rank of the STUN or TURN server: higher is preferred. */
  readonly serverPreference?: number;
  /** The position of the address in the agent's list (libnice, libjuice). */
  readonly addressIndex?: number;
  /** The direction preference of TCP. RFC 6544 §4.2. */
  readonly directionPreference?: number;
  /** How the agent reaches its TURN server, where the type preference tells it. */
  readonly relayTransport?: RelayTransport;
  readonly meaning: Message;
}

/** The parts of a candidate that a priority depends on. */
export type PriorityContext = Partial<
  Pick<Candidate, "type" | "transport" | "tcpType" | "address" | "component">
>;

/**
 * The agents' formulas that a type and a local preference fit, the most specific first.
 * What the context says (type, transport and its spelling, TCP direction, address) narrows them; what it leaves out does not.
 */
export function recognizeSchemes(
  typePreference: number,
  localPreference: number,
  context: PriorityContext,
): readonly SchemeParts[] {
  const facts = factsOf(typePreference, localPreference, context);
  const found: SchemeParts[] = [];
  for (const recognize of recognizers) {
    const parts = recognize(facts);
    if (parts !== undefined) found.push(parts);
  }
  return found;
}

interface Facts {
  readonly typePreference: number;
  readonly local: number;
  readonly type: string | undefined;
  readonly transport: string | undefined;
  readonly isTcp: boolean | undefined;
  readonly tcpType: string | undefined;
  readonly address: Address | undefined;
}

type Recognizer = (facts: Facts) => SchemeParts | undefined;

const recognizers: readonly Recognizer[] = [
  libwebrtc,
  firefox,
  libnice,
  libjuice,
  werift,
  pion,
  rfc8445,
];

function factsOf(typePreference: number, local: number, context: PriorityContext): Facts {
  const { type, transport, tcpType, address } = context;
  const lower = transport?.toLowerCase();
  return {
    typePreference,
    local,
    type,
    transport,
    isTcp: lower === undefined ? undefined : lower !== "udp",
    tcpType,
    address: address === undefined ? undefined : parseAddress(address),
  };
}

/** The type preferences of one agent: for UDP and for TCP. A relay may have several. */
interface TypeTable {
  readonly udp: Readonly<Record<string, readonly number[]>>;
  readonly tcp: Readonly<Record<string, readonly number[]>>;
}

function fitsType(facts: Facts, table: TypeTable): boolean {
  const { isTcp, type, typePreference } = facts;
  return (
    (isTcp !== true && fitsOneType(table.udp, type, typePreference)) ||
    (isTcp !== false && fitsOneType(table.tcp, type, typePreference))
  );
}

function fitsOneType(
  table: Readonly<Record<string, readonly number[]>>,
  type: string | undefined,
  preference: number,
): boolean {
  if (type !== undefined)
    return Object.hasOwn(table, type) && table[type]?.includes(preference) === true;
  return Object.values(table).some((preferences) => preferences.includes(preference));
}

/** Agents that write the transport in one case only cannot have made a candidate that has the other. */
function isSpelled(facts: Facts, spelling: "lower" | "upper"): boolean {
  const { transport } = facts;
  if (transport === undefined) return true;
  return transport === (spelling === "lower" ? transport.toLowerCase() : transport.toUpperCase());
}

const libwebrtcTypes: TypeTable = {
  udp: { host: [126], prflx: [110], srflx: [100], relay: [3, 2, 1, 0] },
  tcp: { host: [90], prflx: [80], srflx: [100], relay: [3, 2, 1, 0] },
};

/** libwebrtc's `IPAddressPrecedence`: loopback IPv6, ULA, public IPv6, IPv4, 6to4, Teredo, site-local. */
const precedences = [60, 50, 40, 30, 20, 10, 1] as const;

const MAX_TURN_SERVERS = 32;

/**
 * The transport to the TURN server by type preference. Since TURN over DTLS came, UDP is 3 and DTLS 2; before, UDP was 2.
 * A 2 is read as UDP: those builds are many, and hardly a TURN server is reached over DTLS.
 */
const libwebrtcRelays: readonly RelayTransport[] = ["tls", "tcp", "udp", "udp"];

/**
 * libwebrtc, p2p/base/port.h and api/candidate.cc: local preference = interface rank · 256 + address precedence,
 * plus the rank of the TURN server for relays. Newer builds may add 32 to all others.
 */
function libwebrtc(facts: Facts): SchemeParts | undefined {
  if (!isSpelled(facts, "lower") || !fitsType(facts, libwebrtcTypes)) return undefined;
  const networkPreference = facts.local >> 8;
  if (networkPreference > 127) return undefined;
  const rest = facts.local & 255;
  const isRelay = facts.type === "relay" || facts.typePreference <= 3;
  const possible = precedencesOf(facts.address);
  const addressPrecedence = possible.find((precedence) =>
    isRelay
      ? rest >= precedence && rest < precedence + MAX_TURN_SERVERS
      : rest === precedence || rest === precedence + MAX_TURN_SERVERS,
  );
  if (addressPrecedence === undefined) return undefined;
  const extra = rest - addressPrecedence;
  const relayTransport = isRelay ? libwebrtcRelays[facts.typePreference] : undefined;
  const en = `libwebrtc: interface rank ${networkPreference}, address precedence ${addressPrecedence}`;
  const ko = `libwebrtc: 인터페이스 순위 ${networkPreference}, 주소 우선순위 ${addressPrecedence}`;
  return {
    scheme: "libwebrtc",
    networkPreference,
    addressPrecedence,
    ...(isRelay && { serverPreference: extra }),
    ...(relayTransport && { relayTransport }),
    meaning: isRelay
      ? {
          en: `${en}, TURN server rank ${extra}, reached over ${relayTransport}.`,
          ko: `${ko}, TURN 서버 순위 ${extra}, ${relayTransport}로 연결합니다.`,
        }
      : { en: `${en}.`, ko: `${ko}.` },
  };
}

function precedencesOf(address: Address | undefined): readonly number[] {
  if (address?.family === undefined) return precedences;
  if (address.family === "IPv4") return [30];
  switch (address.scope) {
    case "loopback":
      return [60];
    case "unique-local":
      return [50];
    case "6to4":
      return [20];
    case "teredo":
      return [10];
    case "reserved":
      return [1];
    default:
      return [40, 30];
  }
}

const firefoxTypes: TypeTable = {
  udp: { host: [126], prflx: [110], srflx: [100], relay: [5, 0] },
  tcp: { host: [125], prflx: [109], srflx: [99], relay: [5, 0] },
};

/**
 * Firefox (nICEr, ice_candidate.c): local preference = interface rank · 256 + direction · 32 + server rank,
 * where a host has server rank 0 and the first STUN or TURN server 31. The interface ranks count down from 127.
 */
function firefox(facts: Facts): SchemeParts | undefined {
  if (!isSpelled(facts, "upper") || !fitsType(facts, firefoxTypes)) return undefined;
  const { local, type, typePreference } = facts;
  const networkPreference = local >> 8;
  if (networkPreference > 127 || networkPreference === 0) return undefined;
  const directionPreference = (local >> 5) & 7;
  const serverPreference = local & 31;
  const isTcpType = typePreference === 125 || typePreference === 109 || typePreference === 99;
  if (isTcpType ? !fitsDirection(facts, directionPreference) : directionPreference !== 0)
    return undefined;
  const isHost = type === "host" || typePreference >= 125;
  if (isHost !== (serverPreference === 0) && type !== "prflx") return undefined;
  const isRelay = type === "relay" || typePreference <= 5;
  const relayTransport = isRelay ? (typePreference === 5 ? "udp" : "tcp") : undefined;
  const server = isHost || type === "prflx" ? undefined : 31 - serverPreference;
  const en = `Firefox: interface rank ${networkPreference}`;
  const ko = `Firefox: 인터페이스 순위 ${networkPreference}`;
  return {
    scheme: "firefox",
    networkPreference,
    ...(isTcpType && { directionPreference }),
    ...(server !== undefined && { serverPreference }),
    ...(relayTransport && { relayTransport }),
    meaning: {
      en: `${en}${server === undefined ? "" : `, server number ${server}`}${relayTransport ? `, TURN over ${relayTransport}` : ""}.`,
      ko: `${ko}${server === undefined ? "" : `, 서버 번호 ${server}`}${relayTransport ? `, TURN ${relayTransport} 연결` : ""}.`,
    },
  };
}

/** Whether a direction preference is the one RFC 6544 §4.2 gives the candidate's tcptype. */
function fitsDirection(facts: Facts, preference: number): boolean {
  const { tcpType, type } = facts;
  if (tcpType === undefined) return preference === 2 || preference === 4 || preference === 6;
  const order =
    type === "srflx" || type === "prflx"
      ? ["so", "active", "passive"]
      : ["active", "passive", "so"];
  return order[(6 - preference) / 2] === tcpType;
}

const libniceTypes: TypeTable = {
  udp: { host: [120], prflx: [110], srflx: [100, 105], relay: [30, 20] },
  tcp: { host: [60], prflx: [55], srflx: [50, 52], relay: [15, 10] },
};

/**
 * libnice (agent/candidate.c): local preference = direction · 8192 + TURN server rank · 64 + position of the address;
 * direction 1 for UDP, else active 4, passive 2, so 6. Type preferences are halved for TCP.
 */
function libnice(facts: Facts): SchemeParts | undefined {
  if (!fitsType(facts, libniceTypes)) return undefined;
  const { local, tcpType, typePreference } = facts;
  const directionPreference = local >> 13;
  const isUdp = facts.isTcp === false || (facts.isTcp === undefined && directionPreference === 1);
  if (isUdp ? directionPreference !== 1 : !libniceDirections(tcpType).includes(directionPreference))
    return undefined;
  if ((local & 0x1fff) >= 0x200) return undefined;
  const addressIndex = local & 63;
  const serverPreference = (local >> 6) & 7;
  const relayTransport = typePreference === 30 || typePreference === 15 ? "udp" : undefined;
  return {
    scheme: "libnice",
    addressIndex,
    ...(!isUdp && { directionPreference }),
    ...(typePreference <= 30 && { serverPreference }),
    ...(relayTransport && { relayTransport }),
    meaning: {
      en: `libnice (GStreamer, Janus): address number ${addressIndex} of the machine${relayTransport ? ", TURN over udp" : ""}.`,
      ko: `libnice(GStreamer, Janus): 기기의 ${addressIndex}번 주소${relayTransport ? ", TURN udp 연결" : ""}.`,
    },
  };
}

function libniceDirections(tcpType: string | undefined): readonly number[] {
  switch (tcpType) {
    case "active":
      return [4, 6];
    case "passive":
      return [2, 4];
    case "so":
      return [6, 2];
    default:
      return [2, 4, 6];
  }
}

const libjuiceTypes: TypeTable = {
  udp: { host: [126], prflx: [110], srflx: [100], relay: [0] },
  tcp: { host: [76], prflx: [60], srflx: [50], relay: [0] },
};

/**
 * libjuice (src/ice.c): direction · 8192 + 4095 for IPv4 or 8191 for IPv6, less the position of the address;
 * before TCP came (1.6), 32767 or 65535.
 */
function libjuice(facts: Facts): SchemeParts | undefined {
  if (!isSpelled(facts, "upper") || !fitsType(facts, libjuiceTypes)) return undefined;
  const { local, address, typePreference } = facts;
  const isTcpType = typePreference === 76 || typePreference === 60 || typePreference === 50;
  const directionPreference = local >> 13;
  const top = libjuiceTops(address?.family).find((from) => from - local >= 0 && from - local < 128);
  const newTop = (address?.family === "IPv6" ? 8191 : 4095) - (local & 0x1fff);
  const isNew =
    newTop >= 0 &&
    newTop < 128 &&
    (isTcpType ? fitsDirection(facts, directionPreference) : directionPreference === 0);
  if (!isNew && (top === undefined || isTcpType)) return undefined;
  const addressIndex = isNew ? newTop : (top as number) - local;
  return {
    scheme: "libjuice",
    addressIndex,
    ...(isTcpType && { directionPreference }),
    meaning: {
      en: `libjuice (libdatachannel): address number ${addressIndex} of the machine.`,
      ko: `libjuice(libdatachannel): 기기의 ${addressIndex}번 주소.`,
    },
  };
}

function libjuiceTops(family: string | undefined): readonly number[] {
  return family === "IPv4" ? [32767] : family === "IPv6" ? [65535] : [32767, 65535];
}

const weriftTypes: TypeTable = {
  udp: { host: [126], prflx: [110], srflx: [100], relay: [0] },
  tcp: { host: [105], prflx: [90], srflx: [80], relay: [0] },
};

/** werift (ice/src/candidate.ts): 8191, with the direction preference above it for TCP. Its relays have 65535. */
function werift(facts: Facts): SchemeParts | undefined {
  if (!isSpelled(facts, "lower") || !fitsType(facts, weriftTypes)) return undefined;
  return fixedLocal(facts, "werift", weriftTypes, 8191);
}

const pionTypes: TypeTable = {
  udp: { host: [126], prflx: [110], srflx: [100], relay: [0] },
  tcp: { host: [99], prflx: [83], srflx: [73], relay: [0] },
};

/** Pion (candidate_base.go): type preference less 27 for TCP, direction preference above 8191. UDP is RFC 8445's own. */
function pion(facts: Facts): SchemeParts | undefined {
  if (!isSpelled(facts, "lower") || !fitsType(facts, pionTypes)) return undefined;
  const { typePreference } = facts;
  if (typePreference !== 99 && typePreference !== 83 && typePreference !== 73) return undefined;
  return fixedLocal(facts, "pion", pionTypes, 8191);
}

function fixedLocal(
  facts: Facts,
  scheme: "werift" | "pion",
  table: TypeTable,
  other: number,
): SchemeParts | undefined {
  const isTcpType = facts.isTcp ?? !fitsOneType(table.udp, facts.type, facts.typePreference);
  const directionPreference = facts.local >> 13;
  if ((facts.local & 0x1fff) !== other) return undefined;
  if (isTcpType ? !fitsDirection(facts, directionPreference) : directionPreference !== 0)
    return undefined;
  const name = scheme === "pion" ? "Pion" : scheme;
  return {
    scheme,
    ...(isTcpType && { directionPreference }),
    meaning: {
      en: `${name}: the same local preference for every address.`,
      ko: `${name}: 모든 주소에 같은 local preference를 씁니다.`,
    },
  };
}

const recommendedTypes: TypeTable = {
  udp: { host: [126], prflx: [110], srflx: [100], relay: [0] },
  tcp: {},
};

/** RFC 8445 §5.1.2.1: an agent with one address should use 65535. Pion, aiortc and werift's relays do always. */
function rfc8445(facts: Facts): SchemeParts | undefined {
  if (facts.local !== 65535 || !fitsType(facts, recommendedTypes)) return undefined;
  return {
    scheme: "rfc8445",
    meaning: {
      en: "RFC 8445's value for an agent with a single address (Pion, aiortc and others use it always).",
      ko: "주소가 하나인 에이전트에 RFC 8445가 권하는 값입니다(Pion, aiortc 등은 항상 사용합니다).",
    },
  };
}
