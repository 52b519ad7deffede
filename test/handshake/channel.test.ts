import { describe, expect, test } from "vitest";
import type { ChannelInput, ChannelOptions } from "../../lib/handshake/channel.ts";
import { createChannel } from "../../lib/handshake/channel.ts";

/** A channel whose sockets are names; outputs are shortened to what somebody would read. */
function channelOf(options: ChannelOptions = {}) {
  const channel = createChannel<string>(options);
  const give = (input: ChannelInput<string>, now = 0) =>
    channel.handle(input, now).map((output) => {
      if (output.type === "send") return [output.socket, output.text];
      return output.type === "accepted" ? output.clients : output.code;
    });
  return {
    channel,
    admit: (client: string, token: string, now = 0) => give({ type: "admit", client, token }, now),
    open: (token: string, socket: string, now = 0) => give({ type: "open", token, socket }, now),
    post: (token: string, text: string, now = 0) => give({ type: "post", token, text }, now),
    close: (socket: string) => give({ type: "closed", socket }),
    tick: (now: number) => give({ type: "tick" }, now),
  };
}

const message = '{"sdp":{}}';

describe("a token channel", () => {
  test("carries each message, as it is, to the other clients only", () => {
    const { admit, open, post } = channelOf({ capacity: 3 });
    for (const name of ["ann", "bob", "cid"]) {
      admit(name, `token of ${name}`);
      open(`token of ${name}`, name);
    }
    expect(post("token of ann", message)).toEqual([["bob", message], ["cid", message], 2]);
  });

  test("keeps messages for a client that has not opened its socket, in order", () => {
    const { admit, open, post } = channelOf({ maxWaiting: 2 });
    admit("ann", "a");
    admit("bob", "b");
    expect(post("a", '{"n":1}')).toEqual([1]);
    expect(post("a", '{"n":2}')).toEqual([1]);
    expect(post("a", '{"n":3}')).toEqual(["too-many-waiting"]);
    expect(open("b", "bob")).toEqual([1, ["bob", '{"n":1}'], ["bob", '{"n":2}']]);
    expect(post("a", '{"n":4}')).toEqual([["bob", '{"n":4}'], 1]);
  });

  test("opens one socket with a token, once", () => {
    const { admit, open, post, close } = channelOf();
    admit("ann", "a");
    expect(open("wrong", "eve")).toEqual(["bad-token"]);
    expect(open("a", "ann")).toEqual([0]);
    expect(open("a", "eve")).toEqual(["spent-token"]);
    close("ann");
    expect(open("a", "ann")).toEqual(["spent-token"]);
    expect(post("a", message)).toEqual(["spent-token"]);
  });

  test("knows the 64 tokens that were spent last as spent, and older ones as wrong", () => {
    const { admit, open, close } = channelOf();
    for (let n = 0; n < 65; n++) {
      admit("ann", `token ${n}`);
      open(`token ${n}`, "ann");
      close("ann");
    }
    expect(open("token 0", "eve")).toEqual(["bad-token"]);
    expect(open("token 1", "eve")).toEqual(["spent-token"]);
  });

  test("ends a token that nobody uses in time, and is empty then", () => {
    const { admit, open, post, tick, channel } = channelOf({ tokenLifetimeMs: 1000 });
    admit("ann", "a");
    expect(post("a", message, 999)).toEqual([0]);
    expect(channel.isEmpty).toBe(false);
    tick(1000);
    expect(channel.isEmpty).toBe(true);
    expect(open("a", "ann", 1000)).toEqual(["bad-token"]);
  });

  test("admits no two clients of one name, and no more than fit", () => {
    const { admit, open, close } = channelOf();
    admit("ann", "a");
    expect(admit("ann", "a2")).toEqual(["client-taken"]);
    open("a", "ann");
    expect(admit("bob", "b")).toEqual([1]);
    expect(admit("cid", "c")).toEqual(["channel-full"]);
    close("ann");
    expect(admit("ann", "a3")).toEqual([1]);
  });

  test.each([
    ["no JSON", "hello", "not-json"],
    ["a list", "[]", "not-json"],
    ["a long message", `{"sdp":"${"x".repeat(300)}"}`, "too-large"],
  ])("refuses %s", (_name, text, code) => {
    const { admit, post } = channelOf({ maxMessageLength: 200 });
    admit("ann", "a");
    expect(post("a", text)).toEqual([code]);
  });

  test("refuses a flood, and takes messages again after a while", () => {
    const { admit, post } = channelOf({ messagesPerSecond: 10, burst: 2 });
    admit("ann", "a");
    expect(post("a", message)).toEqual([0]);
    expect(post("a", message)).toEqual([0]);
    expect(post("a", message)).toEqual(["too-fast"]);
    expect(post("a", message, 100)).toEqual([0]);
  });

  test.each([0, -1, 1.5, 1001, Number.NaN])("has no capacity of %d", (capacity) => {
    expect(() => createChannel({ capacity })).toThrow(RangeError);
  });
});
