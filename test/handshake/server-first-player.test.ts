import { describe, expect, test } from "vitest";
import type { PlayAddress } from "../../lib/handshake/server-first.ts";
import type { PlaybackInput, PlaybackOptions } from "../../lib/handshake/server-first-player.ts";
import { createPlayback } from "../../lib/handshake/server-first-player.ts";
import { sdpFixture } from "../support/sdp-fixtures.ts";

const address: PlayAddress = { port: "singleport", transport: "tcp", alias: "camera" };
const offer = sdpFixture("chromium-156.0.8078.79/recvonly.offer");
const answer = { type: "answer", sdp: "v=0\r\n" };
const candidate = {
  candidate: "candidate:1 1 udp 2130706431 10.0.0.7 5119 typ host",
  sdpMLineIndex: 0,
};
const secondMessage = `${JSON.stringify(answer)}|-|-|${JSON.stringify(candidate)}`;

/** A player; outputs are shortened to their types, with what stands beside them where it matters. */
function playerOf(options: Partial<PlaybackOptions> = {}) {
  const player = createPlayback({ address, host: "127.0.0.1", ...options });
  const give = (input: PlaybackInput, now = 0) =>
    player.handle(input, now).map((output) => {
      switch (output.type) {
        case "state":
          return output.state;
        case "wake":
          return `wake ${output.at}`;
        case "ended":
          return `${output.code}: ${output.reason}`;
        case "create-connection":
          return `receive ${output.kinds.join(" ")}`;
        case "add-candidate":
          return output.candidate?.candidate;
        default:
          return output.type;
      }
    });
  const created = (sdp = offer): PlaybackInput => ({
    type: "created",
    description: { type: "offer", sdp },
  });
  return {
    player,
    give,
    created,
    text: (text: string, now = 0) => give({ type: "text", text }, now),
    connection: (state: "connected" | "failed") => give({ type: "connection", state }),
    /** Up to the offer that was sent. */
    offered() {
      give({ type: "play" });
      give({ type: "text", text: "VP8|-|-|opus" });
      give(created());
    },
  };
}

describe("a server-first player", () => {
  test("plays: announcement, offer, answer, candidate; then the socket is closed", () => {
    const { player, give, text, created, connection } = playerOf();
    expect(player.state).toBe(-1);
    expect(give({ type: "play" })).toEqual([0, "open-socket", "wake 30000"]);
    expect(text("VP8|-|-|opus")).toEqual(["receive video audio", "create-offer"]);
    expect(give(created())).toEqual(["set-local", "send"]);
    expect(give({ type: "applied", side: "local" })).toEqual([]);
    expect(text(secondMessage)).toEqual(["set-remote"]);
    expect(give({ type: "applied", side: "remote" })).toEqual([
      candidate.candidate,
      "close-socket",
    ]);
    expect(give({ type: "socket-closed", reason: "bye" })).toEqual([]);
    expect(player.state).toBe(0);
    expect(connection("connected")).toEqual(["wake undefined", 1]);
    expect(connection("connected")).toEqual([]);
    expect(player.state).toBe(1);
  });

  test("sends what it applies, rewritten, as JSON", () => {
    const { player, give, text, created } = playerOf();
    give({ type: "play" });
    text("|-|-|PCMU");
    const [local, sent] = player.handle(
      created(sdpFixture("chromium-156.0.8078.79/audio.offer")),
      0,
    );
    if (local?.type !== "set-local" || sent?.type !== "send") throw new Error("no offer");
    expect(JSON.parse(sent.text)).toEqual(local.description);
    expect(local.description.sdp).toContain("PCMU/8000");
    expect(local.description.sdp).not.toContain("opus");
  });

  test("makes a connection for the announced kinds only", () => {
    const { give, text } = playerOf();
    give({ type: "play" });
    expect(text("|-|-|PCMU")).toEqual(["receive audio", "create-offer"]);
  });

  test.each([
    ["an error before the announcement", ["Error: no such stream"]],
    ["an error instead of the answer", ["VP8|-|-|opus", "created", "Error: too many players"]],
  ])("ends with the text of %s", (_name, texts) => {
    const { player, give, text, created } = playerOf();
    give({ type: "play" });
    const last = texts.map((each) => (each === "created" ? give(created()) : text(each))).at(-1);
    expect(last?.at(-1)).toBe(`refused: ${texts.at(-1)}`);
    expect(last).toContain("close-socket");
    expect(player.state).toBe(-1);
  });

  test("tries once more, 500 ms after the server could not make its connection, and only once", () => {
    const { player, give, text, created, offered } = playerOf();
    const failure = "Error: Initialization of peer connection failed";
    offered();
    expect(text(failure, 100)).toEqual(["close-socket", "close-connection", "wake 600"]);
    expect(player.state).toBe(0);
    expect(give({ type: "wake" }, 600)).toEqual(["open-socket", "wake 30000"]);
    text("VP8|-|-|opus", 601);
    give(created(), 602);
    expect(text(failure, 603).at(-1)).toBe(`refused: ${failure}`);
    expect(player.state).toBe(-1);
  });

  test("does not try again when it is told not to, nor after another error", () => {
    const failure = "Error: Initialization of peer connection failed";
    const without = playerOf({ retries: false });
    without.offered();
    expect(without.text(failure).at(-1)).toBe(`refused: ${failure}`);
    const other = playerOf();
    other.offered();
    expect(other.text("Error: other").at(-1)).toBe("refused: Error: other");
  });

  test("stops while it waits to try again", () => {
    const { player, give, text, offered } = playerOf();
    offered();
    text("Error: Initialization of peer connection failed");
    expect(give({ type: "stop" }, 200)).toEqual(["wake undefined", -1]);
    expect(give({ type: "wake" }, 500)).toEqual([]);
    expect(player.state).toBe(-1);
  });

  test("does nothing on play unless idle, nor within a second after a stop", () => {
    const { give } = playerOf();
    give({ type: "play" });
    expect(give({ type: "play" })).toEqual([]);
    expect(give({ type: "stop" }, 2000)).toEqual(["close-socket", "wake undefined", -1]);
    expect(give({ type: "stop" }, 2000)).toEqual([]);
    expect(give({ type: "play" }, 2999)).toEqual([]);
    expect(give({ type: "play" }, 3000)).toContain("open-socket");
  });

  test("closes both when it is stopped", () => {
    const { give, offered } = playerOf();
    offered();
    expect(give({ type: "stop" })).toEqual([
      "close-socket",
      "close-connection",
      "wake undefined",
      -1,
    ]);
  });

  test("ends when the connection fails, also while it plays", () => {
    const { give, text, connection, offered } = playerOf();
    offered();
    text(secondMessage);
    give({ type: "applied", side: "remote" });
    connection("connected");
    expect(connection("failed")).toEqual([
      "close-connection",
      "wake undefined",
      -1,
      "connection-failed: The connection failed.",
    ]);
  });

  test("ends when nothing can flow in time, and plays on without a limit once it does", () => {
    const late = playerOf({ timeoutMs: 1000 });
    late.offered();
    expect(late.give({ type: "wake" }, 1000).at(-1)).toBe(
      "timeout: No media could flow within 1000 ms.",
    );
    const inTime = playerOf();
    inTime.offered();
    inTime.text(secondMessage);
    inTime.connection("connected");
    expect(inTime.give({ type: "wake" }, 30_000)).toEqual([]);
  });

  test("ends when the socket closes before the answer is there", () => {
    const { give, offered } = playerOf();
    offered();
    expect(give({ type: "socket-closed", reason: "code 1006" }).at(-1)).toBe("closed: code 1006");
  });

  test("ends when its engine has no announced codec, or refuses a call", () => {
    const without = playerOf();
    without.give({ type: "play" });
    without.text("H266|-|-|");
    expect(without.give(without.created()).at(-1)).toMatch(/^no-codec: The server announced H266/);
    const broken = playerOf();
    broken.offered();
    expect(broken.give({ type: "rejected", call: "set-local", reason: "bad" }).at(-1)).toBe(
      "engine-error: set-local: bad",
    );
  });

  test("ends when the answer comes before the offer", () => {
    const { give, text } = playerOf();
    give({ type: "play" });
    text("VP8|-|-|");
    expect(text(secondMessage).at(-1)).toMatch(/^refused: /);
  });

  test.each([
    ["singleport", "198.51.100.9", "198.51.100.9"],
    ["singleport", "127.0.0.1", "10.0.0.7"],
    ["randomport", "198.51.100.9", "10.0.0.7"],
  ] as const)("with %s at %s takes the candidate's address %s", (port, host, expected) => {
    const { give, text, offered } = playerOf({ address: { ...address, port }, host });
    offered();
    text(secondMessage);
    const [line] = give({ type: "applied", side: "remote" });
    expect(line).toContain(` ${expected} 5119 `);
  });
});
