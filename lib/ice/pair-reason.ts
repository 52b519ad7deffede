import type { Message } from "../text.ts";
import type { Address } from "./address.ts";
import { sharesPrefix } from "./address.ts";
import type { PairEnd } from "./pair-end.ts";

/** A reason why a pair cannot or will hardly work. */
export interface PairReason {
  readonly name: PairReasonName;
  readonly message: Message;
}

/** The first six make a pair impossible, the others unlikely; `loopback` does either. */
export type PairReasonName =
  | "address"
  | "transport"
  | "tcp-direction"
  | "family"
  | "link-local"
  | "relay-permission"
  | "loopback"
  | "mdns"
  | "private-network"
  | "same-range"
  | "hairpin"
  | "relay-to-private";

/** Tells why pairs of two sets of candidates cannot or will hardly work. */
export interface PairJudge {
  /** Why no agent should try the pair; undefined when it may. */
  readonly obstacle: (local: PairEnd, remote: PairEnd) => PairReason | undefined;
  /** Why it will hardly work, the weightiest first. */
  readonly doubts: (local: PairEnd, remote: PairEnd) => readonly PairReason[];
}

/**
 * A judge over two sets of candidates. `permissions` are the addresses the local TURN server lets through; undefined when unknown.
 * What the sets show together (the public addresses of both sides) weighs in the doubts.
 */
export function createPairJudge(
  near: readonly PairEnd[],
  far: readonly PairEnd[],
  permissions: ReadonlySet<string> | undefined,
): PairJudge {
  const ourPublic = publicAddresses(near);
  const theirPublic = publicAddresses(far);
  const isOneNetwork = [...ourPublic].some((address) => theirPublic.has(address));
  const areTwoNetworks = ourPublic.size > 0 && theirPublic.size > 0 && !isOneNetwork;
  // The same two addresses meet on many ports: their sentence is made once.
  const made = new Map<string, PairReason>();
  const once = (name: PairReasonName, key: string, make: () => Message): PairReason => {
    const known = made.get(`${name} ${key}`);
    if (known !== undefined) return known;
    const reason = { name, message: make() };
    made.set(`${name} ${key}`, reason);
    return reason;
  };

  const obstacle = (local: PairEnd, remote: PairEnd): PairReason | undefined => {
    const bad = unusable(local) ?? unusable(remote);
    if (bad !== undefined)
      return once("address", bad.key, () => ({
        en: `${shown(bad)} is not an address anyone can send to.`,
        ko: `누구도 보낼 수 없는 주소입니다: ${shown(bad)}.`,
      }));
    if (local.transport !== remote.transport)
      return once("transport", `${local.transport} ${remote.transport}`, () => ({
        en: `One is ${local.transport}, the other ${remote.transport}.`,
        ko: `한쪽은 ${local.transport}, 다른 쪽은 ${remote.transport}입니다.`,
      }));
    if (local.transport !== "udp" && !fitTcp(local, remote))
      return once("tcp-direction", `${local.candidate.tcpType} ${remote.candidate.tcpType}`, () =>
        tcpMessage(local.candidate.tcpType, remote.candidate.tcpType),
      );
    const from = local.address;
    const to = remote.address;
    if (from?.family !== undefined && to?.family !== undefined) {
      if (from.family !== to.family)
        return once("family", from.family, () => ({
          en: `One is ${from.family}, the other ${to.family}: no packet passes between them.`,
          ko: `한쪽은 ${from.family}, 다른 쪽은 ${to.family}이므로 패킷이 오갈 수 없습니다.`,
        }));
      if (from.family === "IPv6" && (from.scope === "link-local") !== (to.scope === "link-local"))
        return linkLocal;
      if (from.scope === "loopback" && to.scope !== "loopback") return fromLoopback;
    }
    if (permissions !== undefined && local.candidate.type === "relay") {
      const peer = to?.canonical ?? remote.candidate.address;
      if (!permissions.has(peer))
        return once("relay-permission", peer, () => ({
          en: `The TURN server has no permission for ${peer}: it drops what comes from there.`,
          ko: `TURN 서버에 ${peer}에 대한 permission이 없어, 그곳에서 오는 패킷을 버립니다.`,
        }));
    }
    return undefined;
  };

  const doubts = (local: PairEnd, remote: PairEnd): readonly PairReason[] => {
    const from = local.baseAddress;
    const to = remote.address;
    if (to === undefined) return noReasons;
    if (to.form === "mdns")
      return isOneNetwork || local.candidate.type === "relay" ? mdnsDoubt(local) : mdnsElsewhere;
    if (to.scope === "loopback" && from?.scope !== "loopback") return toLoopback;
    if (!isPrivate(to)) {
      const isHairpin =
        remote.candidate.type !== "relay" &&
        local.candidate.type !== "relay" &&
        from?.canonical !== to.canonical &&
        ourPublic.has(to.canonical) &&
        remote.candidate.type !== "host";
      if (!isHairpin) return noReasons;
      return [
        once("hairpin", to.canonical, () => ({
          en: `Both sides appear as ${to.canonical}: the NAT would have to send the packet back inside, which many do not.`,
          ko: `밖에서 보이는 주소가 양쪽 모두 ${to.canonical}입니다. NAT가 패킷을 안쪽으로 되돌려 보내야 하는데, 그렇지 않은 NAT가 많습니다.`,
        })),
      ];
    }
    if (local.candidate.type === "relay")
      return [
        once("relay-to-private", to.canonical, () => ({
          en: `${to.canonical} is a private address, and the TURN server is seldom in the same network.`,
          ko: `상대 주소(${to.canonical})는 사설 주소인데, TURN 서버가 같은 망에 있는 경우는 드뭅니다.`,
        })),
      ];
    if (from?.groups === undefined) return noReasons;
    const key = `${from.canonical} ${to.canonical}`;
    if (!maySharePrivateNetwork(from, to))
      return [
        once("private-network", key, () => ({
          en: `${to.canonical} is a private address of another network than ${from.canonical}.`,
          ko: `상대 주소(${to.canonical})는 이쪽 주소(${from.canonical})와 다른 망의 사설 주소입니다.`,
        })),
      ];
    if (areTwoNetworks)
      return [
        once("same-range", key, () => ({
          en: `${from.canonical} and ${to.canonical} look like one network, but the two sides have different public addresses: probably two networks with the same numbers.`,
          ko: `두 주소(${from.canonical}, ${to.canonical})는 같은 망처럼 보이지만 양쪽의 공인 주소가 다릅니다. 번호만 같은 다른 망일 가능성이 큽니다.`,
        })),
      ];
    return noReasons;
  };

  return { obstacle, doubts };
}

const noReasons: readonly PairReason[] = [];

const linkLocal: PairReason = {
  name: "link-local",
  message: {
    en: "A link-local IPv6 address is paired with link-local ones only (RFC 8445 §6.1.2.2).",
    ko: "링크 로컬 IPv6 주소는 링크 로컬 주소와만 짝지을 수 있습니다(RFC 8445 §6.1.2.2).",
  },
};

const fromLoopback: PairReason = {
  name: "loopback",
  message: {
    en: "From a loopback address only the same machine can be reached.",
    ko: "루프백 주소에서는 같은 기기에만 보낼 수 있습니다.",
  },
};

const toLoopback: readonly PairReason[] = [
  {
    name: "loopback",
    message: {
      en: "The peer announces its own loopback address: it works only when both run on the same machine.",
      ko: "상대가 자신의 루프백 주소를 알렸습니다. 양쪽이 같은 기기에서 실행될 때만 동작합니다.",
    },
  },
];

const mdnsElsewhere: readonly PairReason[] = [
  {
    name: "mdns",
    message: {
      en: "An mDNS name resolves only on the same link; across networks this pair never starts.",
      ko: "mDNS 이름은 같은 링크에서만 주소로 바뀝니다. 다른 망에서는 이 pair의 검사가 시작되지 않습니다.",
    },
  },
];

const mdnsOverRelay: readonly PairReason[] = [
  {
    name: "mdns",
    message: {
      en: "A TURN server can send to an mDNS name only after the agent has resolved it, and then to a private address.",
      ko: "TURN 서버가 mDNS 이름으로 보내려면 먼저 에이전트가 이름을 풀어야 하고, 그 결과는 사설 주소입니다.",
    },
  },
];

function mdnsDoubt(local: PairEnd): readonly PairReason[] {
  return local.candidate.type === "relay" ? mdnsOverRelay : noReasons;
}

/** The end whose address nobody can send to, with the words to show it. */
function unusable(end: PairEnd): PairEnd | undefined {
  const scope = end.address?.scope;
  if (scope === undefined || scope === "unspecified" || scope === "multicast") return end;
  return end.candidate.port === 0 ? end : undefined;
}

function shown(end: PairEnd): string {
  const { address, port } = end.candidate;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** RFC 6544 §6.2: active meets passive, simultaneous-open meets itself. */
function fitTcp(local: PairEnd, remote: PairEnd): boolean {
  const ours = local.candidate.tcpType;
  const theirs = remote.candidate.tcpType;
  if (ours === "active") return theirs === "passive";
  if (ours === "passive") return theirs === "active";
  return ours === "so" && theirs === "so";
}

function tcpMessage(ours: string | undefined, theirs: string | undefined): Message {
  if (ours === undefined || theirs === undefined)
    return {
      en: "A TCP candidate says no tcptype: nobody knows who connects.",
      ko: "tcptype이 없는 TCP candidate가 있어, 누가 연결을 여는지 알 수 없습니다.",
    };
  return {
    en: `TCP ${ours} meets ${theirs}: only active with passive and so with so can connect.`,
    ko: `TCP ${ours}–${theirs} 조합입니다. active와 passive, so와 so만 연결할 수 있습니다.`,
  };
}

function isPrivate(address: Address): boolean {
  const { scope } = address;
  return scope === "private" || scope === "unique-local" || scope === "link-local";
}

/**
 * Whether two addresses may be in one private network. Nobody sees the other's netmask: 192.168 is taken by /24 as homes have
 * it, 10 and 172.16–31 by /16 as companies do, IPv6 by /48.
 */
function maySharePrivateNetwork(a: Address, b: Address): boolean {
  if (a.scope !== b.scope) return false;
  if (a.family === "IPv6") return a.scope === "link-local" || sharesPrefix(a, b, 48);
  return sharesPrefix(a, b, a.groups?.[0] === 192 ? 24 : 16);
}

/** The public addresses a side is seen with. */
function publicAddresses(ends: readonly PairEnd[]): ReadonlySet<string> {
  const addresses = new Set<string>();
  for (const { candidate, address } of ends) {
    const isOwn = candidate.type !== "relay";
    if (isOwn && address?.family === "IPv4" && !isPrivate(address) && address.scope !== "loopback")
      addresses.add(address.canonical);
  }
  return addresses;
}
