import { randomBytes } from "node:crypto";
import type { StunAttribute, StunMessage, StunMethod, StunSigner } from "../ice/stun-message.ts";
import { isSigned, parseStunMessage, printStunMessage } from "../ice/stun-message.ts";
import type { StunTransport } from "./transport.ts";

/** Asks one STUN server, several questions at a time if need be. */
export interface StunClient {
  /**
   * Sends a request and resolves with the response, a success or an error. With `sign` the request is signed, and the
   * response's signature checked. Rejects with a `StunClientError`.
   */
  request(request: StunRequest, sign?: StunSigner): Promise<StunResponse>;
  close(): void;
}

export interface StunRequest {
  readonly method: StunMethod;
  readonly attributes?: readonly StunAttribute[];
}

export interface StunResponse {
  readonly message: StunMessage;
  /** Undefined when the response has no signature, or the request had none. */
  readonly isSigned: boolean | undefined;
}

/** Why there is no response: `timeout`, `not-stun`, or the system's code, such as `ECONNREFUSED`. */
export class StunClientError extends Error {
  override readonly name = "StunClientError";
  readonly code: string;

  constructor(code: string) {
    super(`No response: ${code}.`);
    this.code = code;
  }
}

/** RFC 8489 §6.2.1: the first request is repeated after 500 ms, then after twice as long each time. */
const FIRST_WAIT_MS = 500;

/** Makes a client over an open way to a server. When the signal aborts, every open request ends with `timeout`. */
export function createStunClient(transport: StunTransport, signal: AbortSignal): StunClient {
  const waiting = new Map<string, { answer(bytes: Uint8Array): void; fail(code: string): void }>();
  const failAll = (code: string): void => {
    for (const each of [...waiting.values()]) each.fail(code);
  };
  let ended: string | undefined;
  transport.listen(
    (bytes) => waiting.get(transactionOf(bytes))?.answer(bytes),
    (code) => {
      ended ??= code;
      failAll(code);
    },
  );
  const onAbort = (): void => failAll("timeout");
  signal.addEventListener("abort", onAbort);

  return {
    request({ method, attributes = [] }, sign) {
      const transactionId = randomBytes(12);
      const bytes = printStunMessage({ class: "request", method, transactionId, attributes }, sign);
      const key = transactionOf(bytes);
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        const settle = (): void => {
          clearTimeout(timer);
          waiting.delete(key);
        };
        const fail = (code: string): void => {
          settle();
          reject(new StunClientError(code));
        };
        waiting.set(key, {
          fail,
          answer(response) {
            const message = parseStunMessage(response);
            const isAnswer = message?.class === "success" || message?.class === "error";
            if (!isAnswer || message.method !== method) return;
            settle();
            resolve({ message, isSigned: sign && isSigned(response, sign) });
          },
        });
        if (ended !== undefined) return fail(ended);
        if (signal.aborted) return fail("timeout");
        const send = (waitMs: number): void => {
          transport.send(bytes);
          if (!transport.isReliable) timer = setTimeout(() => send(2 * waitMs), waitMs);
        };
        send(FIRST_WAIT_MS);
      });
    },
    close() {
      signal.removeEventListener("abort", onAbort);
      failAll("closed");
      transport.close();
    },
  };
}

function transactionOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex", 8, 20);
}
