import type { Message } from "../text.ts";
import { parseAddress } from "./address.ts";
import { baseOf } from "./base.ts";
import type { Candidate } from "./candidate.ts";
import { readNetworkCost } from "./network-cost.ts";

/** What several candidates of one side show together. */
export interface Evidence {
  readonly name: EvidenceName;
  readonly certainty: "certain" | "likely";
  readonly message: Message;
  /** The candidates that show it. */
  readonly candidates: readonly Candidate[];
}

export type EvidenceName =
  | "no-nat"
  | "nat"
  | "symmetric-nat"
  | "port-preserving-nat"
  | "carrier-nat"
  | "no-reflexive"
  | "relay"
  | "relay-only"
  | "hidden-addresses"
  | "vpn"
  | "cellular"
  | "loopback-only"
  | "tcp-only";

/**
 * What the candidates of one side show about its machine and network: a NAT and how it maps, a VPN, a cellular network, hidden addresses,
 * and what is missing. Only what the candidates themselves show; no candidates show nothing.
 */
export function candidateEvidence(candidates: readonly Candidate[]): readonly Evidence[] {
  if (candidates.length === 0) return [];
  const found: Evidence[] = [];
  for (const finder of finders) {
    const evidence = finder(candidates);
    if (evidence !== undefined) found.push(evidence);
  }
  return found;
}

type Finder = (candidates: readonly Candidate[]) => Evidence | undefined;

const finders: readonly Finder[] = [
  noNat,
  symmetricNat,
  nat,
  portPreservingNat,
  carrierNat,
  noReflexive,
  relay,
  relayOnly,
  hiddenAddresses,
  vpn,
  cellular,
  loopbackOnly,
  tcpOnly,
];

function noNat(candidates: readonly Candidate[]): Evidence | undefined {
  const direct = candidates.filter((candidate) => {
    const address = parseAddress(candidate.address);
    if (address?.family !== "IPv4") return false;
    if (candidate.type === "host") return address.scope === "public";
    const related = parseAddress(candidate.relatedAddress ?? "");
    return candidate.type === "srflx" && related?.canonical === address.canonical;
  });
  const first = direct[0];
  if (first === undefined) return undefined;
  return {
    name: "no-nat",
    certainty: first.type === "srflx" ? "certain" : "likely",
    candidates: direct,
    message: {
      en: `No NAT: the machine itself has ${first.address}.`,
      ko: `NAT가 없습니다. 기기가 공인 주소(${first.address})를 직접 가지고 있습니다.`,
    },
  };
}

/** The server-reflexive UDP candidates whose base is known and differs from them, grouped by base. */
function mappingsByBase(candidates: readonly Candidate[]): Map<Candidate | string, Candidate[]> {
  const groups = new Map<Candidate | string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.type !== "srflx" || candidate.transport.toLowerCase() !== "udp") continue;
    const base = baseOf(candidate, candidates);
    const key = base === candidate ? relatedKey(candidate) : base;
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  return groups;
}

/** The base as the candidate tells it; undefined when it hides it. */
function relatedKey(candidate: Candidate): string | undefined {
  const related = parseAddress(candidate.relatedAddress ?? "");
  if (related?.family === undefined || related.scope === "unspecified") return undefined;
  return candidate.relatedPort
    ? `${candidate.component} ${related.canonical} ${candidate.relatedPort}`
    : undefined;
}

function symmetricNat(candidates: readonly Candidate[]): Evidence | undefined {
  for (const group of mappingsByBase(candidates).values()) {
    const first = group[0];
    const other = group.find(
      (candidate) => first !== undefined && transportAddress(candidate) !== transportAddress(first),
    );
    if (first === undefined || other === undefined) continue;
    return {
      name: "symmetric-nat",
      certainty: "certain",
      candidates: group,
      message: {
        en: `A symmetric NAT: one socket was seen as ${transportAddress(first)} and as ${transportAddress(other)} by two servers. What a STUN server sees is not what the peer sees, so direct connections often fail and TURN is needed.`,
        ko: `대칭형 NAT입니다. 같은 소켓이 두 서버에 서로 다른 주소(${transportAddress(first)}, ${transportAddress(other)})로 보였습니다. STUN 서버가 본 주소와 상대가 보는 주소가 다르므로 직접 연결이 자주 실패하며 TURN이 필요합니다.`,
      },
    };
  }
  return undefined;
}

function transportAddress(candidate: Candidate): string {
  const { address, port } = candidate;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function nat(candidates: readonly Candidate[]): Evidence | undefined {
  const behind = candidates.filter((candidate) => {
    if (candidate.type !== "srflx") return false;
    const related = parseAddress(candidate.relatedAddress ?? "");
    const address = parseAddress(candidate.address);
    if (related === undefined || address?.family !== "IPv4") return false;
    if (related.scope !== "unspecified" && related.form === "ipv4")
      return related.canonical !== address.canonical;
    const base = baseOf(candidate, candidates);
    return base !== candidate && parseAddress(base.address)?.form === "mdns";
  });
  const first = behind[0];
  if (first === undefined) return undefined;
  return {
    name: "nat",
    certainty:
      parseAddress(first.relatedAddress ?? "")?.scope === "unspecified" ? "likely" : "certain",
    candidates: behind,
    message: {
      en: `A NAT: the machine is seen from outside as ${first.address}.`,
      ko: `NAT가 있습니다. 밖에서 보이는 이 기기의 주소는 ${first.address}입니다.`,
    },
  };
}

function portPreservingNat(candidates: readonly Candidate[]): Evidence | undefined {
  if (symmetricNat(candidates) !== undefined) return undefined;
  const kept = candidates.filter(
    (candidate) =>
      candidate.type === "srflx" &&
      candidate.relatedPort === candidate.port &&
      candidate.relatedAddress !== candidate.address,
  );
  if (kept.length === 0) return undefined;
  return {
    name: "port-preserving-nat",
    certainty: "likely",
    candidates: kept,
    message: {
      en: `The NAT keeps ports (${kept[0]?.port}): it probably maps every destination alike, which lets direct connections succeed.`,
      ko: `NAT가 port(${kept[0]?.port})를 유지합니다. 모든 목적지에 같은 매핑을 쓸 가능성이 커서 직접 연결이 잘 됩니다.`,
    },
  };
}

function carrierNat(candidates: readonly Candidate[]): Evidence | undefined {
  const shared = candidates.filter((candidate) =>
    [candidate.address, candidate.relatedAddress ?? ""].some(
      (text) => parseAddress(text)?.scope === "cgnat",
    ),
  );
  if (shared.length === 0) return undefined;
  return {
    name: "carrier-nat",
    certainty: "likely",
    candidates: shared,
    message: {
      en: "An address of the shared space 100.64.0.0/10: a provider's NAT (CGNAT), or a VPN such as Tailscale.",
      ko: "공유 주소 공간 100.64.0.0/10의 주소가 있습니다. 통신사 NAT(CGNAT)이거나 Tailscale 같은 VPN입니다.",
    },
  };
}

function noReflexive(candidates: readonly Candidate[]): Evidence | undefined {
  const hosts = candidates.filter((candidate) => candidate.type === "host");
  const reachesOut = candidates.some(
    (candidate) =>
      candidate.type === "srflx" ||
      candidate.type === "relay" ||
      parseAddress(candidate.address)?.scope === "public",
  );
  if (hosts.length === 0 || reachesOut) return undefined;
  return {
    name: "no-reflexive",
    certainty: "certain",
    candidates: hosts,
    message: {
      en: "Only addresses of its own network: no STUN server answered or none was configured, so peers elsewhere cannot send to it.",
      ko: "내부망 주소만 있습니다. STUN 서버가 응답하지 않았거나 설정되지 않아, 다른 망의 상대는 이쪽으로 보낼 수 없습니다.",
    },
  };
}

function relay(candidates: readonly Candidate[]): Evidence | undefined {
  const relays = candidates.filter((candidate) => candidate.type === "relay");
  if (relays.length === 0) return undefined;
  return {
    name: "relay",
    certainty: "certain",
    candidates: relays,
    message: {
      en: "A TURN server works: this side can be reached through it.",
      ko: "TURN 서버가 동작합니다. 이 서버를 통해 이쪽에 연결할 수 있습니다.",
    },
  };
}

function relayOnly(candidates: readonly Candidate[]): Evidence | undefined {
  if (!candidates.every((candidate) => candidate.type === "relay")) return undefined;
  return {
    name: "relay-only",
    certainty: "likely",
    candidates,
    message: {
      en: "Only relay candidates: iceTransportPolicy is probably relay.",
      ko: "relay candidate만 있습니다. iceTransportPolicy가 relay일 가능성이 큽니다.",
    },
  };
}

function hiddenAddresses(candidates: readonly Candidate[]): Evidence | undefined {
  const hidden = candidates.filter((candidate) => parseAddress(candidate.address)?.form === "mdns");
  if (hidden.length === 0) return undefined;
  return {
    name: "hidden-addresses",
    certainty: "certain",
    candidates: hidden,
    message: {
      en: "The browser hides private addresses behind mDNS names: it has no camera or microphone permission.",
      ko: "브라우저가 사설 주소를 mDNS 이름으로 숨깁니다. 카메라나 마이크 권한이 없는 상태입니다.",
    },
  };
}

function vpn(candidates: readonly Candidate[]): Evidence | undefined {
  const through = candidates.filter((candidate) => readNetworkCost(candidate)?.isVpn);
  if (through.length === 0) return undefined;
  const isOnly = through.length === candidates.length;
  return {
    name: "vpn",
    certainty: "certain",
    candidates: through,
    message: isOnly
      ? {
          en: "Every candidate goes through a VPN, by libwebrtc's network-cost.",
          ko: "libwebrtc의 network-cost에 따르면 모든 candidate가 VPN을 거칩니다.",
        }
      : {
          en: "One of its interfaces is a VPN, by libwebrtc's network-cost.",
          ko: "libwebrtc의 network-cost에 따르면 인터페이스 중 하나가 VPN입니다.",
        },
  };
}

function cellular(candidates: readonly Candidate[]): Evidence | undefined {
  const mobile = candidates.filter(
    (candidate) => readNetworkCost(candidate)?.network === "cellular",
  );
  const first = mobile[0];
  if (first === undefined) return undefined;
  return {
    name: "cellular",
    certainty: "certain",
    candidates: mobile,
    message: readNetworkCost(first)?.message as Message,
  };
}

function loopbackOnly(candidates: readonly Candidate[]): Evidence | undefined {
  if (!candidates.every((candidate) => parseAddress(candidate.address)?.scope === "loopback"))
    return undefined;
  return {
    name: "loopback-only",
    certainty: "certain",
    candidates,
    message: {
      en: "Only loopback addresses: nobody outside this machine can connect.",
      ko: "루프백 주소뿐입니다. 이 기기 밖에서는 아무도 연결할 수 없습니다.",
    },
  };
}

function tcpOnly(candidates: readonly Candidate[]): Evidence | undefined {
  if (!candidates.every((candidate) => candidate.transport.toLowerCase() !== "udp"))
    return undefined;
  return {
    name: "tcp-only",
    certainty: "certain",
    candidates,
    message: {
      en: "Only TCP candidates: UDP is blocked or switched off.",
      ko: "TCP candidate뿐입니다. UDP가 막혔거나 꺼져 있습니다.",
    },
  };
}
