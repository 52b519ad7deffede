import type { Message } from "../text.ts";
import type { Address, AddressFamily, AddressScope } from "./address.ts";
import { parseAddress, scopeMeanings } from "./address.ts";
import type { Candidate, CandidateType } from "./candidate.ts";
import { demandCandidate } from "./demand-candidate.ts";
import type { NetworkCost } from "./network-cost.ts";
import { readNetworkCost } from "./network-cost.ts";
import { decodePriority } from "./priority.ts";
import type { PrioritySchemeName, RelayTransport } from "./priority-scheme.ts";

/** What one candidate is, and what it tells. */
export interface CandidateClass {
  readonly type: CandidateType | "unknown";
  readonly transport: "udp" | "tcp" | "ssltcp" | "unknown";
  readonly tcpType?: string;
  /** Absent for names: an mDNS name may stand for either. */
  readonly family?: AddressFamily;
  /** `invalid` when the address is neither an IP address nor a name. */
  readonly scope: AddressScope | "invalid";
  /** The scope of `raddr`; absent when there is none or it is hidden. */
  readonly relatedScope?: AddressScope;
  /** `raddr` is 0.0.0.0, :: or an mDNS name, as browsers write it for privacy. */
  readonly isRelatedAddressHidden: boolean;
  /** How the agent reaches its TURN server, where the priority tells it. Relays only. */
  readonly relayTransport?: RelayTransport;
  /** The agent whose formula the priority fits, where exactly one fits. */
  readonly scheme?: PrioritySchemeName;
  /** libwebrtc's `network-cost`, read. */
  readonly networkCost?: NetworkCost;
  /** One sentence: what it is. */
  readonly summary: Message;
  /** What it gives away about the machine and its network. */
  readonly reveals: readonly Message[];
  /** What follows from it alone. What several prove together, `candidateEvidence` tells. */
  readonly proves: readonly Message[];
}

/** Says what a candidate is: type, transport, family and scope of its address, and what it reveals and proves. Throws `TypeError` for what is no candidate. */
export function classifyCandidate(candidate: Candidate): CandidateClass {
  demandCandidate(candidate, "classifyCandidate");
  const address = parseAddress(candidate.address);
  const related =
    candidate.relatedAddress === undefined ? undefined : parseAddress(candidate.relatedAddress);
  const isHidden = related?.scope === "unspecified" || related?.scope === "mdns";
  const type = typeOf(candidate.type);
  const transport = transportOf(candidate.transport);
  const { schemes } = decodePriority(candidate.priority, candidate);
  const scheme = schemes.length === 1 ? schemes[0] : undefined;
  const relayTransport = type === "relay" ? schemes[0]?.relayTransport : undefined;
  const networkCost = readNetworkCost(candidate);
  const scope = address?.scope ?? "invalid";
  return {
    type,
    transport,
    ...(candidate.tcpType !== undefined && { tcpType: candidate.tcpType }),
    ...(address?.family && { family: address.family }),
    scope,
    ...(related && !isHidden && { relatedScope: related.scope }),
    isRelatedAddressHidden: isHidden,
    ...(relayTransport && { relayTransport }),
    ...(scheme && { scheme: scheme.scheme }),
    ...(networkCost && { networkCost }),
    summary: summarize(candidate, type, transport, scope, relayTransport),
    reveals: revealsOf(type, address, isHidden ? undefined : related, networkCost),
    proves: provesOf(candidate, type, address, isHidden ? undefined : related),
  };
}

function typeOf(type: string): CandidateType | "unknown" {
  return type === "host" || type === "srflx" || type === "prflx" || type === "relay"
    ? type
    : "unknown";
}

function transportOf(transport: string): CandidateClass["transport"] {
  const lower = transport.toLowerCase();
  return lower === "udp" || lower === "tcp" || lower === "ssltcp" ? lower : "unknown";
}

const typeMeanings: Readonly<Record<CandidateType | "unknown", Message>> = {
  host: { en: "An address of the machine itself", ko: "기기 자신의 주소" },
  srflx: {
    en: "The address that a STUN server saw: the outside of a NAT, or the machine's own public address",
    ko: "STUN 서버가 본 주소(NAT의 바깥쪽 또는 기기 자신의 공인 주소)",
  },
  prflx: {
    en: "An address that the peer saw in a connectivity check",
    ko: "연결 검사에서 상대가 본 주소",
  },
  relay: { en: "An address on a TURN server", ko: "TURN 서버의 주소" },
  unknown: { en: "A candidate of an unknown type", ko: "알 수 없는 type의 candidate" },
};

function summarize(
  candidate: Candidate,
  type: CandidateClass["type"],
  transport: CandidateClass["transport"],
  scope: CandidateClass["scope"],
  relayTransport: RelayTransport | undefined,
): Message {
  const what = typeMeanings[type];
  const over = transport === "unknown" ? candidate.transport : transport.toUpperCase();
  const direction = candidate.tcpType === undefined ? "" : ` ${candidate.tcpType}`;
  const where = scope === "invalid" ? invalidAddress : scopeMeanings[scope];
  const relay = relayTransport === undefined ? "" : ` (${relayTransport.toUpperCase()})`;
  return {
    en: `${what.en}${relay}, over ${over}${direction}. ${where.en}`,
    ko: `${what.ko}${relay}, ${over}${direction}. ${where.ko}`,
  };
}

const invalidAddress: Message = {
  en: "Its address is neither an IP address nor a name.",
  ko: "주소가 IP 주소도 이름도 아닙니다.",
};

function revealsOf(
  type: CandidateClass["type"],
  address: Address | undefined,
  related: Address | undefined,
  networkCost: NetworkCost | undefined,
): Message[] {
  const reveals: Message[] = [];
  const own = type === "host" ? address : type === "relay" ? undefined : related;
  if (own?.family !== undefined && isInside(own.scope))
    reveals.push({
      en: `The machine's own address in its network is ${own.canonical}.`,
      ko: `기기의 내부망 주소는 ${own.canonical}입니다.`,
    });
  if (type === "host" && address?.scope === "public")
    reveals.push({
      en: `The machine has the public address ${address.canonical}.`,
      ko: `기기가 공인 주소(${address.canonical})를 직접 가지고 있습니다.`,
    });
  if ((type === "srflx" || type === "prflx") && address?.scope === "public")
    reveals.push({
      en: `Its network appears on the internet as ${address.canonical}.`,
      ko: `인터넷에서 보이는 이 네트워크의 주소는 ${address.canonical}입니다.`,
    });
  if (type === "relay" && related?.family !== undefined)
    reveals.push({
      en: `The TURN server sees the machine as ${related.canonical}, although the candidate itself is the server's address.`,
      ko: `candidate 자체는 서버 주소이지만, TURN 서버에 보이는 이 기기의 주소는 ${related.canonical}입니다.`,
    });
  if (address?.zone !== undefined)
    reveals.push({
      en: `The name of the interface is ${address.zone}.`,
      ko: `네트워크 인터페이스 이름은 ${address.zone}입니다.`,
    });
  if (tellsNetwork(networkCost)) reveals.push(networkCost.message);
  if (address?.form === "mdns")
    reveals.push({
      en: "Nothing: the private address hides behind a random name.",
      ko: "드러나는 정보가 없습니다. 사설 주소가 무작위 이름 뒤에 숨어 있습니다.",
    });
  return reveals;
}

function tellsNetwork(cost: NetworkCost | undefined): cost is NetworkCost {
  return cost !== undefined && cost.network !== "unknown" && cost.network !== "hidden";
}

function isInside(scope: AddressScope): boolean {
  return (
    scope === "private" || scope === "cgnat" || scope === "unique-local" || scope === "link-local"
  );
}

function provesOf(
  candidate: Candidate,
  type: CandidateClass["type"],
  address: Address | undefined,
  related: Address | undefined,
): Message[] {
  if (address === undefined || type === "host" || type === "unknown") return [];
  if (type === "relay")
    return [
      {
        en: "A TURN server was reached and accepted the credentials.",
        ko: "TURN 서버에 연결했고 자격 증명이 받아들여졌습니다.",
      },
    ];
  if (related === undefined || related.family === undefined) return [];
  if (related.canonical === address.canonical)
    return [
      {
        en: `No NAT between the machine and the STUN server: it was seen with its own address ${address.canonical}.`,
        ko: `기기와 STUN 서버 사이에 NAT가 없습니다. 자신의 주소(${address.canonical})가 그대로 보였습니다.`,
      },
    ];
  const nat: Message = {
    en: `A NAT: ${related.canonical} was seen as ${address.canonical}.`,
    ko: `NAT가 있습니다. 내부 주소는 ${related.canonical}, 밖에서 보인 주소는 ${address.canonical}입니다.`,
  };
  if (candidate.relatedPort === undefined || candidate.relatedPort === 0) return [nat];
  if (candidate.relatedPort === candidate.port)
    return [
      nat,
      {
        en: `The NAT kept the port ${candidate.port}.`,
        ko: `NAT가 port를 그대로(${candidate.port}) 유지했습니다.`,
      },
    ];
  return [
    nat,
    {
      en: `The NAT changed the port from ${candidate.relatedPort} to ${candidate.port}.`,
      ko: `NAT가 port를 바꿨습니다(${candidate.relatedPort} → ${candidate.port}).`,
    },
  ];
}
