import { describe, expect, test } from "vitest";
import type { RoomOptions, RoomOutput } from "../../lib/handshake/room.ts";
import { createRoom } from "../../lib/handshake/room.ts";

/** A room whose sockets are names; outputs are shortened to what a member would read. */
function roomOf(options: RoomOptions = {}) {
  const room = createRoom<string>(options);
  const shorten = (outputs: readonly RoomOutput<string>[]) =>
    outputs.map((output) =>
      output.type === "send" ? [output.socket, output.message] : [output.socket, "closed"],
    );
  return {
    room,
    join: (socket: string) => shorten(room.handle({ type: "join", socket, name: socket }, 0)),
    leave: (socket: string) => shorten(room.handle({ type: "leave", socket }, 0)),
    text: (socket: string, text: string, now = 0) =>
      shorten(room.handle({ type: "text", socket, text }, now)),
    say: (socket: string, message: object, now = 0) =>
      shorten(room.handle({ type: "text", socket, text: JSON.stringify(message) }, now)),
  };
}

describe("a room", () => {
  test("tells who joins who is there, and those there who came", () => {
    const { join } = roomOf({ capacity: 3 });
    expect(join("alice")).toEqual([
      ["alice", { type: "joined", id: "m1", members: [], capacity: 3 }],
    ]);
    expect(join("bob")).toEqual([
      ["bob", { type: "joined", id: "m2", members: [{ id: "m1", name: "alice" }], capacity: 3 }],
      ["alice", { type: "welcome", id: "m2", name: "bob" }],
    ]);
  });

  test("refuses one member too many and lets it in once somebody left", () => {
    const { join, leave } = roomOf({ capacity: 2 });
    join("alice");
    join("bob");
    expect(join("carol")).toEqual([
      [
        "carol",
        { type: "refused", code: "room-full", message: "The room is full: it holds 2 members." },
      ],
      ["carol", "closed"],
    ]);
    expect(leave("alice")).toEqual([["bob", { type: "left", id: "m1" }]]);
    expect(join("carol")[0]).toEqual([
      "carol",
      { type: "joined", id: "m3", members: [{ id: "m2", name: "bob" }], capacity: 2 },
    ]);
  });

  test("gives who comes back a new id", () => {
    const { join, leave, room } = roomOf();
    join("alice");
    leave("alice");
    join("alice");
    expect(room.members).toEqual([{ id: "m2", name: "alice" }]);
  });

  test("passes a message on to its receiver only, with the true sender and every field", () => {
    const { join, say } = roomOf();
    for (const name of ["alice", "bob", "carol"]) join(name);
    const message = { type: "offer", to: "m2", message: 7, data: { sdp: "v=0\r\n" }, note: "kept" };
    expect(say("alice", { ...message, from: "m3" })).toEqual([["bob", { ...message, from: "m1" }]]);
  });

  test.each([
    ["no JSON", "hello", "not-json"],
    ["a list", "[]", "not-json"],
    ["an unknown type", '{"type":"dance","to":"m2"}', "unknown-type"],
    ["a notice of the room", '{"type":"welcome","to":"m2","id":"m9"}', "unknown-type"],
    ["no receiver", '{"type":"bye"}', "no-such-member"],
    ["an unknown receiver", '{"type":"bye","to":"m9"}', "no-such-member"],
    ["a number that is none", '{"type":"bye","to":"m2","message":"x"}', "not-json"],
    ["a long message", `{"type":"bye","to":"m2","data":"${"x".repeat(300)}"}`, "too-large"],
  ])("refuses %s and keeps its sender", (_name, text, code) => {
    const { room, join, text: send } = roomOf({ maxMessageLength: 200 });
    join("alice");
    join("bob");
    expect(send("alice", text)).toEqual([
      ["alice", { type: "refused", code, message: expect.any(String) }],
    ]);
    expect(room.members).toHaveLength(2);
  });

  test("refuses a flood, and passes messages on again after a while", () => {
    const { join, say } = roomOf({ messagesPerSecond: 10, burst: 3 });
    join("alice");
    join("bob");
    const candidate = { type: "candidate", to: "m2", data: null };
    for (let sent = 0; sent < 3; sent++) {
      expect(say("alice", candidate)).toMatchObject([["bob", { type: "candidate" }]]);
    }
    expect(say("alice", candidate)).toMatchObject([["alice", { code: "too-fast" }]]);
    expect(say("alice", candidate, 100)).toMatchObject([["bob", { type: "candidate" }]]);
  });

  test("lets a member go that it had to refuse too often, and tells the others", () => {
    const { room, join, text } = roomOf({ maxRefusals: 2 });
    join("alice");
    join("bob");
    expect(text("alice", "hello")).toHaveLength(1);
    expect(text("alice", "hello")).toHaveLength(1);
    expect(text("alice", "hello")).toEqual([
      ["alice", { type: "refused", code: "not-json", message: expect.any(String) }],
      ["alice", "closed"],
      ["bob", { type: "left", id: "m1" }],
    ]);
    expect(text("alice", "hello")).toEqual([]);
    expect(room.size).toBe(1);
  });

  test("forgets one refusal each second", () => {
    const { join, text } = roomOf({ maxRefusals: 2 });
    join("alice");
    for (let second = 0; second < 10; second++) {
      expect(text("alice", "hello", second * 1000)).toHaveLength(1);
    }
  });

  test("forms a mesh: each of n members is told of those before it, and hears of those after it", () => {
    const { join } = roomOf({ capacity: 5 });
    const welcomes = [1, 2, 3, 4, 5].map((n) => join(`member ${n}`).length - 1);
    // Each welcome is one connection: n (n − 1) / 2 in all.
    expect(welcomes).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([0, -1, 1.5, 1001, Number.NaN])("has no capacity of %d", (capacity) => {
    expect(() => createRoom({ capacity })).toThrow(RangeError);
  });
});
