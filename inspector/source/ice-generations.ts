import type { CandidateRow, PairEvent, Timeline } from "../../lib/index.ts";
import { createGenerationLedger, readDescription } from "../../lib/index.ts";
import { heldChanges } from "./state-at.ts";

/** One ICE session of a connection: what lies between two restarts of it. RFC 8445 §2.4. */
export interface IceGeneration {
  /** From 0. */
  readonly number: number;
  /** The call that set the first description of it, and when; the connection's begin where no call was recorded. */
  readonly seq?: number;
  readonly t: number;
  /** The first section's, as the descriptions have them. */
  readonly localUfrag?: string;
  readonly remoteUfrag?: string;
}

/** The ICE generations of a connection, and what belongs to which. */
export interface IceGenerations {
  /** At least one, the oldest first. */
  readonly list: readonly IceGeneration[];
  /** The number of a candidate's generation; of one that fits none the one that was current when it came. */
  ofRow(row: CandidateRow): number;
  /** Of a pair: that of its local candidate, where several have the same address the latest that had begun. */
  ofPair(event: PairEvent): number;
}

/**
 * Sorts the candidates of one connection into generations: by their ufrag, else by the description that was in force. A section
 * that is added later belongs to the generation of that time, whatever its own credentials are.
 */
export function iceGenerations(
  { calls, candidates }: Timeline,
  peer: string,
  pc: string | undefined,
): IceGenerations {
  const rows = candidates.filter(
    (row) => row.peer === peer && (pc === undefined || row.pc === undefined || row.pc === pc),
  );
  const local = account("local");
  const remote = account("remote");
  const count = Math.max(1, local.begins.length, remote.begins.length);
  const list = Array.from({ length: count }, (_, number): IceGeneration => {
    const [mine, theirs] = [local.begins[number], remote.begins[number]];
    const first = [mine, theirs].filter((one) => one !== undefined).sort((a, b) => a.t - b.t)[0];
    return {
      number,
      ...(first && { seq: first.seq }),
      t: first?.t ?? 0,
      ...(mine?.ufrag !== undefined && { localUfrag: mine.ufrag }),
      ...(theirs?.ufrag !== undefined && { remoteUfrag: theirs.ufrag }),
    };
  });
  const byName = new Map<string, { readonly t: number; readonly number: number }[]>();
  for (const row of rows) {
    if (row.side !== "local" || !row.init) continue;
    const name = placeIn(row.init.candidate);
    const known = byName.get(name) ?? [];
    known.push({ t: row.t, number: local.places.get(row.seq) ?? 0 });
    byName.set(name, known);
  }
  return {
    list,
    ofRow: ({ side, seq }) => (side === "local" ? local : remote).places.get(seq) ?? 0,
    ofPair: ({ local: text, t }) => {
      const known = byName.get(placeIn(text));
      const found = known?.findLast((one) => one.t <= t) ?? known?.[0];
      return found?.number ?? list.findLast((one) => one.t <= t)?.number ?? 0;
    },
  };

  /** Goes through one side's descriptions and candidates in order. */
  function account(side: "local" | "remote") {
    const ledger = createGenerationLedger();
    const begins: { readonly seq: number; readonly t: number; readonly ufrag?: string }[] = [];
    /** The connection's generation for each generation of a section. */
    const numbers = new Map<string, number>();
    const places = new Map<number, number>();
    const described = descriptionsOf(side);
    let next = 0;
    const describeUntil = (seq: number): void => {
      for (let one = described[next]; one && one.seq < seq; one = described[++next]) {
        const { media } = readDescription(one.sdp);
        const sections = media.flatMap(({ ice, mid, index, isRejected }) =>
          isRejected || ice?.ufrag === undefined
            ? []
            : [
                {
                  mid: mid ?? `#${index}`,
                  mLineIndex: index,
                  ufrag: ice.ufrag,
                  pwd: ice.pwd ?? "",
                },
              ],
        );
        if (sections.length === 0) continue;
        const changes = ledger.describe(sections);
        const isRestart = changes.some(({ change }) => change !== "same" && change !== "first");
        if (isRestart || begins.length === 0)
          begins.push({ seq: one.seq, t: one.t, ...(sections[0] && { ufrag: sections[0].ufrag }) });
        for (const { mid, change } of changes) {
          if (change !== "same")
            numbers.set(`${ledger.generations(mid).length - 1} ${mid}`, begins.length - 1);
        }
      }
    };
    for (const row of rows) {
      if (row.side !== side) continue;
      describeUntil(row.call?.begin.seq ?? row.seq);
      const current = Math.max(0, begins.length - 1);
      const { generation } = ledger.trickle(row.init);
      const mid = row.init?.sdpMid;
      const placed =
        generation === undefined ? undefined : numbers.get(`${generation} ${mid ?? "#0"}`);
      places.set(row.seq, placed ?? current);
    }
    describeUntil(Number.POSITIVE_INFINITY);
    return { begins, places };
  }

  /** The descriptions that one side set, by the call that set them; an offer that an answer made current is the same one. */
  function descriptionsOf(side: "local" | "remote") {
    const seen = new Set<number>();
    return heldChanges(calls, peer, pc).flatMap(({ t, held }) => {
      const [pending, current] =
        side === "local"
          ? [held.pendingLocal, held.currentLocal]
          : [held.pendingRemote, held.currentRemote];
      const one = pending ?? current;
      if (!one || seen.has(one.seq)) return [];
      seen.add(one.seq);
      return [{ seq: one.seq, t, sdp: one.sdp }];
    });
  }
}

/** Where a candidate's text says that it is. */
function placeIn(text: string): string {
  const [, component, transport = "", , address, port, , type] = text
    .replace(/^(?:a=)?candidate:/, "")
    .split(" ", 8);
  return `${component}|${transport.toLowerCase()}|${address}|${port}|${type}`;
}
