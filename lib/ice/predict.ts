import type { Message } from "../text.ts";
import type { Address } from "./address.ts";
import { parseAddress, sharesPrefix } from "./address.ts";
import { baseOf } from "./base.ts";
import type { Candidate } from "./candidate.ts";
import { candidateEvidence } from "./evidence.ts";
import type { FormedPair, IceRole } from "./pair.ts";
import { demandRole, formPairs } from "./pair.ts";

/**
 * How a side's NAT gives out ports (RFC 4787 §4.1): `endpoint-dependent` is what people call symmetric, `none` no NAT at all.
 */
export type NatMapping = "none" | "endpoint-independent" | "endpoint-dependent";

/** Whom a NAT or firewall lets in on a port that is open. RFC 4787 §5. */
export type NatFiltering =
  | "endpoint-independent"
  | "address-dependent"
  | "address-and-port-dependent";

/** One side: what it announced, and what is known of its network. */
export interface PredictionSide {
  readonly candidates: readonly Candidate[];
  /** What is not given is taken from the candidates, where they show it, and else left open. */
  readonly mapping?: NatMapping;
  readonly filtering?: NatFiltering;
  /**
   * No more candidates come: end-of-candidates was said, or the side does not trickle. As long as that is not known,
   * nothing is certain to fail.
   */
  readonly isComplete?: boolean;
}

/** How `predictConnection` works. */
export interface PredictionOptions {
  /** The role of the first side; controlling unless told otherwise. */
  readonly role?: IceRole;
  /** Whether both sides are in one network; judged by their addresses when not given. */
  readonly isSameNetwork?: boolean;
}

/** The way packets take: between the machines themselves, through NATs that were opened from inside, or over a TURN server. */
export type PathKind = "direct" | "reflexive" | "relayed";

/** One way that packets may take. */
export interface PredictedPath {
  readonly kind: PathKind;
  /** The pair whose check opens it, seen from the first side. */
  readonly pair: FormedPair;
  /** `depends` when it works under some of the NATs that are possible. */
  readonly works: "yes" | "no" | "depends";
  readonly reason: Message;
}

/** What is not known and would change the prediction. */
export interface MissingEvidence {
  readonly name: "same-network" | `${"local" | "remote"}-${"candidates" | "mapping" | "filtering"}`;
  readonly message: Message;
}

/** What will probably happen between two sides. */
export interface Prediction {
  /** `unknown`: a side has no candidates yet and may trickle some. */
  readonly outcome: "connects" | "fails" | "unknown";
  /** `certain`: under every possible NAT. `likely`: under all but unusual ones. `possible`: it hangs on what is not known. */
  readonly certainty: "certain" | "likely" | "possible";
  /** The path that wins; absent when none works. */
  readonly winner?: PredictedPath;
  /** Every path, the preferred first. */
  readonly paths: readonly PredictedPath[];
  readonly missing: readonly MissingEvidence[];
  readonly summary: Message;
}

/**
 * Predicts which pairs of two sides can succeed and which wins, from their candidates and what is known of their NATs.
 * Every NAT that fits the candidates is tried: where all agree the prediction is certain, where they do not, `missing` names what decides.
 * Throws `RangeError` for an unknown role or an unknown mapping or filtering. No failure is certain while a side may still trickle candidates (`isComplete`).
 * Looks at component 1. The rules are those of RFC 4787's mapping and filtering, with both sides checking at once (RFC 8445 §7.3.1.4).
 */
export function predictConnection(
  local: PredictionSide,
  remote: PredictionSide,
  options: PredictionOptions = {},
): Prediction {
  const { role = "controlling" } = options;
  demandRole(role);
  demandNat(local);
  demandNat(remote);
  const paths = pathsOf(local, remote, role);
  const worlds = worldsOf(local, remote, options);
  const typical = worlds[0] as World;
  const winners = worlds.map((world) => paths.find((path) => path.isOpen(world)));
  const expected = winners[0];
  const isUnanimous = winners.every((winner) => winner?.kind === expected?.kind);
  const missing = isUnanimous ? [] : missingOf(worlds, paths);
  const predicted = paths.map((path) => judge(path, worlds, typical));
  const winner = expected === undefined ? undefined : predicted[paths.indexOf(expected)];
  // Candidates that are still to come can only help.
  const awaited = winner === undefined ? awaitedOf(local, remote) : [];
  const hangsOnMore = awaited.length > 0 || missing.some(({ name }) => !name.endsWith("filtering"));
  const certainty = hangsOnMore ? "possible" : isUnanimous ? "certain" : "likely";
  const isOpen = awaited.some(({ side }) => side.candidates.length === 0);
  const outcome = winner !== undefined ? "connects" : isOpen ? "unknown" : "fails";
  return {
    outcome,
    certainty,
    ...(winner && { winner }),
    paths: predicted,
    missing: [...awaited.map(({ name, message }) => ({ name, message })), ...missing],
    summary:
      outcome === "unknown"
        ? awaitingWords
        : summarize(winner, certainty, local, remote, paths.length),
  };
}

function demandNat({ mapping, filtering }: PredictionSide): void {
  demandOneOf("NAT mapping", mapping, ["none", ...mappings]);
  demandOneOf("NAT filtering", filtering, filterings);
}

function demandOneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value))
    throw new RangeError(`A ${name} is ${allowed.join(", ")}; got ${JSON.stringify(value)}.`);
}

interface Awaited extends MissingEvidence {
  readonly side: PredictionSide;
}

/** The sides of which more candidates may come. */
function awaitedOf(local: PredictionSide, remote: PredictionSide): readonly Awaited[] {
  const sides: readonly Awaited[] = [
    {
      side: local,
      name: "local-candidates",
      message: {
        en: "Whether the local side has more candidates: no end-of-candidates was seen.",
        ko: "이쪽 candidate가 더 있는지 알 수 없습니다. end-of-candidates가 없습니다.",
      },
    },
    {
      side: remote,
      name: "remote-candidates",
      message: {
        en: "Whether the remote side has more candidates: no end-of-candidates was seen.",
        ko: "상대쪽 candidate가 더 있는지 알 수 없습니다. end-of-candidates가 없습니다.",
      },
    },
  ];
  return sides.filter(({ side }) => side.isComplete !== true);
}

const awaitingWords: Message = {
  en: "Unknown: a side has no candidates yet, and may trickle them.",
  ko: "알 수 없음: 한쪽에 아직 candidate가 없으며, trickle로 나중에 올 수 있습니다.",
};

/** One possible truth about both networks. */
interface World {
  readonly local: Nat;
  readonly remote: Nat;
  readonly isSameNetwork: boolean;
}

interface Nat {
  readonly mapping: NatMapping;
  readonly filtering: NatFiltering;
}

/** A path with the test whether it is open in a world. */
interface Path {
  readonly kind: PathKind;
  readonly pair: FormedPair;
  readonly isOpen: (world: World) => boolean;
  readonly reason: (world: World) => Message;
}

/** The commonest first: home routers map alike for every destination and let in only whom was written to. */
const mappings: readonly NatMapping[] = ["endpoint-independent", "endpoint-dependent"];
const filterings: readonly NatFiltering[] = [
  "address-and-port-dependent",
  "address-dependent",
  "endpoint-independent",
];

function worldsOf(
  local: PredictionSide,
  remote: PredictionSide,
  options: PredictionOptions,
): readonly World[] {
  const worlds: World[] = [];
  for (const isSameNetwork of sameNetworkOptions(local, remote, options))
    for (const ours of natsOf(local))
      for (const theirs of natsOf(remote))
        worlds.push({ local: ours, remote: theirs, isSameNetwork });
  return worlds;
}

function natsOf(side: PredictionSide): readonly Nat[] {
  const nats: Nat[] = [];
  for (const mapping of side.mapping === undefined ? mappingsOf(side.candidates) : [side.mapping])
    for (const filtering of side.filtering === undefined ? filteringsOf(mapping) : [side.filtering])
      nats.push({ mapping, filtering });
  return nats;
}

/** A machine with a public address is most often a server, whose ports are open to everybody. */
function filteringsOf(mapping: NatMapping): readonly NatFiltering[] {
  return mapping === "none" ? [...filterings].reverse() : filterings;
}

/** What the candidates leave possible. */
function mappingsOf(candidates: readonly Candidate[]): readonly NatMapping[] {
  const names = new Set(candidateEvidence(candidates).map(({ name }) => name));
  if (names.has("no-nat")) return ["none"];
  if (names.has("symmetric-nat")) return ["endpoint-dependent"];
  return mappings;
}

function sameNetworkOptions(
  local: PredictionSide,
  remote: PredictionSide,
  options: PredictionOptions,
): readonly boolean[] {
  if (options.isSameNetwork !== undefined) return [options.isSameNetwork];
  const ours = outsideAddresses(local.candidates);
  const theirs = outsideAddresses(remote.candidates);
  if (ours.length > 0 && theirs.length > 0) {
    const isShared = ours.some((address) => theirs.includes(address));
    return isShared ? [true, false] : [false];
  }
  const insides = (side: PredictionSide): Address[] =>
    hostsOf(side.candidates).flatMap((host) => parseAddress(host.address) ?? []);
  const near = insides(local);
  const far = insides(remote);
  const fits = near.some((a) =>
    far.some((b) => mayMeetByName(a, b) || mayMeetByName(b, a) || isOneRange(a, b)),
  );
  return fits ? [true, false] : [false];
}

/** A hidden address may be in any network, but not where everybody has a public one. */
function mayMeetByName(hidden: Address, other: Address): boolean {
  return hidden.form === "mdns" && other.scope !== "public" && other.scope !== "loopback";
}

function isOneRange(a: Address, b: Address): boolean {
  if (a.scope === "loopback" || b.scope === "loopback") return a.scope === b.scope;
  return sharesPrefix(a, b, a.family === "IPv6" ? 64 : a.groups?.[0] === 192 ? 24 : 16);
}

/** The addresses a side is seen with from outside, without its TURN servers'. */
function outsideAddresses(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap((candidate) => {
    const address = parseAddress(candidate.address);
    if (candidate.type === "relay" || address?.family !== "IPv4") return [];
    return candidate.type !== "host" || address.scope === "public" ? [address.canonical] : [];
  });
}

function hostsOf(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((candidate) => candidate.type === "host");
}

function pathsOf(local: PredictionSide, remote: PredictionSide, role: IceRole): readonly Path[] {
  const ours = local.candidates.filter((candidate) => candidate.component === 1);
  const theirs = remote.candidates.filter((candidate) => candidate.component === 1);
  const { pairs, discarded } = formPairs(ours, theirs, role);
  const knowsThem = isKnownOutside(theirs);
  const knowsUs = isKnownOutside(ours);
  const remotePairs = [...pairs, ...discarded];
  const paths = remotePairs.map((pair) => pathOf(pair, ours, theirs, knowsUs, knowsThem));
  // A path that only the other side's check opens: it knows an outside address of ours, we only an inside one of theirs.
  const otherRole = role === "controlling" ? "controlled" : "controlling";
  for (const mirrored of formPairs(theirs, ours, otherRole).pairs) {
    const { base, remote: target } = mirrored;
    const isOutside = target.type !== "relay" && isOutsideAddress(target);
    if (base.type === "host" && isOutside && target.transport.toLowerCase() === "udp")
      paths.push(
        punchedPath(mirror(mirrored), "reflexive", knowsUs, knowsThem, base.type, (nat) => nat),
      );
  }
  return paths.sort(byPreference);
}

function isOutsideAddress(candidate: Candidate): boolean {
  return outsideAddresses([candidate]).length > 0;
}

function mirror(pair: FormedPair): FormedPair {
  return { ...pair, local: pair.remote, remote: pair.local, base: pair.remote };
}

function byPreference(a: Path, b: Path): number {
  const rank = pathRank[a.kind] - pathRank[b.kind];
  if (rank !== 0) return rank;
  return a.pair.priority === b.pair.priority ? 0 : a.pair.priority > b.pair.priority ? -1 : 1;
}

const pathRank: Readonly<Record<PathKind, number>> = { direct: 0, reflexive: 1, relayed: 2 };

/** Whether the other side learns an address it can send to through the NAT. */
function isKnownOutside(candidates: readonly Candidate[]): boolean {
  return outsideAddresses(candidates).length > 0;
}

function pathOf(
  pair: FormedPair,
  ours: readonly Candidate[],
  theirs: readonly Candidate[],
  knowsUs: boolean,
  knowsThem: boolean,
): Path {
  const base = baseOf(pair.local, ours);
  const far = baseOf(pair.remote, theirs);
  if (pair.local.type === "relay" || pair.remote.type === "relay")
    return relayedPath(pair, knowsUs, knowsThem);
  const isTcp = pair.local.transport.toLowerCase() !== "udp";
  const isHostToHost = pair.remote.type === "host" && base.type === "host";
  const remoteScope = parseAddress(pair.remote.address)?.scope;
  if (isHostToHost && remoteScope !== "public") return insidePath(pair);
  if (isTcp) return tcpPath(pair);
  const isDirect = isHostToHost && parseAddress(base.address)?.scope === "public";
  const kind = isDirect ? "direct" : "reflexive";
  // IPv6 has no NATs, only firewalls, and both sides see each other's own address.
  return parseAddress(pair.remote.address)?.family === "IPv6"
    ? punchedPath(pair, kind, true, true, far.type, withoutNat)
    : punchedPath(pair, kind, knowsUs, knowsThem, far.type, (nat) => nat);
}

function withoutNat(nat: Nat): Nat {
  return { mapping: "none", filtering: nat.filtering };
}

/** Both machines in one network: nothing stands between them. */
function insidePath(pair: FormedPair): Path {
  const a = parseAddress(pair.base.address);
  const b = parseAddress(pair.remote.address);
  const mayMeet =
    a === undefined ||
    b === undefined ||
    a.form === "mdns" ||
    b.form === "mdns" ||
    isOneRange(a, b);
  return {
    kind: "direct",
    pair,
    isOpen: (world) => world.isSameNetwork && mayMeet,
    reason: (world) =>
      world.isSameNetwork && mayMeet
        ? { en: "Both are in one network.", ko: "양쪽이 같은 망에 있습니다." }
        : {
            en: `${pair.remote.address} is an address inside another network.`,
            ko: `다른 망 안의 주소(${pair.remote.address})입니다.`,
          },
  };
}

/** TCP opens no NAT from both sides: the passive one must be reachable. */
function tcpPath(pair: FormedPair): Path {
  const isReachable = (world: World): boolean => {
    const passive = pair.local.tcpType === "passive" ? world.local : world.remote;
    return passive.mapping === "none" && passive.filtering === "endpoint-independent";
  };
  return {
    kind: "direct",
    pair,
    isOpen: isReachable,
    reason: (world) =>
      isReachable(world)
        ? { en: "The passive side accepts connections.", ko: "passive 쪽이 연결을 받습니다." }
        : {
            en: "The passive side is behind a NAT or firewall that lets no connection in.",
            ko: "passive 쪽이 연결을 받지 않는 NAT나 방화벽 뒤에 있습니다.",
          },
  };
}

/**
 * Both sides send at once. A check gets in when the receiver's announced address is the one it uses towards the sender (its
 * mapping is not endpoint-dependent), and its filter knows the sender. RFC 4787 §4.1, §5.
 */
function punchedPath(
  pair: FormedPair,
  kind: PathKind,
  knowsUs: boolean,
  knowsThem: boolean,
  farType: string,
  met: (nat: Nat) => Nat,
): Path {
  const isOpen = (world: World): boolean => {
    const local = met(world.local);
    const remote = met(world.remote);
    return (
      (knowsThem && letsIn(remote, local, knowsUs)) || (knowsUs && letsIn(local, remote, knowsThem))
    );
  };
  return {
    kind,
    pair,
    isOpen,
    reason: (world) => {
      if (isOpen(world)) return openReason(met(world.local), met(world.remote));
      if (!knowsThem && farType === "host" && !knowsUs)
        return {
          en: "Neither side knows an address of the other that is reachable from outside.",
          ko: "어느 쪽도 밖에서 접근할 수 있는 상대 주소를 모릅니다.",
        };
      return {
        en: `The NATs do not open for each other: ${natWords(met(world.local)).en} here, ${natWords(met(world.remote)).en} there.`,
        ko: `NAT가 서로에게 열리지 않습니다. 이쪽은 ${natWords(met(world.local)).ko}, 상대쪽은 ${natWords(met(world.remote)).ko}입니다.`,
      };
    },
  };
}

function openReason(local: Nat, remote: Nat): Message {
  if (local.mapping === "none" && remote.mapping === "none")
    return { en: "No NAT on either side.", ko: "양쪽 모두 NAT가 없습니다." };
  return {
    en: "Both sides send at once, and so open their NATs for each other.",
    ko: "양쪽이 동시에 보내면서 서로에게 NAT를 엽니다.",
  };
}

/** Whether a check from `sender` reaches `receiver` and its answer comes back. */
function letsIn(receiver: Nat, sender: Nat, receiverSends: boolean): boolean {
  if (receiver.mapping === "endpoint-dependent") return false;
  switch (receiver.filtering) {
    case "endpoint-independent":
      return true;
    case "address-dependent":
      return receiverSends;
    case "address-and-port-dependent":
      return receiverSends && sender.mapping !== "endpoint-dependent";
  }
}

/** A relay lets in whom its client has named: the addresses of the other side's candidates. RFC 8656 §9. */
function relayedPath(pair: FormedPair, knowsUs: boolean, knowsThem: boolean): Path {
  const isBoth = pair.local.type === "relay" && pair.remote.type === "relay";
  const isNamed = pair.local.type === "relay" ? knowsThem : knowsUs;
  const other = pair.local.type === "relay" ? pair.remote : pair.local;
  const scope = parseAddress(other.address)?.scope;
  const isReachable = other.type !== "host" || scope === "public" || pair.remote.type === "relay";
  return {
    kind: "relayed",
    pair,
    isOpen: () => isBoth || (isNamed && isReachable),
    reason: () =>
      isBoth || (isNamed && isReachable)
        ? { en: "Over the TURN server.", ko: "TURN 서버를 거칩니다." }
        : {
            en: "The TURN server drops packets from an address its client never named: the other side announced no address that it is seen with.",
            ko: "TURN 서버는 클라이언트가 알려 주지 않은 주소의 패킷을 버립니다. 상대가 밖에서 보이는 주소를 알리지 않았습니다.",
          },
  };
}

function natWords(nat: Nat): Message {
  if (nat.mapping === "none") return { en: "no NAT", ko: "NAT 없음" };
  const filtering = filteringWords[nat.filtering];
  return nat.mapping === "endpoint-dependent"
    ? { en: `a symmetric NAT (${filtering.en})`, ko: `대칭형 NAT(${filtering.ko})` }
    : { en: `a NAT with ${filtering.en}`, ko: `${filtering.ko} NAT` };
}

const filteringWords: Readonly<Record<NatFiltering, Message>> = {
  "endpoint-independent": { en: "endpoint-independent filtering", ko: "필터링 없는" },
  "address-dependent": { en: "address-dependent filtering", ko: "주소별 필터링" },
  "address-and-port-dependent": {
    en: "address- and port-dependent filtering",
    ko: "주소·port별 필터링",
  },
};

function judge(path: Path, worlds: readonly World[], typical: World): PredictedPath {
  const open = worlds.filter((world) => path.isOpen(world)).length;
  const works = open === worlds.length ? "yes" : open === 0 ? "no" : "depends";
  return { kind: path.kind, pair: path.pair, works, reason: path.reason(typical) };
}

/** The unknowns that alone change the result somewhere. */
function missingOf(worlds: readonly World[], paths: readonly Path[]): readonly MissingEvidence[] {
  return unknowns
    .filter(({ part }) => {
      const results = new Map<string, string>();
      return worlds.some((world) => {
        const others = JSON.stringify(
          dimensions.filter((at) => at !== part).map((at) => at(world)),
        );
        const result = paths.find((path) => path.isOpen(world))?.kind ?? "none";
        const seen = results.get(others);
        results.set(others, result);
        return seen !== undefined && seen !== result;
      });
    })
    .map(({ name, message }) => ({ name, message }));
}

type Dimension = (world: World) => string | boolean;

const isSameNetwork: Dimension = (world) => world.isSameNetwork;
const localMapping: Dimension = (world) => world.local.mapping;
const remoteMapping: Dimension = (world) => world.remote.mapping;
const localFiltering: Dimension = (world) => world.local.filtering;
const remoteFiltering: Dimension = (world) => world.remote.filtering;
const dimensions: readonly Dimension[] = [
  isSameNetwork,
  localMapping,
  remoteMapping,
  localFiltering,
  remoteFiltering,
];

const unknowns: readonly (MissingEvidence & { readonly part: Dimension })[] = [
  {
    name: "same-network",
    part: isSameNetwork,
    message: {
      en: "Whether both sides are in one network.",
      ko: "양쪽이 같은 망에 있는지 알 수 없습니다.",
    },
  },
  {
    name: "local-mapping",
    part: localMapping,
    message: {
      en: "Whether the local NAT is symmetric: ask two STUN servers from one socket.",
      ko: "이쪽 NAT가 대칭형인지 알 수 없습니다. 한 소켓에서 STUN 서버 두 곳에 물어보십시오.",
    },
  },
  {
    name: "remote-mapping",
    part: remoteMapping,
    message: {
      en: "Whether the remote NAT is symmetric: ask two STUN servers from one socket there.",
      ko: "상대 NAT가 대칭형인지 알 수 없습니다. 상대쪽에서 한 소켓으로 STUN 서버 두 곳에 물어보십시오.",
    },
  },
  {
    name: "local-filtering",
    part: localFiltering,
    message: {
      en: "Whom the local NAT lets in (RFC 4787 filtering).",
      ko: "이쪽 NAT가 누구를 들여보내는지(RFC 4787 필터링) 알 수 없습니다.",
    },
  },
  {
    name: "remote-filtering",
    part: remoteFiltering,
    message: {
      en: "Whom the remote NAT lets in (RFC 4787 filtering).",
      ko: "상대 NAT가 누구를 들여보내는지(RFC 4787 필터링) 알 수 없습니다.",
    },
  },
];

const certaintyWords: Readonly<Record<Prediction["certainty"], Message>> = {
  certain: { en: "Certain", ko: "확실" },
  likely: { en: "Likely", ko: "유력" },
  possible: { en: "Possible", ko: "가능" },
};

const kindWords: Readonly<Record<PathKind, Message>> = {
  direct: { en: "directly", ko: "직접" },
  reflexive: { en: "through the NATs", ko: "NAT를 통과하여" },
  relayed: { en: "over a TURN server", ko: "TURN 서버를 거쳐" },
};

function summarize(
  winner: PredictedPath | undefined,
  certainty: Prediction["certainty"],
  local: PredictionSide,
  remote: PredictionSide,
  pathCount: number,
): Message {
  const sure = certaintyWords[certainty];
  if (winner !== undefined) {
    const { local: ours, remote: theirs } = winner.pair;
    const how = kindWords[winner.kind];
    return {
      en: `${sure.en}: they connect ${how.en} (${ours.type}–${theirs.type}).`,
      ko: `${sure.ko}: ${how.ko} 연결됩니다(${ours.type}–${theirs.type}).`,
    };
  }
  const lacks = [local, remote].some((side) => side.candidates.length === 0);
  if (lacks)
    return {
      en: `${sure.en}: they do not connect. One side has no candidates.`,
      ko: `${sure.ko}: 연결되지 않습니다. 한쪽에 candidate가 없습니다.`,
    };
  if (pathCount === 0)
    return {
      en: `${sure.en}: they do not connect. No candidate of one side fits one of the other.`,
      ko: `${sure.ko}: 연결되지 않습니다. 서로 맞는 candidate가 없습니다.`,
    };
  return {
    en: `${sure.en}: they do not connect. A TURN server would help: with one relay candidate they could.`,
    ko: `${sure.ko}: 연결되지 않습니다. TURN 서버가 필요합니다. relay candidate가 하나 있으면 연결할 수 있습니다.`,
  };
}
