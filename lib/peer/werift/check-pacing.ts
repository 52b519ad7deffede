import type { InsideAddress, InsideIce, InsidePair } from "./inside.ts";

/**
 * Mends when an ICE agent checks, before it begins. werift looks every 20 ms whether there is a pair to be checked, and whether
 * one has worked: a candidate that comes between two looks waits for the next one, and so does a pair that works. Here a
 * check goes out as soon as there is a pair for it, still no two within 20 ms (RFC 8445 §14.2), and checking is over with the
 * first pair that is nominated. And a check that the other end's NAT has dropped, since its own had not gone out yet, goes again
 * as soon as that one is here, not after its timer (RFC 8445 §7.3.1.4); once in 20 ms, so that two ends whose answers are lost
 * do not drive each other.
 */
export function paceChecks(ice: InsideIce): void {
  const connect = ice.connect.bind(ice);
  const check = ice.schedulingChecks.bind(ice);
  const addPair = ice.addPair.bind(ice);
  const checkIncoming = ice.checkIncoming.bind(ice);
  /** What waits for a pair, or for the end. */
  let waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The generation of credentials that is being checked. RFC 8445 §9. */
  let running: number | undefined;

  const pace = (): void => {
    if (timer !== undefined || running !== ice.generation) return;
    if (ice.checkListDone || ice.state === "closed") return;
    if (!ice.checkList.some(({ state }) => isUnchecked(state))) return;
    check();
    timer = setTimeout(() => {
      timer = undefined;
      pace();
    }, INTERVAL_MS);
  };

  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };

  ice.addPair = (pair) => {
    addPair(pair);
    // A check of the other end starts one of its own in this turn, for the pair that it has made.
    queueMicrotask(pace);
    wake();
  };
  /** When the check of a pair went again for the last time. */
  const repeated = new WeakMap<InsidePair, number>();
  ice.checkIncoming = (message, address, protocol) => {
    const underWay = ice.checkList.find(
      (pair) =>
        pair.state === IN_PROGRESS &&
        pair.protocol === protocol &&
        isSame(pair.remoteAddr, address),
    );
    checkIncoming(message, address, protocol);
    if (underWay === undefined) return;
    const now = performance.now();
    if (now - (repeated.get(underWay) ?? Number.NEGATIVE_INFINITY) < INTERVAL_MS) return;
    repeated.set(underWay, now);
    const requests = Object.values(protocol.transactions ?? protocol.turn?.transactions ?? {});
    for (const { request, addr } of requests) {
      if (isSame(addr, address)) protocol.sendStun(request, addr).catch(() => {});
    }
  };
  ice.stateChanged.subscribe((state) => {
    if (state !== "closed") return;
    clearTimeout(timer);
    wake();
  });
  // werift's loop ends with the first look, and then waits for the end of the check list.
  ice.schedulingChecks = () => false;
  ice.connect = async () => {
    const { generation } = ice;
    // Without a single pair that wait would be a failure. From now on checks of the other end make pairs.
    if (ice.localCandidatesStart && ice.earlyChecks.length === 0) {
      ice.earlyChecksDone = true;
      while (
        ice.checkList.length === 0 &&
        ice.generation === generation &&
        ice.state !== "closed"
      ) {
        await new Promise<void>((go) => waiting.push(go));
      }
    }
    // After a restart nobody waits for this one any more: its end would be taken for that of the next.
    if (ice.generation !== generation) return new Promise<never>(() => {});
    running = generation;
    const connecting = connect();
    pace();
    return connecting;
  };
}

function isUnchecked(state: number): boolean {
  return state < IN_PROGRESS;
}

const IN_PROGRESS = 2;

function isSame(one: InsideAddress, other: InsideAddress): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** Ta, as werift has it. RFC 8445 §14.2 wants 5 ms or more. */
const INTERVAL_MS = 20;
