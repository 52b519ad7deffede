import { describe, expect, it } from "vitest";
import { pairMatrix } from "../../../inspector/layout/pair-matrix.ts";
import { answers } from "../../../inspector/source/answers.ts";
import { createSheet } from "../../../inspector/source/sheet.ts";
import type { Trace, TraceEvent } from "../../../lib/index.ts";
import { recordedTrace } from "../../support/recorded-trace.ts";

describe("the ICE generations of a connection", () => {
  it("part the pairs of a recorded call at its restart", () => {
    const trace = recordedTrace("ok");
    const sheet = createSheet(trace);
    for (const { peer, pc } of connections(trace)) {
      const last = answers.pairs(sheet, { peer, pc });
      expect(last.generations.map(({ number }) => number)).toEqual([0, 1]);
      expect(last.generation).toBe(1);
      const first = answers.pairs(sheet, { peer, pc, generation: 0 });
      expect(first.generations[0]?.localUfrag).not.toBe(last.generations[1]?.localUfrag);
      for (const one of [first, last]) {
        const { localUfrag, remoteUfrag } = one.generations[one.generation] ?? {};
        expect(one.local.length).toBeGreaterThan(0);
        expect([...new Set(one.local.map(ufragOf))]).toEqual([localUfrag]);
        expect([...new Set(one.remote.map(ufragOf))]).toEqual([remoteUfrag]);
        const { list } = pairMatrix(one.local, one.remote, one.events, one.isOfferer);
        expect(list.filter(({ isSelected }) => isSelected)).toHaveLength(1);
      }
      expect(first.events.length + last.events.length).toBe(
        trace.events.filter((each) => each.kind === "pair" && each.peer === peer).length,
      );
    }
  });

  it("are the same at both ends, seen from opposite sides", () => {
    const trace = recordedTrace("ok");
    const sheet = createSheet(trace);
    const [one, other] = connections(trace).map((place) => answers.pairs(sheet, place).generations);
    expect(one?.map(({ localUfrag, remoteUfrag }) => [localUfrag, remoteUfrag])).toEqual(
      other?.map(({ localUfrag, remoteUfrag }) => [remoteUfrag, localUfrag]),
    );
  });

  it("are told by the description in force where candidates name no ufrag", () => {
    const sheet = createSheet(restarted());
    const ports = (generation: number) =>
      answers
        .pairs(sheet, { peer: "a", pc: "1", generation })
        .local.map(({ candidate }) => candidate?.port);
    expect(ports(0)).toEqual([1000]);
    expect(ports(1)).toEqual([2000]);
  });

  it("stand with each candidate of a connection that has several, with the ufrag of its side", () => {
    const sheet = createSheet(recordedTrace("ok"));
    const { rows } = answers.candidates(sheet, { from: 0, count: 100 });
    const trickled = rows.filter(({ init }) => init?.usernameFragment);
    expect(trickled.length).toBeGreaterThan(8);
    expect(new Set(rows.map(({ generation }) => generation?.number))).toEqual(new Set([0, 1]));
    for (const row of trickled) expect(row.generation?.ufrag).toBe(ufragOf(row));
    const once = createSheet(recordedTrace("fingerprint-mismatch"));
    for (const row of answers.candidates(once, { from: 0, count: 100 }).rows)
      expect(row).not.toHaveProperty("generation");
  });

  it("are one without a recorded description, and a number beyond the last means the last", () => {
    const all = restarted();
    const events = all.events.filter(({ kind }) => kind === "candidate");
    const sheet = createSheet({ ...all, events });
    const { generations, local } = answers.pairs(sheet, { peer: "a", pc: "1", generation: 7 });
    expect(generations).toEqual([{ number: 0, t: 0 }]);
    expect(local).toHaveLength(2);
  });
});

describe("the history of a pair", () => {
  it("keeps every recorded state with its time, in order, the last one being its state", () => {
    const trace = recordedTrace("ok");
    const local = "candidate:1 1 udp 2122260223 192.0.2.1 1000 typ host";
    const remote = "candidate:3 1 udp 2122260223 192.0.2.2 2000 typ host";
    const events: TraceEvent[] = (["waiting", "in-progress", "succeeded", "failed"] as const).map(
      (state, at) => ({ kind: "pair", seq: at + 1, t: at * 10, ...here, local, remote, state }),
    );
    const gathered = [local, remote].map((candidate, at): TraceEvent => {
      const side = at === 0 ? "local" : "remote";
      return { kind: "candidate", seq: at + 10, t: 0, ...here, side, candidate: { candidate } };
    });
    const sheet = createSheet({ ...trace, events: [...events, ...gathered] });
    const material = answers.pairs(sheet, here);
    const [cell] = pairMatrix(material.local, material.remote, material.events, true).list;
    expect(cell?.state).toBe("failed");
    expect(cell?.history.map(({ state, t }) => `${state} ${t}`)).toEqual([
      "waiting 0",
      "in-progress 10",
      "succeeded 20",
      "failed 30",
    ]);
  });
});

const here = { peer: "a", pc: "1" };

function connections({ events }: Trace) {
  return events.flatMap(({ kind, peer, pc }) =>
    kind === "create" && peer !== undefined && pc !== undefined ? [{ peer, pc }] : [],
  );
}

function ufragOf({
  init,
  candidate,
}: {
  init: unknown;
  candidate?: { usernameFragment?: string };
}) {
  return (
    (init as { usernameFragment?: string } | null)?.usernameFragment ?? candidate?.usernameFragment
  );
}

/** An offer with a candidate, and a second one with new credentials and another; nobody names the ufrag. */
function restarted(): Trace {
  const events: TraceEvent[] = [];
  for (const [at, ufrag] of ["old", "new"].entries()) {
    const sdp = `v=0\r\no=- 1 ${at} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=ice-ufrag:${ufrag}\r\na=ice-pwd:${ufrag}-password-of-some-length\r\n`;
    const base = { t: at * 100, ...here };
    const seq = at * 3;
    events.push(
      {
        ...base,
        seq: seq + 1,
        kind: "call",
        call: at + 1,
        method: "setLocalDescription",
        arguments: [{ type: "offer", sdp }],
      },
      { ...base, seq: seq + 2, kind: "settle", call: at + 1 },
      {
        ...base,
        seq: seq + 3,
        kind: "candidate",
        side: "local",
        candidate: {
          candidate: `candidate:1 1 udp 2122260223 192.0.2.1 ${at + 1}000 typ host`,
          sdpMid: "0",
        },
      },
    );
  }
  return { header: recordedTrace("ok").header, events };
}
