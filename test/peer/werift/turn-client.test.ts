import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { classes, Message, methods, TurnProtocol } from "werift";
import {
  readStunText,
  stunAddress,
  stunError,
  stunNumber,
  stunText,
} from "../../../lib/ice/stun-attribute.ts";
import type { StunAttribute, StunMessage, StunSigner } from "../../../lib/ice/stun-message.ts";
import { parseStunMessage, printStunMessage } from "../../../lib/ice/stun-message.ts";
import type { TurnClient } from "../../../lib/peer/werift/turn-client.ts";
import { mendTurnClient, turnFailure } from "../../../lib/peer/werift/turn-client.ts";

const REALM = "lab.test";

test("a password that the server does not take is refused, and the server's code is known", async () => {
  const turn = client((_, count) => challenge(401, `nonce ${count}`));
  const error: unknown = await turn.connectionMade().catch((reason: unknown) => reason);
  expect(turnFailure([error])).toEqual({ code: 401, reason: "Unauthorized" });
});

test("an allocation outlives its nonce", async () => {
  const nonces: unknown[] = [];
  const turn = client((request, count) => {
    nonces.push(readStunText(request, "NONCE"));
    if (count === 0) return challenge(401, "first");
    return count === 2 ? challenge(438, "second") : granted(request);
  });
  await turn.connectionMade();
  const refresh = new Message(methods.REFRESH, classes.REQUEST).setAttribute("LIFETIME", 600);
  await turn.requestWithRetry(refresh, turn.server);
  await turn.close();
  expect(nonces).toEqual([undefined, "first", "first", "second"]);
});

test("no answer at all is 701, with what the system says", () => {
  expect(turnFailure([])).toEqual({ code: 701, reason: "The server did not answer." });
  expect(turnFailure([new Error("connect ECONNREFUSED 192.0.2.1:3478")])).toEqual({
    code: 701,
    reason: "connect ECONNREFUSED 192.0.2.1:3478",
  });
});

type Answer = (transactionId: Uint8Array) => Uint8Array;

/** werift's TURN client, with a server that answers each request with what is given. */
function client(
  serve: (request: StunMessage, count: number) => Answer,
): TurnClient & { close(): Promise<void> } {
  mendTurnClient();
  let count = 0;
  const transport = {
    type: "udp",
    onData: (_data: Buffer, _address: unknown): void => {},
    send: async (data: Buffer): Promise<void> => {
      const request = parseStunMessage(data);
      if (request === undefined) throw new Error("The client sent no STUN.");
      const answer = serve(request, count++)(request.transactionId);
      setImmediate(() => transport.onData(Buffer.from(answer), ["127.0.0.1", 3478]));
    },
    close: async (): Promise<void> => {},
  };
  const turn = new TurnProtocol(["127.0.0.1", 3478], "lab", "secret", 600, transport as never);
  return turn as unknown as TurnClient & { close(): Promise<void> };
}

/** As servers send it: without a signature. */
function challenge(code: 401 | 438, nonce: string): Answer {
  const reason = code === 401 ? "Unauthorized" : "Stale Nonce";
  const attributes = [
    stunError({ code, reason }),
    stunText("REALM", REALM),
    stunText("NONCE", nonce),
  ];
  return (transactionId) =>
    printStunMessage({ class: "error", method: "allocate", transactionId, attributes });
}

function granted({ method }: StunMessage): Answer {
  const place = { address: "192.0.2.1", port: 5000 };
  const key = createHash("md5").update(`lab:${REALM}:secret`).digest();
  const sign: StunSigner = (bytes) => createHmac("sha1", key).update(bytes).digest();
  return (transactionId) => {
    const attributes: StunAttribute[] = [
      stunAddress("XOR-RELAYED-ADDRESS", place, transactionId),
      stunAddress("XOR-MAPPED-ADDRESS", place, transactionId),
      stunNumber("LIFETIME", 600),
    ];
    return printStunMessage({ class: "success", method, transactionId, attributes }, sign);
  };
}
