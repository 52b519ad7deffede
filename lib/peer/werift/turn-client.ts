import { classes, Message, methods, TurnProtocol } from "werift";
import type { StunError } from "../../ice/stun-attribute.ts";
import { readStunError } from "../../ice/stun-attribute.ts";
import { parseStunMessage } from "../../ice/stun-message.ts";
import { noteFailure } from "./sockets.ts";

/**
 * Mends the TURN client, for all connections.
 *
 * It waits for its next refresh with a timer that nothing can end, so that a program which has used a relay does not end for
 * up to ten minutes after everything is closed. Here the timer keeps nothing alive, and goes with the client. RFC 8656 §8:
 * an allocation is refreshed before its lifetime is over.
 *
 * Once it has a key it reads signed responses only, and so never hears that the key is wrong or the nonce too old: servers
 * cannot sign these. A wrong password is asked for 13 s, and an allocation ends with the server's first new nonce (coturn: after
 * ten minutes). RFC 8489 §9.2.5.
 *
 * And why there is no allocation, it tells nobody: here the gathering that asked for it hears of it.
 */
export function mendTurnClient(): void {
  if (isMended) return;
  isMended = true;
  const prototype = TurnProtocol.prototype as unknown as TurnClient;
  const { connectionMade, handleSTUNMessage } = prototype;
  prototype.connectionMade = async function () {
    this.refresh = (seconds) => refreshLater(this, seconds);
    try {
      await connectionMade.call(this);
    } catch (error) {
      noteFailure(error);
      throw error;
    }
  };
  prototype.handleSTUNMessage = function (data, address) {
    const transaction = this.transactions[data.toString("hex", 8, 20)];
    if (transaction?.integrityKey !== undefined && isChallenge(data)) {
      transaction.integrityKey = undefined;
    }
    handleSTUNMessage.call(this, data, address);
  };
}

let isMended = false;

/** What of werift's TURN client is used. */
export interface TurnClient {
  readonly server: unknown;
  refreshHandle?: { resolve(): void };
  /** By transaction id, in hexadecimal digits. */
  readonly transactions: Readonly<Record<string, { integrityKey: Buffer | undefined } | undefined>>;
  /** Called with the lifetime of an allocation, in seconds. */
  refresh: (seconds: number) => void;
  connectionMade(): Promise<void>;
  handleSTUNMessage(data: Buffer, address: unknown): void;
  requestWithRetry(request: Message, server: unknown): Promise<readonly [Message, unknown]>;
}

/**
 * Why a TURN server gave no address: the error that it answered with, as W3C's icecandidateerror has it, and 701 with what the
 * system says where there was no answer. Of several attempts the first that was answered counts.
 */
export function turnFailure(errors: readonly unknown[]): StunError {
  const answer = errors.find((error) => responseOf(error) !== undefined);
  const told: unknown = responseOf(answer)?.getAttributeValue("ERROR-CODE");
  if (Array.isArray(told)) return { code: Number(told[0]), reason: String(told[1] ?? "") };
  const [first] = errors;
  const reason = first instanceof Error && first.message !== "" ? first.message : NO_ANSWER;
  return { code: UNREACHABLE, reason };
}

/** W3C: outside the codes of STUN, for a server that could not be reached. */
export const UNREACHABLE = 701;
const NO_ANSWER = "The server did not answer.";

/** werift's error of a request that was answered by an error. */
function responseOf(error: unknown): Pick<Message, "getAttributeValue"> | undefined {
  return (error as { readonly response?: Message } | undefined)?.response;
}

/** 401 asks for a signature, and says that the one there was is wrong; 438 asks for one with the new nonce. */
function isChallenge(data: Buffer): boolean {
  const message = parseStunMessage(data);
  if (message?.class !== "error") return false;
  const code = readStunError(message)?.code;
  return code === 401 || code === 438;
}

function refreshLater(turn: TurnClient, seconds: number): void {
  const timer = setTimeout(() => void refreshNow(turn, seconds), (seconds * 1000 * 5) / 6);
  timer.unref();
  turn.refreshHandle = { resolve: () => clearTimeout(timer) };
}

async function refreshNow(turn: TurnClient, seconds: number): Promise<void> {
  const request = new Message(methods.REFRESH, classes.REQUEST);
  request.setAttribute("LIFETIME", seconds);
  try {
    const [response] = await turn.requestWithRetry(request, turn.server);
    refreshLater(turn, response.getAttributeValue("LIFETIME"));
  } catch {
    // The server does not answer any more: consent of the pairs over it runs out by itself. RFC 7675.
  }
}
