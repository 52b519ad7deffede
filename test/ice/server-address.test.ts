import { describe, expect, it } from "vitest";
import { parseServerAddress } from "../../lib/ice/server-address.ts";

describe("the URL of a STUN or TURN server", () => {
  it.each([
    ["stun:stun.example.org", "stun", "stun.example.org", 3478, "udp"],
    ["STUN:192.0.2.1:19302", "stun", "192.0.2.1", 19302, "udp"],
    ["stuns:stun.example.org", "stuns", "stun.example.org", 5349, "tls"],
    ["turn:turn.example.org", "turn", "turn.example.org", 3478, "udp"],
    ["turn:turn.example.org?transport=udp", "turn", "turn.example.org", 3478, "udp"],
    ["turn:turn.example.org:80?transport=tcp", "turn", "turn.example.org", 80, "tcp"],
    ["turns:turn.example.org:443?transport=TCP", "turns", "turn.example.org", 443, "tls"],
    ["turns:turn.example.org", "turns", "turn.example.org", 5349, "tls"],
    ["turns:turn.example.org?transport=udp", "turns", "turn.example.org", 5349, "dtls"],
    ["turn:[2001:db8::1]:3479", "turn", "2001:db8::1", 3479, "udp"],
    ["turn:[2001:db8::1]", "turn", "2001:db8::1", 3478, "udp"],
  ])("%s", (url, scheme, host, port, transport) => {
    expect(parseServerAddress(url)).toEqual({ scheme, host, port, transport });
  });

  it.each([
    "",
    "example.org",
    "http://example.org",
    "stun:",
    "stun://stun.example.org",
    "stun:stun.example.org?transport=tcp",
    "turn:user@turn.example.org",
    "turn:turn.example.org:0",
    "turn:turn.example.org:65536",
    "turn:turn.example.org:",
    "turn:turn.example.org:34a",
    "turn:turn.example.org/path",
    "turn:turn.example.org?transport=sctp",
    "turn:turn.example.org?transport=tcp&x=1",
    "turn:2001:db8::1",
    "turn:[192.0.2.1]",
    "turn:[2001:db8::1]x",
    "turn:256.1.1.1",
  ])("%j is none", (url) => {
    expect(parseServerAddress(url)).toBeUndefined();
  });
});
