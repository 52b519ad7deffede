import { describe, expect, test } from "vitest";
import { withoutCredentials } from "../../lib/record/credentials.ts";

const server = { urls: "turn:turn.example", username: "u", credential: 'se"cret\\' };
const removed = { ...server, credential: "(removed)" };

describe("a signaling message without the credentials of TURN servers", () => {
  test.each([
    ["JSON", JSON.stringify({ iceServers: [server] }), JSON.stringify({ iceServers: [removed] })],
    ["JSON with spaces", JSON.stringify([server], null, 2), JSON.stringify([removed], null, 2)],
    [
      "JSON in JSON in JSON",
      JSON.stringify(JSON.stringify(JSON.stringify(server))),
      JSON.stringify(JSON.stringify(JSON.stringify(removed))),
    ],
    ["socket.io", `42["ice",${JSON.stringify(server)}]`, `42["ice",${JSON.stringify(removed)}]`],
    [
      "several",
      '{"a":{"credential":"x"},"b":{"credential":"y"}}',
      '{"a":{"credential":"(removed)"},"b":{"credential":"(removed)"}}',
    ],
    [
      "what the TURN REST interface says",
      '{"username":"1:u","password":"p","uris":["turns:t.example"]}',
      '{"username":"1:u","password":"(removed)","uris":["turns:t.example"]}',
    ],
    [
      "a token",
      '{"urls":"turn:t","credential":{"macKey":"m","accessToken":"a"}}',
      '{"urls":"turn:t","credential":{"macKey":"(removed)","accessToken":"(removed)"}}',
    ],
    [
      "XML",
      "<service type='turn' username='u' password='p'/>",
      "<service type='turn' username='u' password='(removed)'/>",
    ],
    ["a form", "credential=abc&x=1", "credential=(removed)&x=1"],
    ["what is cut off", '{"credential":"abc', '{"credential":"(removed)'],
  ])("%s", (_name, text, expected) => expect(withoutCredentials(text)).toBe(expected));

  test.each([
    '{"credentialType":"password"}',
    '{"credential":null,"urls":"stun:s"}',
    '{"type":"chat","text":"my credential is good"}',
    '{"iceParameters":{"usernameFragment":"a","password":"b"}}',
    '{"mycredential":"x"}',
    "",
  ])("leaves as it is: %s", (text) => expect(withoutCredentials(text)).toBe(text));

  test.each([
    ['"credential":', '"credential":'],
    ["credential\\\\", "credential\\\\"],
    ['xcredential="', 'xcredential="'],
    ['"credential":"\\', '"credential":"(removed)'],
  ])("reads a long message once, made of %s", (piece, start) => {
    expect(withoutCredentials(piece.repeat(100_000)).startsWith(start)).toBe(true);
  });
});
