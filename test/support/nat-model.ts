import type { Candidate } from "../../lib/ice/candidate.ts";
import type { CheckList, CheckOutput, TransportAddress } from "../../lib/ice/check-list.ts";
import { createCheckList } from "../../lib/ice/check-list.ts";
import type { IceRole } from "../../lib/ice/pair.ts";
import { formPairs } from "../../lib/ice/pair.ts";
import type { NatFiltering, NatMapping, PathKind } from "../../lib/ice/predict.ts";
import { candidateOf } from "./candidates.ts";

/** How one side of a model call is connected. */
export interface ModelSide {
  readonly mapping: NatMapping;
  readonly filtering: NatFiltering;
  readonly hasStun: boolean;
  readonly hasTurn: boolean;
}

/**
 * Two agents with real check lists behind model NATs: packets pass as RFC 4787 says. Runs until both have selected, or ten seconds of
 * model time are over, and tells the way of the selected pair.
 */
export function runModelCall(a: ModelSide, b: ModelSide): PathKind | "none" {
  const ends = [modelEnd(a, 1), modelEnd(b, 2)] as const;
  const agents = ends.map((end, index) =>
    modelAgent(end, ends[1 - index] as End, index === 0 ? "controlling" : "controlled"),
  );
  for (let now = 0; now < 10_000; now += 50) {
    for (const [index, agent] of agents.entries())
      step(agent, agents[1 - index] as Agent, ends, now);
    const best = agents[0]?.list.pairs.find((pair) => pair.isValid);
    if (now > 3000 && best && !best.isNominated && agents[0]?.list.state === "running")
      agents[0].list.handle({ type: "nominate", now, pair: best.id });
    if (agents.every(({ list }) => list.state === "completed")) break;
  }
  const selected = agents.map(({ list }) => list.pairs.find((pair) => pair.isNominated));
  const [pair] = selected;
  if (!pair || !selected[1]) return "none";
  if (pair.base.type === "relay" || pair.remote.address.startsWith("8.")) return "relayed";
  return pair.local.type === "host" && pair.remote.type === "host" ? "direct" : "reflexive";
}

const TIMEOUT_MS = 2000;

interface End {
  readonly side: ModelSide;
  readonly inside: TransportAddress;
  /** The public address of the NAT, or of the machine itself. */
  readonly outside: string;
  readonly relay: TransportAddress;
  readonly candidates: readonly Candidate[];
  /** The outside port of each mapping. */
  readonly mappings: Map<string, number>;
  /** Whom each outside port has written to, by address and by address and port. */
  readonly sent: Map<number, Set<string>>;
  /** The addresses the relay lets in. */
  permissions: ReadonlySet<string>;
}

interface Agent {
  readonly end: End;
  readonly list: CheckList;
  /** The checks without answer, sent again every half second as RFC 8489 §6.2.1 wants. */
  readonly pending: { readonly output: Sent; readonly since: number }[];
}

type Sent = Extract<CheckOutput, { type: "check" }>;

function modelEnd(side: ModelSide, number: number): End {
  const outside = `9.9.${number}.1`;
  const inside =
    side.mapping === "none"
      ? { address: outside, port: 5000 }
      : { address: `10.${number}.0.1`, port: 5000 };
  const relay = { address: `8.8.${number}.8`, port: 7000 };
  const end: End = {
    side,
    inside,
    outside,
    relay,
    candidates: [],
    mappings: new Map(),
    sent: new Map(),
    permissions: new Set(),
  };
  const lines = [`1 1 udp 2130706431 ${inside.address} ${inside.port} typ host`];
  if (side.hasStun && side.mapping !== "none") {
    const port = outsidePort(end, { address: "8.8.0.1", port: 3478 });
    lines.push(
      `2 1 udp 1694498815 ${outside} ${port} typ srflx raddr ${inside.address} rport ${inside.port}`,
    );
  }
  if (side.hasTurn)
    lines.push(
      `3 1 udp 16777215 ${relay.address} ${relay.port} typ relay raddr ${outside} rport 6000`,
    );
  return { ...end, candidates: lines.map(candidateOf) };
}

function modelAgent(end: End, other: End, role: IceRole): Agent {
  end.permissions = new Set(other.candidates.map(({ address }) => address));
  const list = createCheckList(formPairs(end.candidates, other.candidates, role), {
    role,
    timeoutMs: TIMEOUT_MS,
  });
  return { end, list, pending: [] };
}

function step(agent: Agent, other: Agent, ends: readonly [End, End], now: number): void {
  for (const output of agent.list.handle({ type: "timer", now }))
    if (output.type === "check") agent.pending.push({ output, since: now });
  for (const sent of [...agent.pending]) {
    const age = now - sent.since;
    if (age >= TIMEOUT_MS) remove(agent.pending, sent);
    else if (age % 500 === 0 && isAnswered(sent.output, agent, other, ends, now))
      remove(agent.pending, sent);
  }
}

function remove<T>(list: T[], item: T): void {
  list.splice(list.indexOf(item), 1);
}

/** Sends a check once. True when an answer came back, right or wrong. */
function isAnswered(
  output: Sent,
  agent: Agent,
  other: Agent,
  ends: readonly [End, End],
  now: number,
): boolean {
  const pair = agent.list.pairs.find(({ id }) => id === output.pair);
  if (!pair) return true;
  const request = deliver(agent.end, pair.base, pair.remote, ends);
  if (!request || request.receiver !== other.end) return false;
  const answers = other.list.handle({
    type: "request",
    now,
    to: request.at,
    from: request.from,
    priority: output.priority,
    isNominating: output.isNominating,
    role: output.role,
  });
  if (!answers.some((answer) => answer.type === "respond" && answer.code === 200)) return false;
  const answer = deliver(other.end, request.at, request.from, ends);
  if (!answer || answer.receiver !== agent.end) return false;
  const isSymmetric = isSame(answer.from, pair.remote) && isSame(answer.at, pair.base);
  agent.list.handle({
    type: "response",
    now,
    check: output.check,
    mapped: request.from,
    isSymmetric,
  });
  return true;
}

interface Delivery {
  readonly receiver: End;
  readonly at: TransportAddress;
  readonly from: TransportAddress;
}

/** Where a packet arrives and where it seems to come from; undefined when it is lost. */
function deliver(
  sender: End,
  base: TransportAddress,
  to: TransportAddress,
  ends: readonly [End, End],
): Delivery | undefined {
  const from = isSame(base, sender.relay) ? sender.relay : leave(sender, to);
  for (const receiver of ends) {
    if (isSame(to, receiver.relay))
      return receiver.permissions.has(from.address)
        ? { receiver, at: receiver.relay, from }
        : undefined;
    if (to.address === receiver.outside && letsIn(receiver, to.port, from))
      return { receiver, at: receiver.inside, from };
  }
  return undefined;
}

/** The address a packet has when it left the sender's NAT. */
function leave(sender: End, to: TransportAddress): TransportAddress {
  const port = outsidePort(sender, to);
  return { address: sender.outside, port };
}

function outsidePort(end: End, to: TransportAddress): number {
  const key = end.side.mapping === "endpoint-dependent" ? `${to.address}:${to.port}` : "any";
  let port = end.mappings.get(key);
  if (port === undefined) {
    port = end.side.mapping === "none" ? end.inside.port : 20_000 + end.mappings.size;
    end.mappings.set(key, port);
  }
  const sent = end.sent.get(port) ?? new Set();
  sent.add(to.address).add(`${to.address}:${to.port}`);
  end.sent.set(port, sent);
  return port;
}

function letsIn(receiver: End, port: number, from: TransportAddress): boolean {
  const isOpen =
    receiver.side.mapping === "none" ? port === receiver.inside.port : receiver.sent.has(port);
  if (!isOpen) return false;
  const sent = receiver.sent.get(port);
  switch (receiver.side.filtering) {
    case "endpoint-independent":
      return true;
    case "address-dependent":
      return sent?.has(from.address) ?? false;
    case "address-and-port-dependent":
      return sent?.has(`${from.address}:${from.port}`) ?? false;
  }
}

function isSame(a: TransportAddress, b: TransportAddress): boolean {
  return a.address === b.address && a.port === b.port;
}

/** What a model side announces. */
export function modelCandidates(side: ModelSide, number: number): readonly Candidate[] {
  return modelEnd(side, number).candidates;
}
