import { parseAddress } from "./address.ts";
import type { Candidate } from "./candidate.ts";
import type { CandidatePair, CandidatePairs, FormedPair, IceRole } from "./pair.ts";
import { demandRole, formPairs, pairPriority } from "./pair.ts";

/** RFC 8445 §6.1.2.6. */
export type PairState = "frozen" | "waiting" | "in-progress" | "succeeded" | "failed";

/** The state of one check list (RFC 8445 §6.1.2.1) and of ICE as a whole (§6.1.3). */
export type CheckListState = "running" | "completed" | "failed";

/** How a check list works. */
export interface CheckListOptions {
  readonly role: IceRole;
  /** The 64-bit number that settles a role conflict; 0 unless told otherwise. RFC 8445 §7.3.1.1. */
  readonly tiebreaker?: bigint;
  /** How long a check may stay without answer; 39 500 ms unless told otherwise: seven transmissions with an RTO of 500 ms. RFC 8445 §14.3. */
  readonly timeoutMs?: number;
  /** More candidates may come: no list fails before `end-of-candidates`. RFC 8838 §8. */
  readonly isTrickle?: boolean;
}

/** A transport address. */
export interface TransportAddress {
  readonly address: string;
  readonly port: number;
}

/** What happens to an agent. `now` is in milliseconds of any clock that only goes forward. */
export type CheckEvent =
  /** Ta fired (every 50 ms): one check may be sent. RFC 8445 §6.1.4.2. */
  | { readonly type: "timer"; readonly now: number }
  /** A check was answered. `mapped` is the XOR-MAPPED-ADDRESS; the base itself when not given. */
  | {
      readonly type: "response";
      readonly now: number;
      readonly check: number;
      readonly mapped?: TransportAddress;
      /** False when the answer came from or to another address than the request. RFC 8445 §7.2.5.2.1. */
      readonly isSymmetric?: boolean;
    }
  /** A check was refused. For 487 (role conflict), `tiebreaker` is the new one to use. */
  | {
      readonly type: "error";
      readonly now: number;
      readonly check: number;
      readonly code: number;
      readonly tiebreaker?: bigint;
    }
  /** A check came in. RFC 8445 §7.3. */
  | {
      readonly type: "request";
      readonly now: number;
      readonly stream?: number;
      /** Where it arrived: the transport address of a host or relayed candidate. */
      readonly to: TransportAddress;
      readonly from: TransportAddress;
      /** The PRIORITY attribute. */
      readonly priority: number;
      /** USE-CANDIDATE. */
      readonly isNominating?: boolean;
      /** ICE-CONTROLLING or ICE-CONTROLLED of the sender. */
      readonly role?: IceRole;
      readonly tiebreaker?: bigint;
    }
  /** A candidate was trickled. RFC 8838 §10, §11. */
  | {
      readonly type: "candidate";
      readonly now: number;
      readonly stream?: number;
      readonly side: "local" | "remote";
      readonly candidate: Candidate;
    }
  | {
      readonly type: "end-of-candidates";
      readonly now: number;
      readonly stream?: number;
      readonly side: "local" | "remote";
    }
  /** The controlling agent picks a valid pair. RFC 8445 §8.1.1. */
  | { readonly type: "nominate"; readonly now: number; readonly pair: number };

/** What follows from an event. */
export type CheckOutput =
  /** Send a Binding request from the base of the pair. */
  | {
      readonly type: "check";
      readonly check: number;
      readonly pair: number;
      readonly isTriggered: boolean;
      readonly isNominating: boolean;
      readonly role: IceRole;
      /** The PRIORITY attribute. RFC 8445 §7.1.1. */
      readonly priority: number;
    }
  /** Answer the request that came in: success, or 487. */
  | { readonly type: "respond"; readonly code: 200 | 487 }
  | {
      readonly type: "pair";
      readonly pair: number;
      readonly from: PairState | "new";
      readonly to: PairState;
    }
  /** A peer-reflexive candidate was learned. RFC 8445 §7.2.5.3.1, §7.3.1.3. */
  | {
      readonly type: "learned";
      readonly stream: number;
      readonly side: "local" | "remote";
      readonly candidate: Candidate;
    }
  /** A component has its pair. RFC 8445 §8.1.1. */
  | {
      readonly type: "selected";
      readonly stream: number;
      readonly component: number;
      readonly pair: number;
    }
  | { readonly type: "role"; readonly role: IceRole }
  | { readonly type: "list"; readonly stream: number; readonly state: CheckListState };

/** A pair as it stands. */
export interface CheckedPair extends FormedPair {
  readonly id: number;
  readonly stream: number;
  readonly state: PairState;
  /** A check proved it. RFC 8445 §7.2.5.3.2. */
  readonly isValid: boolean;
  readonly isNominated: boolean;
  /** The id of the valid pair its check produced; differs from `id` behind a NAT. */
  readonly validPair?: number;
}

/** The check lists of one ICE session: one a data stream. Holds no clock: events bring the time, outputs say what to do. */
export interface CheckList {
  readonly role: IceRole;
  readonly state: CheckListState;
  /** The state of each stream's list. */
  readonly lists: readonly CheckListState[];
  /** Every pair still on a list, and every valid one, the highest priority first. */
  readonly pairs: readonly CheckedPair[];
  handle(event: CheckEvent): readonly CheckOutput[];
}

/**
 * Creates the check lists of an agent from the pairs of its data streams, in the order of the streams. RFC 8445 §6.1.2.6, §6.1.4, §7, §8.
 * `handle` takes what happens and returns what to do; replaying a session's recorded checks shows where an agent did otherwise.
 * Throws `RangeError` for an unknown role, and for an event that names a stream, pair or check that never was.
 */
export function createCheckList(
  pairs: CandidatePairs | readonly CandidatePairs[],
  options: CheckListOptions,
): CheckList {
  demandRole(options.role);
  const streams: readonly CandidatePairs[] = "pairs" in pairs ? [pairs] : pairs;
  return new CheckListSet(streams, options);
}

const DEFAULT_TIMEOUT_MS = 39_500;
const PEER_REFLEXIVE = 110;

interface Entry {
  readonly id: number;
  readonly stream: number;
  readonly local: Candidate;
  readonly remote: Candidate;
  readonly base: Candidate;
  readonly component: number;
  readonly foundation: string;
  priority: bigint;
  state: PairState;
  isValid: boolean;
  isNominated: boolean;
  validPair: number | undefined;
  /** On a list, not merely in the valid list. */
  isListed: boolean;
  /** The next check carries USE-CANDIDATE (controlling), or a request with it waits for the check's success (controlled). */
  awaitsNomination: boolean;
}

interface Stream {
  readonly index: number;
  readonly locals: Candidate[];
  readonly remotes: Candidate[];
  readonly components: Set<number>;
  readonly selected: Map<number, number>;
  readonly triggered: Entry[];
  readonly ended: { local: boolean; remote: boolean };
  state: CheckListState;
}

interface Check {
  readonly id: number;
  readonly entry: Entry;
  readonly isNominating: boolean;
  readonly role: IceRole;
  readonly priority: number;
  readonly deadline: number;
  /** A cancelled check is not a failure when it stays unanswered. RFC 8445 §7.3.1.4. */
  isCancelled: boolean;
}

class CheckListSet implements CheckList {
  role: IceRole;
  #tiebreaker: bigint;
  readonly #timeoutMs: number;
  readonly #isTrickle: boolean;
  readonly #streams: readonly Stream[];
  readonly #entries: Entry[] = [];
  readonly #checks = new Map<number, Check>();
  #lastCheck = 0;
  #learned = 0;
  /** The stream whose turn it is. */
  #turn = 0;
  #outputs: CheckOutput[] = [];

  constructor(streams: readonly CandidatePairs[], options: CheckListOptions) {
    this.role = options.role;
    this.#tiebreaker = options.tiebreaker ?? 0n;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#isTrickle = options.isTrickle ?? false;
    this.#streams = streams.map((formed, index) => streamOf(formed, index));
    for (const [index, formed] of streams.entries())
      for (const pair of formed.pairs) this.#add(pair, index, "frozen");
    this.#unfreezeFirsts();
  }

  get state(): CheckListState {
    const states = this.lists;
    if (states.every((state) => state === "completed")) return "completed";
    return states.every((state) => state === "failed") ? "failed" : "running";
  }

  get lists(): readonly CheckListState[] {
    return this.#streams.map((stream) => stream.state);
  }

  get pairs(): readonly CheckedPair[] {
    return this.#entries
      .filter((entry) => entry.isListed || entry.isValid)
      .sort(byPriority)
      .map((entry) => {
        const { isListed: _listed, awaitsNomination: _awaits, validPair, ...pair } = entry;
        return validPair === undefined ? pair : { ...pair, validPair };
      });
  }

  handle(event: CheckEvent): readonly CheckOutput[] {
    this.#outputs = [];
    switch (event.type) {
      case "timer":
        this.#expire(event.now);
        this.#perform(event.now);
        break;
      case "response":
        this.#onResponse(event);
        break;
      case "error":
        this.#onError(event);
        break;
      case "request":
        this.#onRequest(event);
        break;
      case "candidate":
        this.#onCandidate(this.#stream(event.stream), event.side, event.candidate);
        break;
      case "end-of-candidates":
        this.#stream(event.stream).ended[event.side] = true;
        break;
      case "nominate":
        this.#nominate(event.pair);
        break;
      default: {
        const never: never = event;
        throw new RangeError(`There is no event ${JSON.stringify(never)}.`);
      }
    }
    this.#settle();
    return this.#outputs;
  }

  /** §6.1.2.6 step 4: of each foundation, one pair starts. */
  #unfreezeFirsts(): void {
    const seen = new Set<string>();
    for (const stream of this.#streams) {
      const entries = this.#listed(stream).sort(
        (a, b) => a.component - b.component || byPriority(a, b),
      );
      for (const entry of entries) {
        if (seen.has(entry.foundation)) continue;
        seen.add(entry.foundation);
        entry.state = "waiting";
      }
    }
  }

  /** §6.1.4.2: one check, of the next list that has one to make. */
  #perform(now: number): void {
    const count = this.#streams.length;
    for (let step = 0; step < count; step++) {
      const index = (this.#turn + step) % count;
      const stream = this.#streams[index] as Stream;
      if (stream.state !== "running" && stream.triggered.length === 0) continue;
      const triggered = stream.triggered.shift();
      const entry = triggered ?? this.#nextOrdinary(stream);
      if (entry === undefined) continue;
      this.#turn = (index + 1) % count;
      this.#send(entry, triggered !== undefined, now);
      return;
    }
  }

  #nextOrdinary(stream: Stream): Entry | undefined {
    const listed = this.#listed(stream);
    if (!listed.some((entry) => entry.state === "waiting")) {
      for (const entry of listed.filter(({ state }) => state === "frozen").sort(byPriority)) {
        const isBusy = this.#entries.some(
          (other) =>
            other.isListed &&
            other.foundation === entry.foundation &&
            (other.state === "waiting" || other.state === "in-progress"),
        );
        if (!isBusy) this.#move(entry, "waiting");
      }
    }
    return listed
      .filter((entry) => entry.state === "waiting")
      .sort((a, b) => byPriority(a, b) || a.component - b.component)[0];
  }

  #send(entry: Entry, isTriggered: boolean, now: number): void {
    const isNominating = this.role === "controlling" && entry.awaitsNomination;
    const check: Check = {
      id: ++this.#lastCheck,
      entry,
      isNominating,
      role: this.role,
      priority: peerReflexivePriority(entry.base.priority),
      deadline: now + this.#timeoutMs,
      isCancelled: false,
    };
    this.#checks.set(check.id, check);
    this.#move(entry, "in-progress");
    this.#outputs.push({
      type: "check",
      check: check.id,
      pair: entry.id,
      isTriggered,
      isNominating,
      role: this.role,
      priority: check.priority,
    });
  }

  #expire(now: number): void {
    for (const check of this.#checks.values()) {
      if (check.deadline > now) continue;
      this.#checks.delete(check.id);
      if (!check.isCancelled) this.#fail(check);
    }
  }

  #onResponse(event: Extract<CheckEvent, { type: "response" }>): void {
    const check = this.#take(event.check);
    const { entry } = check;
    const stream = this.#streams[entry.stream] as Stream;
    if (event.isSymmetric === false) {
      this.#fail(check);
      return;
    }
    const mapped = event.mapped ?? entry.base;
    const local = this.#localAt(stream, entry, mapped, check.priority);
    const valid = this.#validPair(stream, entry, local);
    valid.isValid = true;
    entry.validPair = valid.id;
    this.#move(entry, "succeeded");
    this.#move(valid, "succeeded");
    for (const other of this.#entries)
      if (other.isListed && other.state === "frozen" && other.foundation === entry.foundation)
        this.#move(other, "waiting");
    const wasAsked = this.role === "controlled" && entry.awaitsNomination;
    if (check.isNominating || wasAsked) this.#select(valid);
  }

  /** The local candidate a mapped address belongs to; a new peer-reflexive one when none has it. §7.2.5.3.1. */
  #localAt(stream: Stream, entry: Entry, mapped: TransportAddress, priority: number): Candidate {
    if (isAt(entry.base, mapped)) return entry.base;
    const known = stream.locals.find(
      (candidate) => candidate.component === entry.component && isAt(candidate, mapped),
    );
    if (known !== undefined) return known;
    const candidate: Candidate = {
      foundation: `prflx${++this.#learned}`,
      component: entry.component,
      transport: entry.base.transport,
      priority,
      address: mapped.address,
      port: mapped.port,
      type: "prflx",
      relatedAddress: entry.base.address,
      relatedPort: entry.base.port,
      extensions: [],
    };
    stream.locals.push(candidate);
    this.#outputs.push({ type: "learned", stream: stream.index, side: "local", candidate });
    return candidate;
  }

  /** §7.2.5.3.2: the checked pair itself, another pair of the list, or one of its own. */
  #validPair(stream: Stream, entry: Entry, local: Candidate): Entry {
    if (local === entry.base || local === entry.local) return entry;
    const other = this.#entries.find(
      (candidate) =>
        candidate.stream === stream.index &&
        candidate.local === local &&
        candidate.remote === entry.remote,
    );
    if (other !== undefined) return other;
    return this.#add(
      {
        local,
        remote: entry.remote,
        base: entry.base,
        component: entry.component,
        priority: this.#priorityOf(local, entry.remote),
        foundation: entry.foundation,
      },
      stream.index,
      "succeeded",
      false,
    );
  }

  #onError(event: Extract<CheckEvent, { type: "error" }>): void {
    const check = this.#take(event.check);
    if (event.code !== 487) {
      this.#fail(check);
      return;
    }
    // A second 487 for checks sent before the first switch must not switch back.
    if (check.role === this.role)
      this.#switchRole(this.role === "controlling" ? "controlled" : "controlling");
    if (event.tiebreaker !== undefined) this.#tiebreaker = event.tiebreaker;
    this.#trigger(check.entry);
  }

  #onRequest(event: Extract<CheckEvent, { type: "request" }>): void {
    const stream = this.#stream(event.stream);
    if (!this.#agreesOnRole(event.role, event.tiebreaker ?? 0n)) return;
    const local = stream.locals.find((candidate) => isAt(candidate, event.to));
    if (local === undefined)
      throw new RangeError(`No local candidate has ${event.to.address}:${event.to.port}.`);
    this.#outputs.push({ type: "respond", code: 200 });
    const remote = this.#remoteAt(stream, local, event.from, event.priority);
    const existing = this.#entries.find(
      (entry) =>
        entry.isListed &&
        entry.stream === stream.index &&
        entry.base === local &&
        entry.remote === remote,
    );
    if (existing === undefined && stream.selected.has(local.component)) return;
    const entry = existing ?? this.#add(this.#pairOf(local, remote), stream.index, "waiting");
    const isAsked = event.isNominating === true && this.role === "controlled";
    if (entry.state === "succeeded") {
      if (isAsked) this.#select(this.#entry(entry.validPair ?? entry.id));
      return;
    }
    if (isAsked) entry.awaitsNomination = true;
    this.#trigger(entry);
  }

  /** §7.3.1.1. False when the request is refused with 487. */
  #agreesOnRole(theirs: IceRole | undefined, theirTiebreaker: bigint): boolean {
    if (theirs !== this.role) return true;
    const isLarger = this.#tiebreaker >= theirTiebreaker;
    const staysControlling = this.role === "controlling" && isLarger;
    const staysControlled = this.role === "controlled" && !isLarger;
    if (staysControlling || staysControlled) {
      this.#outputs.push({ type: "respond", code: 487 });
      return false;
    }
    this.#switchRole(this.role === "controlling" ? "controlled" : "controlling");
    return true;
  }

  /** The remote candidate a request came from; a new peer-reflexive one when none has its address. §7.3.1.3. */
  #remoteAt(stream: Stream, local: Candidate, from: TransportAddress, priority: number): Candidate {
    const known = stream.remotes.find(
      (candidate) => candidate.component === local.component && isAt(candidate, from),
    );
    if (known !== undefined) return known;
    const candidate: Candidate = {
      foundation: `prflx${++this.#learned}`,
      component: local.component,
      transport: local.transport,
      priority,
      address: from.address,
      port: from.port,
      type: "prflx",
      extensions: [],
    };
    stream.remotes.push(candidate);
    this.#outputs.push({ type: "learned", stream: stream.index, side: "remote", candidate });
    return candidate;
  }

  /** §7.3.1.4: puts a pair into the triggered-check queue; a check in progress is cancelled. */
  #trigger(entry: Entry): void {
    const stream = this.#streams[entry.stream] as Stream;
    for (const check of this.#checks.values()) if (check.entry === entry) check.isCancelled = true;
    if (!stream.triggered.includes(entry)) stream.triggered.push(entry);
    this.#move(entry, "waiting");
    if (stream.state === "failed") this.#setList(stream, "running");
  }

  /** RFC 8838 §10, §11: new pairs join their list, pruned against what is there. */
  #onCandidate(stream: Stream, side: "local" | "remote", candidate: Candidate): void {
    (side === "local" ? stream.locals : stream.remotes).push(candidate);
    const formed = formPairs(stream.locals, stream.remotes, this.role);
    for (const pair of formed.pairs) {
      const isNew = !this.#entries.some(
        (entry) =>
          entry.stream === stream.index && entry.base === pair.base && entry.remote === pair.remote,
      );
      if (!isNew || stream.selected.has(pair.component)) continue;
      const kin = this.#entries.filter(
        (entry) => entry.isListed && entry.foundation === pair.foundation,
      );
      const mayStart = kin.length === 0 || kin.some((entry) => entry.state === "succeeded");
      stream.components.add(pair.component);
      this.#add(pair, stream.index, mayStart ? "waiting" : "frozen");
    }
    if (stream.state === "failed") this.#setList(stream, "running");
  }

  /** §8.1.1: repeats the check that proved the pair, now with USE-CANDIDATE. */
  #nominate(id: number): void {
    if (this.role !== "controlling")
      throw new RangeError("Only the controlling agent nominates a pair.");
    const valid = this.#entry(id);
    const proof = this.#entries.find((entry) => entry.validPair === id) ?? valid;
    if (!valid.isValid) throw new RangeError(`Pair ${id} is not valid yet: no check proved it.`);
    const stream = this.#streams[valid.stream] as Stream;
    if (stream.selected.has(valid.component)) return;
    proof.awaitsNomination = true;
    if (!stream.triggered.includes(proof)) stream.triggered.unshift(proof);
  }

  /** §8.1.2: a component is done; its other pairs leave the list. */
  #select(valid: Entry): void {
    const stream = this.#streams[valid.stream] as Stream;
    const before = stream.selected.get(valid.component);
    // Aggressive nomination (RFC 5245) may name several: the highest counts.
    if (before !== undefined && this.#entry(before).priority >= valid.priority) return;
    valid.isNominated = true;
    stream.selected.set(valid.component, valid.id);
    this.#outputs.push({
      type: "selected",
      stream: stream.index,
      component: valid.component,
      pair: valid.id,
    });
    for (const entry of this.#entries) {
      const isRival = entry.stream === stream.index && entry.component === valid.component;
      if (!isRival || entry === valid || entry.validPair === valid.id) continue;
      entry.isListed = false;
      for (const check of this.#checks.values())
        if (check.entry === entry) check.isCancelled = true;
    }
    const stays = stream.triggered.filter((entry) => entry.component !== valid.component);
    stream.triggered.splice(0, stream.triggered.length, ...stays);
  }

  /** §7.2.5.2, and §7.2.5.3.4 for a nomination that fails. */
  #fail(check: Check): void {
    const { entry } = check;
    this.#move(entry, "failed");
    if (!check.isNominating && !(this.role === "controlled" && entry.awaitsNomination)) return;
    entry.isValid = false;
    if (entry.validPair !== undefined) this.#entry(entry.validPair).isValid = false;
    this.#setList(this.#streams[entry.stream] as Stream, "failed");
  }

  /** §7.2.5.4: what the pairs say of their lists. */
  #settle(): void {
    for (const stream of this.#streams) {
      if (stream.state !== "running") continue;
      const components = [...stream.components];
      if (components.length > 0 && components.every((component) => stream.selected.has(component)))
        this.#setList(stream, "completed");
      else if (this.#isExhausted(stream)) this.#setList(stream, "failed");
    }
  }

  #isExhausted(stream: Stream): boolean {
    if (this.#isTrickle && !(stream.ended.local && stream.ended.remote)) return false;
    const listed = this.#listed(stream);
    if (listed.some(({ state }) => state !== "failed" && state !== "succeeded")) return false;
    const valid = new Set(
      this.#entries
        .filter((entry) => entry.isValid && entry.stream === stream.index)
        .map((entry) => entry.component),
    );
    return stream.components.size === 0 || [...stream.components].some((at) => !valid.has(at));
  }

  #switchRole(role: IceRole): void {
    this.role = role;
    for (const entry of this.#entries) entry.priority = this.#priorityOf(entry.local, entry.remote);
    this.#outputs.push({ type: "role", role });
  }

  #setList(stream: Stream, state: CheckListState): void {
    stream.state = state;
    this.#outputs.push({ type: "list", stream: stream.index, state });
  }

  #move(entry: Entry, to: PairState): void {
    if (entry.state === to) return;
    this.#outputs.push({ type: "pair", pair: entry.id, from: entry.state, to });
    entry.state = to;
  }

  #add(pair: FormedPair | CandidatePair, stream: number, state: PairState, isListed = true): Entry {
    const { local, remote, base, component, foundation, priority } = pair;
    const entry: Entry = {
      id: this.#entries.length,
      stream,
      local,
      remote,
      base,
      component,
      foundation,
      priority,
      state,
      isValid: false,
      isNominated: false,
      validPair: undefined,
      isListed,
      awaitsNomination: false,
    };
    this.#entries.push(entry);
    this.#outputs.push({ type: "pair", pair: entry.id, from: "new", to: state });
    return entry;
  }

  #pairOf(local: Candidate, remote: Candidate): FormedPair {
    return {
      local,
      remote,
      base: local,
      component: local.component,
      priority: this.#priorityOf(local, remote),
      foundation: `${local.foundation}:${remote.foundation}`,
    };
  }

  #priorityOf(local: Candidate, remote: Candidate): bigint {
    return this.role === "controlling"
      ? pairPriority(local.priority, remote.priority)
      : pairPriority(remote.priority, local.priority);
  }

  #listed(stream: Stream): Entry[] {
    return this.#entries.filter((entry) => entry.isListed && entry.stream === stream.index);
  }

  #stream(index = 0): Stream {
    const stream = this.#streams[index];
    if (stream === undefined)
      throw new RangeError(`There is no stream ${index}; there are ${this.#streams.length}.`);
    return stream;
  }

  #entry(id: number): Entry {
    const entry = this.#entries[id];
    if (entry === undefined)
      throw new RangeError(`There is no pair ${id}; there are ${this.#entries.length}.`);
    return entry;
  }

  #take(id: number): Check {
    const check = this.#checks.get(id);
    if (check === undefined)
      throw new RangeError(`Check ${id} is not under way: it was never sent, or has ended.`);
    this.#checks.delete(id);
    return check;
  }
}

function streamOf(formed: CandidatePairs, index: number): Stream {
  const locals = new Set<Candidate>();
  const remotes = new Set<Candidate>();
  const all = [
    ...formed.pairs,
    ...formed.pruned.map(({ pair }) => pair),
    ...formed.discarded,
    ...formed.impossible,
  ];
  for (const { local, remote } of all) {
    locals.add(local);
    remotes.add(remote);
  }
  return {
    index,
    locals: [...locals],
    remotes: [...remotes],
    components: new Set(formed.pairs.map((pair) => pair.component)),
    selected: new Map(),
    triggered: [],
    ended: { local: false, remote: false },
    state: "running",
  };
}

/** Highest first; of equal ones the older. */
function byPriority(a: Entry, b: Entry): number {
  if (a.priority === b.priority) return a.id - b.id;
  return a.priority > b.priority ? -1 : 1;
}

function isAt(candidate: Candidate, { address, port }: TransportAddress): boolean {
  if (candidate.port !== port) return false;
  if (candidate.address === address) return true;
  const canonical = parseAddress(address)?.canonical;
  return canonical !== undefined && canonical === parseAddress(candidate.address)?.canonical;
}

/** The priority of the local candidate, with the type preference of a peer-reflexive one. RFC 8445 §7.1.1. */
function peerReflexivePriority(priority: number): number {
  return PEER_REFLEXIVE * 0x1000000 + (priority % 0x1000000);
}
