import { describe, expect, it } from "vitest";
import { answers } from "../../../inspector/source/answers.ts";
import { directionHistory } from "../../../inspector/source/direction-history.ts";
import { createSheet } from "../../../inspector/source/sheet.ts";
import { transportsAt } from "../../../inspector/source/transports-at.ts";
import type { Timeline, Trace } from "../../../lib/index.ts";
import { recordedTrace } from "../../support/recorded-trace.ts";

const end = Number.POSITIVE_INFINITY;
const head = (mids: string) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE ${mids}\r\n`;
const section = (
  mid: string,
  { port = 9, direction = "sendrecv", setup = "actpass", print = "AA:BB", algorithm = "sha-256" },
) =>
  `m=audio ${port} UDP/TLS/RTP/SAVPF 0\r\na=mid:${mid}\r\na=${direction}\r\na=setup:${setup}\r\na=ice-ufrag:u${mid}\r\na=fingerprint:${algorithm} ${print}\r\n`;
const held = (type: "offer" | "answer", sdp: string) => ({ seq: 1, type, sdp });
const counts = { localCandidates: 0, remoteCandidates: 0 };

describe("the transports of a connection", () => {
  it("are one for a whole recorded call, with opposite roles and each other's fingerprint", () => {
    const trace = recordedTrace("ok");
    const sheet = createSheet(trace);
    const rows = connections(trace).map(({ peer, pc }) =>
      answers.transports(sheet, { t: end, peer, pc }),
    );
    expect(rows.map((all) => all.length)).toEqual([1, 1]);
    const [alice, bob] = rows.map((all) => all[0]);
    expect([alice?.role, bob?.role].sort()).toEqual(["client", "server"]);
    expect([alice?.check, bob?.check]).toEqual(["same", "same"]);
    expect(alice?.localUfrag).toBe(bob?.remoteUfrag);
    expect(alice?.sections).toEqual(bob?.sections);
  });

  it("show at which end a fingerprint was changed on its way", () => {
    const trace = recordedTrace("fingerprint-mismatch");
    const sheet = createSheet(trace);
    const checks = connections(trace).map(({ peer, pc }) => [
      sheet.trace.header.peers.find(({ id }) => id === peer)?.name,
      answers.transports(sheet, { t: end, peer, pc })[0]?.check,
    ]);
    expect(checks).toContainEqual(["Bob", "differs"]);
    expect(checks).toContainEqual(["Alice", "same"]);
  });

  it("are those of the answer: what left the group or was rejected is not in it", () => {
    const offer = head("a b c") + ["a", "b", "c"].map((mid) => section(mid, {})).join("");
    const answer =
      head("b") +
      section("a", { setup: "active" }) +
      section("b", { setup: "passive" }) +
      section("c", { port: 0 });
    const offered = transportsAt({ ...counts, pendingLocal: held("offer", offer) }, undefined);
    expect(offered.map(({ sections, isAgreed, role }) => [sections, isAgreed, role])).toEqual([
      [["a", "b", "c"], false, undefined],
    ]);
    const agreed = { currentLocal: held("offer", offer), currentRemote: held("answer", answer) };
    const rows = transportsAt({ ...counts, ...agreed }, undefined);
    expect(rows.map(({ sections, role, check }) => [sections, role, check])).toEqual([
      [["a"], "server", undefined],
      [["b"], "client", undefined],
    ]);
  });

  it("compare no fingerprints of different hash functions", () => {
    const offer = held("offer", head("a") + section("a", {}));
    const answer = held("answer", head("a") + section("a", { setup: "active" }));
    const other = (print: string, algorithm: string) => ({
      ...counts,
      currentLocal: held("answer", head("a") + section("a", { print, algorithm })),
    });
    const here = { ...counts, currentLocal: offer, currentRemote: answer };
    expect(transportsAt(here, other("AA:BB", "SHA-256"))[0]?.check).toBe("same");
    expect(transportsAt(here, other("aa:bb", "sha-256"))[0]?.check).toBe("same");
    expect(transportsAt(here, other("AA:CC", "sha-256"))[0]?.check).toBe("differs");
    expect(transportsAt(here, other("AA:CC", "sha-512"))[0]?.check).toBeUndefined();
  });

  it("are none of nothing, and none of what is no SDP", () => {
    expect(transportsAt(counts, undefined)).toEqual([]);
    expect(transportsAt({ ...counts, currentRemote: held("answer", "x") }, undefined)).toEqual([]);
  });
});

describe("the history of directions", () => {
  it("has what each answer made of a section, as this side has it", () => {
    const calls = rounds([
      ["local", [["a", "sendonly"]]],
      [
        "remote",
        [
          ["a", "sendonly"],
          ["b", "inactive"],
        ],
      ],
      [
        "local",
        [
          ["a", "sendonly"],
          ["b", "rejected"],
        ],
      ],
    ]);
    const told = directionHistory(calls, "p", "1").map(({ mid, steps }) => [
      mid,
      steps.map(({ direction, seq }) => [direction, seq]),
    ]);
    expect(told).toEqual([
      [
        "a",
        [
          ["sendonly", 2],
          ["recvonly", 4],
          ["sendonly", 6],
        ],
      ],
      [
        "b",
        [
          ["inactive", 4],
          ["rejected", 6],
        ],
      ],
    ]);
  });

  it("shows at both ends of a recorded call the same changes from opposite sides", () => {
    const trace = recordedTrace("ok");
    const sheet = createSheet(trace);
    const [one, other] = connections(trace).map((place) => answers.directions(sheet, place));
    expect(one?.map(({ mid, kind }) => [mid, kind])).toEqual(
      other?.map(({ mid, kind }) => [mid, kind]),
    );
    const opposite: Record<string, string> = { sendonly: "recvonly", recvonly: "sendonly" };
    expect(one?.map(({ steps }) => steps.map(({ direction }) => direction))).toEqual(
      other?.map(({ steps }) => steps.map(({ direction }) => opposite[direction] ?? direction)),
    );
    expect(one?.find(({ kind }) => kind === "application")?.steps).toMatchObject([
      { direction: "accepted" },
    ]);
  });
});

function connections({ events }: Trace) {
  return events.flatMap(({ kind, peer, pc }) =>
    kind === "create" && peer !== undefined && pc !== undefined ? [{ peer, pc }] : [],
  );
}

/** Rounds in which the answer comes from one side: the calls of a connection that applied all of them. */
function rounds(
  list: readonly (readonly [
    "local" | "remote",
    readonly (readonly [mid: string, direction: string])[],
  ])[],
): Timeline {
  let seq = 0;
  const calls = list.flatMap(([side, sections]) =>
    (["offer", "answer"] as const).map((type) => {
      const isLocal = (side === "local") === (type === "answer");
      const sdp =
        head(sections.map(([mid]) => mid).join(" ")) +
        sections
          .map(([mid, direction]) =>
            direction === "rejected" && type === "answer"
              ? section(mid, { port: 0 })
              : section(mid, { direction: direction === "rejected" ? "inactive" : direction }),
          )
          .join("");
      seq += 1;
      const event = { seq, t: seq, peer: "p", pc: "1" };
      return {
        ...event,
        call: seq,
        method: isLocal ? "setLocalDescription" : "setRemoteDescription",
        begin: { ...event, kind: "call", arguments: [{ type, sdp }] },
        settle: { ...event, kind: "settle" },
      };
    }),
  );
  return { calls } as unknown as Timeline;
}
