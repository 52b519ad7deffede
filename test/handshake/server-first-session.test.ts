import { describe, expect, test } from "vitest";
import type {
  PlaySessionInput,
  PlaySessionOptions,
} from "../../lib/handshake/server-first-session.ts";
import { createPlaySession } from "../../lib/handshake/server-first-session.ts";
import { sdpFixture } from "../support/sdp-fixtures.ts";

const offer = JSON.stringify({
  type: "offer",
  sdp: sdpFixture("chromium-156.0.8078.79/recvonly.offer"),
});
const answer = { type: "answer", sdp: "v=0\r\n" } as const;

function candidate(address: string, transport = "udp") {
  return {
    candidate: `candidate:1 1 ${transport} 2130706431 ${address} 5119 typ host`,
    sdpMLineIndex: 0,
  };
}

/** A session; outputs are shortened to their types, with what stands beside them where it matters. */
function sessionOf(options: Partial<PlaySessionOptions> = {}) {
  const session = createPlaySession({
    announcement: { video: "VP8", audio: "opus" },
    address: { port: "singleport", transport: "udp", alias: "camera" },
    ...options,
  });
  const give = (input: PlaySessionInput, now = 0) =>
    session.handle(input, now).map((output) => {
      switch (output.type) {
        case "send":
          return output.text;
        case "wake":
          return `wake ${output.at}`;
        case "ended":
          return `${output.code}: ${output.reason}`;
        default:
          return output.type;
      }
    });
  return {
    session,
    give,
    /** Up to the answer that its engine applies. */
    answering() {
      give({ type: "open" });
      give({ type: "text", text: offer });
      give({ type: "applied", side: "remote" });
      give({ type: "created", description: answer });
    },
  };
}

describe("a media server's session", () => {
  test("announces, takes the offer, and answers with one candidate", () => {
    const { give } = sessionOf();
    expect(give({ type: "open" })).toEqual(["VP8|-|-|opus", "wake 30000"]);
    expect(give({ type: "text", text: offer })).toEqual(["create-connection", "set-remote"]);
    expect(give({ type: "applied", side: "remote" })).toEqual(["create-answer"]);
    expect(give({ type: "created", description: answer })).toEqual(["set-local"]);
    const first = candidate("10.0.0.7");
    expect(give({ type: "gathered", candidate: first }, 5)).toEqual(["wake 1005"]);
    expect(give({ type: "gathered", candidate: candidate("10.0.0.8") }, 6)).toEqual([]);
    expect(give({ type: "gathered", candidate: null }, 7)).toEqual([
      `${JSON.stringify(answer)}|-|-|${JSON.stringify(first)}`,
      "wake 30007",
    ]);
    expect(give({ type: "socket-closed" })).toEqual([]);
    expect(give({ type: "connection", state: "connected" })).toEqual([
      "wake undefined",
      "start-media",
    ]);
    expect(give({ type: "connection", state: "failed" })).toEqual([
      "close-connection",
      "wake undefined",
      "left: The connection to the player is failed.",
    ]);
  });

  test("applies an offer that has the announced codecs alone", () => {
    const { session } = sessionOf();
    session.handle({ type: "open" }, 0);
    const outputs = session.handle({ type: "text", text: offer }, 0);
    const applied = outputs.find((output) => output.type === "set-remote");
    const text = applied?.type === "set-remote" ? applied.description.sdp : "";
    expect(text.match(/a=rtpmap:\d+ \S+/g)?.map((line) => line.split(" ")[1])).toEqual([
      "opus/48000/2",
      "VP8/90000",
    ]);
  });

  test.each([
    ["the transport that was asked for", { transport: "tcp" }, candidate("10.0.0.8", "tcp")],
    ["the address that the player reached", { localAddress: "10.0.0.9" }, candidate("10.0.0.9")],
    ["IPv4", {}, candidate("10.0.0.7")],
  ] as const)("prefers a candidate of %s", (_name, wish, expected) => {
    const { transport = "udp", localAddress } = wish as {
      transport?: "tcp";
      localAddress?: string;
    };
    const { give, answering } = sessionOf({
      address: { port: "randomport", transport, alias: "camera" },
      ...(localAddress !== undefined && { localAddress }),
    });
    answering();
    for (const each of [
      candidate("2001:db8::7"),
      candidate("10.0.0.7"),
      candidate("10.0.0.8", "tcp"),
      candidate("10.0.0.9"),
    ]) {
      give({ type: "gathered", candidate: each });
    }
    const [text] = give({ type: "gathered", candidate: null });
    expect(text?.split("|-|-|")[1]).toBe(JSON.stringify(expected));
  });

  test("answers with what is there when gathering takes long", () => {
    const { give, answering } = sessionOf();
    answering();
    give({ type: "gathered", candidate: candidate("10.0.0.7") }, 5);
    expect(give({ type: "wake" }, 1005)[0]).toContain("|-|-|");
    expect(give({ type: "gathered", candidate: null }, 6000)).toEqual([]);
  });

  test("tells a player why it has nothing for it", () => {
    const { give } = sessionOf({ announcement: undefined });
    expect(give({ type: "open" })).toEqual([
      "Error: There is no such stream",
      "close-socket",
      "wake undefined",
      "no-such-alias: Error: There is no such stream",
    ]);
  });

  test.each([
    ["no JSON", "hello", "Error: The message is no offer"],
    ["an answer", JSON.stringify(answer), "Error: The message is no offer"],
    [
      "an offer without the codecs",
      '{"type":"offer","sdp":"v=0\\r\\n"}',
      "Error: The offer does not have the announced codecs",
    ],
  ])("refuses %s with a text that has no separator", (_name, text, expected) => {
    const { give } = sessionOf();
    give({ type: "open" });
    const outputs = give({ type: "text", text });
    expect(outputs.slice(0, 2)).toEqual([expected, "close-socket"]);
    expect(outputs.at(-1)).toMatch(/^bad-offer: /);
  });

  test("says that its connection could not be made, so that a player may try again", () => {
    const { give } = sessionOf();
    give({ type: "open" });
    give({ type: "text", text: offer });
    expect(give({ type: "rejected", call: "set-remote", reason: "bad" })).toEqual([
      "Error: Initialization of peer connection failed",
      "close-socket",
      "close-connection",
      "wake undefined",
      "engine-error: set-remote: bad",
    ]);
    const empty = sessionOf();
    empty.answering();
    expect(empty.give({ type: "gathered", candidate: null })[0]).toBe(
      "Error: Initialization of peer connection failed",
    );
  });

  test("takes one offer, and leaves alone what follows it", () => {
    const { give } = sessionOf();
    give({ type: "open" });
    give({ type: "text", text: offer });
    expect(give({ type: "text", text: offer })).toEqual([]);
  });

  test("lets a socket go that does not stop talking, and keeps a connection that is coming up", () => {
    const early = sessionOf();
    early.give({ type: "open" });
    early.give({ type: "text", text: offer });
    for (let n = 0; n < 100; n++) expect(early.give({ type: "text", text: "x" })).toEqual([]);
    expect(early.give({ type: "text", text: "x" }).slice(0, 3)).toEqual([
      "Error: Too many messages",
      "close-socket",
      "close-connection",
    ]);
    const late = sessionOf();
    late.answering();
    late.give({ type: "gathered", candidate: candidate("10.0.0.7") });
    late.give({ type: "gathered", candidate: null });
    for (let n = 0; n < 100; n++) late.give({ type: "text", text: "x" });
    expect(late.give({ type: "text", text: "x" })).toEqual(["close-socket"]);
    expect(late.give({ type: "text", text: "x" })).toEqual([]);
    expect(late.give({ type: "connection", state: "connected" })).toContain("start-media");
  });

  test("ends when the player goes too early, does not offer, or never connects", () => {
    const gone = sessionOf();
    gone.give({ type: "open" });
    expect(gone.give({ type: "socket-closed" }).at(-1)).toMatch(/^left: /);
    const silent = sessionOf({ timeoutMs: 1000 });
    silent.give({ type: "open" });
    expect(silent.give({ type: "wake" }, 1000)[0]).toBe("Error: The offer took too long");
    const lost = sessionOf({ timeoutMs: 1000 });
    lost.answering();
    lost.give({ type: "gathered", candidate: candidate("10.0.0.7") });
    lost.give({ type: "gathered", candidate: null });
    lost.give({ type: "socket-closed" });
    expect(lost.give({ type: "wake" }, 1000)).toEqual([
      "close-connection",
      "wake undefined",
      "timeout: The connection did not come up within 1000 ms.",
    ]);
  });

  test("ends with the server", () => {
    const { give, answering } = sessionOf();
    answering();
    expect(give({ type: "stop" })).toEqual([
      "close-socket",
      "close-connection",
      "wake undefined",
      "stopped: The server was closed.",
    ]);
    expect(give({ type: "stop" })).toEqual([]);
  });
});
